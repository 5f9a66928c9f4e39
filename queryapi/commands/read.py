"""`thidua read`: what is found in one document, without a store."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from loaders.days import shown_day
from loaders.findings import Document, Effect, Findings, Span, Threshold, spans_of
from queryapi.commands.options import command, format_option
from queryapi.commands.progress import reading_of
from queryapi.language import say
from queryapi.tables import print_table


@command(
    "Đọc một văn bản và in những gì tìm thấy, kèm vị trí từng chữ.",
    "Read one document and print what is found, each with its place.",
    "thidua read examples/plans/ninh-phuoc-26-kh-ubnd-2021.txt --format json",
)
@click.argument("file", type=click.Path(path_type=Path))
@format_option(("text", "json", "ttl", "nquads"))
def read(file: Path, format_: str) -> None:
    from loaders.read import read as read_document

    with reading_of(file) as told:
        text, findings = read_document(file, progress=told)
    if format_ == "json":
        import json

        from loaders.findings import to_json

        click.echo(json.dumps(to_json(findings), ensure_ascii=False, indent=2))
    elif format_ == "text":
        _print_findings(findings, text.raw)
    else:
        import pyoxigraph as ox

        from loaders.attached import split
        from loaders.rdf import serialise

        chosen = ox.RdfFormat.TURTLE if format_ == "ttl" else ox.RdfFormat.N_QUADS
        sys.stdout.buffer.write(b"".join(serialise(one, text.raw, chosen) for one in split(findings)))


def _print_findings(findings: Findings, raw: str) -> None:
    doc, movement = findings.document, findings.movement
    blank = say("(để trống)", "(blank)")
    facts = [
        (say("Loại", "Type"), _label("document-type", doc.type)),
        (say("Số, ký hiệu", "Number"), doc.number or blank),
        (say("Ngày", "Date"), doc.date or _between(doc.not_before, doc.not_after) or blank),
        (say("Cơ quan ban hành", "Issuer"), doc.issuer.label if doc.issuer else None),
        (say("Trích yếu", "Title"), _read_again(doc.title, doc.readable)),
        (say("Người ký", "Signer"), ", ".join(filter(None, (doc.signer, doc.signed_for, doc.signer_role)))),
        (say("Thời gian phong trào", "Movement"), movement and _between(movement.from_, movement.until)),
        *((say("Văn bản kèm theo", "Attached"), _attached(one)) for one in findings.attachments),
    ]
    print_table((say("Thông tin", "Fact"), ""), [(name, " ".join(value.split())) for name, value in facts if value])
    spans = {(span.start, span.text): span for span in spans_of(findings)}
    rows = [
        (kind, _place(raw, span, start), " ".join(text.split()), _note(note, *_unsure(span)))
        for kind, items in _kinds(findings)
        for text, start, note in items
        for span in [spans.get((start, text))]
    ]
    print_table((say("Loại", "Kind"), say("Dòng", "Line"), say("Nguyên văn", "Words"), say("Hiểu là", "Read as")), rows)
    for doubt in findings.doubts:
        line = "" if doubt.start is None else f" ({say('dòng', 'line')} {raw.count(chr(10), 0, doubt.start) + 1})"
        click.echo(f"? {doubt.message}{line}")


def _read_again(printed: str | None, readable: str | None) -> str | None:
    """Garbled words as printed, with what they probably said."""
    return f"{printed} ({say('đọc lại', 'probably')}: {readable})" if readable else printed


def _place(raw: str, span: Span | None, start: int) -> str:
    """The line, and the page before it where the file has pages: "tr. 3, 41"."""
    line = str(raw.count("\n", 0, start) + 1)
    return f"{say('tr.', 'p.')} {span.page}, {line}" if span and span.page else line


def _unsure(span: Span | None) -> Iterator[str]:
    """What marks a doubtful finding, and one that a person settled."""
    from loaders.confidence import DOUBTFUL

    if span and (span.confidence < DOUBTFUL or "hieu-dinh" in span.grounds):
        grounds = ", ".join(filter(None, (_label("confidence-ground", ground) for ground in span.grounds)))
        yield grounds if span.confidence == 1 else f"? {span.confidence:.2f} ({grounds})"


def _attached(document: Document) -> str:
    return " · ".join(filter(None, (_label("document-type", document.type), document.number, document.title)))


def _between(first: str | None, last: str | None) -> str | None:
    return f"{first or '…'} → {last or '…'}" if first or last else None


def _kinds(found: Findings) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Each kind of finding with its words, place, and how they were understood."""
    return [
        (
            say("trích dẫn", "citation"),
            [
                (
                    c.text,
                    c.start,
                    _note(c.relation, c.number or c.name, _by_date(c.resolved), _label("verdict", c.verdict)),
                )
                for c in found.citations
            ],
        ),
        (
            say("hiệu lực", "effect"),
            [(e.text, e.start, _effect(e, found)) for e in found.effects],
        ),
        (
            say("đối tượng", "target"),
            [(t.text, t.start, _note(_label("recipient-kind", t.kind))) for t in found.targets],
        ),
        (
            say("nội dung", "content"),
            [(c.text, c.start, _note(*(_label("reform-area", area) for area in c.areas))) for c in found.contents],
        ),
        (
            say("tiêu chí", "criterion"),
            [
                (
                    c.text,
                    c.start,
                    _note(_label("recipient-kind", c.kind), _label("polarity", c.polarity), _limit(c.threshold)),
                )
                for c in found.criteria
            ],
        ),
        (
            say("khen thưởng", "award"),
            [
                (a.text, a.start, _note(_label("award-form", a.form) or _label("emulation-title", a.form), a.by))
                for a in found.awards
            ],
        ),
        (
            say("số lượng", "quota"),
            [
                (q.text, q.start, _note(_label("recipient-kind", q.kind), _label("rule", q.rule), q.count))
                for q in found.quotas
            ],
        ),
        (
            say("hồ sơ", "dossier"),
            [
                (d.text, d.start, _note(_label("dossier-component", d.component), d.form, d.form_of))
                for d in found.dossier
            ],
        ),
        (
            say("thời hạn", "deadline"),
            [
                (
                    d.text,
                    d.start,
                    _note(_label("boundary", d.boundary), d.date or d.month_day, _label("recurrence", d.recurrence)),
                )
                for d in found.deadlines
            ],
        ),
        (
            say("phân công", "responsibility"),
            [(r.text, r.start, _note(r.who)) for r in found.responsibilities],
        ),
        (say("nơi nhận", "recipient"), [(r.text, r.start, "") for r in found.recipients]),
    ]


