"""Several documents in one file: what a decision issues with itself, and what was put behind it.

"QUYẾT ĐỊNH … Điều 1. Ban hành kèm theo Quyết định này Quy chế …", the signature, and then "QUY CHẾ … (Ban hành kèm theo
Quyết định số 12/QĐ-UBND …)": two documents, one paper. The attached one has no number of its own; it is known by
the decision's. A file may also hold a second document with a head of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from loaders.findings import Correction, Document, Findings, Issuer, Span
from loaders.header import Header, find_header
from loaders.issuer import MOTTO
from loaders.names import document_iri, number_slug
from loaders.signature import Signature, find_recipients, find_signature
from loaders.text import Text
from loaders.vocabulary import scheme

__all__ = ["find_attached", "recipients_of", "split"]

# What is issued as a document of its own. An annex, a form or a list ("PHỤ LỤC", "MẪU SỐ 01", "DANH MỤC") is a part.
_ISSUED = (
    *("quy-che", "quy-dinh", "dieu-le", "noi-quy", "ke-hoach", "chuong-trinh", "de-an", "phuong-an", "du-an"),
    *("huong-dan", "chien-luoc", "quy-hoach", "the-le", "quy-trinh", "bo-quy-tac", "quy-tac", "chuong-trinh-hanh-dong"),
)
_ISSUES = frozenset(
    ("quyet-dinh", "nghi-quyet", "thong-tu", "thong-tu-lien-tich", "nghi-dinh", "cong-van", "to-trinh", "thong-bao")
)
# "(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ngày …)", "(Kèm theo Công văn số    /SNV-TĐKT …)"
_WITH = re.compile(r"kem theo(?<=\bkem theo)[ \n]{1,3}(?!ban |day)[^\n()]{2,40}?(?:\bso\b|\bnay\b)")
_WITH_REACH = 700  # a title of several lines stands between the name of the kind and what it is attached to
_TOLD = re.compile(r"[\s(*_]*(?:được\s+)?(?:[Bb]an hành\s+)?$")  # what stands before "kèm theo" when it follows a title
_LINE = re.compile(r"[^\n]+")
_MARKUP = " \t*_#|>\r-–—"
_HEAD_LINE = re.compile(
    r"cong hoa xa hoi|doc lap\s*-|^(?:uy ban|ubnd|hoi dong|bo |so |so:|tinh|huyen|xa |phuong|thanh pho|thi |dac khu|"
    r"truong |chi cuc|cuc |ban |dang uy|mat tran|phong )"
)
_NATION = re.compile(r"(?:cong hoa xa hoi chu nghia|dang cong san) viet nam\b")
_BESIDE = re.compile(r"[^\n\w]*(?:[^\n]{3,60}\s)?")  # nothing, the other column, or its line above
_NUMBER = re.compile(r"\bso\b[\s:.*_]{0,6}\d")
_HEAD_REACH = 400  # from the first line of a head to its motto
_DOCUMENT_HEAD = 6000  # what is read of a document to know its head
_LEAST = 600  # characters of a document: a head that comes sooner is the same document's
_PLAN_PARTS = (
    *("targets", "contents", "criteria", "awards", "quotas", "dossier", "deadlines", "responsibilities"),
    *("procedure", "funding"),
)


def find_attached(text: Text, document: Document, signature: Signature | None) -> tuple[Document, ...]:
    """The documents that stand in the file after its first, with the places where each begins and ends.

    Issuer and day are the first's, which issues them, unless they have a head with a number of their own.
    """
    if document.type not in _ISSUES:
        return ()
    after = signature.end if signature else 0
    found = sorted(
        [*_issued_with(text, document, after), *(_with_head(text, document, after) if signature else ())],
        key=lambda one: (one.start or 0, one.number is None),
    )
    kept: list[Document] = []
    for one in found:
        if not kept or (one.start or 0) - (kept[-1].start or 0) > _LEAST:
            kept.append(one)
    ends = [*(one.start for one in kept[1:]), len(text.raw)][: len(kept)]
    placed = [replace(one, end=end) for one, end in zip(kept, ends, strict=True)]
    same: Counter[str | None] = Counter()
    return tuple(_named(one, same) for one in placed)


def _issued_with(text: Text, document: Document, after: int) -> Iterator[Document]:
    """Those that say what they are issued with: the kind alone on a line, the title, "(Kèm theo Quyết định số …)"."""
    for told in _WITH.finditer(text.folded, after):
        floor = max(after, told.start() - _WITH_REACH)
        heading = _kind_line(text, floor, told.start())
        if heading:
            kind, start, end = heading
            title = " ".join(re.sub(r"[*_#|]+", " ", _TOLD.sub("", text.raw[end : told.start()])).split())
            yield Document(
                iri=document.iri,
                type=kind,
                date=document.date,
                not_before=document.not_before,
                not_after=document.not_after,
                place=document.place,
                issuer=document.issuer,
                title=title or None,
                attached_to=document.iri,
                start=_head_start(text, floor, start),
            )


def _with_head(text: Text, document: Document, after: int) -> Iterator[Document]:
    """Those with a head of their own; a form to be filled in ("Số: ……/TTr-…, ngày … tháng …") is none.

    A head is printed in two columns or line by line, and then its body and number may stand above the motto.
    """
    mottos = list(_motto_lines(text, after))
    heads = [_head_start(text, max(after, motto - _HEAD_REACH), motto) for motto in mottos]
    for start, stop in pairwise([*heads, len(text.raw)]):
        part = Text(text.raw[start : min(stop, start + _DOCUMENT_HEAD)])
        if stop - start <= _LEAST or not _NUMBER.search(part.folded):
            continue
        signature = find_signature(Text(text.raw[start:stop]))
        header = find_header(part, signature)
        if header.type and header.number and header.date:
            yield _of_its_own(document, header, signature, start)


def _motto_lines(text: Text, after: int) -> Iterator[int]:
    """Where the lines begin that name the nation or the Party, alone or beside a body, or that of the body above it."""
    for nation in _NATION.finditer(text.folded, after):
        line = text.raw.rfind("\n", 0, nation.start()) + 1
        above = text.raw.rfind("\n", 0, max(0, line - 1)) + 1
        for begin in (above, line):
            if begin >= after and _BESIDE.fullmatch(text.folded, begin, nation.start()):
                yield begin
                break


def _of_its_own(document: Document, header: Header, signature: Signature | None, start: int) -> Document:
    """With the number of its own register; a body it does not name is the first document's."""
    issuer = header.issuer
    authority = issuer.authority if issuer else document.iri.split("/id/doc/")[1].split("/")[0]
    own = Issuer(
        label=header.issuer_label or (issuer.label if issuer else ""),
        iri=issuer.iri if issuer else None,
        level=issuer.level if issuer else None,
        unit=issuer.unit.iri if issuer and issuer.unit else None,
    )
    return Document(
        iri=document_iri(authority, header.type or "", (header.date or "")[:4], number_slug(header.number or "")),
        type=header.type,
        number=header.number,
        number_as_printed=header.number_as_printed,
        date=header.date,
        place=header.place,
        issuer=own if own.label else document.issuer,
        title=header.title,
        signer=signature.signer if signature else None,
        signer_role=signature.signer_role if signature else None,
        signed_for=signature.signed_for if signature else None,
        attached_to=document.iri,
        start=start,
    )


