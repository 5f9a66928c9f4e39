"""What the documents of a store say of validity, as claims: of themselves, and of what they repeal or replace."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from loaders.law.claims import Claim, Effect, held
from loaders.law.provisions import Provision, provision
from loaders.law.verdict import Confidence
from loaders.names import authority_of, graph_iri
from loaders.vocabulary import scheme
from ontology import ELI, TD
from queryapi.loading.rank import kind_can_end, may_decide
from queryapi.store import Store
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Rows

_HEAD = (
    *(str(ELI[name]) for name in ("number", "type_document", "date_document")),
    *(str(TD[name]) for name in ("textQuality", "readOptically", "sha256", "hasEffect")),
)
_CLAUSE = tuple(
    str(TD[name])
    for name in (
        *("effect", "claimsAbout", "effectiveOn", "effectUntil", "effectRule", "ofProvision", "viaCitation"),
        *("start", "end", "citedNumber", "citedType", "citedDate"),
    )
)
_EXACT = "http://www.w3.org/ns/oa#exact"
_CLAUSES = f"""SELECT ?e ?by ?via {{ VALUES ?about {{ %s }} ?e <{TD.claimsAbout}> ?about ; <{TD.inDocument}> ?by .
  OPTIONAL {{ ?e <{TD.viaCitation}> ?via }} }}"""
# A second VALUES would be joined with every row of the first before the graph is asked.
_SAID = "SELECT ?s ?p ?o { VALUES (?g ?s) { %s } GRAPH ?g { ?s ?p ?o } FILTER(?p IN (%s)) }"
_AT_ONCE = 1000  # names in one query
Head = tuple[str | None, str | None, str | None]  # number, type and day of issue


class Clause(NamedTuple):
    """A claim with the name of the clause that makes it; without one, it says only that the document is there."""

    claim: Claim
    iri: str | None = None


class Claims:
    """The claims of a store as it will be: with these documents in it, and without those that go."""

    def __init__(self, store: Store, new: Mapping[str, GraphDocument] | None = None, gone: Iterable[str] = ()) -> None:
        self._store = store
        self._new = dict(new or {})
        self._gone = set(gone)
        self._known: dict[str, tuple[Clause, ...]] = {}
        self._said: dict[str, list[Clause]] = defaultdict(list)
        for document in self._new.values():
            for clause in claims_of(document):
                self._said[clause.claim.about].append(clause)

    def about(self, iri: str) -> tuple[Clause, ...]:
        """What documents say of one, in one order."""
        if iri not in self._known:
            self.fetch([iri])
        return self._known[iri]

    def fetch(self, iris: Iterable[str]) -> None:
        """Ask for many at once what `about` will be asked for."""
        asked = sorted({iri for iri in iris if iri not in self._known})
        for start in range(0, len(asked), _AT_ONCE):
            part = asked[start : start + _AT_ONCE]
            found: dict[str, list[Clause]] = {iri: list(self._said.get(iri, ())) for iri in part}
            for document in self._read(part):
                for clause in claims_of(document):
                    if clause.claim.about in found:
                        found[clause.claim.about].append(clause)
            for iri, clauses in found.items():
                self._known[iri] = tuple(sorted(set(clauses), key=lambda c: (c.claim.by, c.iri or "")))

    def _read(self, iris: list[str]) -> Iterator[GraphDocument]:
        """The stored documents that are these, or say something of them: their heads and those clauses."""
        parts: dict[str, set[str]] = defaultdict(set)
        for iri in iris:
            parts[iri].add(iri)
        for clause, by, via in self._rows(_CLAUSES % " ".join(Iri(iri).n3() for iri in iris)):
            parts[by] |= {by, clause, *((via,) if via else ())}
        wanted = {by: names for by, names in parts.items() if by not in self._new and by not in self._gone}
        pairs = [f"(<{graph_iri('doc', by)}> {Iri(name).n3()})" for by in wanted for name in sorted(wanted[by])]
        predicates = ", ".join(f"<{name}>" for name in (*_HEAD, *_CLAUSE, _EXACT))
        lines: dict[str, list[str]] = defaultdict(list)
        for start in range(0, len(pairs), _AT_ONCE):
            found = self._store.query(_SAID % (" ".join(pairs[start : start + _AT_ONCE]), predicates))
            for row in found.rows if isinstance(found, Rows) else ():
                lines[str(row[0]).partition("#")[0]].append(" ".join(term.n3() for term in row if term) + " .\n")
        for by, said in lines.items():
            yield GraphDocument(by, "".join(said))

    def _rows(self, query: str) -> Iterator[tuple[str, str, str | None]]:
        found = self._store.query(query)
        for clause, by, via in found.rows if isinstance(found, Rows) else ():
            yield str(clause), str(by), str(via) if via else None


def claims_of(document: GraphDocument) -> Iterator[Clause]:
    """What a document says: that it is there, and its clauses on validity."""
    if document.text(document.iri, "sha256") is None:
        return
    yield Clause(_held(document))
    for part in document.iris(document.iri, "hasEffect"):
        claim = _claim(document, part)
        if claim:
            yield Clause(claim, part)


def _held(document: GraphDocument) -> Claim:
    number, kind, issued = _head(document)
    return held(document.iri, _label(document), issued if _is_clean(document) else None, number, kind)


def _claim(document: GraphDocument, clause: str) -> Claim | None:
    about, effect = document.iri_of(clause, "claimsAbout"), _slug(document.iri_of(clause, "effect"))
    if about is None or effect is None:
        return None
    words = [str(term) for term in document.all(clause, "ofProvision")]
    named = [provision(said) for said in words]
    start, end = document.value(clause, "start"), document.value(clause, "end")
    number, kind, issued = _meant(document, clause, about)
    return Claim(
        by=document.iri,
        by_label=_label(document),
        about=about,
        effect=cast(Effect, effect),
        day=document.text(clause, "effectiveOn"),
        until=document.text(clause, "effectUntil"),
        # "Chương II" is no article: no pinpoint is surely in it or outside, which a weak claim leaves open
        provisions=tuple(sorted((p or Provision(w) for p, w in zip(named, words, strict=True)), key=_place)),
        sentence=document.text(clause, _EXACT) or "",
        start=start if isinstance(start, int) else 0,
        end=end if isinstance(end, int) else 0,
        confidence=_confidence(document, about, (number, kind, issued)) if None not in named else "I",
        said_on=document.text(document.iri, str(ELI.date_document)),
        issued=issued,
        number=number,
        type=kind,
    )


def _confidence(document: GraphDocument, about: str, meant: Head) -> Confidence:
    """V where the words were read cleanly, and such a body and such a document may decide so; else only inferred."""
    if not _is_clean(document):
        return "I"
    if about == document.iri:
        return "V"
    by, of, head = authority_of(document.iri), authority_of(about), _head(document)
    after = _comes_after(document.iri, head[2], about, meant[2])
    able = after and kind_can_end(head[1], head[0], meant[1] or _type_in(about), meant[0])
    return "V" if able and by and of and may_decide(by, of, head[2]) else "I"


def _comes_after(document: str, day: str | None, about: str, issued: str | None) -> bool:
    """Whether it is not older than what it speaks of: by their days, else by the years in their names."""
    if day and issued:
        return issued <= day
    years = [iri.rpartition("/")[0].rpartition("/")[2] for iri in (about, document)]
    return not all(year.isdigit() for year in years) or years[0] <= years[1]


def _type_in(iri: str) -> str | None:
    parts = iri.split("/")
    return parts[-3] if len(parts) > 3 else None


def _is_clean(document: GraphDocument) -> bool:
    """Whether no page of it was read by a model that knows no Vietnamese: that loses marks, and digits with them."""
    return document.value(document.iri, "readOptically") is not True


def _meant(document: GraphDocument, clause: str, about: str) -> Head:
    """Number, type and day of what a clause speaks of: its own head, or as the citation has them."""
    if about == document.iri:
        return _head(document)
    via = document.iri_of(clause, "viaCitation")
    if via is None:
        return None, None, None
    kind = _slug(document.iri_of(via, "citedType"))
    return document.text(via, "citedNumber"), kind, document.text(via, "citedDate")


def _head(document: GraphDocument) -> Head:
    said = (document.text(document.iri, str(ELI[name])) for name in ("number", "date_document"))
    number, issued = said
    return number, _slug(document.iri_of(document.iri, str(ELI.type_document))), issued


def _label(document: GraphDocument) -> str:
    number, kind, _ = _head(document)
    named = scheme("document-type").get(kind or "")
    return " ".join(filter(None, (named.label if named else None, number))) or document.iri.rpartition("/")[2]


def _slug(iri: str | None) -> str | None:
    return iri.rpartition("/")[2] if iri else None


def _place(one: Provision) -> tuple[str, str]:
    return one.article, one.clause or ""
