"""Whose document is cited: the body printed beside it, told by its place in the document's own unit, or by its code."""

import re
from functools import cache

from loaders.authorities.agencies import (
    Agency,
    BodyMention,
    Context,
    agency,
    by_suffix,
    find_bodies,
    resolve,
    resolve_mention,
)
from loaders.authorities.body_kinds import bodies as bodies_known
from loaders.authorities.former import is_before
from loaders.authorities.units import Unit
from loaders.citations.beside import is_coded_otherwise
from loaders.citations.mentions import HEADS, Mention, Place, bodies_in, head_name, term_after
from loaders.header import Header
from loaders.text import Text, fold

_HEAD = 800  # characters a head may have
JOINT = ("thong-tu-lien-tich", "nghi-quyet-lien-tich", "van-ban-lien-tich")
_TOGETHER = ("CTrPH-", "CTPH-", "KHPH-", "QCPH-", "KHLT-", "HDLT-", "HDLN-")


def is_joint(kind: str | None, suffix: str | None) -> bool:
    """Whether several bodies issue a document together: "Chương trình phối hợp số 01/CTrPH-UBND-LĐLĐ"."""
    return kind in JOINT or (suffix or "").startswith(_TOGETHER)


_ISSUED_IN = re.compile(r"\b(?:tai|co|trinh)\b")
LEFT_SUBJECT = re.compile(r"(?:\bco|\bban hanh|\btrinh)\s+(?:cac\s+|ban\s+)?$")


def _joint_by_code(text: Text, mention: Mention) -> tuple[str, Agency] | None:
    """The bodies of a joint document that prints none in full ("của liên Bộ: Tài chính, Nội vụ"), from its codes."""
    if mention.issuer and fold(text.raw[slice(*mention.issuer)])[:4] != "lien":
        return None
    found = [by_suffix(code, Context()) for code in (mention.suffix or "").split("-")[1:]]
    known = [agency for agency in found if agency]
    return (_joined([a.label for a in known]), known[0]) if len(known) == len(found) > 1 else None


def _joined(labels: list[str]) -> str:
    """
    >>> _joined(["Bộ Công an", "Bộ Nội vụ", "Bộ Tài chính"])
    'Bộ Công an, Bộ Nội vụ và Bộ Tài chính'
    """
    return " và ".join([", ".join(labels[:-1]), labels[-1]])


# whose label is told with the term of office
_BY_TERM = ("ban-chap-hanh-trung-uong",)
_UNIT_KINDS = {"tinh", "huyen", "thi xa", "thanh pho", "quan", "xa", "phuong", "dac khu"}
_COMMITTEES = ("tinh-uy", "thanh-uy", "huyen-uy", "thi-uy", "quan-uy", "dang-uy")


@cache
def _run_together() -> dict[str, str]:
    """The names of bodies by their letters alone."""
    return {fold(label).replace(" ", ""): slug for slug, body in bodies_known().items() for label in body.labels}


def _central(words: str) -> Agency | None:
    """The central body of that name, however its words are set apart."""
    slug = _run_together().get(fold(words).replace(" ", ""))
    return agency(slug) if slug and bodies_known()[slug].pattern is None else None


def _misprinted(words: str, context: Context) -> Agency | None:
    """The body whose name lost a mark or a blank: "Chinh phủ", "BộNội vụ", "ƯBND tỉnh"."""
    if central := _central(words):
        return central
    first, _, rest = words.partition(" ")
    return resolve(f"{fold(first).upper()} {rest}", context) if first.isupper() and not first.isascii() else None


def _coded_at(mention: Mention, unit: Unit) -> Agency | None:
    """The body of a unit whose code ends the number: "12/KH-UBND … của tỉnh", "05-NQ/TU … của tỉnh"."""
    if mention.suffix and "/" in mention.suffix:
        return next((found for body in _COMMITTEES if (found := agency(body, unit))), None)
    code = fold(mention.issuer_code or "ubnd")
    return agency(code, unit) if code in ("ubnd", "hdnd") else None


