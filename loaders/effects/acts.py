"""The verbs by which documents act on documents, and whose act one is: the document's own, or another's it tells of."""

import re
from dataclasses import dataclass

from loaders.citations.document_types import labels
from loaders.effects.when import OWN
from loaders.text import Text

ENDS, REPEALS, REPLACES, AMENDS, SUSPENDS = "ends", "repeals", "replaces", "amends", "suspends"
_TYPES = "|".join(name.replace(" ", r"\s+") for name in sorted(labels(), key=len, reverse=True))
_S = r"\s+"
LUC = r"h[il1]e?[a-z&¢]?u?\s+l[uvwy][a-z]?[ce]"  # "hiệu lực", and "hiéu lyc", "hiéu lwc" of a poor scan
_THAY_THE = r"thay\s+th[e&é]"
_BAI_BO, _HUY_BO = r"b[a4]i\s+b[o06]", r"h[uv]y\s+b[o06]"
_WHAT = r"(?:cho|cum|tu|cac|mot)\b"
_SUA_DOI = r"s[uvw][ae]\s+d[o06][il1]"
_ONE = rf"(?:{_SUA_DOI}|dieu\s+chinh|bo\s+sung|{_THAY_THE}|(?:{_BAI_BO}|{_HUY_BO}))"
_CUM_TU = r"(?:cum\s+tu|tu\s+ngu|tu\s+[“\"])"
# what any of them begins with: by first letters a sentence is quickly passed over
_BEGINS = re.compile(
    r"thay|thoi|thu\s|tam|b[a4]i|bo\s|h[uv]y|het|s[uvw][ae]|ngung|d(?:ung|inh|ieu)\s|c(?:hua|ham)\s|khong\s|mat\s"
)
_VERB = re.compile(
    rf"\b(?:(?P<phrase>(?:{_THAY_THE}|thay|bai\s+bo|bo|sua(?:\s+doi)?)(?=\s+(?:cac\s+)?(?:mot\s+so\s+)?{_CUM_TU}))|"
    rf"(?P<suspends>(?:tam\s+)?(?:thoi\s+)?(?:ngung|ngừng|dung|dinh\s+chi)\s+(?:(?:mot\s+phan\s+)?{LUC}(?:\s+(?:thi\s+hanh|ap\s+dung))?|"
    rf"(?:viec\s+)?(?:thi\s+hanh|thuc\s+hien|ap\s+dung))|tam\s+thoi\s+(?:chua|khong)\s+(?:ap\s+dung|thi\s+hanh)|chua\s+ap\s+dung)|"
    rf"(?P<ends>(?:het|cham\s+dut|khong\s+con|mat)\s+(?:(?:mot|tung)\s+phan\s+)?{LUC}(?:\s+thi\s+hanh)?)|"
    rf"(?P<many>{_ONE}(?:\s*(?:,|va|hoac|;)?\s*(?:mot\s+so\s+)?{_ONE})+)|"
    rf"(?P<replaces>{_THAY_THE}(?:\s+cho)?|thay\s+cho)|"
    rf"(?P<repeals>(?:{_BAI_BO}|{_HUY_BO})|thu\s+hoi(?=\s+(?:va\s+huy\s+bo\s+)?(?:{_TYPES})\s+so))|"
    rf"(?P<amends>{_SUA_DOI}|dieu\s+chinh|bo\s+sung|dinh\s+chinh))(?![a-z0-9])"
)
# run over the whole text: by first letters, which are quick to pass over
MAYBE = re.compile(
    rf"h(?:{LUC[1:]}|{_HUY_BO[1:]})|t(?:{_THAY_THE[1:]}|hay\s+{_WHAT}|hu\s+hoi|am\s+(?:ngung|dung)|"
    rf"hi\s+hanh\s+(?:ke\s+)?tu)|b(?:{_BAI_BO[1:]}|o\s+(?:sung|{_WHAT}))|{_SUA_DOI}|"
    r"d(?:i(?:nh|eu)\s+chinh|inh\s+chi)|chua\s+ap\s+dung|gia\s+tri\s+thi\s+hanh"
)
FORCE = re.compile(
    rf"\b(?:co\s+{LUC}|c[o06]\s+hi[eé&]u\s+l[a-z]{{1,3}}[ce])(?:\s+(?:thi\s+hanh|ap\s+dung|thuc\s+hien|phap\s+luat))?(?![a-z])|"
    r"\bco\s+gia\s+tri(?:\s+(?:thi\s+hanh|phap\s+ly|thuc\s+hien))?(?=\s+(?:ke\s+)?tu\s)|"
    r"\b(?:duoc\s+)?(?:thi\s+hanh|ap\s+dung)(?=\s+(?:ke\s+tu|tu)\s+ngay\s+(?:ky|ban\s+hanh))"
)
# of whom something is asked or expected, who has done it, or what is only spoken of
_ASKED = re.compile(
    r"\b(?:de\s+nghi|kien\s+nghi|tham\s+muu|trinh|ra\s+soat|xem\s+xet|de\s+xuat|yeu\s+cau|trach\s+nhiem|nghien\s+cuu|"
    r"du\s+kien|du\s+thao|tham\s+quyen|cong\s+tac|truong\s+hop|neu|giao\s+(?:cho\s+)?(?:so|cac|ubnd|uy\s+ban|phong|van\s+phong|bo)|"
    r"chi\s+dao|xay\s+dung|phoi\s+hop|bao\s+cao|can\s+(?:phai\s+)?(?:sua|thay|bai|huy)|kip\s+thoi|thong\s+ke|tap\s+hop|"
    r"hop\s+dong|giay\s+(?:phep|chung\s+nhan)|chung\s+chi|nhan\s+su|thanh\s+vien|can\s+bo|quyet\s+toan)\b"
)
_NOT_ACTING = re.compile(
    r"\b(?:duoc|bi|da|viec|khi|phai|can|se|nham|ma|do|chua|khong|neu|ngay|hoac|quyen|cong\s+bo|de|sau|truoc|nhu)\s+$"
)
_COORDINATE = re.compile(r"(?:[,;]|\b(?:va|dong\s+thoi|cung\s+nhu))[\s*_]*(?:(?:va|dong\s+thoi|nay|cung)\s+)*$|\)\s*$")
_OPENING = (
    r"(?:hieu luc(?: thi hanh)?(?: va [a-z ]{3,30})?[:.]|quy dinh chuyen tiep[:.]|dieu khoan thi hanh[:.]|nay|"
    r"dong thoi|va|"
    r"quyet dinh|quyet nghi|thong nhat|cong bo|thong qua|ban hanh|cho phep|thuc hien(?= (?:bai|huy|thay|ngung|tam))|"
    r"thong bao|chap thuan|ve (?:viec )?|v/v |viec (?=ngung|tam))"
)
_DAY = r"(?:ke )?tu (?:ngay|thoi diem|khi)\b[^;]{2,140}?[,:]"
_IMPERATIVE = re.compile(
    rf"[\s\W\d]*(?:[a-z]\)|[ivx]{{1,4}}\.)?[\s\W\d]*(?:(?:{_OPENING}|{_DAY})[\s\W]*)*".replace(" ", r"\s+")
)
_LISTED = re.compile(
    rf"[\s\W\d]*(?:{_DAY}\s*)?(?:toan bo |tat ca )?(?:"
    r"(?:cac |nhung )?(?:quy dinh|noi dung|dieu, khoan|dieu khoan)[^:;]{0,240}|"
    rf"(?:cac|nhung) (?:{_TYPES})[^:;]{{0,160}}?)\s*(?:(?:da |duoc |bi |deu )*)".replace(" ", r"\s+")
)
_OF_WHAT = re.compile(
    r"\b(?:cac\s+|nhung\s+)?(?:noi\s+dung|quy\s+dinh)\s+(?:quy\s+dinh\s+)?(?:ve|lien\s+quan)\b.{2,200}?"
    r"(?=\s+(?:quy\s+dinh\s+)?(?:tai|trong)\b)",
    re.DOTALL,
)
_NOT_SUBJECT = re.compile(
    r"\b(?:ngay|khi|voi|truoc|sau|den|diem|boi|bang|luc|(?<!kem\s)theo)\s+(?:toan\s+van\s+|ngay\s+)?$"
)


