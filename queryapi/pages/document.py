"""A document's page: its header, its verdicts, its text with every finding in place, and the findings by kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, abort

from loaders.law.alerts import CHANGES
from loaders.text import fold
from queryapi.compare import PER
from queryapi.pages.facts import Facts, Thing, document_facts
from queryapi.pages.marked import Marked, mark
from queryapi.pages.standing import standing
from queryapi.pages.sureness import corrected, doubt, scanned
from queryapi.pages.view import concept, named, names, page, served, shown_date
from queryapi.store import Store
from queryapi.trace.clauses import SOURCES_DIFFER

blueprint = Blueprint("document", __name__)


@dataclass(frozen=True)
class Kind:
    """A kind of finding: the property that leads to it, its style, its name and the word that marks it in the text."""

    link: str
    slug: str
    title: str
    tag: str


OF_DOCUMENT = (
    Kind("hasCitation", "citation", "Viện dẫn", "viện dẫn"),
    Kind("hasEffect", "effect", "Điều khoản hiệu lực", "hiệu lực"),
    Kind("distributedTo", "recipient", "Nơi nhận", "nơi nhận"),
)
OF_MOVEMENT = (
    Kind("hasTarget", "target", "Đối tượng thi đua", "đối tượng"),
    Kind("hasContent", "content", "Nội dung thi đua", "nội dung"),
    Kind("hasCriterion", "criterion", "Tiêu chí, tiêu chuẩn", "tiêu chí"),
    Kind("offersAward", "award", "Hình thức khen thưởng", "khen thưởng"),
    Kind("setsQuota", "quota", "Số lượng khen thưởng", "số lượng"),
    Kind("requiresComponent", "component", "Thành phần hồ sơ", "hồ sơ"),
    Kind("setsDeadline", "deadline", "Thời hạn", "thời hạn"),
    Kind("hasProcedureStep", "step", "Quy trình", "quy trình"),
    Kind("assigns", "responsibility", "Trách nhiệm thực hiện", "trách nhiệm"),
    Kind("hasFunding", "funding", "Kinh phí", "kinh phí"),
)
_OF_PROVISION = "điều khoản được dẫn"  # how a reason begins that is of the articles cited and not of the whole
_OPERATORS = {"gteq": "≥", "gt": ">", "lteq": "≤", "lt": "<", "eq": "=", "rank-lteq": "xếp hạng từ"}


@dataclass(frozen=True)
class Found:
    """One finding as the list shows it: `facts` are what was understood of its words."""

    thing: Thing
    tag: str
    facts: tuple[tuple[str, str], ...]
    doubt: str = ""

    @property
    def name(self) -> str:
        return self.thing.fragment


@dataclass(frozen=True)
class Told:
    """A citation of something that was not, or not surely, in force: what it is called, and how it stood."""

    found: Found
    name: str
    words: str
    successor: str


@blueprint.get("/van-ban/<path:path>")
def show(path: str) -> Response:
    """The document under `id/doc/<path>`."""
    iri = named(f"doc/{path}")
    with served().store() as store:
        facts = document_facts(store, iri)
        document = facts.thing(iri)
        if not document:
            abort(404)
        text = store.text(iri)
        groups = list(_groups(facts, document))
        doubts = facts.linked(document, "hasDoubt")
        movement = facts.thing(f"{iri}#movement")
        marks = _places(groups, movement, doubts)
        from_, to = document.number("start") or 0, document.number("end")
        return page(
            "document.html",
            store=store,
            document=document,
            scanned=_scanned(document, groups),
            movement=movement,
            signature=facts.thing(f"{iri}#signature"),
            groups=groups,
            doubts=doubts,
            corrected=corrected(facts, document),
            verdicts=_verdicts(groups),
            told=list(_told(groups)),
            standing=standing(store, iri),
            paragraphs=mark(text, marks, from_, to) if text is not None else None,
            beside=_beside(store, document),
            path=path,
        )


def _scanned(document: Thing, groups: list[tuple[Kind, list[Found]]]) -> str:
    """That it was read from an image, and how well; "" for any other."""
    if not document.true("readOptically"):
        return ""
    sure = [float(one.thing["readingConfidence"] or 1) for _, found in groups for one in found]
    return scanned(document["textQuality"], sure)


def _beside(store: Store, document: Thing) -> list[tuple[str, str, str]]:
    """The documents that stand in one file with it: how they belong together, IRI and name."""
    linked = [("Ban hành kèm theo", "attachedTo"), ("Văn bản kèm theo", "hasAttachment")]
    return [(said, iri, names(store).get(iri, iri)) for said, link in linked for iri in document.all(link)]


def _groups(facts: Facts, document: Thing) -> Iterator[tuple[Kind, list[Found]]]:
    movement = facts.thing(f"{document.iri}#movement")
    for owner, kinds in ((document, OF_DOCUMENT[:2]), (movement, OF_MOVEMENT), (document, OF_DOCUMENT[2:])):
        for kind in kinds:
            found = [_found(facts, thing, kind) for thing in facts.linked(owner, kind.link)]
            if found:
                yield kind, found


def _found(facts: Facts, thing: Thing, kind: Kind) -> Found:
    tag = "điều kiện loại" if (thing["polarity"] or "").endswith("/bar") else kind.tag
    said = [*_said(thing), *_acted_on(facts, thing), *_threshold(facts, thing)]
    words = " ".join((thing["exact"] or "").split())
    # What stands in the words just the same need not stand beside them again.
    told = tuple((label, value) for label, value in said if value and value not in words)
    return Found(thing, tag, told, doubt(thing))


def _by_date(thing: Thing) -> str:
    """The law that a name without number means on the day of the document."""
    from loaders.law.register import register

    known = register().by_iri(thing["resolvedByDate"] or "")
    return known.label if known else ""


def _said(thing: Thing) -> Iterator[tuple[str, str]]:
    """The properties a reader wants beside the words, each under its name."""
    yield "Trang", f"tr. {thing['page']}" if thing["page"] else ""
    yield "Mục", thing["label"] or thing["section"] or ""
    yield "Văn bản", _cited(thing)
    yield "Hiểu theo ngày", _by_date(thing)
    yield "Ngày", shown_date(thing["citedDate"])
    yield "Cơ quan ban hành", thing["citedIssuerLabel"] or ""
    yield "Vai trò", concept(thing["relation"])
    yield "Phần viện dẫn", thing["pinpoint"] or ""
    yield "Dành cho", concept(thing["recipientKind"])
    yield "Xét tặng", thing["forAward"] or ""
    yield "Áp dụng với", thing["appliesTo"] or ""
    yield "Lĩnh vực", ", ".join(map(concept, thing.all("reformArea")))
    yield "Hình thức", concept(thing["awardForm"])
    yield "Người quyết định", thing["conferredByLabel"] or ""
    yield "Mức tiền", _amount(thing)
    yield "Số lượng", _count(thing)
    yield "Giấy tờ", concept(thing["componentKind"])
    yield "Mẫu", " của ".join(filter(None, (thing["form"], thing["formOf"])))
    yield "Giao cho", thing["delegatedTo"] or ""
    yield "Hạn", _due(thing)
    yield "Điểm", _decimal(thing["points"]) if thing["points"] else ""
    yield "Việc", thing["what"] or ""
    yield "Ai", thing["who"] or ""
    yield "Từ", thing["fromWhom"] or ""
    yield "Đến", thing["toWhom"] or ""
    yield "Qua", thing["through"] or ""


def _acted_on(facts: Facts, thing: Thing) -> Iterator[tuple[str, str]]:
    """What an effect clause does, to which part of which document, and from when."""
    if thing["effect"] is None:
        return
    cited = _cited(facts.thing(thing["viaCitation"] or ""))
    own = thing["claimsAbout"] == thing["inDocument"]
    yield "Tác động", concept(thing["effect"])
    yield "Tới văn bản", "văn bản này" if own else cited
    yield "Phần bị tác động", ", ".join(thing.all("ofProvision"))
    yield "Từ ngày", shown_date(thing["effectiveOn"])
    yield "Đến trước ngày", shown_date(thing["effectUntil"])
    yield "Cách định ngày", concept(thing["effectRule"])


def _cited(thing: Thing) -> str:
    """Type, number and name; the type once where the name begins with it: "Luật Thi đua, khen thưởng"."""
    type_, name = concept(thing["citedType"]), thing["citedName"] or ""
    return " ".join(filter(None, ("" if fold(name).startswith(fold(type_)) else type_, thing["citedNumber"], name)))


def _amount(thing: Thing) -> str:
    amount = thing.number("amount")
    per = f"/{PER.get(thing['per'], thing['per'])}" if thing["per"] else ""
    if thing["multiple"]:
        return f"{_decimal(thing['multiple'])} lần mức lương cơ sở{per}"
    if amount is None:
        return ""
    return f"{amount:,}".replace(",", ".") + f" {thing['currency'] or 'VND'}{per}"


def _decimal(value: str) -> str:
    return f"{float(value):g}".replace(".", ",")


def _count(thing: Thing) -> str:
    rule = (thing["rule"] or "").rsplit("/", 1)[-1]
    value = thing["maxCount"] or (f"{thing['percent']}%" if thing["percent"] else "")
    of = f" {thing['unit']}" if thing["unit"] else ""
    base = f" trên {thing['base']}" if thing["base"] else ""
    if value:
        return ("tối đa " if rule == "max" else "") + value + of + base
    return concept(thing["rule"]) if thing["rule"] and rule in ("delegated", "unstated") else ""


def _due(thing: Thing) -> str:
    if thing["due"]:
        return shown_date(thing["due"])
    boundary = concept(thing["boundary"]) if thing["boundary"] else ""
    if thing["date"]:
        return f"{boundary} {shown_date(thing['date'])}".strip()
    if thing["month"] and thing["day"]:
        return f"{boundary} {int(thing['day']):02}/{int(thing['month']):02} hằng năm".strip()
    if thing["days"]:
        return f"{boundary} {thing['days']} ngày {thing['relativeTo'] or ''}".strip()
    often = concept(thing["recurrence"]) if thing["recurrence"] else ""
    day = f"ngày {thing['day']} " if thing["day"] and often else ""
    return f"{boundary} {day}{often}".strip()


def _threshold(facts: Facts, thing: Thing) -> Iterator[tuple[str, str]]:
    for threshold in facts.linked(thing, "hasThreshold"):
        operator = (threshold["operator"] or "").rsplit("/", 1)[-1]
        value = threshold["thresholdLevel"] or threshold["thresholdValue"] or ""
        if threshold["unit"] and threshold["thresholdValue"]:
            value += threshold["unit"] if threshold["unit"] == "%" else f" {threshold['unit']}"
        base = f" trên {threshold['base']}" if threshold["base"] else ""
        words = (threshold["measure"] or "", _OPERATORS.get(operator, ""), value)
        yield "Ngưỡng", " ".join(filter(None, words)) + base


def _verdicts(groups: list[tuple[Kind, list[Found]]]) -> list[tuple[str, int]]:
    """How many citations have each verdict, the worst first."""
    order = ("expired", "suspended", "not-yet-in-force", "partly-expired", "unknown", "in-force")
    said = [found.thing["verdict"] for found in _bases(groups)]
    counted = {verdict: said.count(verdict) for verdict in said if verdict}
    rank = {name: place for place, name in enumerate(order)}
    return sorted(counted.items(), key=lambda item: rank.get(item[0].rsplit("/", 1)[-1], len(order)))


def _bases(groups: list[tuple[Kind, list[Found]]]) -> Iterator[Found]:
    """The citations that the document rests on or points to; what it replaces or repeals itself is none."""
    for kind, found in groups:
        if kind.slug == "citation":
            yield from (one for one in found if (one.thing["relation"] or "").rpartition("/")[2] not in CHANGES)


def _told(groups: list[tuple[Kind, list[Found]]]) -> Iterator[Told]:
    """Those to be told above the text, each thing said of one document once."""
    seen: set[tuple[str, str]] = set()
    for found in _bases(groups):
        told = _as_told(found)
        if told and (told.name, told.words) not in seen:
            seen.add((told.name, told.words))
            yield told


def _as_told(found: Found) -> Told | None:
    thing = found.thing
    code, reason = (thing["verdict"] or "").rsplit("/", 1)[-1], thing["verdictReason"] or ""
    name = thing["citedNumber"] or thing["citedName"] or thing["exact"] or ""
    if code == "expired":
        since = f" hết hiệu lực từ {shown_date(thing['expiredOn'])}" if thing["expiredOn"] else " hết hiệu lực"
        if reason.startswith(_OF_PROVISION):  # only the article ended: "Điều 5 của 15/2020/QĐ-UBND"
            return Told(found, f"{thing['pinpoint'] or 'Phần được dẫn'} của {name}", since, "")
        return Told(found, name, since, thing["replacedByNumber"] or "")
    if code == "unknown" and SOURCES_DIFFER in reason:
        return Told(found, name, f": {reason[reason.index(SOURCES_DIFFER) :]}", "")
    if code in ("suspended", "not-yet-in-force"):
        return Told(found, name, f": {reason}", "")
    return None


def _places(groups: list[tuple[Kind, list[Found]]], movement: Thing, doubts: list[Thing]) -> Iterator[Marked]:
    for kind, found in groups:
        for one in found:
            yield from _place(one.thing, _style(one, kind), one.tag)
    yield from _place(movement, "movement", "thời gian")
    for one_doubt in doubts:
        yield from _place(one_doubt, "doubt", "cần xem lại")


def _style(found: Found, kind: Kind) -> str:
    if found.doubt:
        return f"{kind.slug} f-unsure"
    if kind.slug == "criterion" and found.tag == "điều kiện loại":
        return "bar"
    if (found.thing["verdict"] or "").endswith("/expired"):
        return "citation f-expired"
    return kind.slug


def _place(thing: Thing, style: str, tag: str) -> Iterator[Marked]:
    start, end = thing.number("start"), thing.number("end")
    if start is not None and end is not None:
        yield Marked(thing.fragment, style, tag, start, end)
