"""A plan's nomination form made, and a filled one checked: what `thidua template` and `thidua validate` do.

Nominations are personal data. They are read, tested and reported in memory; nothing of them reaches the store.
"""

from dataclasses import dataclass, replace
from typing import Any, Protocol

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from loaders.days import shown_day
from loaders.law.register import register
from loaders.names import graph_iri
from loaders.nominations.form import write_form
from loaders.nominations.plan import Plan, plan_from
from loaders.nominations.rdf import decree_of, to_graph
from loaders.nominations.read import FormError, NoForm, OtherPlan, read_form
from ontology import ELI, TD
from queryapi.errors import UnknownDocument
from queryapi.nominations.assess import Assessor
from queryapi.nominations.finding import MET, NOT_APPLICABLE, NOT_ASSESSABLE, NOT_MET, Finding, Nominee
from queryapi.nominations.law import add_law, hinter
from shapes import NOMINATED
from shapes import graph as shapes_graph
from shapes.check import check, rules

# What the movement links to, and may be left to another document.
_DELEGABLE = (TD.requiresComponent, TD.setsQuota)


class PlanStore(Protocol):
    """The little of a store that cutting a slice needs."""

    def holds(self, graph: str) -> bool: ...

    def triples(self, graph: str) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that was checked, what came of it, and what was not checked.

    `holds` is the answer to "may this list go forward as it is": every nomination met, no quota exceeded.
    """

    plan: Plan
    form: str
    lang: str
    nominees: tuple[Nominee, ...]
    about_set: tuple[Finding, ...]
    about_plan: tuple[Finding, ...]
    unchecked: tuple[str, ...]
    tested: dict[str, int]

    @property
    def holds(self) -> bool:
        return all(n.verdict == MET for n in self.nominees) and all(f.verdict != NOT_MET for f in self.about_set)

    def count(self, verdict: str) -> int:
        return sum(n.verdict == verdict for n in self.nominees)


def plan_slice(store: PlanStore, plan_iri: str) -> Graph:
    """What checking nominations under a plan needs of the store: the plan, and what it leaves to plans the store holds.

    Parts a plan delegates ("theo thành phần hồ sơ yêu cầu tại Kế hoạch số 203/KH-UBND") are replaced by those of the
    plan named there, when it is held; they keep their own IRIs, so every finding still shows whose clause it is.
    """
    graph = _document(store, plan_iri)
    if not len(graph):
        raise UnknownDocument(plan_iri, ())
    movement = graph.value(URIRef(plan_iri), TD.launches)
    if movement is None:
        raise NoForm(plan_iri)
    for link in _DELEGABLE:
        for part in list(graph.objects(movement, link)):
            if str(graph.value(part, TD.rule) or "").endswith("/delegated"):
                for target in _named_in(graph, URIRef(plan_iri), part):
                    _take_over(graph, _document(store, str(target)), movement, link, part, target)
    return graph


def _plan_name(store: PlanStore, iri: str) -> str:
    """How people call the plan: number and issuer, else its file; its IRI when the store does not hold it."""
    graph, plan = _document(store, iri), URIRef(iri)
    issuer, source = graph.value(plan, TD.issuerLabel), graph.value(plan, TD.sourceName)
    number = graph.value(plan, ELI.number) or graph.value(plan, TD.knownAs) or (f"({source})" if source else None)
    return " ".join(str(part) for part in (number, issuer) if part) or iri


def _document(store: PlanStore, iri: str) -> Graph:
    name = graph_iri("doc", iri)
    graph = Graph()
    if store.holds(name):
        graph.parse(data=store.triples(name), format="nt")
    return graph


def _named_in(graph: Graph, plan: URIRef, part: Node) -> list[URIRef]:
    """The documents cited within the words of a part."""
    start, end = _int(graph, part, TD.start), _int(graph, part, TD.end)
    found = []
    for citation in graph.objects(plan, TD.hasCitation):
        target = graph.value(citation, TD.cites)
        place = _int(graph, citation, TD.start)
        placed = place is not None and start is not None and end is not None and start <= place < end
        if isinstance(target, URIRef) and placed and target != plan:
            found.append(target)
    return sorted(set(found))


def _take_over(graph: Graph, other: Graph, movement: Node, link: URIRef, part: Node, target: URIRef) -> None:
    source = other.value(target, TD.launches)
    parts = list(other.objects(source, link)) if source is not None else []
    if not parts:
        return
    graph.remove((movement, link, part))
    graph.remove((part, RDF.type, None))
    for taken in parts:
        graph.add((movement, link, taken))
        for predicate, value in other.predicate_objects(taken):
            graph.add((taken, predicate, value))


def _int(graph: Graph, subject: Node, predicate: URIRef) -> int | None:
    value = graph.value(subject, predicate)
    return int(str(value)) if value is not None else None


def template(store: PlanStore, plan_iri: str, format: str = "xlsx") -> bytes:
    """The plan's blank form. Raises NoForm for a document that sets no criterion."""
    plan = plan_from(plan_slice(store, plan_iri), plan_iri)
    if not plan.criteria:
        raise NoForm(plan.name, launches=True)
    return write_form(plan, format=format)


