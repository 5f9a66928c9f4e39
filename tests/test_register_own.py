"""The user's own register beside the shipped one: seen at once, restating what is weaker, named where it is broken."""

import io
import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from loaders.errors import BrokenRegister
from loaders.law.graph import as_shipped, entries, register_digest, register_sources, snapshot
from loaders.law.own import folder
from loaders.law.register import register
from ontology import BASE, sources
from queryapi.cli import main
from queryapi.register.checking import check_register

HERE = Path(__file__).parent / "register"
Case = dict[str, Any]
HEAD = """@base <https://w3id.org/thidua/id/doc/> .
@prefix confidence: <https://w3id.org/thidua/vocab/confidence/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix td: <https://w3id.org/thidua/ns#> .
@prefix type: <https://w3id.org/thidua/vocab/document-type/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
NEWS = """<chinh-phu/nghi-dinh/2027/12> a td:LegalInstrument ;
    eli:number "12/2027/NĐ-CP" ; eli:type_document type:nghi-dinh ;
    dcterms:title "Nghị định mới"@vi ; td:issuerLabel "Chính phủ" .
<chinh-phu/nghi-dinh/2025/152> td:amendedBy <chinh-phu/nghi-dinh/2027/12> ;
    td:suspended <chinh-phu/nghi-dinh/2025/152#s> .
<chinh-phu/nghi-dinh/2025/152#a> a td:RegisterFact ; td:about <chinh-phu/nghi-dinh/2025/152> ;
    td:property td:amendedBy ; td:value <chinh-phu/nghi-dinh/2027/12> ;
    td:ofProvision "Điều 6", "khoản 2 Điều 7" ; td:confidence confidence:i ; dcterms:source "x" .
<chinh-phu/nghi-dinh/2025/152#s> a td:Suspension, td:RegisterFact ; td:about <chinh-phu/nghi-dinh/2025/152> ;
    td:validFrom "2026-01-01"^^xsd:date ; td:ofProvision "Điều 9" ; td:confidence confidence:k ; dcterms:source "x" .
"""
CIRCULAR, DECREE = f"{BASE}id/doc/bo-noi-vu/thong-tu/2025/15", f"{BASE}id/doc/chinh-phu/nghi-dinh/2025/152"


def cases(name: str) -> list[Any]:
    said = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in said]


def end(iri: str, day: str, sure: str = "v") -> str:
    path = iri.removeprefix(f"{BASE}id/doc/")
    return f"""<{path}> td:validBefore "{day}"^^xsd:date .
<{path}#valid-before> a td:RegisterFact ; td:about <{path}> ; td:property td:validBefore ;
    td:confidence confidence:{sure} ; dcterms:source "Công báo" .
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    monkeypatch.setenv("THIDUA_REGISTER", str(folder))
    return folder


def ends(iri: str) -> tuple[str | None, str] | None:
    bound = register().instruments[iri].valid_before
    return (bound.date, bound.confidence) if bound else None


def test_a_file_is_seen_at_once_changed_and_gone(own: Path) -> None:
    """In one process: a server that runs for weeks sees it too, even where two edits share a time stamp and a size."""
    before, file, stamp = register_digest(), own / "cua-toi.ttl", time.time_ns() + 60_000_000_000
    assert ends(CIRCULAR) is None
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        file.write_text(HEAD + end(CIRCULAR, day), "utf-8")
        os.utime(file, ns=(stamp, stamp))
        assert ends(CIRCULAR) == (day, "V")
    assert register_digest() != before
    file.unlink()
    assert ends(CIRCULAR) is None and register_digest() == before


def test_a_file_saved_on_windows_is_read(own: Path) -> None:
    """Notepad puts a mark before the first letter and two signs at each line's end."""
    (own / "a.ttl").write_bytes(b"\xef\xbb\xbf" + (HEAD + end(CIRCULAR, "2026-12-01")).replace("\n", "\r\n").encode())
    assert ends(CIRCULAR) == ("2026-12-01", "V")
    assert all(ox.parse(f.read_bytes(), format=ox.RdfFormat.TURTLE) for f in register_sources())


