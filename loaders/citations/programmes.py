"""Documents known by a name or a bare number: congress resolutions, programmes, projects, the Party's charter."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.citations.capitals import beginning, capitals
from loaders.citations.document_types import labels
from loaders.citations.mentions import Mention, issuer_at
from loaders.citations.named import YEAR, date_after
from loaders.citations.national import find_national
from loaders.text import Text
from loaders.vocabulary import scheme

_CONGRESS = re.compile(
    r"(?:nghi\s+quyet|nq)\s+(?:cua\s+)?(?:dai\s+hoi|hoi\s+nghi|trung\s+uong)\b"
    r"(?P<rest>(?:[^;.:\n]|\n(?![ \t]*\n)){0,140}?"
    r"(?:lan\s+thu\s+(?:[ivxlc\d]+(?![a-z])|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?:\s+[a-z]+)?)|"
    r"(?:thu\s+)?(?<![a-z])[ivxlc]{1,6}(?![a-z])|\bkhoa\s+[ivxlc\d]+|\bnhiem\s+ky\s+\d{4}\s*-\s*\d{4}|\s\d{1,2}(?=\s)))"
    r"(?P<tail>(?:\s+(?:cua\s+)?"
    r"(?:dang\s+bo\s+[a-z]+|dang\s+cong\s+san\s+viet\s+nam|dang|ban\s+chap\s+hanh\s+trung\s+uong(?:\s+dang)?)(?![a-z]))?"
    r"(?:\s*[,(]?\s*(?:khoa\s+[ivxlc\d]+\)?|nhiem\s+ky\s+\d{4}\s*-\s*\d{4}))*)"
)
_ANY = re.compile(r"^\s+(?:nhiem|dang\s+(?:bo\s+)?cac\s+cap)")  # "Đại hội Đảng các cấp nhiệm kỳ 2025 - 2030" are many
_PROGRAMME = re.compile(
    r"chuong\s+trinh\s+tong\s+the\s+(?:cai\s+cach\s+hanh\s+chinh|cchc)(?:\s+nha\s+nuoc)?"
    r"(?:\s+giai\s+doan\s+\d{4}\s*-\s*\d{4})?(?P<of>\s+cua\s+chinh\s+phu)?(?:\s+giai\s+doan\s+\d{4}\s*-\s*\d{4})?"
)
_PROJECT = re.compile(
    r"(?!du\s)[dp][a-z€&]{1,2}\s+[a4][nm]\s+(?:so\s+)?(?P<number>\d{2,3})(?:/cp)?(?![\d%]|\s*[/.,-]\s*\d|\s*/)"
)
_QUOTED = re.compile(
    r"(?P<type>de\s+an|chuong\s+trinh|ke\s+hoach)\s*:?\s*[\"“][^\"“”;]{10,300}[\"”]"
    r"(?:\s*\([^()]{0,60}\))?(?=\s+(?:cua|do)\s)"
)
_KIND = re.compile(
    r"(?P<type>nghi quyet|chi thi|ket luan|quyet dinh|nghi dinh|thong tu|cong dien|ke hoach|chuong trinh|"
    r"cong van|thong bao|to trinh|bao cao|huong dan|quy dinh)\s+".replace(" ", r"\s+")
)
_BARE = re.compile(r"(?P<so>so\s*:?\s*)?(?P<number>\d{1,5}[a-e]?)(?![\w%]|\s*[/-]|[.,]\d)")
_BY_DATE = re.compile(r"ngay\s+\d")
_KIND_LETTERS = ("ng", "ch", "ke", "qu", "th", "co", "to", "ba", "hu")
_AFTER_NUMBER = re.compile(r"\s*,?\s*(?:ngay\s|cua\s|nam\s+\d{4}|khoa\s|ve\s|do\s)")


def find_named(text: Text, start: int, end: int) -> Iterator[Mention]:
    """Documents referred to by a name or a bare number that people know them by.

    >>> [m.name for m in find_named(Text.of("Nghị quyết Đại hội XIII của Đảng, Đề án 06"), 0, 42)]
    ['Nghị quyết Đại hội XIII của Đảng', 'Đề án 06']
    """
    folded = text.folded
    for place in _within(capitals(text, "ng", "nq"), start, end):
        match = _CONGRESS.match(folded, place, end)
        if match and not _ANY.search(match["rest"]):
            yield _named(text, place, match.end(), "nghi-quyet")
    for match in _PROGRAMME.finditer(folded, start, end):
        issuer = "Chính phủ" if match["of"] else None
        yield replace(_named(text, match.start(), match.end(), "chuong-trinh"), issuer_words=issuer)
    for place in _within(beginning(text, "dp"), start, end):
        if match := _PROJECT.match(folded, place, end):
            mention = _with_issuer(text, _named(text, place, match.end(), "de-an"), end)
            yield replace(mention, name=f"Đề án {match['number']}", confidence=0.8 if text.garbled else 1.0)
        elif match := _CHARTER.match(folded, place, end):
            yield from _charter(text, match)
    for place in _within(capitals(text, "de", "ch", "ke"), start, end):
        if match := _QUOTED.match(folded, place, end):
            yield _with_issuer(text, _named(text, place, match.end(), _slug(match["type"])), end)
    yield from find_national(text, start, end)
    yield from _bare(text, start, end)


def _within(places: list[int], start: int, end: int) -> list[int]:
    return [place for place in places if start <= place < end]


_CHARTER = re.compile(r"dieu\s+le\s+dang(?:\s+cong\s+san\s+viet\s+nam)?(?![a-z])")


# "Cương lĩnh chính trị, Điều lệ Đảng, nghị quyết, chỉ thị của Đảng" names all that the Party has laid down
_IN_A_ROW = re.compile(r"cuong linh[a-z\s,]*$|,\s*$")


def _charter(text: Text, match: re.Match[str]) -> Iterator[Mention]:
    """The Party's own charter, its highest document, which has neither number nor day."""
    if not _IN_A_ROW.search(text.folded, max(0, match.start() - 30), match.start()):
        yield replace(_named(text, match.start(), match.end(), "khac"), name="Điều lệ Đảng")


