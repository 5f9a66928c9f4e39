"""Who is charged: a sentence's agent, whole, before the verb of its duty.

A name may hold a word that is also a verb: "Ban Tổ chức - Nhân sự", "Sở Xây dựng", "các tổ chức chính trị - xã hội".
"""

from loaders.phrases import Reading, pattern, reading
from loaders.text import Text

__all__ = ["BODY", "VERB", "after_agent", "duty_at"]

BODY = (
    r"(?:ủy ban|ubnd|ub ?mttq|mttq|mặt trận tổ quốc|ban chỉ đạo|hội đồng|"
    r"thường trực|văn phòng|phòng|sở|ban|các|thủ trưởng|chủ tịch|giám đốc|tổng giám đốc|trưởng|công chức|cán bộ|"
    r"đài|trung tâm"
    r"|bộ phận|cơ quan|đơn vị|đoàn thể|báo(?! cáo)|công an|bảo hiểm|kho bạc|chi bộ|đảng ủy|đảng bộ|công đoàn|đoàn"
    r" thanh niên|hội(?! nghị| thi| thảo)|người đứng đầu|lãnh đạo|cục|chi cục|trường|ubmttq|tổ (?:dân phố|công tác"
    r"|giúp việc|chuyên môn)|chánh văn phòng|khối trưởng|cụm trưởng|bí thư|hiệu trưởng|viện|liên đoàn"
    r"|thành viên|ban chấp hành|thanh tra|vụ|cụm phó|khối phó|nhà trường|ngân hàng|tòa án"
    r"|tổ trưởng|giáo viên chủ nhiệm|đặc khu|xã|phường|toàn thể"
    r"|thuế|hạt kiểm lâm|trạm y tế|bưu điện|khoa(?! học)|bệnh viện|công ty|tổng công ty|học viện|tiểu ban|ấp|thôn"
    r"|khu phố)"
)
# "tổ chức" is a noun in "các tổ chức chính trị - xã hội", "giúp" in "tổ giúp việc"
_ORGANISES = (
    r"(?<!các )(?<!những )(?<!mọi )tổ chức(?!,? (?:cán bộ|chính trị|xã hội|đoàn thể|quần chúng|cơ sở đảng|đảng\b"
    r"|kinh tế"
    r"|tôn giáo|nhân sự|hành chính|thành viên|cá nhân|hội\b|phi chính phủ))"
)
VERB = (
    rf"(?:tham mưu|chủ trì|phối hợp|tiếp tục|tăng cường|có trách nhiệm|chịu trách nhiệm|triển khai|"
    rf"theo dõi|hướng dẫn|xây dựng|{_ORGANISES}|căn cứ|đẩy mạnh|(?<!ủy ban )(?<!ban )kiểm tra|đôn đốc|tổng hợp|tuyên"
    r" truyền|vận động|quán triệt|nghiêm túc|thực hiện|phát động|phổ biến|đăng ký|xem xét|đề xuất|thường"
    r" xuyên|(?<!ban )chỉ đạo|giúp(?! việc)|là (?:cơ quan|đầu mối|đơn vị|bộ phận)|làm đầu mối|bố trí|cân đối|thẩm định"
    r"|chủ động|báo cáo|(?<!hội đồng )giám"
    r" sát|hưởng ứng|đưa tin|ban hành|cụ thể hóa|đề nghị các|rà soát|kịp thời|lồng ghép|gắn|tích"
    r" cực|tập trung|lựa chọn|được phân công|cấp phát|cử(?! tri)|tiếp nhận|ký kết|thẩm tra|hoàn thành|cung cấp"
    r"|mở chuyên"
    r" mục|bảo đảm|đảm bảo|đăng tải|niêm yết|công bố|in ấn|cấp (?:kinh phí|đổi)|tiến hành|cập nhật|duy trì|thành lập"
    r"|gương mẫu|khẩn trương|nhân rộng|tạo điều kiện)"
)
_DUTY = pattern(rf" (?={VERB}\b)")
_COPULA = pattern(r" là$")


def duty_at(text: Text, start: int, end: int, reach: int) -> int | None:
    """Where the duty of the agent that stands at a place begins: at the first verb that is no part of its name.

    A verb in capitals is part of a name where another follows.

    >>> said = Text.of("Ban Tổ chức - Nhân sự chủ trì theo dõi.")
    >>> said.raw[duty_at(said, 0, len(said.raw), 200):]
    'chủ trì theo dõi.'
    """
    words = reading(text)
    begin = words.offset(start)
    stop = min(words.offset(end), begin + reach)
    spare = None
    for verb in _DUTY.finditer(words.words, begin + 2, stop):
        place = words.place(verb.end())
        if not text.raw[place].isupper():
            return place
        spare = spare or place
    return spare


def after_agent(words: Reading, start: int, place: int) -> int:
    """Where the agent before a duty ends: without the "là" that leads to it."""
    copula = _COPULA.search(words.words, words.offset(start), words.offset(place) - 1)
    return words.place(copula.start()) if copula else place
