"""Parts of a plan told by what their lines say, whatever their heading is called: conditions for an award."""

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
_NEEDED = ("khi", "neu", "tieu ch", "dieu kien", "yeu cau", "khong", "chua", "loai", "tam dung")
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
    if not node.children or _OTHER & set(roles) or node.style in ("root", "table") or not node.text_end:
        return False
    if node.text_end - node.text_start <= _LONGEST:
        said = reading(text).between(node.text_start, node.text_end)
        if any(word in said for word in _NEEDED) and (_FOLLOW.search(said) or _REFUSED_FOLLOW.match(said)):
            return True
    return bool(node.title) and _sound_alike(text, node)


def _sound_alike(text: Text, node: Node) -> bool:
    """Whether most of what is listed are conditions, one at least no mere aim."""
    leaves = [child for child in node.children if not child.children and child.style not in ("table", "recipients")]
    if len(leaves) < 2 or len(leaves) < len(node.children):
        return False
    said = [reading(text).between(c.text_start, min(c.text_end, c.text_start + _LONGEST)) for c in leaves]
    sure = [bool(_BAR.match(words) or _GRADE.search(words)) for words in said]
    return any(sure) and sum(a or bool(_REACHED.search(w)) for a, w in zip(sure, said, strict=True)) >= 0.6 * len(said)
