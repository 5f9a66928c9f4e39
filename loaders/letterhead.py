"""The names that a letterhead prints over several lines, and whose office writes under the name of another.

"TỈNH ỦY LẠNG SƠN / BAN CHỈ ĐẠO PHÁT TRIỂN KHOA HỌC, / CÔNG NGHỆ VÀ CHUYỂN ĐỔI SỐ" are two names on three lines.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from loaders.authorities.agencies import Agency, BodyMention, Context, find_bodies, resolve_mention
from loaders.authorities.places import own_unit
from loaders.authorities.units import FIRST_DAY, Unit
from loaders.authorities.words import healthy
from loaders.citations.document_types import labels
from loaders.heads import BOARD, MOTTO, OWN_NUMBER, head_mentions, of_a_region, undated
from loaders.lexicon import lexicon
from loaders.text import Text, fold, once
from ontology.units import spelling

__all__ = ["Known", "head_unit", "is_of_two_levels", "printed_issuer", "printed_names", "region_printed"]

Known = tuple[Agency | None, str]

_HEAD = 700
_LEFT = re.compile(r"\s{3,}|\t|\|")
_ENDS_OPEN = re.compile(r"(?:[,\-–—&(]|\b(?:VÀ|VỀ|CỦA|CÁC|CHO|THUỘC))$")
_GOES_ON = re.compile(r"(?:VÀ|VỀ|CỦA|&|-|–|“|\"|\(|CHI NHÁNH)(?!\w)")
_STAMPS = re.compile(
    r"\W*(?:du thao.*|sao (?:y|luc).*|hoa toc.*|(?:thuong |dai )?khan|(?:toi )?mat|tuyet mat|cong bao.*)\W*"
)


@cache
def _nouns(kind: str) -> re.Pattern[str]:
    nouns = "|".join(map(fold, lexicon("letterheads")[kind]))
    return re.compile(rf"(?:{nouns})(?=\s|$)")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(spelling(noun.split()[0]) for noun in lexicon("letterheads")["nouns"])


def begins_a_name(words: str, *, misread: bool = False) -> bool:
    """Whether words in capitals begin as the name of an office that no list may know: "TRẠM Y TẾ", "CỤC VIỆC LÀM".

    >>> begins_a_name("ĐỘI QUẢN LÝ TRẬT TỰ"), begins_a_name("ĐỔI MỚI SÁNG TẠO"), begins_a_name("HỘI NHẬP QUỐC TẾ")
    (True, False, False)
    """
    folded = fold(words)
    if not _nouns("nouns").match(folded) or _nouns("other_words").match(folded):
        return False
    return misread or spelling(words.split()[0]) in _first_words()


def is_named_whole(words: str) -> bool:
    """Whether the words are the name of a body that a list has, and nothing else."""
    return any(body.start == 0 and body.end == len(words) for body in find_bodies(Text.of(words)))


@once
def printed_names(text: Text, header_end: int) -> list[str]:
    """The names in capitals over a document's number, from the highest down, each on one line.

    >>> head = "UBND TỈNH X\\nTỔ CÔNG TÁC\\nTRIỂN KHAI ĐỀ ÁN\\nSố: "
    >>> printed_names(Text.of(head), len(head))
    ['UBND TỈNH X', 'TỔ CÔNG TÁC TRIỂN KHAI ĐỀ ÁN']
    """
    misread = not healthy(text)
    names: list[str] = []
    begin = max(0, header_end - _HEAD)
    head = list(text.raw[begin:header_end])
    for motto in MOTTO.finditer(text.folded, begin, header_end):
        head[motto.start() - begin : motto.end() - begin] = " " * (motto.end() - motto.start())
    for line in "".join(head).split("\n"):
        words = _left_column(line)
        if not words:
            continue
        if names and _continues(names, words, misread=misread):
            names[-1] = f"{names[-1]} {words}"
        else:
            names.append(words)
    return names


def _left_column(line: str) -> str:
    """What a line prints of the issuer's name: without the motto beside it, the number, a stamp or the type."""
    if not line.strip(" -_*|=…") or OWN_NUMBER.match(fold(line)):
        return ""
    words = _LEFT.split(line.strip(" |*_\r"))[0].strip(" *_")
    words = undated(words)
    if not words.isupper() or fold(words) in labels() or _STAMPS.fullmatch(fold(words)):
        return ""
    return " ".join(words.split())


