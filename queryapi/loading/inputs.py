"""What a reading and a judgement depend on besides the documents, as digests: the code and the lists they come from.

The release alone would not do: a store made with yesterday's reader would skip files that today's reads otherwise.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from loaders.law.graph import register_digest
from loaders.law.register import register
from loaders.rdf import reader_version

_SUFFIXES = (".py", ".ttl", ".csv", ".toml")
_LAW = "ontology/law"  # followed instrument by instrument, not as code; but for what the names of bodies are read by
_BODIES = f"{_LAW}/bodies.ttl"
_JUDGES = (
    *("derivation.py", "derive.py", "judge.py", "claimgraph.py", "rank.py", "contradict.py", "alertgraph.py"),
    *("radargraph.py", "agencygraph.py", "base.py"),
)


def reader_digest() -> str:
    """What is recorded with a file that was read: the release, and a digest of the reader's code and lists.

    Of the law register a reader asks one thing: which instruments were issued on a Sunday, so that such a day in a
    citation is no doubt (Nghị định 98/2023 was, on 31/12/2023).
    """
    return _reader_code() + _sundays(register_digest())


@cache
def _reader_code() -> str:
    return f"{reader_version()}+{_digest(_read_by())}"


@lru_cache(maxsize=4)
def _sundays(_register: str) -> str:
    known = ((i.iri, i.issued) for i in register().instruments.values() if i.issued)
    said = "".join(f"{iri} {day}\n" for iri, day in sorted(known) if date.fromisoformat(day).isoweekday() == 7)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


@cache
def judge_digest() -> str:
    """Of all that derived graphs are computed from and by, besides the documents themselves and the law register."""
    here = files("queryapi.loading")
    graphs = ("graphdoc.py", files("queryapi.store") / "graphdoc.py")
    return _digest([*_read_by(), *((name, here / name) for name in _JUDGES), graphs])


def _read_by() -> list[tuple[str, Traversable]]:
    found = [*_inside(files("loaders"), "loaders"), *_inside(files("ontology"), "ontology")]
    return [(path, file) for path, file in found if not path.startswith(f"{_LAW}/") or path == _BODIES]


def _inside(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _inside(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_SUFFIXES):
            yield f"{path}/{entry.name}", entry


def _digest(found: list[tuple[str, Traversable]]) -> str:
    digest = hashlib.sha256()
    for path, file in found:
        digest.update(f"{path}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]
