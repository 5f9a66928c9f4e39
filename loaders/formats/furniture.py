"""What stands around a document on a web page: menus, links to other news, share buttons, comments."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from loaders.formats.arrange import Block, Paragraph, words_of
from loaders.text import fold

if TYPE_CHECKING:
    from lxml.etree import _Element

# Names of classes and ids on the portals of provinces and ministries, whole words of them.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navbar|navigation|breadcrumbs?|sidebar|share|sharing|social|related|comments?|binh-?luan"
    r"|tin-?lien-?quan|tin-?khac|lien-?quan|banner|advert|ads?|pagination|paging|toolbar|cookie|popup|modal|login|search"
    r"|widget|hotnews|most-?viewed|tags?|weblink|lien-?ket|rating)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = {"navigation", "search", "banner", "complementary", "contentinfo", "menu", "menubar", "toolbar", "dialog"}
_MOTTO = re.compile(
    r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam|dang\s+cong\s+san\s+viet\s+nam\s*$"
    r"|doc\s+lap\s*-\s*tu\s+do\s*-\s*hanh\s+phuc",
    re.MULTILINE,
)
_NUMBER = re.compile(
    r"^[^\w\n]*so\s*:?\s*\d*+\s*+/?[\d/ ]*+[a-z]{2,}\s*[-/]\s*[a-z]{2,}|^[^\w\n]*so\s*:?\s*\d+-[a-z]{2,}/", re.MULTILINE
)
_FOOT = re.compile(r"(?:^|\s)noi nhan\s*:?")
_PORTAL = re.compile(r"\b(?:cong|trang) thong tin|\bwebsite\b|\bvan ban\b|\btin tuc\b|\btrang chu\b")
_INLINE = frozenset(
    "a abbr b big cite code del em font i ins mark q s small span strike strong sub sup tt u".split()  # noqa: SIM905
)
_AROUND = re.compile(
    r"\W*(?:(?:cac )?(?:tin|bai viet|van ban|bai|noi dung|thong tin)(?: tuc)?"
    r" (?:lien quan|khac|moi(?: nhat| hon)?|cu hon|cung chuyen muc|cung loai|noi bat|doc nhieu)|binh luan"
    r"|y kien ban doc|chia se(?: bai viet| len .{2,12})?|in trang|in bai(?: viet)?|in noi dung|ban in"
    r"|gui (?:email|binh luan|bai viet)|ve dau trang|len dau trang|quay lai|tro ve"
    r"|tai (?:ve|xuong|file|tep|van ban)|tep (?:dinh kem|tin)|file dinh kem|luot (?:xem|truy cap)|so luot xem|tu khoa"
    r"|danh gia (?:bai viet|van ban)|doc tiep|xem them|trang chu|ban quyen|thong ke truy cap|lien ket (?:website|web)"
    r"|tac gia|nguon tin|tags?|facebook|zalo|twitter|share|print|download)\W*(?::.{0,60}|\d[\d.,]*)?\W*"
)


def is_around(words: str) -> bool:
    """Whether a line is a label of the page around a document.

    >>> [is_around(words) for words in ("Tin liên quan", "In bài viết", "Lượt xem: 1.245", "Tải về", "Quay lại")]
    [True, True, True, True, True]
    >>> is_around("Văn bản liên quan đến thi đua, khen thưởng phải gửi về Phòng Nội vụ"), is_around("Tin học hóa")
    (False, False)
    """
    return len(words) <= 90 and _AROUND.fullmatch(fold(" ".join(words.split()))) is not None


class Page:
    """A web page's words in one piece, and which of its elements hold the document's head and foot."""

    def __init__(self, root: "_Element") -> None:
        self._root = root
        self._places: dict[_Element, tuple[int, int]] = {}
        self._linked: dict[_Element, tuple[int, int]] = {}
        words = fold(self._gather(root))
        head = _MOTTO.search(words) or _NUMBER.search(words)
        foot = _FOOT.search(words, head.end()) if head else None
        self._head = head.start() if head else None
        self._foot = foot.start() if foot else None

    def document(self) -> "_Element":
        """The innermost element that holds head and foot of the document; the whole page where it has no such marks."""
        found = self._root
        while self._head is not None:
            inner = next((el for el in found if el in self._places and self._holds(el, of=found)), None)
            if inner is None or inner.tag in ("table", "tbody", "tr", "p"):
                break
            found = inner
        return found

    def is_furniture(self, element: "_Element") -> bool:
        """Whether an element is of the page and not of the document, by its name, its role or its links."""
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        if self._has(element, self._head) or element.tag in ("body", "html", "main", "article"):
            return False
        if element.get("role") in _ROLES:
            return True
        if _NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return not self._has(element, self._foot)
        links, linked = self._linked.get(element, (0, 0))
        start, end = self._places.get(element, (0, 0))
        return links >= 3 and linked >= 0.8 * (end - start)

    def _has(self, element: "_Element", place: int | None) -> bool:
        start, end = self._places.get(element, (0, 0))
        return place is not None and start <= place < end

    def _holds(self, element: "_Element", *, of: "_Element") -> bool:
        if self._foot is not None:
            return self._has(element, self._head) and self._has(element, self._foot)
        (start, end), (first, last) = self._places[element], self._places[of]
        return self._has(element, self._head) and 10 * (end - start) >= 7 * (last - first)

    def _gather(self, root: "_Element") -> str:
        """All words of the page; notes for each element where its words begin and end, and how many are links."""
        from lxml.etree import iterwalk

        parts: list[str] = []
        length = links = linked = 0
        opened: list[tuple[int, int, int]] = []
        for event, element in iterwalk(root, events=("start", "end")):
            if event == "start":
                opened.append((length, links, linked))
                said = "" if element.tag in ("script", "style") else element.text
            else:
                start, links_before, linked_before = opened.pop()
                self._places[element] = (start, length)
                if element.tag == "a" and element.get("href"):
                    links, linked = links + 1, linked_before + length - start
                self._linked[element] = (links - links_before, linked - linked_before)
                said = element.tail
            space = "\n" if element.tag not in _INLINE else ""
            for piece in (said or "", space):
                parts.append(piece)
                length += len(piece)
        return "".join(parts)


def document_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The blocks from the head of the document on, up to where the page goes on about other things."""
    kept: list[Block] = []
    begun, ended = False, False
    blocks = list(blocks)
    begins = _MOTTO if any(_MOTTO.search(fold(words)) for words in words_of(blocks)) else _NUMBER
    for block in blocks:
        words = "\n".join(words_of([block]))
        if isinstance(block, Paragraph) and is_around(words):
            if ended:
                break
            continue
        if not begun and begins.search(fold(words)):
            begun, kept = True, _head_lines(kept)
        ended = ended or (begun and _FOOT.search(fold(words)) is not None)
        kept.append(block)
    return kept


def _head_lines(above: list[Block]) -> list[Block]:
    """The lines above the motto that are of the document: who issues it, its number, what a letter is about."""
    lines: list[Block] = []
    for block in reversed(above[-8:]):
        words = block.words.strip() if isinstance(block, Paragraph) else ""
        longest = 300 if re.match(r"\W*v\s?/\s?v\b", fold(words)) else 90  # what a letter is about, under its number
        if not isinstance(block, Paragraph) or len(words) > longest or _PORTAL.search(fold(words)):
            break
        lines.insert(0, block)
    while lines and not _opens(next(words_of(lines[:1]))):
        lines.pop(0)
    return lines


def _opens(words: str) -> bool:
    """Whether a line may be the first of a document: the name of a body in capitals, or a number."""
    first = " ".join(words.split()[:3])  # "UBND TỈNH BẮC GIANG Số: 172/2015/QĐ-UBND"
    return (first.isupper() and len(first.strip(" -_*=")) > 3) or _NUMBER.match(fold(words)) is not None
