"""Plans side by side: one row per aspect, one column per plan, with the document's own words behind each cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loaders.days import shown_day
from loaders.names import graph_iri
from loaders.text import fold
from loaders.vocabulary import Concept, scheme
from ontology import ELI, OA, VOCAB
from queryapi.catalogue import Words
from queryapi.documents import Known, find_plan
from queryapi.errors import BadParameter
from queryapi.store import Store
from queryapi.store.graphdoc import GraphDocument

UNSTATED = Words("không nêu", "not stated")
_EXACT = str(OA.exact)
PER = {"nguoi": "người", "tap-the": "tập thể", "ho": "hộ", "giai": "giải"}
_SIGNS = {"gteq": "≥", "gt": ">", "lteq": "≤", "lt": "<", "eq": "=", "rank-lteq": "hạng ≤"}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing a plan says: as a value to compare, and in its own words with their place.

    `position` puts thresholds of different scales on one: 0 the least of the threshold's own scale, 100 the most. It
    orders plans by how much they ask; no law equates the scales.
    """

    value: str
    words: str | None = None
    start: int | None = None
    end: int | None = None
    part: str | None = None
    position: float | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one plan says on one aspect; empty when it says nothing."""

    pieces: tuple[Piece, ...] = ()

    @property
    def value(self) -> str:
        """All values in one line each; "không nêu" when there is none."""
        return "\n".join(dict.fromkeys(piece.value for piece in self.pieces)) or UNSTATED.vi


@dataclass(frozen=True, kw_only=True)
class Row:
    """One aspect of all plans, in the order they were asked for."""

    aspect: str
    label: Words
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return len({cell.value for cell in self.cells}) > 1


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The table."""

    plans: tuple[Known, ...]
    rows: tuple[Row, ...]


def compare(store: Store, plans: Sequence[str], aspect: str | None = None) -> Comparison:
    """The plans compared on every aspect, or on one of them."""
    if aspect is not None and aspect not in ASPECTS:
        among = ", ".join(ASPECTS)
        raise BadParameter(aspect, f"không có khía cạnh này (có: {among})", f"no such aspect (there are: {among})")
    known = tuple(find_plan(store, words) for words in plans)
    graphs = [GraphDocument(plan.iri, store.triples(graph_iri("doc", plan.iri))) for plan in known]
    rows = [
        Row(aspect=name, label=label, cells=tuple(Cell(pieces=tuple(tell(graph))) for graph in graphs))
        for name, (label, tell) in ASPECTS.items()
        if aspect in (None, name)
    ]
    return Comparison(plans=known, rows=tuple(rows))


def _issuer(plan: GraphDocument) -> Iterator[Piece]:
    if label := plan.text(plan.iri, "issuerLabel"):
        yield Piece(value=label)


def _date(plan: GraphDocument) -> Iterator[Piece]:
    if day := plan.text(plan.iri, str(ELI.date_document)):
        yield Piece(value=shown_day(day))
        return
    first, last = plan.text(plan.iri, "notBefore"), plan.text(plan.iri, "notAfter")
    if first or last:
        yield Piece(value=f"trong khoảng {shown_day(first) or '…'} – {shown_day(last) or '…'}")


def _period(plan: GraphDocument) -> Iterator[Piece]:
    movement = plan.iri_of(plan.iri, "launches")
    if not movement:
        return
    first, last = plan.text(movement, "periodFrom"), plan.text(movement, "periodUntil")
    year = plan.text(movement, "year")
    if first or last:
        until = {"before": "trước ", "until": "hết "}.get(_slug(plan, movement, "boundary") or "", "")
        yield _piece(plan, movement, f"{shown_day(first) or '…'} – {until}{shown_day(last) or '…'}")
    elif year:
        yield _piece(plan, movement, f"năm {year}")


