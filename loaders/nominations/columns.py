"""The columns of a plan's nomination form: which there are, what may stand in them, and the words that explain them."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.days import shown_day
from loaders.nominations.plan import KINDS, Part, Plan, PlanComponent, PlanCriterion, PlanDeadline, PlanThreshold
from loaders.vocabulary import scheme

VERSION = "1"
NONE = "Không"  # of a bar's ladder: nobody was disciplined
NOT_APPLICABLE = "Không áp dụng"
MET, UNMET = "Đạt", "Không đạt"
YES, NO = "Có", "Không"
BARRED, CLEAR = "Có rơi vào", "Không rơi vào"  # a bar may be worded "Không bị …": a bare yes would be read both ways

_COMPARES = {
    "vi": {
        "gteq": "từ {} trở lên",
        "gt": "trên {}",
        "lteq": "không quá {}",
        "lt": "dưới {}",
        "eq": "đúng {}",
        "rank-lteq": "hạng {} trở lên",
        "growth": "tăng so với năm trước liền kề",
    },
    "en": {
        "gteq": "{} or above",
        "gt": "above {}",
        "lteq": "at most {}",
        "lt": "below {}",
        "eq": "exactly {}",
        "rank-lteq": "place {} or better",
        "growth": "above the year before",
    },
}
_BOUNDARIES = {
    "vi": {"before": "trước ngày", "by": "chậm nhất ngày", "until": "đến hết ngày", "within": "trong thời hạn đến"},
    "en": {"before": "before", "by": "no later than", "until": "until the end of", "within": "within the time to"},
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `key` is stable: a name of ours, or the fragment of the clause's IRI (`criterion-4711`).

    `sort` is what the cell holds: text, kind, award, deadline, date, year, number, level, statement, evidence, present
    or form.
    """

    key: str
    sort: str
    header: str
    note: str = ""
    choices: tuple[str, ...] = ()
    part: Part | None = None
    kind: str = "both"


def columns(plan: Plan) -> tuple[Column, ...]:
    """Every column of the plan's form, in order."""
    return (*_fixed(plan), *_criteria(plan), *_components(plan))


def _fixed(plan: Plan) -> Iterator[Column]:
    yield Column(key="nominee", sort="text", header="Tên tập thể, cá nhân", note="Tập thể hoặc cá nhân được đề nghị.")
    kinds = tuple(label.capitalize() for label in KINDS.values())
    yield Column(key="kind", sort="kind", header="Loại", note="Tập thể hoặc cá nhân.", choices=kinds)
    awards = plan.award_choices
    note = "Hình thức khen thưởng đề nghị." + ("" if awards else " Kế hoạch không nêu: có thể để trống.")
    yield Column(key="award", sort="award", header="Hình thức đề nghị", note=note, choices=awards)
    note = "\n".join(["Ngày/tháng/năm, ví dụ 09/01/2025.", *(d.words for d in plan.dossier_deadlines)])
    yield Column(key="submitted", sort="date", header="Ngày nộp hồ sơ", note=note)
    note = "Năm lấy thành tích để khen; các mốc hằng năm tính theo năm này."
    yield Column(key="year", sort="year", header="Năm khen thưởng", note=note)
    if len(plan.dossier_deadlines) > 1:
        note = "Kế hoạch có nhiều mốc nộp hồ sơ; chọn mốc của hồ sơ này.\n" + "\n".join(
            d.words for d in plan.dossier_deadlines
        )
        choices = tuple(deadline_label(d) for d in plan.dossier_deadlines)
        yield Column(key="deadline", sort="deadline", header="Mốc nộp hồ sơ", note=note, choices=choices)


