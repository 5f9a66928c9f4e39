"""Where what a document says of validity and what the register or another document says cannot both hold."""

from collections.abc import Iterable, Iterator

from loaders.law.claims import contradictions_of
from loaders.law.graph import entries
from loaders.law.register import Register
from ontology import TD
from queryapi.loading.claimgraph import Clause
from queryapi.loading.judge import About

_BOUNDS = {
    "enters-into-force": ("start", str(TD.validFrom)),
    **dict.fromkeys(("ends", "repeals", "replaces"), ("end", str(TD.validBefore))),
}


def contradicted(clauses: Iterable[Clause], register: Register, about: About) -> Iterator[tuple[str, str]]:
    """Each of a document's clauses with the fact of the register, or the clause of another, it disagrees with."""
    for clause in clauses:
        claim = clause.claim
        if clause.iri is None or claim.day is None or claim.provisions or claim.effect not in _BOUNDS:
            continue
        bound, named = _BOUNDS[claim.effect]
        others = about(claim.about)
        known = register.joined(other.claim for other in others).by_iri(claim.about)
        if known is None or bound not in {found.bound for found in contradictions_of(known)}:
            continue
        fact = _fact(register, claim.about, named, bound)
        if fact and fact[1] not in (None, claim.day):
            yield clause.iri, fact[0]
        for other in others:
            same = _BOUNDS.get(other.claim.effect, ("", ""))[0] == bound and not other.claim.provisions
            if same and other.iri and other.claim.day not in (None, claim.day):
                yield clause.iri, other.iri


def _fact(register: Register, about: str, named: str, bound: str) -> tuple[str, str | None] | None:
    """The register's own fact on a bound, and the day it gives."""
    known = register.by_iri(about)
    if known is None:
        return None
    there = known.valid_from if bound == "start" else known.valid_before
    facts = (e.iri for e in entries().values() if e.one(TD.about) == about and e.one(TD.property) == named)
    iri = next(facts, None)
    return (iri, there.date) if there and iri else None
