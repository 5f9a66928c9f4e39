"""Every citation of something not in force: on the day of the document that cites it, or on another day."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.names import graph_iri
from loaders.vocabulary import scheme
from ontology import OA, TD
from queryapi.documents import Known, documents
from queryapi.graphdoc import GraphDocument
from queryapi.judge import judge
from queryapi.store import Store
from queryapi.terms import Rows

_DEAD = ("expired", "not-yet-in-force", "partly-expired")
_SUSPECT = f"""
PREFIX td: <{TD}>
SELECT DISTINCT ?document {{ ?citation td:verdict ?verdict ; td:inDocument ?document . FILTER(?verdict IN (%s)) }}"""
_REGISTERED = f"""
PREFIX td: <{TD}>
SELECT DISTINCT ?document {{ ?citation td:expiredLater ?known ; td:inDocument ?document }}"""


@dataclass(frozen=True, kw_only=True)
class DeadCitation:
    """One place that leans on something not in force. `verdict` is a slug, `since` the day it ended."""

    document: Known
    citation: str
    cited: str
    cited_number: str | None
    relation: str
    pinpoint: str | None
    words: str
    start: int
    end: int
    verdict: str
    verdict_label: str
    since: str | None
    reason: str
    replaced_by: str | None
    replaced_by_number: str | None
    hint: str | None


def radar(store: Store, as_of: str | None = None) -> list[DeadCitation]:
    """The dead citations of the whole store, document by document, in page order."""
    verdicts = ", ".join(f"<{scheme('verdict')[slug].iri}>" for slug in _DEAD)
    found = store.query(_REGISTERED if as_of else _SUSPECT % verdicts)
    suspects = {str(row[0]) for row in found.rows} if isinstance(found, Rows) else set()
    known = {document.iri: document for document in documents(store)}
    return [dead for iri in sorted(suspects & known.keys()) for dead in _dead_in(store, known[iri], as_of)]


def _dead_in(store: Store, known: Known, as_of: str | None) -> Iterator[DeadCitation]:
    document = GraphDocument(known.iri, store.triples(graph_iri("doc", known.iri)))
    for citation in document.parts("hasCitation"):
        judgement = judge(document, citation, as_of)
        verdict = judgement.verdict
        if verdict.code not in _DEAD:
            continue
        start, end = document.value(citation, "start"), document.value(citation, "end")
        yield DeadCitation(
            document=known,
            citation=citation,
            cited=judgement.target or "",
            cited_number=judgement.number or document.text(citation, "citedNumber"),
            relation=(document.iri_of(citation, "relation") or "").rpartition("/")[2],
            pinpoint=document.text(citation, "pinpoint"),
            words=" ".join((document.text(citation, str(OA.exact)) or "").split()),
            start=start if isinstance(start, int) else 0,
            end=end if isinstance(end, int) else 0,
            verdict=verdict.code,
            verdict_label=scheme("verdict")[verdict.code].label,
            since=verdict.since,
            reason=verdict.reason,
            replaced_by=judgement.replaced_by,
            replaced_by_number=judgement.replaced_by_number,
            hint=judgement.hint,
        )
