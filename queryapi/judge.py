"""A citation before the register: which instrument is meant, and whether it was in force on the document's day."""

from collections.abc import Iterator
from dataclasses import dataclass

from queryapi.graphdoc import GraphDocument
from queryapi.terms import Term


@dataclass(frozen=True)
class Judgement:
    """What the register has to say; `resolved` is the law meant by a citation that gives no number."""

    resolved: str | None = None

    def facts(self) -> Iterator[tuple[str, Term]]:
        yield from ()


def judge(document: GraphDocument, citation: str) -> Judgement:
    """The judgement of one citation."""
    return Judgement()
