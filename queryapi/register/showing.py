"""One instrument of the register in words: all that is known, each fact with how sure it is and from where."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from loaders.days import shown_day
from loaders.law.delegations import delegations
from loaders.law.money import base_salary, prizes
from loaders.law.records import Instrument
from loaders.law.register import Register
from loaders.law.verdict import Bound, Confidence, Verdict
from loaders.vocabulary import scheme
from queryapi.language import say, spoken


def shown(one: Instrument, known: Register, today: str | None = None) -> Iterator[str]:
    """The lines of `thidua register show`."""
    today = today or date.today().isoformat()
    yield one.label
    yield f"  {one.title}"
    yield f"  {say('Cơ quan ban hành', 'Issued by')}: {one.issuer_label}"
    for also in one.also_called:
        yield f"  {say('Còn gọi', 'Also called')}: {also}"
    state = known.judge(one.iri, today)
    yield f"  {say('Hôm nay', 'Today')} ({shown_day(today)}): {state.reason if spoken() == 'vi' else state.reason_en}"
    yield ""
    yield say("Dòng thời gian", "Timeline")
    for _, words, bound in sorted(_timeline(one), key=lambda event: event[0]):
        yield from _fact(f"{shown_day(bound.date) or say('chưa rõ ngày', 'day not known'):<12}  {words}", bound)
    yield from _others(one, known)
    yield from _forms(one, known)
    yield from _money(one)
    for note in one.notes:
        yield ""
        yield f"{say('Ghi chú', 'Note')}: {note}"


class Listed(NamedTuple):
    """An instrument with how it stands on a day."""

    one: Instrument
    verdict: Verdict

    def plain(self) -> dict[str, str | None]:
        """The same for a program."""
        start, end = self.one.valid_from, self.one.valid_before
        return {
            "iri": self.one.iri,
            "label": self.one.label,
            "from": start.date if start else None,
            "from_confidence": start.confidence if start else None,
            "before": end.date if end else None,
            "before_confidence": end.confidence if end else None,
            "verdict": self.verdict.code,
            "reason": self.verdict.reason,
        }


def listed(known: Register, day: str, *, living: bool) -> Iterator[Listed]:
    """Every instrument by its day of issue, or only those that had begun and not ended on the day."""
    for one in sorted(known.instruments.values(), key=lambda i: (i.issued or "9", i.iri)):
        verdict = known.judge(one.iri, day)
        if not living or verdict.code not in ("expired", "not-yet-in-force"):
            yield Listed(one, verdict)


def marked(bound: Bound | None) -> str:
    """A day, with its confidence where it is not verified.

    >>> marked(Bound("2010-06-01", "K")), marked(Bound("2024-01-01")), marked(Bound(None, "K")), marked(None)
    ('01/06/2010 (K)', '01/01/2024', '? (K)', '')
    """
    if bound is None:
        return ""
    shown = shown_day(bound.date) or "?"
    return shown if bound.confidence == "V" else f"{shown} ({bound.confidence})"


def sure(confidence: Confidence) -> str:
    """How sure, in words: below V it says that it is not verified.

    >>> sure("V"), sure("K")
    ('V', 'chưa kiểm chứng, K')
    """
    return "V" if confidence == "V" else f"{say('chưa kiểm chứng', 'not verified')}, {confidence}"


def _timeline(one: Instrument) -> Iterator[tuple[str, str, Bound]]:
    for bound, vi, en in (
        (one.issue, "ban hành", "issued"),
        (one.valid_from, "bắt đầu có hiệu lực", "enters into force"),
        (one.valid_before, "hết hiệu lực", "ends"),
    ):
        if bound:
            yield bound.date or "9", say(vi, en), bound
    for part in one.partly_expired:
        words = ", ".join(part.words)
        yield part.bound.date or "9", f"{say('hết hiệu lực một phần', 'a part ends')}: {words}", part.bound
    for pause in one.suspended:
        words = ": " + ", ".join(pause.words) if pause.words else ""
        yield pause.start.date or "9", say("ngưng hiệu lực", "suspended") + words, pause.start
        if pause.end:
            yield pause.end.date or "9", say("áp dụng lại", "applies again") + words, pause.end


def _others(one: Instrument, known: Register) -> Iterator[str]:
    """What replaced it, amended it, and what it is to others."""
    relations = (
        (say("Được thay bằng", "Replaced by"), one.successors),
        (say("Được sửa đổi bởi", "Amended by"), one.amendments),
    )
    for heading, found in relations:
        if found:
            yield ""
            yield heading
        for other in found:
            words = f" ({', '.join(other.words)})" if other.words else ""
            bound = Bound(None, other.confidence, other.by_article, other.source, other.note)
            yield from _fact(f"{_label(known, other.iri)}{words}", bound)
    back = (
        (say("Thay cho", "Replaces"), [(i, i.successors) for i in known.instruments.values()]),
        (say("Sửa đổi", "Amends"), [(i, i.amendments) for i in known.instruments.values()]),
        (say("Được quy định chi tiết bởi", "Detailed by"), [(i, i.detailed) for i in known.instruments.values()]),
    )
    for heading, related in back:
        lead = [(i.label, other.confidence) for i, relations in related for other in relations if other.iri == one.iri]
        yield from _listed(heading, lead)
    yield from _listed(
        say("Quy định chi tiết", "Details"), [(_label(known, d.iri), d.confidence) for d in one.detailed]
    )


def _listed(heading: str, found: Sequence[tuple[str, Confidence]]) -> Iterator[str]:
    """Instruments in one line, each with how sure the relation is."""
    if found:
        yield ""
        yield f"{heading}: {'; '.join(f'{label} [{sure(grade)}]' for label, grade in found)}"


def _forms(one: Instrument, known: Register) -> Iterator[str]:
    forms = [form for form in known.forms.values() if form.document == one.iri]
    if forms:
        yield ""
        yield say("Mẫu", "Forms")
    for form in forms:
        new = known.forms.get(form.succeeded_by or "")
        after = ""
        if new and form.succession:
            after = f" → {new.number}, {_label(known, new.document)} [{sure(form.succession)}]"
        yield f"  {form.number} ({form.annex}) [{sure(form.sure)}]: {form.purpose}{after}"


def _money(one: Instrument) -> Iterator[str]:
    """The powers and prizes it lays down, on its first day in force."""
    start = one.valid_from.date if one.valid_from else None
    powers = [power for power in delegations() if power.reference.endswith(one.label)]
    if powers:
        yield ""
        yield say("Thẩm quyền theo văn bản này", "Powers under it")
    for power in powers:
        until = f" {say('đến trước', 'until before')} {shown_day(power.before)}" if power.before else ""
        since = f"{say('từ', 'from')} {shown_day(power.since)}{until}"
        what = f"{power.power_label} {power.award_label}"
        yield f"  {power.who}: {what}, {since}; {power.reference} [{sure(power.confidence)}]"
    salary = base_salary(start) if start else None
    if salary and one.number in salary.reference:
        money = f"{salary.amount:,}".replace(",", ".")
        yield ""
        yield f"{say('Lương cơ sở', 'Base salary')}: {money} {salary.currency} [{sure(salary.confidence)}]"
    found = [prize for prize in prizes(start) if one.label in prize.reference] if start else []
    if found:
        yield ""
        yield say(f"Tiền thưởng (quyết định ngày {shown_day(start)})", f"Prizes (decided on {start})")
    for prize in found:
        money = f"{prize.amount:,}".replace(",", ".")
        giver = f", {prize.by}" if prize.by else ""
        whom = f"{scheme('recipient-kind')[prize.kind].label}{giver}"
        times = f"{prize.multiple.normalize():f}".replace(".", ",")
        sum_ = f"{times} × {say('lương cơ sở', 'base salary')} = {money} {prize.salary.currency}"
        yield f"  {prize.label} ({whom}): {sum_} [{sure(prize.confidence)}]"


def _fact(words: str, bound: Bound) -> Iterator[str]:
    by = f"; {bound.by_article}" if bound.by_article else ""
    yield f"  {words} [{sure(bound.confidence)}]{by}"
    if bound.source:
        yield f"      {say('nguồn', 'source')}: {' ; '.join(bound.source)}"
    if bound.note:
        yield f"      {say('ghi chú', 'note')}: {bound.note}"


def _label(known: Register, iri: str) -> str:
    found = known.by_iri(iri)
    return found.label if found else iri.rpartition("/id/doc/")[2]