def _targets(plan: GraphDocument) -> Iterator[Piece]:
    for part in plan.parts("hasTarget"):
        yield _piece(plan, part, f"{_label(plan, part, 'recipientKind')}: {_words(plan, part)}")


def _quotas(kinds: tuple[str, ...]) -> Callable[[GraphDocument], Iterator[Piece]]:
    def tell(plan: GraphDocument) -> Iterator[Piece]:
        for part in plan.parts("setsQuota"):
            kind = _slug(plan, part, "recipientKind")
            if kind in kinds or kind in (None, "both"):
                yield _piece(plan, part, _quota(plan, part))

    return tell


def _quota(plan: GraphDocument, part: str) -> str:
    rule = _slug(plan, part, "rule")
    award = plan.text(part, "forAward")
    prefix = f"{award}: " if award else ""
    count, percent = plan.text(part, "maxCount"), plan.text(part, "percent")
    amount = count or (f"{percent}%" if percent else "")
    base = plan.text(part, "base")
    if amount:
        of = f" trên {base}" if base and not count else ""
        return f"{prefix}{'tối đa ' if rule == 'max' else ''}{amount}{of}"
    if rule == "delegated":
        to = plan.text(part, "delegatedTo")
        return f"{prefix}{_label(plan, part, 'rule')}" + (f": {to}" if to else "")
    return f"{prefix}{UNSTATED.vi}"


def _index(plan: GraphDocument) -> Iterator[Piece]:
    """Index results asked of a collective, whatever scale the plan measures them on."""
    for part, threshold in _thresholds(plan, "merit"):
        if _slug(plan, part, "recipientKind") != "individual" and _is_index(plan, threshold):
            yield _piece(plan, part, _threshold(plan, threshold), _position(plan, threshold))


def _bars(plan: GraphDocument) -> Iterator[Piece]:
    for part, threshold in _thresholds(plan, "bar"):
        of_others = _slug(plan, threshold, "ofWhom") in ("leaders", "staff")  # "trên 10% biên chế không đeo thẻ"
        if of_others or _scale(plan, threshold) == "discipline":
            kind = _label(plan, part, "recipientKind")
            whom = _label(plan, threshold, "ofWhom") if of_others else ""
            said = ": ".join(filter(None, (kind, whom)))
            yield _piece(plan, part, f"{said}: {_threshold(plan, threshold)}", _position(plan, threshold))


def _assessments(plan: GraphDocument) -> Iterator[Piece]:
    for part, threshold in _thresholds(plan, "merit"):
        if _scale(plan, threshold) == "assessment":
            kind = _label(plan, part, "recipientKind")
            yield _piece(plan, part, f"{kind}: {_threshold(plan, threshold)}", _position(plan, threshold))


def _awards(plan: GraphDocument) -> Iterator[Piece]:
    for part in plan.parts("offersAward"):
        by = plan.text(part, "conferredByLabel")
        form = _label(plan, part, "awardForm")
        yield _piece(plan, part, f"{form} ({by})" if by else form)


def _prizes(plan: GraphDocument) -> Iterator[Piece]:
    for part in plan.parts("offersAward"):
        amount, multiple = plan.value(part, "amount"), plan.text(part, "multiple")
        money = ""
        if multiple:
            money = f"{float(multiple):g} lần mức lương cơ sở".replace(".", ",")
        elif isinstance(amount, int):
            money = f"{amount:,}".replace(",", ".") + f" {plan.text(part, 'currency') or 'VND'}"
        if money:
            per = PER.get(plan.text(part, "per") or "")
            yield _piece(plan, part, f"{money}/{per}" if per else money)
    for part in plan.parts("hasFunding"):  # "Mức khen thưởng: theo Nghị định số 91/2017/NĐ-CP": told, but elsewhere
        words = " ".join((plan.text(part, _EXACT) or "").split())
        if cited := [number for start, number in _cited(plan) if _within(plan, part, start)]:
            yield _piece(plan, part, f"theo {', '.join(cited)}")
        elif "muc" in fold(words).split():
            yield _piece(plan, part, words)


