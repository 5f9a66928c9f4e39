"""Who issued a document, who launches the movement and who drafted it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from loaders.authorities.agencies import Agency, BodyMention, Context, agency, by_suffix, find_bodies, resolve_mention
from loaders.authorities.body_kinds import bodies
from loaders.authorities.places import KIND_OF_INITIALS, own_unit
from loaders.authorities.units import Unit, units
from loaders.authorities.words import healthy
from loaders.citations.mentions import HEADS, head_name
from loaders.citations.relations import find_preamble, opening
from loaders.heads import MOTTO, head_mentions, last_line, undated
from loaders.letterhead import printed_issuer, printed_names, region_printed
from loaders.signature import Signature
from loaders.text import Text, fold

__all__ = ["MOTTO", "Launch", "Spoken", "acting_bodies", "find_issuer", "find_launch", "issuing_line", "spoken_line"]


@dataclass(frozen=True)
class Launch:
    """Who launches the movement (*phát động*) and who drafted the plan (*xây dựng kế hoạch*), by their full names."""

    launched_by: str | None = None
    drafted_by: str | None = None


_DRAFTS = re.compile(r"[\s*_]*(?:da\s+)?(?:xay dung|ban hanh|lap)\s+k[a-z&]\s+ho[a-z]+\b")
_PLAN = r"k[a-z&]\s+ho[a-z]+"
_ACTING = re.compile(
    rf"(?:ph[a-z]t\s+d[a-z]{{1,3}}ng|xay dung\s+{_PLAN}|lap\s+{_PLAN}|"
    rf"ban hanh\s+(?:{_PLAN}|(?:[a-z]+\s+){{1,3}}))(?![a-z])"
)
_BEFORE = re.compile(r"(?<![\s*_])[\s*_]{1,9}(?:da\s+|to chuc\s+)?$")
_NO_BODY = re.compile(r"(?<![a-z])(?:viec|duoc|va|de|ngay|\d+|da|theo)$")  # "về việc ban hành Kế hoạch"
_LAUNCHES = re.compile(r"[\s*_]+(?:da\s+|to chuc\s+)?ph[a-z]t\s+d[a-z]{1,3}ng")
_CITED = re.compile(r"\bcua\s+$")  # "… của Chính phủ ban hành Chương trình …"
_STANDING = re.compile(r"th[a-z]{2,3}ng tr[a-z]c\s+$")


@dataclass(frozen=True)
class Spoken:
    """A line that says who decides: its bodies, the head who does so for the body ("BỘ TRƯỞNG"), and where it ends."""

    mentions: tuple[BodyMention, ...]
    head: str | None
    end: int

    def label(self, names: list[str]) -> str:
        return f"{self.head} {names[0]}" if self.head else ", ".join(names)


def find_issuer(
    text: Text,
    *,
    header_end: int,
    suffix: str | None,
    place: str | None,
    on: str | None,
    signature: Signature | None,
    whose: Spoken | None,
    body_start: int,
    acting: list[BodyMention],
) -> tuple[Agency | None, str | None]:
    """The issuing agency and its label; the label alone where words name a body that cannot be told exactly.

    Asked in this order: the line that decides or says whose the document is, the signature of a Party document, the
    head of the page, the launching sentence, any signature, the number's suffix.
    """
    head = head_mentions(text, header_end)
    spoken = _line_below(text, body_start) or whose
    said = [*head[::-1], *(spoken.mentions if spoken else ()), *acting]

    @cache
    def signed() -> list[BodyMention]:
        return find_bodies(Text.of(signature.signed_for or signature.signer_role or "")) if signature else []

    def candidates() -> Iterator[BodyMention]:
        """Those first whose code the number bears; the signature is read only where head and sentence leave it open."""
        for fits in (True, False):
            yield from (mention for mention in said if _fits(mention, suffix) is fits)
            yield from (mention for mention in signed() if _fits(mention, suffix) is fits)

    own = _own(text, head, candidates(), place, on, suffix or "")
    context = Context(own=own, on=on)
    if spoken:
        resolved = [found for m in spoken.mentions if (found := _resolved(m, context, own))]
        if resolved and len(resolved) == len(spoken.mentions):
            return resolved[0], spoken.label([found.label for found in resolved])
    if region := region_printed(text, header_end):
        return None, region
    if suffix and _PARTY_CODE.search(suffix) and (over := _committee_of(text, header_end, context, own, signature)):
        return None, over
    if suffix and "/" in suffix and (party := _party(text, header_end, suffix, head, signature, context, own)):
        return party
    if organ := _organ_below(text, header_end, head, context, own):
        return organ, organ.label
    if council := _council_of(head, context, own):
        return None, council
    known = _knows_itself(head, suffix)
    printed = printed_issuer(text, header_end, lambda m: _resolved(m, context, own), head=head, coded=known)
    by_code = suffix and "/" in suffix and (acting or fold(suffix.rpartition("/")[2]) in _COMMITTEE_CODES)
    if printed and not (by_code and fold(printed[1]).startswith("dang bo")):
        return printed  # over a Party committee's name its superior's stands: "ĐẢNG BỘ TỈNH LẠNG SƠN"
    joint = [found for m in head if _fits(m, suffix) and (found := _resolved(m, context, own))]
    if len(joint) > 1 and suffix and suffix.startswith(_JOINT):  # "BỘ TƯ PHÁP - BỘ TÀI CHÍNH"
        return joint[0], " và ".join(dict.fromkeys(found.label for found in joint))
    for mention in candidates():
        found = _resolved(mention, context, own)
        if found:
            return found, found.label
    if suffix:
        found = by_suffix(suffix, context)
        if found:
            return found, found.label
    if unresolved := next(candidates(), None):
        return None, _as_written(unresolved).label
    return None, None if known else last_line(text, header_end)


def _knows_itself(head: list[BodyMention], suffix: str | None) -> bool:
    """Whether a body of the head is the one whose code the number bears."""
    known = (m for m in head if suffix and _fits(m, suffix))
    return any(not m.body.needs_topic for m in known)


def _as_written(mention: BodyMention) -> BodyMention:
    """With the unit's name as a text has it, not in the capitals of a head: "QUẬN THỦ ĐỨC" is "quận Thủ Đức"."""
    words = mention.unit_words
    return replace(mention, unit_words=words.title()) if words and words.isupper() else mention


