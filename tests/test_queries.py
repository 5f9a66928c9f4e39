"""Each question of the catalogue against a small graph that holds both what it must find and what it must not."""

import csv
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graphs import store_of

from loaders.errors import ThiduaError
from ontology import BASE, sources
from queryapi.catalogue import ask, bind, catalogue, parse, question
from queryapi.errors import BadParameter, BrokenHeader, UnknownQuery
from queryapi.store import Store
from queryapi.store.guard import read as read_query
from queryapi.store.terms import Literal, Rows
from queryapi.store.tokens import substitute

CASES = Path(__file__).parent / "queries"
NAMES = sorted(case.name for case in CASES.iterdir() if case.is_dir())
HOSTILE = (
    '" } ?s ?p ?o #',
    "2024 } UNION { ?s ?p ?o",
    '"""x"""',
    "a\\",
    "<http://a/> . ?s ?p ?o",
    "?plan",
    "} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o",
    "x\u0000y",
    "1" * 2000,
)


def case_store(name: str) -> Store:
    return store_of((CASES / name / "data.ttl").read_text("utf-8"))


def case_values(name: str) -> dict[str, str]:
    values = tomllib.loads((CASES / name / "params.toml").read_text("utf-8"))
    assert values.pop("why"), "a case says why it is there"
    return {key: str(value) for key, value in values.items()}


def rows_of(name: str, values: dict[str, str]) -> list[list[str]]:
    found = ask(case_store(name), name, values)
    assert isinstance(found, Rows)
    said = [[("" if t is None else str(t)).replace(f"{BASE}id/doc/", "doc:") for t in row] for row in found.rows]
    return [list(found.variables), *said]


def test_every_question_has_a_case_and_every_case_a_question() -> None:
    assert sorted(catalogue()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_finds_what_it_must_and_nothing_else(name: str) -> None:
    with (CASES / name / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) > 1, "a case that expects nothing shows nothing"
    assert rows_of(name, case_values(name)) == expected


@pytest.mark.parametrize("name", ["units-by-name", "documents-of-territory"])
def test_another_engine_answers_the_same(name: str) -> None:
    """Groups, orders and paths of these two go as far as SPARQL does: what one engine makes of them is not enough."""
    graph = rdflib.Graph().parse(CASES / name / "data.ttl", format="turtle", publicID=f"{BASE}id/doc/")
    asked = question(name)
    found = graph.query(substitute(asked.sparql, bind(asked, case_values(name), store_of("", base=False))))
    said = [["" if t is None else str(t).replace(f"{BASE}id/doc/", "doc:") for t in row] for row in found]
    with (CASES / name / "expected.csv").open(encoding="utf-8", newline="") as file:
        assert said == list(csv.reader(file))[1:]


@pytest.mark.parametrize("name", NAMES)
def test_every_term_of_ours_exists(name: str) -> None:
    """A misspelt property is no error in SPARQL, it is silence."""
    known = {
        t.subject.value
        for part in ("ontology", "vocab")
        for file in sources(part)
        for t in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
        if isinstance(t.subject, ox.NamedNode)
    }
    ours = {term for term in read_query(question(name).sparql).terms if term.startswith(BASE)}
    namespaces = {f"{BASE}ns#", f"{BASE}vocab/"}
    assert ours - known <= namespaces


@pytest.mark.parametrize("name", [n for n in NAMES if catalogue()[n].parameters])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_parameter_stays_a_value(name: str, value: str) -> None:
    """Whatever is typed into a blank either is refused or finds nothing: it never becomes part of the query."""
    for parameter in question(name).parameters:
        values = {p.name: p.example for p in question(name).parameters if p.type == "integer"} | {parameter.name: value}
        try:
            found = rows_of(name, {**case_values(name), **values})
        except ThiduaError:
            continue
        assert len(found) == 1


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_of_their_type(name: str) -> None:
    asked = question(name)
    examples = {p.name: p.example for p in asked.parameters if p.type != "document"}
    for parameter in asked.parameters:
        if parameter.type == "document":
            examples[parameter.name] = f"{BASE}id/doc/x"
    assert set(bind(asked, examples, case_store(name))) == set(examples)


def test_values_are_composed_before_they_are_compared() -> None:
    """NFD "Nghị" (a base letter and its marks apart) is the same word."""
    asked = question("documents-citing-number")
    bound = bind(asked, {"citedNumber": "91/2017/NĐ-CP Nghi\u0323"}, store_of("", base=False))
    assert bound == {"citedNumber": Literal("91/2017/NĐ-CP Nghị")}


@pytest.mark.parametrize("value", ["Quảng Ninh", "quang ninh", "tỉnh Quảng Ninh", "Qua\u0309ng Ninh"])
def test_a_province_by_its_name_with_or_without_marks(value: str) -> None:
    asked = question("plans-by-province-year")
    assert bind(asked, {"province": value}, store_of("", base=False)) == {"province": Literal("Quảng Ninh")}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Cẩm Giàng", ["huyện Cẩm Giàng", "xã Cẩm Giàng"]),
        ("Cẩm Giang", ["thị trấn Cẩm Giang", "xã Cẩm Giang"]),
        ("cam giang", ["huyện Cẩm Giàng", "thị trấn Cẩm Giang", "xã Cẩm Giang", "xã Cẩm Giàng"]),
        ("xã Cẩm Giàng", ["xã Cẩm Giàng"]),
        ("XA cam giang", ["xã Cẩm Giang", "xã Cẩm Giàng"]),
        ("Thác Mơ", ["phường Thác Mơ"]),
        ("TPHCM", ["thành phố Hồ Chí Minh"]),
    ],
)
def test_a_unit_by_its_name_is_every_unit_of_that_name(value: str, names: list[str]) -> None:
    bound = bind(question("units-by-name"), {"ten": value}, store_of("", base=False))
    assert str(bound["ten"]) == f"|{'|'.join(sorted(names))}|"


