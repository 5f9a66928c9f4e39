"""Which of the forms we have is the one asked for, by `Accept` as RFC 9110 reads it."""

from collections.abc import Sequence

from werkzeug.http import parse_accept_header

Offer = tuple[str, str]
"""A media type without parameters, and our name for the form."""


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer with the best quality, ours first among equals; None when none will do.

    The most specific range decides a type's quality, so `*/*, text/csv;q=0` takes anything but CSV.

    >>> choose("text/csv;q=0.5, application/xml", [("text/csv", "csv"), ("application/xml", "xml")])
    ('application/xml', 'xml')
    >>> choose("*/*, text/csv;q=0", [("text/csv", "csv"), ("text/html", "html")])
    ('text/html', 'html')
    >>> choose("image/png", [("text/csv", "csv")])
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = [(value.split(";")[0].strip().lower(), quality) for value, quality in parse_accept_header(accept)]
    rated = [(_quality(ranges, media_type), -place) for place, (media_type, _) in enumerate(offers)]
    best, place = max(rated)
    return offers[-place] if best > 0 else None


def _quality(ranges: Sequence[tuple[str, float]], media_type: str) -> float:
    group = media_type.split("/")[0]
    for wanted in (media_type, f"{group}/*", "*/*"):
        said = [quality for value, quality in ranges if value == wanted]
        if said:
            return max(said)
    return 0.0
