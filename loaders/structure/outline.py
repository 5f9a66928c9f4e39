"""The tree of sections of a document, read from its numbering alone, and what each section is about.

Markdown depth, indentation and typeface say nothing; a lost heading does not displace what stood under it. A paragraph
without a number is a section without a mark under the heading it follows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from loaders.findings import Doubt
from loaders.phrases import reading
from loaders.structure.announced import announces_conditions, told_roles
from loaders.structure.blocks import Node, find_blocks
from loaders.structure.headings import attached_roles, heading_roles, plain
from loaders.structure.marks import BULLETS, RANK, capitals, to_roman
from loaders.structure.tree import HEADING, open_lists, tree
from loaders.text import Text, fold, once

__all__ = ["Section", "find_structure_doubts", "outline", "section_at", "walk"]


@dataclass(eq=False)  # told by which it is; a frozen one takes thrice as long to make
class Section:
    """A numbered clause, a bullet or a paragraph, with all that stands under it.

    `label` is the printed path ("III.1.1.a", "II.1 gạch đầu dòng 2"), `start`/`end` the whole with its children,
    `text_start`/`text_end` its own words without the mark. `title` is its heading, whole or up to a colon
    ("Hình thức khen thưởng: Giấy khen"), ending at `title_end`. `roles` are the parts of a plan it belongs to,
    its own or its parent's; `role` is the first of them.
    """

    label: str
    mark: str
    title: str | None
    start: int
    end: int
    text_start: int
    text_end: int
    level: int
    role: str | None
    children: tuple["Section", ...] = ()
    roles: tuple[str, ...] = ()
    style: str = ""
    ordinal: int | None = None
    title_end: int | None = None
    own_role: bool = False

    @property
    def body_start(self) -> int:
        """Where the words after the heading begin; `text_end` if the heading is all."""
        return self.text_start if self.title_end is None else self.title_end

    @cached_property
    def below(self) -> tuple[tuple["Section", tuple["Section", ...]], ...]:
        """Every section below it, with those between, in page order."""
        found: list[tuple[Section, tuple[Section, ...]]] = []
        self._gather((), found)
        return tuple(found)

    def _gather(self, above: tuple["Section", ...], found: list[tuple["Section", tuple["Section", ...]]]) -> None:
        for child in self.children:
            found.append((child, above))
            if child.children:
                child._gather((*above, child), found)

    @cached_property
    def starts(self) -> list[int]:
        """Where its children begin."""
        return [child.start for child in self.children]


_RUN_IN = re.compile(r"[^.;:“”\"(]{2,110}(?:\([^)]{0,60}\)[^.;:“”\"(]{0,40})?:(?=[\s*]|$)")
_RUN_IN_REACH = 220  # it is no longer


# ── titles, labels ───────────────────────────────────────────────────────────────────────────────────────────────


def _entitle(text: Text, node: Node) -> None:
    """Finds the heading: the whole of a short section, or the words up to a colon."""
    style, start, end = node.style, node.text_start, node.text_end
    if style in _UNTITLED or start == end:
        return
    head = min(end, start + _RUN_IN_REACH)
    run_in = _RUN_IN.match(text.raw, start, end) if text.raw.find(":", start, head) >= 0 else None
    if run_in and run_in.end() < end:
        title, node.title_end = text.raw[start : run_in.end() - 1], run_in.end()
    elif (
        (node.children or style not in _ITEMS)
        and end - start <= (90 if style == "paragraph" else HEADING)
        and _is_heading(text, node)
    ):
        title, node.title_end = text.raw[start:end], end
    else:
        return
    node.title = " ".join(title.replace("*", "").split()).rstrip(" :")


def _is_heading(text: Text, node: Node) -> bool:
    """Whether a short section is a heading and no more; a longer one is a sentence that ends in a list."""
    own = text.raw[node.text_start : node.text_end]
    if not node.children and node.style not in RANK:
        return own.endswith(":")
    return not own.endswith((".", ";", ",")) or capitals(own)


_UNTITLED = frozenset({"root", "appendix", "attached", "table"})
_ITEMS = frozenset({*BULLETS, "paren"})


# Under these a bullet with a colon opens no other part: "- Tiêu chí 1: …" among the contents.
_CLOSED = frozenset({"contents", "purpose", "requirements", "solutions", "targets", "dossier", "reporting"})


_TITLE = re.compile(r"\W*(?:(?:danh hieu|hinh thuc|tieu chuan|tang) )*(?:[\"“]|bang khen|giay khen|co thi dua"
    r"|huan chuong|ky niem chuong"
                    r"|chien s[iy] thi dua|lao dong tien|tap the lao dong)")  # fmt: skip
_OCCASION = re.compile(
    r"\W*(?:muc |cong tac |ve )?khen thuong (?:hang|thuong xuyen|dot xuat|so ket|tong ket|giai doan|theo"
    r"|chuyen de|khi|dinh ky"
    r"|cuoi|dot|giua|nam)\b"
)

_DATED = frozenset({"dossier", "procedure", "deadlines"})

# "4.1. Đối với hồ sơ đề nghị Chủ tịch UBND tỉnh khen thưởng: …" opens no dossier; OCR reads DBoi voi, Péi véi, Dbi v6i.
_ADDRESSED = re.compile(r"[a-z&]{2,4}i[\s*]+v[a-z0-9]{1,2}\b")


def _freeze(text: Text, node: Node, label: str, level: int, inherited: tuple[str, ...]) -> Section:
    opened = _opened_roles(text, node, inherited)
    roles = opened or inherited
    if node.children and announces_conditions(text, node, roles):
        roles = ("criteria", *roles)
    elif not roles and level <= 2:
        roles = told_roles(text, node)
    children, bullets = [], 0
    for child in node.children:
        if child.mark is None:
            below = label
        elif child.style in BULLETS:
            bullets += 1
            below = f"{label}.{bullets}" if "gạch đầu dòng" in label else f"{label} gạch đầu dòng {bullets}".strip()
        else:
            below = _label(label, child)
        children.append(_freeze(text, child, below, level + 1, roles))
    start, text_start, text_end = node.start, node.text_start, node.text_end
    end = children[-1].end if children else text_end
    mark, role = node.mark.printed if node.mark else "", roles[0] if roles else None
    return Section(  # without the names of what is given: with them it takes thrice as long
        label, mark, node.title, start, end, text_start, text_end, level, role,
        tuple(children), roles, node.style, node.ordinal, node.title_end, bool(opened),
    )  # fmt: skip


def _opened_roles(text: Text, node: Node, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a plan that a section opens itself, none where it only goes on with its parent's."""
    if node.style in ("recipients", "appendix"):
        return (node.style,)
    if node.style == "attached":
        return attached_roles(text, node)
    if node.title is None or len(node.title) > 120 or inherited[:1] in (("recipients",), ("appendix",)):
        return ()
    bullet = node.style in _ITEMS or node.style == "paragraph"
    closed = bullet and not _CLOSED.isdisjoint(inherited)
    narrows = len(inherited) > 1 and len(node.title) <= 30  # "* Đối tượng: …" under "ĐỐI TƯỢNG, THỜI GIAN"
    if (closed and not narrows) or (inherited and _ADDRESSED.match(text.folded, node.text_start)):
        return ()
    found = heading_roles(text, node.text_start, node.title_end or node.text_end)
    if "awards" in found and "criteria" in inherited:
        occasion = set(found) <= {"awards", "reporting"} and _OCCASION.match(fold(node.title))
        if occasion or (found == ("awards",) and _TITLE.match(fold(node.title))):
            found = inherited  # "1. Khen thưởng hằng năm", "1. Danh hiệu “Lao động tiên tiến”" under "TIÊU CHUẨN"
    if closed and not set(found) < set(inherited):
        return ()
    if found == ("period",) and not _DATED.isdisjoint(inherited):
        return ("deadlines",)  # "2. Thời gian" under "HỒ SƠ, THỦ TỤC"
    if inherited and found[:1] in (("reporting",), ("organisation",), ("solutions",)):
        run_in = node.title_end is not None and node.title_end < node.text_end
        return () if run_in or (bullet and not node.children) else found
    return found


