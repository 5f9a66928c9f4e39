"""A filled form as RDF, for the shapes to test and then to forget: it is never stored.

Everything a shape can be asked about is a node of its own, made even when the form leaves it blank: a nomination and
each criterion of its kind (`td:Assessment`), each paper of the dossier (`td:SubmittedComponent`), each deadline
(`td:Due`), each quota (`td:QuotaCount`), each cell that could not be read (`td:CellProblem`). IRIs carry rows, never
names.
"""

import re
from dataclasses import replace
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from loaders.names import document_iri
from loaders.nominations.cells import (
    Cell,
    FormOf,
    Reading,
    read_choice,
    read_date,
    read_form_name,
    read_form_of,
    read_level,
    read_number,
    read_year,
    read_yes,
)
from loaders.nominations.columns import columns, deadline_label, part_key, sort_of
from loaders.nominations.plan import KINDS, Plan, PlanComponent, PlanCriterion, PlanDeadline, PlanQuota, same_award
from loaders.nominations.read import Form, FormRow
from loaders.text import fold
from loaders.vocabulary import concept_iri, scheme
from ontology import TD

_NAME = "urn:thidua:form#"
# "trước 17 giờ ngày 15/12/2025"
_HOUR = re.compile(r"\b(\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{2})?)(?:\s?phút)?,?\s+(?:ngày\s+)?(?=\d)", re.IGNORECASE)
_CLASSES = {"number": "NumberAssessment", "level": "LevelAssessment", "statement": "StatementAssessment"}


def to_graph(form: Form, plan: Plan) -> Graph:
    """The form's nominations under the plan. Raises a FormError when the form is not this plan's."""
    form.fit(plan)
    writer = _Writer(form, plan)
    for row in form.rows:
        writer.nomination(row)
    writer.counts()
    return writer.graph


