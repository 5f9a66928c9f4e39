"""The text of a document, and its marks-free twin of the same length.

Every offset in this project is a code point of the NFC text. `folded` has exactly one character for each of them,
so a match in the folded text is a place in the document without any table in between.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from loaders.layout import Layout

Given = ParamSpec("Given")
Made = TypeVar("Made")

# đ and Đ do not decompose; Ð (U+00D0) and Ɖ are what some keyboards and OCR engines print for Đ ("QÐ").
_UNDECOMPOSED = {"đ": "d", "Đ": "d", "Ð": "d", "ð": "d", "Ɖ": "d"}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SPACES = dict.fromkeys("\u00a0\u2007\u202f\u3000\t", " ")
# Letters no other language has: ơ ư đ, and vowels that bear a tone besides their own mark (ế ộ ẩ).
_VIETNAMESE = re.compile("[ơưđấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựƠƯĐẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ]")
_ONE_FOR_ONE = {**_UNDECOMPOSED, **_DASHES, **_SPACES, "⁄": "/", "∕": "/", "’": "'", "‘": "'"}


def _fold_character(character: str) -> str:
    if character in _ONE_FOR_ONE:
        return _ONE_FOR_ONE[character]
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


class _Folded(dict[int, str]):
    """What each character is folded to, by its code point; told when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDED = _Folded()
_END = 0x2300  # past the letters of Vietnamese, punctuation and signs of measure: few documents have more
_COMMON = [_fold_character(chr(code)) for code in range(_END)]  # a list is read in half the time
_UNCOMMON = re.compile(f"[{chr(_END)}-{chr(0x10FFFF)}]")


def fold(text: str) -> str:
    """Lower case without marks, dashes and spaces made plain, one character for each of the given text.

    >>> fold("Quyết định số 12/QĐ–UBND")
    'quyet dinh so 12/qd-ubnd'
    """
    return text.translate(_FOLDED if _UNCOMMON.search(text) else _COMMON)


@lru_cache(maxsize=20000)
def _told_by_letters(token: str) -> bool | None:
    """Whether a word carries a letter only Vietnamese has; None for what is no word."""
    return _VIETNAMESE.search(token) is not None if any(map(str.isalpha, token)) else None


@dataclass(frozen=True)
class Text:
    """A document's NFC text. Findings point into it by code points, end exclusive.

    `layout` leads from there to the pages of the file, where it has pages.
    """

    raw: str
    layout: Layout | None = None

    def __reduce__(self) -> tuple[type["Text"], tuple[str, Layout | None]]:
        """From one process to another: the words and their pages; what is computed from them is computed again."""
        return Text, (self.raw, self.layout)

    @classmethod
    def of(cls, text: str) -> "Text":
        return cls(unicodedata.normalize("NFC", text))

    @cached_property
    def folded(self) -> str:
        return fold(self.raw)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw.encode()).hexdigest()

    @cached_property
    def tokens(self) -> Counter[str]:
        """What stands between blanks, and how often each: a document says most of its words many times."""
        return Counter(self.raw.split())

    @cached_property
    def quality(self) -> float:
        """Share of words that carry a letter only Vietnamese has (ơ ư đ, or a mark on a modified vowel).

        Healthy text measures .4 to .6; text read by an OCR model of another language measures .00.

        >>> Text.of("Kế hoạch phát động phong trào thi đua").quality > 0.3
        True
        >>> Text.of("Ké hoach phat dong phong trao thi dua").quality
        0.0
        """
        words = marked = 0
        for token, count in self.tokens.items():
            told = _told_by_letters(token)
            words += count if told is not None else 0
            marked += count if told else 0
        return round(marked / words, 2) if words else 0.0

    @cached_property
    def garbled(self) -> bool:
        """Whether an OCR model that knows no Vietnamese read the text; too short a text is never called so."""
        return len(self.raw) >= 200 and self.quality < 0.2


_ITSELF: Any = object()


def once(make: Callable[Concatenate[Text, Given], Made]) -> Callable[Concatenate[Text, Given], Made]:
    """Makes a thing of a text once: it is kept with the text and goes with it.

    What else is given must be the same to give the same thing: the same place, the very same outline or header.

    >>> words = once(lambda text: text.raw.split())
    >>> text = Text.of("Kế hoạch")
    >>> words(text) is words(text)
    True
    """
    name = f"{make.__module__}.{make.__qualname__}"

    def keep(kept: dict[Any, Any], key: object, text: Text, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        found = make(text, *given, **named)
        # a text that held itself would outlive its last reader until the next search for such rings
        kept[key] = _ITSELF if found is text else found
        if given or named:  # what was given is kept too, so that no other object gets its address
            kept[key, "given"] = given, named
        return kept[key]

    @wraps(make)
    def made(text: Text, /, *given: Given.args, **named: Given.kwargs) -> Made:
        # a place or a word is told from others by what it is, all else by which it is
        key: object = (name, *[one if isinstance(one, (int, str)) else id(one) for one in given])
        if named:
            key = (key, *named, *[one if isinstance(one, (int, str)) else id(one) for one in named.values()])
        kept: dict[Any, Any] = text.__dict__
        known: Any = kept[key] if key in kept else keep(kept, key, text, given, named)
        result: Made = cast(Any, text) if known is _ITSELF else known
        return result

    @wraps(make)
    def made_alone(text: Text, /, *given: Given.args, **named: Given.kwargs) -> Made:
        kept: dict[Any, Any] = text.__dict__  # asked a thousand times for a document
        known: Any = kept[name] if name in kept else keep(kept, name, text, given, named)
        result: Made = cast(Any, text) if known is _ITSELF else known
        return result

    return made if len(signature(make).parameters) > 1 else made_alone


def quoted(value: object) -> str:
    """Words of a document without the marks its text file has for bold, which a quotation may cut in half.

    >>> quoted("tối đa cho **07 tập thể"), quoted("(*không vi phạm kỷ luật*)"), quoted("Mẫu *")
    ('tối đa cho 07 tập thể', '(không vi phạm kỷ luật)', 'Mẫu *')
    """
    plain = re.sub(r"\*\*+|__+(?=\w)|(?<=\w)__+", "", str(value or ""))
    return re.sub(r"(?<!\w)\*(?=\S)([^*]*\S)\*(?!\w)", r"\1", plain)
