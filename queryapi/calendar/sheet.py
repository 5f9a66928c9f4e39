"""The calendar as rows: all columns in CSV, the few that fit in a table at a terminal."""

from loaders.days import shown_day
from queryapi.calendar import Due

__all__ = ["cells", "headings", "said", "way"]

_SHOWN = 120  # letters of a sentence in a table at a terminal

_HEADINGS = {
    "vi": ("Ngày cuối", "Hạn", "Việc", "Bên gửi", "Qua", "Nơi nhận", "Kế hoạch", "Năm khen thưởng", "Lưu ý"),
    "en": ("Last day", "Limit", "What", "From", "Through", "To", "Plan", "Award year", "Note"),
}


def headings(language: str) -> tuple[str, ...]:
    """The names of the columns."""
    return (*_HEADINGS[language], "Nguyên văn" if language == "vi" else "Words of the plan")


def cells(due: Due, language: str) -> tuple[object, ...]:
    """One row; the words of the plan stand last."""
    english = language == "en"
    return (
        due.last_day if english else shown_day(due.last_day),
        due.limit_en if english else due.limit,
        due.what or due.words,
        due.from_,
        due.via,
        due.to,
        due.plan_name,
        due.award_year,
        "; ".join(en if english else vi for vi, en in due.notes),
        due.words,
    )


def said(due: Due, language: str) -> tuple[object, ...]:
    """The row for a narrow table: last day, limit, what, from whom to whom, plan, notes."""
    day, limit, what, *_, plan, _, notes, _ = cells(due, language)
    return (day, limit, _short(str(what)), _short(way(due, language)), plan, notes)


def way(due: Due, language: str) -> str:
    """From whom, to whom, through whom: "Văn phòng → UBND thị xã (qua Phòng Nội vụ)"; "→ Sở Nội vụ" only receives."""
    through = f" ({'qua' if language == 'vi' else 'through'} {due.via})" if due.via else ""
    ends = f"{due.from_ or ''} → {due.to}" if due.to else due.from_ or ""
    return f"{ends}{through}".strip()


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