@pytest.mark.parametrize(
    ("value", "near"), [("Luong Dienn", "xã Lương Điền"), ("Cẩm Gịang", "xã Cẩm Giàng"), ("xà Cẩm Giàng", "")]
)
def test_no_unit_names_what_is_near(value: str, near: str) -> None:
    with pytest.raises(BadParameter, match=near or "đơn vị hành chính"):
        bind(question("units-by-name"), {"ten": value}, store_of("", base=False))


def test_a_question_answers_to_its_vietnamese_name() -> None:
    called = [asked.called for asked in catalogue().values()]
    assert len(set(called)) == len(called)
    assert not set(called) & {asked.name for asked in catalogue().values() if asked.called != asked.name}
    assert question("don-vi") is question("units-by-name")
    with pytest.raises(UnknownQuery) as caught:
        question("don-v")
    assert "don-vi" in caught.value.near


def test_no_province_names_what_is_near() -> None:
    with pytest.raises(BadParameter, match="Quảng Ninh"):
        bind(question("plans-by-province-year"), {"province": "Quang Nimh"}, store_of("", base=False))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"month": "12"}, "year"),
        ({"month": "mười hai", "year": "2024"}, "month=12"),
        ({"month": "12", "year": "2024", "day": "3"}, "day"),
    ],
)
def test_a_bad_parameter_says_what_would_do(values: dict[str, str], said: str) -> None:
    with pytest.raises(BadParameter, match=said):
        ask(case_store("deadlines-in-month"), "deadlines-in-month", values)


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(UnknownQuery) as caught:
        question("plan-citing-dead-laws")
    assert caught.value.near[0] == "plans-citing-dead-law"


GOOD = """#+ title = { vi = "a", en = "b" }
#+ keywords = ["k"]
#+ [params.year]
#+ type = "integer"
#+ label = { vi = "năm", en = "year" }
#+ example = "2024"
#+ [columns]
#+ d = { vi = "v", en = "d" }
SELECT ?d { ?d <http://example.org/year> ?year }
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('vi = "a", ', ""),
        ('#+ keywords = ["k"]\n', ""),
        ('"integer"', '"number"'),
        ('#+ example = "2024"\n', ""),
        ("#+ example", "#+ exemple"),
        ("?year }", "?jahr }"),
        ("SELECT ?d {", "SELECT ?d ?year {"),
        ('#+ d = { vi = "v", en = "d" }\n', ""),
        ("[params.year]", "[params.year"),
        ("#+ title", '#+ name.vi = "Đơn vị"\n#+ title'),
        ("#+ title", '#+ name.en = "a-b"\n#+ title'),
    ],
)
def test_a_broken_header_is_an_error(old: str, new: str) -> None:
    parse("good", GOOD)
    assert old in GOOD
    with pytest.raises(BrokenHeader):
        parse("bad", GOOD.replace(old, new))