def _criteria(plan: Plan) -> Iterator[Column]:
    for criterion in plan.criteria:
        key, note = part_key(plan, criterion), _criterion_note(criterion)
        of_kind = f" ({KINDS[criterion.kind]})" if criterion.kind in KINDS else ""
        sort = sort_of(criterion)
        yield Column(
            key=key,
            sort=sort,
            header=f"{_header(criterion, criterion.words)}{of_kind}{_entered(criterion, sort)}",
            note=note,
            choices=_choices(criterion, sort),
            part=criterion,
            kind=criterion.kind,
        )
        if criterion.polarity == "merit":
            yield Column(
                key=f"{key}.evidence",
                sort="evidence",
                header=f"Minh chứng cho {_place(criterion)}{of_kind}",
                note="Số, ngày văn bản hoặc việc cụ thể chứng minh." + _needed(sort),
                part=criterion,
                kind=criterion.kind,
            )


def _components(plan: Plan) -> Iterator[Column]:
    for component in plan.stated_components:
        key = part_key(plan, component)
        yield Column(
            key=key,
            sort="present",
            header=f"Hồ sơ: {clip(component.words, 60)}",
            note=f"{component.words}\n\nGhi Có hoặc Không.",
            choices=(YES, NO),
            part=component,
        )
        if component.form:
            yield Column(
                key=f"{key}.form",
                sort="form",
                header=f"Mẫu đã dùng: {clip(component.words, 40)}",
                note=f"Kế hoạch yêu cầu {form_name(component)}.\nGhi mẫu hồ sơ dùng, ví dụ: {form_name(component)}.",
                part=component,
            )


def part_key(plan: Plan, part: Part) -> str:
    """The stable key of a clause's column; a clause of another plan keeps its whole IRI."""
    return part.key if part.document == plan.iri else part.iri


def sort_of(criterion: PlanCriterion) -> str:
    """What a criterion asks to be stated: a number, a level of a ladder, or whether it is so."""
    threshold = criterion.threshold
    if threshold is None:
        return "statement"
    if threshold.level and threshold.value is None and ladder(threshold):
        return "level"
    if threshold.value is not None or threshold.relative_to:
        return "number"
    return "statement"


def ladder(threshold: PlanThreshold) -> tuple[str, ...]:
    """The levels of the threshold's ladder, from its vocabulary."""
    try:
        concepts = scheme(threshold.scale) if threshold.scale else {}
    except StopIteration:  # a scale no vocabulary file describes
        return ()
    ranked = sorted((c for c in concepts.values() if c.rank is not None), key=lambda c: c.rank or 0)
    return tuple(dict.fromkeys(c.label[:1].upper() + c.label[1:] for c in ranked))


def _choices(criterion: PlanCriterion, sort: str) -> tuple[str, ...]:
    excepted = (NOT_APPLICABLE,) if criterion.applies_to else ()
    if sort == "level" and criterion.threshold:
        none = (NONE,) if criterion.polarity == "bar" else ()
        return (*none, *ladder(criterion.threshold), *excepted)
    if sort == "statement":
        return ((MET, UNMET) if criterion.polarity == "merit" else (CLEAR, BARRED)) + excepted
    return ()


def required(threshold: PlanThreshold, lang: str = "vi") -> str:
    """The threshold in words.

    >>> required(PlanThreshold(iri="", measure=None, of="agency", operator="gteq", value=90, unit="%", base=None,
    ...          level=None, scale=None, rank=None, year_offset=0, relative_to=None))
    'từ 90 % trở lên'
    """
    words = _COMPARES[lang]
    if threshold.value is None and threshold.relative_to and not threshold.level:
        return words["growth"]
    amount = number(threshold.value) if threshold.value is not None else threshold.level or ""
    if threshold.unit == "%" and threshold.value is not None:
        amount += " %"
    return words.get(threshold.operator or "", "{}").format(amount).strip()


def number(value: float) -> str:
    """A number as it is written in Vietnamese.

    >>> number(92.5), number(90.0)
    ('92,5', '90')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def form_name(component: PlanComponent) -> str:
    """The form a component must follow, as people write it."""
    of = component.form_of or ""
    decree = f"NĐ {of.removesuffix('/NĐ-CP')}" if of.endswith("/NĐ-CP") else of
    return " ".join(filter(None, [component.form, decree]))


def deadline_label(deadline: PlanDeadline) -> str:
    """A deadline in few words, told from the plan's others."""
    return clip(f"{deadline_words(deadline)}: {deadline.what or deadline.words}", 120)


