"""Documents into the store together with the derived graphs that change by them: those of others that cite them too.

What stands in a derived graph is computed in `derive.py`; here is which ones, and how they are written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from loaders.law.register import register
from loaders.names import graph_iri
from ontology import ELI, TD
from queryapi.loading.agencygraph import agency_triples
from queryapi.loading.base import law_by_subject, register_beside
from queryapi.loading.derive import Fact, derived_facts, ntriples
from queryapi.store import AGENCIES, DOC, LAW, Edit, Store, document_of
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Literal, Rows

BULK = 100  # documents handed to the engine at once in a first load
_CITING = (
    "SELECT DISTINCT ?d { VALUES ?x { %s } { ?c td:cites ?x } UNION { ?c td:resolvedByDate ?x } ?c td:inDocument ?d }"
)
_PREFIXES = f"PREFIX td: <{TD}> PREFIX eli: <{ELI}> "


class Derivation:
    """Writes a batch of document graphs with their derived graphs, and refreshes those of others that depend on them.

    `graphs` are the new document graphs, `gone` the documents to drop, `names` the source names of documents where
    they are not yet recorded. `again` are documents whose surroundings may be wrong, after a load that died or with
    another register: what is derived of them, of those that cite them and of their bodies is computed anew.
    """

    def __init__(
        self,
        store: Store,
        graphs: Mapping[str, str] | None = None,
        gone: Iterable[str] = (),
        names: Mapping[str, list[str]] | None = None,
        again: Iterable[str] = (),
    ) -> None:
        self.store = store
        self.new = dict(graphs or {})
        self.gone = set(gone)
        self.names = dict(names or {})
        self.again = set(again)
        self.before: dict[str, str] = {}
        self._parsed: dict[str, GraphDocument] = {}

    def write(self) -> None:
        """Put everything into the store: new documents in bulk, all that replaces something in one transaction."""
        fresh = {g for g in self.new if not self.store.holds(g)}
        self.before = {g: self.store.triples(g) for g in self.new if g not in fresh}
        self.before |= {g: self.store.triples(g) for g in (graph_iri("doc", d) for d in self.gone)}
        changed = {document_of(g) for g in self.new}
        appeared = {document_of(g) for g in fresh}
        citing = self._citing(appeared | self.gone | self.again)
        others = (citing | set(self.names) | self.again) - changed - self.gone
        derived = self.graphs(sorted(changed | others))
        batch = [{g: self.new[g], **_only(derived, graph_iri("derived", document_of(g)))} for g in sorted(fresh)]
        if batch:
            self.store.add(_merged(batch[i : i + BULK]) for i in range(0, len(batch), BULK))
        done = set().union(*batch) if batch else set()
        replaced = {g: t for g, t in {**self.new, **derived}.items() if g not in done}
        for document in self.gone:
            replaced |= dict.fromkeys((graph_iri("doc", document), graph_iri("derived", document)), "")
        replaced = {g: t for g, t in replaced.items() if self.store.triples(g) != t}
        edit = self._agencies() | self._law()
        if replaced or edit:
            self.store.replace(replaced, edit)

    def graphs(self, documents: Iterable[str]) -> dict[str, str]:
        """The derived graph of each document, as N-Triples by graph name."""
        found = {}
        for iri in documents:
            document = self._document(iri)
            if document:
                found[graph_iri("derived", iri)] = "".join(sorted(ntriples(self._facts(document))))
        return found

    def _document(self, iri: str) -> GraphDocument:
        graph = graph_iri("doc", iri)
        if graph not in self.new:
            return GraphDocument(iri, self.store.triples(graph))
        if iri not in self._parsed:
            self._parsed[iri] = GraphDocument(iri, self.new[graph])
        return self._parsed[iri]

    def _facts(self, document: GraphDocument) -> Iterator[Fact]:
        yield from derived_facts(document, register(), self._held)
        for name in self._names_of(document.iri)[1:]:
            yield Iri(document.iri), Iri(str(TD.otherSource)), Literal(name)

    def _held(self, iri: str) -> bool:
        graph = graph_iri("doc", iri)
        return graph in self.new or (iri not in self.gone and self.store.holds(graph))

    def _names_of(self, document: str) -> list[str]:
        if document in self.names:
            return self.names[document]
        records = sorted(self.store.sources().of(document), key=lambda r: (-r.quality, r.name, r.sha256, r.path))
        return [record.name for record in records]

    def _citing(self, documents: set[str]) -> set[str]:
        if not documents:
            return set()
        found = self.store.query(_PREFIXES + _CITING % " ".join(Iri(d).n3() for d in sorted(documents)))
        return {str(row[0]) for row in found.rows} if isinstance(found, Rows) else set()

    def _agencies(self) -> dict[str, Edit]:
        """The bodies met for the first time, and those nobody names any more."""
        again = {d for d in self.again if graph_iri("doc", d) not in self.new} - self.gone
        now = {a for d in {*map(document_of, self.new), *again} for a in self._document(d).agencies()}
        then = {a for g, t in self.before.items() for a in GraphDocument(document_of(g), t).agencies()}
        described = self._described(None if self.again else now | then)
        wanted = {a: agency_triples(a) for a in now}
        wanted |= {a: agency_triples(a) for a in sorted({*then, *described} - now) if self._still_named(a)}
        removed = [said for a, said in sorted(described.items()) if wanted.get(a) != said]
        added = [said for a, said in sorted(wanted.items()) if described.get(a) != said]
        return {AGENCIES: Edit("".join(removed), "".join(added))} if removed or added else {}

    def _described(self, agencies: set[str] | None) -> dict[str, str]:
        """What the agencies graph says of these bodies, or of all."""
        values = "" if agencies is None else f"VALUES ?a {{ {' '.join(Iri(a).n3() for a in sorted(agencies))} }}"
        found = self.store.query(f"SELECT ?a ?p ?o {{ {values} GRAPH <{AGENCIES}> {{ ?a ?p ?o }} }}")
        lines: dict[str, list[str]] = defaultdict(list)
        for row in found.rows if isinstance(found, Rows) else ():
            lines[str(row[0])].append(" ".join(term.n3() for term in row if term) + " .\n")
        return {agency: "".join(sorted(said)) for agency, said in lines.items()}

    def _still_named(self, agency: str) -> bool:
        """Whether a document outside this batch names the body; that the register does is nothing to it."""
        query = "SELECT DISTINCT ?g { GRAPH ?g { { ?d eli:passed_by %s } UNION { ?c td:citedIssuer %s } } }"
        found = self.store.query(_PREFIXES + query.replace("%s", Iri(agency).n3()))
        graphs = {str(row[0]) for row in found.rows} if isinstance(found, Rows) else set()
        return any(g.startswith(DOC) and g not in self.before for g in graphs)

    def _law(self) -> dict[str, Edit]:
        """What the register leaves out where a document says it, and says again where the document is gone."""
        documents = {*map(document_of, self.new), *self.gone, *self.again}
        registered = sorted(documents & law_by_subject().keys())
        if not registered or not self.store.holds(LAW):
            return {}
        removed, added = set[str](), set[str]()
        for document in registered:
            graph = graph_iri("doc", document)
            said = "" if document in self.gone else self.new.get(graph) or self.store.triples(graph)
            found = self.store.query(f"SELECT ?p ?o {{ GRAPH <{LAW}> {{ {Iri(document).n3()} ?p ?o }} }}")
            rows = found.rows if isinstance(found, Rows) else ()
            there = {" ".join((Iri(document).n3(), *(t.n3() for t in row if t))) + " .\n" for row in rows}
            wanted = set(register_beside(document, said))
            removed |= there - wanted
            added |= wanted - there
        return {LAW: Edit("".join(sorted(removed)), "".join(sorted(added)))} if removed or added else {}


def _only(graphs: Mapping[str, str], name: str) -> dict[str, str]:
    return {name: graphs[name]} if name in graphs else {}


def _merged(batch: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {graph: triples for graphs in batch for graph, triples in graphs.items()}