@dataclass(frozen=True)
class Verb:
    """A verb at a place; `phrase` where it exchanges words only ("thay thế cụm từ")."""

    start: int
    end: int
    kind: str
    phrase: bool = False


def find_verbs(text: Text, start: int, end: int) -> list[Verb]:
    """
    >>> [verb.kind for verb in find_verbs(Text.of("sửa đổi, bổ sung, bãi bỏ một số điều; thay thế Điều 5"), 0, 54)]
    ['amends', 'replaces']
    """
    found: list[Verb] = []
    for begun in _BEGINS.finditer(text.folded, start, end):
        if not found or begun.start() >= found[-1].end:
            match = _VERB.match(text.folded, begun.start(), end)
            found += [_verb(match)] if match else []
    return found


def _verb(match: re.Match[str]) -> Verb:
    if match["phrase"]:
        return Verb(match.start(), match.end(), AMENDS, phrase=True)
    if match["many"]:
        said = match["many"]
        changed = re.search(rf"{_SUA_DOI}|dieu\s+chinh|bo\s+sung", said)
        kind = AMENDS if changed else REPLACES if re.search(_THAY_THE, said) else REPEALS
        return Verb(match.start(), match.end(), kind)
    kind = next(k for k in (SUSPENDS, ENDS, REPLACES, REPEALS, AMENDS) if match[k])
    return Verb(match.start(), match.end(), kind)


