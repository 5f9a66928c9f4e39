"""Which citations of a store may be judged otherwise when an instrument is known otherwise, and which plans' alerts.

An instrument's change concerns the citations of it, those of what it replaced (their successors and form hints name
it), names without a number that it may bear, and the plans whose period its end lies in where it is of their framework.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from loaders.law.records import Instrument
from loaders.law.register import Register, name_key, number_key
from loaders.names import authority_of
from ontology import ELI, TD
from queryapi.store import Store
from queryapi.store.terms import Iri, Rows, Term

_PREFIXES = f"PREFIX td: <{TD}> PREFIX eli: <{ELI}> "
_CITING = """SELECT DISTINCT ?d ?c { VALUES ?x { %s }
  { ?c td:cites ?x } UNION { ?c td:resolvedByDate ?x } ?c td:inDocument ?d }"""
_CLAIMING = "SELECT DISTINCT ?d { VALUES ?x { %s } ?e td:claimsAbout ?x ; td:inDocument ?d }"
_REPLACED = "SELECT DISTINCT ?x { VALUES ?d { %s } ?e td:inDocument ?d ; td:claimsAbout ?x }"
_NUMBERED = """SELECT ?d ?c ?said ?type ?cites { ?c td:citedNumber ?said ; td:inDocument ?d
  OPTIONAL { ?c td:citedType ?type } OPTIONAL { ?c td:cites ?cites } }"""
_NAMED = """SELECT ?d ?c ?said ?day { { ?c td:citedName ?said } UNION { ?c td:citedTitle ?said } ?c td:inDocument ?d
  MINUS { ?c td:citedNumber ?number } OPTIONAL { ?c td:citedDate ?day } }"""
_PLANS = """SELECT ?d ?until ?date ?limit { ?d td:launches ?m . ?m td:periodUntil ?until
  OPTIONAL { ?d eli:date_document ?date } OPTIONAL { ?d td:notBefore ?limit } }"""
_AT_ONCE = 1000  # names in one query


@dataclass(frozen=True)
class Rejudged:
    """How many citations were judged again, in how many documents; `plans` are those whose alerts were looked at.

    `turned` is how many of the citations have another verdict now.
    """

    citations: int = 0
    documents: int = 0
    plans: int = 0
    turned: int = 0

    def __bool__(self) -> bool:
        return bool(self.citations or self.documents or self.plans)


@dataclass(frozen=True)
class Concerned:
    """Citations by their document, and documents of which only the alerts or the contradictions may change."""

    citations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    def __or__(self, more: "Concerned") -> "Concerned":
        joined = {d: self.of(d) | more.of(d) for d in {*self.citations, *more.citations}}
        return Concerned(joined, self.others | more.others)

    def of(self, document: str) -> frozenset[str]:
        return self.citations.get(document, frozenset())

    @property
    def documents(self) -> set[str]:
        return {*self.citations, *self.others}

    @property
    def count(self) -> Rejudged:
        return Rejudged(sum(map(len, self.citations.values())), len(self.citations), len(self.others))

    def without(self, documents: Collection[str]) -> "Concerned":
        kept = {d: said for d, said in self.citations.items() if d not in documents}
        return Concerned(kept, self.others - frozenset(documents))

    def only(self, documents: Collection[str]) -> "Concerned":
        return self.without(self.documents - set(documents))


def by_register(store: Store, before: Register, after: Register) -> Concerned:
    """What one register in the place of another may change."""
    return by_instruments(store, differing(before, after), (before, after))


def differing(before: Register, after: Register) -> set[str]:
    """The instruments that one register knows otherwise than another, by what it says of them and of their forms."""
    if before.checked_on != after.checked_on:  # said wherever no end is known
        return {*before.instruments, *after.instruments}
    found = {i for i in {*before.instruments, *after.instruments} if before.by_iri(i) != after.by_iri(i)}
    for form in {*before.forms, *after.forms}:
        was, now = before.forms.get(form), after.forms.get(form)
        if was != now:
            found |= {one.document for one in (was, now) if one}
    return found


def by_instruments(store: Store, changed: set[str], registers: tuple[Register, ...]) -> Concerned:
    """What concerns the changed instruments, as these registers and the store's documents know them."""
    if not changed:
        return Concerned()
    reached = _with_predecessors(store, changed, registers)
    known = [one for register in registers for iri in sorted(changed) if (one := register.by_iri(iri))]
    found: dict[str, set[str]] = defaultdict(set)
    for document, citation in (*_citing(store, reached), *_named(store, known), *_numbered(store, changed, registers)):
        found[document].add(citation)
    ends = {day for register in registers for iri in reached for day in _ends(register.by_iri(iri))}
    others = {*_claiming(store, reached), *_plans(store, ends)} - found.keys()
    return Concerned({d: frozenset(c) for d, c in found.items()}, frozenset(others))


