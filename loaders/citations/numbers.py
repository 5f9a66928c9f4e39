"""Document numbers: found by their shape, spelled well, and repaired where exactly one reading fits.

The shapes are those of Nghị định 30/2020/NĐ-CP and of the Party's own rules: `26/KH-UBND`, `91/2017/NĐ-CP`,
`06/2022/QH15`, `05-NQ/TU`, `3637/UBND-VX`, `01/2021/TTLT-BNV-BTC`. A number is the one part of a citation that is
nearly ASCII, so it outlives OCR that ruins every word around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.citations.codes import GAP, Part, parts_at
from loaders.citations.damaged import common_body, type_code_said, without_a_stroke
from loaders.citations.document_types import ReadCode, TypeCodes, is_code, issuer_codes, type_codes
from loaders.citations.kinds import is_another_kind, is_letter_said, is_split
from loaders.citations.mended import mended
from loaders.text import Text, fold


@dataclass(frozen=True)
class FoundNumber:
    """A document number at a place.

    `number` is well spelled ("98/2023/NĐ-CP"), None where the head is blank ("/KH-BCĐ"); `printed` is the text itself.
    `types` are the slugs its type code allows, none for a công văn or a law. `repaired` says that characters were
    read as others, which lowers `confidence`.
    """

    start: int
    end: int
    printed: str
    number: str | None
    suffix: str
    year: int | None
    types: tuple[str, ...]
    issuer_code: str | None
    shape: str
    repaired: bool
    confidence: float


# The head of a number and its first separator: "66.7/", "30c/", "9§/", "05-". Nothing that could be the inside of a
# longer number may stand before it, so that "57/2024" is not found in "157/2024".
_HEAD = re.compile(
    rf"(?P<head>[\doil§\]|](?:(?<![a-z0-9/.,§\-].)|(?<=\bso.)|(?<=\bso[.:-].))"
    rf"(?:(?<=\d)\.\d{{3}}|(?<=\bso \d)\d? \d{{1,4}}|(?<=\d)\d{{0,5}}(?:\.\d{{1,2}})?[a-e]?|[\doil§\]|]{{0,4}}))"
    rf"(?={GAP}[/-]{GAP}[a-z0-9])"
)
_JOINT = re.compile(rf"[/-](?={GAP}[a-z0-9])")
_LONGEST, _BEHIND = 24, 9  # more than a head has before its separator, and what the separator may reach
# "Số: /KH-BCĐ", "Số: …/KH-UBND", "/2025/QĐ-UBND", "số      /TTr-SNV"
_SLASH = re.compile(r"/ ?[a-z0-9]")
_BLANK = re.compile(r"(?:\b(?:s[o06]|56)\b[\s:*]{0,9}[.…_\s*]{0,40}|(?<![.…_])[.…_]{2,60} ?)$")
_YEAR = re.compile(r"(?:1[9g]|2[0o])[0-9o§]{2}")
_LAW = re.compile(r"(ubtvqh|qh)(?:[il|](?=1[0-9]))?([0-9ilos]{0,2})")  # "QHI15", "QHII", "QH1l"
_CONFUSED = str.maketrans({"o": "0", "i": "1", "l": "1", "]": "1", "|": "1", "§": "8", "s": "5"})
# the Party's bodies number in no other form
_PARTY_CODES = frozenset({"tw", "tu"})
# A body's code alone makes a number only where words say so: "Văn bản số 4735/TCT", never "Mẫu số 01/TĐKT".
_SAID = re.compile(
    r"(?:van ban|cong van|thong bao|giay moi|quyet dinh|chi thi|nghi quyet|thong tu|nghi dinh|to trinh|bao cao"
    r"|ke hoach)"
    r"\s+(?:hoa toc\s+)?so\s*:?\s*$"
)
# the bodies whose codes stood alone, and what they issued: "138/CP", "25-CP", "223/HĐBT", "202/TTg"
_BEFORE_1997 = {
    "cp": ("CP", ("nghi-dinh", "nghi-quyet")),
    "hdbt": ("HĐBT", ("nghi-dinh", "quyet-dinh", "chi-thi")),
    "ttg": ("TTg", ("quyet-dinh", "chi-thi")),
}
_THOUSANDS = re.compile(r"\d\.\d{3}")  # "Công văn số 1.234/UBND-NC" is 1234
_LETTERED = re.compile(r"\d[\d.]*[a-e]?")


def find_numbers(text: Text, start: int = 0, end: int | None = None) -> list[FoundNumber]:
    """Every document number between two places, blank ones included, in order.

    >>> text = Text.of("Số: 54 /IKH-UBND; 9§/2023/ND—CP; 05-NQ/TU; 30c/NQ-CP; Số: /KH-BCĐ; 26/8/2024")
    >>> [number.number for number in find_numbers(text)]
    ['54/KH-UBND', '98/2023/NĐ-CP', '05-NQ/TU', '30c/NQ-CP', None]
    """
    stop = len(text.raw) if end is None else end
    seen, text = text, mended(text)
    found: list[FoundNumber] = []
    for match in _heads(text.folded, start, stop):
        number = _read(text, match.start(), match["head"], match.end(), stop)
        if number:
            found.append(number)
    blank: list[FoundNumber] = []
    place = 0
    for match in _SLASH.finditer(text.folded, start, stop):
        slash = match.start()
        while place < len(found) and found[place].end <= slash:
            place += 1
        taken = place < len(found) and found[place].start <= slash
        if not taken and _is_blank(text, slash, start) and (number := _read(text, slash, None, slash, stop)):
            blank.append(number)
    found += blank
    if text is not seen:
        found = [_as_printed(number, seen) for number in found]
    return sorted(found, key=lambda n: n.start)


def _heads(folded: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The heads of numbers: looked for only before separators, since nearly every word has a letter like a digit."""
    begin = end = -1
    for separator in _JOINT.finditer(folded, start, stop):
        place = separator.start()
        if place - _LONGEST > end:
            yield from _HEAD.finditer(folded, max(begin, start), min(end, stop)) if end > 0 else ()
            begin = place - _LONGEST
        end = place + _BEHIND
    yield from _HEAD.finditer(folded, max(begin, start), min(end, stop)) if end > 0 else ()


