"""Whom awards are counted in: offices, schools, unions and quarters on one side, persons on the other."""

import re
from functools import cache

from loaders.phrases import fold_pattern
from loaders.text import fold

_PERSONS = (
    "cán bộ", "công chức", "viên chức", "người lao động", "người", "đồng chí", "giáo viên", "học sinh", "sinh viên",
    "đoàn viên", "hội viên", "nhà giáo", "chiến sĩ", "chiến sỹ", "nông dân", "công nhân", "đảng viên", "công dân",
    "nhân viên", "giảng viên", "thanh niên", "thiếu nhi", "bác sĩ", "điều dưỡng", "kỹ sư", "nghệ nhân", "doanh nhân",
    "giám đốc doanh nghiệp", "giám đốc", "chủ nhiệm", "trưởng thôn", "trưởng ấp", "trưởng bản", "tổ trưởng", "bí thư",
    "phóng viên", "nhà báo", "tác giả", "vận động viên", "huấn luyện viên", "thí sinh", "học viên",
    "sĩ quan", "quân nhân",
    "lao động", "nhà khoa học", "hiệu trưởng", "kiểm toán viên", "thẩm phán", "kiểm sát viên", "đội viên", "nữ",
    "già làng", "người dân", "giao dịch viên", "cộng tác viên", "thầy cô", "cô giáo",
)  # fmt: skip
_BODIES = (
    "cơ quan", "đơn vị", "phòng", "sở", "xã", "phường", "đặc khu", "huyện", "thôn", "tổ dân phố",
    "doanh nghiệp", "hợp tác xã", "trường", "chi đoàn", "chi bộ", "lớp", "tổ công đoàn", "công đoàn cơ sở",
    "công đoàn bộ phận", "công đoàn", "địa phương", "khoa", "ấp", "buôn", "làng", "khu phố",
    "khu dân cư", "tổ tự quản", "tổ chuyên môn", "tổ", "đội", "nhóm", "phân xưởng", "thuế cơ sở", "chi cục",
    "chi nhánh", "trạm y tế", "trạm", "trung tâm", "bệnh viện", "đảng bộ", "đảng ủy", "chi hội", "hội cơ sở",
    "hội", "cụm", "khối", "sở, ban, ngành", "ban, ngành", "ban", "viện", "vụ", "cục", "công ty", "nhà máy",
    "ngân hàng", "hải quan", "đồn", "tiểu đoàn", "đại đội", "liên đội", "liên đoàn lao động", "câu lạc bộ",
    "dòng họ", "thành phố", "thị trấn", "tàu", "kíp", "ca sản xuất", "bộ phận", "ủy ban nhân dân", "ubnd",
    "đài", "báo", "cơ sở", "chi hội phụ nữ", "nghiệp đoàn", "đoàn cơ sở", "huyện đoàn", "sở, ngành",
    "phòng, ban", "xã, phường", "phường, xã", "kho bạc", "tòa án", "viện kiểm sát",
)  # fmt: skip
# "03 sở hữu", "02 bản chính", "05 tổ chức", "01 hội nghị": the noun is the first half of another word
_NOT_BEFORE = {
    "sở": "hữu|thích", "báo": "cáo",
    "tổ": "chức|hợp|trưởng|phó", "hội": "nghị|đồng|thi|diễn|thảo|trường", "ban": "hành", "khối": "lượng",
    "đội": "ngũ|trưởng|phó|viên", "cơ sở": "dữ liệu|vật chất|pháp lý", "phòng": "chống|ngừa|, chống", "vụ": "việc|án",
    "trường": "hợp", "viện": "chức|trợ", "xã": "hội", "nhóm": "nội dung|tiêu chí|giải pháp", "chi hội": "phí",
    "lao động": "tiên tiến", "đồng chí": "hướng", "trạm": "biến áp", "nữ": "công",
}  # fmt: skip
_WORDS = sorted((*_PERSONS, *_BODIES), key=len, reverse=True)


def _nouns() -> str:
    """The nouns as alternatives of a pattern, the longest first: letter by letter, as each wrong one costs time."""
    ends: dict[str, list[str]] = {}
    for word in _WORDS:
        other = f"(?! (?:{_NOT_BEFORE[word]}))" if word in _NOT_BEFORE else ""
        ends.setdefault(fold(word[0]), []).append(word[1:] + other)
    return "|".join(f"{letter}(?:{'|'.join(some)})" for letter, some in ends.items())


NOUNS = _nouns()


@cache
def _persons() -> re.Pattern[str]:
    longest = sorted(_PERSONS, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(fold_pattern, longest))})\b")


def is_person(words: str) -> bool:
    """Whether words without marks begin with a sort of person.

    >>> is_person("dang vien"), is_person("chi bo"), is_person("don vi hang nhi")
    (True, False, False)
    """
    return bool(_persons().match(words))
