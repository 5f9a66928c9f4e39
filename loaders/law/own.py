"""The user's own register: Turtle files in a folder of theirs, read beside the register that is shipped."""

import errno
import hashlib
import os
import re
import time
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from loaders.errors import BrokenRegister, RegisterMissing
from loaders.userdata import user_data
from loaders.vocabulary import scheme
from ontology import ELI, TD

VARIABLE = "THIDUA_REGISTER"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TITLE = "http://purl.org/dc/terms/title"
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_FRESH = 2_000_000_000  # nanoseconds: two edits so close may bear one time stamp, so the content is looked at too

# What an entry must say to be read, by its class.
_MUST: dict[str, tuple[str, ...]] = {
    f"{TD.LegalInstrument}": (f"{ELI.number}", f"{ELI.type_document}", _TITLE, f"{TD.issuerLabel}"),
    f"{TD.RegisterFact}": (f"{TD.confidence}",),
    f"{TD.PartialExpiry}": (f"{TD.about}", f"{TD.confidence}"),
    f"{TD.Suspension}": (f"{TD.about}", f"{TD.confidence}", f"{TD.validFrom}"),
    f"{TD.ReportForm}": (
        f"{TD.formNumber}",
        f"{TD.formOfDocument}",
        f"{TD.annex}",
        f"{TD.purpose}",
        f"{TD.confidence}",
    ),
    f"{TD.BaseSalary}": (f"{TD.validFrom}", f"{TD.amount}", f"{TD.confidence}"),
    f"{TD.Prize}": (f"{TD.awardForm}", f"{TD.prizeFor}", f"{TD.multiple}", f"{TD.underInstrument}", f"{TD.confidence}"),
    f"{TD.Delegation}": (f"{TD.decidedBy}", f"{TD.power}", f"{TD.confidence}"),
}
_GRADES = ("v", "v-weak", "i", "k")
_LINKS = {f"{TD.partlyExpired}", f"{TD.suspended}", f"{TD.succeededBy}", f"{TD.formOfDocument}"}
_LISTS = {
    f"{ELI.type_document}": ("document-type",),
    f"{TD.awardForm}": ("emulation-title", "award-form"),
    f"{TD.prizeFor}": ("recipient-kind",),
    f"{TD.power}": ("power",),
}
_NUMBERS = {f"{TD.amount}": r"\d+", f"{TD.roundsUpTo}": r"[1-9]\d*", f"{TD.multiple}": r"\d+(\.\d+)?"}
_BOM = b"\xef\xbb\xbf"  # what Windows editors put before the first letter


_REASONS = {
    errno.EISDIR: "là thư mục, không phải tệp",
    errno.EACCES: "không có quyền đọc",
    errno.EPERM: "không có quyền đọc",
}


def folder() -> Path:
    """Where the user's own Turtle files are: $THIDUA_REGISTER, else `register` in the user's data directory."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data() / "register"


def stamp() -> tuple[tuple[str, int, int, int, str], ...]:
    """What changes when a file of the folder does, cheap enough to be asked at every question."""
    found = []
    try:
        with os.scandir(os.environ.get(VARIABLE) or _usual()) as listed:
            for file in listed:
                if file.name.endswith(".ttl") and not file.name.startswith("."):
                    known = file.stat()
                    fresh = time.time_ns() - known.st_mtime_ns < _FRESH
                    content = hashlib.sha256(_content(file.path)).hexdigest() if fresh else ""
                    found.append((file.path, known.st_mtime_ns, known.st_size, known.st_ino, content))
    except (FileNotFoundError, NotADirectoryError) as error:
        if named := os.environ.get(VARIABLE):  # a slip of the pen there, and every verdict would be without it
            raise RegisterMissing(VARIABLE, named, is_file=isinstance(error, NotADirectoryError)) from error
        return ()
    except OSError as error:
        raise BrokenRegister(str(folder()), None, *_unreadable(error)) from error
    return tuple(sorted(found))


def read(paths: Iterable[str]) -> list[tuple[Path, bytes, list[ox.Triple]]]:
    """Each file with what it says; BrokenRegister for one that cannot be read."""
    found = []
    for path in map(Path, paths):
        content = _content(path).removeprefix(_BOM)
        found.append((path, content, parsed(path, content)))
    return found


def must_be_turtle() -> None:
    """A look at the user's own files alone, cheap enough for a command that does not read the register itself.

    Raises BrokenRegister or RegisterMissing.
    """
    read(path for path, *_ in stamp())


def _content(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BrokenRegister(str(path), None, *_unreadable(error)) from error


def parsed(path: Path, content: bytes) -> list[ox.Triple]:
    """What the Turtle says; BrokenRegister with the line where it cannot be read or a day does not exist."""
    try:
        triples = list(ox.parse(content, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        said = str(error.msg).partition(": ")[2] or str(error.msg)
        raise BrokenRegister(str(path), error.lineno, f"sai cú pháp Turtle ({said})", f"not Turtle ({said})") from error
    for triple in triples:
        value = triple.object
        if isinstance(value, ox.Literal) and value.datatype.value == _DATE and not _is_day(value.value):
            raise BrokenRegister(
                str(path),
                line_of(content, f'"{value.value}"'),
                f'“{value.value}” không phải một ngày có thật; viết "2027-03-01"^^xsd:date',
                f'“{value.value}” is no day; write "2027-03-01"^^xsd:date',
            )
    return triples


def marks(triples: Iterable[ox.Triple]) -> bytes:
    """Lines that go behind a file of the user's: each of its facts is theirs, wherever the register is then kept."""
    own = sorted({str(t.subject) for t in triples if t.predicate.value == f"{TD.confidence}"})
    return "".join(f"\n{subject} <{TD.inOwnRegister}> true ." for subject in own if subject[0] == "<").encode()