def _is_blank(text: Text, slash: int, start: int) -> bool:
    """Whether nothing, or a word and dots, stand where the head of a number would."""
    before = text.folded[slash - 1 : slash] if slash > start else "\n"
    if before.isspace():
        return True
    return before in ".…_*:o06" and _BLANK.search(text.folded, max(start, slash - 64), slash) is not None


def _as_printed(number: FoundNumber, text: Text) -> FoundNumber:
    """A number of the text that was put right, with what the document prints in its place."""
    printed = text.raw[number.start : number.end]
    if printed == number.printed:
        return number
    return replace(number, printed=printed, repaired=True, confidence=min(number.confidence, 0.7))


def read_blank(text: Text, position: int) -> FoundNumber | None:
    """The number whose head is blank or cannot be read and whose codes begin at a place.

    >>> read_blank(Text.of("Số: A3 /KH-UBND"), 7).suffix
    'KH-UBND'
    """
    return _read(text, position, None, position, len(text.raw))


def _read(text: Text, start: int, head: str | None, position: int, stop: int) -> FoundNumber | None:
    parts = parts_at(text, position, stop)
    if not parts:
        return None
    year, damaged_year = None, False
    if parts[0].separator == "/" and _YEAR.fullmatch(parts[0].code) and len(parts) > 1:
        year = int(parts[0].code.replace("g", "9").translate(_CONFUSED))
        damaged_year = not parts[0].code.isdigit()
        if parts[1].separator == "/" or parts[1].code in type_codes().by_fold:
            parts = parts[1:]
        else:
            return None
    written = _law(parts, year) or _party(text, start, parts, year) or _administrative(text, start, parts, year)
    if written is None or (written.shape == "alone" and len(parts) > 1):
        old = written is not None and written.issuer_code is not None and not parts[1].spaced
        letter = _letter(text, start, parts) if written is None or old else None  # "1234/CP-KTN"
        written = _said(text, start, parts) or letter or written
    if written is None:
        return None
    return _number(text, start, head, year, replace(written, repaired=True) if damaged_year else written)


@dataclass(frozen=True)
class _Written:
    """How the codes of a number are to be written, and which of its parts they take."""

    shape: str
    suffix: str
    joint: str
    types: tuple[str, ...]
    issuer_code: str | None
    end: int
    repaired: bool = False
    sure: bool = True


def _law(parts: list[Part], year: int | None) -> _Written | None:
    match = _LAW.fullmatch(parts[0].code)
    if not match or year is None:
        return None
    term = match[2].translate(_CONFUSED)
    code = match[1].upper() + term
    types = ("luat", "nghi-quyet") if match[1] == "qh" else ("phap-lenh", "nghi-quyet")
    return _Written("law", code, "/", types, code, parts[0].end, repaired=code.lower() != parts[0].code)


def _said(text: Text, start: int, parts: list[Part]) -> _Written | None:
    """Codes whose damaged type the words before them tell: "Nghị quyết số 45/NO-HĐND", "Tờ trình số 88/T1r-SNV"."""
    if len(parts) < 2 or parts[0].code in issuer_codes() or not is_code(parts[1].raw):
        return None
    if parts[1].code not in issuer_codes() and not common_body(parts[1].code):
        return None
    type_ = type_code_said(text, start, parts[0].code)
    if type_ is None:
        return None
    joint = parts[0].separator
    taken, issuers = _issuers(parts, 1, joint=type_.code == "TTLT")
    suffix = f"{type_.code}{parts[1].separator}{'-'.join(issuers)}"
    shape = "party" if joint == "-" else "administrative"
    return _Written(shape, suffix, joint, type_.types, issuers[0], taken, repaired=True)


