"""Whether the kind of document printed before a number bears out what its damaged code is read as.

`41/GP-UBND` is one letter away from a decision's; after the words *Giấy phép số* it is none.
"""

import re

from loaders.citations.document_types import CONG_VAN, ReadCode, find_type_words, number_word, type_word_before
from loaders.text import Text

# The type codes that names of bodies begin with: Trung tâm, Thường trực, Thanh tra; Chủ tịch, Cục Thuế; Thương binh;
# Ban Thường trực; Công đoàn; Hội đồng; Tổng cục; Ban Chỉ đạo.
_BEGIN_BODIES = frozenset({"TT", "CT", "TB", "BTT", "CĐ", "HĐ", "HD", "TC", "BC"})
# kinds that no register of ours lists: "Phiếu đăng ký số", "Giấy xác nhận tình trạng nhà ở số", "Chứng thư số"
_PAPER = re.compile(r"(?<![a-z])(?:giay|phieu|chung\s+chi|chung\s+thu)(?:\s+[a-z]+){0,6}\s+$")
_REACH = 60


def is_split(text: Text, start: int, code: ReadCode, *, followed: bool, dated: bool) -> bool:
    """Whether a code is a type's and a body's whose dash was lost ("61/2018/NĐCP"), and no body's of that beginning.

    The kind printed before says so. Where none is printed, no field may follow ("95/TTPVHCC-NV"), and a code that
    bodies' names begin with wants a year.
    """
    word = type_word_before(text, start, code.types)
    if word and word.adjacent:
        if word.slug:
            return _agrees(text, word.slug, word.start, code.types)
    elif word:
        return True
    return not followed and (dated or code.code not in _BEGIN_BODIES)


def is_another_kind(text: Text, start: int, types: tuple[str, ...]) -> bool:
    """Whether another kind of document than these is printed right before a number.

    >>> is_another_kind(Text.of("Phiếu đăng ký số 12/OĐ-UBND"), 17, ("quyet-dinh",))
    True
    """
    word = type_word_before(text, start, types)
    if word and word.adjacent and word.exact and word.slug:
        return not _agrees(text, word.slug, word.start, types)
    return word is None and is_paper(text, start)


def is_paper(text: Text, start: int) -> bool:
    """Whether a number is of a slip or a certificate.

    >>> is_paper(Text.of("Giấy đăng ký tàu cá số 12/ĐK-CCTS"), 23), is_paper(Text.of("phiếu; Báo cáo số 12/BC"), 17)
    (True, False)
    """
    so = number_word(text, start)
    return so < start and _PAPER.search(text.folded, max(0, so - _REACH), so + 1) is not None


def is_letter_said(text: Text, start: int) -> bool:
    """
    >>> is_letter_said(Text.of("Công văn số 14/GP-STC"), 12)
    True
    """
    word = type_word_before(text, start, ())
    return word is not None and word.adjacent and word.exact and word.slug == CONG_VAN


def _agrees(text: Text, slug: str, place: int, types: tuple[str, ...]) -> bool:
    """Whether a printed kind is one of these, or part of a name of one ("Thông báo kết luận số 77/TBUBND")."""
    if any(slug == kind or slug.startswith(f"{kind}-") for kind in types):
        return True
    return any(
        word.slug in types and not text.folded[word.end : place].strip()
        for word in find_type_words(text, max(0, place - 24), place)
    )
