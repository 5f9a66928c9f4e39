"""Finding a document, its chain, dead citations and comparison: on small graphs, and on the five plans."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from graphs import iri, read_lines, store_of, write_files

from ontology import BASE
from queryapi.compare import ASPECTS, Comparison, compare
from queryapi.compare_xlsx import write_xlsx
from queryapi.documents import find_document, find_documents, find_reference
from queryapi.errors import BadParameter, SeveralDocuments, UnknownDocument
from queryapi.loading.load import load
from queryapi.radar import Filters, radar
from queryapi.store import Store, export, open_store
from queryapi.trace import Trace, trace

PLANS = Path(__file__).parent.parent / "examples" / "plans"
ALL = ("thac mo", "long thanh", "ninh phuoc", "luong dien", "quang ninh")


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The five plans beside the lists and the register, without the units, which nothing here asks."""
    folder = tmp_path_factory.mktemp("five")
    with open_store(folder, write=True) as store:
        load(sorted(PLANS.glob("*.txt")), store, base=False)
    with open_store(folder) as store:
        yield store


@pytest.fixture(scope="module")
def table(five: Store) -> Comparison:
    return compare(five, ALL)


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Store]:
    """1 rests on 2, 2 on 3 and on a decree, 3 on 1 again and on 9, which is not held."""
    files = write_files(
        tmp_path / "files",
        a="số 1\ncăn cứ 2",
        b="số 2\ncăn cứ 3\ntheo 91/2017/NĐ-CP",
        c="số 3\ncăn cứ 1\ncăn cứ 9\ncăn cứ 9",
    )
    with open_store(tmp_path / "store", write=True) as store:
        load([files], store, read=read_lines, base=False)
        yield store


def names(found: Trace, direction: str) -> list[tuple[int, str, str, bool]]:
    def short(name: str) -> str:
        return name.partition(" Ủy ban")[0].partition(" (")[0]

    hops = [hop for hop in found.hops if hop.direction == direction]
    return [(hop.depth, short(hop.source.name), short(hop.target.name), hop.again) for hop in hops]


def test_the_five_plans_are_the_same_bytes_in_any_order(five: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True) as store:
        for file in sorted(PLANS.glob("*.txt"), reverse=True):
            load([file], store, base=False)
        load([PLANS], store, base=False)
        assert list(export(store)) == list(export(five))


class TestFinding:
    def test_by_iri_number_file_and_words(self, five: Store) -> None:
        wanted = f"{BASE}id/doc/ubnd-tinh-quang-ninh/ke-hoach/2024/40"
        for words in (
            wanted,
            "ubnd-tinh-quang-ninh/ke-hoach/2024/40",
            "40/KH-UBND quang ninh",
            "40/kh-ubnd UBND tỉnh Quảng Ninh",
            "quang-ninh-40-kh-ubnd-2024.txt",
            "examples/plans/quang-ninh-40-kh-ubnd-2024.txt",
            "quang-ninh-40-kh-ubnd-2024",
            "QUẢNG NINH",
        ):
            assert find_document(five, words).iri == wanted, words

    def test_several_are_listed_never_picked(self, five: Store) -> None:
        with pytest.raises(SeveralDocuments) as caught:
            find_document(five, "cải cách hành chính huyện")
        assert len(caught.value.matches) > 1

    def test_a_number_stands_whole(self, five: Store) -> None:
        assert find_documents(five, "4/KH-UBND") == []
        assert [d.number for d in find_documents(five, "54/KH-UBND")] == ["54/KH-UBND"]

    @pytest.mark.parametrize(
        ("words", "nearest"), [("41/KH-UBND quang ninh", "40/KH-UBND"), ("ke hoach thac mơ 2024 xyz", "54/KH-UBND")]
    )
    def test_the_unknown_names_the_nearest(self, five: Store, words: str, nearest: str) -> None:
        with pytest.raises(UnknownDocument) as caught:
            find_document(five, words)
        assert caught.value.near[0].startswith(nearest)
        assert nearest in caught.value.vi

    @pytest.mark.parametrize("words", ["", "   ", '" } ?s ?p ?o {', "<http://x>", "http://nowhere.example/x", "\\"])
    def test_odd_words_find_nothing(self, five: Store, words: str) -> None:
        assert find_documents(five, words) == []

    def test_a_document_that_is_only_cited_has_a_name_too(self, five: Store) -> None:
        assert find_reference(five, "203/KH-UBND phuoc long").endswith("/ke-hoach/2024/203")
        assert find_reference(five, "91/2017/NĐ-CP").endswith("chinh-phu/nghi-dinh/2017/91")


