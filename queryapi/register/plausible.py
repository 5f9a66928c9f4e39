"""What cannot be, however it was meant: refused where it is said, before anything is made of it."""

import re
from collections.abc import Collection

from loaders.errors import RegisterRefused
from loaders.text import fold

_YEAR = re.compile(r"^\s*\d+\s*/\s*((?:19|20)\d\d)\s*/")
_PROVISION = re.compile(
    r"\b(?:dieu|khoan|diem|chuong|muc|tieu muc|phan|doan|cau|cum tu|phu luc|mau|bieu|quy dinh|danh muc)\b"
)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+")
_DOCUMENT = re.compile(
    r"\b(?:cong bao|dieu|khoan|luat|bo luat|phap lenh|nghi dinh|nghi quyet|thong tu|quyet dinh|chi thi|van ban hop nhat"
    r"|cong van|thong bao|ban goc|ban chinh)\b.*\d|\d+/[^\s/]*[a-z]"
)


def must_be_the_year_of_its_number(number: str, issued: str | None) -> None:
    """The year in "12/2027/NĐ-CP" is the year it was issued: one signed on 31/12 keeps it, whenever it begins.

    >>> must_be_the_year_of_its_number("98/2023/NĐ-CP", "2023-12-31")
    >>> must_be_the_year_of_its_number("17/2027/NĐ-CP", "2025-01-15")
    Traceback (most recent call last):
    ...
    loaders.errors.RegisterRefused: không ghi vào sổ: 17/2027/NĐ-CP mang năm 2027 mà ngày ban hành là năm 2025
    """
    year = _YEAR.match(number)
    if year and issued and year[1] != issued[:4]:
        raise RegisterRefused(
            f"{number} mang năm {year[1]} mà ngày ban hành là năm {issued[:4]}",
            f"{number} bears the year {year[1]}, and its day of issue is in {issued[:4]}",
        )


def must_be_provisions(words: Collection[str]) -> None:
    """
    >>> must_be_provisions(["khoản 2 Điều 16", "phần về công chức", "Phụ lục I"])
    >>> must_be_provisions(["zzz"])
    Traceback (most recent call last):
    ...
    loaders.errors.RegisterRefused: không ghi vào sổ: “zzz” không phải điều khoản; viết như “Điều 5”, “khoản 2 Điều 16”
    """
    for one in words:
        if not _PROVISION.search(fold(one)):
            raise RegisterRefused(
                f"“{one}” không phải điều khoản; viết như “Điều 5”, “khoản 2 Điều 16”",
                f"“{one}” is no provision; write “Điều 5”, “khoản 2 Điều 16”",
            )


def is_found_again(source: str) -> bool:
    """Whether somebody else can look it up: an address, or a reference to a document.

    >>> [is_found_again(s) for s in ("https://vbpl.vn/1", "Công báo số 5", "Điều 59 Nghị định 152/2025/NĐ-CP", "abc")]
    [True, True, True, False]
    """
    return bool(_ADDRESS.match(source) or _DOCUMENT.search(fold(source)))


def must_have_a_source(sources: Collection[str]) -> None:
    """What is verified was seen somewhere, and others must find it there."""
    if not any(map(is_found_again, sources)):
        raise RegisterRefused(
            "mức V cần một nguồn tìm thấy được: --source với địa chỉ (https://…) hoặc văn bản (“Công báo số …”, "
            "“Điều … Nghị định …”); không có thì hạ mức chắc chắn (V-weak, I, K)",
            "V needs a source that can be found: --source with an address (https://…) or a document "
            "(“Công báo số …”, “Điều … Nghị định …”); or give a weaker confidence (V-weak, I, K)",
        )
