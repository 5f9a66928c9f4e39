"""The file of corrections as a person writes it, read and checked as a whole before any of it is used."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from loaders.corrections import corrections_file, corrections_of
from loaders.corrections.fields import KINDS, Refused, fields_of, required, value_of
from loaders.errors import CorrectionsBroken
from loaders.text import Text

__all__ = ["ACTIONS", "Corrections", "Entry", "read_corrections"]

ACTIONS = ("correct", "remove", "add", "confirm")
_WHOLE_FILE = {"author", "date", "note"}
_OF_ENTRY = {"kind", "text", "start", "before", "set", "fields", "author", "date", "note"}
_PRINTED_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")  # "3/2/2025", the day first
_NAMELESS = ("document", "movement")  # there is one of each: no words are needed to say which


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing a person says. `before` are the words that stand before `text`, `start` where it stood: both only help
    to tell it from others with the same words."""

    action: str
    kind: str
    text: str = ""
    before: str = ""
    start: int | None = None
    set: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    author: str
    date: str
    note: str | None = None


@dataclass(frozen=True)
class Corrections:
    """Everything said of one document, in the order of the file, with the digest of the file."""

    entries: tuple[Entry, ...]
    sha256: str


def read_corrections(document: Path) -> Corrections | None:
    """The corrections that lie beside a document, None where there are none. Raises CorrectionsBroken."""
    file = corrections_file(document)
    try:
        content = corrections_of(document)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorrectionsBroken(file.name, f"không mở được ({reason})", f"cannot be opened ({reason})") from None
    if content is None:
        return None
    return Corrections(parse(content, file.name), hashlib.sha256(content).hexdigest())


