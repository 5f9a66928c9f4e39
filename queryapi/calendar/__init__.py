"""What falls due when: the deadlines of plans as days, the yearly ones spread over the years of the movement.

A deadline stands on what the plan prints ("trước ngày 20/12 hằng năm") and on the last day on which one is in time
("before" a day ends on the day before it); both are kept. No clock: the same store gives the same calendar.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from loaders.days import last_day, shown_day
from ontology import ELI, TD
from queryapi.documents import Known, find_plan
from queryapi.errors import BadParameter
from queryapi.store import Store
from queryapi.store.terms import Iri, Literal, Rows

__all__ = ["Day", "Due", "calendar", "check_order", "days_of", "details", "due_days"]

_LONGEST = 30  # years a movement may last: a period read as longer is misread, and is not spread out
_WORDS = {
    "before": ("trước ngày {day}", "before {iso}"),
    "by": ("chậm nhất ngày {day}", "by {iso}"),
    "until": ("đến hết ngày {day}", "until {iso}"),
    "within": ("trong kỳ đến hết ngày {day}", "within the period to {iso}"),
}
# with marks: "mọi quy định" is no quarter
_OFTENER = re.compile(r"\b(?:hằng|hàng|mỗi|từng)\s+(quý|tháng)\b", re.IGNORECASE)
_OFTEN_EN = {"quý": "quarter", "tháng": "month"}
_PLACE = re.compile(r".*\b(?:tỉnh|thành phố|thị xã|thị trấn|đặc khu|huyện|quận|phường|xã)\s+(?=\w)", re.IGNORECASE)
_PREFIXES = f"""PREFIX td: <{TD}> PREFIX eli: <{ELI}> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
_DATED = "SELECT ?deadline ?boundary ?date { %s ?deadline td:boundary ?boundary ; td:date ?date . %s }"
_YEARLY = """SELECT ?deadline ?boundary ?month ?day ?offset ?issued ?notBefore ?planYear ?from ?until {
  %s ?deadline td:month ?month ; td:day ?day ; td:boundary ?boundary .
  FILTER NOT EXISTS { ?deadline td:date ?any }
  ?movement td:setsDeadline ?deadline . ?plan td:launches ?movement .
  OPTIONAL { ?movement td:periodUntil ?until } OPTIONAL { ?movement td:periodFrom ?from }
  OPTIONAL { ?plan eli:date_document ?issued } OPTIONAL { ?plan td:notBefore ?notBefore }
  OPTIONAL { ?plan td:year ?planYear } OPTIONAL { ?deadline td:yearOffset ?offset }
}"""
_OF_PLANS = "VALUES ?plan { %s } ?plan td:launches ?movement . ?movement td:setsDeadline ?deadline ."
_DETAILS = """
SELECT ?plan ?source ?number ?knownAs ?issuer ?title ?issued ?notBefore ?deadline ?start ?words ?what ?boundary
  ?fromWhom ?toWhom ?through {
  VALUES ?deadline { %s }
  ?movement td:setsDeadline ?deadline . ?plan td:launches ?movement .
  ?deadline td:boundary ?boundary ; oa:exact ?words ; td:start ?start .
  OPTIONAL { ?plan td:sourceName ?source } OPTIONAL { ?plan eli:number ?number }
  OPTIONAL { ?plan td:knownAs ?knownAs }
  OPTIONAL { ?plan td:issuerLabel ?issuer } OPTIONAL { ?plan dcterms:title ?title }
  OPTIONAL { ?plan eli:date_document ?issued } OPTIONAL { ?plan td:notBefore ?notBefore }
  OPTIONAL { ?deadline td:what ?what } OPTIONAL { ?deadline td:through ?through }
  OPTIONAL { ?deadline td:fromWhom ?fromWhom } OPTIONAL { ?deadline td:toWhom ?toWhom }
}"""
_AT_ONCE = 1000  # names in one query: a server takes no query of any length


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a deadline falls: the one printed and the last on which one is in time; see `Due`."""

    deadline: str
    day: str
    last_day: str
    award_year: int | None = None
    assumed: bool = False

    @property
    def order(self) -> tuple[str, str, int, str]:
        """By last day; within it by plan, and as the plan has them: the name of a deadline ends in its place."""
        plan, _, name = self.deadline.partition("#")
        place = name.split("-")[1] if "-" in name else ""
        return (self.last_day, plan, int(place) if place.isdecimal() else 0, self.deadline)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One day on which something falls due. `day` is the one printed, `last_day` the last on which one is in time.

    `award_year` is that of a yearly deadline. `assumed` says that the plan gives no period, so that the year is its
    own; `passed` that the last day came before the plan was issued.
    """

    plan: str
    plan_name: str
    plan_short: str
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
        if often := _OFTENER.search(self.words):
            period = often[1].lower()
            vi = f"lặp lại hằng {period}: lịch chỉ ghi ngày kế hoạch nêu"
            found.append((vi, f"comes round every {_OFTEN_EN[period]}: only the day the plan names is here"))
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

    Raises UnknownDocument and SeveralDocuments for a plan that is not there or not one, BadParameter for two days the
    wrong way round.
    """
    return details(store, due_days(store, plans, since=since, until=until, year=year))


def due_days(
    store: Store,
    plans: Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    year: int | None = None,
) -> list[Day]:
    """The days alone, in the order of the calendar: what a page of a large one is cut from."""
    check_order(since, until, ("--from", "--until"))
    chosen = list(dict.fromkeys(find_plan(store, words).iri for words in plans))
    first = max(since or "", f"{year:04}-01-01" if year else "")
    last = min(until or "9999", f"{year:04}-12-31" if year else "9999")
    of_plans = _OF_PLANS % " ".join(Iri(iri).n3() for iri in chosen) if chosen else ""
    limits = [f"?date >= {_date(first)}"] if first else []
    if last < "9999":
        # "before" a day ends on the day before it
        limits.append(f"?date <= {_date((date.fromisoformat(last) + timedelta(days=1)).isoformat())}")
    dated = _asked(store, _DATED % (of_plans, f"FILTER({' && '.join(limits)})" if limits else ""))
    found = (day for said in chain(dated, _asked(store, _YEARLY % of_plans)) for day in days_of(said))
    return sorted((day for day in found if first <= day.last_day <= last), key=lambda day: day.order)


def check_order(since: str | None, until: str | None, names: tuple[str, str]) -> None:
    """BadParameter, under the names the reader knows them by, where the first day comes after the last."""
    if since and until and since > until:
        first, last = names
        raise BadParameter(
            f"{first}, {last}",
            f"ngày đầu {shown_day(since)} đứng sau ngày cuối {shown_day(until)}; hãy đổi chỗ hai ngày",
            f"the first day, {since}, is after the last, {until}; change them round",
        )


def details(store: Store, days: Sequence[Day]) -> list[Due]:
    """What falls due on these days, from whom and to whom, in their order."""
    said: dict[str, dict[str, str]] = {}
    named = list(dict.fromkeys(day.deadline for day in days))
    for place in range(0, len(named), _AT_ONCE):
        values = " ".join(Iri(iri).n3() for iri in named[place : place + _AT_ONCE])
        for record in _asked(store, _DETAILS % values):
            said.setdefault(record["deadline"], record)
    return [_due(said[day.deadline], day) for day in days if day.deadline in said]


def days_of(said: dict[str, str]) -> Iterator[Day]:
    """The days of one deadline, from what is said of it and of its movement.

    >>> said = {"deadline": "d", "boundary": "x/before", "month": "3", "day": "25", "offset": "1",
    ...     "from": "2024-08-28", "until": "2025-12-31"}
    >>> [(due.award_year, due.day, due.last_day) for due in days_of(said)]
    [(2024, '2025-03-25', '2025-03-24'), (2025, '2026-03-25', '2026-03-24')]
    """
    if "date" in said:
        yield _day(said, said["date"])
        return
    years, assumed = _award_years(said)
    for award_year in years:
        year = award_year + int(said.get("offset", "0"))
        month, day = int(said["month"]), int(said["day"])
        if 1 <= month <= 12 and day >= 1 and 1 <= year <= 9998:
            day = min(day, monthrange(year, month)[1])  # 29/02 in a year that has none
            yield _day(said, date(year, month, day).isoformat(), award_year, assumed)


def _day(said: dict[str, str], day: str, award_year: int | None = None, assumed: bool = False) -> Day:
    last = last_day(day, said["boundary"].rpartition("/")[2])
    return Day(said["deadline"], day, last, award_year, assumed)


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


def _due(said: dict[str, str], day: Day) -> Due:
    issued = said.get("issued") or said.get("notBefore")
    known = Known(
        iri=said["plan"],
        source=said.get("source", ""),
        words="",
        number=said.get("number"),
        known_as=said.get("knownAs"),
        issuer=said.get("issuer"),
        title=said.get("title"),
    )
    return Due(
        plan=said["plan"],
        plan_name=known.name,
        plan_short=_short_name(known),
        plan_title=_plain(said.get("title")),
        issued=issued,
        deadline=day.deadline,
        start=int(said["start"]),
        words=_plain(said["words"]) or "",
        what=_plain(said.get("what")),
        boundary=said["boundary"].rpartition("/")[2],
        day=day.day,
        last_day=day.last_day,
        award_year=day.award_year,
        from_=_plain(said.get("fromWhom")),
        to=_plain(said.get("toWhom")),
        via=_plain(said.get("through")),
        passed=bool(issued and day.last_day < issued),
        assumed=day.assumed,
    )


def _short_name(plan: Known) -> str:
    """What tells a plan from others in a line: "26/KH-UBND Ninh Phước"; without a number, what it is known as."""
    issuer = plan.issuer or ""
    place = _PLACE.match(issuer)
    rest = issuer[place.end() :] if place else ""
    # "phường 5" keeps its kind, and "xã hội Việt Nam" is no xã
    short = rest if rest[:1].isupper() else issuer
    called = plan.number or plan.known_as
    return f"{called} {short}".strip() if called else issuer


def _asked(store: Store, query: str) -> Iterator[dict[str, str]]:
    found = store.query(_PREFIXES + query)
    for record in found.records() if isinstance(found, Rows) else ():
        yield {name: str(term) for name, term in record.items()}


def _date(day: str) -> str:
    return Literal(day, "http://www.w3.org/2001/XMLSchema#date").n3()


def _plain(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None
