"""Where the words after a citation are the sentence's own again: the enacting line, who acts, what becomes of it."""

import re

from loaders.text import Text

# "của Trung ương và Kế hoạch số 30-KH/TU": a paper is no part of a body's name
AND_A_PAPER = (
    r"và\s+(?:các\s+)?(?:Kế\s+hoạch|Nghị|Quyết\s+định|Chỉ\s+thị|Thông|Kết\s+luận|Công|Chương\s+trình|Quy|Tờ\s+trình"
    r"|Báo\s+cáo|Hướng\s+dẫn)[\w\s]{0,20}?\s(?:số\s|\d)"
)
_AGAIN = re.compile(
    # "… về việc khen thưởng, QUYẾT ĐỊNH: Điều 1"
    r",\s*(?=(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|THÔNG BÁO|NGHỊ QUYẾT)\s*:)"
    # "… về phong trào thi đua năm 2026, Để phấn đấu hoàn thành …"
    r"|,\s+(?=(?:Để|Nhằm|Nay|Căn cứ|Xét|Thực hiện|Theo)\s)"
    # a scanner's colon for a semicolon: "… về phong trào thi đua:⏎Căn cứ Kế hoạch số …"
    r"|[:,]\s*\n\s*[*_]*(?=(?:Căn cứ|Xét|Theo|Thực hiện|Trên cơ sở)\s)"
    # "… ban hành Quy chế thi đua hết hiệu lực kể từ ngày Quyết định này có hiệu lực"
    r"|,?\s+(?=(?:đã\s+)?(?:hết hiệu lực|có hiệu lực|được bãi bỏ|bị bãi bỏ|chấm dứt hiệu lực)"
    r"(?:\s+(?:kể\s+)?(?:từ|thi hành)\s|$|[.;]))"
    # "…, các cơ quan, đơn vị đã triển khai nghiêm túc"
    r"|,\s+(?=(?:các|mọi|từng|toàn thể)\s+(?:cơ quan|đơn vị|địa phương|sở|bộ|ngành|xã|cấp)[^;.:]{0,60}?\s"
    r"(?:đã|cần|phải|có trách nhiệm|khẩn trương|nghiêm túc|chủ động)\s)"
    # "…, đề nghị các sở, ban, ngành thực hiện các nội dung sau đây:"
    r"|,\s+(?=(?:đề nghị|yêu cầu|kính đề nghị|trân trọng đề nghị)\s+[^;.]{3,200}:\s*(?:\n|$))"
)
_AHEAD = 220  # how far what follows may have to be read
_SIGNS = (",", ":", "hiệu lực", "bãi bỏ")


def own_words_end(text: Text, start: int, end: int) -> int:
    """Where a title that was read from one place to another is over.

    >>> said = Text.of("về việc khen thưởng, QUYẾT ĐỊNH: Điều 1")
    >>> said.raw[: own_words_end(said, 0, 39)]
    'về việc khen thưởng'
    """
    if not any(text.raw.find(sign, start, end) >= 0 for sign in _SIGNS):
        return end
    again = _AGAIN.search(text.raw, start + 1, end + _AHEAD)
    return again.start() if again and again.start() < end else end
