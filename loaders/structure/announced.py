"""Parts of a plan told by what their lines say, whatever their heading is called: conditions for an award."""

import re

from loaders.phrases import pattern, reading
from loaders.structure.blocks import Node
from loaders.text import Text

# "Tập thể được xét tặng Giấy khen khi đồng thời:", "… phải hội đủ 03 yêu cầu dưới đây:"
_FOLLOW = pattern(
    r"(?:\b(?:đạt|có|bảo đảm|đảm bảo|đáp ứng|hội đủ|hội tụ|thỏa mãn|đủ|theo|tuân theo)(?: đủ| đầy đủ| được| đồng thời)?"
    r" (?:một trong |ít nhất |\d{1,2} |các |những |toàn bộ |tất cả )*"
    r"(?:tiêu chuẩn|tiêu chí|điều kiện|yêu cầu)[^.:;]{0,60}"
    r"|\b(?:khen|tặng|suy tôn|công nhận|bình chọn|bình xét|đề nghị|xét|xếp loại|danh hiệu|thưởng)\b[^.:;]{0,90}"
    r"\b(?:khi|nếu)\b[^.:;]{0,40}"
    r"|\b(?:tiêu chuẩn|tiêu chí|điều kiện)\b[^.:;]{0,60}\b(?:sau|sau đây|dưới đây|như sau|gồm|là)):?\W*$"
)
_REFUSED_FOLLOW = pattern(
    r"(?:[^.:;]{0,60}\b(?:trường hợp|đối tượng) )?\W*(?:không|chưa|tạm dừng|loại)(?: được)? (?:(?:xem )?xét|suy tôn"
    r"|bình (?:xét|chọn|bầu)|công nhận|đề nghị|khen|tặng|trao|chọn|khỏi)\b[^.:;]{0,160}:\W*$"
)
_NEEDED = re.compile(r"khi|khong|neu|tieu ch|dieu kien|yeu cau|chua|loai|tam dung")
# What a condition sounds like; a bar or a grade is none of the aims a campaign sets
_BAR = pattern(
    r"\W*(?:trong năm |nội bộ |tập thể |cá nhân |đơn vị )?(?:không|chưa) (?:có|bị|để|vi phạm|mắc|trong thời gian)\b"
)
_GRADE = pattern(
    r"\b(?:hoàn thành (?:tốt|xuất sắc)? ?nhiệm vụ|xếp loại|đánh giá)\b[^.;]{0,60}\b(?:trở lên|tốt|khá|xuất sắc)\b"
    r"|\bđược [^.;]{0,60}\b(?:suy tôn|bình chọn|bỏ phiếu|công nhận|tín nhiệm)\b(?! (?:\d|tối đa|không quá))"
)
_REACHED = pattern(r"\b(?:từ|đạt|tối thiểu|ít nhất|trên|dưới)\b[^.;]{0,30}\d|\btrở lên\b|\bgương mẫu\b")
# Parts that set something else: their lists of aims, papers or duties may sound alike
_OTHER = frozenset(
    {
        "contents", "solutions", "purpose", "requirements", "targets", "dossier", "organisation", "recipients",
        "appendix", "funding", "criteria",
    }
)  # fmt: skip
_LONGEST = 400


def announces_conditions(text: Text, node: Node, roles: tuple[str, ...]) -> bool:
    """Whether a line with a list under it says that conditions for an award follow, or is followed by such."""
    if not node.children or not _OTHER.isdisjoint(roles) or node.style in ("root", "table") or not node.text_end:
        return False
    if node.text_end - node.text_start <= _LONGEST:
        said = reading(text).between(node.text_start, node.text_end)
        if _NEEDED.search(said) and (_FOLLOW.search(said) or _REFUSED_FOLLOW.match(said)):
            return True
    if not node.title:
        return False
    return _sound_alike(text, node) or _told_for_each(text, node)