def _continues(names: list[str], words: str, *, misread: bool) -> bool:
    """Whether a line goes on with the name above it."""
    above = names[-1]
    if any(_nouns(kind).fullmatch(fold(words)) for kind in ("boards", "called_after")) and not _ENDS_OPEN.search(above):
        return False
    if _nouns("teams").match(fold(words)):
        return False
    if words.startswith("ĐẠI HỘI") and _nouns("set_up").match(fold(above)):
        return True  # "TIỂU BAN TUYÊN TRUYỀN / ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ I"
    if _ENDS_OPEN.search(above) or _GOES_ON.match(words):
        return True
    if _nouns("bare").fullmatch(fold(above)) and (len(names) == 1 or fold(above) != "van phong"):
        return True  # "BAN QUẢN LÝ / TRUNG TÂM HÀNH CHÍNH", but not what stands under an office
    begun = begins_a_name(words, misread=misread)
    return not begun and not any(body.start == 0 for body in find_bodies(Text.of(words)))


_UNIT = re.compile(
    r"\b(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ(?! HỘI)|PHƯỜNG|ĐẶC KHU|KHU VỰC|CHÍNH PHỦ|TRUNG ƯƠNG|QUỐC GIA)\b"
)
_SHORT = {
    "CĐCS": "CÔNG ĐOÀN CƠ SỞ", "TTYT": "TRUNG TÂM Y TẾ", "BVĐK": "BỆNH VIỆN ĐA KHOA", "BQL": "BAN QUẢN LÝ",
    "BCH": "BAN CHẤP HÀNH", "BCĐ": "BAN CHỈ ĐẠO",
}  # fmt: skip


def printed_issuer(
    text: Text,
    header_end: int,
    resolve: Callable[[BodyMention], Agency | None],
    *,
    head: list[BodyMention],
    coded: bool,
) -> Known | None:
    """The body on the last lines of a head where no list has it; its label is as printed.

    `head` holds the bodies told there so far. `coded`: the number bears the code of one of them, and then only what
    works for that body may stand under it.
    """
    names = [*printed_names(text, header_end)]
    while names and _nouns("teams").match(fold(names[-1])):
        names.pop()
    if not names:
        return None
    name, above = names[-1], names[-2] if len(names) > 1 else ""
    of_council = above.startswith(("HỘI ĐỒNG NHÂN DÂN", "HĐND")) and _nouns("of_councils").fullmatch(fold(name))
    if above and (of_council or _nouns("called_after").fullmatch(fold(name))):
        return _called_after(name, above, resolve)
    if above and _nouns("boards").fullmatch(fold(name)) and begins_a_name(above):
        return None, _in_full(f"{name} {above}")
    set_up = _nouns("set_up").match(fold(name)) is not None
    if coded and not set_up:
        return None
    if is_named_whole(name) or BOARD.search(name):
        unlisted = _of_an_unknown(name, above, resolve)
        return unlisted or (None if BOARD.search(name) else _torn_apart(name, head, resolve))
    known = next((body for body in find_bodies(Text.of(name)) if body.start == 0), None)
    if (known and known.unit_words) or not begins_a_name(name, misread=not healthy(text)):
        return None
    if above and _nouns("of_ministries").match(fold(name)) and _is_ministry(above):
        return None, f"{name}, {above}"
    over = _over(name, names[:-1], resolve) if set_up else ""
    return None, _in_full(f"{name} {over}".strip())


def _in_full(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in name.split())


def _is_ministry(name: str) -> bool:
    return name.startswith("BỘ ") and is_named_whole(name)


def _called_after(name: str, above: str, resolve: Callable[[BodyMention], Agency | None]) -> Known | None:
    """An office called after the body above: "UBND TỈNH ĐIỆN BIÊN / VĂN PHÒNG", "BỘ Y TẾ / THANH TRA BỘ"."""
    proper = {fold(noun): noun for kind in ("called_after", "of_councils") for noun in lexicon("letterheads")[kind]}
    noun = proper[fold(name)].removesuffix(" Bộ").removesuffix(" Sở")
    whole = Text.of(f"{noun} {above}")
    for body in find_bodies(whole)[:1]:
        if body.start == 0 and fold(body.body.label).startswith(fold(noun)):
            found = resolve(body)
            unit = body.unit_words and body.unit_words.title()
            return found, found.label if found else replace(body, unit_words=unit).label
    over = next((body for body in find_bodies(Text.of(above)) if body.start == 0), None)
    served = resolve(over) if over else None
    label = served.label if served and over and over.end == len(above) else above
    return None, f"{noun} {label}"


