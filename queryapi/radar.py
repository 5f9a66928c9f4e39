"""Every citation of something not in force: on the day of the document that cites it, or on another day."""

from dataclasses import dataclass

from loaders.law.judgement import Cited, judge
from loaders.law.register import register
from loaders.vocabulary import concept_iri, scheme
from ontology import OA, TD
from queryapi.documents import Known, documents
from queryapi.store import Store
from queryapi.store.terms import Rows

_DEAD = ("expired", "not-yet-in-force", "partly-expired")
# td:expiredLater stands on every citation of something the register knows, and on no other.
_QUERY = f"""
PREFIX td: <{TD}> PREFIX oa: <{OA}>
SELECT ?document ?citation ?cited ?number ?relation ?pinpoint ?words ?start ?end ?verdict ?since ?reason
  ?replacedBy ?replacedByNumber ?hint {{
  ?citation td:expiredLater ?known ; td:verdict ?verdict ; td:inDocument ?document ; oa:exact ?words ;
    td:start ?start ; td:end ?end .
  %s
  OPTIONAL {{ ?citation td:resolvedByDate ?resolved }}
  OPTIONAL {{ ?citation td:cites ?named }}
  BIND(COALESCE(?resolved, ?named) AS ?cited)
  OPTIONAL {{ ?citation td:citedNumber ?number }}
  OPTIONAL {{ ?citation td:relation ?relation }}
  OPTIONAL {{ ?citation td:pinpoint ?pinpoint }}
  OPTIONAL {{ ?citation td:expiredOn ?since }}
  OPTIONAL {{ ?citation td:verdictReason ?reason }}
  OPTIONAL {{ ?citation td:replacedBy ?replacedBy }}
  OPTIONAL {{ ?citation td:replacedByNumber ?replacedByNumber }}
  OPTIONAL {{ ?citation td:hint ?hint }}
}} ORDER BY ?document ?start"""


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
    verdicts = ", ".join(f"<{concept_iri('verdict', slug)}>" for slug in _DEAD)
    found = store.query(_QUERY % ("" if as_of else f"FILTER(?verdict IN ({verdicts}))"))
    records = found.records() if isinstance(found, Rows) else []
    rows = [{name: str(term) for name, term in record.items()} for record in records]
    known = {document.iri: document for document in documents(store)} if rows else {}
    told = (_judged(row, as_of) if as_of else row for row in rows)
    return [_dead(row, known[row["document"]]) for row in told if _slug(row["verdict"]) in _DEAD]


def _judged(row: dict[str, str], as_of: str) -> dict[str, str]:
    """The same citation on another day."""
    kept = {
        name: value for name, value in row.items() if name not in ("since", "replacedBy", "replacedByNumber", "hint")
    }
    judgement = judge(Cited(iri=row["cited"], pinpoint=row.get("pinpoint")), as_of)
    kept |= {"verdict": judgement.verdict.code, "reason": judgement.verdict.reason}
    kept |= {"since": judgement.since} if judgement.since else {}
    if judgement.replaced_by:
        kept |= {
            "replacedBy": judgement.replaced_by[0].iri,
            "replacedByNumber": judgement.replaced_by_numbers or "",
        }
    kept |= {"hint": judgement.hint.text} if judgement.hint else {}
    return kept


def _dead(row: dict[str, str], document: Known) -> DeadCitation:
    instrument = register().by_iri(row["cited"])
    return DeadCitation(
        document=document,
        citation=row["citation"],
        cited=row["cited"],
        cited_number=instrument.number if instrument else row.get("number"),
        relation=_slug(row.get("relation", "")),
        pinpoint=row.get("pinpoint"),
        words=" ".join(row["words"].split()),
        start=int(row["start"]),
        end=int(row["end"]),
        verdict=_slug(row["verdict"]),
        verdict_label=scheme("verdict")[_slug(row["verdict"])].label,
        since=row.get("since"),
        reason=row.get("reason", ""),
        replaced_by=row.get("replacedBy"),
        replaced_by_number=row.get("replacedByNumber"),
        hint=row.get("hint"),
    )


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
