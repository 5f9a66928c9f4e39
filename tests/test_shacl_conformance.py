"""The engine behind `shapes.check` answers the W3C test cases: what conforms, and which nodes do not."""

import os
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.namespace import SH
from rdflib.term import Node

from shapes.check import check

SHARED = Path(os.environ.get("THIDUA_SHARED", Path(__file__).parent.parent.parent / "shared")).resolve()
CASES = sorted((SHARED / "conformance" / "shacl" / "tests").glob("*/**/*.ttl"))
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
# What pySHACL does not do: two results for two clashing languages; the graph of shapes as a variable.
KNOWN = {"uniqueLang-002", "shapesGraph-001"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CASES, reason="needs the W3C cases (THIDUA_SHARED or ../shared)"),
]


def _graph(whole: Graph, action: Node, name: Node, case: Path) -> Graph:
    source = str(whole.value(action, name))
    return whole if source == case.as_uri() else Graph().parse(case.parent / source.rpartition("/")[2])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_w3c_case(case: Path) -> None:
    whole = Graph().parse(case, publicID=case.as_uri())
    tests = list(whole.subjects(RDF.type, SHT.Validate))
    if not tests:
        pytest.skip("a manifest, or data for another case")
    if case.stem in KNOWN:
        pytest.skip("pySHACL differs from the specification here")
    for test in tests:
        report, action = whole.value(test, MF.result), whole.value(test, MF.action)
        if report == SHT.Failure or action is None:
            pytest.skip("a case that must be refused")
        results = check(_graph(whole, action, SHT.dataGraph, case), _graph(whole, action, SHT.shapesGraph, case))
        wanted = [str(whole.value(r, SH.focusNode)) for r in whole.objects(report, SH.result)]
        assert (not results.results) == (not wanted)
        assert {str(r.focus) for r in results.results} == set(wanted)
