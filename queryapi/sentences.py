"""The sentence around a finding, for people who read a chain and not the document."""

import re

_FAR = 400  # characters: a sentence that goes on longer is cut
_HEADING = 60  # characters: a shorter line of an item that ends no clause is its heading
# What a new line of another item begins with: "2. Yêu cầu", "a) Tập thể", "- Lưu: VT", "Điều 3."; "3.1." and "II." too.
_ITEM = re.compile(
    r"\s*(?:[-+*•]|\d+(?:\.\d+)*[.)]|[a-zđ][.)]|[IVX]+\.|(?:Điều|Khoản|Chương|Mục|Phần) [\dIVX]+[.:]?|#+)\s+"
)
_BEGIN = re.compile(r"[.;]\s+(?=(\w))")
_STOP = re.compile(r";|\.(?=\s|$)")


def sentence_at(text: str, start: int, end: int) -> str:
    """Back to where the sentence or its item begins, on to its stop, a semicolon or the next item; on one line.

    >>> sentence_at("I. Căn cứ\\n\\nThực hiện Kế hoạch số 8\\ncủa huyện; xét đề nghị của phòng", 21, 35)
    'Thực hiện Kế hoạch số 8 của huyện;'
    >>> items = "2. Yêu cầu\\nThực hiện Quyết định số 15.\\n3. Quyết định số 30 cũng vậy."
    >>> [sentence_at(items, at, at + 16) for at in (items.index("Quyết"), items.rindex("Quyết"))]
    ['Thực hiện Quyết định số 15.', 'Quyết định số 30 cũng vậy.']
    """
    first, last = _begin(text, start), min(len(text), end + _FAR)
    stop = _STOP.search(text, end, last)
    if stop:
        last = stop.end()
    at = text.find("\n", end, last)
    while at >= 0:
        if _parts(text, at):
            last = at
        at = text.find("\n", at + 1, last)
    return " ".join(text[first:last].split())


def _begin(text: str, start: int) -> int:
    far = max(0, start - _FAR)
    at = text.rfind("\n", far, start)
    while at >= 0 and not _parts(text, at):
        at = text.rfind("\n", far, at)
    first = at + 1 if at >= 0 else far
    item = _ITEM.match(text, first)
    if item and item.end() <= start and item.group().strip()[:1] != "#":
        first = item.end()
    # One character more, so that a capital right at the words is seen.
    ends = [m.end() for m in _BEGIN.finditer(text, first, start + 1) if m.end() <= start and m.group(1).isupper()]
    return max(ends, default=first)


def _parts(text: str, at: int) -> bool:
    """Whether the line break here parts two sentences, items or a heading from what follows; else it only wraps."""
    before = text[text.rfind("\n", 0, at) + 1 : at].strip()
    end = text.find("\n", at + 1)
    after = text[at + 1 : end if end >= 0 else len(text)]
    if not before or not after.strip() or _ITEM.match(after) or before[-1] in ".;:":
        return True
    if not after.strip()[0].isupper():
        return False
    is_heading = _ITEM.match(f"{before} ") is not None and len(before) <= _HEADING and before[-1] != ","
    return is_heading or _is_capital(before) != _is_capital(after)


def _is_capital(line: str) -> bool:
    """ "QUYẾT ĐỊNH" above a title; a number alone ("QĐ-UBND") is no heading."""
    return line.isupper() and len(line.split()) > 1
