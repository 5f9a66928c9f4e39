"""Documents into the store together with the derived graphs that change by them: those of others that cite them too.

What stands in a derived graph is computed in `derive.py`; here is which ones, and how they are written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from loaders.law.register import Register, register
from loaders.names import graph_iri
from ontology import ELI, TD
from queryapi.loading.agencygraph import agency_triples
from queryapi.loading.base import law_by_subject, register_beside
from queryapi.loading.claimgraph import Claims, claims_of
from queryapi.loading.concerned import Concerned, by_claims
from queryapi.loading.derive import Around, Fact, derived_facts, judged_anew, ntriples
from queryapi.loading.judge import targets
from queryapi.loading.outcome import dead_bases, turned
from queryapi.loading.radargraph import Listed, listed, order_edit
from queryapi.store import AGENCIES, DERIVED, DOC, LAW, RADAR, Edit, Store, document_of
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Literal, Rows

BULK = 100  # documents handed to the engine at once in a first load
_PREFIXES = f"PREFIX td: <{TD}> PREFIX eli: <{ELI}> "


@dataclass(kw_only=True)
class Change:
    """What is to be done to a store.

    `graphs` are the new document graphs, `gone` the documents to drop, `names` the source names of documents where
    they are not yet recorded. `again` are documents whose surroundings may be wrong, after a load that died: what is
    derived of them, of those that cite them and of their bodies is computed anew. `everything` says that the rest of
    the store is computed anew as well, so that nobody need look for what else changes. `concerned` are citations, and
    documents whose alerts, may be others with another register.
    """

    graphs: Mapping[str, str] = field(default_factory=dict)
    gone: Iterable[str] = ()
    names: Mapping[str, list[str]] = field(default_factory=dict)
    again: Iterable[str] = ()
    concerned: Concerned = field(default_factory=Concerned)
    everything: bool = False


class Derivation:
    """Writes a batch of document graphs with their derived graphs, and refreshes those of others by what changed."""

    def __init__(self, store: Store, change: Change) -> None:
        self.store = store
        self.new = dict(change.graphs)
        self.gone = set(change.gone)
        self.names = dict(change.names)
        self.again = set(change.again)
        self.concerned = change.concerned
        self.everything = change.everything
        self.before: dict[str, str] = {}
        self._parsed = {document_of(g): GraphDocument(document_of(g), said) for g, said in self.new.items()}
        self._read: dict[str, GraphDocument] = {}
        self._derived: dict[str, str] = {}
        self.turned: dict[str, frozenset[str]] = {}
        """The citations whose verdict is another now, by document, of those that were judged again."""
        self.dead: dict[str, int] = {}
        """How many of a document's bases were not in force any more on its day, of each that was looked at."""
        self.claims = Claims(store, self._parsed, self.gone)

    def write(self) -> Concerned:
        """Put everything into the store: new documents in bulk, all that replaces something in one transaction.

        Gives the citations of other documents that were judged again because of what the batch claims.
        """
        fresh = {g for g in self.new if not self.store.holds(g)}
        self.before = {g: self.store.triples(g) for g in self.new if g not in fresh}
        self.before |= {g: self.store.triples(g) for g in (graph_iri("doc", d) for d in self.gone)}
        changed = {document_of(g) for g in self.new}
        moved = Concerned() if self.everything else self._moved(fresh)
        others = (self.concerned | moved).without(changed | self.gone | self.again)
        derived = self._graphs(changed | self.again - self.gone, others)
        anew = {graph_iri("derived", document_of(g)) for g in fresh}
        gone = {graph_iri("derived", d) for d in self.gone}
        before = {g: self._derived.get(g) or self.store.triples(g) for g in {*derived, *gone} - anew}
        edit = self._agencies() | self._law()
        order = self._order(derived, before)
        batch = [{g: self.new[g], **_only(derived, graph_iri("derived", document_of(g)))} for g in sorted(fresh)]
        if batch:
            self.store.add(_merged(batch[i : i + BULK]) for i in range(0, len(batch), BULK))
        done = set().union(*batch) if batch else set()
        replaced = {g: t for g, t in self.new.items() if g not in done and self.before.get(g) != t}
        replaced |= {g: t for g, t in derived.items() if g not in done and before.get(g) != t}
        replaced |= dict.fromkeys((*gone, *(graph_iri("doc", d) for d in self.gone)), "")
        if order is None:
            replaced[RADAR] = ""
        elif order != Edit():
            edit[RADAR] = order
        edited = {g: _edit(before[g], replaced.pop(g)) for g in list(replaced) if before.get(g) and replaced[g]}
        if replaced or edited or edit:
            self.store.replace(replaced, {**edited, **edit})
        return moved.without(changed | self.gone)

    def _moved(self, fresh: set[str]) -> Concerned:
        """What others say of the documents that come, go or say something else now, and of those they speak of."""
        now = {clause for document in self._parsed.values() for clause in claims_of(document)}
        then = {c for g, said in self.before.items() for c in claims_of(GraphDocument(document_of(g), said))}
        again = [self._document(d) for d in self.again if d not in self._parsed and d not in self.gone]
        clauses = (now ^ then) | {clause for document in again if document for clause in claims_of(document)}
        about = {clause.claim.about for clause in clauses} | {document_of(g) for g in fresh} | self.gone | self.again
        days = {clause.claim.day for clause in clauses if clause.claim.day}
        return by_claims(self.store, about, days, self.register)

    @cached_property
    def register(self) -> Register:
        return register()

    @cached_property
    def around(self) -> Around:
        return Around(self.register, self._held, self.claims.about)

    @cached_property
    def framework(self) -> Register:
        return self.around.framework()

    def _graphs(self, whole: set[str], parts: Concerned) -> dict[str, str]:
        """The derived graph of each document, as N-Triples by graph name: all of it, or what these citations change."""
        documents = [found for d in sorted(whole) if (found := self._document(d))]
        some = [
            found for d in sorted({*parts.documents, *self.names} - whole - self.gone) if (found := self._document(d))
        ]
        self.claims.fetch(target for found in (*documents, *some) for target in targets(found, self.register))
        graphs = {}
        for document in documents:
            facts = derived_facts(document, self.register, self._held, self.claims.about, self.framework)
            graphs[graph_iri("derived", document.iri)] = self._written(document, facts)
        for document in some:
            graph = graph_iri("derived", document.iri)
            self._derived[graph] = self.store.triples(graph)
            before = GraphDocument(document.iri, self._derived[graph])
            facts = judged_anew(document, before, parts.of(document.iri), self.around, self.framework)
            graphs[graph] = self._written(document, facts)
            self.turned[document.iri] = turned(self._derived[graph], graphs[graph])
        self.dead = {_document_of_derived(graph): dead_bases(said) for graph, said in graphs.items()}
        return graphs

    def _written(self, document: GraphDocument, facts: Iterable[Fact]) -> str:
        names = ((Iri(document.iri), Iri(str(TD.otherSource)), Literal(n)) for n in self._names_of(document.iri)[1:])
        return "".join(sorted(ntriples((*facts, *names))))

    def _document(self, iri: str) -> GraphDocument:
        if iri not in self._parsed and iri not in self._read:
            self._read[iri] = GraphDocument(iri, self.store.triples(graph_iri("doc", iri)))
        return self._parsed.get(iri) or self._read[iri]

    def _held(self, iri: str) -> bool:
        graph = graph_iri("doc", iri)
        return graph in self.new or (iri not in self.gone and self.store.holds(graph))

    def _order(self, derived: Mapping[str, str], before: Mapping[str, str]) -> Edit | None:
        """How the order of all alerts changes."""
        then, now = set[Listed](), set[Listed]()
        for graph, said in before.items():
            document = _document_of_derived(graph)
            then |= listed(self._was(document), said)
        for graph, said in derived.items():
            now |= listed(self._document(_document_of_derived(graph)), said)
        return order_edit(self.store, then, now)

    def _was(self, document: str) -> GraphDocument:
        """The document as it stands in the store until this is written."""
        said = self.before.get(graph_iri("doc", document))
        return self._document(document) if said is None else GraphDocument(document, said)

    def _names_of(self, document: str) -> list[str]:
        if document in self.names:
            return self.names[document]
        records = sorted(self.store.sources().of(document), key=lambda r: r.order)
        return [record.name for record in records]

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


def _edit(before: str, after: str) -> Edit:
    """What turns one graph into the other."""
    was, now = set(before.splitlines(keepends=True)), set(after.splitlines(keepends=True))
    return Edit("".join(sorted(was - now)), "".join(sorted(now - was)))


def _document_of_derived(graph: str) -> str:
    return document_of(graph.replace(DERIVED, DOC, 1))