def _party(text: Text, start: int, parts: list[Part], year: int | None) -> _Written | None:
    if year is not None or parts[0].separator != "-" or len(parts) < 2 or parts[1].separator != "/":
        return None
    type_ = _type_code(text, start, parts)
    if type_ is None or not is_code(parts[1].raw):
        return None
    taken, codes = _issuers(parts, 1, joint=False)
    suffix = f"{type_.code}/{'-'.join(codes)}"
    repaired = type_.repaired or _changed(parts[1:], codes)
    return _Written("party", suffix, "-", type_.types, codes[0], taken, repaired=repaired)


def _administrative(text: Text, start: int, parts: list[Part], year: int | None) -> _Written | None:
    codes = type_codes()
    if parts[0].separator != "/" and year is None:
        old = parts[0].code in _BEFORE_1997 and not parts[0].spaced
        return _alone(parts[0], codes) if old else _inverted(parts, codes)
    if len(parts) == 1 or (parts[1].spaced and not is_code(parts[1].raw)):
        return _fused(text, start, parts, year) or _alone(parts[0], codes)
    type_ = _type_code(text, start, parts)
    if type_ is None:
        return _fused(text, start, parts, year)
    if not is_code(parts[1].raw) and parts[1].code not in issuer_codes():
        return _alone(parts[0], codes)
    if year is None and len(parts) == 2 and parts[1].code in _PARTY_CODES:  # "22/CT-TW" is 22-CT/TW
        code = issuer_codes()[parts[1].code]
        return _Written("party", f"{type_.code}/{code}", "-", type_.types, code, parts[1].end, repaired=type_.repaired)
    taken, issuers = _issuers(parts, 1, joint=type_.code == "TTLT")
    if type_.code == "NĐ" and parts[1].code not in issuer_codes() and len(parts[1].code) < 4:
        issuers[0] = "CP"  # "88/2017/NĐ-CEF": no other body issues decrees under its code
    repaired = type_.repaired or _changed(parts[1:], issuers)
    suffix = f"{type_.code}-{'-'.join(issuers)}"
    return _Written("administrative", suffix, "/", type_.types, issuers[0], taken, repaired=repaired)


def _inverted(parts: list[Part], codes: TypeCodes) -> _Written | None:
    """The ministries' numbers before 1997, body before type: "73-TCCP/TT", "1443-LĐTBXH/QĐ"."""
    if len(parts) < 2 or parts[1].separator != "/" or any(part.spaced for part in parts[:2]):
        return None
    type_ = codes.read(parts[1].code, parts[1].raw, False)
    if type_ is None or not (parts[0].raw.isupper() and parts[0].code.isalpha() and len(parts[0].code) > 2):
        return None
    body = _spelled(parts[0], issuer_codes())
    return _Written("inverted", f"{body}/{type_.code}", "-", type_.types, body, parts[1].end, sure=False)


def _type_code(text: Text, start: int, parts: list[Part]) -> ReadCode | None:
    """The type code a number begins with; never a damaged one where another kind is printed before the number."""
    read = type_codes().read(parts[0].code, parts[0].raw, parts[1].code in issuer_codes())
    return None if read and read.repaired and is_another_kind(text, start, read.types) else read


def _fused(text: Text, start: int, parts: list[Part], year: int | None) -> _Written | None:
    """A code that lost its dash, or has a point for it: "61/2018/NĐCP", "1961/QĐUBND-NC", "15/QĐ.UBND"."""
    part, codes = parts[0], type_codes()
    if part.code in issuer_codes():
        return None  # "412/TTCP-KHTH" is the Government Inspectorate's
    for cut in range(2, len(part.code) - 1):
        left, right = part.code[:cut], part.code[cut:].lstrip(".")
        read = codes.read(left, part.raw[:cut], True) if left in codes.by_fold and right in issuer_codes() else None
        if read:
            end, (_, *fields) = _issuers(parts, 0, joint=False)
            if not is_split(text, start, read, followed=bool(fields), dated=year is not None):
                return None
            suffix = "-".join([read.code, issuer_codes()[right], *fields])
            return _Written("administrative", suffix, "/", read.types, issuer_codes()[right], end, repaired=True)
    return None


