"""Mentions among their neighbours: what a list shares, what stands in another's title, what each is to the document."""

import re
from dataclasses import replace

from loaders.citations.mentions import Mention
from loaders.citations.pinpoints import pinpoint_start
from loaders.citations.relations import (
    AMENDS,
    ATTACHED,
    CARRIES_OUT,
    LAST_WORDS,
    REFERENCE,
    REPEALS,
    REPLACES,
    Preamble,
    acts,
    body_relation,
    clause_relation,
    is_beside,
    is_nested,
    preamble_relation,
)
from loaders.text import Text, fold

CONSOLIDATED = "van-ban-hop-nhat"
# "Luật Thi đua, khen thưởng hợp nhất tại văn bản số 16/VBHN-VPQH", "… (văn bản hợp nhất số …"
_CONSOLIDATED = re.compile(r"[\s,(]*(?:(?:da\s+)?(?:duoc\s+)?hop\s+nhat\s+)?(?:(?:tai|theo|trong)\s+)?(?:cac\s+)?")
_CHANGES = (AMENDS, REPLACES, REPEALS)
_SHARES = re.compile(r"[\s,;*_]*(?:(?:va|cung|cac|so)\b[\s:]*)*")


def sharing(text: Text, mentions: list[Mention]) -> list[Mention]:
    """Mentions of one list with what they share: "các Nghị quyết số 12/NQ-CP ngày …, số 45/NQ-CP … của Chính phủ"."""
    shared = list(mentions)
    for i in range(1, len(shared)):
        before, own = shared[i - 1], shared[i]
        if own.headless and own.suffix == before.suffix and is_beside(text, before.end, own.start):
            shared[i] = replace(
                own, type=before.type, issuer=own.issuer or (before.issuer if before.end <= own.start else None)
            )
        elif own.issuer is None and _of_one_head(before, own) and is_beside(text, before.end, own.start):
            shared[i] = replace(own, issuer=before.issuer)
    for i in range(len(shared) - 2, -1, -1):
        own, after = shared[i], shared[i + 1]
        alike = own.issuer_code is not None and own.issuer_code == after.issuer_code
        if (
            alike
            and own.issuer is None
            and after.issuer
            and after.issuer[0] > after.start
            and _SHARES.fullmatch(text.folded, own.end, after.start)
        ):
            shared[i] = own = replace(own, issuer=after.issuer)
        if alike and _is_of_one_day(text, own, after) and after.date:
            shared[i] = replace(own, date=after.date, year=own.year or after.date.year)
    for i in range(1, len(shared)):
        if shared[i].issuer is None and _is_of_the_same(text, shared[i - 1], shared[i]):
            shared[i] = replace(shared[i], issuer=shared[i - 1].issuer)
    return shared


_SUBMITTED = frozenset({"to-trinh", "de-an", "bao-cao"})  # what a body lays before another on one day
_PAIR = re.compile(r"[\s*_]+(?:va|cung)\s+")


def _is_of_one_day(text: Text, own: Mention, after: Mention) -> bool:
    """Whether a body laid two papers before another on the day printed after the second."""
    pair = _PAIR.fullmatch(text.folded, own.end, after.start)
    named_before = own.issuer is not None and own.issuer[1] <= own.start
    return pair is not None and named_before and own.date is None and {own.type, after.type} <= _SUBMITTED


_AND_THE = re.compile(r"(?:[^;.:\n]|\n(?!\s*(?:\n|[-+•*]|\d+[.)]))){5,250}\s(?:va|cung)\s+(?:cac\s+)?")


def _is_of_the_same(text: Text, before: Mention, own: Mention) -> bool:
    """Whether a body is left out because it is the one just named.

    "Quyết định số 31/QĐ-UBND … của Chủ tịch UBND tỉnh về thành lập Hội đồng và Quyết định số 47/QĐ-UBND ngày … về …".
    """
    if before.issuer is None or before.issuer[0] < before.start or own.title is None or own.date is None:
        return False
    alike = own.suffix is not None and (own.suffix, own.type) == (before.suffix, before.type)
    return alike and _AND_THE.fullmatch(text.folded, before.end, own.start) is not None


