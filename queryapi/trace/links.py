"""One level of a chain: which documents cite which, in the order people want them, without reading what they say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.vocabulary import scheme
from ontology import ELI, TD
from queryapi.said import said
from queryapi.store import Store
from queryapi.store.terms import Iri, Rows

_PREFIXES = f"PREFIX td: <{TD}> PREFIX dcterms: <http://purl.org/dc/terms/> "
_CITING = """
SELECT ?from ?to ?citation ?relation ?start {
  { %s ?citation td:cites ?to MINUS { ?citation td:resolvedByDate ?law } }
  UNION { %s ?citation td:resolvedByDate ?to }
  ?citation td:inDocument ?from ; td:start ?start .
  OPTIONAL { ?citation td:relation ?relation }
}"""
# A clause that no citation stands behind names its document in words alone.
_CLAIMING = """
SELECT ?from ?to ?clause { VALUES %s { %s }
  ?from td:hasEffect ?clause . ?clause td:claimsAbout ?to . FILTER(?from != ?to)
  FILTER NOT EXISTS { ?clause td:viaCitation ?citation } }"""
_DETAILS = """
SELECT ?from ?to ?source ?confidence { VALUES %s { %s }
  ?from td:details ?to . ?from a td:LegalInstrument . ?to a td:LegalInstrument
  OPTIONAL { ?fact td:about ?from ; td:property td:details ; td:value ?to
    OPTIONAL { ?fact dcterms:source ?source } OPTIONAL { ?fact td:confidence ?confidence } } }"""


@dataclass
class Link:
    """`source` rests on `target`, by these citations or clauses in page order; or so the register says, with `facts`.

    `facts` are its sources and how sure it is of each.
    """

    source: str
    target: str
    citations: list[tuple[int, str]] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)


def links_of(store: Store, edge: Sequence[str], direction: str, relations: Iterable[str] = ()) -> list[Link]:
    """The links up from these documents, or down to them: all of them, each once.

    Up in page order; down the higher levels of government first, and the newest of each.
    """
    names = " ".join(Iri(iri).n3() for iri in edge)
    up = direction == "up"
    bound = f"VALUES ?from {{ {names} }} ?from td:hasCitation ?citation ." if up else f"VALUES ?to {{ {names} }}"
    kept = {f"/{slug}" for slug in relations}
    found: dict[tuple[str, str], Link] = {}
    for row in _records(store, _CITING % (bound, bound)):
        relation = row.get("relation", "")
        if row["from"] != row["to"] and (not kept or any(relation.endswith(slug) for slug in kept)):
            link = found.setdefault((row["from"], row["to"]), Link(row["from"], row["to"]))
            link.citations.append((int(row["start"]), row["citation"]))
    if not kept:
        variable = "?from" if up else "?to"
        for row in _records(store, _CLAIMING % (variable, names)):
            link = found.setdefault((row["from"], row["to"]), Link(row["from"], row["to"]))
            link.clauses.append(row["clause"])
        for row in _records(store, _DETAILS % (variable, names)):
            link = found.setdefault((row["from"], row["to"]), Link(row["from"], row["to"]))
            if "source" in row:
                link.facts.append((row["source"], row.get("confidence", "").rpartition("/")[2]))
    for link in found.values():
        link.citations = sorted(set(link.citations))
        link.clauses.sort()
        link.facts = sorted(set(link.facts))
    return _in_page_order(found.values(), edge) if up else _by_level(store, found.values())


def _in_page_order(links: Iterable[Link], edge: Sequence[str]) -> list[Link]:
    place = {iri: at for at, iri in enumerate(edge)}

    def first(link: Link) -> tuple[int, bool, int, str]:
        return place[link.source], not link.citations, link.citations[0][0] if link.citations else 0, link.target

    return sorted(links, key=first)


def _by_level(store: Store, links: Iterable[Link]) -> list[Link]:
    links = list(links)
    facts = said(store, (link.source for link in links), (TD.level, ELI.date_document, TD.notBefore))
    ranks = {slug: rank for rank, slug in enumerate(("trung-uong", "tinh", "huyen", "xa"))}
    assert ranks.keys() == scheme("level").keys()

    def first(link: Link) -> tuple[int, int, str, str]:
        level = facts.slug(link.source, TD.level) or ""
        day = facts.one(link.source, ELI.date_document) or facts.one(link.source, TD.notBefore) or ""
        return ranks.get(level, len(ranks)), -int(day.replace("-", "") or 0), link.source, link.target

    return sorted(links, key=first)


def _records(store: Store, query: str) -> list[dict[str, str]]:
    found = store.query(_PREFIXES + query)
    rows = found.records() if isinstance(found, Rows) else []
    return [{name: str(term) for name, term in row.items()} for row in rows]
