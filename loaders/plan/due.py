"""Whether a day is one of a duty: not a flood's, not a birth's, not that of a bill for power."""

import re

from loaders.findings import Deadline
from loaders.text import Text

# what somebody is to do; after *đã* it was done
_DUTY = re.compile(
    r"(?<!\w)(?:(?:gửi|nộp|báo\s+cáo|hoàn\s+(?:thành|thiện)|tổ\s+chức|đăng\s+ký|trình|lập|tổng\s+hợp|sơ\s+kết|tổng\s+kết"
    r"|xét|bình\s+(?:xét|chọn)|đề\s+nghị|triển\s+khai|thực\s+hiện|xây\s+dựng|ban\s+hành|phát\s+động|kiểm\s+tra|phấn\s+đấu"
    r"|đánh\s+giá|thẩm\s+định|rà\s+soát|công\s+bố|đạt|giải\s+ngân|khắc\s+phục|bảo\s+đảm|đảm\s+bảo|chấm|hồ\s+sơ|thời\s+hạn"
    r"|thời\s+gian|chậm\s+nhất|phải|cần|sẽ|tập\s+trung|đưa\s+vào|khen|tặng|trao|tiến\s+hành|họp|cập\s+nhật|thi\s+đua)(?!\w))",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?<!\w)(?:đã|vừa)\s+(?:được\s+|cơ\s+bản\s+)?[^\W\d]+(?:\s+[^\W\d]+)?|(?<!\w)ước\s+(?:đạt|thực\s+hiện)",
    re.IGNORECASE,
)
# "sinh trước ngày 01/01/2005", "hợp đồng ký trước ngày …": whom or what a rule is about
_OF_WHAT = re.compile(
    r"(?<!\w)(?:sinh|ký(?:\s+kết)?|tuyển\s+dụng|vào\s+(?:Đảng|ngành)|xây\s+dựng|cấp|thành\s+lập|nhập\s+(?:ngũ|học)"
    r"|sử\s+dụng|kết\s+hôn|mua|phát\s+sinh|tốt\s+nghiệp)\s+(?:từ\s+)?$",
    re.IGNORECASE,
)
_BILL = re.compile(
    r"(?<!\w)(?:nộp|đóng|thanh\s+toán|trả)\s+(?:tiền\s+)?(?:điện|nước|nhà|thuê|viện\s+phí|học\s+phí|học|phòng|lãi|gốc"
    r"|cước|điện\s+thoại|rác)(?!\w)",
    re.IGNORECASE,
)
_PAYING = ("nộp", "đóng", "thanh", "trả")  # a bill is one of these: plain words are found far quicker than a form
_STATE = re.compile(
    r"(?<!\w)(?:có|còn)\s+(?:hơn\s+|trên\s+|gần\s+)?\d|(?<!\w)(?:theo\s+thống\s+kê|tính\s+đến)(?!\w)", re.IGNORECASE
)


def is_due(text: Text, deadline: Deadline, bound: int, issued: str | None) -> bool:
    """Whether something is due on the day told at a place of a deadline's words.

    >>> words = "Trước ngày 15/11/2024 dịch bệnh đã được khống chế"
    >>> is_due(Text.of(words), Deadline(text=words, start=0, end=len(words)), 0, "2025-02-10")
    False
    >>> words = "Hồ sơ gửi về Phòng Nội vụ trước ngày 15/11/2024"
    >>> is_due(Text.of(words), Deadline(text=words, start=0, end=len(words)), 26, "2025-02-10")
    True
    """
    said, before = deadline.text, text.raw[deadline.start : max(deadline.start, bound)]
    lower = said.lower()
    if (
        "%" not in said and any(map(lower.__contains__, _PAYING)) and _BILL.search(said)
    ):  # "60% lượt thanh toán viện phí … vào cuối năm" is an aim
        return False
    past = bool(issued and deadline.date and deadline.date < issued)
    if past and _OF_WHAT.search(before):
        return False
    told = "đã" in lower or "vừa" in lower or ("ước" in lower and ("đạt" in lower or "thực" in lower))
    done = told and _DONE.search(said) is not None
    if not done and not past:
        return True
    left = _DONE.sub(" ", said)
    if past:
        left = _STATE.split(left)[0] if _STATE.search(left) else left
    return _DUTY.search(left) is not None