_WHOSE = re.compile(r"[\s*_]*cua\s+")
_BESIDE = re.compile(r"\s*(?:,|va|-)\s*")


def issuing_line(text: Text, type_end: int) -> Spoken | None:
    """The line under the type of a Party document: "CHỈ THỊ / CỦA BỘ CHÍNH TRỊ", "CỦA BAN THƯỜNG VỤ TỈNH ỦY"."""
    whose = _WHOSE.match(text.folded, type_end)
    return spoken_line(text, whose.end(), _ABOUT) if whose else None


_WIRING = re.compile(r"\s+điện\s*(?:gửi)?\s*:?[ \r]*$")  # in small letters behind the body in capitals
_WIRES = re.compile(r"\s+dien\s*(?:gui)?\s*:?")  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH ĐIỆN:"


_ABOUT = re.compile(r"\s+(?=về\s)")  # "CỦA BỘ CHÍNH TRỊ về triển khai …", on one line


def spoken_line(text: Text, start: int, wires: re.Pattern[str] | None = None) -> Spoken | None:
    """The bodies a line wholly consists of, a minister or director at its head."""
    stop = text.raw.find("\n", start)
    stop = len(text.raw) if stop < 0 else stop
    if wires is _ABOUT:
        about = _ABOUT.search(text.raw, start, stop)
        stop = about.start() if about and text.raw[start : about.start()].isupper() else stop
    elif wires:
        ends = [match for match in wires.finditer(text.folded, start, stop) if match.end() == stop]
        if not ends:
            return None
        stop = ends[0].start()
    head = HEADS.match(text.folded, start, stop)
    for begin, name in ((start, None), (head.end(), head_name(head[0]))) if head else ((start, None),):
        found = find_bodies(text, begin, stop)
        joined = all(_BESIDE.fullmatch(text.folded, left.end, right.start) for left, right in itertools.pairwise(found))
        if found and joined and found[0].start == begin and not text.raw[found[-1].end : stop].strip(" *_.:,|\r"):
            return Spoken(tuple(found), name, found[-1].end)
    return None