def check_form(store: PlanStore, data: bytes, name: str, *, plan_iri: str | None = None, lang: str = "vi") -> Report:
    """The report on a filled form. `plan_iri` is the plan asked about, where it was named apart from the form.

    Raises a FormError for a file that cannot be checked, UnknownDocument when the store does not hold the form's plan.
    """
    form = read_form(data, name)
    if plan_iri and plan_iri != form.plan:
        raise OtherPlan(name, _plan_name(store, form.plan), _plan_name(store, plan_iri))
    graph = plan_slice(store, form.plan)
    plan = _with_lines(plan_from(graph, form.plan), store)
    nominations = to_graph(form, plan)
    return _report(graph + nominations, plan, form.name, lang)


def _with_lines(plan: Plan, store: PlanStore) -> Plan:
    """The plan with the line of each part whose page is not known, where the store has the words of its document."""
    text_of = getattr(store, "text", lambda document: None)
    texts: dict[str, str | None] = {}

    def placed(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        for part in parts:
            if part.document not in texts:
                texts[part.document] = text_of(part.document)
        lines = [(texts[part.document] or "").count("\n", 0, part.start) + 1 for part in parts]
        return tuple(
            replace(part, line=line) if texts[part.document] and not part.page else part
            for part, line in zip(parts, lines, strict=True)
        )

    return replace(
        plan,
        criteria=placed(plan.criteria),
        components=placed(plan.components),
        quotas=placed(plan.quotas),
        deadlines=placed(plan.deadlines),
    )


def _report(data: Graph, plan: Plan, form: str, lang: str) -> Report:
    _date_components(data, plan)
    shapes = shapes_graph(*NOMINATED)
    add_law(data, shapes)
    # td:Assessment is left out: a plan may set no criterion for the kinds proposed, and a rule says so then.
    must_test = [TD.Nomination, *([TD.SubmittedComponent] if plan.stated_components else [])]
    results = check(data, shapes, must_test=must_test)
    assessor = Assessor(data, plan, results, rules(shapes), hinter(lang), lang)
    nominees = tuple(assessor.nominees())
    about_set = tuple(assessor.about_set())
    return Report(
        plan=plan,
        form=form,
        lang=lang,
        nominees=nominees,
        about_set=about_set,
        about_plan=tuple(assessor.about_plan()),
        unchecked=tuple(_unchecked(plan, nominees, about_set, lang)),
        tested={str(shape): count for shape, count in results.tested.items()},
    )


def _date_components(data: Graph, plan: Plan) -> None:
    """Gives each component that names a form its decree, and the day the plan was made: what rules of law look at."""
    day = plan.date or plan.not_before
    for component in plan.stated_components:
        decree = decree_of(component)
        if decree is not None:
            data.add((URIRef(component.iri), TD.formRequiredOf, decree))
            if day:
                data.add((URIRef(component.iri), TD.lawDay, Literal(day, datatype=XSD.date)))


def _unchecked(plan: Plan, nominees: tuple[Nominee, ...], about_set: tuple[Finding, ...], lang: str) -> list[str]:
    """What this report does not answer, and why."""
    notes: list[tuple[str, str]] = []
    notes += [(f.reason, f.reason) for f in about_set if f.verdict == NOT_ASSESSABLE and _delegated(f)]
    if not plan.quotas:
        notes.append(("Số lượng: kế hoạch không nêu.", "Quota: the plan states none."))
    if not plan.components:
        notes.append(("Thành phần hồ sơ: kế hoạch không nêu.", "Dossier: the plan names no components."))
    if not plan.dossier_deadlines:
        notes.append(("Hạn nộp hồ sơ: kế hoạch không nêu.", "Deadline: the plan names none for dossiers."))
    if any(f.verdict == NOT_APPLICABLE for n in nominees for f in n.findings):
        notes.append(
            (
                "Tiêu chí ghi “không áp dụng” không tính vào kết luận của dòng.",
                "Criteria that do not apply do not count towards a row's conclusion.",
            )
        )
    notes.append(
        (
            "Lời khai và minh chứng: chỉ xem có hay không, không xác minh nội dung; phần định tính do hội đồng xét.",
            "Statements and evidence: looked at for being there, not verified; what is a matter of judgement is the "
            "council's.",
        )
    )
    notes.append(
        (
            "Quy định riêng của tỉnh, tỷ lệ phiếu của hội đồng, đơn thư đang xem xét: không có dữ liệu để kiểm tra.",
            "Provincial rules, the council's votes and pending complaints: there is no data to check them by.",
        )
    )
    day = shown_day(register().checked_on)
    notes.append(
        (
            f"Hiệu lực văn bản: theo sổ đăng ký pháp luật kiểm tra ngày {day}.",
            f"Validity of law: by the register checked on {day}.",
        )
    )
    return [vi if lang == "vi" else en for vi, en in notes]


def _delegated(finding: Finding) -> bool:
    return bool(finding.shape and finding.shape.endswith(("-delegated", "Component-held")))


__all__ = ["FormError", "Report", "check_form", "plan_slice", "template"]
