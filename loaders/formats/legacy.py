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
_MARGIN = 0.2  # how much more of the words a table must turn into syllables than are some already
_SUSPECT = "®§¬\u00adñÑöÖ¸µ·¹ª"  # what đ, ơ, ư and the tones look like: one of them stands in any text of a few lines
_WESTERN = "ŒœŠšŽžŸƒ"  # the letters of Windows-1252 beyond Latin-1
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂĐÊÔƠƯ")
# Word keeps a font of its own alphabet in a private range, and some programs make the micro sign a Greek letter.
_PLACED = {0x3BC: 0xB5, **{0xF000 + code: code for code in range(0x20, 0x100)}}
# A printed page shows the byte of ư as a hyphen: "h-íng dÉn", "nh- sau", "L-u".
_HYPHEN = re.compile(r"(?<!\w)([bcdđghklmnpqrstvx]{1,3})-([^\W\d_]{0,4})(?![\w-])", re.IGNORECASE)


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
    >>> from_tcvn3("Së h-íng dÉn nh- sau"), from_tcvn3("CéNG HßA X· HéI"), from_tcvn3("Së GD&§T göi Q§-UBND")
    ('Sở hướng dẫn như sau', 'CỘNG HÒA XÃ HỘI', 'Sở GD&ĐT gửi QĐ-UBND')
    """
    decoded = "".join(_TCVN3.get(character, character) for character in words)
    if decoded == words:
        return words
    if "-" in decoded:
        decoded = _HYPHEN.sub(_unhyphened, decoded)
    return "\n".join(map(_in_capitals, decoded.split("\n")))


def _unhyphened(match: re.Match[str]) -> str:
    onset, rest = match[1], match[2]
    whole = f"{onset}ư{rest}"
    return whole if (not rest or rest.islower()) and _is_syllable(whole.lower()) else match[0]


def _in_capitals(line: str) -> str:
    """A line with its words in capitals whole: TCVN3 has no capital with a mark of tone ("HO¹CH", "X· HéI").

    A word of one plain capital and marked letters ("X·", "Së") goes with the words beside it.
    """
    found = list(_WORD.finditer(line))
    sure = [sum(character in _CAPITALS for character in match[0]) for match in found]
    small = [any("a" <= character <= "z" for character in match[0]) for match in found]
    large = [count > 1 and not low for count, low in zip(sure, small, strict=True)]
    made, at = [], 0
    for index, match in enumerate(found):
        if not large[index] and sure[index] and not small[index]:
            near = [n for n in (index - 1, index + 1) if 0 <= n < len(found) and _side_by_side(line, found[n], match)]
            # the neighbour must be a word of the language: "Së GD&§T" is none of "SỞ"
            large[index] = bool(near) and all(large[n] and _is_syllable(found[n][0].lower()) for n in near)
        if large[index]:
            made += [line[at : match.start()], match[0].upper()]
            at = match.end()
    return "".join(made) + line[at:]


def _side_by_side(line: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, last = sorted((one, other), key=lambda match: match.start())
    return line[first.end() : last.start()] == " "


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
    vni = font is not None and font.upper().startswith("VNI-")
    if font is None or not (vni or font.startswith(".Vn")):
        return words
    words = words.translate(_PLACED)
    if _is_unicode(words):  # they only name the font
        return words
    if not vni:
        decoded = from_tcvn3(words)
        return decoded.upper() if font.rstrip("0123456789 ").endswith("H") else decoded
    return from_vni(words)


def _is_unicode(words: str) -> bool:
    """Whether a letter stands in the words that no font of before Unicode has a place for.

    >>> _is_unicode("Kế hoạch"), _is_unicode("“KÕ ho¹ch” – 2004…")
    (True, False)
    """
    return any(character > "\xff" and character.isalpha() and character not in _WESTERN for character in words)


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
    """How words such as these become Unicode: what decodes the legacy font they are in, or what leaves them alone.

    Lines that are Unicode already say nothing of the others, and stay as they are.

    >>> decode = decoding("Kế hoạch thi đua\\nC\u00a8n cø QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh vÒ thi ®ua")
    >>> decode("QuyÕt ®Þnh\\nQuyết định công bố")
    'Quyết định\\nQuyết định công bố'
    """
    if words.isascii() or not any(character in words for character in _SUSPECT):
        return str
    sample = "\n".join(line for line in words[:_SAMPLE].splitlines() if not _is_unicode(line))
    now = syllables(sample)
    if now >= _SURE:
        return str
    scored = sorted(
        ((syllables(decode(sample)), decode) for decode in (from_tcvn3, from_vni)), key=lambda found: found[0]
    )
    (other, _), (best, decode) = scored
    if best < _SURE or best - max(now + _MARGIN - 0.1, other) < 0.1:
        return str
    return lambda given: "\n".join(
        line if line.isascii() or _is_unicode(line) else decode(line) for line in given.split("\n")
    )


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
