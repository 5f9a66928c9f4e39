"""Who may take part: collectives, individuals, both, or others such as households."""

from itertools import pairwise

from loaders.findings import Target
from loaders.phrases import pattern, reading
from loaders.plan.clauses import (
    COLLECTIVE,
    INDIVIDUAL,
    Clause,
    balanced,
    clauses,
    each,
    first,
    kind_of,
    tidy,
    title_words,
)
from loaders.structure.outline import Section
from loaders.text import Text

# Where one kind gives way to the other: "Tập thể các phòng, ban … và cán bộ, công chức …"
_TO_PERSONS = pattern(
    r"(?:,|;|,? và|,? cùng)\s+(?:các |những |toàn thể |đội ngũ |tất cả )?(?P<head>cá nhân|cán bộ|"
    r"công chức|viên chức|công dân|tác giả|người lao động|người dân|nhân dân|người (?:làm|hoạt động)|hội viên|đoàn"
    r" viên|lãnh đạo|đảng viên)\b"
)
# "Ủy ban nhân dân 124 xã, phường; doanh nghiệp cung cấp dịch vụ bưu chính": bodies of another sort
_OTHER_BODIES = pattern(rf";\s*(?=(?:các |những )?(?:{COLLECTIVE})\b)")
_TO_BODIES = pattern(rf";\s*(?:các |những )?(?P<head>{COLLECTIVE})\b")
_BOTH = pattern(
    r"(?:là |gồm |bao gồm )?(?:tất cả |toàn thể )?(?:các |những )?(?:tập thể(?:,| và) (?:các )?cá"
    r" nhân|cá nhân(?:,| và) (?:các )?tập thể)\b"
)
_BARE = pattern(r"(?:là |gồm |bao gồm )?(?:các |những )?tập thể\s*$")
_LED = pattern(
    rf"(?:(?:là|gồm|bao gồm|các|những|toàn thể|đối với|áp dụng|đội ngũ|tất cả|có|và|,|:|\d{{1,4}})"
    rf" )*(?:(?P<many>{COLLECTIVE})|(?P<one>{INDIVIDUAL}))\b"
)
_MIXED = {"criteria", "contents", "quota", "awards"}
_DONE = pattern(
    r"\b(?:hoàn thành|có thành tích|đạt|chấp hành|thực hiện (?:tốt|nghiêm)|không|chưa|tiêu biểu|xuất sắc|trở lên|tối đa"
    r"|gương mẫu|có sáng kiến|đoàn kết|tặng|khen thưởng)\b"
)
_RANGE = pattern(r"phạm vi(?!,? (?:và )?đối tượng)")
# "…; không áp dụng đối với người có thời gian công tác dưới 10 tháng": who may not take part is a bar
EXCLUDED = pattern(
    r"(?:[;,(]|\. )\s*(?P<bar>(?:không (?:áp dụng|bao gồm|xét|tính)|loại trừ|không thuộc đối tượng)[^.;()]{8,})"
)
_SKIPPED = pattern(
    r"(?:phạm vi|thời gian|không áp dụng|không thuộc|(?:kế hoạch|quy định|quy chế|hướng dẫn|văn bản"
    r"|thể lệ) này)\b"
)


def find_targets(text: Text, root: Section) -> tuple[Target, ...]:
    """Who may take part, in page order; a clause that names collectives and persons is two.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. ĐỐI TƯỢNG\\n- Tập thể các phòng, ban và cán bộ, công chức thuộc huyện.")
    >>> [(x.kind, x.text) for x in find_targets(t, outline(t))]
    [('collective', 'Tập thể các phòng, ban'), ('individual', 'cán bộ, công chức thuộc huyện')]
    """
    found: list[Target] = []
    for clause in clauses(text, root, "targets"):
        if clause.section.role != "targets" or (clause.intro and _announces(text, clause)):
            continue
        if _RANGE.match(title_words(text, clause.section)):
            continue
        if _MIXED & set(clause.section.roles) and not names_only(text, clause):
            continue
        found += _of_clause(text, clause)
    return balanced(text, found)


def names_only(text: Text, clause: Clause) -> bool:
    """Whether a clause under "ĐỐI TƯỢNG, TIÊU CHUẨN" names who may take part rather than what must be done."""
    said = reading(text).between(clause.start, clause.end)
    return bool(_LED.match(said.strip())) and not _DONE.search(said)


def _announces(text: Text, clause: Clause) -> bool:
    return text.raw[clause.start : clause.end].rstrip(" *").endswith(":")


def _of_clause(text: Text, clause: Clause) -> list[Target]:
    words = reading(text)
    start, end = tidy(text, clause.start, clause.end)
    said = words.between(start, end)
    excluded = first(words, EXCLUDED, start, end) if "khong " in said or "loai tru" in said else None
    if excluded:
        start, end = tidy(text, start, excluded.start)
        said = words.between(start, end)
    if len(said) < 6 or _SKIPPED.match(said):
        return []
    if clause.kind in ("collective", "individual", "other"):
        return [_target(text, start, end, clause.kind)]
    if _BOTH.match(said):
        return [_target(text, start, end, "both")]
    kind, found, at = _kind(said), [], start
    while True:
        turn = first(words, _TO_PERSONS if kind == "collective" else _TO_BODIES, at, end)
        if turn is None:
            break
        cut = words.group(turn, "head")[0]
        a, b = tidy(text, at, turn.start)
        bare = bool(_BARE.match(words.between(a, b)))
        if not bare and b > a:
            found.append(_target(text, a, b, kind))
        kind = "both" if bare else ("individual" if kind == "collective" else "collective")
        at = _with_article(text, turn.start, cut)
        if bare:
            at = a
            break
    found.append(_target(text, *tidy(text, at, end), kind))
    return [part for target in found for part in _by_sort(text, target)]


def _by_sort(text: Text, target: Target) -> list[Target]:
    """One target for each sort of bodies, where each is told at some length."""
    cuts = [target.start]
    listed = target.kind == "collective" and ";" in target.text
    for turn in each(reading(text), _OTHER_BODIES, target.start, target.end) if listed else ():
        if turn.start - cuts[-1] >= _TOLD and target.end - turn.end >= _TOLD:
            cuts.append(turn.end)
    return [_target(text, *tidy(text, a, b), target.kind) for a, b in pairwise([*cuts, target.end])]


_TOLD = 25


def _with_article(text: Text, start: int, head: int) -> int:
    """ "các", "những" before the noun belong to it, the comma or "và" does not."""
    words = reading(text)
    turn = words.search(pattern(r"(?:các|những|toàn thể|đội ngũ|tất cả) "), start, head)
    return turn.start if turn else head


def _kind(said: str) -> str:
    led = _LED.match(said)
    if led:
        return "collective" if led["many"] else "individual"
    return kind_of(said) or "both"


def _target(text: Text, start: int, end: int, kind: str) -> Target:
    return Target(text=text.raw[start:end], start=start, end=end, kind=kind)
