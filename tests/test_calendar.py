"""What falls due when: days a lawyer can check (tests/calendar/lich.toml), the command, the page, and RFC 5545."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import icalendar
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from queryapi.app import create_app
from queryapi.calendar import Day, Due, _due, calendar, days_of
from queryapi.calendar.ics import ics
from queryapi.calendar.sheet import way
from queryapi.commands.calendar import calendar as command
from queryapi.errors import BadParameter, UnknownDocument
from queryapi.loading.load import load
from queryapi.store import open_store

HERE = Path(__file__).parent
PLANS = HERE.parent / "examples" / "plans"
NINH_PHUOC, THAC_MO = "26/KH-UBND ninh phuoc", "54/KH-UBND thac mo"
Case = dict[str, Any]
CASES: list[Case] = tomllib.loads((HERE / "calendar" / "lich.toml").read_text("utf-8"))["case"]


def said(case: Case) -> dict[str, str]:
    month, _, day = case.get("month_day", "").partition("-")
    found = {
        "plan": "https://w3id.org/thidua/id/doc/a/ke-hoach/2024/1",
        "deadline": "https://w3id.org/thidua/id/doc/a/ke-hoach/2024/1#deadline-812",
        "start": "812",
        "words": case.get("words", "gửi về\nPhòng Nội vụ"),
        "boundary": f"https://w3id.org/thidua/vocab/boundary/{case['boundary']}",
        "issued": case.get("issued"),
        "notBefore": case.get("not_before"),
        "from": case.get("from"),
        "until": case.get("until"),
        "planYear": case.get("year"),
        "date": case.get("date"),
        "month": month,
        "day": day,
        "offset": case.get("offset"),
    }
    return {name: str(value) for name, value in found.items() if value}


def due_of(case: Case, day: Day) -> Due:
    """The deadline of the case on a day, as the store would tell it."""
    return _due(said(case), day)


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_the_days_of_a_deadline(case: Case) -> None:
    found = [due_of(case, day) for day in days_of(said(case))]
    assert [[due.award_year or 0, due.day, due.last_day] for due in found] == case["due"]
    if "passed" in case:
        assert [due.passed for due in found] == case["passed"]
    if "limit" in case:
        assert found[0].limit == case["limit"]
    notes = [vi for due in found for vi, _ in due.notes]
    often = [note for note in notes if "lặp lại" in note]
    assert all(case["often"] in note for note in often) and often if "often" in case else not often
    assert any(case["note"] in note for note in notes) if "note" in case else not any("lấy năm" in n for n in notes)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with open_store(folder, write=True) as target:
        load([PLANS], target)
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> list[Due]:
    with open_store(folder) as store:
        return calendar(store)


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    app = create_app(folder)
    app.testing = True
    yield app.test_client()
    app.extensions["thidua"].close()


def test_the_five_plans_give_these_days(found: list[Due]) -> None:
    """By the words of the plans: Ninh Phước, Quảng Ninh, Thác Mơ and Long Thành set dates, Lương Điền sets none."""
    assert [(due.last_day, due.plan_name.split()[0]) for due in found] == [
        ("2021-01-29", "26/KH-UBND"),
        ("2021-11-30", "26/KH-UBND"),
        ("2021-12-04", "26/KH-UBND"),
        ("2024-03-31", "40/KH-UBND"),
        ("2024-09-30", "40/KH-UBND"),
        ("2024-12-19", "54/KH-UBND"),
        ("2024-12-24", "54/KH-UBND"),
        ("2024-12-31", "40/KH-UBND"),
        ("2025-01-09", "Ban"),
        ("2025-03-24", "54/KH-UBND"),
        ("2025-12-19", "54/KH-UBND"),
        ("2025-12-24", "54/KH-UBND"),
        ("2026-03-24", "54/KH-UBND"),
    ]
    assert [due.last_day for due in found if due.passed] == ["2021-01-29"]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"year": 2021}, ["2021-01-29", "2021-11-30", "2021-12-04"]),
        ({"since": "2025-12-24"}, ["2025-12-24", "2026-03-24"]),
        ({"until": "2021-11-30"}, ["2021-01-29", "2021-11-30"]),
        ({"since": "2024-12-31", "until": "2025-01-09"}, ["2024-12-31", "2025-01-09"]),
        ({"since": "2025-01-10", "until": "2025-03-23"}, []),
        ({"plans": [NINH_PHUOC], "since": "2021-02-03"}, ["2021-11-30", "2021-12-04"]),
        (
            {"plans": [NINH_PHUOC, NINH_PHUOC, "40/KH-UBND quang ninh"], "year": 2024},
            ["2024-03-31", "2024-09-30", "2024-12-31"],
        ),
        ({"plans": ["luong-dien-kh-ubnd-2023.txt"]}, []),
    ],
)
def test_only_what_was_asked_for(folder: Path, asked: dict[str, Any], days: list[str]) -> None:
    with open_store(folder) as store:
        assert [due.last_day for due in calendar(store, **asked)] == days


# RFC 5545: the bytes themselves, not what the library that wrote them reads back.


def lines(content: bytes) -> list[str]:
    """The content lines: CRLF after each, no line over 75 octets, folded ones joined again, every piece whole UTF-8."""
    assert content.endswith(b"\r\n") and content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    pieces = content[:-2].split(b"\r\n")
    assert all(0 < len(piece) <= 75 for piece in pieces)
    joined: list[str] = []
    for piece in pieces:
        text = piece.decode("utf-8")  # a fold may not cut a letter in two
        if text[0] in " \t":
            joined[-1] += text[1:]
        else:
            joined.append(text)
    return joined


def test_the_calendar_keeps_to_the_standard(found: list[Due]) -> None:
    written = lines(ics(found, remind=7))
    assert written[:4] == ["BEGIN:VCALENDAR", *written[1:3], "CALSCALE:GREGORIAN"] and written[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//w3id.org/thidua//Thi Dua//VI"} <= set(written)
    events = "\n".join(written).split("BEGIN:VEVENT\n")[1:]
    assert len(events) == len(found)
    for event, due in zip(events, found, strict=True):
        names = [line.partition(":")[0] for line in event.split("BEGIN:VALARM")[0].splitlines()]
        for once in ("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "URL"):
            assert names.count(once) == 1, once
        assert f"DTSTART;VALUE=DATE:{due.last_day.replace('-', '')}\n" in event
        assert "BEGIN:VALARM\nACTION:DISPLAY\n" in event and "TRIGGER:-P7D\n" in event
    assert "DTSTAMP:20210203T000000Z" in written  # the day of the plan, no clock
    assert "BEGIN:VALARM" not in lines(ics(found))


@pytest.mark.slow
def test_the_same_deadline_is_the_same_event(folder: Path, found: list[Due], tmp_path: Path) -> None:
    """Whatever else is in the store, in whatever order it came."""
    names = ["ninh-phuoc-26-kh-ubnd-2021.txt", "long-thanh-kh-bcd-2024.txt"]
    with open_store(tmp_path / "other", write=True) as target:
        for name in names:
            load([PLANS / name], target)
    with open_store(folder) as many, open_store(tmp_path / "other") as few:
        assert ics(calendar(many, names)) == ics(calendar(few))
        alone = ics(calendar(few, [NINH_PHUOC], year=2021))
    uids = {line for line in lines(ics(found)) if line.startswith("UID:")}
    assert len(uids) == len(found)
    assert {line for line in lines(alone) if line.startswith("UID:")} < uids


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n,;\\:"ậỡ'), min_size=1))
def test_any_words_come_back_as_they_were(words: str) -> None:
    case: Case = {"boundary": "by", "date": "2024-03-31"}
    (day,) = days_of(said(case))
    content = ics([replace(due_of(case, day), what=" ".join(words.split()) or None)])
    lines(content)
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == (" ".join(words.split()) or "gửi về Phòng Nội vụ")
    assert event.decoded("dtstart").isoformat() == "2024-03-31"


def run(*words: str) -> tuple[int, str]:
    """The exit status and what was printed."""
    done = CliRunner().invoke(command, words, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value, done.stdout


def test_the_command_writes_every_form(folder: Path, tmp_path: Path) -> None:
    status, table = run("--store", str(folder), NINH_PHUOC)
    assert status == 0 and "đã qua trước khi" in table and "29/01/2021" in table
    told = json.loads(run("--store", str(folder), "--plan", NINH_PHUOC, "--format", "json")[1])
    assert [one["last_day"] for one in told] == ["2021-01-29", "2021-11-30", "2021-12-04"]
    assert told[0]["notes"] == ["đã qua trước khi ban hành"] and told[1]["limit"] == "chậm nhất ngày 30/11/2021"
    sheet = run("--store", str(folder), "--format", "csv", "--year", "2021")[1]
    assert sheet.startswith("\ufeffNgày cuối,Hạn,Việc") and len(sheet.splitlines()) == 4
    target = tmp_path / "lich.ics"
    assert run("--store", str(folder), "--from", "2024-12-01", "-o", str(target))[0] == 0
    assert len(icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")) == 8


@pytest.mark.parametrize(
    ("number", "issuer", "short"),
    [
        ("18/KH-UBND", "Ủy ban nhân dân huyện Ninh Sơn", "18/KH-UBND Ninh Sơn"),
        ("5/KH-UBND", "Ủy ban nhân dân phường 5", "5/KH-UBND Ủy ban nhân dân phường 5"),
        ("7/KH-BHXH", "Bảo hiểm xã hội Việt Nam", "7/KH-BHXH Bảo hiểm xã hội Việt Nam"),
        ("7/KH-BHXH", "Bảo hiểm xã hội tỉnh Hà Nam", "7/KH-BHXH Hà Nam"),
        ("9/KH-UBND", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "9/KH-UBND Hồ Chí Minh"),
        (None, "Ban Chỉ đạo cải cách hành chính huyện Long Thành", "Ban Chỉ đạo cải cách hành chính huyện Long Thành"),
    ],
)
def test_an_event_says_which_plan_it_is_of(number: str | None, issuer: str, short: str) -> None:
    told = {**said({"boundary": "by", "date": "2024-03-31"}), "issuer": issuer}
    (day,) = days_of(told)
    due = _due(told | ({"number": number} if number else {}), day)
    (event,) = icalendar.Calendar.from_ical(ics([due], remind=1)).walk("VEVENT")
    assert str(event["summary"]) == f"{short}: gửi về Phòng Nội vụ"
    assert str(event.walk("VALARM")[0]["description"]) == str(event["summary"])


def test_who_only_receives_stands_behind_the_arrow() -> None:
    told = said({"boundary": "by", "date": "2024-03-31"})
    (day,) = days_of(told)
    assert way(_due(told | {"toWhom": "Phòng Nội vụ"}, day), "vi") == "→ Phòng Nội vụ"
    assert way(_due(told | {"fromWhom": "Các xã"}, day), "vi") == "Các xã"
    assert way(_due(told | {"fromWhom": "Các xã", "toWhom": "Phòng Nội vụ"}, day), "vi") == "Các xã → Phòng Nội vụ"


def test_two_days_the_wrong_way_round_are_an_error(folder: Path, client: FlaskClient) -> None:
    """And not an empty calendar."""
    with pytest.raises(BadParameter, match="ngày đầu 01/01/2025 đứng sau ngày cuối 31/12/2024; hãy đổi chỗ"):
        run("--store", str(folder), "--from", "2025-01-01", "--until", "2024-12-31")
    answer = client.get("/lich?tu=2025-01-01&den=2024-12-31")
    assert answer.status_code == 400 and "hãy đổi chỗ hai ngày" in answer.text
    assert client.get("/lich.ics?tu=2025-01-01&den=2024-12-31").status_code == 400
    assert client.get("/lich?tu=2024-12-31&den=2024-12-31").status_code == 200


def test_nothing_due_is_no_calendar(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "lich.ics"
    assert run("--store", str(folder), "--year", "1999", "-o", str(target))[0] == 1 and not target.exists()
    assert "Không có thời hạn nào" in run("--store", str(folder), "--year", "1999")[1]
    with pytest.raises(click.UsageError):
        run("--store", str(folder), "-o", str(tmp_path / "lich.doc"))
    with pytest.raises(UnknownDocument):
        run("--store", str(folder), "999/KH-UBND")


def test_the_page_shows_the_months_and_gives_the_file(client: FlaskClient, found: list[Due]) -> None:
    page = client.get("/lich").text
    assert page.index("Tháng 1/2021") < page.index("Tháng 12/2024") < page.index("Tháng 3/2026")
    assert "đã qua trước khi ban hành" in page and "trước ngày 30/01/2021" in page
    answer = client.get("/lich.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.data == ics(found)
    sheet = client.get("/lich?format=csv&nam=2021").text
    assert sheet.count("\r\n") == 4 and "26/KH-UBND" in sheet and "40/KH-UBND" not in sheet


def test_the_page_narrows_and_passes_it_on(client: FlaskClient) -> None:
    page = client.get("/lich", query_string={"ke-hoach": THAC_MO, "nam": "2025"}).text
    assert "Tháng 12/2025" in page and "Tháng 12/2024" not in page and "Tháng 1/2021" not in page
    assert "/lich.ics?ke-hoach=54%2FKH-UBND+thac+mo&amp;nam=2025" in page
    assert client.get("/lich?nam=1999").text.count("Không có thời hạn nào như vậy") == 1
    assert client.get("/lich.ics?nam=1999").status_code == 404


@pytest.mark.parametrize("asked", ["nam=20x4", "tu=31/2/2024", "den=x", "ke-hoach=999/KH-UBND", "nam=0000"])
def test_what_cannot_be_asked_is_said(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/lich?{asked}")
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert 400 <= client.get(f"/lich.ics?{asked}").status_code < 500