class TestTrace:
    def test_each_hop_once_and_no_way_round_a_circle(self, chain: Store) -> None:
        found = trace(chain, iri("1"), down=False)
        assert names(found, "up") == [
            (1, "1/KH-UBND", "2/KH-UBND", False),
            (2, "2/KH-UBND", "3/KH-UBND", False),
            (2, "2/KH-UBND", "Nghị định 91/2017/NĐ-CP", False),
            (3, "3/KH-UBND", "1/KH-UBND", True),
            (3, "3/KH-UBND", "Kế hoạch 9/KH-UBND", False),
        ]
        last = found.hops[-1]
        assert last.target.state == "not-held"
        assert last.target.note == "chưa có trong kho"
        assert [s.start for s in last.sentences] == sorted(s.start for s in last.sentences)
        assert len(last.sentences) == 2

    def test_downward_and_depth(self, chain: Store) -> None:
        assert names(trace(chain, iri("2"), up=False, depth=1), "down") == [(1, "1/KH-UBND", "2/KH-UBND", False)]
        assert [n[0] for n in names(trace(chain, iri("2"), up=False), "down")] == [1, 2, 3]

    def test_only_some_relations(self, chain: Store) -> None:
        found = trace(chain, iri("2"), down=False, depth=1, relations=("can-cu",))
        assert names(found, "up") == [(1, "2/KH-UBND", "3/KH-UBND", False)]

    def test_thac_mo_ends_at_the_town_plan(self, five: Store) -> None:
        found = trace(five, "thac mo")
        town = next(hop for hop in found.hops if hop.target.iri.endswith("/ke-hoach/2024/203"))
        assert "203/KH-UBND" in town.target.name
        assert "thị xã Phước Long" in town.target.name
        assert town.target.note == "chưa có trong kho"
        assert not any(hop.source.iri == town.target.iri for hop in found.hops), "the chain ends there"
        assert [s.relation for s in town.sentences] == ["can-cu", "dan-chieu"]
        assert all(s.words in s.sentence for s in town.sentences)

    def test_a_decree_shows_who_relies_on_it(self, five: Store) -> None:
        found = trace(five, "91/2017/NĐ-CP", up=False, depth=1)
        verdicts = {h.source.name[:8]: [s.verdict for s in h.sentences] for h in found.hops if h.source.state == "held"}
        assert verdicts == {"26/KH-UB": ["in-force"], "Ban Chỉ ": ["expired"]}


class TestRadar:
    def test_one_plan_stands_on_dead_law(self, five: Store) -> None:
        (dead,) = radar(five, filters=Filters(verdict="expired"))
        assert dead.cited_number == "91/2017/NĐ-CP"
        assert dead.document.source.startswith("long-thanh")
        assert (dead.verdict, dead.since, dead.replaced_by_number) == ("expired", "2024-01-01", "98/2023/NĐ-CP")
        assert "Mẫu số 08" in (dead.hint or "")
        assert "Nghị định số 91/2017/NĐ-CP" in dead.words

    def test_on_another_day(self, five: Store) -> None:
        numbers = {(d.document.number, d.cited_number) for d in radar(five, "2025-07-01") if d.verdict == "expired"}
        assert ("40/KH-UBND", "98/2023/NĐ-CP") in numbers
        assert ("26/KH-UBND", "91/2017/NĐ-CP") in numbers
        assert not radar(five, "2017-09-30").rows, "none of the plans was there yet"