def test_without_a_change_nothing_is_read_again(own: Path) -> None:
    assert register() is register() and entries() is entries()


def test_what_is_shipped_weaker_gives_way_and_the_files_together_say_it_once(own: Path) -> None:
    assert ends(DECREE) == ("2027-03-01", "V-weak")
    (own / "a.ttl").write_text(HEAD + end(DECREE, "2027-01-01"), "utf-8")
    assert ends(DECREE) == ("2027-01-01", "V")
    said = [t for f in register_sources() for t in ox.parse(f.read_bytes(), format=ox.RdfFormat.TURTLE)]
    days = [t.object.value for t in said if t.subject.value == DECREE and t.predicate.value.endswith("#validBefore")]
    sure = [t.object.value[-1] for t in said if t.subject.value == f"{DECREE}#valid-before" and "confidence" in str(t)]
    assert days == ["2027-01-01"] and len(sure) == 1
    assert register().instruments[DECREE].valid_from == register_shipped().instruments[DECREE].valid_from


def register_shipped() -> Any:
    from queryapi.register.checking import register_of

    return register_of(as_shipped())


def test_the_shipped_files_come_first_and_as_they_are(own: Path) -> None:
    (own / "b.ttl").write_text(HEAD + end(CIRCULAR, "2026-12-01"), "utf-8")
    (own / "ghi-chu.txt").write_text("not Turtle", "utf-8")
    (own / ".draft.ttl").write_text("broken <", "utf-8")
    found = register_sources()
    assert [f.name for f in found] == [*(s.name for s in sources("law")), "b.ttl"]
    assert [f.path for f in found if f.path] == [own / "b.ttl"]
    assert [f.content for f in found[:-1]] == [s.read_bytes() for s in sources("law")]


def test_a_new_instrument_amendments_and_a_suspension(own: Path) -> None:
    (own / "a.ttl").write_text(HEAD + NEWS, "utf-8")
    known = register().instruments[DECREE]
    (amendment,) = known.amendments
    assert (amendment.words, amendment.confidence) == (("Điều 6", "khoản 2 Điều 7"), "I")
    assert [(p.article, p.clause) for p in amendment.provisions] == [("6", None), ("7", "2")]
    (suspension,) = known.suspended
    assert (suspension.start.date, suspension.end, suspension.words, suspension.confidence) == (
        "2026-01-01",
        None,
        ("Điều 9",),
        "K",
    )
    assert register().by_number("12/2027/NĐ-CP") is not None