def _kind_line(text: Text, start: int, end: int) -> tuple[str, int, int] | None:
    """The last line that is the name of a kind of document and no more: its slug, where it begins and ends."""
    found = None
    for line in _LINE.finditer(text.raw, start, end):
        words = text.folded[line.start() : line.end()].strip(_MARKUP + ":")
        slug = words.replace(" ", "-")
        if slug in _ISSUED and slug in scheme("document-type") and line[0].strip(_MARKUP)[:1].isupper():
            found = slug, line.start(), line.end()
    return found


def _head_start(text: Text, floor: int, kind: int) -> int:
    """Where the head above a kind begins: its lines of body and motto belong to what follows them."""
    start = kind
    for line in reversed(list(_LINE.finditer(text.raw, floor, kind))):
        words = text.folded[line.start() : line.end()].strip(_MARKUP)
        if words and not _HEAD_LINE.search(words) and not MOTTO.search(words):
            break
        start = line.start() if words else start
    return start


def _named(document: Document, same: Counter[str | None]) -> Document:
    """With an IRI of its own: of the number it is attached to where it has none.

    `quy-che/2024/kem-theo-quyet-dinh-12`; a second regulation of one decision is `…-12-2`.
    """
    if document.number or document.attached_to is None:
        return document
    base, _, path = document.attached_to.partition("/id/doc/")
    authority, kind, year, number = path.split("/", 3)
    same[document.type] += 1
    name = f"kem-theo-{kind}-{number}" + (f"-{same[document.type]}" if same[document.type] > 1 else "")
    return replace(document, iri=f"{base}/id/doc/{authority}/{document.type}/{year}/{name}")