def _of_an_unknown(name: str, above: str, resolve: Callable[[BodyMention], Agency | None]) -> Known | None:
    """A body of a known kind whose unit no table tells: a school's council, or a central department under its ministry.

    "CỤC THUẾ" under "BỘ TÀI CHÍNH" is that of the whole country, as "CỤC THUẾ TỈNH X" under "TỔNG CỤC THUẾ" is not.
    """
    body = next((body for body in find_bodies(Text.of(name)) if body.start == 0), None)
    if not above or body is None or body.kind or body.unit_words or body.body.pattern is None:
        return None
    if _nouns("of_ministries").match(fold(name)) and _is_ministry(above):
        return None, f"{name}, {above}"
    if _nouns("set_up").match(fold(name)) and begins_a_name(above) and not is_named_whole(above):
        return None, _in_full(f"{name} {above}")
    over = next((over for over in find_bodies(Text.of(above)) if over.start == 0), None)
    if over and over.kind and over.unit_words and body.end == len(name) and resolve(body) is None:
        return None, replace(body, kind=over.kind, unit_words=over.unit_words.title()).label  # six communes Tân An
    return None


def _torn_apart(name: str, head: list[BodyMention], resolve: Callable[[BodyMention], Agency | None]) -> Known | None:
    """A body we know whose lines the other column parts: "BAN CHỈ ĐẠO CẢI CÁCH     Huế, ngày … / HÀNH CHÍNH"."""
    body = next(iter(find_bodies(Text.of(name))), None)
    if body is None or any(other.body == body.body for other in head):
        return None
    found = resolve(body)
    return (found, found.label) if found else None


def region_printed(text: Text, header_end: int) -> str | None:
    """An office of a region, its name on one line or two: "TÒA ÁN NHÂN DÂN / KHU VỰC 4 - GIA LAI"."""
    head = text.folded[max(0, header_end - _HEAD) : header_end]
    if "khu vuc" not in head and "thue" not in head:
        return of_a_region(text, header_end)
    names = Text.of("\n".join(printed_names(text, header_end)))
    return of_a_region(names, len(names.raw)) or of_a_region(text, header_end)


def _over(name: str, above: list[str], resolve: Callable[[BodyMention], Agency | None]) -> str:
    """Whose a committee is, in capitals: "TỈNH ỦY LẠNG SƠN", "TỈNH PHÚ THỌ" under its People's Committee."""
    kind = _UNIT.search(name)
    if kind and kind.end() < len(name):
        return ""
    for words in reversed(above):
        body = next((body for body in find_bodies(Text.of(words)) if body.start == 0), None)
        found = resolve(body) if body else None
        if body is None or found is None:
            own = begins_a_name(words) and not kind and not _nouns("set_up").match(fold(words))
            return words if own else ""
        if found.unit is None or found.of.counterpart_of == "dang-uy" or found.body == "dang-uy":
            return "" if kind else found.label.upper()
        if found.body in ("ubnd", "hdnd", "hdnd-ubnd"):
            return (found.unit.name if kind else found.unit.full_name).upper()
        return "" if kind else found.label.upper()
    return ""


_OF_PROVINCE = re.compile(r"\b(?:TỈNH|TỈNH ỦY)\b")
_OF_COMMUNE = re.compile(r"\b(?:XÃ(?! HỘI)|PHƯỜNG|ĐẶC KHU)\b")


def is_of_two_levels(text: Text, header_end: int) -> bool:
    """Whether a commune's body stands right under its province's, as only since the districts ended."""
    *_, above, name = ["", "", *printed_names(text, header_end)]
    return bool(_OF_PROVINCE.search(above) and _OF_COMMUNE.search(name) and not _OF_COMMUNE.search(above))


def head_unit(text: Text, header_end: int, place: str | None, on: str | None) -> Unit | None:
    """The unit that a head names, the lowest first, though no list has the body that stands in its last line."""
    mentions = head_mentions(text, header_end)[::-1]
    named = (_UNIT.search(name) for name in printed_names(text, header_end)[-1:])
    of_last = [mention for at in named if at for mention in find_bodies(Text.of(f"UBND {at.string[at.start() :]}"))]
    for mention in (*of_last, *mentions):
        found = resolve_mention(mention, Context(on=on)) if mention.unit_words else None
        if found and found.unit and not (on and found.unit.valid_from > max(on, FIRST_DAY)):
            return found.unit
    for mention in mentions if place else ():  # "TỈNH ỦY LẠNG SƠN", "SỞ Y TẾ LÀO CAI" in capitals
        kind = mention.kind or mention.body.unit_kind
        for wanted in (kind,) if kind else ("tỉnh", "thành phố") if mention.body.levels == ("tinh",) else ():
            there = own_unit(text, place, on, wanted)
            if (
                len({unit.code for unit in there}) == 1
                and there[0].kind == wanted
                and there[0].level in mention.body.levels
            ):
                return there[0]
    return None
