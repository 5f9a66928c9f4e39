"""The rules in SHACL: the only door to them.

>>> from shapes import sources
>>> [s.name for s in sources()]  # doctest: +NORMALIZE_WHITESPACE
['citation.ttl', 'correction.ttl', 'deadline.ttl', 'document.ttl', 'dossier.ttl', 'draft.ttl', 'nomination.ttl',
 'plan.ttl', 'prefixes.ttl', 'quota.ttl', 'register.ttl']
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import Graph

STORED = ("document", "citation", "plan", "correction")  # what `thidua check` tests in the store
REGISTERED = ("register",)  # what `thidua check` tests in the law register
DRAFTED = ("citation", "plan", "draft")  # what `thidua lint` tests in a draft: their shapes that know a remedy
NOMINATED = ("nomination", "dossier", "deadline", "quota")  # what `thidua validate` tests in a form


def sources() -> Iterator[Traversable]:
    """The Turtle files, in the order of their names."""
    yield from sorted((f for f in files(__name__).iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)


@cache
def graph(*subjects: str) -> Graph:
    """The shapes of the subjects (all of them without any), parsed once; treat it as read-only."""
    whole = Graph()
    for source in sources():
        if not subjects or source.name.removesuffix(".ttl") in (*subjects, "prefixes"):
            whole.parse(data=source.read_text("utf-8"), format="turtle")
    return whole
