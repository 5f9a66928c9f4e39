"""Shape results as findings people can act on: a verdict per assessment with the clause, its place and what to do.

Plan and law are two sources of findings. Quotas are findings about the set, never about one row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF
from rdflib.term import Node

from loaders.days import shown_day
from loaders.nominations.cells import PROBLEMS
from loaders.nominations.columns import clip, deadline_words, form_name, number, required
from loaders.nominations.plan import KINDS, Part, Plan, PlanComponent, PlanCriterion, PlanDeadline, PlanQuota
from ontology import TD
from queryapi.nominations.finding import MET, NOT_APPLICABLE, NOT_ASSESSABLE, NOT_MET, Finding, Nominee, worst
from queryapi.nominations.law import Hint
from shapes.check import Result, Results, Rule

# The result that decides when several shapes speak of one node: what does not apply cannot be missed.
_PRECEDENCE = (NOT_APPLICABLE, NOT_ASSESSABLE, NOT_MET, MET)
_KINDS_EN = {"collective": "collectives", "individual": "individuals"}


class Assessor:
    """Reads the checked data once and answers for each of its nodes."""

    def __init__(
        self,
        data: Graph,
        plan: Plan,
        results: Results,
        rules: Mapping[URIRef, Rule],
        hint: Hint,
        lang: str,
    ) -> None:
        self.data, self.plan, self.rules, self.hint, self.lang = data, plan, rules, hint, lang
        self.parts: dict[str, Part] = {
            p.iri: p for p in (*plan.criteria, *plan.components, *plan.quotas, *plan.deadlines)
        }
        self.of_focus: dict[URIRef, list[Result]] = {}
        for result in results.results:
            self.of_focus.setdefault(result.focus, []).append(result)

    def nominees(self) -> Iterator[Nominee]:
        nodes = [n for n in self.data.subjects(RDF.type, TD.Nomination) if isinstance(n, URIRef)]
        for node in sorted(nodes, key=lambda n: self._int(n, TD.sourceRow) or 0):
            found = _alternatives(tuple(self._about_row(node)), self.lang)
            plan = [f.verdict for f in found if f.source == "plan"]
            law = [f.verdict for f in found if f.source == "law"]
            kind = self._slug(node, TD.recipientKind)
            yield Nominee(
                row=self._int(node, TD.sourceRow) or 0,
                name=self._text(node, TD.nomineeName) or "",
                kind=kind,
                award=self._text(node, TD.forAward),
                submitted=self._text(node, DCTERMS.dateSubmitted),
                award_year=self._int(node, TD.awardYear),
                plan_verdict=worst(plan),
                law_verdict=worst(law) if law else None,
                findings=found,
            )

    def about_set(self) -> Iterator[Finding]:
        """Findings about the list as a whole: quotas, and a dossier the plan leaves to another document."""
        for node in sorted(self._nodes(TD.QuotaCount)):
            yield from self._findings(node, "quota", self._part(node, TD.ofQuota))
        for component in self.plan.components:
            if component.rule == "delegated":
                yield from self._findings(URIRef(component.iri), "dossier", component)

    def about_plan(self) -> Iterator[Finding]:
        """What the law says of the plan itself: a form it asks for whose decree was dead."""
        for component in self.plan.stated_components:
            for finding in self._findings(URIRef(component.iri), "form", component):
                if finding.source == "law":
                    yield finding

    def period(self) -> str:
        """The movement's years, as far as the plan gives them."""
        movement = self.data.value(URIRef(self.plan.iri), TD.launches)
        start = movement and self._text(movement, TD.periodFrom)
        end = movement and self._text(movement, TD.periodUntil)
        days = [shown_day(day) for day in (start, end) if day]
        return " – ".join(days) if days else str(self.plan.year or "")

    def _about_row(self, node: URIRef) -> Iterator[Finding]:
        yield from self._findings(node, "nomination", None)
        of_row: dict[Node | None, list[URIRef]] = {}
        for one in self.data.subjects(TD.ofNomination, node):
            for class_ in self.data.objects(one, RDF.type):
                of_row.setdefault(class_, []).append(URIRef(str(one)))
        for problem in sorted(of_row.get(TD.CellProblem, [])):
            yield from self._findings(problem, "nomination", None)
        kinds = (
            (TD.Assessment, "criterion", TD.assessesCriterion),
            (TD.SubmittedComponent, "dossier", TD.ofComponent),
            (TD.FormUse, "form", TD.ofComponent),
            (TD.Due, "deadline", TD.ofDeadline),
        )
        for class_, about, link in kinds:
            for one in sorted(of_row.get(class_, []), key=lambda n: self._order(n, link)):
                yield from self._findings(one, about, self._part(one, link))

    def _findings(self, node: URIRef, about: str, part: Part | None) -> Iterator[Finding]:
        """The plan's finding on a node, and the law's where a rule of law had something to say.

        Of a nomination itself every fault is a finding of its own: a name that stands twice is no excuse for a year
        outside the movement. Of a part one result decides, since the others follow from it (a blank cell is not met
        either).
        """
        results = self.of_focus.get(node, [])
        for source in ("plan", "law"):
            said = [r for r in results if (rule := self.rules.get(r.shape)) and rule.finding_source == source]
            if about == "nomination":
                for shape in sorted({r.shape for r in said}):
                    yield self._finding(node, about, part, source, [r for r in said if r.shape == shape])
                continue
            if not said and source == "law":
                continue
            yield self._finding(node, about, part, source, said)

    def _finding(self, node: URIRef, about: str, part: Part | None, source: str, said: list[Result]) -> Finding:
        decisive = min(said, key=lambda r: _PRECEDENCE.index(self.rules[r.shape].yields or NOT_MET), default=None)
        rule = self.rules[decisive.shape] if decisive else None
        words = _Words(self, node, part)
        hint = None
        if isinstance(part, PlanComponent) and about == "form" and rule:
            hint = self.hint(part, self._text(node, TD.lawDay))
        return Finding(
            source=source,
            about=about,
            verdict=(rule.yields or NOT_MET) if rule else MET,
            reason=words.render(rule.messages) if rule else self._met(node, part),
            shape=str(rule.iri) if rule else None,
            part=part.iri if part else None,
            label=part.label if part else None,
            clause=" ".join(part.text.split()) if part else None,
            reading=part.normalised if isinstance(part, PlanCriterion) else None,
            document=part.document if part else None,
            start=part.start if part else None,
            end=part.end if part else None,
            page=part.page if part else None,
            line=part.line if part else None,
            stated=words.stated or None,
            required=words.required or None,
            evidence=self._text(node, TD.evidenceText),
            remedy=words.render(rule.remedies) if rule and rule.remedies else None,
            basis=rule.source if rule else None,
            hint=hint,
            row=self._int(node, TD.sourceRow),
            column=self._text(node, TD.sourceColumn),
            any_of=part.any_of if isinstance(part, PlanCriterion) and part.polarity == "merit" else None,
        )

    def _met(self, node: URIRef, part: Part | None) -> str:
        vi, en = "đạt", "met"
        if isinstance(part, PlanCriterion) and part.polarity == "bar":
            vi, en = "không rơi vào trường hợp loại trừ", "not disqualified"
        elif isinstance(part, PlanQuota):
            counted = self._int(node, TD.counted) or 0
            words, left = _Words(self, node, part), (part.count or 0) - counted
            kind = words.word("kind")
            vi = f"danh sách{words.word('inYear')} có {counted} {kind}, còn {left} chỗ"
            en = f"the list{words.word('inYear')} has {counted} ({kind}), {left} places are left"
        elif isinstance(part, PlanDeadline):
            vi, en = "nộp trong hạn", "submitted in time"
        elif isinstance(part, PlanComponent):
            vi, en = "có trong hồ sơ, đúng yêu cầu", "in the dossier, as asked for"
        return vi if self.lang == "vi" else en

    def _nodes(self, class_: Node) -> Iterator[URIRef]:
        return (n for n in self.data.subjects(RDF.type, class_) if isinstance(n, URIRef))

    def _of(self, node: URIRef) -> Node | None:
        return self.data.value(node, TD.ofNomination)

    def _part(self, node: URIRef, link: URIRef) -> Part | None:
        return self.parts.get(str(self.data.value(node, link)))

    def _order(self, node: URIRef, link: URIRef) -> tuple[str, int]:
        part = self._part(node, link)
        return (part.document, part.start) if part else ("", 0)

    def _text(self, node: Node, predicate: URIRef) -> str | None:
        value = self.data.value(node, predicate)
        return None if value is None else str(value)

    def _int(self, node: Node, predicate: URIRef) -> int | None:
        value = self._text(node, predicate)
        return int(value) if value else None

    def _slug(self, node: Node, predicate: URIRef) -> str | None:
        value = self._text(node, predicate)
        return value.rpartition("/")[2] if value else None


