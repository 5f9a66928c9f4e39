"""Every case of `tests/citations/*.toml`, and what holds of every citation wherever it is found."""

import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.authorities.agencies import Agency
from loaders.authorities.units import Unit, units
from loaders.citations.find import find_citations
from loaders.findings import Citation
from loaders.header import Header, find_header
from loaders.signature import find_signature
from loaders.text import Text

HERE = Path(__file__).parent
PLANS = sorted((HERE.parent / "examples" / "plans").glob("*.txt"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['why']}")
    for path in sorted((HERE / "citations").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
RELATIONS = {"căn cứ", "thực hiện", "xét đề nghị", "dẫn chiếu", "kèm theo", "sửa đổi", "thay thế", "bãi bỏ"}


def header_of(case: dict[str, Any]) -> Header:
    """The header of the document a case is taken from: its unit, its day and its number, as far as they matter."""
    own, on, number = case.get("own"), case.get("on"), case.get("number", "")
    body = case.get("issuer", "ubnd" if own else None)
    issuer = Agency(body, unit_of(own, on) if own else None) if body else None
    head, _, suffix = number.partition("/")
    return Header(
        type="ke-hoach",
        number=number if head else None,
        number_as_printed=number or None,
        suffix=suffix or None,
        date=on,
        year=None,
        not_before=None,
        not_after=None,
        place=None,
        issuer=issuer,
        issuer_label=issuer.label if issuer else None,
        launched_by=None,
        drafted_by=None,
        title=None,
        title_span=None,
        body_start=0,
        doubts=(),
    )


def unit_of(name: str, on: str | None) -> Unit:
    kind = next(
        k for k in ("thị xã", "thị trấn", "thành phố", "tỉnh", "huyện", "phường", "xã", "đặc khu") if name.startswith(k)
    )
    name, _, above = name.partition(", tỉnh ")
    found = units().find(name.removeprefix(kind).strip(), kind=kind, on=on)
    found = [unit for unit in found if not above or units().province(unit).name == above]
    assert len(found) == 1, f"{name} on {on}: {found}"
    return found[0]


FOUND: dict[str, tuple[Citation, ...]] = {}


def find(case: dict[str, Any]) -> tuple[Citation, ...]:
    """What is found in a case's text, read once for all tests of the case."""
    key = repr(case)
    if key not in FOUND:
        text = Text.of(case["text"])
        header = find_header(text, find_signature(text)) if case.get("document") else header_of(case)
        FOUND[key] = find_citations(text, header, lambda _: None)
    return FOUND[key]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    said = find(case)
    shown = [(c.type, c.number or c.name, c.date, c.issuer, c.relation, c.text) for c in said]
    assert len(said) == len(case["finds"]), shown
    for want, got in zip(case["finds"], said, strict=True):
        for field, value in want.items():
            assert (getattr(got, field) or "" if value == "" else getattr(got, field)) == value, (field, shown)


@pytest.mark.parametrize("case", CASES)
def test_every_case_keeps_the_laws(case: dict[str, Any]) -> None:
    keep_the_laws(Text.of(case["text"]), find(case))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_plan_keeps_the_laws(path: Path) -> None:
    text = Text.of(path.read_text("utf-8"))
    header = find_header(text, find_signature(text))
    said = find_citations(text, header, lambda _: None)
    assert said
    keep_the_laws(text, said)


STRANGE = [
    "",
    " ",
    "\n" * 500,
    "số " * 300,
    "12/" * 300,
    "…/KH-UBND" * 50,
    "Luật " * 200,
    "(“" * 300,
    "\ufeffSố:\u00a0/KH\u2013UBND",
]


@pytest.mark.parametrize("strange", STRANGE, ids=[repr(text[:12]) for text in STRANGE])
def test_any_text_can_be_read(strange: str) -> None:
    text = Text.of(strange)
    header = find_header(text, find_signature(text))
    keep_the_laws(text, find_citations(text, header, lambda _: None))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_any_part_of_a_plan_can_be_read(path: Path) -> None:
    raw = path.read_text("utf-8")
    for start in range(0, len(raw), 701):  # torn anywhere: in a word, a number, a date
        text = Text.of(raw[start : start + 900])
        header = find_header(text, find_signature(text))
        keep_the_laws(text, find_citations(text, header, lambda _: None))


def keep_the_laws(text: Text, said: tuple[Citation, ...]) -> None:
    """What is found stands where we say, in order, once for each place, and is sure only where nothing was changed."""
    assert [c.start for c in said] == sorted(c.start for c in said)
    assert len({(c.start, c.end) for c in said}) == len(said)
    for citation in said:
        assert citation.text == text.raw[citation.start : citation.end]
        assert citation.text.strip() == citation.text != ""
        assert citation.relation in RELATIONS
        assert 0 < citation.confidence <= 1
        assert not (citation.repaired and citation.confidence == 1)
        assert citation.number or citation.name or citation.number_as_printed
        assert citation.iri and citation.iri.isascii()
        if citation.number_as_printed:
            assert citation.number_as_printed in text.raw


def told(citation: Citation) -> tuple[object, ...]:
    """What a citation says, wherever its lines end."""
    name, pinpoint = (" ".join((words or "").split()) for words in (citation.name, citation.pinpoint))
    return citation.type, citation.number, name, citation.date, citation.issuer, citation.relation, pinpoint


def wrapped(text: str, width: int) -> str:
    """The text as a printer breaks its lines."""
    lines = (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join("\n".join(broken) for broken in lines)


@pytest.mark.parametrize("width", [57, 75])
def test_where_the_lines_end_says_nothing(width: int) -> None:
    """Every case reads the same with its lines broken elsewhere."""
    for given in CASES:
        case: Any = given.values[0]
        broken = wrapped(case["text"], width)
        if " ".join(broken.split()) == " ".join(case["text"].split()) and "  " not in case["text"]:
            assert [*map(told, find({**case, "text": broken}))] == [*map(told, find(case))], case["why"]