class _Writer:
    def __init__(self, form: Form, plan: Plan) -> None:
        self.form, self.plan, self.graph = form, plan, Graph()
        self.sorts = {column.key: column.sort for column in columns(plan)}
        self.law_day: str | None = None  # of the row being written
        self.proposed: list[tuple[str | None, str | None, int | None]] = []  # kind, award, year

    def nomination(self, row: FormRow) -> None:
        node = self._node(row, "")
        self._say(node, RDF.type, TD.Nomination)
        self._say(node, TD.underPlan, URIRef(self.plan.iri))
        self._say(node, TD.sourceRow, row.number)
        name = row.cell("nominee").stated
        self._say(node, TD.nomineeName, name or None)
        self._say(node, TD.nomineeKey, fold(name) or None)
        kind, award = self._kind(row, node), self._award(row, node)
        submitted = read_date(row.cell("submitted"))
        self._say(node, DCTERMS.dateSubmitted, Literal(submitted.date, datatype=XSD.date) if submitted.date else None)
        read = self._fact(row, node, "year", read_year(row.cell("year")))
        year = read.index
        self._say(node, TD.yearMissing, True if read.blank else None)
        self._say(node, TD.awardYear, year)
        self.proposed.append((kind, award, year))
        self.law_day = submitted.date or self.plan.date or self.plan.not_before
        self._say(node, TD.lawDay, self.law_day and Literal(self.law_day, datatype=XSD.date))
        for criterion in self.plan.criteria:
            if criterion.kind in ("both", kind):
                self._assessment(row, node, criterion, award)
        self._dossier(row, node)
        deadlines = self._deadlines(row, node)
        for deadline in deadlines:
            self._due(row, node, deadline, year, submitted.problem)
        if not deadlines:  # else the deadline is where a date that cannot be read matters, and says so
            self._fact(row, node, "submitted", submitted)

    def _kind(self, row: FormRow, node: URIRef) -> str | None:
        cell = row.cell("kind")
        reading = self._fact(row, node, "kind", read_choice(cell, tuple(KINDS.values()), "unknown-kind"))
        kind = None if reading.index is None else tuple(KINDS)[reading.index]
        self._say(node, TD.kindMissing, True if reading.blank else None)
        self._say(node, TD.recipientKind, kind and URIRef(concept_iri("recipient-kind", kind)))
        return kind

    def _award(self, row: FormRow, node: URIRef) -> str | None:
        choices, cell = self.plan.award_choices, row.cell("award")
        if not choices:
            self._say(node, TD.forAward, cell.stated or None)
            return cell.stated or None
        reading = self._fact(row, node, "award", read_choice(cell, choices, "unknown-award"))
        self._say(node, TD.awardMissing, True if len(choices) > 1 and reading.blank else None)
        if reading.index is None:
            award = choices[0] if len(choices) == 1 and reading.blank else None
        else:
            award = choices[reading.index]
        self._say(node, TD.forAward, award)
        return award

    def _assessment(self, row: FormRow, nomination: URIRef, criterion: PlanCriterion, award: str | None) -> None:
        key = part_key(self.plan, criterion)
        cell, sort = row.cell(key), sort_of(criterion)
        node, reading = self._node(row, f"-{criterion.key}"), _read(criterion, sort, cell)
        self._say(node, RDF.type, TD.Assessment)
        self._say(node, RDF.type, TD[_CLASSES[sort]])
        self._say(node, TD.ofNomination, nomination)
        self._say(node, TD.assessesCriterion, URIRef(criterion.iri))
        self._say(node, TD.sourceRow, row.number)
        self._say(node, TD.sourceColumn, cell.column or None)
        self._say(node, TD.stated, reading.stated or None)
        self._say(node, TD.problemCode, reading.problem)
        self._say(node, TD.excepted, reading.excepted or None)
        if reading.number is not None:
            self._say(
                node, TD.claimedValue, Literal(f"{reading.number:.6f}".rstrip("0").rstrip("."), datatype=XSD.decimal)
            )
        self._say(node, TD.claimedRank, reading.index)
        self._say(node, TD.claimedBoolean, reading.yes)
        self._say(node, TD.claimedNone, reading.none or None)
        self._say(node, TD.evidenceText, row.cell(f"{key}.evidence").stated or None)
        # Whether the award proposed is the one this criterion is for; unsaid while the row names no award.
        if criterion.award and award:
            self._say(node, TD.forOtherAward, not same_award(award, criterion.award))
        elif criterion.award:
            self._say(node, TD.awardUnknown, True)

    def _dossier(self, row: FormRow, nomination: URIRef) -> None:
        for component in self.plan.stated_components:
            key = part_key(self.plan, component)
            cell = row.cell(key)
            node = self._node(row, f"-{component.key}")
            reading = read_yes(cell)
            self._say(node, RDF.type, TD.SubmittedComponent)
            self._say(node, TD.ofNomination, nomination)
            self._say(node, TD.ofComponent, URIRef(component.iri))
            self._say(node, TD.sourceRow, row.number)
            self._say(node, TD.sourceColumn, cell.column or None)
            self._say(node, TD.stated, reading.stated or None)
            self._say(node, TD.present, reading.yes)
            self._say(node, TD.problemCode, reading.problem)
            if component.form:
                self._form_use(row, nomination, component, reading.yes)

    def _form_use(self, row: FormRow, nomination: URIRef, component: PlanComponent, present: bool | None) -> None:
        """The form a paper was written on, beside the one the plan asks for."""
        cell = row.cell(f"{part_key(self.plan, component)}.form")
        reading, number, named = read_form_name(cell)
        required = required_of(component)
        if named is None or (required is not None and named.agrees(required)):
            named = required  # a form named without its decree is the one of the decree the plan names
        elif not named.is_clear:
            reading, number = replace(reading, problem="unknown-form-of"), None
        asked = read_form_name(Cell(value=component.form))[1]
        node = self._node(row, f"-{component.key}-form")
        self._say(node, RDF.type, TD.FormUse)
        self._say(node, TD.ofNomination, nomination)
        self._say(node, TD.ofComponent, URIRef(component.iri))
        self._say(node, TD.sourceRow, row.number)
        self._say(node, TD.sourceColumn, cell.column or None)
        self._say(node, TD.itemPresent, present)
        self._say(node, TD.lawDay, self.law_day and Literal(self.law_day, datatype=XSD.date))
        self._say(node, TD.stated, reading.stated or None)
        self._say(node, TD.problemCode, reading.problem)
        self._say(node, TD.formRequired, asked and _form_key(asked, required))
        self._say(node, TD.formUsed, number and _form_key(number, named if required else None))
        self._say(node, TD.formRequiredOf, decree_of(component))
        self._say(node, TD.formUsedOf, number and _instrument(component, named))

    def _deadlines(self, row: FormRow, node: URIRef) -> tuple[PlanDeadline, ...]:
        """The deadlines this row is under: the plan's only one, or the one the row names."""
        deadlines = self.plan.dossier_deadlines
        if len(deadlines) < 2:
            return deadlines
        labels = [deadline_label(d) for d in deadlines]
        reading = self._fact(row, node, "deadline", read_choice(row.cell("deadline"), labels, "unknown-deadline"))
        self._say(node, TD.deadlineUnknown, True if reading.blank else None)
        return () if reading.index is None else (deadlines[reading.index],)

    def _due(
        self, row: FormRow, nomination: URIRef, deadline: PlanDeadline, year: int | None, problem: str | None
    ) -> None:
        node = self._node(row, f"-{deadline.key}")
        day = due_on(deadline, year)
        self._say(node, RDF.type, TD.Due)
        self._say(node, TD.ofNomination, nomination)
        self._say(node, TD.ofDeadline, URIRef(deadline.iri))
        self._say(node, TD.sourceRow, row.number)
        self._say(node, TD.sourceColumn, row.cell("submitted").column or None)
        self._say(node, TD.stated, row.cell("submitted").stated or None)
        self._say(node, TD.problemCode, problem)
        self._say(node, TD.dueOn, Literal(day, datatype=XSD.date) if day else None)
        hour = _HOUR.search(deadline.text)
        self._say(node, TD.dueHour, hour and hour.group(1))

    def counts(self) -> None:
        """One count per quota and award year; a quota is about the set, never about one row."""
        years: list[int | None] = [*sorted({year for *_, year in self.proposed if year is not None})] or [None]
        for quota in self.plan.quotas:
            for year in years:
                node = URIRef(f"{_NAME}{quota.key}-{year or 'nd'}")
                counted = sum(_counts(quota, kind, award) and y in (year, None) for kind, award, y in self.proposed)
                self._say(node, RDF.type, TD.QuotaCount)
                self._say(node, TD.ofQuota, URIRef(quota.iri))
                self._say(node, TD.awardYear, year)
                self._say(node, TD.counted, counted)

    def _fact(self, row: FormRow, node: URIRef, key: str, reading: Reading) -> Reading:
        """A cell about the nomination itself; one that cannot be read is a problem with its place."""
        if reading.problem:
            problem = self._node(row, f"-{key}")
            self._say(problem, RDF.type, TD.CellProblem)
            self._say(problem, TD.ofNomination, node)
            self._say(problem, TD.aboutColumn, Literal(key))
            self._say(problem, TD.problemCode, reading.problem)
            self._say(problem, TD.stated, reading.stated)
            self._say(problem, TD.sourceRow, row.number)
            self._say(problem, TD.sourceColumn, row.cell(key).column or None)
        return reading

    def _node(self, row: FormRow, rest: str) -> URIRef:
        return URIRef(f"{_NAME}row-{row.number}{rest}")

    def _say(self, node: URIRef, predicate: URIRef, value: object) -> None:
        if value is not None:
            self.graph.add((node, predicate, value if isinstance(value, URIRef | Literal) else Literal(value)))


