"""What stands before a number or a name and says that it is no document's: a street, a slip, a school subject."""

import re

from loaders.text import Text

# "tờ số 12/BĐ-ĐC", "đường số 5/KH", "phiếu chi số 12/PC": with their marks ("to", "ve" are other words)
_THING = re.compile(
    r"(?<!\w)(?:(?:phiếu|ủy\s+nhiệm|lệnh)\s+(?:thu|chi|nhập|xuất|khám|cân|nhập\s+kho|xuất\s+kho)|hóa\s+đơn(?:\s+\w+)?"
    r"|hoá\s+đơn(?:\s+\w+)?|biên\s+lai(?:\s+thu(?:\s+\w+)?)?|chứng\s+từ|quyển|seri|ký\s+hiệu|tài\s+khoản|báo\s+danh"
    r"|tờ(?:\s+bản\s+đồ)?|thửa(?:\s+đất)?|lô(?:\s+đất)?|mảnh(?:\s+bản\s+đồ)?|mốc(?:\s+giới)?|đường|phố|ngõ|ngách|hẻm"
    r"|kiệt|nhà|căn\s+hộ|tầng|kiốt|sạp|quầy|(?<!liên\s)phòng(?:\s+thi)?|mã(?:\s+(?:đề|số|nguồn))?|đề|giường|bệnh\s+án"
    r"|(?:tuyến\s+)?xe\s+buýt|tuyến|(?-i:giá)|kệ|cặp|hộp|bưu\s+(?:kiện|phẩm)|vé|cột(?:\s+điện)?|trạm(?:\s+biến\s+áp)?|cầu"
    r"|số\s+hiệu|chuyến(?:\s+bay)?|biển(?:\s+(?:số|kiểm\s+soát))?|khung|máy|thẻ|sổ(?:\s+tiết\s+kiệm)?)\s+(?:số\s*)?$",
    re.IGNORECASE,
)
# "môn Luật Dân sự", "bộ phim Luật Đời", "Câu lạc bộ Luật Trẻ", "Trọng tài phổ biến Luật Bóng chuyền"
_TAUGHT = re.compile(
    r"(?<![a-z])(?:mon|bo\s+phim|phim|lam\s+phim|cau\s+lac\s+bo|clb|nhom|vo\s+kich|tieu\s+thuyet|cuon(?:\s+sach)?"
    r"|chuyen\s+nganh|sinh\s+vien|giang\s+vien|day)\s+$"
)
_WITH_ONE = re.compile(r"(?<![a-z])va\s+(?:nhom\s+|mon\s+)?$")


def is_thing(text: Text, number: int) -> bool:
    """Whether a number is a thing's: "phiếu chi số 12/PC".

    >>> is_thing(Text.of("nhà ở đường số 5/KH"), 15), is_thing(Text.of("Kế hoạch số 5/KH"), 12)
    (True, False)
    """
    return _THING.search(text.raw, max(0, number - 34), number) is not None


def is_taught(text: Text, law: int, floor: int = 0) -> bool:
    """Whether the name of a law is a subject's, a film's, a club's; joined by *và* to one it is one as well.

    >>> is_taught(Text.of("dạy môn Luật Dân sự"), 8)
    True
    """
    start = max(floor, law - 26)
    if _TAUGHT.search(text.folded, start, law):
        return True
    joined = _WITH_ONE.search(text.folded, start, law)
    last = text.folded.rfind("luat ", max(floor, law - 60), joined.start()) if joined else -1
    return last > 0 and not re.search(r"[.;,\n]", text.raw[last:law]) and is_taught(text, last, floor)


# what makes an unlisted name a citation: "theo quy định của Luật …", "Điều 12 Luật …", "thi hành Luật …"
_GOVERNED = re.compile(
    r"(?<![a-z])(?:can\s+cu|theo|quy\s+dinh(?:\s+(?:cua|tai|trong))?|tai|cua|thuc\s+hien|thi\s+hanh|sua\s+doi|bo\s+sung"
    r"|thay\s+the|bai\s+bo|chap\s+hanh|ap\s+dung|vi\s+pham|trien\s+khai|ban\s+hanh|thong\s+qua|du\s+an|du\s+thao|xay\s+dung"
    r"|tuyen\s+truyen|quan\s+triet|huong\s+dan|(?:dieu|khoan|diem|chuong|muc)\s+[a-z\d]{1,4})(?:\s+(?:cac|dung|nghiem|tot|hieu\s+qua))*\s+$"
)
_LISTED = re.compile(
    r"(?:^|[;:]\s*|\n[\s*+•–-]*|(?<![a-z])(?:luat|nghi\s+dinh|phap\s+lenh|thong\s+tu)[^.;]{3,90}(?:,\s*|\sva\s+))$"
)


def is_governed(text: Text, law: int) -> bool:
    """Whether a word before a law's name says that it is cited.

    >>> is_governed(Text.of("theo quy định của Luật Chữ thập xanh"), 18), is_governed(Text.of("hát Luật Xanh"), 4)
    (True, False)
    """
    start = max(0, law - 120)
    return _GOVERNED.search(text.folded, start, law) is not None or _LISTED.search(text.folded, start, law) is not None
