"""The language people are spoken to in: Vietnamese, unless English was asked for."""

from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

_spoken: Language = "vi"


def speak(language: Language) -> None:
    """Speak this language from now on; the command calls it before any help text is made."""
    global _spoken
    _spoken = language


def spoken() -> Language:
    return _spoken


def say(vi: str, en: str) -> str:
    """The sentence in the language spoken.

    >>> say("không có kết quả", "no results")
    'không có kết quả'
    """
    return vi if _spoken == "vi" else en