def deadline_words(deadline: PlanDeadline, due: str | None = None, lang: str = "vi") -> str:
    """Until when, in the plan's own terms; `due` is the day worked out for an award year.

    >>> yearly = PlanDeadline(iri="", key="", document="", text="", start=0, end=0, month=3, day=25, year_offset=1)
    >>> deadline_words(yearly, "2025-03-25")
    'trước ngày 25/03 năm sau, tức 25/03/2025'
    """
    boundary = _BOUNDARIES[lang].get(deadline.boundary, "")
    exact = deadline.date or due
    day = shown_day(exact)
    if deadline.date or lang == "en":
        return f"{boundary} {day or 'a day not given'}".strip()
    if not (deadline.month and deadline.day):
        return f"{boundary} không nêu".strip()
    words = f"{boundary} {deadline.day:02d}/{deadline.month:02d}"
    words += " năm sau" if deadline.year_offset == 1 else " hằng năm"
    return f"{words}, tức {day}" if day else words


def clip(words: str, length: int) -> str:
    """The words, cut at a word's end where they are too long.

    >>> clip("Có sáng kiến hoặc giải pháp", 15)
    'Có sáng kiến …'
    """
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1].rpartition(" ")[0] + " …"


def _place(part: Part) -> str:
    return part.label or part.key


def _header(part: Part, words: str) -> str:
    return f"{part.label}. {clip(words, 70)}" if part.label else clip(words, 70)


def _entered(criterion: PlanCriterion, sort: str) -> str:
    """What to enter, at the end of the header."""
    threshold = criterion.threshold
    if threshold and threshold.year_offset:
        offset = threshold.year_offset
        year = "năm liền trước năm khen" if offset == -1 else f"năm khen {offset:+d}"
        return f" – kết quả {year}{_how(threshold, sort)}"
    if threshold and sort in ("number", "level"):
        return _how(threshold, sort)
    return " [đạt/không]" if criterion.polarity == "merit" else " [có rơi vào trường hợp loại trừ không]"


def _how(threshold: PlanThreshold, sort: str) -> str:
    if sort == "number":
        if threshold.operator == "rank-lteq":
            return " [ghi hạng]"
        if threshold.value is None:
            return " [ghi mức tăng; giảm ghi số âm]"
        return " [ghi số %]" if threshold.unit == "%" else " [ghi số]"
    return " [chọn mức]" if sort == "level" else " [đạt/không]"


def _criterion_note(criterion: PlanCriterion) -> str:
    lines = [" ".join(criterion.text.split())]
    if criterion.normalised:
        lines.append(f"Đọc là: {criterion.words}.")
    if criterion.label:
        lines.append(f"({_place(criterion)} của kế hoạch)")
    if criterion.polarity == "bar":
        lines.append("Điều kiện loại trừ: rơi vào trường hợp này thì không xét.")
    threshold = criterion.threshold
    if threshold and (threshold.level or threshold.value is not None or threshold.relative_to):
        if threshold.of in scheme("of-whom") and threshold.of != "nominee":
            lines.append(f"Xét kết quả của: {scheme('of-whom')[threshold.of].label}.")
        lines.append(f"{'Bị loại khi' if criterion.polarity == 'bar' else 'Yêu cầu'}: {required(threshold)}.")
        if threshold.year_offset:
            lines.append(f"Tính kết quả của năm cách năm khen thưởng {threshold.year_offset:+d} năm.")
        if threshold.unit == "%":
            lines.append("Ghi 92,5 cho 92,5 %.")
    if criterion.applies_to:
        lines.append(f"Chỉ áp dụng: {criterion.applies_to}. Trường hợp khác chọn “{NOT_APPLICABLE}”.")
    return "\n".join(lines)


def _needed(sort: str) -> str:
    return " Bắt buộc khi ghi Đạt." if sort == "statement" else " Nên có."
