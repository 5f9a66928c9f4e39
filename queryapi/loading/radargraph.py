"""The order of all alerts as a graph: severity, then the newest document first, so that a first page needs no sorting.

    <…/id/radar> td:hasRadarYear <…/id/radar/1/2024> . <…/id/radar/1/2024> td:hasRadarDay <…/id/radar/1/2024-04-25> .
    <…/id/radar/1/2024-04-25> td:listsAlert <…#alert-dead-basis-812> .

It follows from the alerts in the derived graphs and the days of their documents alone, whatever the order of loading:
a day is there while an alert is listed on it, a year while it has a day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loaders.vocabulary import concept_iri, scheme
from ontology import BASE, ELI, TD
from queryapi.store import RADAR, Edit, Store
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Rows

_ROOT = f"{BASE}id/radar"
_SEVERITY = f" <{TD.severity}> <{concept_iri('severity', '')}"
_UNDATED = "nd"
_ALL = f"""SELECT ?alert ?severity ?date ?limit {{
  ?document <{TD.hasAlert}> ?alert . ?alert <{TD.severity}> ?severity .
  OPTIONAL {{ ?document <{ELI.date_document}> ?date }} OPTIONAL {{ ?document <{TD.notBefore}> ?limit }} }}"""


class Listed(NamedTuple):
    """An alert at its place; `day` is that of its document, "nd" without one."""

    rank: int
    day: str
    alert: str

    @property
    def node(self) -> str:
        return f"{_ROOT}/{self.rank}/{self.day}"

    @property
    def year(self) -> str:
        return f"{_ROOT}/{self.rank}/{self.day[:4]}"


def listed(document: GraphDocument, derived: str) -> set[Listed]:
    """The places of a document's alerts, by its derived graph as N-Triples."""
    found = set()
    for line in derived.splitlines():
        alert, severity, slug = line.partition(_SEVERITY)
        if severity:
            found.add(Listed(_rank(slug.partition(">")[0]), _day(document), alert.removeprefix("<").rstrip(">")))
    return found


def order_edit(store: Store, before: set[Listed], after: set[Listed]) -> Edit | None:
    """How the order changes where these alerts go and those come, None where nothing is listed any more.

    Nothing is asked of the store where none go.
    """
    gone, come = before - after, after - before
    removed = {_line(one.node, TD.listsAlert, one.alert) for one in gone}
    if gone:
        emptied = _emptied(store, gone, come)
        years = _objects(store, [_ROOT], TD.hasRadarYear)[_ROOT] | {one.year for one in come}
        if years <= {year for _, link, year in emptied if link == TD.hasRadarYear}:
            return None
        removed |= {_line(*link) for link in emptied}
    return Edit("".join(sorted(removed)), "".join(sorted(set(_lines(come)) - removed)))


def mend(store: Store) -> bool:
    """Make the order follow from what the derived graphs say; whether it did not."""
    rows = store.query(_ALL)
    found = set()
    for alert, severity, date, limit in rows.rows if isinstance(rows, Rows) else ():
        day = str(date or limit or _UNDATED)
        found.add(Listed(_rank(str(severity).rpartition("/")[2]), day, str(alert)))
    wanted, there = set(_lines(found)), set(store.triples(RADAR).splitlines(keepends=True))
    if wanted == there:
        return False
    store.replace({RADAR: "".join(sorted(wanted))})
    return True


def _lines(places: Iterable[Listed]) -> Iterator[str]:
    for one in places:
        yield _line(_ROOT, TD.hasRadarYear, one.year)
        yield _line(one.year, TD.hasRadarDay, one.node)
        yield _line(one.node, TD.listsAlert, one.alert)


def _line(subject: str, predicate: object, value: str) -> str:
    return f"{Iri(subject).n3()} {Iri(str(predicate)).n3()} {Iri(value).n3()} .\n"


def _emptied(store: Store, gone: set[Listed], come: set[Listed]) -> set[tuple[str, object, str]]:
    """The links to days that list nothing any more, and to years without a day."""
    years = {one.node: one.year for one in gone}
    kept = _objects(store, years, TD.listsAlert)
    for one in gone:
        kept[one.node].discard(one.alert)
    for one in come:
        kept[one.node].add(one.alert)
    days = {node for node in years if not kept[node]}
    left = _objects(store, {years[node] for node in days}, TD.hasRadarDay)
    for node in days:
        left[years[node]].discard(node)
    for one in come:
        left[one.year].add(one.node)
    found: set[tuple[str, object, str]] = {(years[node], TD.hasRadarDay, node) for node in days}
    return found | {(_ROOT, TD.hasRadarYear, year) for year in {years[node] for node in days} if not left[year]}


def _objects(store: Store, subjects: Iterable[str], link: object) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if names := " ".join(Iri(subject).n3() for subject in sorted(subjects)):
        query = f"SELECT ?s ?o {{ VALUES ?s {{ {names} }} GRAPH <{RADAR}> {{ ?s <{link}> ?o }} }}"
        rows = store.query(query)
        for subject, value in rows.rows if isinstance(rows, Rows) else ():
            found[str(subject)].add(str(value))
    return found


def _rank(severity: str) -> int:
    rank = scheme("severity")[severity].rank
    assert rank is not None  # the list gives every severity its rank
    return rank


def _day(document: GraphDocument) -> str:
    day = document.text(document.iri, str(ELI.date_document)) or document.text(document.iri, "notBefore")
    return day or _UNDATED
