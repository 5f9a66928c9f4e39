"""Blocks put under one another by their marks: what a new section closes, and lists that run on inside a paragraph."""

import re

from loaders.structure.blocks import Node, trim
from loaders.structure.headings import covered_roles, heading_roles
from loaders.structure.marks import BULLETS, RANK, Mark, capitals, paren_ordinal
from loaders.text import Text, fold

_CLOSING = re.compile(r"(noi nhan|tren day la|tr[a-z&]n d[a-z&]y (la|1a))\b")
_NO_HEADINGS = frozenset({*BULLETS, "paragraph", "table", "paren"})
_OPENING = frozenset({*RANK, "paragraph"})
HEADING = 150


def tree(text: Text, blocks: list[Node]) -> Node:
    root = Node("root", None, 0, 0, 0)
    stack = [root]
    for node in blocks:
        _close(text, stack, node)
        stack[-1].children.append(node)
        stack.append(node)
    return root


def _close(text: Text, stack: list[Node], node: Node) -> None:
    """Takes from the stack of open sections what a new one ends."""
    if node.style in ("recipients", "appendix", "attached"):
        del stack[1:]
        return
    if len(stack) > 1 and stack[1].style in ("recipients", "appendix"):
        if stack[1].style == "appendix" or node.style not in ("part", "chapter", "article"):
            del stack[2:]
            return
        del stack[1:]  # "Chương I" after the signature opens the regulation itself
    if node.style in ("paragraph", "table"):
        _close_for_paragraph(text, stack, node)
    elif node.style in BULLETS:
        _close_for_bullet(text, stack, node)
    else:
        _close_for_number(text, stack, node)


def _close_for_paragraph(text: Text, stack: list[Node], node: Node) -> None:
    length = node.text_end - node.text_start
    if _CLOSING.match(text.folded, node.text_start, node.text_start + min(40, length)):
        del stack[1:]
        return
    named = node.style == "paragraph" and length <= 90 and len(stack) > 1
    if named and stack[-1].style == "attached" and not stack[-1].children:
        named = False
    words = text.raw[node.text_start : node.text_end] if named else ""
    if named and (_heads_in_capitals(text, stack, node, words) or _heads_alone(text, stack, node, words)):
        node.style = "caps"  # "TỔ CHỨC THỰC HIỆN" whose number is lost
        _close_for_number(text, stack, node)
        return
    while len(stack) > 1 and (stack[-1].style in _NO_HEADINGS or not _is_heading(text, stack[-1])):
        stack.pop()


def _heads_in_capitals(text: Text, stack: list[Node], node: Node, words: str) -> bool:
    """A heading in capitals: of a part we know, or of any among others that stand so."""
    if not capitals(words):
        return False
    if heading_roles(text, node.text_start, node.text_end):
        return True
    among = stack[1].style == "caps" and words[-1:] not in ".;," and len(words) <= 60
    return among and any(map(str.isupper, words)) and not any(map(str.islower, words))


def _heads_alone(text: Text, stack: list[Node], node: Node, words: str) -> bool:
    """A heading in small letters where nothing is numbered: "Hồ sơ đề nghị", "**Thời gian thực hiện:**"."""
    bare = words.rstrip("*: ")
    if not words[:1].isupper() or len(bare) > 60 or not (bare[-1:].isalpha() or bare.endswith(")")) or ":" in bare:
        return False
    if any(open_.style in RANK and open_.style not in ("caps", "attached") for open_ in stack[1:]):
        return False
    if not any(_introduces(text, child) for child in stack[0].children[-4:]):
        return False
    return covered_roles(text, node.text_start, node.text_end, 0.5) != ()


def _introduces(text: Text, node: Node) -> bool:
    """Whether headings may follow: after another, after "… như sau:", in an annex."""
    if node.style in ("caps", "attached"):
        return True
    return node.style == "paragraph" and text.raw[node.text_start : node.text_end].rstrip("* ").endswith(":")


def _close_for_bullet(text: Text, stack: list[Node], node: Node) -> None:
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].style == node.style:
            del stack[depth:]
            return
        if stack[depth].style in _OPENING and (depth == 1 or _opens(text, stack[depth])):
            break
    while len(stack) > 1 and stack[-1].style in ("paragraph", "paren") and not _opens(text, stack[-1]):
        stack.pop()