class TestCompare:
    def cells(self, table: Comparison, aspect: str) -> list[str]:
        return [cell.value for cell in next(row for row in table.rows if row.aspect == aspect).cells]

    def test_one_row_per_aspect_one_column_per_plan(self, table: Comparison) -> None:
        assert [row.aspect for row in table.rows] == list(ASPECTS)
        assert all(len(row.cells) == 5 for row in table.rows)

    def test_quotas(self, table: Comparison) -> None:
        thac_mo, long_thanh, ninh_phuoc, luong_dien, _ = self.cells(table, "so-luong-tap-the")
        assert thac_mo.startswith("giao nơi khác quy định")
        assert long_thanh == "5"
        assert "tối đa 7" in ninh_phuoc
        assert "không nêu" in luong_dien
        assert self.cells(table, "so-luong-ca-nhan")[1:3] == ["10", self.cells(table, "so-luong-ca-nhan")[2]]
        assert "tối đa 10" in self.cells(table, "so-luong-ca-nhan")[2]

    def test_index_results_on_one_scale(self, table: Comparison) -> None:
        row = next(row for row in table.rows if row.aspect == "chi-so")
        positions = [
            max((p.position for p in cell.pieces if p.position is not None), default=None) for cell in row.cells
        ]
        assert positions == [90.0, 100.0, 75.0, None, 50.0]
        assert row.cells[0].value == "≥ 90%"
        assert row.cells[1].value == "= Hoàn thành xuất sắc (bậc 4/4)"
        assert row.cells[3].value == "không nêu"
        assert row.differs

    def test_forms_prizes_and_bars(self, table: Comparison) -> None:
        assert self.cells(table, "mau-bieu")[1] == "Mẫu số 07, 91/2017/NĐ-CP"
        assert self.cells(table, "mau-bieu")[4] == "Mẫu số 08, 98/2023/NĐ-CP"
        assert self.cells(table, "tien-thuong")[3].startswith("300.000 VND")
        assert "Khiển trách" in self.cells(table, "ky-luat")[0]
        assert "> 10%" in self.cells(table, "ky-luat")[2]

    def test_the_words_behind_each_cell_stand_on_the_page(self, five: Store, table: Comparison) -> None:
        for row in table.rows:
            for plan, cell in zip(table.plans, row.cells, strict=True):
                text = five.text(plan.iri) or ""
                for piece in cell.pieces:
                    if piece.words is not None:
                        assert text[piece.start : piece.end] == piece.words

    def test_one_aspect_alone(self, five: Store) -> None:
        assert [row.aspect for row in compare(five, ["thac mo"], "chi-so").rows] == ["chi-so"]
        with pytest.raises(BadParameter, match="chi-so"):
            compare(five, ["thac mo"], "chỉ số")

    def test_as_a_workbook(self, table: Comparison) -> None:
        stream = io.BytesIO()
        write_xlsx(table, stream)
        book = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
        sheet = book["So sánh"]
        assert sheet["A1"].value == "Khía cạnh"
        assert sheet.max_column == 6
        index = next(row for row in sheet.iter_rows() if "chỉ số" in str(row[0].value).lower())
        assert index[1].value == "≥ 90%"
        assert "90%" in index[1].comment.text
        words = book["Nguyên văn"]
        assert words.max_row > 30
        again = io.BytesIO()
        write_xlsx(table, again)
        assert again.getvalue() == stream.getvalue()

    def test_nothing_in_a_document_becomes_a_formula(self) -> None:
        plan = f"{BASE}id/doc/a/ke-hoach/2024/1"
        store = store_of(
            f"""@prefix td: <{BASE}ns#> .
            <{plan}> a td:EmulationPlan ; td:sourceName "=1+1.txt" ; td:searchText "x" ;
              td:issuerLabel "=HYPERLINK(\\"http://x\\")" ."""
        )
        stream = io.BytesIO()
        write_xlsx(compare(store, [plan]), stream)
        sheet = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))["So sánh"]
        assert sheet["B2"].value == '=HYPERLINK("http://x")'
        assert sheet["B2"].data_type == "s"
