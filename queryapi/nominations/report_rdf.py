"""The nomination report as RDF: nominations, their assessments, each with its verdict."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

from loaders.vocabulary import concept_iri
from ontology import TD
from queryapi.nominations.check import Report
from queryapi.nominations.finding import Finding

_NAME = "urn:thidua:report#"
_CLASSES = {
    "criterion": TD.Assessment,
    "dossier": TD.SubmittedComponent,
    "form": TD.FormUse,
    "deadline": TD.Due,
    "quota": TD.QuotaCount,
    "nomination": TD.CellProblem,
}
_LINKS = {
    "criterion": TD.assessesCriterion,
    "dossier": TD.ofComponent,
    "form": TD.ofComponent,
    "deadline": TD.ofDeadline,
    "quota": TD.ofQuota,
}


def report_graph(report: Report) -> Graph:
    """The report's graph, without blank nodes; IRIs carry rows, never names."""
    graph = Graph()
    graph.bind("td", TD)
    graph.bind("dcterms", DCTERMS)
    graph.bind("skos", SKOS)
    for nominee in report.nominees:
        node = URIRef(f"{_NAME}row-{nominee.row}")
        graph.add((node, RDF.type, TD.Nomination))
        graph.add((node, TD.underPlan, URIRef(report.plan.iri)))
        graph.add((node, TD.nomineeName, Literal(nominee.name)))
        graph.add((node, TD.sourceRow, Literal(nominee.row)))
        graph.add((node, TD.assessmentVerdict, _verdict(nominee.verdict)))
        if nominee.kind:
            graph.add((node, TD.recipientKind, URIRef(concept_iri("recipient-kind", nominee.kind))))
        if nominee.award:
            graph.add((node, TD.forAward, Literal(nominee.award)))
        if nominee.submitted:
            graph.add((node, DCTERMS.dateSubmitted, Literal(nominee.submitted, datatype=XSD.date)))
        if nominee.award_year:
            graph.add((node, TD.awardYear, Literal(nominee.award_year)))
        for n, finding in enumerate(nominee.findings, start=1):
            _add(graph, URIRef(f"{node}-{n}"), finding, report.lang, node)
    for n, finding in enumerate((*report.about_set, *report.about_plan), start=1):
        _add(graph, URIRef(f"{_NAME}list-{n}"), finding, report.lang, None)
    return graph


def _add(graph: Graph, node: URIRef, finding: Finding, lang: str, nomination: URIRef | None) -> None:
    graph.add((node, RDF.type, _CLASSES[finding.about]))
    if nomination is not None:
        graph.add((node, TD.ofNomination, nomination))
    if finding.part and finding.about in _LINKS:
        graph.add((node, _LINKS[finding.about], URIRef(finding.part)))
    graph.add((node, TD.assessmentVerdict, _verdict(finding.verdict)))
    graph.add((node, TD.findingSource, Literal(finding.source)))
    graph.add((node, TD.message, Literal(finding.reason, lang=lang)))
    texts = (
        (TD.stated, finding.stated, None),
        (TD.evidenceText, finding.evidence, None),
        (TD.sourceColumn, finding.column, None),
        (TD.remedy, finding.remedy, lang),
        (TD.hint, finding.hint, lang),
        (DCTERMS.source, finding.basis, None),
    )
    for predicate, value, language in texts:
        if value:
            graph.add((node, predicate, Literal(value, lang=language)))


def _verdict(slug: str) -> URIRef:
    return URIRef(concept_iri("assessment-verdict", slug))
