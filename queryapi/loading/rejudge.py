"""Derived graphs after the register, the units or the code that judges changed: all of them, or what that concerns."""

from collections.abc import Collection
from dataclasses import replace

from loaders.law.build import records
from loaders.law.graph import RegisterFile, Snapshot, reload
from loaders.law.register import Register
from ontology import TD
from queryapi.loading.base import law_ntriples, load_base, towards_register
from queryapi.loading.concerned import Concerned, Rejudged, by_instruments, by_register
from queryapi.loading.derivation import Change, Derivation
from queryapi.loading.inputs import judge_digest
from queryapi.loading.radargraph import mend
from queryapi.store import DERIVED, DOC, Store, document_of, failpoints

__all__ = ["Rejudged", "concerned", "judge_again", "rejudge"]

_CHUNK = 200  # documents written together: enough to be fast, few enough to keep in memory
_BODY_CHANGE = f"<{TD.BodyChange}>"


def rejudge(store: Store) -> Rejudged:
    """Bring a store up to date with the register as it is now, and show it; how much was judged again."""
    from queryapi.loading.load import repair

    reload()
    repaired = repair(store)
    renewed = load_base(store)
    found = judge_again(store)
    if found is not None or renewed or repaired:
        store.commit()
    return found or Rejudged()


def concerned(store: Store, instruments: Collection[str], *, register: Register | None = None) -> Rejudged:
    """How many citations would be judged again if these instruments changed; nothing is written.

    `register` is the one as it would be, where an instrument in it has a number or a name it has not now.
    """
    now = _register(law_ntriples())
    return by_instruments(store, set(instruments), (now, register or now)).count


def judge_again(store: Store) -> Rejudged | None:
    """Compute again what follows from another register, other units or other code; None where nothing is other.

    While only the register is other, that is what the change concerns; else it is everything.
    """
    sources = store.sources()
    known, law = sources.base(DERIVED), law_ntriples()
    if known == judge_digest():
        return None
    turned = 0
    before = sources.judged_by() if known == towards_register() else ""
    if before and _bodies(before) == _bodies(law):
        found = by_register(store, _register(before), _register(law))
        for part in _chunks(sorted(found.documents)):
            derivation = Derivation(store, Change(concerned=found.only(part)))
            derivation.write()
            turned += sum(map(len, derivation.turned.values()))
    else:
        found = Concerned()
        for part in _chunks([document_of(graph) for graph in store.graphs(DOC)]):
            Derivation(store, Change(again=part, everything=True)).write()
        mend(store)
    failpoints.reached("base-judged")
    sources.put_judged_by(law, DERIVED, judge_digest())
    return replace(found.count, turned=turned)


def _register(law: str) -> Register:
    """The register that these triples are; two of them are equal where they say the same."""
    return Register(*records(Snapshot("", (RegisterFile("law", law.encode()),))))


def _bodies(law: str) -> list[str]:
    """What the register says of bodies: it is in the names of agencies, so that anything may follow from it."""
    changes = {line.split(" ", 1)[0] for line in law.splitlines() if _BODY_CHANGE in line}
    return [line for line in law.splitlines() if line.split(" ", 1)[0] in changes]


def _chunks(documents: list[str]) -> list[list[str]]:
    return [documents[start : start + _CHUNK] for start in range(0, len(documents), _CHUNK)]
