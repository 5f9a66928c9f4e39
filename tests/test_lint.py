"""A draft's faults: the five real plans whole, a clean draft with single changes, and words on their own.

The cases are what a lawyer would mark on paper: every fault with its line and words, and what only looks like one.
"""

import csv
import json
import runpy
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loaders.drafting import find_faults
from loaders.drafting.bases import find_misdated_bases
from loaders.drafting.grounds import find_vague_grounds
from loaders.drafting.wording import find_dangling_words, find_doubled_words
from loaders.findings import Source
from loaders.law.register import register
from loaders.plan.criteria import find_criteria_doubts
from loaders.read import find
from loaders.structure.outline import outline
from loaders.text import Text
from queryapi.cli import main
from queryapi.language import speak
from queryapi.lint import Linted, Superior, lint, lint_text, rules_of_drafts
from queryapi.loading.load import load
from queryapi.store import open_store

HERE = Path(__file__).parent / "lint"
EXAMPLES = Path(__file__).parent.parent / "examples" / "plans"
LEVELS = {"lỗi": "Violation", "lưu ý": "Warning", "gợi ý": "Info"}
PLANS = [tomllib.loads(path.read_text("utf-8")) for path in sorted((HERE / "plans").glob("*.toml"))]
WORDING = tomllib.loads((HERE / "wording.toml").read_text("utf-8"))["case"]
DRAFTS = tomllib.loads((HERE / "drafts.toml").read_text("utf-8"))["case"]
CLEAN = (HERE / "drafts" / "clean.txt").read_text("utf-8")
GARBLED = "thi dua khen thuong cai cach hanh chinh nha nuoc tren dia ban tinh nam 2024. " * 4


@pytest.fixture(scope="module")
def linted() -> dict[str, Linted]:
    return {plan["plan"]: lint(EXAMPLES / plan["plan"]) for plan in PLANS}


def test_each_of_the_plans_has_its_expectation() -> None:
    assert {plan["plan"] for plan in PLANS} == {path.name for path in EXAMPLES.glob("*.txt")}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["plan"])
def test_a_real_plan_has_the_faults_a_lawyer_marked_and_no_other(
    plan: dict[str, Any], linted: dict[str, Linted]
) -> None:
    found = list(linted[plan["plan"]].findings)
    assert linted[plan["plan"]].garbled == plan["garbled"]
    for wanted in plan["finding"]:
        fits = [
            one
            for one in found
            if one.rule == wanted["rule"]
            and one.severity == LEVELS[wanted["level"]]
            and one.line == wanted["line"]
            and wanted["words"] in (one.words or "")
            and wanted.get("message", "").lower() in one.message_vi.lower()
        ]
        assert fits, f"{wanted['rule']}: {wanted['why']}"
        found.remove(fits[0])
    assert [(one.rule, one.line, one.words) for one in found] == []


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["plan"])
def test_a_place_holds_the_words_it_shows(plan: dict[str, Any], linted: dict[str, Linted]) -> None:
    raw = Text.of((EXAMPLES / plan["plan"]).read_text("utf-8")).raw
    for one in linted[plan["plan"]].findings:
        assert one.start is not None and one.end is not None and one.line is not None and one.column is not None
        there = " ".join(raw[one.start : one.end].replace("*", "").split())
        assert there.startswith((one.words or "").rstrip("…").replace("*", ""))
        assert raw.splitlines()[one.line - 1][one.column - 1 :][:3] == raw[one.start :].splitlines()[0][:3]


@pytest.mark.parametrize("case", DRAFTS, ids=lambda case: case["why"][:60])
def test_a_change_to_a_clean_draft_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    raw = (HERE / "drafts" / f"{case.get('draft', 'clean')}.txt").read_text("utf-8")
    for old, new in case["change"]:
        assert old in raw, old
        raw = raw.replace(old, new)
    found = lint_text(raw).findings
    wanted = sorted(map(tuple, case["finds"]))
    assert sorted(one.rule for one in found) == [rule for rule, _ in wanted], [one.message_vi for one in found]
    for rule, words in wanted:
        assert any(one.rule == rule and words in (one.words or "") for one in found), (rule, words)


