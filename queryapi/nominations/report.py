"""The nomination report, as text, JSON, HTML, CSV, Turtle or XLSX: the same findings in each, made in memory.

Verdict, reason, the plan's own words and their place, what was stated and where, what to do; then the list as a whole,
what the law says of the plan, and what was not checked.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO

from loaders.csvcells import safe_cell
from loaders.days import shown_day
from loaders.text import quoted
from queryapi.nominations.check import Report
from queryapi.nominations.finding import MET, NOT_APPLICABLE, NOT_ASSESSABLE, NOT_MET, Finding, Nominee
from queryapi.nominations.report_words import LABELS, MARKS, WORDS

FORMATS = ("text", "json", "html", "csv", "ttl", "xlsx")


def render(report: Report, format: str = "text") -> bytes:
    """The report as a file of the format, in UTF-8."""
    if format == "json":
        return (json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n").encode()
    if format == "html":
        return _html(report).encode()
    if format == "csv":
        return _csv(report).encode("utf-8-sig")
    if format == "ttl":
        return _turtle(report).encode()
    if format == "xlsx":
        return _xlsx(report)
    return text(report).encode()


def to_json(report: Report) -> dict[str, object]:
    """One documented shape: plan, form, summary, nominations, set, law, unchecked, tested."""
    plan = report.plan
    return {
        "plan": {
            "iri": plan.iri,
            "number": plan.number,
            "date": plan.date,
            "title": plan.title,
            "issuer": plan.issuer,
            "source": plan.source,
        },
        "form": report.form,
        "holds": report.holds,
        "summary": {
            "nominations": len(report.nominees),
            "met": report.count(MET),
            "not_met": report.count(NOT_MET),
            "not_assessable": report.count(NOT_ASSESSABLE),
            "not_applicable": report.count(NOT_APPLICABLE),
        },
        "nominations": [
            {
                "row": n.row,
                "name": n.name,
                "kind": n.kind,
                "award": n.award,
                "submitted": n.submitted,
                "award_year": n.award_year,
                "verdict": n.verdict,
                "plan_verdict": n.plan_verdict,
                "law_verdict": n.law_verdict,
                "findings": [_finding_json(f, report) for f in n.findings],
            }
            for n in report.nominees
        ],
        "set": [_finding_json(f, report) for f in report.about_set],
        "law": [_finding_json(f, report) for f in report.about_plan],
        "unchecked": list(report.unchecked),
        "tested": report.tested,
    }


def _finding_json(finding: Finding, report: Report) -> dict[str, object]:
    return {
        "source": finding.source,
        "about": finding.about,
        "verdict": finding.verdict,
        "verdict_label": LABELS[report.lang][finding.verdict],
        "reason": finding.reason,
        "remedy": finding.remedy,
        "hint": finding.hint,
        "part": finding.part,
        "label": finding.label,
        "clause": finding.clause,
        "reading": finding.reading,
        "start": finding.start,
        "end": finding.end,
        "page": finding.page,
        "text_line": finding.line,
        "stated": finding.stated,
        "required": finding.required,
        "evidence": finding.evidence,
        "row": finding.row,
        "column": finding.column,
        "cell": cell(finding, report.lang),
        "basis": finding.basis,
        "rule": finding.shape,
    }


def cell(finding: Finding, lang: str) -> str | None:
    """The cell as messages name it.

    >>> cell(Finding(source="plan", about="criterion", verdict="met", reason="", row=5, column="F"), "vi")
    'hàng 5, cột F'
    """
    if finding.row is None:
        return None
    words = WORDS[lang]
    row = f"{words['line']} {finding.row}"
    return f"{row}, {words['column']} {finding.column}" if finding.column else row


def text(report: Report) -> str:
    """The report for a terminal: what is wrong or open in full, what is met counted."""
    words = WORDS[report.lang]
    lines = [
        words["title"],
        f"{words['plan']}: {plan_name(report)}",
        f"{words['form']}: {report.form}",
        summary(report),
    ]
    for nominee in report.nominees:
        lines += ["", _nominee_line(nominee, report.lang)]
        wrong = faults(nominee)
        hinted = [f for f in nominee.findings if f.verdict == NOT_APPLICABLE and f.hint]
        for finding in (*wrong, *hinted):
            lines += _finding_lines(finding, report.lang)
        if not wrong:
            lines.append(f"  {words['all-met']} ({sum(f.verdict == MET for f in nominee.findings)})")
    for title, findings in ((words["set"], report.about_set), (words["law"], report.about_plan)):
        if findings:
            lines += ["", f"{title}:"]
            for finding in findings:
                lines += _finding_lines(finding, report.lang)
    lines += ["", f"{words['unchecked']}:", *(f"  - {note}" for note in report.unchecked)]
    lines += ["", looked_at(report), words["holds"] if report.holds else words["fails"]]
    return "\n".join(lines) + "\n"


def faults(nominee: Nominee) -> list[Finding]:
    """What keeps a row from being met."""
    return [f for f in nominee.findings if f.verdict in (NOT_MET, NOT_ASSESSABLE)]


def _nominee_line(nominee: Nominee, lang: str) -> str:
    words = WORDS[lang]
    kind = words.get(nominee.kind or "", "?")
    line = f"{words['line']} {nominee.row}: {nominee.name or '?'} ({kind}) – {LABELS[lang][nominee.verdict].upper()}"
    if nominee.law_verdict and nominee.law_verdict != nominee.plan_verdict:
        plan, law = LABELS[lang][nominee.plan_verdict], LABELS[lang][nominee.law_verdict]
        line += f" ({words['by-plan']}: {plan}; {words['by-law']}: {law})"
    return line


def _finding_lines(finding: Finding, lang: str) -> list[str]:
    words = WORDS[lang]
    about = finding.label or words[f"about-{finding.about}"]
    where = ", ".join(filter(None, [f"{words['by-law']}" if finding.source == "law" else None, cell(finding, lang)]))
    verdict = LABELS[lang][finding.verdict]
    head = f"  {MARKS[finding.verdict]} {verdict} – {about}{f' ({where})' if where else ''}: {finding.reason}"
    lines = [head]
    if finding.clause:
        lines.append(f"      {words['clause']}: “{quoted(finding.clause)}” ({place(finding, lang)})")
    if finding.reading:
        lines.append(f"      {words['reading']}: {finding.reading}")
    if finding.remedy:
        lines.append(f"      {words['remedy']}: {finding.remedy}")
    if finding.hint:
        lines.append(f"      {finding.hint}")
    return lines


def place(finding: Finding, lang: str) -> str:
    """Where the clause stands, as people find it: "tr. 3, mục VI.1"; the line where pages are not known.

    >>> found = Finding(source="plan", about="criterion", verdict="met", reason="", label="VI.1", page=3)
    >>> from dataclasses import replace
    >>> place(found, "vi"), place(replace(found, page=None, line=41), "vi")
    ('tr. 3, mục VI.1', 'dòng 41, mục VI.1')
    """
    words = WORDS[lang]
    where = f"{words['page']} {finding.page}" if finding.page else ""
    if not where and finding.line:
        where = f"{words['text-line']} {finding.line}"
    return ", ".join(filter(None, (where, f"{words['item']} {finding.label}" if finding.label else "")))


def plan_name(report: Report) -> str:
    plan, words = report.plan, WORDS[report.lang]
    return f"{plan.name}, {words['issued']} {shown_day(plan.date)}" if plan.date else f"{plan.name}, {words['undated']}"


def summary(report: Report) -> str:
    """How many were proposed, and how they fared."""
    counts = [(v, report.count(v)) for v in (MET, NOT_MET, NOT_ASSESSABLE, NOT_APPLICABLE)]
    said = "; ".join(f"{LABELS[report.lang][v]} {n}" for v, n in counts if n)
    return f"{WORDS[report.lang]['nominations']}: {len(report.nominees)}; {said}."


def looked_at(report: Report) -> str:
    """How much was looked at: a rule that tests nothing finds nothing."""
    counts = [count for count in report.tested.values() if count]
    return WORDS[report.lang]["tested"].format(nodes=sum(counts), rules=len(counts))


def _html(report: Report) -> str:
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("queryapi"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("report.html").render(context(report))


def context(report: Report) -> dict[str, object]:
    """What the template report.html is filled with."""
    return {
        "report": report,
        "words": WORDS[report.lang],
        "labels": LABELS[report.lang],
        "marks": MARKS,
        "plan_name": plan_name(report),
        "summary": summary(report),
        "tested": looked_at(report),
        "place": place,
        "cell": cell,
        "faults": faults,
        "day": shown_day,
    }


_COLUMNS = (
    "row", "name", "kind", "award", "submitted", "year", "source", "about", "place", "cell",
    "stated", "required", "evidence", "verdict", "reason", "remedy", "hint", "clause", "basis",
)  # fmt: skip


def _table(report: Report) -> Iterator[list[str]]:
    """One line per finding, under a line of headings; findings about the list or the plan name no nominee."""
    words = WORDS[report.lang]
    yield [words[c] for c in _COLUMNS]
    for nominee in report.nominees:
        who = [
            str(nominee.row),
            nominee.name,
            words.get(nominee.kind or "", ""),
            nominee.award or "",
            nominee.submitted or "",
            str(nominee.award_year or ""),
        ]
        for finding in nominee.findings:
            yield [*who, *_cells(finding, report.lang)]
    for finding in (*report.about_set, *report.about_plan):
        whole = words["set"] if finding.source == "plan" else words["law"]
        yield ["", whole, "", "", "", "", *_cells(finding, report.lang)]


def _cells(finding: Finding, lang: str) -> list[str]:
    words = WORDS[lang]
    values = (
        words[f"by-{finding.source}"],
        words[f"about-{finding.about}"],
        place(finding, lang),
        cell(finding, lang),
        finding.stated,
        finding.required,
        finding.evidence,
        LABELS[lang][finding.verdict],
        finding.reason,
        finding.remedy,
        finding.hint,
        quoted(finding.clause),
        finding.basis,
    )
    return [value or "" for value in values]


def _csv(report: Report) -> str:
    out = StringIO()
    writer = csv.writer(out)
    for line in _table(report):
        writer.writerow(map(safe_cell, line))
    return out.getvalue()


def _xlsx(report: Report) -> bytes:
    import xlsxwriter

    words = WORDS[report.lang]
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": words["title"], "created": datetime(2024, 1, 1)})
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    first = book.add_worksheet(words["summary"])
    first.set_column(0, 0, 10)
    first.set_column(1, 4, 34)
    for n, said in enumerate((words["title"], plan_name(report), report.form, summary(report))):
        first.write_string(n, 0, said)
    for column, name in enumerate(("row", "name", "kind", "verdict", "reason")):
        first.write_string(5, column, words[name], bold)
    for n, nominee in enumerate(report.nominees, start=6):
        reasons = "\n".join(f"{f.label or words['about-' + f.about]}: {f.reason}" for f in faults(nominee))
        verdict = LABELS[report.lang][nominee.verdict]
        values = (str(nominee.row), nominee.name, words.get(nominee.kind or "", ""), verdict, reasons)
        for column, value in enumerate(values):
            first.write_string(n, column, value, wrap)
    for n, note in enumerate(report.unchecked, start=len(report.nominees) + 8):
        first.write_string(n, 0, note)
    detail = book.add_worksheet("Chi tiết" if report.lang == "vi" else "Details")
    detail.freeze_panes(1, 2)
    detail.set_column(0, len(_COLUMNS) - 1, 18)
    for n, line in enumerate(_table(report)):
        for column, said in enumerate(line):
            detail.write_string(n, column, said, bold if n == 0 else wrap)
    book.close()
    return out.getvalue()


def _turtle(report: Report) -> str:
    from queryapi.nominations.report_rdf import report_graph

    return str(report_graph(report).serialize(format="turtle"))
