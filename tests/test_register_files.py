"""What already stands in a file of one's own register is never lost by adding to it."""

from pathlib import Path

import pytest

from loaders.errors import RegisterRefused
from queryapi.register.adding import plan_of, write

GIVEN = {
    "number": "12/2027/NĐ-CP",
    "issued": "2027-01-15",
    "starts": "2027-03-01",
    "type": "nghi-dinh",
    "confidence": "V",
    "sources": ("Công báo số 12 ngày 20/01/2027",),
    "title": "Nghị định mới",
}


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THIDUA_REGISTER", str(tmp_path / "register"))
    (tmp_path / "register").mkdir()
    return tmp_path / "register"


def test_what_was_written_while_it_asked_is_not_written_over(own: Path) -> None:
    """Two people, or an editor left open: whoever comes second is told, and nothing is lost."""
    plan = plan_of(GIVEN, None)
    plan.path.write_text("# a note of somebody else\n", "utf-8")
    with pytest.raises(RegisterRefused, match="đã bị sửa"):
        write(plan, None)
    assert plan.path.read_text("utf-8") == "# a note of somebody else\n"


def test_a_file_in_another_encoding_is_not_rewritten(own: Path) -> None:
    """A note saved in Windows-1258 would come back as question marks."""
    file = own / "ghi-chu.ttl"
    content = "# Ngh\u1ecb \u0111\u1ecbnh".replace("\u1ecb", "i").encode("cp1258")
    file.write_bytes(content)
    with pytest.raises(RegisterRefused, match="UTF-8"):
        plan_of(GIVEN, file)
    assert file.read_bytes() == content