def _of_one_head(before: Mention, own: Mention) -> bool:
    """Whether the body of the one before stands in the head of a list that this one is in too."""
    headed = before.issuer is not None and before.issuer[1] <= before.start
    return headed and own.issuer_code is not None and own.issuer_code == before.issuer_code


def related(text: Text, mentions: list[Mention], preamble: Preamble) -> list[Mention]:
    told: list[Mention] = []
    for mention in mentions:
        before = max((m for m in told[-12:] if m.end <= mention.start), key=lambda m: m.end, default=None)
        outer = next((m for m in reversed(told[-12:]) if not m.nested), None)
        relation, nested = _relation(text, mention, before, preamble, younger=_is_younger(text, mention, outer))
        same = (relation, nested) == (mention.relation, mention.nested)
        told.append(mention if same else replace(mention, relation=relation, nested=nested))
    return [_title_cut(text, m, told, i) for i, m in enumerate(told)]


_IN_A_ROW = re.compile(r",\s+(?:cac\s+)?$")
_AMENDED_BY = re.compile(r"sua\s+doi|thay\s+the|hop\s+nhat|\(")


def _is_younger(text: Text, mention: Mention, outer: Mention | None) -> bool:
    """Whether a document of the list is later than the one in whose title it may stand: then it does not."""
    if outer is None or mention.date is None or outer.date is None:
        return False
    if not (mention.date.date and outer.date.date and mention.date.date > outer.date.date):
        return False
    in_a_row = _IN_A_ROW.search(text.folded, max(0, mention.start - 8), mention.start)
    return in_a_row is not None and not _AMENDED_BY.search(text.folded, outer.end, mention.start)


def _title_cut(text: Text, mention: Mention, mentions: list[Mention], index: int) -> Mention:
    """A title ends where the next citation of the same list begins."""
    if mention.title is None:
        return mention
    for other in mentions[index + 1 :]:
        if other.start >= mention.title[1]:
            break
        if other.start == mention.title[0]:
            return replace(mention, title=None)
        if not other.nested and other.start > mention.title[0] and is_beside(text, mention.title[0], other.start):
            words = text.raw[mention.title[0] : other.start].rstrip(" \n,;.*_")
            words = re.sub(r"[,;]?\s+(?:và|cùng|các)$", "", words)
            return replace(mention, title=(mention.title[0], mention.title[0] + len(words)))
    return mention


def _relation(
    text: Text, mention: Mention, before: Mention | None, preamble: Preamble, *, younger: bool
) -> tuple[str, bool]:
    """The relation of a mention, and whether it stands inside another's clause."""
    if mention.nested:
        return REFERENCE, True
    if _OWN_ANNEX.search(text.folded, max(0, mention.start - 32), mention.start):
        return ATTACHED, False
    floor = before.end if before else preamble.start
    start = max(floor, pinpoint_start(text, mention.start)) if mention.pinpoint else mention.start
    inside = before is not None and is_nested(text, before.end, start)
    beside = before is not None and is_beside(text, before.end, start)
    if (
        before
        and not before.nested
        and mention.type == CONSOLIDATED
        and _CONSOLIDATED.fullmatch(text.folded, before.end, start)
    ):
        return before.relation, False
    if mention.start < preamble.start:
        return (
            (REFERENCE, True)
            if inside and before and before.relation in _CHANGES
            else (_of_title(text, mention), False)
        )
    if preamble.covers(mention.start):
        return _in_preamble(text, mention, before, preamble, inside=inside, beside=beside, younger=younger)
    if preamble.states_grounds(mention.start):
        return (REFERENCE, True) if inside else ("căn cứ", False)
    if before is not None and beside and before.relation in _CHANGES:
        own = body_relation(text, mention.start, mention.end, before.end, mention.pinpoint is not None)
        return own if own in _CHANGES else before.relation, False
    if before is not None and before.relation in _CHANGES and _is_item(text, before) and _is_item(text, mention):
        return before.relation, False
    if inside:
        return REFERENCE, True
    return body_relation(text, mention.start, mention.end, floor, mention.pinpoint is not None), False