def _cited(plan: GraphDocument) -> Iterator[tuple[int, str]]:
    """Where the plan cites which number."""
    for citation in plan.parts("hasCitation"):
        start, number = plan.value(citation, "start"), plan.text(citation, "citedNumber")
        if isinstance(start, int) and number:
            yield start, number


def _within(plan: GraphDocument, part: str, place: int) -> bool:
    start, end = plan.value(part, "start"), plan.value(part, "end")
    return isinstance(start, int) and isinstance(end, int) and start <= place < end


def _dossier(plan: GraphDocument) -> Iterator[Piece]:
    for part in plan.parts("requiresComponent"):
        to = plan.text(part, "delegatedTo")
        if _slug(plan, part, "rule") == "delegated":
            yield _piece(plan, part, f"theo {to}" if to else _label(plan, part, "rule"))
        else:
            yield _piece(plan, part, _label(plan, part, "componentKind"))


def _forms(plan: GraphDocument) -> Iterator[Piece]:
    for part in plan.parts("requiresComponent"):
        if form := plan.text(part, "form"):
            of = plan.text(part, "formOf")
            yield _piece(plan, part, f"{form}, {of}" if of else form)


def _deadlines(plan: GraphDocument) -> Iterator[Piece]:
    for part in plan.parts("setsDeadline"):
        when = shown_day(plan.text(part, "date"))
        month, day = plan.value(part, "month"), plan.value(part, "day")
        if isinstance(month, int) and isinstance(day, int):
            offset = plan.value(part, "yearOffset")
            after = f" của năm thứ {offset} sau năm khen" if isinstance(offset, int) and offset > 1 else ""
            after = " của năm sau năm khen" if offset == 1 else after
            when = f"{day:02}/{month:02}{after or ' hằng năm'}"
        elif days := plan.text(part, "days"):
            when = f"{days} ngày {plan.text(part, 'relativeTo') or ''}".strip()
        elif not when and (often := _label(plan, part, "recurrence")):
            when = f"ngày {day} {often}" if day else often
        boundary = {"before": "trước", "by": "chậm nhất", "until": "đến hết", "within": "trong"}
        said = f"{boundary.get(_slug(plan, part, 'boundary') or '', '')} {when or '…'}".strip()
        what = plan.text(part, "what")
        yield _piece(plan, part, f"{what}: {said}" if what else said)


ASPECTS: dict[str, tuple[Words, Callable[[GraphDocument], Iterator[Piece]]]] = {
    "co-quan-ban-hanh": (Words("Cơ quan ban hành", "Issuer"), _issuer),
    "ngay-ban-hanh": (Words("Ngày ban hành", "Date"), _date),
    "thoi-gian": (Words("Thời gian phong trào", "Period"), _period),
    "doi-tuong": (Words("Đối tượng thi đua", "Who may take part"), _targets),
    "so-luong-tap-the": (Words("Số lượng khen tập thể", "Quota for collectives"), _quotas(("collective",))),
    "so-luong-ca-nhan": (Words("Số lượng khen cá nhân", "Quota for individuals"), _quotas(("individual", "other"))),
    "chi-so": (Words("Mức chỉ số cải cách hành chính của tập thể", "Index result asked of a collective"), _index),
    "xep-loai": (Words("Mức xếp loại chất lượng", "Assessment asked for"), _assessments),
    "ky-luat": (Words("Kỷ luật, kỷ cương làm mất điều kiện", "Disciplinary bar"), _bars),
    "hinh-thuc-khen": (Words("Hình thức khen thưởng", "Forms of award"), _awards),
    "tien-thuong": (Words("Tiền thưởng", "Prize money"), _prizes),
    "ho-so": (Words("Thành phần hồ sơ", "Dossier"), _dossier),
    "mau-bieu": (Words("Mẫu biểu", "Forms to fill in"), _forms),
    "thoi-han": (Words("Thời hạn", "Deadlines"), _deadlines),
}


