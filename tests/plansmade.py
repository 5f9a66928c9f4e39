"""Stores of many made-up plans with alerts and their order, written straight as triples: fast, and each plan known."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from loaders.names import document_iri, graph_iri
from ontology import BASE, ELI, OA, TD
from queryapi.store import Store, open_store
from queryapi.store.terms import Iri, Literal, Results, Rows, Term

PROVINCES = ("Bình Phước", "Đồng Nai", "Quảng Ninh", "Ninh Thuận", "Cần Thơ")
LEVELS = ("tinh", "huyen", "xa")
DECREE = document_iri("chinh-phu", "nghi-dinh", "2017", "91")
NEWER = document_iri("chinh-phu", "nghi-dinh", "2023", "98")
RANKS = {"high": 1, "medium": 2, "low": 3}
_FIRST = date(2019, 1, 2)
_DAYS = 6 * 365


def plan(number: int) -> str:
    """The name of one of the plans."""
    return document_iri(f"ubnd-xa-thu-{number % 977}", "ke-hoach", str(day(number).year), str(number))


def day(number: int) -> date:
    """Its day: the plans are spread over six years."""
    return _FIRST + timedelta(days=number * 37 % _DAYS)


def alerts(number: int) -> list[tuple[str, str, str]]:
    """Kind, severity and name of its alerts: each plan leans on a dead decree, some know other changes as well."""
    said = [("dead-basis", "high" if number % 3 else "low", f"{plan(number)}#alert-dead-basis-10")]
    if number % 2 == 0:
        said.append(("basis-ended-later", "medium", f"{plan(number)}#alert-basis-ended-later-30"))
    if number % 5 == 0:
        said.append(("framework-changed", "medium", f"{plan(number)}#alert-framework-changed-nghi-dinh-91"))
    return said


def triples(number: int) -> Iterator[tuple[str, object, Term]]:
    """What the document's and its derived graph say, as far as the radar asks."""
    me = plan(number)
    yield me, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", Iri(str(TD.EmulationPlan))
    yield me, TD.sourceName, Literal(f"{number}.txt")
    yield me, TD.searchText, Literal(f"{number}/kh-ubnd")
    yield me, ELI.number, Literal(f"{number}/KH-UBND")
    yield me, ELI.date_document, Literal.of(day(number))
    yield me, TD.year, Literal.of(day(number).year)
    yield me, TD.issuerLabel, Literal("Ủy ban nhân dân xã Thử")
    yield me, TD.level, Iri(f"{BASE}vocab/level/{LEVELS[number % 3]}")
    yield me, TD.provinceName, Literal(PROVINCES[number % 5], language="vi")
    for start, cited, verdict in ((10, DECREE, "expired"), (30, NEWER, "in-force")):
        citation = f"{me}#citation-{start}"
        yield me, TD.hasCitation, Iri(citation)
        yield citation, TD.inDocument, Iri(me)
        yield citation, TD.cites, Iri(cited)
        yield citation, OA.exact, Literal(f"Nghị định tại {start}")
        yield citation, TD.start, Literal.of(start)
        yield citation, TD.end, Literal.of(start + 9)
        yield citation, TD.relation, Iri(f"{BASE}vocab/relation/can-cu")
        yield citation, TD.verdict, Iri(f"{BASE}vocab/verdict/{verdict}")
    for kind, severity, name in alerts(number):
        yield me, TD.hasAlert, Iri(name)
        yield name, TD.inDocument, Iri(me)
        yield name, TD.alertKind, Iri(f"{BASE}vocab/alert/{kind}")
        yield name, TD.severity, Iri(f"{BASE}vocab/severity/{severity}")
        yield name, TD.concerns, Iri(NEWER if kind == "basis-ended-later" else DECREE)
        yield name, TD.changedOn, Literal.of(date(2024, 1, 1))
        yield name, TD.alertReason, Literal("hết hiệu lực từ 01/01/2024", language="vi")
        if kind != "framework-changed":
            yield name, TD.onCitation, Iri(f"{me}#citation-{name.rpartition('-')[2]}")


def order(numbers: Iterable[int]) -> set[tuple[str, object, Term]]:
    """The order of their alerts, by severity and day."""
    root = f"{BASE}id/radar"
    said: set[tuple[str, object, Term]] = set()
    for number in numbers:
        for _, severity, name in alerts(number):
            year, of_day = (f"{root}/{RANKS[severity]}/{at}" for at in (day(number).year, day(number)))
            said.add((root, TD.hasRadarYear, Iri(year)))
            said.add((year, TD.hasRadarDay, Iri(of_day)))
            said.add((of_day, TD.listsAlert, Iri(name)))
    return said


def lines(said: Iterable[tuple[str, object, Term]]) -> str:
    """As N-Triples."""
    return "".join(sorted({f"<{s}> <{p}> {o.n3()} .\n" for s, p, o in said}))


def fill(folder: Path, plans: int) -> None:
    """A store of so many plans, all in one bulk."""
    graphs = {graph_iri("doc", plan(number)): lines(triples(number)) for number in range(plans)}
    graphs[f"{BASE}graph/radar"] = lines(order(range(plans)))
    with open_store(folder, write=True) as store:
        store.add([graphs])
        store.commit()


class Counting:
    """A store that keeps its queries and counts the rows they give."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.rows = 0
        self.queries: list[str] = []

    def __getattr__(self, name: str) -> object:
        assert name in ("holds", "version", "name"), f"{name} reads more than a query that is counted"
        return getattr(self._store, name)

    def query(self, sparql: str, parameters: Mapping[str, Term] | None = None, **more: object) -> Results:
        answer = self._store.query(sparql, parameters, **more)
        self.queries.append(sparql)
        assert isinstance(answer, Rows)
        self.rows += len(answer.rows)
        return answer


@contextmanager
def counting(folder: Path) -> Iterator[Counting]:
    """The store of a folder, counted."""
    with open_store(folder) as store:
        yield Counting(store)
