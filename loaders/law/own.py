"""The user's own register: Turtle files in a folder of theirs, read beside the register that is shipped."""

import hashlib
import os
import re
import time
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from loaders.errors import BrokenRegister
from loaders.userdata import user_data
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
                    content = hashlib.sha256(Path(file.path).read_bytes()).hexdigest() if fresh else ""
                    found.append((file.path, known.st_mtime_ns, known.st_size, known.st_ino, content))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise BrokenRegister(str(folder()), None, *_unreadable(error)) from error
    return tuple(sorted(found))


def read(paths: Iterable[str]) -> list[tuple[Path, bytes, list[ox.Triple]]]:
    """Each file with what it says; BrokenRegister for one that cannot be read."""
    found = []
    for path in map(Path, paths):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BrokenRegister(str(path), None, *_unreadable(error)) from error
        found.append((path, content, parsed(path, content)))
    return found


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


def must_be_readable(path: Path, content: bytes, values: dict[str, dict[str, list[str]]]) -> None:
    """BrokenRegister where an entry of this file lacks what its class must say; `values` is the whole register."""
    for triple in parsed(path, content):
        subject = triple.subject
        if not isinstance(subject, ox.NamedNode):
            continue
        said = values.get(subject.value, {})
        for kind in said.get(_RDF_TYPE, ()):
            for name in _MUST.get(kind, ()):
                if not said.get(name):
                    raise _lacks(path, content, subject.value, _short(name))
        for link in (TD.partlyExpired, TD.suspended):
            for other in said.get(f"{link}", ()):
                if other not in values:
                    raise _lacks(
                        path, content, other, "a td:PartialExpiry" if link == TD.partlyExpired else "a td:Suspension"
                    )
        for grade in said.get(f"{TD.confidence}", ()):
            if grade.rsplit("/", 1)[-1] not in _GRADES:
                line = line_of(content, grade.rsplit("/", 1)[-1])
                raise BrokenRegister(
                    str(path),
                    line,
                    "mức chắc chắn phải là confidence:v, v-weak, i hoặc k",
                    "a confidence is one of confidence:v, v-weak, i, k",
                )


def line_of(content: bytes, words: str) -> int | None:
    """The first line that holds these words, counted from 1.

    >>> line_of("a\\nb c\\n".encode(), "c")
    2
    """
    lines = content.decode("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), None)


def _lacks(path: Path, content: bytes, subject: str, name: str) -> BrokenRegister:
    short = subject.removeprefix("https://w3id.org/thidua/id/doc/")
    line = line_of(content, f"<{short}>") or line_of(content, f"<{subject}>")
    return BrokenRegister(str(path), line, f"<{short}> thiếu {name}", f"<{short}> lacks {name}")


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
    return f"không đọc được ({reason})", f"cannot be read ({reason})"


def _usual() -> str:
    return _under(user_data())


@cache
def _under(data: Path) -> str:
    return str(data / "register")