def _thresholds(plan: GraphDocument, polarity: str) -> Iterator[tuple[str, str]]:
    for part in plan.parts("hasCriterion"):
        if _slug(plan, part, "polarity") == polarity:
            for threshold in plan.iris(part, "hasThreshold"):
                yield part, threshold


def _is_index(plan: GraphDocument, threshold: str) -> bool:
    measure = fold(plan.text(threshold, "measure") or "")
    return _scale(plan, threshold) in ("index-class", "index-completion") or "chi so" in measure or "index" in measure


def _scale(plan: GraphDocument, threshold: str) -> str:
    return (plan.iri_of(threshold, "scale") or "").rpartition("/")[2]


def _threshold(plan: GraphDocument, threshold: str) -> str:
    """≥ 90 %, or ≥ Khá with its rung: "≥ Khá (bậc 3/5)"."""
    sign = _SIGNS.get(_slug(plan, threshold, "operator") or "", "")
    level, value = plan.text(threshold, "thresholdLevel"), plan.value(threshold, "thresholdValue")
    if level:
        rank, top = plan.value(threshold, "rank"), _top(_scale(plan, threshold))
        rung = f" (bậc {rank}/{top})" if isinstance(rank, int) and top else ""
        share = f", {_number(value)}{plan.text(threshold, 'unit') or ''}" if isinstance(value, Decimal | int) else ""
        return f"{sign} {level}{rung}{share}".strip()
    if relative := plan.text(threshold, "relativeTo"):
        than = {"previous-year": "năm trước"}.get(relative, relative)
        return f"{plan.text(threshold, 'measure') or ''} {sign} {than}".strip()
    base = plan.text(threshold, "base")
    amount = f"{_number(value)}{plan.text(threshold, 'unit') or ''}" if isinstance(value, Decimal | int) else ""
    return f"{sign} {amount}{f' trên {base}' if base else ''}".strip() or plan.text(threshold, "measure") or "có"


def _position(plan: GraphDocument, threshold: str) -> float | None:
    rank, top = plan.value(threshold, "rank"), _top(_scale(plan, threshold))
    if isinstance(rank, int) and top and top > 1:
        return round(100 * (rank - 1) / (top - 1), 1)
    value = plan.value(threshold, "thresholdValue")
    if plan.text(threshold, "unit") == "%" and isinstance(value, Decimal | int):
        return float(value)
    return None


def _top(name: str) -> int | None:
    if not name or name == "position":
        return None
    ranks = [c.rank for c in _concepts(name).values() if c.rank is not None]
    return max(ranks, default=None)


def _concepts(name: str) -> dict[str, Concept]:
    try:
        return scheme(name)
    except StopIteration:  # a scale without a list of its own
        return {}


def _number(value: Decimal | int) -> str:
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def _piece(plan: GraphDocument, part: str, value: str, position: float | None = None) -> Piece:
    start, end = plan.value(part, "start"), plan.value(part, "end")
    return Piece(
        value=" ".join(value.split()),
        words=plan.text(part, _EXACT),
        start=start if isinstance(start, int) else None,
        end=end if isinstance(end, int) else None,
        part=part,
        position=position,
    )


def _words(plan: GraphDocument, part: str) -> str:
    return " ".join((plan.text(part, "normalised") or plan.text(part, _EXACT) or "").split())


def _slug(plan: GraphDocument, part: str, name: str) -> str | None:
    concept = plan.iri_of(part, name)
    return concept.rpartition("/")[2] if concept else None


def _label(plan: GraphDocument, part: str, name: str) -> str:
    concept = plan.iri_of(part, name) or ""
    list_, _, slug = concept.removeprefix(str(VOCAB)).rpartition("/")
    found = _concepts(list_).get(slug)
    return found.label if found else slug
