"""What changed between two versions of the vocabulary: `python docs/diff_ontology.py OLD NEW`.

OLD and NEW are Turtle files or folders of them, such as `ontology/` of two tags (`git worktree add ../old v0.1.0`).
Prints Markdown for release notes: terms added, deprecated, removed, and those whose use or words were changed.
"""

import sys
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

BASE = "https://w3id.org/thidua/"
NAMES = (BASE + "ns#", BASE + "vocab/")
# What a reader of data must know: a name in another word is a change of words, a domain one of use.
WORDS = (RDFS.label, SKOS.prefLabel, SKOS.definition)
USE = (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, RDF.type, SKOS.inScheme)


def read(place: Path) -> Graph:
    """One Turtle file, or all in a folder and in its `vocab`."""
    files = [place] if place.is_file() else [*place.glob("*.ttl"), *place.glob("vocab/*.ttl")]
    if not files:
        raise SystemExit(f"{place}: no Turtle here")
    whole = Graph()
    for file in sorted(files):
        whole.parse(file)
    return whole


def names(data: Graph) -> set[URIRef]:
    """Every term and concept of ours that is declared."""
    return {s for s in data.subjects(RDF.type, None) if isinstance(s, URIRef) and str(s).startswith(NAMES)}


def difference(old: Graph, new: Graph) -> dict[str, list[str]]:
    """The names under each heading, in their order."""
    before, after = names(old), names(new)

    def retired(data: Graph, name: URIRef) -> bool:
        return any(str(value) == "true" for value in data.objects(name, OWL.deprecated))

    def differs(name: URIRef, *properties: URIRef) -> bool:
        return any(set(old.objects(name, p)) != set(new.objects(name, p)) for p in properties)

    both = before & after
    found = {
        "Added": after - before,
        "Deprecated": {name for name in after if retired(new, name) and not retired(old, name)},
        "Removed": before - after,
        "Changed in use": {name for name in both if differs(name, *USE)},
        "Reworded": {name for name in both if differs(name, *WORDS)},
    }
    return {heading: sorted(name.removeprefix(BASE) for name in group) for heading, group in found.items()}


def text(found: dict[str, list[str]]) -> str:
    """The headings that have something under them."""
    parts = [f"### {heading} ({len(group)})\n\n" + "".join(f"- `{name}`\n" for name in group)
             for heading, group in found.items() if group]  # fmt: skip
    return "\n".join(parts) or "Nothing changed.\n"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    print(text(difference(read(Path(sys.argv[1])), read(Path(sys.argv[2])))), end="")