def parse(content: bytes, name: str) -> tuple[Entry, ...]:
    """The entries of a file's content. Raises CorrectionsBroken with the line, or the entry, that is wrong.

    >>> said = 'author = "An"\\ndate = 2026-11-20\\n[[remove]]\\nkind = "criterion"\\ntext = "Đoàn kết tốt"'
    >>> parse(said.encode(), "a.hieu-dinh.toml")[0].text
    'Đoàn kết tốt'
    """
    try:
        written = tomllib.loads(Text.of(content.decode("utf-8-sig")).raw)
    except UnicodeDecodeError:
        raise CorrectionsBroken(name, "không phải UTF-8", "is not UTF-8") from None
    except RecursionError:  # thousands of "[" one in another
        raise CorrectionsBroken(name, "ngoặc lồng nhau quá sâu", "brackets nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        where, where_en = (f" ở dòng {at[1]}", f" in line {at[1]}") if at else ("", "")
        raise CorrectionsBroken(
            name, f"sai cú pháp TOML{where} ({error})", f"not well-formed TOML{where_en} ({error})"
        ) from None
    try:
        _known(written, {*_WHOLE_FILE, *ACTIONS})
    except Refused as refused:
        raise CorrectionsBroken(name, refused.vi, refused.en) from None
    entries = tuple(_entries(written, name))
    _agree(entries, name)
    return entries


def _agree(entries: tuple[Entry, ...], name: str) -> None:
    """Two entries that say otherwise of one field of one finding are a mistake: the last would win in silence."""
    said: dict[tuple[object, ...], Any] = {}
    for entry in entries:
        if entry.action != "correct":
            continue
        for field_, value in entry.set.items():
            key = (entry.kind, " ".join(entry.text.split()), entry.before, entry.start, field_)
            if key in said and said[key] != value:
                words = " ".join(entry.text.split())[:60]
                raise CorrectionsBroken(
                    name,
                    f"hai mục [[correct]] sửa {field_} của “{words}” khác nhau ({said[key]} và {value}), giữ một mục",
                    f"two [[correct]] give {field_} of “{words}” differently ({said[key]} and {value}), keep one",
                )
            said[key] = value


def _entries(written: Mapping[str, Any], name: str) -> Iterator[Entry]:
    for action in ACTIONS:
        several = written.get(action, [])
        for number, one in enumerate(several if isinstance(several, list) else [several], 1):
            try:
                yield _entry(action, one, written)
            except Refused as refused:
                where = f"mục [[{action}]] thứ {number}"
                raise CorrectionsBroken(
                    name, f"{where}: {refused.vi}", f"[[{action}]] no. {number}: {refused.en}"
                ) from None


def _entry(action: str, one: object, whole: Mapping[str, Any]) -> Entry:
    if not isinstance(one, dict):
        raise Refused(f"phải mở đầu bằng [[{action}]]", f"must begin with [[{action}]]")
    _known(one, _OF_ENTRY)
    kind = one.get("kind")
    if kind not in KINDS:
        raise Refused(f"kind phải là một trong: {', '.join(KINDS)}", f"kind must be one of: {', '.join(KINDS)}")
    text, start = one.get("text", ""), one.get("start")
    if not isinstance(text, str) or (not text.strip() and kind not in _NAMELESS):
        raise Refused("thiếu text: những chữ của điều ấy trong văn bản", "text is missing: its words in the document")
    if start is not None and (isinstance(start, bool) or not isinstance(start, int)):
        raise Refused("start phải là số nguyên", "start must be a whole number")
    if kind == "document" and action in ("add", "remove"):
        raise Refused(
            "phần đầu văn bản chỉ có thể sửa hoặc xác nhận", "the head of a document is only corrected or confirmed"
        )
    return Entry(
        action=action,
        kind=kind,
        text=text,
        before=str(one.get("before") or ""),
        start=start,
        set=_set(action, kind, one.get("set", {})),
        fields=_confirmed(kind, one.get("fields", [])),
        author=_author(one.get("author", whole.get("author"))),
        date=_date(one.get("date", whole.get("date"))),
        note=_note(one.get("note", whole.get("note"))),
    )


def _set(action: str, kind: str, said: object) -> dict[str, Any]:
    if not isinstance(said, dict) or (action == "correct" and not said):
        raise Refused("thiếu set: trường nào, giá trị nào (set.number = …)", "set is missing: which field, which value")
    if said and action in ("remove", "confirm"):
        raise Refused(f"[[{action}]] không có set", f"[[{action}]] takes no set")
    flat = {
        (name if own is None else f"{name}.{own}"): one
        for name, value in said.items()
        for own, one in (value.items() if isinstance(value, dict) else [(None, value)])
    }
    values = {name: value_of(kind, name, value) for name, value in flat.items()}
    missing = [name for name in required(kind) if name not in values] if action == "add" else []
    if missing:
        raise Refused(f"thêm thì phải nêu set.{missing[0]}", f"to add one, set.{missing[0]} is needed")
    return values


def _confirmed(kind: str, names: object) -> tuple[str, ...]:
    if not isinstance(names, list) or any(name not in fields_of(kind) for name in names):
        raise Refused("fields phải là danh sách tên trường", "fields must be a list of fields there are")
    return tuple(names)


def _author(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused("thiếu author: tên người hiệu đính", "author is missing: the name of who corrects")
    return " ".join(value.split())


def _date(value: object) -> str:
    if value in (None, ""):
        raise Refused(
            "thiếu date: ngày hiệu đính, viết 2026-11-20", "date is missing: the day of correcting, as 2026-11-20"
        )
    printed = _PRINTED_DAY.fullmatch(str(value).strip())
    written = f"{printed[3]}-{int(printed[2]):02}-{int(printed[1]):02}" if printed else str(value)
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise Refused(
            f"date “{value}” không phải ngày có thật, viết 2026-11-20", f"date “{value}” is no day there is: 2026-11-20"
        ) from None


def _note(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise Refused("note phải là chữ", "note must be text")
    return (value or "").strip() or None


def _known(written: Mapping[str, Any], known: set[str]) -> None:
    """A name nobody knows would be ignored in silence."""
    for name in written:
        if name not in known:
            raise Refused(f"không có mục “{name}” (có: {', '.join(sorted(known))})", f"no “{name}” here")