class _Words:
    """The words a message may name in braces, looked up only when it does."""

    def __init__(self, assessor: Assessor, node: URIRef, part: Part | None) -> None:
        self.a, self.node, self.part, self.vi = assessor, node, part, assessor.lang == "vi"
        self.stated = self._stated()
        self.required = self._required()

    def render(self, templates: Mapping[str, str]) -> str:
        template = templates.get(self.a.lang) or templates.get("vi") or ""
        return template.format_map(_Lookup(self))

    def _stated(self) -> str:
        stated = self.a._text(self.node, TD.stated) or self.a._text(self.node, TD.counted) or ""
        threshold = self.part.threshold if isinstance(self.part, PlanCriterion) else None
        value = self.a._text(self.node, TD.claimedValue)
        if threshold and threshold.unit == "%" and value is not None:
            return f"{number(float(value))} %"
        return stated

    def _required(self) -> str:
        if isinstance(self.part, PlanCriterion) and self.part.threshold:
            return required(self.part.threshold, self.a.lang)
        if isinstance(self.part, PlanComponent):
            return form_name(self.part)
        if isinstance(self.part, PlanDeadline):
            return deadline_words(self.part, self.a._text(self.node, TD.dueOn), self.a.lang)
        if isinstance(self.part, PlanQuota) and self.part.count is not None:
            most = self.part.rule == "max"
            limit = ("tối đa" if most else "đúng") if self.vi else ("at most" if most else "exactly")
            return f"{limit} {self.part.count}"
        return ""

    def word(self, key: str) -> str:
        a, part = self.a, self.part
        nomination = a._of(self.node) or self.node
        if key in ("stated", "required"):
            return str(getattr(self, key))
        if key == "problem":
            code = a._text(self.node, TD.problemCode) or ""
            return PROBLEMS[code][0 if self.vi else 1].format(stated=self.stated) if code in PROBLEMS else code
        if key == "kind":
            kind = (part.kind if isinstance(part, PlanQuota) else a._slug(nomination, TD.recipientKind)) or ""
            return (KINDS if self.vi else _KINDS_EN).get(kind, "đề nghị" if self.vi else "nominations")
        if key == "year":
            return a._text(nomination, TD.awardYear) or ""
        if key == "inYear":
            year = a._text(self.node, TD.awardYear)
            return (f" năm {year}" if self.vi else f" for {year}") if year else ""
        if key == "award":
            return a._text(nomination, TD.forAward) or ""
        if key == "submitted":
            return shown_day(a._text(nomination, DCTERMS.dateSubmitted))
        if key == "dueHour":
            return a._text(self.node, TD.dueHour) or ""
        if key in ("day", "ended", "requiredEnded"):
            return self._law(key)
        if isinstance(part, PlanCriterion):
            return self._of_criterion(key, part)
        return self._of_set(key)

    def _of_criterion(self, key: str, part: PlanCriterion) -> str:
        if key == "criterionAward":
            return part.award or ""
        if key == "appliesTo":
            return part.applies_to or ""
        if key == "measure" and part.threshold:
            return (part.threshold.measure or ("kết quả" if self.vi else "result")).capitalize()
        if key == "rule":
            bar = part.polarity == "bar"
            return (
                ("loại trừ khi" if bar else "kế hoạch yêu cầu") if self.vi else ("barred when" if bar else "required")
            )
        return ""

    def _of_set(self, key: str) -> str:
        a, part = self.a, self.part
        counted = a._int(self.node, TD.counted) or 0
        if key == "counted":
            return str(counted)
        if key == "period":
            return a.period()
        if isinstance(part, PlanQuota | PlanComponent) and key == "delegatedTo":
            return part.delegated_to or clip(part.text, 160)
        if isinstance(part, PlanQuota):
            left = (part.count or 0) - counted
            percent = number(part.percent) if part.percent is not None else ""
            return {"max": str(part.count), "left": str(left), "percent": percent}.get(key, "")
        return ""

    def _law(self, key: str) -> str:
        a = self.a
        if key == "day":
            return shown_day(a._text(self.node, TD.lawDay))
        decree = a.data.value(self.node, TD.formUsedOf if key == "ended" else TD.formRequiredOf)
        ends = [a._text(decree, bound) for bound in (TD.certainlyEndedOn, TD.possiblyEndedOn)] if decree else []
        return shown_day(next(filter(None, ends), None))


