"""How a document or a registered instrument itself stands: what documents and the register say of it, and today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from loaders.law.records import Instrument, Relation
from loaders.law.register import Register, register
from loaders.law.verdict import Bound, Verdict
from loaders.vocabulary import scheme
from ontology import TD
from queryapi.loading.claimgraph import Claims
from queryapi.store import Store
from queryapi.store.terms import Iri, Rows
from queryapi.trace.clauses import Clause, conflicts, differing, read_clauses
from queryapi.trace.nodes import Node, name_nodes

MOST_CITING = 30
_ABOUT = f"SELECT ?clause {{ ?clause <{TD.claimsAbout}> %s }}"
_CITING = f"""PREFIX td: <{TD}>
SELECT DISTINCT ?document {{
  {{ ?citation td:cites %s MINUS {{ ?citation td:resolvedByDate ?law }} }} UNION {{ ?citation td:resolvedByDate %s }}
  ?citation td:inDocument ?document FILTER(?document != %s) }} ORDER BY ?document"""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing said of its validity: by a clause of the document `by`, or by the register where there is none."""

    what: str
    day: str | None
    until: str | None = None
    parts: str = ""
    words: str = ""
    clause: str = ""
    by: str = ""
    by_itself: bool = False
    unsure: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another instrument it is related to, with how sure that is where it is not verified."""

    iri: str
    name: str
    held: bool
    unsure: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of one: `today` and its `verdict` then; `sides` are the lines that contradict each other."""

    iri: str
    name: str
    title: str | None
    held: bool
    issued: str | None
    issuer: str
    today: str
    verdict: Verdict
    lines: tuple[Line, ...]
    sides: tuple[Line, ...] = ()
    replaced_by: tuple[Other, ...] = ()
    amended_by: tuple[Other, ...] = ()
    replaces: tuple[Other, ...] = ()
    citing: tuple[Other, ...] = ()
    citing_count: int = 0
    registered: bool = False
    sources: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """The reason of the verdict without the verdict's own name before it."""
        return self.verdict.reason.removeprefix(scheme("verdict")[self.verdict.code].label).strip()


def standing(store: Store, iri: str, *, today: str | None = None) -> Standing | None:
    """What the store and the register say of it; None where nobody says anything."""
    today = today or date.today().isoformat()
    clauses = read_clauses(store, _column(store, _ABOUT % Iri(iri).n3()))
    own = register().by_iri(iri)
    if not clauses and own is None:
        return None
    known = register().joined(clause.claim for clause in Claims(store).about(iri))
    one = known.by_iri(iri)
    sides = differing(conflicts(store, [iri]), iri)
    nodes = name_nodes(store, _named(iri, clauses.values(), sides, one, known), {})
    lines = [_of_clause(clause, iri, nodes) for clause in clauses.values() if clause not in sides]
    told = {(side.effect_label, side.day) for side in sides if not side.document}
    lines += [line for line in _of_register(own) if (line.what, line.day) not in told] if own else []
    sources = [source for line in lines for source in line.sources]
    return Standing(
        iri=iri,
        name=one.label if one and own else nodes[iri].name,
        title=nodes[iri].title,
        held=nodes[iri].state == "held",
        issued=one.issued if one else None,
        issuer=own.issuer_label if own else "",
        today=today,
        verdict=known.judge(iri, today),
        lines=tuple(sorted(lines, key=lambda line: (line.day or "9", line.what, line.by))),
        sides=tuple(_of_clause(side, iri, nodes) for side in sides),
        replaced_by=_others(one.successors if one else (), nodes),
        amended_by=_others(one.amendments if one else (), nodes),
        replaces=_others(_replaced(iri, known), nodes),
        registered=own is not None,
        sources=tuple(dict.fromkeys(sources)),
    )


def cited_by(store: Store, found: Standing) -> Standing:
    """The same with the documents of the store that cite it."""
    name = Iri(found.iri).n3()
    citing = _column(store, _CITING % (name, name, name))
    nodes = name_nodes(store, citing[:MOST_CITING], {})
    others = (Other(iri=iri, name=nodes[iri].name, held=True) for iri in citing[:MOST_CITING])
    return replace(found, citing=tuple(others), citing_count=len(citing))


def only_cited(store: Store, iri: str, name: str) -> Standing | None:
    """One that nobody holds and nobody says anything of, but that is cited under this name."""
    verdict = register().judge(iri, date.today().isoformat())
    empty = Standing(
        iri=iri, name=name, title=None, held=False, issued=None, issuer="", today="", verdict=verdict, lines=()
    )
    found = cited_by(store, empty)
    return found if found.citing else None


def _named(
    iri: str, clauses: Iterable[Clause], sides: Iterable[Clause], one: Instrument | None, known: Register
) -> set[str]:
    speaking = {clause.document for clause in (*clauses, *sides) if clause.document}
    related = {other.iri for other in (*one.successors, *one.amendments)} if one else set()
    return {iri, *speaking, *related, *(relation.iri for relation in _replaced(iri, known))}


def _replaced(iri: str, known: Register) -> tuple[Relation, ...]:
    """What it took the place of, each with how sure that is."""
    return tuple(
        replace(relation, iri=instrument.iri)
        for instrument in known.instruments.values()
        for relation in instrument.successors
        if relation.iri == iri
    )


def _others(relations: Iterable[Relation], nodes: dict[str, Node]) -> tuple[Other, ...]:
    return tuple(
        Other(
            iri=relation.iri,
            name=nodes[relation.iri].name,
            held=nodes[relation.iri].state == "held",
            unsure=_unsure(relation.confidence),
        )
        for relation in relations
    )


def _of_clause(clause: Clause, iri: str, nodes: dict[str, Node]) -> Line:
    return Line(
        what=clause.effect_label,
        day=clause.day,
        until=clause.until,
        parts=", ".join(clause.provisions),
        words=clause.words if clause.document else clause.vouched,
        clause=clause.iri if clause.document else "",
        by=nodes[clause.document].name if clause.document else "sổ pháp luật",
        by_itself=clause.document == iri,
        sources=(clause.source,) if clause.source and not clause.document else (),
    )


def _of_register(one: Instrument) -> Iterator[Line]:
    """The bounds the register gives, each with its article."""
    for bound, what in (
        (one.issue, "ban hành"),
        (one.valid_from, "bắt đầu có hiệu lực"),
        (one.valid_before, "hết hiệu lực"),
    ):
        if bound:
            yield _of_bound(bound, what)
    for part in one.partly_expired:
        yield _of_bound(part.bound, "hết hiệu lực một phần", ", ".join(part.words))
    for pause in one.suspended:
        until = pause.end.date if pause.end else None
        yield replace(_of_bound(pause.start, "ngưng hiệu lực", ", ".join(pause.words)), until=until)


def _of_bound(bound: Bound, what: str, parts: str = "") -> Line:
    return Line(
        what=what,
        day=bound.date,
        parts=parts,
        words=bound.by_article or "",
        by="sổ pháp luật",
        unsure=_unsure(bound.confidence),
        sources=bound.source,
    )


def _unsure(confidence: str) -> str:
    return "" if confidence == "V" else f"chưa kiểm chứng, {confidence}"


def _column(store: Store, query: str) -> list[str]:
    found = store.query(query)
    return [str(row[0]) for row in found.rows] if isinstance(found, Rows) else []
