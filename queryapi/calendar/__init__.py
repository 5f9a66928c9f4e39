"""What falls due when: the deadlines of plans as days, the yearly ones spread over the years of the movement.

A deadline stands on what the plan prints ("trước ngày 20/12 hằng năm") and on the last day on which one is in time
("before" a day ends on the day before it); both are kept. No clock: the same store gives the same calendar.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from loaders.days import shown_day
from ontology import ELI, TD
from queryapi.documents import Known, find_document
from queryapi.store import Store
from queryapi.store.terms import Iri, Literal, Rows

__all__ = ["Due", "calendar", "due_days"]

_LONGEST = 30  # years a movement may last: a period read as longer is misread, and is not spread out
_WORDS = {
    "before": ("trước ngày {day}", "before {iso}"),
    "by": ("chậm nhất ngày {day}", "by {iso}"),
    "until": ("đến hết ngày {day}", "until {iso}"),
    "within": ("trong kỳ đến hết ngày {day}", "within the period to {iso}"),
}
_SELECT = f"""
PREFIX td: <{TD}> PREFIX eli: <{ELI}> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?plan ?source ?number ?issuer ?title ?issued ?notBefore ?planYear ?from ?until ?deadline ?start ?words ?what
  ?boundary ?date ?month ?day ?offset ?fromWhom ?toWhom ?through {{
  %s
  ?plan td:launches ?movement . ?movement td:setsDeadline ?deadline .
  ?deadline td:boundary ?boundary ; oa:exact ?words ; td:start ?start .
  %s
  OPTIONAL {{ ?plan td:sourceName ?source }} OPTIONAL {{ ?plan eli:number ?number }}
  OPTIONAL {{ ?plan td:issuerLabel ?issuer }} OPTIONAL {{ ?plan dcterms:title ?title }}
  OPTIONAL {{ ?plan eli:date_document ?issued }} OPTIONAL {{ ?plan td:notBefore ?notBefore }}
  OPTIONAL {{ ?plan td:year ?planYear }}
  OPTIONAL {{ ?movement td:periodFrom ?from }} OPTIONAL {{ ?movement td:periodUntil ?until }}
  OPTIONAL {{ ?deadline td:what ?what }} OPTIONAL {{ ?deadline td:yearOffset ?offset }}
  OPTIONAL {{ ?deadline td:fromWhom ?fromWhom }} OPTIONAL {{ ?deadline td:toWhom ?toWhom }}
  OPTIONAL {{ ?deadline td:through ?through }}
}}"""
_DATED = "?deadline td:date ?date ."
_YEARLY = "?deadline td:month ?month ; td:day ?day . MINUS { ?deadline td:date ?any }"


@dataclass(frozen=True, kw_only=True)
class Due:
    """One day on which something falls due. `day` is the one printed, `last_day` the last on which one is in time.

    `award_year` is that of a yearly deadline. `assumed` says that the plan gives no period, so that the year is its
    own; `passed` that the last day came before the plan was issued.
    """

    plan: str
    plan_name: str
    plan_title: str | None
    issued: str | None
    deadline: str
    start: int
    words: str
    what: str | None
    boundary: str
    day: str
    last_day: str
    award_year: int | None = None
    from_: str | None = None
    to: str | None = None
    via: str | None = None
    passed: bool = False
    assumed: bool = False

    @property
    def limit(self) -> str:
        """The limit in words: "trước ngày 20/12/2024"."""
        return _WORDS[self.boundary][0].format(day=shown_day(self.day))

    @property
    def limit_en(self) -> str:
        return _WORDS[self.boundary][1].format(iso=self.day)

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What a reader must know, in both languages."""
        found = []
        if self.passed:
            found.append(("đã qua trước khi ban hành", "had passed before the plan was issued"))
        if self.assumed:
            found.append(
                (
                    f"kế hoạch không ghi thời gian phong trào: lấy năm {self.award_year} của kế hoạch",
                    f"the plan gives no period: its own year, {self.award_year}, is taken",
                )
            )
        return tuple(found)