def _party(
    text: Text,
    header_end: int,
    suffix: str,
    head: list[BodyMention],
    signature: Signature | None,
    context: Context,
    own: Unit | None,
) -> tuple[Agency | None, str] | None:
    """Who writes in the Party: the committee's page bears what its bureau decides, and its signature says so."""
    code = fold(suffix.rpartition("/")[2])
    found = by_suffix(suffix, context) if code not in _COMMITTEE_CODES else None
    if found and not found.body.startswith(_OF_THE_STATE):  # "17-KH/BXDĐ" is of Ban Xây dựng Đảng, no ministry's
        return found, found.label  # "06-HD/UBKTTW"
    signed_for = ((signature.signed_for if signature else None) or "").split(" / ")[0]
    for mention in find_bodies(Text.of(signed_for)):
        if signed := _resolved(mention, context, own):
            return signed, signed.label
    over = next((m for m in head[::-1] if m.body.slug.endswith("-uy")), None)
    lines = [*text.raw[max(0, header_end - 700) : header_end].split("\n"), *printed_names(text, header_end)]
    lines = [" ".join(fold(line).split()).strip(" *_") for line in lines]
    said = re.sub(r"^\W*t\s?[/.]?\s?m\s*[./]?\s*", "", fold(signed_for))
    for words in (said, *reversed(lines)):  # "T/M BAN THƯỜNG VỤ", or "ỦY BAN KIỂM TRA" under "ĐẢNG ỦY PHƯỜNG …"
        organ = next((body for body in bodies().values() if body.of_committee and words == fold(body.label)), None)
        if organ and over:
            whole = _resolved(over, context, own)
            found = agency(organ.slug, whole.unit) if whole and whole.unit else None
            label = whole.label if whole else _as_written(over).label
            return (found, found.label) if found else (None, f"{organ.label} {label}")
    return None


_PARTY_CODE = re.compile(r"/ĐU[A-Z]{0,4}$")
_COMMITTEE_OF = re.compile(
    r"^[ \t|*_]*dang\s+uy\s+(?=uy\s+ban|ubnd|so\s|bo\s|cong\s+an|cac\s+co\s+quan|hdnd|hoi\s+dong|van\s+phong|"
    r"mat\s+tran|mttq|ngan\s+hang|benh\s+vien|truong|thanh\s+tra|cong\s+ty|tap\s+doan|quan\s+su)",
    re.MULTILINE,
)


def _committee_of(
    text: Text, header_end: int, context: Context, own: Unit | None, signature: Signature | None
) -> str | None:
    """The Party committee of a body of the state: "ĐẢNG ỦY UBND TỈNH", "ĐẢNG ỦY BỘ TÀI CHÍNH"."""
    lines = list(_COMMITTEE_OF.finditer(text.folded, max(0, header_end - 700), header_end))
    if not lines:
        return None
    found = lines[-1]
    stop = text.raw.find("\n", found.end())
    stop = header_end if stop < 0 else min(stop, header_end)
    body = next(iter(find_bodies(text, found.end(), stop)), None)
    agent = _resolved(body, context, own) if body and body.start == found.end() else None
    printed = undated(" ".join(re.split(r"\s{3,}|\||\*", text.raw[found.end() : stop])[0].split()))
    organ = fold((signature.signed_for if signature else None) or "").rpartition("t/m ")[2]
    return f"{'Ban Thường vụ ' if organ == 'ban thuong vu' else ''}Đảng ủy {agent.label if agent else printed}"