# Of a directive or a letter whose numbered items have no headings: what an item is about, by its words.
_SAYS = (
    (("dossier", "deadlines"), re.compile(r"ho so[^.;:]{0,80}?\b(?:gom|bao gom)\b")),
    (("awards", "quota"), re.compile(r"\b(?:tang|khen thuong)\b[^.]{0,80}\b(?:giay khen|bang khen|tap the|ca nhan"
        r"|thanh tich)\b"
                                     r"|\b(?:giay|bang) khen\b")),
)  # fmt: skip
_HEADED_PARTS = frozenset({"targets", "contents", "criteria", "awards", "quota", "dossier", "organisation"})


def _by_words(text: Text, root: Section) -> Section:
    """The tree of a document without a single heading of a part, its numbered items told apart by their words."""
    for section, _ in walk(root):
        if not _HEADED_PARTS.isdisjoint(section.roles):
            return root
    items = [child for child in root.children if child.style == "decimal" and not child.children]
    if len(items) < 2:
        return root
    told = {id(item): _said(text.folded[item.text_start : item.text_end]) for item in items}
    if not any(roles != ("organisation",) for roles in told.values()):
        return root
    children = (replace(c, role=told[id(c)][0], roles=told[id(c)]) if id(c) in told else c for c in root.children)
    return replace(root, children=tuple(children))


def _said(words: str) -> tuple[str, ...]:
    return next((roles for roles, form in _SAYS if form.search(" ".join(words.split()))), ("organisation",))