def _told_for_each(text: Text, node: Node) -> bool:
    """Whether a heading's sections are conditions for one sort of nominee each: "A. Đối với đơn vị", "B. Cá nhân"."""
    parts = [child for child in node.children if child.children]
    if len(parts) < 2 or len(parts) < len(node.children) or not all(part.title for part in parts):
        return False
    words = reading(text)
    return all(_WHOM.match(words.between(p.text_start, p.text_end)) for p in parts) and any(
        _sound_alike(text, part) for part in parts
    )


_WHOM = pattern(
    r"\W*(?:các |khối )?(?:đối với|với|về|dành cho|cho|tập thể|cá nhân|đơn vị|cán bộ|công chức|người|đảng viên)\b"
)


def told_roles(text: Text, node: Node) -> tuple[str, ...]:
    """The parts a section under a heading nobody knows is about, by its lines: "V. SUẤT KHEN", "GIẤY TỜ KÈM THEO"."""
    if node.style not in _HEADED or not node.title or node.text_end <= node.text_start:
        return ()
    words = reading(text)
    lines = [words.between(c.text_start, min(c.text_end, c.text_start + _LONGEST)) for c in node.children[:12]]
    if (node.title_end or node.text_end) < node.text_end:
        lines.append(words.between(node.title_end or 0, min(node.text_end, node.text_start + _LONGEST)))
    if not lines:
        return ()
    if sum(bool(_PAPER.match(line)) for line in lines) >= max(2, 0.5 * len(lines)):
        return ("dossier",)
    if any(_PLACES.search(line) for line in lines):
        return ("awards", "quota")
    duties = sum(bool(_DUTY.match(line)) for line in lines)
    return ("organisation",) if duties >= max(2, 0.6 * len(lines)) else ()


_HEADED = frozenset({"roman", "part", "caps", "upper", "capital"})
_PAPER = pattern(
    r"\W*(?:\d{1,2} )?(?:bản |văn bản |công văn |bộ )?(?:tờ trình|biên bản|báo cáo (?:thành tích|tóm tắt|tổng kết"
    r"|kết quả)"
    r"|danh sách (?:trích ngang|đề nghị)|công văn đề nghị|bản (?:tóm tắt|thành tích|tự)|phiếu|bảng (?:tự |chấm|tổng))"
)
_PLACES = pattern(
    r"\b(?:giấy khen|bằng khen|cờ thi đua|thư khen|giải (?:nhất|nhì|ba))\b[^.;]{0,90}?\b(?:\d{1,3} [a-z]|tối đa"
    r"|không quá"
    r"|số lượng)|\b\d{1,3} (?:tập thể|cá nhân|đơn vị|giấy khen|bằng khen|giải)\b[^.;]{0,60}\b(?:tặng|khen|nhất|nhì)\b"
)
_DUTY = pattern(
    r"\W*(?:giao |đề nghị |yêu cầu )?(?:các )?(?:phòng|sở|ban|văn phòng|ubnd|ủy ban|công an|trung tâm|hội|đoàn"
    r"|công đoàn"
    r"|chi bộ|đảng ủy|thủ trưởng|trưởng|đơn vị|cơ quan|tổ|báo|đài|trường|khoa|bộ phận|cụm|khối|phó|bí thư|chủ tịch"
    r"|giám đốc|hiệu trưởng|tổ trưởng)\b[^.;]{0,110}?(?::|\b(?:chủ trì"
    r"|phối hợp|tham mưu|theo dõi|tổng hợp|hướng dẫn|có trách nhiệm|chịu trách nhiệm|đôn đốc|bố trí|tuyên truyền"
    r"|vận động)\b)"
)


def _sound_alike(text: Text, node: Node) -> bool:
    """Whether most of what is listed are conditions, one at least no mere aim."""
    leaves = [child for child in node.children if not child.children and child.style not in ("table", "recipients")]
    if len(leaves) < 2 or len(leaves) < len(node.children):
        return False
    words = reading(text)
    places = [(c.text_start, min(c.text_end, c.text_start + _LONGEST)) for c in leaves]
    others = [place for place in places if not (words.match(_BAR, *place) or words.search(_GRADE, *place))]
    if len(others) == len(places):
        return False
    aims = sum(words.search(_REACHED, *place) is None for place in others)
    return len(places) - aims >= 0.6 * len(places)
