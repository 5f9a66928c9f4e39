"""Search and browse: every document of the store, narrowed by words, year, level and province."""

from dataclasses import dataclass, field

from flask import Blueprint, Response, jsonify, request

from loaders.law.alerts import CHANGES
from loaders.text import fold
from loaders.vocabulary import concept_iri, scheme
from ontology import TD, VOCAB
from queryapi.pages.sureness import scanned
from queryapi.pages.view import concept, page, served
from queryapi.store import Store
from queryapi.store.terms import Iri, Literal, Rows, Term

blueprint = Blueprint("home", __name__)

PAGE = 50
_WORDS = 8  # more words than this narrow nothing
_NAMED = 4  # numbers, bodies and names shown beside a document that cites them

_PREFIXES = f"""
PREFIX td: <{TD}>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_DOCUMENTS = """
SELECT ?doc ?number ?knownAs ?date ?notBefore ?notAfter ?title ?issuer
  ?level ?type ?year ?province ?place ?ocr ?quality ?search WHERE {
  ?doc td:sha256 ?sha256 .
  OPTIONAL { ?doc td:searchText ?search }
  OPTIONAL { ?doc eli:number ?number }
  OPTIONAL { ?doc td:knownAs ?knownAs }
  OPTIONAL { ?doc eli:date_document ?date }
  OPTIONAL { ?doc td:notBefore ?notBefore }
  OPTIONAL { ?doc td:notAfter ?notAfter }
  OPTIONAL { ?doc dcterms:title ?title }
  OPTIONAL { ?doc td:issuerLabel ?issuer }
  OPTIONAL { ?doc td:level ?level }
  OPTIONAL { ?doc eli:type_document ?type }
  OPTIONAL { ?doc td:year ?year }
  OPTIONAL { ?doc td:provinceName ?province }
  OPTIONAL { ?doc eli:jurisdiction/td:searchText ?place }
  OPTIONAL { ?doc td:readOptically ?ocr }
  OPTIONAL { ?doc td:textQuality ?quality }
}"""
_SEARCHED = ("search", "number", "title", "issuer", "place", "province", "year")
# A law cited by its name only has the number of the one that was in force that day.
_CITING = """
SELECT DISTINCT ?doc ?number ?type ?issuer WHERE {
  ?doc td:hasCitation ?citation .
  { ?citation td:citedNumber ?number } UNION { ?citation td:resolvedByDate/eli:number ?number }
  FILTER(CONTAINS(REPLACE(LCASE(?number), "đ", "d"), ?words))
  OPTIONAL { ?citation td:citedType ?type }
  OPTIONAL { ?citation td:citedIssuer/rdfs:label ?issuer }
}"""
_CITED = """
SELECT DISTINCT ?cited ?label WHERE {
  { ?citation td:citedIssuer ?cited . ?cited rdfs:label ?label } UNION { ?citation td:citedName ?cited, ?label }
}"""
_NAMING = """
SELECT DISTINCT ?doc ?cited WHERE {
  VALUES ?cited { %s } ?citation td:citedIssuer|td:citedName ?cited . ?doc td:hasCitation ?citation
}"""
_COUNTS = """
SELECT ?doc (COUNT(DISTINCT ?citation) AS ?citations) (COUNT(DISTINCT ?dead) AS ?deaths) WHERE {
  VALUES ?doc { %s }
  ?doc td:hasCitation ?citation
  OPTIONAL {
    ?citation td:verdict <https://w3id.org/thidua/vocab/verdict/expired>
    FILTER NOT EXISTS { ?citation td:relation ?relation FILTER(?relation IN (@changes@)) } BIND(?citation AS ?dead)
  }
} GROUP BY ?doc""".replace("@changes@", ", ".join(f"<{concept_iri('relation', slug)}>" for slug in CHANGES))
_CRITERIA = """
SELECT ?doc (COUNT(DISTINCT ?criterion) AS ?criteria) WHERE {
  VALUES ?doc { %s } ?doc td:launches/td:hasCriterion ?criterion
} GROUP BY ?doc"""
_TOTAL = "SELECT (COUNT(?doc) AS ?documents) { ?doc td:sha256 ?sha256 }"


@dataclass
class Entry:
    """One document of the list."""

    iri: str
    said: dict[str, str]
    cites: list[str] = field(default_factory=list)
    citations: int = 0
    dead: int = 0
    criteria: int = 0


@blueprint.get("/")
def search() -> Response:
    """The list, newest first, narrowed by what the form says."""
    words = request.args.get("q", "").strip()[:200]
    narrowed = {name: request.args.get(name, "")[:80] for name in ("nam", "cap", "tinh", "loai")}
    number = max(1, request.args.get("trang", 1, type=int) or 1)
    with served().store() as store:
        every = _documents(store)
        found = [entry for entry in _matching(store, words, every) if _within(entry, narrowed)]
        shown = found[(number - 1) * PAGE : number * PAGE]
        _count(store, shown)
        return page(
            "home.html",
            store=store,
            scanned=scanned,
            entries=shown,
            found=len(found),
            total=len(every),
            number=number,
            pages=-(-len(found) // PAGE),
            words=words,
            narrowed=narrowed,
            years=_facet(every, "year", reverse=True),
            provinces=_facet(every, "province"),
            levels=[c for c in scheme("level").values() if any(e.said.get("level") == c.iri for e in every)],
            types=[c for c in scheme("document-type").values() if any(e.said.get("type") == c.iri for e in every)],
        )


@blueprint.get("/healthz")
def health() -> Response:
    """Whether the store answers, its version, how many documents it holds, whether queries run without a network."""
    with served().store() as store:
        (row,) = _rows(store, _TOTAL)
        version, documents = served().version(store), int(row["documents"])
        response: Response = jsonify(ok=True, version=version, documents=documents, isolated=served().isolated)
        response.cache_control.no_store = True
        return response


def _rows(store: Store, query: str, parameters: dict[str, Term] | None = None) -> list[dict[str, str]]:
    return [{name: str(term) for name, term in record.items()} for record in _records(store, query, parameters)]


def _records(store: Store, query: str, parameters: dict[str, Term] | None = None) -> list[dict[str, Term]]:
    results = store.query(_PREFIXES + query, parameters)
    assert isinstance(results, Rows)
    return list(results.records())


def _documents(store: Store) -> list[Entry]:
    """Every document with its header facts, newest first; those without a date stand by the latest it can have."""
    rows = served().kept(store, "home", lambda: _sorted(_rows(store, _DOCUMENTS)))
    return [Entry(row["doc"], row) for row in rows]


def _sorted(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    first: dict[str, dict[str, str]] = {}
    for row in rows:
        row["words"] = fold(" ".join(row.get(name, "") for name in _SEARCHED))
        first.setdefault(row["doc"], row)
    by_number = sorted(first.values(), key=lambda row: row.get("number", ""))
    return sorted(by_number, key=lambda row: row.get("date") or row.get("notAfter", ""), reverse=True)


def _matching(store: Store, words: str, every: list[Entry]) -> list[Entry]:
    """Those whose own facts hold every word, marks aside; then those that cite a number, a body or a name so called."""
    wanted = fold(words).split()[:_WORDS]
    if not wanted:
        return every
    found = [entry for entry in every if all(word in entry.said["words"] for word in wanted)]
    own = {entry.iri for entry in found}
    citing = _citing(store, wanted, {entry.iri: entry for entry in every})
    naming = _naming(store, wanted)
    for entry in every:
        names = [] if entry.iri in own else naming.get(entry.iri, [])
        entry.cites = [*citing.get(entry.iri, []), *names][:_NAMED]
    return found + [entry for entry in every if entry.cites and entry.iri not in own]


def _citing(store: Store, wanted: list[str], every: dict[str, Entry]) -> dict[str, list[str]]:
    """Numbers cited, by document: every word is in the number, its type, its issuer or the citing document's facts."""
    numbers = [word for word in wanted if any(c.isdigit() for c in word)]
    if not numbers:
        return {}
    longest = max(numbers, key=len)
    citing: dict[str, list[str]] = {}
    for row in _rows(store, _CITING, {"words": Literal.of(longest)}):
        number, document = fold(row["number"]), every.get(row["doc"])
        beside = fold(f"{concept(row.get('type'))} {row.get('issuer', '')}") + " " + number
        beside += f" {document.said['words']}" if document else ""
        if all(word in beside for word in wanted) and row["number"] not in citing.setdefault(row["doc"], []):
            citing[row["doc"]].append(row["number"])
    return {document: sorted(found) for document, found in citing.items()}


