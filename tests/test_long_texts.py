"""Reading grows with the text and no faster: twice the text is twice the work, and megabytes come to an end.

Work is counted in calls, never in seconds. A pattern that tries each sign with each is one call, however long it takes:
such texts are read by a process of its own, which is stopped where it hangs.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.findings import Findings, Source
from loaders.read import find
from loaders.text import Text

pytestmark = pytest.mark.slow
PLAN = (Path(__file__).parent.parent / "examples" / "plans" / "luong-dien-kh-ubnd-2023.txt").read_text("utf-8")
HEAD = """ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI
Số: 26/KH-UBND
Đồng Nai, ngày 5 tháng 3 năm 2024
KẾ HOẠCH
Phát động thi đua năm 2024

"""

ARTICLE = """Điều {n}. Nội dung thứ {n}
1. Cơ quan, đơn vị thực hiện theo Nghị định số {n}/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ.
2. Khen thưởng được xét hàng năm, trước ngày 15/12.

"""
NESTED = "{n}. Nội dung\na) đối với tập thể:\n- đạt:\n+ có:\n(1) được biểu dương.\n"
TEXTS: dict[str, Callable[[int], str]] = {
    "a plan again and again": lambda n: PLAN * (n * 40 // len(PLAN) + 1),
    "a law of many articles": lambda n: HEAD + "".join(ARTICLE.format(n=i + 1) for i in range(n // 4)),
    "numbers": lambda n: HEAD + "".join(f"{i + 1}/2023/QĐ-UBND; " for i in range(n)),
    "dates": lambda n: HEAD + "trước ngày 15/6/2024; " * n,
    "one line": lambda n: HEAD + "Các đơn vị tổ chức phong trào thi đua, xét khen thưởng theo quy định " * n,
    "articles without words": lambda n: HEAD + "Điều 1.\n" * n,
    "nested marks": lambda n: HEAD + "".join(NESTED.format(n=i + 1) for i in range(n // 3)),
    "conditions": lambda n: (
        HEAD + "I. TIÊU CHUẨN KHEN THƯỞNG\n1. Tập thể\n" + "- đạt từ 90% trở lên, xếp loại tốt;\n" * n
    ),
    "quotas": lambda n: HEAD + "I. SỐ LƯỢNG KHEN THƯỞNG\n" + "- Giấy khen: 05 tập thể và 10 cá nhân;\n" * n,
    "rows of a table": lambda n: HEAD + "| 1 | Tập thể | 02 |\n" * n,
    "recipients": lambda n: HEAD + "Nơi nhận:\n" + "- Các sở, ban, ngành;\n" * n,
    "units": lambda n: HEAD + "huyện Long Thành, tỉnh Đồng Nai; " * n,
    "blanks": lambda n: HEAD + " " * (40 * n) + "\nI. MỤC ĐÍCH\n",
    "lines without words": lambda n: HEAD + "\n" * (40 * n) + "I. MỤC ĐÍCH\n",
    "brackets and quotation marks": lambda n: HEAD + "(“" * (20 * n),
    "dots": lambda n: HEAD + "." * (40 * n) + "_" * (40 * n),
}


def read(words: str) -> Findings:
    return find(Text.of(words), Source(name="x.txt", sha256="0" * 64))


def calls(words: str) -> int:
    """How many functions, ours or built in, are called to read a text."""
    count = 0

    def one_more(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(one_more)
    try:
        read(words)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", TEXTS)
def test_twice_the_text_is_twice_the_work(kind: str) -> None:
    read(PLAN)  # lists and tables are read once for a process
    once, twice, thrice = (calls(TEXTS[kind](n)) for n in (600, 1200, 1800))
    assert thrice - twice <= 1.3 * (twice - once) + 20_000, (once, twice, thrice)


@pytest.mark.parametrize("kind", ["a plan again and again", "one line", "blanks", "dots"])
def test_four_megabytes_come_to_an_end(kind: str) -> None:
    words = TEXTS[kind](100_000)
    assert len(words.encode()) >= 4_000_000
    assert read(words).document.type == "ke-hoach"


DECISION = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG NAI
Số: 12/2024/QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đồng Nai, ngày 5 tháng 3 năm 2024

QUYẾT ĐỊNH
Ban hành Quy chế thi đua, khen thưởng

Điều 1. Ban hành kèm theo Quyết định này Quy chế thi đua, khen thưởng {}
Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 3 năm 2024; bãi bỏ Quyết định số 3/2020/QĐ-UBND {}, trừ quy định {}.
{}
Nơi nhận:
- Như Điều 3;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Võ Văn A
{}
QUY CHẾ
Thi đua, khen thưởng
(Kèm theo Quyết định số 12/2024/QĐ-UBND)
"""
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
FILLED = {
    "blanks": " ",
    "lines": "\n",
    "lines of blanks": "\n \t",
    "dots": ".",
    "stars": "*",
    "lines drawn": "_",
    "digits": "1",
    "letters": "a",
    "numbers of numbers": "1.",
    "short words": "a, ",
    "runs of blanks": " " * 190 + "số",
    "mottos": MOTTO,
    "labels before an act": "\n" + "1." * 26 + "x thay thế Quyết định số 5/2021/QĐ-UBND.",
    "brackets": "(",
    "attached": "kèm theo ",
}
READ = """
import sys
from pathlib import Path
from loaders.read import read
for name in sys.argv[1:]:
    found = read(Path(name))[1]
    print(found.document.type, found.document.number)
"""


@pytest.mark.parametrize("filling", FILLED.values(), ids=FILLED)
def test_a_decision_filled_with_anything_comes_to_an_end(filling: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    words = (filling * (20_000 // len(filling) + 1))[:20_000]
    file.write_text(DECISION.format(*[words] * 5), "utf-8")
    command = [sys.executable, "-c", READ, str(file)]
    # two seconds of reading at the most; minutes and hours where a pattern tries each sign with each
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.split() == ["quyet-dinh", "12/2024/QĐ-UBND"]
