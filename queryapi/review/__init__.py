"""What a reading is not sure of: findings of low confidence and doubts, of a file or of the store, worst first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loaders.confidence import DOUBTFUL
from loaders.corrections.apply import BY_A_PERSON, UNMATCHED
from loaders.corrections.fields import KINDS, Refused, fields_of, value_of
from loaders.corrections.match import BEFORE
from loaders.formats import Progress
from loaders.names import graph_iri
from loaders.rdf import quads
from loaders.rdfterms import OPERATORS, RELATIONS
from loaders.vocabulary import scheme
from ontology import TD, VOCAB
from queryapi.documents import find_document
from queryapi.language import spoken
from queryapi.pages.facts import Facts, Thing, local
from queryapi.store import Store
from queryapi.store.terms import Rows

__all__ = ["Item", "in_file", "in_store"]

_CLASSES = {record.__name__: kind for kind, (_, record) in KINDS.items() if record.__name__ != "Span"} | {
    "EffectClause": "effect",
    "ProcedureStep": "procedure",
    "Funding": "funding",
    "Recipient": "recipient",
}
_DOUBTED = ("citation", "criterion", "deadline")  # what a reader's doubt at the same place is about
_WORDS_OF = {slug: words for words, slug in {**RELATIONS, **OPERATORS}.items()}
_WORST = f"""PREFIX td: <{TD}>
SELECT ?doc (MIN(?sure) AS ?worst) {{
  {{ ?part td:readingConfidence ?sure ; td:inDocument ?doc FILTER(?sure < %s) }}
  UNION {{ ?doc td:hasDoubt ?doubt BIND(1 AS ?sure) }}
}} GROUP BY ?doc ORDER BY ?worst ?doc LIMIT %d"""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to look at. `kind` is that of a correction, "document" for the head, "" for a doubt about no finding.

    `fields` are what was understood, by the names a correction takes; `why` says it in the language spoken.
    """

    document: str
    source: str
    kind: str
    words: str
    start: int | None = None
    end: int | None = None
    page: int | None = None
    line: int | None = None
    confidence: float | None = None
    grounds: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    before: str = ""
    code: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bool, float, str, int]:
        """Worst first: a person's word that is lost, then by confidence; a doubt of no finding among the middle."""
        return (
            self.code != UNMATCHED,
            0.75 if self.confidence is None else self.confidence,
            self.source,
            self.start or 0,
        )

    @property
    def understood(self) -> str:
        return "; ".join(f"{name} = {value}" for name, value in self.fields.items())


def in_file(path: Path, below: float = DOUBTFUL, progress: Progress | None = None) -> list[Item]:
    """What to look at in a file, corrections beside it applied. Raises LoadError."""
    from loaders.attached import split
    from loaders.read import read

    text, findings = read(path, progress=progress)
    found: list[Item] = []
    for one in split(findings):
        own = graph_iri("doc", one.document.iri)
        lines = "".join(f"{q.triple} .\n" for q in quads(one, text.raw) if getattr(q.graph_name, "value", "") == own)
        found += _items(Facts([lines]), one.document.iri, text.raw, below)
    return sorted(found, key=lambda item: item.order)


def in_store(store: Store, words: str | None = None, below: float = DOUBTFUL, limit: int = 50) -> list[Item]:
    """What to look at in a document of the store, or in the worst of them, so many at most."""
    if words is None:
        rows = store.query(_WORST % (below, limit))
        assert isinstance(rows, Rows)
        documents = [str(row[0]) for row in rows.rows if row[0] is not None]
    else:
        documents = [find_document(store, words).iri]
    found: list[Item] = []
    for document in documents:
        facts = Facts([store.triples(graph_iri("doc", document))])
        found += _items(facts, document, store.text(document), below)
    return sorted(found, key=lambda item: item.order)[:limit]