def _naming(store: Store, wanted: list[str]) -> dict[str, list[str]]:
    """Bodies whose documents are cited and names of documents cited that hold the words in a row, by document."""
    known = served().kept(store, "cited", lambda: _cited(store))
    phrase = " ".join(wanted)
    named = {term.n3(): label for term, label in known if f" {phrase} " in f" {fold(label)} "}
    naming: dict[str, set[str]] = {}
    for record in _records(store, _NAMING % " ".join(named)) if named else ():
        naming.setdefault(str(record["doc"]), set()).add(named[record["cited"].n3()])
    return {document: sorted(labels) for document, labels in naming.items()}


def _cited(store: Store) -> list[tuple[Term, str]]:
    return [(record["cited"], " ".join(str(record["label"]).split())) for record in _records(store, _CITED)]


def _within(entry: Entry, narrowed: dict[str, str]) -> bool:
    said = entry.said
    return (
        narrowed["nam"] in ("", said.get("year"))
        and narrowed["tinh"] in ("", said.get("province"))
        and (not narrowed["cap"] or said.get("level") == f"{VOCAB}level/{narrowed['cap']}")
        and (not narrowed["loai"] or said.get("type") == f"{VOCAB}document-type/{narrowed['loai']}")
    )


def _facet(every: list[Entry], name: str, *, reverse: bool = False) -> list[str]:
    return sorted({entry.said[name] for entry in every if name in entry.said}, reverse=reverse)


def _count(store: Store, entries: list[Entry]) -> None:
    if not entries:
        return
    by_iri = {entry.iri: entry for entry in entries}
    values = " ".join(Iri(iri).n3() for iri in by_iri)
    for row in _rows(store, _COUNTS % values):
        by_iri[row["doc"]].citations = int(row["citations"])
        by_iri[row["doc"]].dead = int(row["deaths"])
    for row in _rows(store, _CRITERIA % values):
        by_iri[row["doc"]].criteria = int(row["criteria"])
