"""What stands on ground that is not, or is no longer, there: dead bases, and changes after a document was issued.

The alerts are made when documents are loaded and kept in order of urgency, so a page of them is read and not searched
for. On a day of one's choice the verdicts have to be made anew (`onday`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from loaders.vocabulary import scheme
from ontology import ELI, OA, TD
from queryapi.documents import Known
from queryapi.radar.filters import FRAMEWORK, Filters, read_filters
from queryapi.radar.order import GRAPH, UNDATED, Place, walk
from queryapi.said import Said, said
from queryapi.store import Store

__all__ = ["FRAMEWORK", "PAGE", "Alerted", "Filters", "Place", "Radar", "radar", "read_filters"]

PAGE = 50
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TITLE = "http://purl.org/dc/terms/title"
_ALERT = (TD.alertKind, TD.severity, TD.onCitation, TD.concerns, TD.changedOn, TD.alertReason, TD.inDocument)
_CITATION = (
    *(OA.exact, TD.start, TD.end, TD.verdict, TD.verdictReason, TD.expiredOn, TD.relation, TD.pinpoint, TD.citedNumber),
    *(TD.citedName, TD.replacedBy, TD.replacedByNumber, TD.hint, TD.decidedByClaim),
)
_DOCUMENT = (
    *(TD.sourceName, TD.searchText, ELI.number, ELI.date_document, TD.issuerLabel, TD.knownAs, _TITLE, TD.launches),
    *(TD.notBefore, TD.notAfter, TD.level, TD.provinceName, TD.year),
)
_CONCERNED = (ELI.number, _LABEL)


@dataclass(frozen=True, kw_only=True)
class Alerted:
    """One alert with what a person needs to judge it: the words that lean on something, and what became of that.

    `kind`, `severity`, `verdict` and `relation` are slugs; `cited` is what it concerns: an instrument, a unit or a
    body; `since` the day it ended before the document, `changed_on` the day of the change, whenever it was. `reason`
    is that of the verdict, `alert` the whole in a sentence.
    A change of the framework has no `citation`. `cursor` is what the next page begins after.
    """

    document: Known
    province: str | None
    level: str | None
    citation: str | None
    cited: str
    cited_number: str | None
    relation: str
    pinpoint: str | None
    words: str
    start: int | None
    end: int | None
    verdict: str
    verdict_label: str
    since: str | None
    reason: str
    alert: str
    alert_en: str
    replaced_by: str | None
    replaced_by_number: str | None
    hint: str | None
    kind: str
    kind_label: str
    severity: str
    severity_label: str
    changed_on: str | None
    by_claim: bool
    cursor: str

    @property
    def of_framework(self) -> bool:
        """Whether the ground itself changed, and not a document that is cited."""
        return self.kind in FRAMEWORK

    @property
    def after_issue(self) -> bool:
        """Whether the basis was good on the day of the document and changed later, within its period."""
        return self.kind == "basis-ended-later"


@dataclass(frozen=True)
class Radar:
    """A page of alerts; `after` begins the next one, None where there is none."""

    rows: tuple[Alerted, ...]
    after: str | None = None

    def __iter__(self) -> Iterator[Alerted]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def radar(
    store: Store,
    as_of: str | None = None,
    *,
    filters: Filters | None = None,
    limit: int | None = None,
    after: Place | None = None,
) -> Radar:
    """The alerts after a place, at most `limit` of them: of the day of each document, or of another day.

    Without a limit, all of them.
    """
    narrowed = filters or Filters()
    if as_of or not store.holds(GRAPH):
        from queryapi.radar.onday import dead_on

        return dead_on(store, as_of, narrowed, limit, after)
    places: list[Place] = []
    for batch in walk(store, after, narrowed.ranks, narrowed.year):
        places += _kept(store, batch, narrowed)
        if limit is not None and len(places) > limit:
            break
    shown = places[:limit]
    more = places[len(shown) - 1].cursor if shown and len(places) > len(shown) else None
    return Radar(_rows(store, shown), more)


def _kept(store: Store, places: Sequence[Place], filters: Filters) -> list[Place]:
    """The alerts the filters let through, looked at no closer than they ask."""
    alerts = [place.alert for place in places]
    if filters.kinds or filters.instrument or filters.verdict:
        told = said(store, alerts, (TD.alertKind, TD.concerns, TD.onCitation))
        if filters.kinds:
            alerts = [a for a in alerts if told.slug(a, TD.alertKind) in filters.kinds]
        if filters.instrument:
            wanted = filters.instrument
            alerts = [a for a in alerts if wanted in map(str, told.all(a, TD.concerns))]
        if filters.verdict:
            cited = {a: told.one(a, TD.onCitation) for a in alerts}
            verdicts = said(store, filter(None, cited.values()), (TD.verdict,))
            alerts = [a for a in alerts if verdicts.slug(cited[a], TD.verdict) == filters.verdict]
    undated = filters.year is not None and any(place.day == UNDATED for place in places)
    if filters.province or filters.level or undated:
        documents = {a: document_of_part(a) for a in alerts}
        facts = said(store, documents.values(), (TD.provinceName, TD.level, TD.year))
        alerts = [a for a in alerts if fits(facts, documents[a], filters, dated=not undated)]
    kept = set(alerts)
    return [place for place in places if place.alert in kept]


def fits(facts: Said, document: str, filters: Filters, *, dated: bool) -> bool:
    """Whether a document is of the province, the level and, where its day does not tell, the year asked for."""
    return (
        filters.admits_province(facts.one(document, TD.provinceName))
        and filters.level in (None, facts.slug(document, TD.level))
        and (dated or filters.year is None or str(filters.year) == facts.one(document, TD.year))
    )


def _rows(store: Store, places: Sequence[Place]) -> tuple[Alerted, ...]:
    alerts = said(store, (place.alert for place in places), _ALERT)
    citations = [c for place in places if (c := alerts.one(place.alert, TD.onCitation))]
    concerned = [c for place in places if (c := alerts.one(place.alert, TD.concerns))]
    cited = said(store, citations, _CITATION)
    known = described(store, (document_of_part(place.alert) for place in places))
    things = said(store, concerned, _CONCERNED)
    return tuple(_row(place, alerts, cited, known, things) for place in places)


def _row(place: Place, alerts: Said, citations: Said, documents: Said, things: Said) -> Alerted:
    citation = alerts.one(place.alert, TD.onCitation)
    concerned = alerts.one(place.alert, TD.concerns) or ""
    kind, severity = alerts.slug(place.alert, TD.alertKind) or "", alerts.slug(place.alert, TD.severity) or ""
    verdict = citations.slug(citation, TD.verdict) or ""
    document = document_of_part(place.alert)
    start, end = citations.one(citation, TD.start), citations.one(citation, TD.end)
    told = alerts.spoken(place.alert, TD.alertReason, "vi") or ""
    number = things.one(concerned, ELI.number) or citations.one(citation, TD.citedNumber)
    return Alerted(
        document=known_of(document, documents),
        province=documents.one(document, TD.provinceName),
        level=documents.slug(document, TD.level),
        citation=citation,
        cited=concerned,
        cited_number=number or things.spoken(concerned, _LABEL, "vi") or citations.one(citation, TD.citedName),
        relation=citations.slug(citation, TD.relation) or "",
        pinpoint=citations.one(citation, TD.pinpoint),
        words=" ".join((citations.one(citation, OA.exact) or "").split()),
        start=int(start) if start else None,
        end=int(end) if end else None,
        verdict=verdict,
        verdict_label=label("verdict", verdict),
        since=citations.one(citation, TD.expiredOn),
        reason=citations.one(citation, TD.verdictReason) or told,
        alert=told,
        alert_en=alerts.spoken(place.alert, TD.alertReason, "en") or "",
        replaced_by=citations.one(citation, TD.replacedBy),
        replaced_by_number=citations.one(citation, TD.replacedByNumber),
        hint=citations.one(citation, TD.hint),
        kind=kind,
        kind_label=label("alert", kind),
        severity=severity,
        severity_label=label("severity", severity),
        changed_on=alerts.one(place.alert, TD.changedOn),
        by_claim=citations.one(citation, TD.decidedByClaim) is not None,
        cursor=place.cursor,
    )


def described(store: Store, documents: Collection[str] | Iterator[str]) -> Said:
    """What a row says of each document."""
    return said(store, documents, _DOCUMENT)


def known_of(document: str, facts: Said) -> Known:
    """A document as people know it; its number alone where it is no longer held."""
    return Known(
        iri=document,
        source=facts.one(document, TD.sourceName) or "",
        words=facts.one(document, TD.searchText) or "",
        number=facts.one(document, ELI.number),
        date=facts.one(document, ELI.date_document),
        issuer=facts.one(document, TD.issuerLabel),
        title=facts.one(document, _TITLE),
        movement=facts.one(document, TD.launches),
        known_as=facts.one(document, TD.knownAs),
    )


def document_of_part(part: str) -> str:
    """
    >>> document_of_part("https://w3id.org/thidua/id/doc/a/ke-hoach/2024/8#alert-dead-basis-81")
    'https://w3id.org/thidua/id/doc/a/ke-hoach/2024/8'
    """
    return part.partition("#")[0]


def label(list_: str, slug: str, language: str = "vi") -> str:
    """The name of a concept of a list of ours.

    >>> label("verdict", "expired"), label("verdict", "not-yet-in-force", "en")
    ('hết hiệu lực', 'not yet in force')
    """
    concept = scheme(list_).get(slug) if slug else None
    if concept is None:
        return slug
    return concept.label_en or slug if language == "en" else concept.label