# "của Hiệu trưởng", "của Nhà trường", "của Đảng ủy Trường" in the papers of a school: it is the school of the head
_HOUSE = re.compile(
    r"(?:hoi dong \w+(?: \w+)? )?(?P<house>(?:truong|benh vien|hoc vien|(?:tong )?cong ty|tap doan)\b.*)"
)
_ITSELF = frozenset({"nha truong", "truong", "benh vien", "hoc vien", "cong ty", "tong cong ty", "tap doan"})
_ITS_HEAD = frozenset({"hieu truong", "giam doc", "tong giam doc", "hoi dong truong", "hoi dong thanh vien"})
_ITS_NOUN = re.compile(r"\s+(?:nha truong|truong|benh vien|hoc vien|tong cong ty|cong ty|tap doan)\b")


def _of_the_house(text: Text, place: Place, header: Header) -> str | None:
    """The school, hospital or company of the document's own head, or who leads it; none where words say more."""
    printed = header.issuer_label or ""
    head = _HOUSE.fullmatch(fold(printed)) if header.issuer is None else None
    if head is None:
        return None
    house, words = printed[head.start("house") :], " ".join(text.raw[slice(*place)].split())
    if fold(words) in _ITSELF:
        return house
    if fold(words) in _ITS_HEAD or (fold(words) == "dang uy" and _ITS_NOUN.match(text.folded, place[1])):
        return f"{words} {house}"
    return None


def _day(mention: Mention, header: Header, own: Unit | None) -> str | None:
    """The day as of which "tỉnh" is read: the cited paper's, where the document's own commune is younger than that."""
    cited = mention.date.date if mention.date else None
    return cited if is_before(own, cited) else header.date


def issuer_of(text: Text, mention: Mention, header: Header, own: Unit | None) -> tuple[str | None, Agency | None]:
    """The body's label and who that is, as of the cited document's day; a central body also from its code alone."""
    today = _day(mention, header, own)
    together = is_joint(mention.type, mention.suffix)
    if mention.type in JOINT and (joint := _joint_by_code(text, mention)):
        return joint
    if mention.issuer is None:
        return _unprinted(text, mention, Context(own=own, on=today or header.not_before))
    start, end = mention.issuer
    words = " ".join(text.raw[start:end].split())
    if house := _of_the_house(text, (start, end), header):
        return house, None
    bodies = bodies_in(text, start, end)
    if not bodies and (agency := _misprinted(words, Context(own=own, on=today))):
        return agency.label, agency
    if bodies and (agency := _of_the_government(mention, bodies[0])):
        return agency.label, agency
    unknown = not bodies or bodies[-1].end < end
    otherwise = bodies and is_coded_otherwise(mention.issuer_code, bodies[0].body, kin=True)
    if (unknown or otherwise) and end <= mention.start:
        if agency := _of_code(mention, Context(own=own, on=today)):
            return agency.label, agency  # "kết luận của Bộ trưởng Nguyễn Văn A tại Thông báo số 12/TB-BNV"
        if otherwise and not _ISSUED_IN.search(text.folded, end, mention.start):
            return None, None  # "Nhiệm vụ của Sở Nội vụ theo Quyết định số 12/2022/QĐ-UBND"
    if not bodies and fold(words) in _UNIT_KINDS:  # "của tỉnh": whose code the number ends in
        committee = resolve(words, Context(own=own, on=today))
        agency = _coded_at(mention, committee.unit) if committee and committee.unit else None
        return (agency.label, agency) if agency else (words, None)
    if len(bodies) == 2 and bodies[0].body.slug == "dang-uy" and bodies[0].start == start:
        agency = resolve_mention(bodies[1], Context(own=own, on=today))
        return f"{bodies[0].body.label} {agency.label if agency else bodies[1].label}", None
    if not bodies or bodies[0].start != start:
        # "Thông tư số 12/2019/TT-BNV … của Bộ trưởng Bộ Nội vụ": the head's documents stand in the body's register
        head = HEADS.fullmatch(text.folded, start, bodies[0].start) if bodies else None
        agency = resolve_mention(bodies[0], Context(own=own, on=today)) if head else None
        if head and agency:
            return f"{head_name(head[0])} {agency.label}", agency
        if bodies and bodies[-1].end == end and not head:
            return _organ_of(text, (start, bodies[-1].start), bodies[-1], Context(own=own, on=today)) or words, None
        return words, agency
    if bodies[-1].end < end and not together:
        return words, None  # a name that goes on beyond the body we know is another's
    if len(bodies) > 1 and together:
        found = [resolve_mention(body, Context(own=own, on=today)) for body in bodies]
        return _joined([a.label if a else body.label for a, body in zip(found, bodies, strict=True)]), found[0]
    if agency := _of_its_day(mention, bodies[0], header, own):
        term = term_after(text, end) if agency.body in _BY_TERM else None
        return f"{agency.label} khóa {term}" if term else agency.label, agency
    return " ".join(bodies[0].label.split()) if bodies[0].misread or bodies[0].kind else words, None


