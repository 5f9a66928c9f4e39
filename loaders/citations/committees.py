"""Where the name of a steering committee ends that tells what it is for only after *về*.

"Kế hoạch số 03-KH/BCĐ ngày 22/5/2025 của Ban Chỉ đạo tỉnh về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển
đổi số": a province has many such committees, and the first words after *về* are no title.
"""

import re
from functools import cache

from loaders.lexicon import lexicon
from loaders.text import Text, fold

_REACH = 200
# the name ends with its clause, before the title's own *về*, or before the next paper of the list
_END = re.compile(
    r"[;.:()\[\]“”\"]|\n[ \t]*\n|\s(?:về|Về|V/v)\s|,?\s+(?:và|cùng|tại|theo)\s+(?:các\s+)?(?!Đề án)[A-ZĐ]|,\s+[A-ZĐỦ]"
    r"|,?\s+(?:ban hành|yêu cầu|đề nghị|phê duyệt|triển khai|hướng dẫn|thông báo|kết luận)\s"
    r"|,\s+(?:các|cùng|theo|nay|để)\s"
)


@cache
def _topic() -> re.Pattern[str]:
    names = "|".join(re.escape(fold(name)).replace(r"\ ", r"\s+") for name in lexicon("committees")["topics"])
    return re.compile(rf"\s+ve\s+(?:{names})(?![a-z])")


def topic_end(text: Text, position: int, stop: int) -> int:
    """The end of what a committee is for, if that is told after its name; else the position itself.

    >>> said = Text.of("Ban Chỉ đạo tỉnh về chuyển đổi số về kế hoạch năm 2025;")
    >>> said.raw[: topic_end(said, 16, 60)]
    'Ban Chỉ đạo tỉnh về chuyển đổi số'
    """
    topic = _topic().match(text.folded, position, stop)
    if topic is None:
        return position
    limit = min(stop, len(text.raw), topic.end() + _REACH)
    end = _END.search(text.raw, topic.end(), limit)
    return position + len(text.raw[position : end.start() if end else limit].rstrip(" \n\t,*_"))
