"""An anchor spares the search for a form only where that form cannot stand."""

import re
import tomllib
from pathlib import Path

import pytest

from loaders.phrases import reading
from loaders.plan import measured, thresholds
from loaders.text import Text

CASES = Path(__file__).parent / "parts"
PLANS = Path(__file__).parent.parent / "examples" / "plans"
WORDINGS = (
    "có ít nhất 02 (hai) sáng kiến; có 03 mô hình trở lên; từ 2 bậc lương trở lên; tăng 3 hạng trở lên",
    "nâng từ 12 ngày trở lên; không quá 5 lần/năm; tối thiểu 01 (một) bậc; trên 3 giờ; đủ 6 tháng",
    "trên 1.500 (một nghìn năm trăm) triệu đồng; từ 300m2 trở lên; ít nhất 2 trang hồ sơ; vượt 10 tấn",
    "ít nhất một mô hình; tối thiểu hai (02) việc tốt; từ có ba sáng kiến trở lên; không quá năm lượt người",
    "xếp hạng nhất, nhì; xếp từ thứ hạng 3 đến 5; xếp vị trí thứ hai; đứng thứ năm; xếp vào thứ tư; hạng từ thứ ba",
    "vị trí 10 trở lên; đứng từ thứ 3; thứ hạng nhì, hạng ba trong toàn tỉnh trở lên",
)
FORMS = {
    "count": (thresholds._COUNT, thresholds._COUNT_ANCHOR),
    "has": (thresholds._HAS, thresholds._COUNT_ANCHOR),
    "more": (thresholds._MORE, thresholds._COUNT_ANCHOR),
    "rank": (thresholds._RANK, thresholds._RANK_ANCHOR),
    "amount": (measured._AMOUNT, measured._AMOUNT_ANCHOR),
    "spoken": (measured._SPOKEN, measured._SPOKEN_ANCHOR),
}


def _texts() -> list[str]:
    cases = [
        case["text"] for file in sorted(CASES.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]
    ]
    return [*WORDINGS, *cases, *(path.read_text("utf-8") for path in sorted(PLANS.glob("*.txt")))]


@pytest.mark.parametrize(("form", "anchor"), FORMS.values(), ids=FORMS)
def test_a_form_stands_only_where_its_anchor_does(form: re.Pattern[str], anchor: re.Pattern[str]) -> None:
    found = [hit[0] for raw in _texts() for hit in form.finditer(reading(Text.of(raw)).words)]
    assert found
    assert all(map(anchor.search, found))