def _close_for_number(text: Text, stack: list[Node], node: Node) -> None:
    if node.style == "upper" and _is_inner(stack, node):
        node.style = "capital"
    rank, path = RANK[node.style], node.mark.path if node.mark else ()
    top = stack[-1]
    if (
        node.ordinal == 1
        and len(path) <= 1
        and top.style in (*BULLETS, "paragraph")
        and len(stack) > 2
        and _opens(text, top)
    ):
        return  # "- Tập thể:" and under it "a) …"
    for depth in range(len(stack) - 1, 0, -1):
        other = stack[depth]
        if other.style != node.style:
            continue
        theirs = other.mark.path if other.mark else ()
        if len(path) > 1 and theirs == path[:-1]:
            del stack[depth + 1 :]
            return
        if len(path) == len(theirs) and path[:-1] == theirs[:-1] and (node.ordinal or 0) > (other.ordinal or 0):
            del stack[depth:]
            return
    while len(stack) > 1 and (stack[-1].style not in RANK or RANK[stack[-1].style] >= rank):
        stack.pop()


def _is_inner(stack: list[Node], node: Node) -> bool:
    """Whether letters count under a Roman numeral: "IV. TIÊU CHUẨN", "A. Tập thể", "B. Cá nhân"."""
    if any(open_.style == "capital" for open_ in stack):
        return True
    first = node.ordinal == 1 and not any(child.style == "upper" for child in stack[0].children)
    return first and len(stack) > 1 and any(open_.style == "roman" for open_ in stack)


def _opens(text: Text, node: Node) -> bool:
    """Whether a section announces what follows: it ends with a colon, or is a line as short as a heading."""
    words = text.raw[node.text_start : node.text_end]
    if words.endswith(":"):
        return True
    if node.style != "paragraph":
        return len(words) <= 60 and words[-1:] not in ".;,"
    return 3 <= len(words) <= 60 and words[-1:].isalpha() and bool(_ADDRESSEE.match(fold(words)))


_ADDRESSEE = re.compile(r"(doi voi|ve|tieu chuan|tieu chi|tap the|ca nhan|ho so|danh hieu|hinh thuc)\b")


def _is_heading(text: Text, node: Node) -> bool:
    if node.style == "root" or node.style not in RANK:
        return node.style == "root"
    words = text.raw[node.text_start : node.text_end]
    short = len(words) <= HEADING and (not words.endswith((".", ";", ",")) or RANK[node.style] <= 20)
    return short or capitals(words)


# ── lists inside a paragraph ─────────────────────────────────────────────────────────────────────────────────────

_INLINE = re.compile(
    r"(?P<paren>\(\s*(?P<in>[il1|]?\d{1,2}|[a-zđ]|[ivx]{1,4})\s*\))(?=\s*\S)|(?<=[:;.,]\s)(?P<letter>[a-hđ])\)(?=\s)"
)


def open_lists(text: Text, nodes: list[Node]) -> list[Node]:
    """Items numbered inside a paragraph become its children: "trong đó: (1) …; (2) …", "gồm: a) …; b) …"."""
    return [
        item
        for node in nodes
        if text.raw.count(")", node.text_start, node.text_end) >= 2  # few paragraphs
        for item in _open_list(text, node)
    ]


def _open_list(text: Text, node: Node) -> list[Node]:
    found: list[tuple[int, int, str]] = []
    for match in _INLINE.finditer(text.raw, node.text_start, node.text_end):
        printed = match["in"] or match["letter"]
        if paren_ordinal(printed.lower(), len(found) + 1) == len(found) + 1:
            found.append((match.start(), match.end(), match[0]))
    if len(found) < 2:
        return []
    items = []
    for n, (start, after, printed) in enumerate(found):
        end = found[n + 1][0] if n + 1 < len(found) else node.text_end
        item = Node("paren", Mark("paren", n + 1, after - start, printed), start, after, end, ordinal=n + 1)
        trim(text.raw, item)
        items.append(item)
    node.text_end = found[0][0]
    trim(text.raw, node)
    node.children = [*items, *node.children]
    return items