@pytest.mark.parametrize("case", WORDING, ids=lambda case: case["why"][:60])
def test_words_that_are_slips_are_found_and_others_not(case: dict[str, Any]) -> None:
    text = Text.of(case["text"] + ("\n" + GARBLED if case.get("garbled") else ""))
    assert text.garbled == case.get("garbled", False)
    found = sorted([*find_doubled_words(text), *find_dangling_words(text)], key=lambda one: one.start or 0)
    assert [text.raw[one.start : one.end] for one in found] == case["finds"]


def test_hints_alone_let_a_draft_pass() -> None:
    hinted = lint_text(CLEAN.replace("ngày 05 tháng 3 năm 2024", "ngày 03 tháng 3 năm 2024"))
    assert [one.severity for one in hinted.findings] == ["Info"]
    assert hinted.holds
    assert not lint_text(CLEAN.replace("Số: 61/KH-UBND", "Số: /KH-UBND")).holds


def test_a_clean_draft_was_really_tested() -> None:
    assert lint_text(CLEAN).tested > 100


def test_every_rule_says_what_to_do_and_what_it_rests_on() -> None:
    for name, rule in rules_of_drafts().items():
        assert rule.source and set(rule.remedies) == set(rule.messages) == {"vi", "en"}, name


def test_no_sentence_is_left_unfilled(linted: dict[str, Linted]) -> None:
    for one in linted.values():
        for finding in one.findings:
            for words in (finding.message_vi, finding.message_en, finding.remedy_vi, finding.remedy_en):
                assert "{" not in words and "[" not in words, words


SUPERIOR = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NINH

Số: 12/KH-UBND

Quảng Ninh, ngày 02 tháng 02 năm 2024

KẾ HOẠCH
Phát động phong trào thi đua đẩy mạnh cải cách hành chính tỉnh Quảng Ninh năm 2024

Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;

I. ĐỐI TƯỢNG THI ĐUA

- Tập thể: các huyện, thị xã, thành phố.

II. HÌNH THỨC, SỐ LƯỢNG KHEN THƯỞNG

Chủ tịch Ủy ban nhân dân huyện tặng Giấy khen cho tối đa 03 tập thể.

III. HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG

- Tờ trình đề nghị khen thưởng;

- Biên bản họp xét;

- Bản tóm tắt thành tích.
"""


def test_a_draft_is_compared_with_the_superior_plan(tmp_path: Path) -> None:
    above, draft = tmp_path / "tinh.txt", tmp_path / "huyen.txt"
    above.write_text(SUPERIOR, "utf-8")
    draft.write_text(CLEAN, "utf-8")
    found = lint(draft, superiors=(Superior.read(above),)).findings
    assert [(one.rule, one.words) for one in found] == [
        ("Draft-dossierBelowSuperior", "Từ ngày ban hành Kế hoạch đến hết ngày 30/11/2024"),
        ("Draft-quotaAboveSuperior", "tối đa 05 tập thể"),
    ]
    assert "Bản tóm tắt thành tích" in found[0].message_vi
    assert "3" in found[1].message_vi


def test_the_page_of_rules_is_fresh() -> None:
    """docs/lint.md is generated: `python docs/make_lint.py` when this fails."""
    docs = Path(__file__).parent.parent / "docs"
    assert runpy.run_path(str(docs / "make_lint.py"))["text"]() == (docs / "lint.md").read_text("utf-8")


def test_a_plan_held_in_the_store_is_no_longer_missing(tmp_path: Path) -> None:
    """Thác Mơ leaves its quotas and its dossier to a plan of the town: with that plan in the store, it is there."""
    town = """ỦY BAN NHÂN DÂN
THỊ XÃ PHƯỚC LONG

Số: 203/KH-UBND

Phước Long, ngày 26 tháng 8 năm 2024

