"""The order of the alerts as the store keeps it, walked from any place on: only as far as a page needs.

    <…/id/radar> td:hasRadarYear <…/id/radar/1/2024> . <…/id/radar/1/2024> td:hasRadarDay <…/id/radar/1/2024-04-25> .
    <…/id/radar/1/2024-04-25> td:listsAlert <…#alert-dead-basis-812> .

The number is the rank of the severity, the day that of the document the alert is about; "nd" where it has none.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from ontology import BASE, TD
from queryapi.errors import BadParameter
from queryapi.said import objects
from queryapi.store import Store

ROOT = f"{BASE}id/radar"
GRAPH = f"{BASE}graph/radar"
UNDATED = "nd"
SEVERITIES = ("high", "medium", "low")
"""By their rank, 1 and on."""
_DOCUMENTS = f"{BASE}id/doc/"
_MOST_DAYS = 64


@dataclass(frozen=True)
class Place:
    """Where an alert stands: most severe first, then the newest document, then by name."""

    rank: int
    day: str
    alert: str

    @property
    def key(self) -> tuple[int, int, str]:
        """What sorts places: later days first, no day last."""
        return self.rank, _newest_first(self.day), self.alert

    @property
    def cursor(self) -> str:
        """What to begin the next page with; it stays right when alerts before it come or go.

        >>> Place(1, "2024-04-25", "https://w3id.org/thidua/id/doc/a/ke-hoach/2024/8#alert-dead-basis-81").cursor
        '1/2024-04-25/a/ke-hoach/2024/8#alert-dead-basis-81'
        """
        return f"{self.rank}/{self.day}/{self.alert.removeprefix(_DOCUMENTS)}"

    @classmethod
    def read(cls, cursor: str, name: str) -> "Place":
        """The place a cursor stands for; BadParameter under this name where it is none."""
        rank, _, rest = cursor.strip().partition("/")
        day, _, alert = rest.partition("/")
        try:
            place = cls(int(rank), day, f"{_DOCUMENTS}{alert}")
            _newest_first(place.day)
        except ValueError:
            alert = ""
        if not alert:
            vi = "không phải là chỗ của một trang; hãy chép đúng giá trị ở dòng “còn nữa”, hoặc bỏ đi để xem từ đầu"
            raise BadParameter(name, vi, "no place in the list; copy it from the line “more”, or leave it out")
        return place


def _newest_first(day: str) -> int:
    """
    >>> sorted(["2023-01-02", "nd", "2024-05-01"], key=_newest_first)
    ['2024-05-01', '2023-01-02', 'nd']
    """
    return 0 if day == UNDATED else -int(day.replace("-", "").ljust(8, "9"))


def walk(
    store: Store, after: Place | None = None, ranks: Collection[int] = (), year: int | None = None
) -> Iterator[list[Place]]:
    """The places after one, some days at a time, in order: at first a few days, then more when nobody has enough.

    Only these severities, where any are given; only days of this year and documents without a day, where one is.
    """
    days = _days(store, after, ranks, year)
    size = 2
    while batch := dict(islice(days, size)):
        found = [Place(*batch[day], alert) for day, alert in objects(store, batch, TD.listsAlert)]
        yield sorted((place for place in found if not after or place.key > after.key), key=lambda place: place.key)
        size = min(size * 2, _MOST_DAYS)


def _days(
    store: Store, after: Place | None, ranks: Collection[int], year: int | None
) -> Iterator[tuple[str, tuple[int, str]]]:
    """The days in order, each year's read when it is come to."""
    for group in _steps([ROOT], store, TD.hasRadarYear):
        rank, named = _named(group)
        wanted = (not ranks or rank in ranks) and (year is None or named in (str(year), UNDATED))
        if not wanted or (after and _earlier(rank, named, after, 4)):
            continue
        for day in _steps([group], store, TD.hasRadarDay):
            if not (after and _earlier(*_named(day), after, 10)):
                yield day, _named(day)


def _steps(subjects: list[str], store: Store, name: object) -> list[str]:
    def place(iri: str) -> tuple[int, int]:
        rank, day = _named(iri)
        return rank, _newest_first(day)

    return sorted((value for _, value in objects(store, subjects, name)), key=place)


def _named(iri: str) -> tuple[int, str]:
    """
    >>> _named("https://w3id.org/thidua/id/radar/1/2024-04-25")
    (1, '2024-04-25')
    """
    rank, _, day = iri.removeprefix(f"{ROOT}/").partition("/")
    return int(rank), day


def _earlier(rank: int, day: str, after: Place, length: int) -> bool:
    """Whether the whole day (or year, by its length) comes before the place."""
    return (rank, _newest_first(day)) < (after.rank, _newest_first(after.day[:length]))
