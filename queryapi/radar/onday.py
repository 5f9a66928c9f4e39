"""The radar on a day of one's choice, and of a store whose alerts were never put in order: every citation is judged.

By the register joined with what the documents of the store say of validity, as the stored verdicts are.
"""

from collections.abc import Iterator
from typing import NamedTuple

from loaders.law.alerts import Alert, Leaning, alerts
from loaders.law.judgement import Cited, Judgement, judge
from loaders.law.register import Register, register
from loaders.law.verdict import Interval
from ontology import ELI, OA, TD
from queryapi.loading.claimgraph import Claims
from queryapi.radar import Alerted, Radar, described, document_of_part, fits, known_of, label
from queryapi.radar.filters import Filters
from queryapi.radar.order import SEVERITIES, UNDATED, Place
from queryapi.said import Said
from queryapi.store import Store
from queryapi.store.terms import Rows

# td:expiredLater stands on every citation of something the register knows, and on no other.
_QUERY = f"""
PREFIX td: <{TD}> PREFIX oa: <{OA}>
SELECT ?document ?citation ?cited ?relation ?pinpoint ?followed ?words ?start ?end {{
  ?citation td:expiredLater ?known ; td:inDocument ?document ; oa:exact ?words ; td:start ?start ; td:end ?end .
  OPTIONAL {{ ?citation td:resolvedByDate ?resolved }}
  OPTIONAL {{ ?citation td:cites ?named }}
  BIND(COALESCE(?resolved, ?named) AS ?cited)
  OPTIONAL {{ ?citation td:relation ?relation }}
  OPTIONAL {{ ?citation td:pinpoint ?pinpoint }}
  OPTIONAL {{ ?citation td:followed ?followed }}
}}"""


class _Found(NamedTuple):
    """An alert with the citation it is about, as a row of the query, and how that was judged."""

    place: Place
    alert: Alert
    said: dict[str, str]
    judgement: Judgement


def dead_on(store: Store, as_of: str | None, filters: Filters, limit: int | None, after: Place | None) -> Radar:
    """The citations of something not in force, in the order of the alerts; changes of the framework are not among them.

    Without a day, each on the day of its document; on a day, those of documents that were there.
    """
    answer = store.query(_QUERY)
    records = answer.records() if isinstance(answer, Rows) else []
    rows = [{name: str(term) for name, term in record.items()} for record in records]
    facts = described(store, sorted({row["document"] for row in rows}))
    known = _joined(store, {row["cited"] for row in rows})
    found = sorted(_found(rows, facts, as_of, filters, known), key=lambda one: one.place.key)
    found = [one for one in found if not after or one.place.key > after.key]
    shown = found[:limit]
    more = shown[-1].place.cursor if shown and len(found) > len(shown) else None
    return Radar(tuple(_row(one, facts) for one in shown), more)


def _joined(store: Store, cited: set[str]) -> Register:
    claims = Claims(store)
    claims.fetch(cited)
    return register().joined(clause.claim for iri in sorted(cited) for clause in claims.about(iri))


def _found(
    rows: list[dict[str, str]], facts: Said, as_of: str | None, filters: Filters, known: Register
) -> Iterator[_Found]:
    for row in rows:
        document = row["document"]
        day = facts.one(document, ELI.date_document) or facts.one(document, TD.notBefore) or UNDATED
        dated = day != UNDATED
        other_year = filters.year is not None and dated and day[:4] != str(filters.year)
        not_yet = as_of is not None and dated and day > as_of  # it leaned on nothing before it was there
        if other_year or not_yet or not fits(facts, document, filters, dated=dated):
            continue
        cited = Cited(iri=row["cited"], pinpoint=row.get("pinpoint"))
        judgement = judge(cited, as_of or _own_day(facts, document), register=known)
        relation = _slug(row.get("relation", ""))
        leaning = Leaning(
            judgement=judgement,
            relation=relation,
            followed=row.get("followed") == "true",
            day=as_of or _own_day(facts, document),
            citation=row["citation"],
            start=int(row["start"]),
        )
        for alert in alerts([leaning]):
            if _wanted(alert, judgement, filters):
                name = f"{document}#alert-{alert.kind}-{row['citation'].rpartition('#citation-')[2]}"
                yield _Found(Place(SEVERITIES.index(alert.severity) + 1, day, name), alert, row, judgement)


def _own_day(facts: Said, document: str) -> str | Interval:
    day = facts.one(document, ELI.date_document)
    return day or Interval(facts.one(document, TD.notBefore), facts.one(document, TD.notAfter))


def _wanted(alert: Alert, judgement: Judgement, filters: Filters) -> bool:
    return (
        filters.verdict in (None, judgement.verdict.code)
        and filters.instrument in (None, alert.concerns)
        and filters.severity in (None, alert.severity)
        and (not filters.kinds or alert.kind in filters.kinds)
    )


def _row(found: _Found, facts: Said) -> Alerted:
    place, alert, said, judgement = found
    document, instrument = document_of_part(place.alert), judgement.instrument
    return Alerted(
        document=known_of(document, facts),
        province=facts.one(document, TD.provinceName),
        level=facts.slug(document, TD.level),
        citation=said["citation"],
        cited=alert.concerns,
        cited_number=instrument.number if instrument else alert.label,
        relation=_slug(said.get("relation", "")),
        pinpoint=said.get("pinpoint"),
        words=" ".join(said["words"].split()),
        start=int(said["start"]),
        end=int(said["end"]),
        verdict=judgement.verdict.code,
        verdict_label=label("verdict", judgement.verdict.code),
        since=judgement.since,
        reason=judgement.verdict.reason,
        alert=alert.reason_vi,
        alert_en=alert.reason_en,
        replaced_by=judgement.replaced_by[0].iri if judgement.replaced_by else None,
        replaced_by_number=judgement.replaced_by_numbers,
        hint=judgement.hint.text if judgement.hint else None,
        kind=alert.kind,
        kind_label=label("alert", alert.kind),
        severity=alert.severity,
        severity_label=label("severity", alert.severity),
        changed_on=alert.changed_on,
        by_claim=False,
        cursor=place.cursor,
    )


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