KẾ HOẠCH
Phát động phong trào thi đua “Đẩy mạnh cải cách hành chính Nhà nước” thị xã Phước Long giai đoạn 2024 - 2025

Ủy ban nhân dân thị xã phát động phong trào thi đua như sau:

I. ĐỐI TƯỢNG THI ĐUA

- Tập thể: các phường, xã.
"""
    plan = EXAMPLES / "thac-mo-54-kh-ubnd-2024.txt"
    (tmp_path / "203.txt").write_text(town, "utf-8")
    with open_store(tmp_path / "store", write=True) as store:
        load([tmp_path / "203.txt"], store, base=False)
    with open_store(tmp_path / "store") as store:
        rules = {one.rule for one in lint(plan, store=store).findings}
    assert not {"Draft-quotaDelegated", "Draft-dossierDelegated"} & rules
    assert "Draft-numbering" in rules


def test_the_command_prints_each_form_and_its_exit_code_is_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, wrong = tmp_path / "sach.txt", tmp_path / "sai.txt"
    draft.write_text(CLEAN, "utf-8")
    wrong.write_text(CLEAN.replace("một số điều của Luật", "một số điều của của Luật"), "utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stopped:
            main(["lint", *arguments])
        return int(stopped.value.code or 0), capsys.readouterr().out

    assert run(str(draft)) == (0, "sach.txt: 0 lỗi, 0 lưu ý, 0 gợi ý.\n")
    code, said = run(str(wrong))
    assert code == 1 and "13:114" in said and "của của" in said and "Bỏ phần viết lặp." in said
    code, said = run(str(draft), str(wrong), "--format", "json")
    assert code == 1
    assert [(one["holds"], len(one["findings"])) for one in json.loads(said)] == [(True, 0), (False, 1)]
    _, said = run(str(wrong), "--format", "csv")
    (row,) = csv.DictReader(said.splitlines())
    assert (row["line"], row["column"], row["rule"], row["words"]) == ("13", "114", "Draft-doubledWords", "của của")
    _, said = run(str(wrong), "--format", "sarif")
    (result,) = json.loads(said)["runs"][0]["results"]
    assert result["level"] == "warning"
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 114
    assert run(str(wrong), "--superior", "khong-co.txt", "--store", str(tmp_path / "kho"))[0] == 2


def test_speaks_english_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "sai.txt"
    wrong.write_text(CLEAN.replace("Số: 61/KH-UBND", "Số: /KH-UBND"), "utf-8")
    try:
        with pytest.raises(SystemExit):
            main(["--lang", "en", "lint", str(wrong)])
    finally:
        speak("vi")
    assert "the document bears no number" in capsys.readouterr().out


def test_one_refusal_at_the_head_of_a_list_holds_for_all_of_it() -> None:
    text = Text.of(
        "HƯỚNG DẪN\nBình xét thi đua năm 2021\n\nI. ĐỐI TƯỢNG VÀ NGUYÊN TẮC XÉT KHEN THƯỞNG\n1. Đối tượng:\n"
        "- Các tổ chức, đoàn viên có thành tích.\n2. Nguyên tắc:\n- Bình xét thi đua chính xác, công khai.\n"
        "- Không xét khen thưởng thi đua đối với đoàn viên nghỉ 40 ngày (trừ nữ nghỉ thai sản); không đăng ký thi đua; "
        "mới được tuyển dụng dưới 10 tháng; bị xử phạt hành chính; bị kỷ luật từ khiển trách trở lên.\n"
    )
    assert find_criteria_doubts(text, outline(text)) == ()


def test_a_law_inside_the_title_of_another_is_no_ground_without_a_day() -> None:
    """However the reader took its relation: what the words before it say decides."""
    text = Text.of(CLEAN)
    findings = find(text, Source(name="sach.txt", sha256="0" * 64))
    grounds = tuple(replace(citation, relation="căn cứ") for citation in findings.citations)
    assert any(one.name == "Luật Thi đua, khen thưởng" and one.date is None for one in grounds)
    assert list(find_vague_grounds(text, replace(findings, citations=grounds))) == []


def test_bases_that_are_not_in_the_register_are_counted_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clean draft without a fault, resting on two papers the register does not hold, one of them named twice."""
    draft = tmp_path / "la.txt"
    added = "Căn cứ Nghị định số 512/2025/NĐ-CP ngày 12 tháng 5 năm 2023 của Chính phủ;\n\n"
    local = "Thực hiện Kế hoạch số 512/KH-UBND ngày 04 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh Quảng Ninh;\n\n"
    again = "Thực hiện Kế hoạch số 512/KH-UBND của Ủy ban nhân dân tỉnh"
    raw = CLEAN.replace("Căn cứ Nghị định số 98", f"{added}{local}Căn cứ Nghị định số 98")
    draft.write_text(raw.replace("- Nâng cao trách nhiệm", f"- {again}, nâng cao trách nhiệm"), "utf-8")
    with pytest.raises(SystemExit):
        main(["lint", str(draft)])
    told = capsys.readouterr().out
    assert "2 căn cứ không có trong sổ, chưa kiểm tra được hiệu lực: 512/2025/NĐ-CP; 512/KH-UBND." in told
    with pytest.raises(SystemExit):
        main(["lint", str(draft), "--format", "json"])
    (one,) = json.loads(capsys.readouterr().out)
    assert one["unchecked"] == ["512/2025/NĐ-CP", "512/KH-UBND"]
    try:
        with pytest.raises(SystemExit):
            main(["--lang", "en", "lint", str(draft)])
    finally:
        speak("vi")
    assert "2 bases are not in the register, validity not checked" in capsys.readouterr().out