def _of_its_day(mention: Mention, body: BodyMention, header: Header, own: Unit | None) -> Agency | None:
    """The body as of the cited paper's day, else of the document's; of a day before the own commune, only of then."""
    cited = mention.date.date if mention.date else None
    relative = body.unit_words is None and is_before(own, cited)
    days = dict.fromkeys((cited,) if relative else (cited, header.date, header.not_before, None))
    return next((found for day in days if (found := resolve_mention(body, Context(own=own, on=day)))), None)


def _unprinted(text: Text, mention: Mention, context: Context) -> tuple[str | None, Agency | None]:
    """Whose a paper is beside which no body stands: told by the lawgiver of its kind, or by its code."""
    if mention.issuer_words is not None:
        agency = _central(mention.issuer_words) or resolve(mention.issuer_words, Context(own=context.own))
        return mention.issuer_words, agency
    if LEFT_SUBJECT.search(text.folded, max(0, mention.start - 30), mention.start):
        return None, None  # "Tổ công tác … có văn bản số 3681/BC-TCT": its code is no tax office's
    agency = _of_code(mention, context)
    return (agency.label, agency) if agency else (None, None)


def _of_the_government(mention: Mention, body: BodyMention) -> Agency | None:
    """The Government or its head where the code says so and a body of less than it is printed: "QĐ-TTg … của TTCP"."""
    if mention.repaired or fold(mention.issuer_code or "") not in ("ttg", "cp"):
        return None
    if body.body.slug in ("chinh-phu", "thu-tuong"):
        return None
    return _of_code(mention, Context())


def _organ_of(text: Text, place: Place, body: BodyMention, context: Context) -> str | None:
    """An organ that is named with its body: "Ban Pháp chế Hội đồng nhân dân tỉnh" is of the document's own province."""
    agency = resolve_mention(body, context)
    organ = " ".join(text.raw[slice(*place)].split())
    return f"{organ} {agency.label}" if agency and agency.unit and organ else None


def own_unit(text: Text, header: Header) -> Unit | None:
    """The unit of the document's issuer, or of the body above it in its head ("UBND HUYỆN X / TRƯỜNG THCS Y")."""
    if header.issuer or header.unit:
        return header.issuer.unit if header.issuer else header.unit
    stop = header.title_span[0] if header.title_span else header.body_start
    above = (resolve_mention(body, Context(on=header.date)) for body in find_bodies(text, 0, min(stop, _HEAD)))
    return next((agency.unit for agency in above if agency and agency.unit), None)


def _of_code(mention: Mention, context: Context) -> Agency | None:
    """The body that a number's code alone tells: a central one, or an office of the document's own unit ("TTr-PNV").

    A committee or council is not guessed: "12/KH-UBND" exists in every commune.
    """
    agency = by_suffix(mention.suffix or "", context)
    if agency is None or fold(mention.issuer_code or "") == "tw":  # several bodies of the Party's centre write under TW
        return None
    return agency if (agency.unit is None or agency.body.startswith(("so-", "phong-"))) else None