def by_claims(store: Store, about: set[str], days: Iterable[str], register: Register) -> Concerned:
    """What may change by what documents claim of these; `days` are those the claims name."""
    if not about:
        return Concerned()
    reached = _with_predecessors(store, about, (register,))
    known = [one for iri in sorted(about) if (one := register.by_iri(iri))]
    found: dict[str, set[str]] = defaultdict(set)
    for document, citation in (*_citing(store, reached), *_named(store, known)):
        found[document].add(citation)
    framed = [one for iri in reached if (one := register.by_iri(iri)) and one.frameworks]
    ends = {*days, *(day for one in framed for day in _ends(one))} if framed else set()
    others = {*_claiming(store, reached), *_plans(store, ends)} - found.keys()
    return Concerned({d: frozenset(c) for d, c in found.items()}, frozenset(others))


def _with_predecessors(store: Store, changed: set[str], registers: tuple[Register, ...]) -> set[str]:
    """These, and all that they took the place of, by the registers or by what a document says of itself."""
    before: dict[str, set[str]] = defaultdict(set)
    for register in registers:
        for one in register.instruments.values():
            for successor in one.successors:
                before[successor.iri].add(one.iri)
        for form in register.forms.values():
            after = register.forms.get(form.succeeded_by or "")
            if after:
                before[after.document].add(form.document)
    found, waiting = set(changed), set(changed)
    while waiting:
        claimed = {str(x) for (x,) in _rows(store, _REPLACED, waiting)}
        waiting = (claimed | {old for iri in waiting for old in before[iri]}) - found
        found |= waiting
    return found


def _citing(store: Store, iris: set[str]) -> Iterator[tuple[str, str]]:
    for document, citation in _rows(store, _CITING, iris):
        yield str(document), str(citation)


def _claiming(store: Store, iris: set[str]) -> Iterator[str]:
    for (document,) in _rows(store, _CLAIMING, iris):
        yield str(document)


def _named(store: Store, known: list[Instrument]) -> Iterator[tuple[str, str]]:
    """Citations without a number whose name, and day or year if they have one, fits one of the instruments."""
    issued: dict[str, list[str]] = defaultdict(list)
    for one in known:
        for title in (one.title, *one.also_called):
            issued[name_key(title)[0]].append(one.issued or "")
    for document, citation, said, day in _rows(store, _NAMED) if issued else ():
        key, year = name_key(str(said))
        meant = str(day) if day else year or ""
        if any(of.startswith(meant) for of in issued.get(key, ())):
            yield str(document), str(citation)


def _numbered(store: Store, changed: set[str], registers: tuple[Register, ...]) -> Iterator[tuple[str, str]]:
    """Citations that may mean another instrument by their number: where one got its number, or lost it."""
    renamed = {iri for iri in changed if len({_identity(register.by_iri(iri)) for register in registers}) > 1}
    known = [one for register in registers for iri in renamed if (one := register.by_iri(iri)) and not one.is_local]
    numbered: dict[str, list[Instrument]] = defaultdict(list)
    for one in known:
        numbered[number_key(one.number)].append(one)
    for document, citation, said, kind, cites in _rows(store, _NUMBERED) if numbered else ():
        type_ = str(kind).rpartition("/")[2] if kind else None
        authority = authority_of(str(cites)) if cites else None
        meant = numbered.get(number_key(str(said)), ())
        settled = cites and all(register.by_iri(str(cites)) for register in registers)
        if not settled and any(type_ in (None, i.type) and authority in (None, i.authority) for i in meant):
            yield str(document), str(citation)


def _identity(one: Instrument | None) -> tuple[object, ...]:
    return (one.number, one.type, one.is_local) if one else ()


def _ends(one: Instrument | None) -> Iterator[str]:
    """The days on which an instrument of a framework ended."""
    if one and one.frameworks:
        yield from (end.date for end in (one.valid_before, *one.alternatives.end) if end and end.date)


def _plans(store: Store, ends: set[str]) -> Iterator[str]:
    """The plans in whose period, from the day of issue on, one of the days lies."""
    for document, until, date, limit in _rows(store, _PLANS) if ends else ():
        if any(str(date or limit or "") <= end <= str(until) for end in ends):
            yield str(document)


def _rows(store: Store, query: str, iris: Iterable[str] | None = None) -> Iterator[tuple[Term | None, ...]]:
    """The rows of a query, asked for so many names at a time."""
    names = sorted(iris) if iris is not None else [""]
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        asked = query % " ".join(Iri(name).n3() for name in part) if iris is not None else query
        found = store.query(_PREFIXES + asked)
        yield from found.rows if isinstance(found, Rows) else ()