@pytest.mark.parametrize("case", cases("broken"))
def test_a_broken_file_is_one_line_that_names_it(case: Case, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = own / "cua-toi.ttl"
    file.write_text(HEAD + case["text"] + "\n", "utf-8")
    with pytest.raises(BrokenRegister) as caught:
        register()
    assert caught.value.line == case["line"], caught.value.vi
    assert str(file) in caught.value.vi and "hãy sửa tệp ấy" in caught.value.vi
    assert all(words in caught.value.vi for words in case["says"]), caught.value.vi
    with pytest.raises(SystemExit) as stopped:
        main(["register", "show", "98/2023/NĐ-CP"])
    assert stopped.value.code == 2 and len(capsys.readouterr().err.splitlines()) == 1
    file.unlink()
    assert register().instruments, "with the file gone the register is whole again"


USING = (
    ["register", "check"],
    ["register", "add", "--number", "15/2025/TT-BNV", "--ends", "2026-12-01", "--yes"],
    ["cite", "-"],
    ["radar"],
    ["trace", "18/KH-UBND"],
    ["ask", "base-salary-on", "day=2025-01-15"],
)


@pytest.mark.parametrize("command", USING, ids=lambda command: " ".join(command[:2]))
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("khong-co", "THIDUA_REGISTER={}: không có thư mục này"),
        ("tep.ttl", "THIDUA_REGISTER={}: là tệp, không phải thư mục"),
        ("hong", "{}/a.ttl, dòng 2: sai cú pháp Turtle"),
        ("thu-muc", "{}/x.ttl: không đọc được (là thư mục, không phải tệp)"),
    ],
)
def test_a_register_that_cannot_be_read_stops_what_stands_on_it(
    name: str,
    says: str,
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In one line: a slip in the variable must not give verdicts without one's own register."""
    (tmp_path / "tep.ttl").write_text("", "utf-8")
    (tmp_path / "hong").mkdir()
    (tmp_path / "hong" / "a.ttl").write_text("\n<a> b", "utf-8")
    (tmp_path / "thu-muc" / "x.ttl").mkdir(parents=True)
    monkeypatch.setenv("THIDUA_REGISTER", str(tmp_path / name))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", io.StringIO("Căn cứ Nghị định số 98/2023/NĐ-CP;"))
    with pytest.raises(SystemExit) as stopped:
        main(command)
    told = capsys.readouterr()
    assert stopped.value.code == 2 and len(told.err.splitlines()) == 1, told
    assert says.format(tmp_path / name) in told.err


def test_a_verified_day_said_otherwise_is_shown(own: Path) -> None:
    """98/2023 ended on 01/7/2025, verified; a file of one's own that says 2026 is used, and not in silence."""
    (own / "a.ttl").write_text(HEAD + end(f"{BASE}id/doc/chinh-phu/nghi-dinh/2023/98", "2026-01-01"), "utf-8")
    faults = {fault.rule: fault for fault in check_register(snapshot()).faults}
    assert "sổ gốc đã kiểm chứng: 01/07/2025" in faults["own-contradicts-shipped"].message_vi
    assert faults["own-contradicts-shipped"].file == str(own / "a.ttl")
    assert faults["Register-overlap"].severity == "Violation", "152/2025 is in force by then"


@pytest.mark.parametrize("case", cases("shown"))
def test_what_is_shown(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["register", *case["args"]])
    told = capsys.readouterr()
    assert int(stopped.value.code or 0) == case.get("exit", 0)
    said = told.out + told.err
    assert [words for words in case["says"] if words not in said] == []
    assert [words for words in case.get("not", []) if words in said] == []


def test_an_instrument_held_as_a_document_keeps_its_number_in_the_check() -> None:
    """A decree that was loaded says its number in its own graph, and the law graph says it no more."""
    from graphs import MemoryStore, vocabulary

    from queryapi.checking import check_store

    decree = ox.NamedNode(f"{BASE}id/doc/chinh-phu/nghi-dinh/2023/98")
    number = ox.NamedNode("http://data.europa.eu/eli/ontology#number")
    own = ox.NamedNode(f"{BASE}graph/doc/chinh-phu/nghi-dinh/2023/98")
    rest = [q for q in vocabulary() if not (q.subject == decree and q.predicate == number)]
    source, words = ox.NamedNode(f"{BASE}ns#sourceName"), ox.NamedNode(f"{BASE}ns#searchText")
    said = ((source, ox.Literal("nd-98.txt")), (words, ox.Literal("98/2023")), (number, ox.Literal("98/2023/NĐ-CP")))
    held = [ox.Quad(decree, predicate, value, own) for predicate, value in said]
    rules = {fault.rule for fault in check_store(MemoryStore([*rest, *held])).faults if fault.focus == decree.value}
    assert "Register-number" not in rules
    without = {fault.rule for fault in check_store(MemoryStore(rest)).faults if fault.focus == decree.value}
    assert "Register-number" in without


def test_without_the_variable_it_is_a_folder_of_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIDUA_REGISTER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder().name == "register" and folder().is_relative_to(tmp_path)
    folder().mkdir(parents=True)
    (folder() / "a.ttl").write_text(HEAD + end(CIRCULAR, "2026-12-01"), "utf-8")
    assert ends(CIRCULAR) == ("2026-12-01", "V")