_JOINT = (
    *("TTLT", "NQLT", "VBLT", "QCLT", "QCPH", "CTLT", "KHLT", "HDLT", "CTPH", "KHPH", "CTrPH", "CTrLT", "TBLT", "BCLT"),
    *("HDLN", "KHLN", "QCLN", "CTLN", "CTrLN", "TBLN", "BCLN", "CVLN", "TTrLN", "HDLS", "KHLS", "CVLS", "TTrLS"),
)
_OF_THE_STATE = ("bo-", "so-", "phong-", "cuc-", "tong-cuc-", "chi-cuc-")
_COMMITTEE_CODES = frozenset({"tw", "tu", "hu", "du", "thu", "qu", "txu"})


def _organ_below(
    text: Text, header_end: int, head: list[BodyMention], context: Context, own: Unit | None
) -> Agency | None:
    """The Front's standing board under its name: "ỦY BAN MTTQ VIỆT NAM / THÀNH PHỐ CẦN THƠ / BAN THƯỜNG TRỰC"."""
    over = head[-1] if head else None
    if over is None or over.body.slug != "mat-tran-to-quoc":
        return None
    whole = _resolved(over, context, own)
    if whole and whole.unit and any(name.endswith("BAN THƯỜNG TRỰC") for name in printed_names(text, header_end)):
        return agency("ban-thuong-truc-mttq", whole.unit)
    return None


_COUNCILS = ("hoi-dong-thi-dua-khen-thuong", "hoi-dong-sang-kien", "hoi-dong-khoa-hoc")


def _council_of(head: list[BodyMention], context: Context, own: Unit | None) -> str | None:
    """A council of the ministry or department above it: "BỘ NỘI VỤ / HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"."""
    if len(head) < 2 or head[-1].body.slug not in _COUNCILS or head[-1].unit_words or head[-1].kind:
        return None
    over = head[-2]
    if not over.body.slug.startswith(("bo-", "so-", "tong-cuc-", "cuc-")):
        return None
    whole = _resolved(over, context, own)
    return f"{head[-1].body.label} {whole.label}" if whole else None


def _line_below(text: Text, body_start: int) -> Spoken | None:
    """The line between a title and its grounds that says who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"."""
    lines = [
        m
        for m in itertools.islice(re.finditer(r"[^\n]+", text.raw[body_start : body_start + 400]), 8)
        if m[0].strip(" \t\r_*-–—=…|#")
    ]
    for first, line in enumerate(lines[:2]):
        begin = body_start + line.start() + len(line[0]) - len(line[0].lstrip(" *_|#\t"))
        if not _WIRING.sub("", line[0]).isupper() or not 8 <= len(line[0]) <= 120:
            return None
        if telegram := spoken_line(text, begin, _WIRES):
            return telegram
        after = [body_start + m.start() + len(m[0]) - len(m[0].lstrip(" *_|#-–\t")) for m in lines[first + 1 :]]
        if (found := spoken_line(text, begin)) and any(opening(text, place) for place in after[:2]):
            return found
    return None


def acting_bodies(text: Text, body_start: int) -> list[BodyMention]:
    """Bodies that launch or draft something in the preamble's last sentence, not those cited there."""
    preamble = find_preamble(text, body_start)
    found: list[BodyMention] = []
    before = preamble.start
    for verb in _ACTING.finditer(text.folded, preamble.start, min(preamble.end, preamble.start + 6000)):
        lead = _BEFORE.search(text.folded, max(preamble.start, verb.start() - 24), verb.start())
        behind, before = before, verb.end()
        if lead is None or lead.start() == behind:  # "xây dựng kế hoạch phát động": who does, stands before both
            continue
        place = lead.start()
        if _NO_BODY.search(text.folded, max(0, place - 8), place):
            continue
        reach = max(preamble.start, place - 110)
        begin = max(reach, text.raw.rfind(";", reach, place) + 1)  # no body's name goes on behind the grounds' last
        bodies = find_bodies(text, begin, place, misread=not healthy(text))
        if (
            bodies
            and bodies[-1].end == place
            and not _CITED.search(text.folded, max(0, bodies[-1].start - 5), bodies[-1].start)
        ):
            set_up = bodies[-2] if len(bodies) > 1 and bodies[-2].body.for_task else None
            beside = set_up and not text.raw[set_up.end : bodies[-1].start].strip()
            # "Ban Chỉ đạo cải cách hành chính Huyện ủy ban hành kế hoạch"
            found.append(replace(set_up, end=place, plural=False) if set_up and beside else bodies[-1])
    return found