def recipients_of(text: Text, attachments: tuple[Document, ...]) -> tuple[Span, ...]:
    """Who receives each document: the list under the first one's signature, and that of one with a head of its own."""
    first = attachments[0].start if attachments else None
    if first is None:
        return find_recipients(text)
    found = list(find_recipients(Text(text.raw[:first])))
    for one in attachments:
        if one.number:
            at = one.start or 0
            inside = find_recipients(Text(text.raw[at : one.end]))
            found += [replace(span, start=span.start + at, end=span.end + at) for span in inside]
    return tuple(found)


def split(found: Findings) -> tuple[Findings, ...]:
    """What is found in a file as one reading per document in it, the first being the file's own.

    Each keeps what stands in its part of the file. The movement, with all its parts, is of the document in which most
    of them stand: a decision whose attached plan launches a movement launches none itself.
    """
    if not found.attachments:
        return (found,)
    attachments = [replace(one, known_as=_known_as(one, found.document)) for one in found.attachments]
    parts = [replace(found.document, start=0, end=attachments[0].start), *attachments]
    launching = _launching(found, parts)
    return tuple(_part(found, part, launches=part is launching) for part in parts)


def _known_as(attached: Document, issuing: Document) -> str | None:
    """What people call a document without a number: "Kế hoạch kèm theo 1245/QĐ-UBND"."""
    kinds = scheme("document-type")
    if attached.number or attached.type not in kinds or issuing.type not in kinds:
        return None
    by = issuing.number or f"{kinds[issuing.type].label} chưa ghi số"
    return f"{kinds[attached.type].label} kèm theo {by}"


def _launching(found: Findings, parts: list[Document]) -> Document:
    """Where most parts of the plan stand; among equals where the movement is told, then the attached one."""
    movement = found.movement.start if found.movement else None
    telling = [name for name in _PLAN_PARTS if name != "responsibilities"]  # "Điều 3. … chịu trách nhiệm thi hành"

    def weight(part: Document) -> tuple[int, bool, int]:
        inside = sum(_stands_in(span, part) for name in telling for span in getattr(found, name))
        return inside, movement is not None and _has(part, movement), part.start or 0

    return max(parts, key=weight)


def _part(found: Findings, part: Document, *, launches: bool) -> Findings:
    kept: dict[str, Any] = {}
    for field in fields(found):
        value = getattr(found, field.name)
        if field.name in _PLAN_PARTS:
            kept[field.name] = tuple(span for span in value if launches and _is_of(span, part, field.name))
        elif value and isinstance(value, tuple) and isinstance(value[0], Span):
            kept[field.name] = tuple(span for span in value if _stands_in(span, part) and not _is_own(span, part))
    own = [d for d in found.doubts if _has(part, d.start or 0)]
    said = tuple(one for one in found.corrections if _is_about(one, part, launches=launches))
    movement = found.movement if launches else None
    attached = () if part.attached_to else found.attachments
    return replace(
        found, document=part, attachments=attached, movement=movement, doubts=tuple(own), corrections=said, **kept
    )


def _is_about(said: Correction, part: Document, *, launches: bool) -> bool:
    """Whether what a person corrected is of this document: a movement's part of the launching one, else by place."""
    if said.kind not in ("document", "citation", "effect", "recipient"):
        return launches
    if said.start is None or not said.matched:
        return part.attached_to is None
    return _has(part, said.start)


def _is_of(span: Span, launching: Document, kind: str) -> bool:
    """Whether a part is of the movement: who "chịu trách nhiệm thi hành Quyết định này" has no part in it."""
    return kind != "responsibilities" or _stands_in(span, launching)


def _stands_in(span: Span, part: Document) -> bool:
    return _has(part, span.start)


def _has(part: Document, place: int) -> bool:
    return (part.start or 0) <= place < (part.end or 0)


def _is_own(span: Span, part: Document) -> bool:
    """Whether a citation is the document's own number in its own head."""
    number = getattr(span, "number", None)
    return number is not None and number == part.number and span.start < (part.start or 0) + 1500