def _items(facts: Facts, document: str, text: str | None, below: float) -> Iterator[Item]:
    head = facts.thing(document)
    source = head["sourceName"] or document
    doubts = facts.linked(head, "hasDoubt")
    told: set[str] = set()
    for thing in facts:
        kind = _CLASSES.get(local(thing["type"] or ""))
        start, end = thing.number("start"), thing.number("end")
        if kind in (None, "document", "movement") or start is None or end is None:
            continue
        grounds = tuple(local(ground) for ground in thing.all("ground"))
        sure = float(thing["readingConfidence"] or 1)
        own = [d for d in doubts if kind in _DOUBTED and (d.number("start"), d.number("end")) == (start, end)]
        if BY_A_PERSON in grounds or (sure >= below and not own):
            continue
        told |= {doubt.iri for doubt in own}
        yield Item(
            document=document,
            source=source,
            kind=kind or "",
            words=thing["exact"] or "",
            confidence=sure,
            grounds=tuple(sorted(grounds)),
            why=(*(_label(ground) for ground in sorted(grounds)), *(doubt["message"] or "" for doubt in own)),
            fields=dict(_understood(facts, thing, kind or "")),
            code=next((doubt["code"] for doubt in own), None),
            **_place(text, start, end, thing.number("page")),
        )
    for doubt in doubts:
        if doubt.iri not in told:
            yield _doubt(doubt, facts, document, source, text)


_OF_HEAD = {"number": ("no-number", "blank-number", "repaired-number"), "date": ("no-date", "blank-date")}


def _doubt(doubt: Thing, facts: Facts, document: str, source: str, text: str | None) -> Item:
    """A doubt of no finding; of the head with what was understood of the field in doubt."""
    code, start, end = doubt["code"], doubt.number("start"), doubt.number("end")
    name = next((name for name, codes in _OF_HEAD.items() if code in codes), None)
    known = dict(_understood(facts, facts.thing(document), "document"))
    there = start is not None and end is not None and text is not None
    return Item(
        document=document,
        source=source,
        kind="document" if name else "",
        words=text[start:end] if there and text else "",
        why=(doubt["message"] or "",),
        code=code,
        fields={name: known.get(name, "")} if name else {},
        **_place(text, start, end, None),
    )


def _place(text: str | None, start: int | None, end: int | None, page: int | None) -> dict[str, Any]:
    line = text.count("\n", 0, start) + 1 if text is not None and start is not None else None
    before = text[max(0, start - BEFORE) : start] if text is not None and start is not None else ""
    return {"start": start, "end": end, "page": page, "line": line, "before": " ".join(before.split())}


def _understood(facts: Facts, thing: Thing, kind: str) -> Iterator[tuple[str, Any]]:
    """What was read, field by field, as a correction would write it."""
    limit = next(iter(facts.linked(thing, "hasThreshold")), None)
    for name, one in fields_of(kind).items():
        of = limit if name.startswith("threshold.") else thing
        if of is None:
            continue
        values = [_word(value) for value in of.all(local(one.property))]
        if name == "month_day" and values:
            values = [f"{int(values[0]):02}-{int(thing['day'] or 1):02}"]
        if values:
            yield name, _written(kind, name, values)


def _word(value: str) -> str:
    slug = local(value) if value.startswith(str(VOCAB)) else value
    return _WORDS_OF.get(slug, slug)


def _written(kind: str, name: str, values: list[str]) -> Any:
    """Text of the graph as the value that the field takes: 7 and not "7"."""
    for candidate in (values[0], *_numbers(values[0]), values[0] == "true", sorted(values)):
        try:
            value_of(kind, name, candidate)
        except Refused:
            continue
        return candidate
    return values[0]


def _numbers(value: str) -> Iterable[int | float]:
    try:
        number = float(value)
    except ValueError:
        return ()
    return (int(number), number) if number.is_integer() else (number,)


def _label(ground: str) -> str:
    concept = scheme("confidence-ground").get(ground)
    if concept is None:
        return ground
    return concept.label if spoken() == "vi" else concept.label_en