def _alone(part: Part, codes: TypeCodes) -> _Written | None:
    """A type code with no body: "12/QĐ", "138/CP" (decrees before 1997)."""
    if not is_code(part.raw):
        return None
    if part.code in _BEFORE_1997:
        code, types = _BEFORE_1997[part.code]
        return _Written("alone", code, part.separator, types, code, part.end, sure=False)
    type_ = codes.read(part.code, part.raw, False)
    if type_:
        return _Written("alone", type_.code, "/", type_.types, None, part.end, sure=False)
    if (
        part.raw.isupper() and part.code.isalpha() and 2 <= len(part.code) <= 8
    ):  # "4735/TCT", "88/LĐLĐ": a body's code alone
        code = _spelled(part, issuer_codes())
        return _Written("body", code, "/", (), code, part.end, repaired=_changed([part], [code]), sure=False)
    return None


def _letter(text: Text, start: int, parts: list[Part]) -> _Written | None:
    """A công văn: its first code is the body, "3637/UBND-VX", "118/SGDĐT-TĐKT"."""
    if parts[0].separator != "/" or len(parts) < 2 or parts[1].separator != "-" or not is_code(parts[0].raw):
        return None
    if not is_code(parts[1].raw) or parts[0].code[0].isdigit():
        return None
    damaged = parts[0].code not in issuer_codes() and type_codes().is_damaged(parts[0].code)
    if damaged and not is_letter_said(text, start):
        return None  # "12/NO-CP" may be NĐ or NQ: two readings are none
    taken, codes = _issuers(parts, 0, joint=False)
    return _Written("letter", "-".join(codes), "/", (), codes[0], taken, sure=False)


def _issuers(parts: list[Part], first: int, *, joint: bool) -> tuple[int, list[str]]:
    """The codes from a place on, well spelled, and where the last one ends.

    A dash with spaces joins only the first two ("TT - BNV"): after that it is a dash of the sentence
    ("26/KH-UBND - Kế hoạch"), unless the document is a joint one.
    """
    known = issuer_codes()
    codes, end = [_spelled(parts[first], known)], parts[first].end
    for number, part in enumerate(parts[first + 1 :], first + 1):
        spaces_fit = not part.spaced or (first == 0 and number == 1) or (joint and part.code in known)
        if part.separator != "-" or not spaces_fit or not is_code(part.raw):
            break
        codes.append(_spelled(part, known))
        end = part.end
    return end, codes


def _spelled(part: Part, known: dict[str, str]) -> str:
    """A body's code well spelled; "LĐÐLĐ" has one Đ read twice, "UBTVQHII" is of the eleventh term."""
    if part.code in known:
        return known[part.code]
    if common := common_body(part.code):
        return known[common]
    if whole := without_a_stroke(part.code, known):
        return whole
    term = _LAW.fullmatch(part.code)
    if term:
        return term[1].upper() + term[2].translate(_CONFUSED)
    return (
        known.get(part.code.replace("dd", "d"))
        or known.get(part.code.replace("vv", "w"))
        # U+0110 beside U+00D0 is one Đ read twice, whatever the body: "CĐÐYT"
        or part.raw.replace("ĐÐ", "Đ").replace("ÐĐ", "Đ").replace("Ð", "Đ").replace("§", "S")
    )


def _changed(parts: list[Part], codes: list[str]) -> bool:
    """Whether the letters of the codes are others than those printed."""
    return any(fold(code) != part.code for part, code in zip(parts, codes, strict=False) if "§" not in part.raw)


_GOES_ON = re.compile(r"-[^\W_]")


def _number(text: Text, start: int, head: str | None, year: int | None, written: _Written) -> FoundNumber | None:
    number, repaired, confidence = None, written.repaired, 0.8 if written.repaired else 1.0
    if written.shape == "alone" and _GOES_ON.match(text.raw, written.end):
        return None  # "61/TTr-9XV": a body that cannot be read is not left out
    if head is not None:
        digits = head
        if not _LETTERED.fullmatch(head):
            digits = head.translate(_CONFUSED).replace(" ", "")  # "số 1 52/2025/NĐ-CP"
            # letters are read as digits only where the codes leave no doubt that this is a number
            if (
                not any(c.isdigit() for c in head)
                or not written.sure
                or fold(written.issuer_code or "") not in issuer_codes()
            ):
                return None
            repaired, confidence = True, 0.7
        if _THOUSANDS.fullmatch(digits):
            digits = digits.replace(".", "")
        number = digits + (f"/{year}" if year else "") + written.joint + written.suffix
    elif not written.sure and written.shape != "letter":
        return None
    if written.shape == "body" and not _SAID.search(text.folded, max(0, start - 30), start):
        return None
    printed = text.raw[start : written.end]
    return FoundNumber(
        start=start,
        end=written.end,
        printed=printed,
        number=number,
        suffix=written.suffix,
        year=year,
        types=written.types,
        issuer_code=written.issuer_code,
        shape=written.shape,
        repaired=repaired,
        confidence=confidence,
    )
