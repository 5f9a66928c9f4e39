"""The dated table of administrative units, and when two spellings are one name.

`units.csv` is built by `python -m ontology.units.build`; README.md says from what and how sure its dates are.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHORT_I = re.compile(r"(h|k|l|m|s|t|qu)y")
# The syllables of Đắk Lắk and Krông Pắc, as they are printed: Đăk, Đắc, Dak, Lắc, Păk.
_ONE_SYLLABLE = {
    "păk": "păk",
    "păc": "păk",
    "đăk": "đăk",
    "đăc": "đăk",
    "đak": "đăk",
    "dak": "đăk",
    "lăk": "lăk",
    "lăc": "lăk",
    "lak": "lăk",
}


def table(name: str = "units") -> Traversable:
    """A table: `units` (one row per unit and period), `aliases` (other names of units), `successors`."""
    return files(__name__).joinpath(f"{name}.csv")


@lru_cache(maxsize=8192)
def spelling(name: str) -> str:
    """One key for the ways one name is rightly written: the place of the tone mark, i or y, hyphens, a leading zero.

    >>> spelling("Hoà Bình") == spelling("Hòa Bình"), spelling("Phú Quí") == spelling("Phú Quý")
    (True, True)
    >>> spelling("Cẩm Giàng") == spelling("Cẩm Giang")
    False
    """
    return " ".join(syllables(name))


def syllables(name: str) -> list[str]:
    """The words of a name, each in its one spelling."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name.lower()).replace("'", "").replace("’", ""))
    return [_syllable(word) for word in words]


@lru_cache(maxsize=8192)
def _syllable(word: str) -> str:
    if word.isdigit():
        return str(int(word))
    decomposed = unicodedata.normalize("NFD", word)
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if letters in _ONE_SYLLABLE:  # Đắk, Đăk and Đắc Lắc differ in the tone as well
        return _ONE_SYLLABLE[letters]
    if _SHORT_I.fullmatch(letters):
        letters = letters[:-1] + "i"
    return letters + "".join(c for c in decomposed if c in _TONES)
