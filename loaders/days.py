"""A day as people read it: one way of writing dates, and of counting limits, in everything the project says."""

from datetime import date, timedelta


def shown_day(day: str | None) -> str:
    """An ISO date as it is written in Vietnam; nothing for none.

    >>> shown_day("2027-03-01"), shown_day("2023-12-31"), shown_day(None)
    ('01/03/2027', '31/12/2023', '')
    """
    return "/".join(reversed(day.split("-"))) if day else ""


def last_day(limit: str, boundary: str | None) -> str:
    """The last day within a limit: "trước ngày 15/11" ends on the day before it, every other limit on its day.

    >>> last_day("2021-11-15", "before"), last_day("2021-11-15", "until")
    ('2021-11-14', '2021-11-15')
    """
    if boundary != "before" or limit <= "0001-01-01":
        return limit
    return (date.fromisoformat(limit) - timedelta(days=1)).isoformat()