def test_a_day_the_register_did_not_verify_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a day found in a source (V) is held against a draft; the same day from own knowledge (K) is not."""
    text = Text.of(CLEAN.replace("98/2023/NĐ-CP ngày 31 tháng 12", "98/2023/NĐ-CP ngày 29 tháng 12", 1))
    findings = find(text, Source(name="x", sha256="0" * 64))
    law = register()
    decree = law.by_number("98/2023/NĐ-CP")
    assert decree and decree.issue
    unsure = replace(decree, issue=replace(decree.issue, confidence="K"))
    assert len(list(find_misdated_bases(text, findings))) == 1
    weaker = replace(law, instruments={**law.instruments, decree.iri: unsure})
    monkeypatch.setattr("loaders.drafting.bases.register", lambda: weaker)
    assert list(find_misdated_bases(text, findings)) == []


GARBLED_DRAFT = "KE HOACH\nThi dua giai doan 2026 - 2025\n\nTong so 20, trong do 05 (ba) tap the va 10 ca nhan.\n"


def test_numbers_of_a_garbled_text_accuse_nobody() -> None:
    text = Text.of(GARBLED_DRAFT + "Theo Muc XII Ke hoach nay./.\n" + GARBLED)
    assert text.garbled
    found = find_faults(text, find(text, Source(name="x", sha256="0" * 64)))
    assert [one.code for one in found] == ["period-backwards"]  # a hint there, for the rule is one of letters


def test_a_wrong_day_is_told_with_the_right_one() -> None:
    (found,) = lint_text(CLEAN.replace("98/2023/NĐ-CP ngày 31 tháng 12", "98/2023/NĐ-CP ngày 29 tháng 12", 1)).findings
    assert found.severity == "Warning"
    assert "98/2023/NĐ-CP ghi ngày 29/12/2023, sổ pháp luật: ngày 31/12/2023" in found.message_vi


def test_a_power_that_was_not_verified_says_so_and_only_hints() -> None:
    raw = (HERE / "drafts" / "clean-2025.txt").read_text("utf-8")
    (found,) = lint_text(raw.replace("Giấy khen của Chủ tịch", "Bằng khen của Chủ tịch")).findings
    assert (found.severity, found.confidence) == ("Info", "i")
    assert "Chủ tịch UBND cấp tỉnh" in found.message_vi and "chưa kiểm chứng" in found.message_vi
