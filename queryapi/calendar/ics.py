"""The calendar as iCalendar (RFC 5545), for the calendar programs people have.

Whole days, one event for each day something falls due. The same deadline keeps its UID however often it is exported,
so that a calendar program changes the event instead of adding another; there is no clock in it: DTSTAMP is the day of
the plan.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import icalendar

from queryapi.calendar import Due
from queryapi.language import LANGUAGES

__all__ = ["ics"]

_NAME = {"vi": "Lịch thi đua", "en": "Emulation deadlines"}
_WORDS = {
    "vi": ("Hạn", "Nguyên văn", "Bên gửi", "Qua", "Nơi nhận", "Kế hoạch", "Lưu ý"),
    "en": ("Due", "Words of the plan", "From", "Through", "To", "Plan", "Note"),
}


def ics(found: Iterable[Due], language: str = "vi", remind: int | None = None) -> bytes:
    """The events; `remind` days before each last day there is an alarm.

    A calendar without any event is none (RFC 5545, 3.6): the caller makes sure there is one.
    """
    assert language in LANGUAGES
    result = icalendar.Calendar()
    result.add("prodid", "-//w3id.org/thidua//Thi Dua//VI")
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("name", _NAME[language])
    result.add("x-wr-calname", _NAME[language])
    for due in found:
        result.add_component(_event(due, language, remind))
    written: bytes = result.to_ical(sorted=False)
    return written


def _event(due: Due, language: str, remind: int | None) -> icalendar.Event:
    day = date.fromisoformat(due.last_day)
    event = icalendar.Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, due.deadline + (f"/{due.award_year}" if due.award_year else ""))))
    event.add("dtstamp", _stamp(due))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # exclusive: the event is that one day
    event.add("summary", _summary(due))
    event.add("description", "\n".join(_description(due, language)))
    event.add("url", due.plan)
    event.add("transp", "TRANSPARENT")
    if remind is not None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(due))
        alarm.add("trigger", timedelta(days=-remind))
        event.add_component(alarm)
    return event


def _summary(due: Due) -> str:
    """The plan before what is due: calendar programs show this line alone, and plans use the same words."""
    return f"{due.plan_short}: {due.what or due.words}" if due.plan_short else due.what or due.words


def _stamp(due: Due) -> datetime:
    """The day of the plan at midnight; for a plan without a day, the year that is known of it."""
    day = due.issued or f"{due.award_year or due.last_day[:4]}-01-01"
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)


def _description(due: Due, language: str) -> list[str]:
    limit, words, sender, through, receiver, plan, note = _WORDS[language]
    english = language == "en"
    lines = [
        (limit, due.limit_en if english else due.limit),
        (words, due.words),
        (sender, due.from_),
        (through, due.via),
        (receiver, due.to),
        (plan, due.plan_name),
        *((note, en if english else vi) for vi, en in due.notes),
    ]
    return [f"{name}: {value}" for name, value in lines if value]
