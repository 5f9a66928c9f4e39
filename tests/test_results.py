"""Results as text: for people on one line each, for programs in the standard forms."""

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from queryapi.errors import WrongForm
from queryapi.results import FORMS, serialise
from queryapi.store.engine import results_of
from queryapi.store.terms import XSD, Blank, Iri, Literal, Rows, Triples, Truth

ROWS = Rows(
    ("plan", "said"),
    (
        (Iri("https://w3id.org/thidua/ns#EmulationPlan"), Literal('dòng "một",\nhai\t<&>', language="vi")),
        (Blank("b"), Literal("90.5", XSD + "decimal")),
        (None, Literal("")),
    ),
)
TRIPLES = Triples(((Iri("http://a/s"), Iri("https://w3id.org/thidua/ns#year"), Literal("2024", XSD + "integer")),))


def test_table_is_one_line_a_row() -> None:
    lines = serialise(ROWS, "table").splitlines()
    assert len(lines) == 5
    assert lines[2].split() == ["td:EmulationPlan", "dòng", '"một",', "hai", "<&>"]


def test_csv_is_read_back() -> None:
    found = list(csv.reader(io.StringIO(serialise(ROWS, "csv"))))
    assert found[1] == ["https://w3id.org/thidua/ns#EmulationPlan", 'dòng "một",\nhai\t<&>']
    assert found[3] == ["", ""]


@pytest.mark.parametrize(
    ("form", "format_"),
    [
        ("json", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ],
)
def test_standard_forms_are_read_back_by_another_program(form: str, format_: ox.QueryResultsFormat) -> None:
    found = results_of(ox.parse_query_results(serialise(ROWS, form).encode(), format=format_))
    assert isinstance(found, Rows)
    assert found.variables == ROWS.variables
    assert [row[1] for row in found.rows] == [row[1] for row in ROWS.rows]
    assert [row[0] for row in found.rows[::2]] == [row[0] for row in ROWS.rows[::2]]


def test_truths() -> None:
    assert json.loads(serialise(Truth(True), "json"))["boolean"] is True
    assert ElementTree.fromstring(serialise(Truth(False), "xml"))[1].text == "false"
    assert serialise(Truth(True), "csv") == serialise(Truth(True), "tsv") == "true\n"
    assert serialise(Truth(False), "table").startswith("không")


@pytest.mark.parametrize(
    ("form", "format_"),
    [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_triples(form: str, format_: ox.RdfFormat) -> None:
    (quad,) = ox.parse(serialise(TRIPLES, form).encode(), format=format_)
    assert quad.object == ox.Literal(2024)


def test_a_form_that_does_not_fit_says_which_do() -> None:
    for results in (ROWS, Truth(True), TRIPLES):
        for form in (*FORMS, "pdf"):
            try:
                serialise(results, form)
            except WrongForm as error:
                assert error.code == "wrong-form"
    with pytest.raises(WrongForm, match="csv"):
        serialise(ROWS, "ttl")