def _bare(text: Text, start: int, end: int) -> Iterator[Mention]:
    for place in _within(capitals(text, *_KIND_LETTERS), start, end):
        kind = _KIND.match(text.folded, place, end)
        if kind is None:
            continue
        match = _BARE.match(text.folded, kind.end(), end)
        if row := _ROW.match(text.folded, kind.end(), end):
            yield from _of_a_row(text, place, _slug(kind["type"]), row, end)
        elif match and _AFTER_NUMBER.match(text.folded, match.end(), end):
            mention = _with_context(text, _named(text, place, match.end(), _slug(kind["type"])), end)
            if whole := _of_the_centre(text, mention, match["number"]):
                yield whole
            elif match["so"] and mention.date:
                yield replace(mention, number=match["number"], printed=match["number"], name=None, confidence=0.9)
            elif match["so"] or mention.date or mention.issuer:
                yield mention
        elif _BY_DATE.match(text.folded, kind.end(), end):
            stop = place + len(kind[0].rstrip())
            mention = _with_context(text, _named(text, place, stop, _slug(kind["type"])), end)
            if mention.date and mention.date.date and mention.issuer:
                yield mention


# "các Nghị quyết 57, 59 và 71 của Bộ Chính trị", "Nghị quyết 57, Nghị quyết 59 của Bộ Chính trị"
_MEMBER = r"(?:(?:nghi\s+quyet|chi\s+thi|ket\s+luan|quy\s+dinh)\s+)?(?:so\s+)?\d{1,3}"
_ROW = re.compile(
    rf"(?P<heads>(?:so\s*:?\s*)?\d{{1,3}}(?:(?:\s*,\s*|\s+va\s+){_MEMBER})+)(?=\s+cua\s+(?:bo\s+chinh|ban\s))"
)
_ONE = re.compile(_MEMBER)
_CENTRE = re.compile(
    r"(?:bo\s+chinh\s+tri|ban\s+bi\s+thu|ban\s+chap\s+hanh\s+trung\s+uong)(?!\s+(?:trung\s+uong\s+)?(?:doan|hoi|lien)|[a-z])"
)


def _of_the_centre(text: Text, mention: Mention, number: str) -> Mention | None:
    """A bare number made whole where it can have one code only: "Nghị quyết 57 của Bộ Chính trị" is 57-NQ/TW."""
    if mention.issuer is None or not _CENTRE.match(text.folded, mention.issuer[0], mention.issuer[1]):
        return None
    codes = scheme("document-type")[mention.type or ""].codes
    code = "QĐ" if mention.type == "quy-dinh" else codes[0]
    suffix = f"{code}/TW"
    return replace(
        mention,
        number=f"{number}-{suffix}",
        printed=number,
        suffix=suffix,
        issuer_code="TW",
        name=None,
        confidence=0.9,
    )


def _of_a_row(text: Text, place: int, kind: str, row: re.Match[str], end: int) -> Iterator[Mention]:
    issued = _with_issuer(text, _named(text, place, row.end(), kind), end)
    for match in _ONE.finditer(text.folded, *row.span("heads")):
        mention = replace(
            issued,
            start=place if match.start() == row.start("heads") else match.start(),
            end=issued.end if match.end() == row.end() else match.end(),
        )
        if whole := _of_the_centre(text, mention, match[0].split()[-1]):
            yield whole


def _slug(label: str) -> str:
    return labels()[" ".join(label.split())]


def _named(text: Text, start: int, end: int, kind: str) -> Mention:
    end = start + len(text.raw[start:end].rstrip(" ,("))
    return Mention(start=start, end=end, type=kind, name=" ".join(text.raw[start:end].split()))


def _with_issuer(text: Text, mention: Mention, stop: int) -> Mention:
    issuer = issuer_at(text, mention.end + (text.raw[mention.end : mention.end + 1] == ")"), stop)
    return replace(mention, end=issuer[1], issuer=issuer) if issuer else mention


def _with_context(text: Text, mention: Mention, stop: int) -> Mention:
    date = date_after(text, mention.end, stop)
    year = None if date else YEAR.match(text.folded, mention.end, stop)
    if date:
        mention = replace(mention, end=date.end, date=date, year=date.year)
    elif year and (issued := _with_issuer(text, replace(mention, end=year.end(), year=int(year[1])), stop)).issuer:
        return issued
    return _with_issuer(text, mention, stop)