def is_asked(text: Text, start: int, end: int) -> bool:
    """Whether the words between two places ask something of others, or only speak of it."""
    return _ASKED.search(text.folded, start, end) is not None


def is_imperative(text: Text, start: int, end: int) -> bool:
    """Whether nothing but a mark, a heading or a day stands before a verb: "Điều 1. Bãi bỏ …", "Nay thay thế …"."""
    return _IMPERATIVE.fullmatch(text.folded, start, end) is not None


def opening_end(text: Text, start: int, end: int) -> int:
    """Where the words end that may stand before any act: a mark, a heading, a day, "Nay", "Công bố"."""
    found = _IMPERATIVE.match(text.folded, start, end)
    return found.end() if found else start


def announces(text: Text, start: int, end: int) -> bool:
    """Whether a verb is said of documents that are still to be named: "Các văn bản sau đây hết hiệu lực:"."""
    return _LISTED.fullmatch(text.folded, start, end) is not None


def announced_part(text: Text, start: int, verb: int) -> tuple[str, ...]:
    """What of the documents still to be named is meant: "Các nội dung quy định về mức thu tại các Nghị quyết sau"."""
    found = _OF_WHAT.search(text.folded, start, verb)
    return (" ".join(text.raw[found.start() : found.end()].split()),) if found else ()


def goes_on(text: Text, start: int, end: int) -> bool:
    """Whether a verb is joined to what was done before it."""
    return _COORDINATE.search(text.folded, max(start, end - 60), end) is not None


def does_not_act(text: Text, start: int, verb: int) -> bool:
    """Whether the word before a verb makes it no act: "được thay thế", "việc bãi bỏ", "đã hủy bỏ"."""
    return _NOT_ACTING.search(text.folded, max(start, verb - 16), verb) is not None


def is_own(named: re.Match[str], kind: str | None) -> bool:
    """Whether "Quy định này" is this document; an attached regulation or a draft says so of itself."""
    slug = labels()[" ".join(named["type"].split())]
    return not slug or kind is None or kind.startswith(slug) or slug.startswith(f"{kind}-")


def subjects(text: Text, start: int, end: int, kind: str | None) -> list[re.Match[str]]:
    """Where the document, which is of a kind, names itself as the one that acts."""
    return [
        own
        for own in OWN.finditer(text.folded, start, end)
        if is_own(own, kind) and not _NOT_SUBJECT.search(text.folded, max(start, own.start() - 24), own.start())
    ]
