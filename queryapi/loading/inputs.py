"""What a reading and a judgement depend on besides the documents, as digests: the code and the lists they come from.

The release alone would not do: a store made with yesterday's reader would skip files that today's reads otherwise.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from loaders.rdf import reader_version

_SUFFIXES = (".py", ".ttl", ".csv", ".toml")
_JUDGES = ("derivation.py", "derive.py", "judge.py", "agencygraph.py", "base.py")


@cache
def reader_digest() -> str:
    """What is recorded with a file that was read: the release, and a digest of the reader's code and lists."""
    return f"{reader_version()}+{_digest(_read_by())}"


@cache
def judge_digest() -> str:
    """Of all that derived graphs are computed from and by, besides the documents themselves."""
    here = files("queryapi.loading")
    graphs = ("graphdoc.py", files("queryapi.store") / "graphdoc.py")
    return _digest([*_read_by(), *((name, here / name) for name in _JUDGES), graphs])


def _read_by() -> list[tuple[str, Traversable]]:
    return [*_inside(files("loaders"), "loaders"), *_inside(files("ontology"), "ontology")]


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