def _label(parent: str, node: Node) -> str:
    mark = node.mark
    if mark is None:
        return parent
    match node.style:
        case "roman":
            own = to_roman(mark.ordinal or 0)
        case "decimal":
            own = ".".join(map(str, mark.path))
            head = parent.rsplit(".", 1)[-1] if parent else ""
            prefix = ".".join(map(str, mark.path[:-1]))
            if prefix and (head == prefix or parent.endswith(f".{prefix}") or parent == prefix):
                return f"{parent}.{mark.path[-1]}"
        case "paren":
            return f"{parent} {mark.printed}".strip()
        case "article":
            return mark.printed.rstrip(".):/ ")  # articles run on through the chapters
        case _:
            own = mark.printed.rstrip(".):/ ")
    return f"{parent}.{own}" if parent else own


@once
def outline(text: Text) -> Section:
    """The sections of a document, as one tree.

    >>> root = outline(Text.of("I. MỤC ĐÍCH\\n1. Mục đích\\nII. ĐỐI TƯỢNG\\n1. Tập thể\\n- Các phòng, ban."))
    >>> [child.label for child in root.children], root.children[1].children[0].children[0].label, root.children[1].role
    (['I', 'II'], 'II.1 gạch đầu dòng 1', 'targets')
    """
    nodes = find_blocks(text)
    whole = tree(text, nodes)
    for node in (*nodes, *open_lists(text, nodes)):
        _entitle(text, node)
    root = _by_words(text, _freeze(text, whole, "", 0, ()))
    root.end = len(text.raw)
    return root


def walk(section: Section) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    """Every section below one, with those above it from the outermost in, in page order."""
    return iter(section.below)


def section_at(root: Section, offset: int) -> str | None:
    """The label of the innermost labelled section at a place, None before the first.

    >>> section_at(outline(Text.of("I. MỤC ĐÍCH\\n1. Mục đích")), 14)
    'I.1'
    """
    label = None
    section: Section | None = root
    while section is not None:
        before = bisect_right(section.starts, offset)
        section = section.children[before - 1] if before and offset < section.children[before - 1].end else None
        if section is not None and section.label:
            label = section.label
    return label


# ── doubts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def find_structure_doubts(text: Text, root: Section) -> tuple[Doubt, ...]:
    """Gaps and repetitions in the numbering, and neighbouring headings with the same words."""
    doubts: list[Doubt] = []
    for parent, _ in [(root, ()), *walk(root)]:
        if not parent.children or parent.role in ("recipients", "appendix"):
            continue
        doubts += _numbering_doubts(text, parent)
        doubts += _twin_doubts(text, parent)
    return tuple(sorted(doubts, key=lambda d: d.start or 0))


def _numbering_doubts(text: Text, parent: Section) -> Iterator[Doubt]:
    last: dict[str, Section] = {}
    for child in parent.children:
        if child.ordinal is None or child.style in ("caps", "paren") or child.style not in RANK:
            continue
        before = last.get(child.style)
        expected = (before.ordinal or 0) + 1 if before else 1
        last[child.style] = child
        if before is None and child.style == "article" and parent.style in ("part", "chapter", "division"):
            continue  # articles run on through the chapters
        if child.ordinal == 1 and before is not None and _begins_anew(text, before):
            continue
        if child.ordinal == expected or (child.style in ("letter", "upper") and _same_letter(child.mark, expected)):
            continue
        if before is None:
            message = f"Đánh số bắt đầu từ “{child.mark}”, không thấy mục đứng trước"
        elif child.ordinal > expected:
            message = f"Đánh số nhảy từ “{before.mark}” sang “{child.mark}”, thiếu mục ở giữa"
        else:
            message = f"Đánh số lặp lại hoặc lùi: sau “{before.mark}” là “{child.mark}”"
        code = "numbering-gap" if before is None or child.ordinal > expected else "numbering-repeated"
        yield Doubt(code=code, message=message, start=child.start, end=child.text_end)


_REGULATION = re.compile(r"\W*(?:quy che|quy dinh|dieu le|the le|huong dan|ke hoach|de an|phu luc|noi quy)\b")


def _begins_anew(text: Text, before: Section) -> bool:
    """Whether another document stands between two marks: the regulation a decision issues counts from one again."""
    return any(
        child.style in ("paragraph", "caps")
        and capitals(text.raw[child.text_start : child.text_end].partition("\n")[0])
        and _REGULATION.match(text.folded, child.text_start)
        for child in before.children
    )


def _same_letter(mark: str, expected: int) -> bool:
    """Plans that skip đ ("d), e)") or are read without it ("d), d)") are not in doubt."""
    return (expected in (5, 6) and mark[:1].lower() in ("d", "e", "đ")) or expected > 5


def _twin_doubts(text: Text, parent: Section) -> Iterator[Doubt]:
    words = reading(text)
    family = [parent, *parent.children]
    whole = [s for s in family if s.mark and s.title and len(s.title) >= 8 and s.title_end == s.text_end]
    for before, after in pairwise(whole):
        a, b = (plain(words.between(s.text_start, s.text_end)) for s in (before, after))
        if a == b or (text.garbled and fuzz.ratio(a, b) >= 85):
            message = f"Hai đề mục “{before.mark}” và “{after.mark}” có cùng một tên"
            yield Doubt(code="twin-headings", message=message, start=after.start, end=after.text_end)