class _Lookup(dict[str, str]):
    def __init__(self, words: _Words) -> None:
        super().__init__()
        self.words = words

    def __missing__(self, key: str) -> str:
        return self.words.word(key)


def _alternatives(found: tuple[Finding, ...], lang: str) -> tuple[Finding, ...]:
    """Merits joined by "hoặc", or "02 trong 03": when as many as are needed are met, the others are not asked for."""
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.any_of and finding.about == "criterion" and finding.verdict != NOT_APPLICABLE:
            groups.setdefault(finding.any_of, []).append(finding)
    changed: dict[int, Finding] = {}
    for name, group in groups.items():
        needed = _needed(name)
        met = [f for f in group if f.verdict == MET]
        open_ = [f for f in group if f.verdict == NOT_ASSESSABLE]
        for finding in group:
            if len(met) >= needed and finding.verdict != MET:
                others = ", ".join(map(_short, met))
                vi, en = f"đã đạt theo phương án khác ({others})", f"another alternative is met ({others})"
            elif len(met) < needed <= len(met) + len(open_) and finding.verdict == NOT_MET:
                others = ", ".join(map(_short, open_))
                vi = f"không đạt phương án này; phương án khác chưa đủ căn cứ ({others})"
                en = f"this alternative is not met; another one cannot be judged yet ({others})"
            else:
                continue
            reason = vi if lang == "vi" else en
            changed[id(finding)] = replace(finding, verdict=NOT_APPLICABLE, reason=reason, remedy=None)
    return tuple(changed.get(id(f), f) for f in found)


def _needed(alternatives: str) -> int:
    """How many of the alternatives must be met: "2-trong-III.1" asks for two, every other name for one."""
    count = alternatives.partition("-trong-")[0]
    return int(count) if count.isdigit() else 1


def _short(finding: Finding) -> str:
    return finding.label or clip(finding.clause or "", 50)