def _fits(mention: BodyMention, suffix: str | None) -> bool:
    """Whether the number's suffix is this body's: its own code, or that of the body in whose register it writes."""
    if not suffix:
        return True
    parts = {part.rstrip("0123456789") for part in re.split(r"[-/]", suffix)}
    if mention.kind and mention.body.needs_unit:  # "55/KHPH-STP-CAT" is of Công an tỉnh
        initials = [letters for letters, kind in KIND_OF_INITIALS.items() if kind == mention.kind]
        parts |= {code for code in mention.body.codes if any(code + fold(end).upper() in parts for end in initials)}
    registers = (bodies()[slug] for slug in mention.body.registered_by)
    return any(parts & set(body.codes) for body in (mention.body, *registers))


_VOTES = 60_000  # what a document says on its first thirty pages tells whose it is


def _own(
    text: Text,
    head: list[BodyMention],
    candidates: Iterator[BodyMention],
    place: str | None,
    on: str | None,
    suffix: str,
) -> Unit | None:
    """The unit the document speaks for."""
    unknown = []
    for mention in head:
        found = resolve_mention(mention, Context(on=on)) if mention.unit_words else None
        if found and found.unit:
            return found.unit
        unknown += [mention] if mention.kind and not mention.plural else []
    kind = next((kind for m in candidates if (kind := m.kind or m.body.unit_kind)), None)
    near = text if len(text.raw) <= _VOTES else Text(text.raw[:_VOTES])
    if kind is None and suffix.endswith("/TU"):  # a province's committee, though its head cannot be read
        kind = next((k for k in ("tỉnh", "thành phố") if place and own_unit(near, place, on, k)), None)
    for wanted in dict.fromkeys((kind, None)):
        named = own_unit(near, place, on, wanted)
        if len({unit.code for unit in named}) == 1:
            unit = named[0]
            own = _raised(unit, kind, on)
            # "UBND QUẬN THỦ ĐỨC" of 2019 is not thành phố Thủ Đức of 2021, and no table has the quận
            kinds_there = {own.kind, *(upper.kind for upper in units().ancestors(own, on))}
            return own if all(mention.kind in kinds_there for mention in unknown) else None
    return None


def _raised(unit: Unit, kind: str | None, on: str | None) -> Unit:
    """The unit of the wanted kind: a province's papers are dated from its town ("Hạ Long, ngày …" for UBND tỉnh)."""
    if kind in (None, unit.kind):
        return unit
    return next((upper for upper in units().ancestors(unit, on) if upper.kind == kind), unit)


def _resolved(mention: BodyMention, context: Context, own: Unit | None) -> Agency | None:
    found = resolve_mention(mention, context)
    if found is None and own is not None and not mention.plural and not mention.body.needs_topic:
        kind = mention.kind or mention.body.unit_kind
        unit = own if kind in (None, own.kind) else None
        found = agency(mention.body.slug, unit) if unit else None
    return found


def find_launch(text: Text, acting: list[BodyMention], issuer: Agency | None, on: str | None) -> Launch:
    """Who launches and who drafts, from the sentence that ends the preamble."""
    context = Context(own=issuer.unit if issuer else None, on=on)
    launch = Launch()
    for mention in acting:
        found = resolve_mention(mention, context)
        label = found.label if found else mention.label
        if _STANDING.search(text.folded, max(0, mention.start - 14), mention.start):
            label = f"Thường trực {label}"
        if _DRAFTS.match(text.folded, mention.end):
            launch = replace(launch, drafted_by=label)
        elif _LAUNCHES.match(text.folded, mention.end):
            launch = replace(launch, launched_by=label)
    return launch