# what stands under an annex's heading, whatever the heading names: "(Kèm theo Kế hoạch số 5/KH-UBND ngày …)"
_OWN_ANNEX = re.compile(r"(?:^|\n)[ \t*_]*\(\s*(?:ban\s+hanh\s+)?kem\s+theo\s+$")
_ITEM_START = re.compile(r"(?:^|\n)[ \t*_]*(?:\d{1,3}(?:\.\d+)*\s?[.)]|[a-zđ]\)|[-+•–])\s*$")


def _is_item(text: Text, mention: Mention) -> bool:
    """Whether the document opens an item of a list ("1. Quyết định số …" under "Bãi bỏ các quyết định sau:")."""
    return _ITEM_START.search(text.raw, max(0, mention.start - 16), mention.start) is not None


def _in_preamble(
    text: Text,
    mention: Mention,
    before: Mention | None,
    preamble: Preamble,
    *,
    inside: bool,
    beside: bool,
    younger: bool,
) -> tuple[str, bool]:
    if before is not None and before.start >= preamble.start:
        opened = clause_relation(text, before.end, mention.start, fresh=True)
        if opened:
            return opened, False
        if before.title and before.title[0] <= mention.start < before.title[1] and not beside:
            return REFERENCE, True
        same_clause = not re.search(r";|\n[ \t]*\n", text.raw[before.end : mention.start])
        acting = any(acts(text, m.end(), mention.start) for m in _COMMA.finditer(text.raw, before.end, mention.start))
        if (inside and not acting) or (
            beside and before.nested and same_clause and not (younger or _is_its_own(text, mention, before))
        ):
            return REFERENCE, True
        if acting:
            return _by_last_words(text, mention, before.end), False
    governing = preamble_relation(text, preamble, mention.start)
    if governing is None and before and beside:
        governing = before.relation
    return governing or _by_last_words(text, mention, preamble.start), False


_AND = re.compile(r"[\s,*_]*va\s+(?:cac\s+)?")


def _is_its_own(text: Text, mention: Mention, before: Mention) -> bool:
    """Whether a document joined by *và* to one in a title is of the list without: it is of another kind.

    "Thực hiện Chỉ thị số 19/CT-TTg … theo Nghị quyết Đại hội … lần thứ XIII và Kế hoạch số 16/KH-HĐTĐKT"; but
    "… quy định chi tiết Luật Thi đua, khen thưởng và Nghị định số 98/2023/NĐ-CP" is one title.
    """
    joined = _AND.fullmatch(text.folded, before.end, mention.start)
    if mention.number is None or mention.date is None:
        return False
    if _is_local(mention) and not _is_local(before) and _JOINED.fullmatch(text.folded, before.end, mention.start):
        return True  # a decree's or a resolution's title names no plan of a province
    alike = mention.suffix == before.suffix or mention.type == before.type or before.type in ("luat", "nghi-dinh")
    return joined is not None and not alike


_JOINED = re.compile(r"[\s,*_]*(?:va\s+)?(?:cac\s+)?")
_LOCAL = re.compile(r"ubnd|hdnd|ub|tu|hu|du|s[a-z&]{1,8}|p[a-z&]{1,8}")


def _is_local(mention: Mention) -> bool:
    """Whether the number is of a body of a province, a district or a commune."""
    return _LOCAL.fullmatch(fold(mention.issuer_code or "")) is not None


_COMMA = re.compile(r"[,;.]\s+|\n\s*")


def _by_last_words(text: Text, mention: Mention, floor: int) -> str:
    """In the sentence that announces the document: "… ban hành Kế hoạch triển khai thực hiện Quyết định số …"."""
    if LAST_WORDS.search(text.folded, max(floor, mention.start - 40), mention.start):
        return CARRIES_OUT
    return body_relation(text, mention.start, mention.end, floor, mention.pinpoint is not None)


def _of_title(text: Text, mention: Mention) -> str:
    if LAST_WORDS.search(text.folded, max(0, mention.start - 30), mention.start):
        return CARRIES_OUT
    return body_relation(text, mention.start, mention.end, max(0, mention.start - 160), False)