def _read(criterion: PlanCriterion, sort: str, cell: Cell) -> Reading:
    threshold = criterion.threshold
    if sort == "statement" or threshold is None:
        return read_yes(cell, bar=criterion.polarity == "bar")
    if sort == "level":
        concepts = scheme(threshold.scale or "").values()
        levels = [(label, c.rank) for c in concepts if c.rank is not None for label in c.labels]
        return read_level(cell, levels, bar=criterion.polarity == "bar")
    signed = threshold.value is None
    percent = threshold.unit == "%" and not signed
    # "đạt 100% kế hoạch trở lên" may be surpassed, 90 % of the dossiers may not.
    whole = percent and threshold.value is not None and threshold.value < 100
    return read_number(cell, percent=percent, signed=signed, whole=whole)


def due_on(deadline: PlanDeadline, award_year: int | None) -> str | None:
    """The day a deadline names for an award year; None when the plan or the form leaves it open.

    >>> due_on(PlanDeadline(iri="", key="", document="", text="", start=0, end=0, month=3, day=25, year_offset=1), 2024)
    '2025-03-25'
    """
    if deadline.date:
        return deadline.date
    if deadline.month and deadline.day and award_year:
        try:
            return date(award_year + deadline.year_offset, deadline.month, deadline.day).isoformat()
        except ValueError:  # 29/02 of a common year
            return None
    return None


def _counts(quota: PlanQuota, kind: str | None, award: str | None) -> bool:
    if quota.kind in KINDS and kind != quota.kind:
        return False
    return quota.award is None or award is None or same_award(quota.award, award)


def _form_key(number: str, of: FormOf | None) -> str:
    return f"{number} {of.key}" if of else number


def decree_of(component: PlanComponent) -> URIRef | None:
    """The instrument a component's form belongs to, None when the plan names no form or none that has a name."""
    return _instrument(component, required_of(component)) if component.form else None


def required_of(component: PlanComponent) -> FormOf | None:
    """The instrument the plan names with the form."""
    return read_form_of(component.form_of or "")


def _instrument(component: PlanComponent, named: FormOf | None) -> URIRef | None:
    """The instrument meant: the one the plan cites where nothing named differs from it, else a decree.

    A decision or a circular has no name of its own here: its number is given anew by every body that issues them.
    """
    required = required_of(component)
    if component.form_of_document and (named is None or (required is not None and named.agrees(required))):
        return URIRef(component.form_of_document)
    if named is None or not named.is_decree:
        return None
    return URIRef(document_iri("chinh-phu", "nghi-dinh", named.year or "", named.number))