def calendar(
    store: Store,
    plans: Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    year: int | None = None,
) -> list[Due]:
    """What falls due, by last day, of the plans named (of all, if none is), between two days or within one year.

    Raises UnknownDocument and SeveralDocuments for a plan that is not there or not one.
    """
    chosen = list(dict.fromkeys(find_document(store, words).iri for words in plans))
    first = max(since or "", f"{year:04}-01-01" if year else "")
    last = min(until or "9999", f"{year:04}-12-31" if year else "9999")
    found = (due for record in _records(store, chosen, first, last) for due in due_days(record))
    return sorted((due for due in found if first <= due.last_day <= last), key=_order)


def due_days(said: dict[str, str]) -> Iterator[Due]:
    """The days of one deadline, from what is said of it and of its plan.

    >>> said = {"plan": "p", "deadline": "d", "start": "1", "words": "trước 25/3 năm liền kề", "boundary": "x/before",
    ...     "month": "3", "day": "25", "offset": "1", "from": "2024-08-28", "until": "2025-12-31"}
    >>> [(due.award_year, due.limit, due.last_day) for due in due_days(said)]
    [(2024, 'trước ngày 25/03/2025', '2025-03-24'), (2025, 'trước ngày 25/03/2026', '2026-03-24')]
    """
    if "date" in said:
        yield _due(said, said["date"], None, False)
        return
    years, assumed = _award_years(said)
    for award_year in years:
        year = award_year + int(said.get("offset", "0"))
        month, day = int(said["month"]), int(said["day"])
        if 1 <= month <= 12 and day >= 1 and 1 <= year <= 9998:
            day = min(day, monthrange(year, month)[1])  # 29/02 in a year that has none
            yield _due(said, date(year, month, day).isoformat(), award_year, assumed)


def _award_years(said: dict[str, str]) -> tuple[Iterable[int], bool]:
    """The years of the movement; without a period the year of the plan, which is then only assumed."""
    issued = said.get("issued") or said.get("notBefore")
    began, ended = said.get("from") or issued, said.get("until")
    own = said.get("planYear") or (issued or ended or began or "")[:4]
    if ended and (began or own):
        first, last = int((began or own)[:4]), int(ended[:4])
        if first <= last < first + _LONGEST:
            return range(first, last + 1), False
    return ([int(own)], True) if own else ([], True)


def _due(said: dict[str, str], day: str, award_year: int | None, assumed: bool) -> Due:
    boundary = said["boundary"].rpartition("/")[2]
    last = (date.fromisoformat(day) - timedelta(days=1)).isoformat() if boundary == "before" else day
    issued = said.get("issued") or said.get("notBefore")
    known = Known(
        iri=said["plan"],
        source=said.get("source", ""),
        words="",
        number=said.get("number"),
        issuer=said.get("issuer"),
        title=said.get("title"),
    )
    return Due(
        plan=said["plan"],
        plan_name=known.name,
        plan_title=_plain(said.get("title")),
        issued=issued,
        deadline=said["deadline"],
        start=int(said["start"]),
        words=_plain(said["words"]) or "",
        what=_plain(said.get("what")),
        boundary=boundary,
        day=day,
        last_day=last,
        award_year=award_year,
        from_=_plain(said.get("fromWhom")),
        to=_plain(said.get("toWhom")),
        via=_plain(said.get("through")),
        passed=bool(issued and last < issued),
        assumed=assumed,
    )


def _records(store: Store, plans: Sequence[str], first: str, last: str) -> Iterator[dict[str, str]]:
    """Each deadline with its plan; where days are asked for, the dated ones of other days stay where they are."""
    chosen = f"VALUES ?plan {{ {' '.join(Iri(iri).n3() for iri in plans)} }}" if plans else ""
    limits = [f"?date >= {_date(first)}"] if first else []
    if last < "9999":
        # "before" a day ends on the day before it
        limits.append(f"?date <= {_date((date.fromisoformat(last) + timedelta(days=1)).isoformat())}")
    dated = f"{_DATED} FILTER({' && '.join(limits)})" if limits else _DATED
    for kind in (dated, _YEARLY):
        found = store.query(_SELECT % (chosen, kind))
        for record in found.records() if isinstance(found, Rows) else ():
            yield {name: str(term) for name, term in record.items()}


def _date(day: str) -> str:
    return Literal(day, "http://www.w3.org/2001/XMLSchema#date").n3()


def _plain(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _order(due: Due) -> tuple[str, str, int, str]:
    return (due.last_day, due.plan, due.start, due.deadline)