def must_be_readable(path: Path, content: bytes, values: dict[str, dict[str, list[str]]]) -> None:
    """BrokenRegister where an entry of this file cannot be read as its class; `values` is the whole register."""
    named = (triple.subject.value for triple in parsed(path, content) if isinstance(triple.subject, ox.NamedNode))
    for subject in dict.fromkeys(named):
        said = values.get(subject, {})
        for kind in said.get(_RDF_TYPE, ()):
            for name in _MUST.get(kind, ()):
                if not said.get(name):
                    raise _broken(path, content, subject, f"thiếu {_short(name)}", f"lacks {_short(name)}")
        for name, value in ((name, value) for name, found in said.items() for value in found):
            if problem := _problem(name, value, values):
                whom = value if name in _LINKS else subject
                raise _broken(path, content, whom, *problem, word=value.rsplit("/", 1)[-1])


def _problem(name: str, value: str, values: dict[str, dict[str, list[str]]]) -> tuple[str, str] | None:
    """What is wrong with one value, where only some can be read."""
    word = value.rsplit("/", 1)[-1]
    if name in _LINKS and value not in values:
        return (
            f"không có trong sổ mà {_short(name)} trỏ tới",
            f"is not in the register, and {_short(name)} points to it",
        )
    if name == f"{TD.confidence}" and word not in _GRADES:
        return "mức chắc chắn phải là confidence:v, v-weak, i hoặc k", "a confidence is one of v, v-weak, i, k"
    if name in _LISTS and not any(value in (c.iri for c in scheme(one).values()) for one in _LISTS[name]):
        lists = " hoặc ".join(_LISTS[name])
        return (
            f"{_short(name)} “{word}” không có trong danh mục {lists}",
            f"{_short(name)} “{word}” is in no list {lists}",
        )
    if name in _NUMBERS and not re.fullmatch(_NUMBERS[name], value):
        return f"{_short(name)} “{value}” không phải số", f"{_short(name)} “{value}” is no number"
    return None


def line_of(content: bytes, words: str) -> int | None:
    """The first line that holds these words, counted from 1.

    >>> line_of("a\\nb c\\n".encode(), "c")
    2
    """
    lines = content.decode("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), None)


def _broken(path: Path, content: bytes, subject: str, vi: str, en: str, word: str = "") -> BrokenRegister:
    """With the line of the subject, or the next one that holds the word."""
    short = subject.removeprefix("https://w3id.org/thidua/id/doc/")
    line = line_of(content, f"<{short}>") or line_of(content, f"<{subject}>")
    rest = b"\n".join(content.splitlines()[(line or 1) - 1 :])
    line = (line or 1) - 1 + further if word and (further := line_of(rest, word)) else line
    return BrokenRegister(str(path), line, f"<{short}> {vi}", f"<{short}> {en}")


def _short(name: str) -> str:
    """
    >>> _short("https://w3id.org/thidua/ns#confidence")
    'td:confidence'
    """
    for prefix, space in (("td", str(TD)), ("eli", str(ELI)), ("dcterms", "http://purl.org/dc/terms/")):
        if name.startswith(space):
            return f"{prefix}:{name.removeprefix(space)}"
    return name


def _is_day(words: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return False
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _unreadable(error: OSError) -> tuple[str, str]:
    reason = error.strerror or "?"
    return f"không đọc được ({_REASONS.get(error.errno or 0, reason)})", f"cannot be read ({reason})"


def _usual() -> str:
    return _under(user_data())


@cache
def _under(data: Path) -> str:
    return str(data / "register")
