"""Who issued a document, who launches the movement and who drafted it."""

import re
from dataclasses import dataclass, replace

from loaders.agencies import Agency, BodyMention, Context, agency, by_suffix, find_bodies, resolve_mention
from loaders.places import own_unit
from loaders.relations import find_preamble
from loaders.signature import Signature
from loaders.text import Text
from loaders.units import Unit, units


@dataclass(frozen=True)
class Launch:
    """Who launches the movement (*phát động*) and who drafted the plan (*xây dựng kế hoạch*), by their full names."""

    launched_by: str | None = None
    drafted_by: str | None = None


_MOTTO = re.compile(
    r"c[a-z0-9]ng\s+h[a-z0-9]{1,3}\s+x[a-z0-9]*\s+h[a-z0-9]{1,2}\s+ch[a-z0-9]{1,2}\s+ngh[a-z0-9]{1,3}\s+vi[a-z0-9]{1,2}t\s+n[a-z]m|"
    r"[dp][a-z0-9]{1,3}\s+[li1][a-z0-9]{1,3}\s*-\s*t[a-z]{1,2}\s+d[a-z]{1,2}\s*-\s*h[a-z]+\s+ph[a-z0-9]+|"
    r"dang cong san viet nam"
)
_DRAFTS = re.compile(r"[\s*_]*(?:da\s+)?(?:xay dung|ban hanh|lap)\s+k[a-z&]\s+ho[a-z]+\b")
_ACTING = re.compile(
    r"(?<![\s*_])[\s*_]{1,9}(?:da\s+|to chuc\s+)?"
    r"(?:ph[a-z]t\s+d[a-z]{1,3}ng|(?:xay dung|ban hanh|lap)\s+k[a-z&]\s+ho[a-z]+|"
    r"ban hanh\s+(?:[a-z]+\s+){1,3})(?![a-z])"
)
_LAUNCHES = re.compile(r"[\s*_]+(?:da\s+|to chuc\s+)?ph[a-z]t\s+d[a-z]{1,3}ng")
_CITED = re.compile(r"\bcua\s+$")  # "… của Chính phủ ban hành Chương trình …"
_STANDING = re.compile(r"th[a-z]{2,3}ng tr[a-z]c\s+$")


def find_issuer(
    text: Text,
    *,
    header_end: int,
    suffix: str | None,
    place: str | None,
    on: str | None,
    signature: Signature | None,
    body_start: int,
) -> tuple[Agency | None, str | None]:
    """The issuing agency and its label; the label alone where words name a body that cannot be told exactly.

    Asked in this order: the head of the page, the launching sentence, the signature, the number's suffix.
    """
    head = _head_mentions(text, header_end)
    sentence = _acting_bodies(text, body_start)
    signed = find_bodies(Text.of(signature.signed_for or signature.signer_role or "")) if signature else []
    said = [*head[::-1], *_line_below(text, body_start), *sentence, *signed]
    fitting = [m for m in said if _fits(m, suffix)]
    candidates = [*fitting, *[m for m in said if m not in fitting]]
    own = _own(text, head, candidates, place, on)
    context = Context(own=own, on=on)
    for mention in candidates:
        found = _resolved(mention, context, own)
        if found:
            return found, found.label
    if suffix:
        found = by_suffix(suffix, context)
        if found:
            return found, found.label
    return None, candidates[0].label if candidates else None


def _head_mentions(text: Text, header_end: int) -> list[BodyMention]:
    """The bodies at the head of the page, the motto of the other column blotted out."""
    begin = max(0, header_end - 700)
    blotted = list(text.raw[begin:header_end])
    for match in _MOTTO.finditer(text.folded, begin, header_end):
        blotted[match.start() - begin : match.end() - begin] = " " * (match.end() - match.start())
    words = re.sub(r"[ \t]*\n[ \t|*_-]*", " ", "".join(blotted)).replace("|", " ")
    return find_bodies(Text.of(" ".join(words.split())))


def _line_below(text: Text, body_start: int) -> list[BodyMention]:
    """The issuer's line between the title of a decision and its grounds: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẠC LIÊU"."""
    line = re.compile(r"\s*([^\n]{8,90})").match(text.raw, body_start)
    return find_bodies(Text.of(line[1])) if line and line[1].isupper() else []


def _acting_bodies(text: Text, body_start: int) -> list[BodyMention]:
    """Bodies that launch or draft something in the preamble's last sentence, not those cited there."""
    preamble = find_preamble(text, body_start)
    found = []
    for verb in _ACTING.finditer(text.folded, preamble.start, min(preamble.end, preamble.start + 6000)):
        bodies = find_bodies(text, max(preamble.start, verb.start() - 110), verb.start())
        if (
            bodies
            and bodies[-1].end == verb.start()
            and not _CITED.search(text.folded, max(0, bodies[-1].start - 5), bodies[-1].start)
        ):
            found.append(bodies[-1])
    return found


def _fits(mention: BodyMention, suffix: str | None) -> bool:
    """Whether the number's suffix is this body's: its own code, or that of the body in whose register it writes."""
    if not suffix:
        return True
    parts = {part.rstrip("0123456789") for part in re.split(r"[-/]", suffix)}
    return bool(parts & set(mention.body.codes))


def _own(
    text: Text, head: list[BodyMention], candidates: list[BodyMention], place: str | None, on: str | None
) -> Unit | None:
    """The unit the document speaks for."""
    for mention in head:
        found = resolve_mention(mention, Context(on=on)) if mention.unit_words else None
        if found and found.unit:
            return found.unit
    kinds = [m.kind or m.body.unit_kind for m in candidates if m.kind or m.body.unit_kind]
    kind = kinds[0] if kinds else None
    for wanted in dict.fromkeys((kind, None)):
        named = own_unit(text, place, on, wanted)
        if len({unit.code for unit in named}) == 1:
            unit = named[0]
            return _raised(unit, kind, on)
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


def find_launch(text: Text, body_start: int, issuer: Agency | None, on: str | None) -> Launch:
    """Who launches and who drafts, from the sentence that ends the preamble."""
    context = Context(own=issuer.unit if issuer else None, on=on)
    launch = Launch()
    for mention in _acting_bodies(text, body_start):
        found = resolve_mention(mention, context)
        label = found.label if found else mention.label
        if _STANDING.search(text.folded, max(0, mention.start - 14), mention.start):
            label = f"Thường trực {label}"
        if _DRAFTS.match(text.folded, mention.end):
            launch = replace(launch, drafted_by=label)
        elif _LAUNCHES.match(text.folded, mention.end):
            launch = replace(launch, launched_by=label)
    return launch
