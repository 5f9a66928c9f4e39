"""The five plans in examples/: laws that hold for all their parts, and a few facts a reader can check by eye."""

from pathlib import Path

import pytest

from loaders.findings import Span
from loaders.lexicon import lexicon
from loaders.plan.awards import find_awards
from loaders.plan.contents import find_contents
from loaders.plan.criteria import find_criteria, find_criteria_doubts
from loaders.plan.deadlines import find_deadline_doubts, find_deadlines
from loaders.plan.dossier import find_dossier
from loaders.plan.funding import find_funding
from loaders.plan.movement import find_movement
from loaders.plan.quotas import find_quotas
from loaders.plan.responsibilities import find_procedure, find_responsibilities
from loaders.plan.targets import find_targets
from loaders.structure.outline import find_structure_doubts, outline, walk
from loaders.text import Text
from loaders.vocabulary import scheme

PLANS = {p.stem.split("-kh")[0]: p for p in (Path(__file__).parent.parent / "examples" / "plans").glob("*.txt")}


def plan(name: str) -> Text:
    path = next(path for stem, path in PLANS.items() if stem.startswith(name))
    return Text.of(path.read_text("utf-8"))


def parts(text: Text) -> dict[str, tuple[Span, ...]]:
    root = outline(text)
    return {
        "targets": find_targets(text, root),
        "contents": find_contents(text, root),
        "criteria": find_criteria(text, root),
        "awards": find_awards(text, root),
        "quotas": find_quotas(text, root),
        "dossier": find_dossier(text, root),
        "deadlines": find_deadlines(text, root),
        "responsibilities": find_responsibilities(text, root),
        "procedure": find_procedure(text, root),
        "funding": find_funding(text, root),
    }


@pytest.mark.parametrize("name", sorted(PLANS))
def test_every_part_is_exactly_what_stands_at_its_place(name: str) -> None:
    text = plan(name)
    for kind, found in parts(text).items():
        for part in found:
            assert text.raw[part.start : part.end] == part.text, kind
            assert part.text == part.text.strip(" \n\t;:,"), kind
            assert part.text == part.text.strip("*") or part.text.count("**") == 2, kind


@pytest.mark.parametrize("name", sorted(PLANS))
def test_parts_lie_inside_one_section_and_in_page_order(name: str) -> None:
    text = plan(name)
    sections = [(s.start, s.end) for s, _ in walk(outline(text))]
    for kind, found in parts(text).items():
        assert [p.start for p in found] == sorted(p.start for p in found), kind
        for part in found:
            assert any(a <= part.start and part.end <= b for a, b in sections), kind


@pytest.mark.parametrize("name", sorted(PLANS))
def test_no_part_comes_from_the_recipients_or_the_header(name: str) -> None:
    text = plan(name)
    root = outline(text)
    first = next(child.start for child in root.children if child.mark)
    last = next(child.start for child in root.children if child.role == "recipients")
    for kind, found in parts(text).items():
        assert all(first <= part.start and part.end <= last for part in found), kind


def test_the_same_text_gives_the_same_parts() -> None:
    assert parts(plan("thac-mo")) == parts(plan("thac-mo"))


def test_quotas_of_the_plans() -> None:
    def said(name: str) -> list[tuple[str | None, int | None, str]]:
        text = plan(name)
        return [(q.kind, q.count, q.rule) for q in find_quotas(text, outline(text))]

    assert said("ninh-phuoc") == [("collective", 7, "max"), ("individual", 10, "max")]
    assert said("long-thanh")[:2] == [("collective", 5, "exact"), ("individual", 10, "exact")]
    assert [rule for _, _, rule in said("thac-mo")] == ["delegated"]
    assert all(count is None for _, count, _ in said("luong-dien") + said("quang-ninh"))


def test_the_end_of_each_campaign() -> None:
    ends = {}
    for name in sorted(PLANS):
        text = plan(name)
        movement = find_movement(text, outline(text))
        ends[name] = movement and (movement.until, movement.boundary)
    assert list(ends.values()) == [
        ("2024-12-31", "until"),
        ("2023-12-31", "until"),
        ("2021-11-15", "before"),
        (None, None),
        ("2025-12-31", "until"),
    ]


def test_a_bar_among_the_merits_is_a_bar_and_a_doubt() -> None:
    text = plan("long-thanh")
    root = outline(text)
    doubts = find_criteria_doubts(text, root)
    assert [text.raw[d.start : d.end][:42] for d in doubts] == ["Cơ quan, đơn vị, địa phương có đơn thư khi"]
    bars = [c.label for c in find_criteria(text, root) if c.polarity == "bar"]
    assert bars == ["II.3.1 gạch đầu dòng 2", "II.3.1 gạch đầu dòng 3", "II.3.2 gạch đầu dòng 2"]


def test_a_skipped_number_is_a_doubt() -> None:
    text = plan("thac-mo")
    assert [d.code for d in find_structure_doubts(text, outline(text))] == ["numbering-gap"]


def test_yearly_dates_before_the_plan_was_issued_are_doubts() -> None:
    class Head:
        date, year, title_span = "2021-02-03", 2021, None

    text = plan("ninh-phuoc")
    doubts = find_deadline_doubts(text, outline(text), Head())
    assert [(d.code, "30/01/2021" in d.message) for d in doubts] == [("deadline-before-issue", True)]


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("Các xã gửi báo cáo tổng kết trước ngày 31/01 hằng năm.", []),  # the next one counts
        ("Các xã đăng ký thi đua trước ngày 15/02 hằng năm.", ["deadline-before-issue"]),  # none comes before the end
        ("Các xã gửi hồ sơ trước ngày 31/01/2025.", ["deadline-before-issue"]),
    ],
)
def test_a_yearly_day_is_past_only_where_it_cannot_come_again(line: str, doubts: list[str]) -> None:
    class Head:
        date, year, title_span = "2025-03-20", 2025, None

    text = Text.of(
        f"KẾ HOẠCH\nPhát động thi đua\nI. THỜI GIAN THI ĐUA\nTừ 01/4 đến 15/11/2025.\nII. TỔ CHỨC THỰC HIỆN\n{line}"
    )
    assert [doubt.code for doubt in find_deadline_doubts(text, outline(text), Head())] == doubts


def test_wordings_speak_of_what_the_vocabularies_hold() -> None:
    assert set(lexicon("areas")) == set(scheme("reform-area"))
    text = Text.of("\n".join(case for case in ["I. HỒ SƠ", "- Tờ trình.", "- Biên bản.", "- Danh sách."]))
    assert {d.component for d in find_dossier(text, outline(text))} <= set(scheme("dossier-component"))
    codes = {heading["role"] for heading in lexicon("headings")["heading"]}
    assert {"targets", "contents", "criteria", "quota", "awards", "dossier", "deadlines", "organisation"} <= codes
