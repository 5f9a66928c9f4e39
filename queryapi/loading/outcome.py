"""What a derived graph says of the verdicts, read from its N-Triples: what a load tells people when it is done."""

from loaders.vocabulary import concept_iri
from ontology import TD

_VERDICT = f" <{TD.verdict}> "
_DEAD = f" <{TD.alertKind}> <{concept_iri('alert', 'dead-basis')}> "
_GRAVE = f" <{TD.severity}> <{concept_iri('severity', 'high')}> "


def turned(before: str, after: str) -> frozenset[str]:
    """The citations that have another verdict after than before.

    >>> verdict = "<d#citation-1> <https://w3id.org/thidua/ns#verdict> <https://w3id.org/thidua/vocab/verdict/%s> .\\n"
    >>> turned(verdict % "in-force", verdict % "expired")
    frozenset({'d#citation-1'})
    >>> turned(verdict % "in-force", verdict % "in-force")
    frozenset()
    """
    was, now = ({line for line in said.splitlines() if _VERDICT in line} for said in (before, after))
    return frozenset(_subject(line) for line in was ^ now)


def dead_bases(derived: str) -> int:
    """How many bases of a document were no longer in force on its day; what is only mentioned does not count.

    >>> kind = "<a%s> <https://w3id.org/thidua/ns#alertKind> <https://w3id.org/thidua/vocab/alert/dead-basis> .\\n"
    >>> rank = "<a%s> <https://w3id.org/thidua/ns#severity> <https://w3id.org/thidua/vocab/severity/%s> .\\n"
    >>> dead_bases(kind % 1 + rank % (1, "high") + kind % 2 + rank % (2, "low") + rank % (3, "high"))
    1
    """
    lines = derived.splitlines()
    dead, grave = ({_subject(line) for line in lines if said in line} for said in (_DEAD, _GRAVE))
    return len(dead & grave)


def _subject(line: str) -> str:
    return line.partition("> ")[0].removeprefix("<")
