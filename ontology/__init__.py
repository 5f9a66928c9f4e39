"""The vocabulary, the law register and the administrative units: the only door to them.

>>> from ontology import TD, graph
>>> (TD.EmulationPlan, None, None) in graph("ontology")
True
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import Graph, Namespace

BASE = "https://w3id.org/thidua/"
TD = Namespace(BASE + "ns#")
TDS = Namespace(BASE + "shapes#")
VOCAB = Namespace(BASE + "vocab/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
CV = Namespace("http://data.europa.eu/m8g/")
OA = Namespace("http://www.w3.org/ns/oa#")

PARTS = {"ontology": ".", "vocab": "vocab", "law": "law"}


def sources(part: str) -> Iterator[Traversable]:
    """The Turtle files of one part (`ontology`, `vocab` or `law`), in the order of their names."""
    folder = files(__name__).joinpath(PARTS[part])
    yield from sorted((f for f in folder.iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)


@cache
def graph(part: str) -> Graph:
    """One part as an rdflib graph, parsed once; treat it as read-only."""
    whole = Graph()
    for source in sources(part):
        whole.parse(data=source.read_text("utf-8"), format="turtle")
    return whole
