"""What the graph does not know, on one page: each section leads to the question that gives all of it."""

from flask import Blueprint, Response

from loaders.text import quoted
from ontology import BASE, VOCAB
from queryapi.coverage import Coverage, Section, coverage
from queryapi.pages.view import DOC, cited_names, concept, names, page, served, shown_date
from queryapi.store import Store
from queryapi.store.terms import Iri, Literal, Term

blueprint = Blueprint("coverage", __name__)

_SHOWN = 10  # rows of a section
_FACTS = {
    "validFrom": "bắt đầu có hiệu lực",
    "validBefore": "hết hiệu lực",
    "replacedBy": "được thay bằng",
    "partlyExpired": "hết hiệu lực một phần",
    "date_document": "ngày ban hành",
}


@blueprint.get("/con-thieu")
def show() -> Response:
    """Every section with its first rows, and the plans by province and year."""
    with served().store() as store:
        found: Coverage = served().kept(store, "coverage", lambda: coverage(store, top=_SHOWN))
        called = _called(store, found)
        sections = [
            (section, [[_cell(term, called) for term in row] for row in section.rows]) for section in found.sections
        ]
        return page("coverage.html", store=store, sections=sections, matrix=found.matrix)


def _called(store: Store, found: Coverage) -> dict[str, str]:
    """The documents shown, as people call them."""
    terms = (term for section in found.sections for row in section.rows for term in row)
    shown = {str(term).partition("#")[0] for term in terms if isinstance(term, Iri)}
    return {**cited_names(store, [iri for iri in shown if iri.startswith(DOC)]), **names(store)}


def _cell(term: Term | None, called: dict[str, str]) -> tuple[str, str]:
    """A value as people read it, and the name it leads to."""
    if term is None:
        return "", ""
    value = str(term)
    if isinstance(term, Literal):
        return shown_date(quoted(value)), ""
    if value.startswith(str(VOCAB)):
        return concept(value), ""
    fact = _FACTS.get(value.replace("#", "/").rpartition("/")[2])
    if fact:
        return fact, ""
    document, _, part = value.partition("#")
    said = called.get(document) or value.removeprefix(DOC).removeprefix(BASE)
    return f"{said} #{part}" if part and document in called else said, value


def number_of(section: Section) -> str:
    """How many there are, as a reader says it."""
    return f"{section.total:,}".replace(",", ".") if section.total else "không có"


blueprint.add_app_template_filter(number_of)
