"""What was understood of a doubtful finding, in words and not by the names of fields."""

from collections.abc import Iterator

from loaders.days import shown_day
from loaders.vocabulary import scheme
from queryapi.language import say, spoken
from queryapi.review import Item

__all__ = ["told"]

# The list whose slugs stand in a field, by kind of finding where the name alone does not say.
_LISTS = {
    "type": ("document-type",),
    "kind": ("recipient-kind",),
    "effect.kind": ("effect",),
    "polarity": ("polarity",),
    "rule": ("rule",),
    "boundary": ("boundary",),
    "recurrence": ("recurrence",),
    "component": ("dossier-component",),
    "award.form": ("award-form", "emulation-title"),
    "areas": ("reform-area",),
    "threshold.of": ("of-whom",),
    "threshold.scale": ("scale",),
}
_DAYS = frozenset({"date", "from", "until", "due", "effective_on"})


def told(item: Item) -> str:
    """
    >>> told(Item(document="d", source="a", kind="content", words="", fields={"label": "IV.1", "kind": "collective"}))
    'mục IV.1; dành cho tập thể'
    >>> told(Item(document="d", source="a", kind="citation", words="", fields={"type": "nghi-dinh", "followed": True}))
    'Nghị định'
    >>> fields = {"recurrence": "yearly", "month_day": "01-30", "year_offset": "0"}
    >>> told(Item(document="d", source="a", kind="deadline", words="", fields=fields))
    'hằng năm; ngày 30/01'
    """
    return "; ".join(_pieces(item))


def _pieces(item: Item) -> Iterator[str]:
    limit = [
        str(item.fields.get(f"threshold.{name}", "")) for name in ("measure", "operator", "value", "unit", "level")
    ]
    for name, value in item.fields.items():
        if name.startswith("threshold."):
            continue
        words = _word(item.kind, name, value)
        if words:
            yield f"{lead} {words}" if (lead := _leads().get(name)) else words
    if any(limit):
        yield say("ngưỡng ", "threshold ") + " ".join(filter(None, limit))


def _word(kind: str, name: str, value: object) -> str:
    """A value as people say it: a slug by its name, a day as 25/12/2024; "" for what is only true or false."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_word(kind, name, one) for one in value)
    if name == "year_offset":  # counted from the award year; the same year needs no word
        years = int(str(value))
        return say(f"lệch {years:+} năm", f"{years:+} years") if years else ""
    if name == "month_day":
        month, _, day = str(value).partition("-")
        return say(f"ngày {day}/{month}", f"{day}/{month}")
    for list_ in _LISTS.get(f"{kind}.{name}") or _LISTS.get(name, ()):
        concept = scheme(list_).get(str(value))
        if concept:
            return concept.label if spoken() == "vi" else concept.label_en or concept.label
    return shown_day(str(value)) if name in _DAYS else str(value)


def _leads() -> dict[str, str]:
    """What is said before a value that would not be understood alone."""
    return {
        "label": say("mục", "item"),
        "kind": say("dành cho", "for"),
        "pinpoint": say("phần", "part"),
        "count": say("số lượng", "count"),
        "percent": say("tỷ lệ %", "percent"),
        "base": say("tính trên", "of"),
        "from": say("từ", "from"),
        "to": say("gửi", "to"),
        "via": say("qua", "through"),
        "until": say("đến", "until"),
        "award": say("xét tặng", "for the award"),
        "by": say("do", "by"),
        "applies_to": say("áp dụng với", "applies to"),
        "delegated_to": say("giao", "left to"),
        "form_of": say("của", "of"),
        "signer": say("người ký", "signer"),
    }
