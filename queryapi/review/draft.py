"""A file of corrections made ready for a person: every doubtful finding as an entry to uncomment and edit."""

import json
from collections.abc import Iterable, Iterator

from loaders.corrections.fields import KINDS
from queryapi.language import say
from queryapi.review import Item

__all__ = ["draft", "extended"]


def draft(items: Iterable[Item], name: str) -> str:
    """The whole file for a document's items, all of it comments but for the lines on who corrects and when.

    >>> print(draft([], "ke-hoach.txt").splitlines()[0])
    # Hiệu đính của ke-hoach.txt: điều máy đọc chưa chắc. Cách viết: docs/how-to/hieu-dinh.md.
    """
    return "\n".join([*_head(name), *(line for item in items for line in _entry(item))]) + "\n"


def extended(written: str, items: Iterable[Item]) -> tuple[str, int]:
    """A file as a person left it with the entries added that it does not have yet, and how many."""
    new = [item for item in items if item.kind in KINDS and not _has(written, item)]
    added = "\n".join(line for item in new for line in _entry(item))
    return (f"{written.rstrip()}\n{added}\n" if new else written), len(new)


def _has(written: str, item: Item) -> bool:
    """Whether the file speaks of the finding already, in an entry or in a comment."""
    lines = {line.strip().lstrip("#").strip() for line in written.splitlines()}
    if item.kind == "document":
        return any(line.startswith(f"set.{name} =") for name in item.fields for line in lines)
    return f"text = {_quoted(item.words)}" in lines and (item.start is None or f"start = {item.start}" in lines)


def _head(name: str) -> Iterator[str]:
    name = _one_line(name)
    yield say(
        f"# Hiệu đính của {name}: điều máy đọc chưa chắc. Cách viết: docs/how-to/hieu-dinh.md.",
        f"# Corrections of {name}: what the reader is unsure of. How to write them: docs/how-to/hieu-dinh.md.",
    )
    yield say(
        "# Ghi tên và ngày. Với mỗi mục: đọc sai thì bỏ dấu # và sửa các dòng set (bỏ những dòng không sửa);",
        "# Give your name and the day. For each entry: where it is wrong, take the # away and mend the set lines;",
    )
    yield say(
        "# đọc đúng thì đổi [[correct]] thành [[confirm]], không có trong văn bản thì thành [[remove]],",
        "# where it is right, make [[correct]] a [[confirm]], where it is not there a [[remove]],",
    )
    yield say("# và bỏ các dòng set.", "# and drop the set lines.")
    yield 'author = ""'
    yield "# date = 2026-01-31"


def _entry(item: Item) -> Iterator[str]:
    sure = "" if item.confidence is None else f"{item.confidence:.2f} · "
    page = [say(f"trang {item.page}", f"page {item.page}")] if item.page else []
    place = ", ".join([*page, *([say(f"dòng {item.line}", f"line {item.line}")] if item.line else [])])
    yield ""
    yield f"# {sure}{place}{': ' if place else ''}{_one_line('; '.join(item.why))}"
    if item.kind not in KINDS:
        return
    yield "# [[correct]]"
    yield f"# kind = {_quoted(item.kind)}"
    if item.kind != "document":
        yield f"# text = {_quoted(item.words)}"
        yield f"# start = {item.start}"
        yield f"# before = {_quoted(item.before)}"
    for name, value in item.fields.items():
        yield f"# set.{name} = {_quoted(value)}"


def _quoted(value: object) -> str:
    """A value as TOML writes it; of text, numbers, truths and lists the same as JSON but for one sign.

    >>> _quoted("có \\x7f chữ")
    '"có \\\\u007F chữ"'
    """
    written = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    # half of a sign, as in the name of a file that is no UTF-8: no file of text can hold it
    return written.encode("utf-8", "replace").decode()


def _one_line(words: str) -> str:
    """Words that may stand in a comment: what ends a line, and what TOML forbids there, is a blank.

    >>> _one_line("a\\nauthor = 1\\x7f.txt")
    'a author = 1 .txt'
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in words)
    return seen.encode("utf-8", "replace").decode()
