"""Vietnamese as it was written before Unicode: TCVN3 (ABC), VNI for Windows, Windows-1258, and how to tell them."""

import contextlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import product

# TCVN 5712:1993 as the fonts .VnTime, .VnArial … have it, in the places of Windows-1252.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# VNI for Windows: a letter, then a letter of its own for the mark.
_VNI_MARKS = {"Ù": "\u0301", "Ø": "\u0300", "Û": "\u0309", "Õ": "\u0303", "Ï": "\u0323"}
_VNI_CIRCUMFLEX = {"Á": "\u0301", "À": "\u0300", "Å": "\u0309", "Ã": "\u0303", "Ä": "\u0323", "Â": ""}
_VNI_BREVE = {"É": "\u0301", "È": "\u0300", "Ú": "\u0309", "Ü": "\u0303", "Ë": "\u0323", "Ê": ""}
_VNI_SINGLE = {"Ñ": "Đ", "Ö": "Ư", "Ô": "Ơ", "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:uyê|uya|uyu|uoi|uou|ieu|yeu|oai|oay|oao|oeo|uay|uây|iê|ia|iu|ưa|ươ|ưu|ưi|uâ|uê|ua|uô|uơ|ui|uy|oa|oă|oe|oi|ôi"
    r"|ơi|ai|ay|ao|au|ây|âu|eo|êu|yê|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[ptcmnouiy])?"
)
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.8
_SAMPLE = 60_000


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for base in "AEOUYÔÖ":
        letter = {"Ô": "Ơ", "Ö": "Ư"}.get(base, base)
        for sign, mark in _VNI_MARKS.items():
            table[base + sign] = letter + mark
    for base, (sign, mark) in product("AEO", _VNI_CIRCUMFLEX.items()):
        table[base + sign] = base + "\u0302" + mark
    for sign, mark in _VNI_BREVE.items():
        table["A" + sign] = "A\u0306" + mark
    table.update(_VNI_SINGLE)
    table = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    table |= {key.lower(): value.lower() for key, value in table.items()}
    table |= {key[0] + key[1:].lower(): value for key, value in table.items() if key[0].isupper() and len(key) > 1}
    by_length = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, by_length))), table


def from_tcvn3(words: str) -> str:
    """Words in TCVN3 as Unicode.

    >>> from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam")
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    >>> from_tcvn3("quyÕt ®Þnh cña UBND TØNH LONG AN"), from_tcvn3("CHñ TÞCH")
    ('quyết định của UBND TỈNH LONG AN', 'CHỦ TỊCH')
    """
    decoded = "".join(_TCVN3.get(character, character) for character in words)
    return _WORD.sub(_capitals, decoded) if decoded != words else words


def _capitals(match: re.Match[str]) -> str:
    """A word whose plain letters are capitals, in capitals: TCVN3 has no capital with a mark of tone ("HO¹CH")."""
    plain = [character for character in match[0] if character.isascii()]
    return match[0].upper() if len(plain) > 1 and all(map(str.isupper, plain)) else match[0]


def from_vni(words: str) -> str:
    """Words in VNI for Windows as Unicode.

    >>> from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), from_vni("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC")
    ('Cộng hòa xã hội chủ nghĩa Việt Nam', 'ĐỘC LẬP - TỰ DO - HẠNH PHÚC')
    """
    pattern, table = _vni()
    return pattern.sub(lambda match: table[match[0]], words)


def from_font(words: str, font: str | None) -> str:
    """Words set in a font: those of the fonts .Vn… and VNI-… as Unicode, others as they are.

    >>> from_font("KÕ ho¹ch", ".VnTime"), from_font("kÕ ho¹ch", ".VnTimeH"), from_font("Kế hoạch", "Arial")
    ('Kế hoạch', 'KẾ HOẠCH', 'Kế hoạch')
    """
    if not font or (words.isascii() and not font.startswith(".Vn")):
        return words
    if font.startswith(".Vn"):
        if any(ord(character) > 0xFF for character in words):  # Unicode words that only name the font
            return words
        decoded = from_tcvn3(words)
        return decoded.upper() if font.rstrip("0123456789 ").endswith("H") else decoded
    return from_vni(words) if font.upper().startswith("VNI-") else words


def syllables(words: str) -> float:
    """The share of the words with marks that are Vietnamese syllables; 0.0 where too few words carry marks.

    >>> syllables("Kế hoạch phát động phong trào thi đua, khen thưởng năm học này") > 0.95
    True
    >>> syllables("KÕ ho¹ch ph¸t ®éng phong trµo thi ®ua, khen th­ëng n¨m häc nµy") < 0.5
    True
    """
    found = [word.lower() for word in _WORD.findall(words[:_SAMPLE])]
    marked = [word for word in found if not word.isascii()]
    if len(marked) < 5 or len(marked) < 0.15 * len(found):
        return 0.0
    return sum(map(_is_syllable, marked)) / len(marked)


@cache
def _is_syllable(word: str) -> bool:
    decomposed = unicodedata.normalize("NFD", word)
    if sum(character in "\u0300\u0301\u0303\u0309\u0323" for character in decomposed) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", decomposed.translate(_TONES))) is not None


def restored(words: str) -> str:
    """The words in Unicode: those of a text written in a legacy font are decoded where that surely makes sense.

    >>> restored("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc")
    'Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc'
    >>> restored("Kế hoạch"), restored("Fußgänger über Straßen")
    ('Kế hoạch', 'Fußgänger über Straßen')
    """
    return decoding(words)(words)


def decoding(words: str) -> Callable[[str], str]:
    """How words such as these become Unicode: what decodes the legacy font they are in, or what leaves them alone."""
    if syllables(words) < _SURE:
        best = max((from_tcvn3, from_vni), key=lambda decode: syllables(decode(words[:_SAMPLE])))
        if syllables(best(words[:_SAMPLE])) >= _SURE:
            return best
    return str


def decoded(content: bytes) -> str | None:
    """The text of bytes in Windows-1258, TCVN3 or VNI; None where none of them surely makes Vietnamese of it."""
    if b"\0" in content[:_SAMPLE] or not content:
        return None
    candidates = []
    with contextlib.suppress(UnicodeDecodeError):
        candidates.append(unicodedata.normalize("NFC", content.decode("cp1258")))
    western = content.decode("cp1252", "replace") if b"\x81" not in content else content.decode("latin-1")
    candidates += [from_tcvn3(western), from_vni(western)]
    scored = sorted(((syllables(words), words) for words in candidates), key=lambda found: found[0], reverse=True)
    best, words = scored[0]
    if best < _SURE or "\ufffd" in words or best - scored[1][0] < 0.1:
        return None
    return words
