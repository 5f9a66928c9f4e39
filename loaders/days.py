"""A day as people read it: one way of writing dates in everything the project says."""


def shown_day(day: str | None) -> str:
    """An ISO date as it is written in Vietnam; nothing for none.

    >>> shown_day("2027-03-01"), shown_day("2023-12-31"), shown_day(None)
    ('01/03/2027', '31/12/2023', '')
    """
    return "/".join(reversed(day.split("-"))) if day else ""