def _effect(effect: Effect, found: Findings) -> str:
    """What is done to which part of which document, and from when: "bãi bỏ · Điều 4 · 38/2018/QĐ-UBND · 01/07/2024"."""
    own = effect.about == found.document.iri
    return _note(
        _label("effect", effect.kind),
        ", ".join(effect.provisions),
        say("văn bản này", "this document") if own else effect.about_number or effect.about_name,
        shown_day(effect.effective_on) or _label("effect-rule", effect.rule),
    )


def _by_date(resolved: str | None) -> str | None:
    """The law that a name without number means on the day of the document."""
    return f"{say('theo ngày', 'by date')}: {resolved}" if resolved else None


def _limit(threshold: Threshold | None) -> str | None:
    if threshold is None:
        return None
    unit = "%" if threshold.unit == "%" else f" {threshold.unit or ''}"
    value = threshold.level if threshold.value is None else f"{threshold.value}{unit}".strip()
    return " ".join(filter(None, (threshold.operator, value or threshold.relative_to)))


def _label(scheme_name: str, slug: str | None) -> str | None:
    """The word people know a slug by."""
    from loaders.vocabulary import scheme

    concept = scheme(scheme_name).get(slug or "")
    return concept.label if concept else None


def _note(*parts: object) -> str:
    return " · ".join(" ".join(str(part).split()) for part in parts if part not in (None, ""))
