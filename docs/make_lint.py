"""Writes docs/lint.md from the rules a draft is tested on: `python docs/make_lint.py`. A test says when it is stale."""

import re
from pathlib import Path

from queryapi.lint import SEVERITIES, rules_of_drafts
from shapes.check import Rule

TARGET = Path(__file__).parent / "lint.md"
LEVELS = {"Violation": "lỗi", "Warning": "lưu ý", "Info": "gợi ý"}
HEAD = """# Soát lỗi dự thảo

Trang này do `python docs/make_lint.py` viết ra từ `shapes/*.ttl`. `thidua lint FILE` đọc dự thảo và báo từng chỗ không
ổn: dòng và cột, chữ ở chỗ ấy, vì sao, sửa thế nào, quy tắc dựa vào đâu. Không cần kho dữ liệu; có `--store` thì việc
“giao cho kế hoạch khác” được đối chiếu với văn bản trong kho, có `--superior` thì số lượng, hồ sơ, mẫu biểu được so với
kế hoạch cấp trên.

- **lỗi**: căn cứ hay mẫu đã chết, điều trái hẳn với ý định. **lưu ý**: phải sửa hoặc bổ sung trước khi ký.
  **gợi ý**: nên xem lại, có thể là cố ý.
- Mã thoát 1 khi có lỗi hoặc lưu ý; chỉ có gợi ý thì mã thoát 0. Tệp không đọc được: mã thoát 2.
- Văn bản quét hỏng dấu: quy tắc về câu chữ (†) chỉ còn là gợi ý, hoặc im lặng.
- Căn cứ chưa tự kiểm chứng được ghi “chưa kiểm chứng”; số mẫu suy luận chỉ là gợi ý, không bao giờ là kết luận.
"""


def text() -> str:
    """The whole page."""
    rules = rules_of_drafts()
    parts = [HEAD]
    for severity in SEVERITIES:
        rows = [_row(name, rule) for name, rule in rules.items() if rule.severity == severity]
        head = "| quy tắc | điều gì | cách sửa | căn cứ |\n|---|---|---|---|\n"
        parts.append(f"## {LEVELS[severity].capitalize()}\n\n{head}{''.join(rows)}")
    return "\n".join(parts)


def _row(name: str, rule: Rule) -> str:
    mark = " †" if rule.finding_source == "text" else ""
    unsure = " (chưa kiểm chứng)" if rule.confidence and rule.confidence != "v" else ""
    cells = (f"`{name}`{mark}", _plain(rule.messages["vi"]), _plain(rule.remedies["vi"]), f"{rule.source}{unsure}")
    return f"| {' | '.join(cells)} |\n"


def _plain(sentence: str) -> str:
    """The sentence with what will stand there told by dots."""
    return re.sub(r"\{\w+\}", "…", re.sub(r"[\[\]|]", "", sentence))


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
