"""Whether a document is to be acted by, or is only spoken of: "thực hiện theo Điều 5 Quyết định số 15/2020/QĐ-UBND"."""

import re

from loaders.text import Text

_REACH = 160
# between the words that bid one follow it and the document: the part of it, and words that say nothing new
_PART = (
    r"(?:(?:diem|khoan|dieu|muc|phan|chuong|tiet|phu luc|mau|bieu mau|mau bieu)(?: so)? [0-9a-z./]{1,6}"
    r"|cac|nhung|quy dinh|noi dung|huong dan|trinh tu|thu tuc|tieu chuan|tieu chi|mau|bieu mau|phu luc"
    r"|tai|cua|ve|trong|va|den|theo|dung|ban hanh kem theo|kem theo|dinh kem)"
)
_BIDS = re.compile("theo|ap dung|tuan thu|chap hanh|thuc hien|can cu")  # each letter by letter: soon not found
_FOLLOWED = re.compile(
    rf"(?:(?<!kem\s)(?<!tiep\s)\btheo|\b(?!theo)(?:{_BIDS.pattern}))"
    rf"(?:[\s,]+{_PART.replace(' ', chr(92) + 's+')})*[\s,]*$"
)
# what was done then is only told: "việc khen thưởng trước đây theo Nghị định số 91/2017/NĐ-CP"
_PAST = re.compile(r"\b(?:truoc\s+(?:day|kia)|da)\b[a-z\s]{0,40}$")
# "Không dùng mẫu báo cáo theo Nghị định số 91/2017/NĐ-CP"; but "nếu không thực hiện theo …" bids one do so. With its
# marks: "kịp thời theo" is no *thôi*
_BARRED = re.compile(
    r"(?<!nếu\s)(?<!hợp\s)(?<!vì\s)(?<!do\s)\b(?:không|chưa|thôi|ngừng|chấm\s+dứt)(?:\s+(?:còn|được|tiếp\s+tục|việc))*"
    r"(?:\s+(?:sử\s+dụng|dùng|lập|viết|làm|nộp|nhận|xét|thực\s+hiện|áp\s+dụng)\b(?:[^\W\d_]| ){0,50})?\s*$",
    re.IGNORECASE,
)


def is_followed(text: Text, start: int) -> bool:
    """Whether the words before a citation bid one act by it.

    >>> is_followed(Text.of("Xét theo Điều 5 Quyết định số 15/2020/QĐ-UBND"), 16)
    True
    >>> is_followed(Text.of("Không áp dụng Quyết định số 15/2020/QĐ-UBND"), 14)
    False
    >>> is_followed(Text.of("Quy chế ban hành kèm theo Quyết định số 15/2020/QĐ-UBND"), 26)
    False
    """
    for bid in _BIDS.finditer(text.folded, max(0, start - _REACH), start):
        end = bid.start()
        if _FOLLOWED.match(text.folded, end, start):
            begin = max(0, end - 60)
            return not (_PAST.search(text.folded, begin, end) or _BARRED.search(text.raw, begin, end))
    return False
