"""One clause, several conditions: where a bar begins or ends, at *hoặc*, between two thresholds."""

from itertools import pairwise
from typing import NamedTuple

from loaders.phrases import Hit, pattern, reading
from loaders.plan.clauses import each, first, sentences, tidy
from loaders.plan.stretch import Bound
from loaders.plan.thresholds import find_thresholds
from loaders.text import Text

# What a condition does when it is met by *not* being something.
_NEGATED = (
    r"(?:bị|có|vi phạm|để|xét|khen thưởng|thuộc|trong thời gian|mắc|đang|phát sinh|gây|tham nhũng|"
    r"liên quan|còn|xảy ra|đề nghị"
    r"|được xét|công nhận|sai phạm|chấp hành|cá nhân|hoàn thành nhiệm vụ|sử dụng|đảm bảo|tham gia)"
)
_BAR_OPENS = pattern(r"[(“\"]*(?:không|chưa)\b")
BAR_AFTER_SUBJECT = pattern(
    rf"(?:(?!\b(?:hoàn thành|đạt|chấp hành|thực hiện|đảm bảo|bảo đảm|có|được|giữ|là người|tham gia|"
    rf"thi đua|triển khai|phối hợp"
    rf"|và|tốt)\b|[,;:(%])[^.])"
    rf"{{0,90}}?\b(?:không|chưa)(?: được)? {_NEGATED}\b"
)
_BAR_INSIDE = pattern(
    rf"(?:[,;(]|\bvà|\bđồng thời|\bnhưng)\s*(?P<bar>(?:trong năm |trong thời gian [^,.;()]{{3,40}} |nội"
    rf" bộ )?(?:không|chưa) {_NEGATED}\b)"
)
_NOT_BAR = pattern(
    r"(?:không|chưa) (?:quá|dưới|thấp hơn|ít hơn|nhỏ hơn|kém|vượt quá|giới hạn|hạn chế|ngừng|chỉ|những|chuyên trách"
    r"|nhất thiết|gian mạng|khí)"
)
# "Không bị kỷ luật; hoàn thành tốt nhiệm vụ": where a merit goes on after a bar
_MERIT_RESUMES = pattern(
    r"[,;]\s*(?P<merit>(?:và )?(?:hoàn thành|đạt|được đánh giá|được xếp loại|chấp hành|thực hiện"
    r" (?:tốt|nghiêm)|đoàn kết|nội bộ đoàn kết"
    r"|có thành tích|có sáng kiến|có ít nhất|có từ|tích cực|gương mẫu|tham gia)\b)"
    r"|;\s*(?P<other>(?:và |đồng thời )?(?:nộp|đóng|làm|giữ|duy trì|bảo đảm|đảm bảo|tổ chức|triển khai|ứng dụng"
    r"|giải quyết"
    r"|kết quả|tỷ lệ|tỉ lệ|chỉ số|điểm|mức|tổng|số|có|sử dụng|thường xuyên|luôn|phối hợp|xây dựng|100)\b"
    r"(?! (?:(?:cán bộ|công chức|viên chức|đảng viên|người|cá nhân|đơn thư|hành vi|vi phạm|dấu hiệu)\b[^;]*)?"
    r"(?:bị|vi phạm|khiếu|tố cáo)))"
)
# Printed among the merits without its negation: "Cơ quan có đơn thư khiếu kiện, có dấu hiệu tham nhũng …"
_FAULT = pattern(
    r"\bcó (?:đơn,? ?thư|dấu hiệu|khiếu (?:nại|kiện)|cá nhân bị|cán bộ[^.;]{0,40} bị|công"
    r" chức[^.;]{0,30} bị|người bị|hành vi vi phạm|vi phạm|đảng viên[^.;]{0,30} bị"
    r"|lãnh đạo[^.;]{0,30} bị)\b|\bbị (?:xử lý |thi hành )?kỷ luật\b|\bbị (?:khiển trách|cảnh cáo|"
    r"khởi tố|phê bình)|\bđang (?:bị|trong thời gian)[^.;]{0,50}"
    r"(?:kỷ luật|điều tra|thanh tra|kiểm tra)|\bvi phạm (?:pháp luật|kỷ luật|chính sách|quy định)|\bmất đoàn kết\b"
)
_FAULTY = pattern(r"đơn,? ?thư|dấu hiệu|khiếu|bị|vi phạm|mất đoàn kết|đang")  # what no fault is told without
_DENIED = pattern(
    r"\b(?:không|chưa|phòng|chống|ngăn chặn|ngăn ngừa|phát hiện|giải quyết|xử lý|hạn chế|kịp thời|"
    r"nghiêm cấm|khắc phục|giảm|đấu tranh)\b"
)
# "… đạt vững mạnh. UBND huyện đề nghị UBND tỉnh tặng Cờ thi đua.": the sentence after the conditions says what is won
_REWARD_FOLLOWS = pattern(
    r"(?:(?:các )?(?:ubnd|ủy ban nhân dân|chủ tịch|hội đồng|ban thi đua|giám đốc|thủ trưởng)[^,;]{0,80}?\b(?:tặng"
    r"|khen thưởng"
    r"|trao)|(?:thì |sẽ )?được (?:xét |đề nghị )*(?:tặng|khen|thưởng)) (?!(?:[^.]{0,80} )?(?:trở lên|ít nhất"
    r"|\d (?:lần|năm)))"
    r"[^.]{0,160}\.?$"
)
_OR_VERB = pattern(
    r"\bhoặc (?=(?:là |phải )?(?:có|đạt|được|là|hoàn thành|tham gia|xếp|tăng|nâng|nằm|thuộc|vượt|đứng|ủng hộ|trả lời"
    r"|tổ chức|giải quyết|làm lợi|đóng góp|hiến|triển khai|thực hiện|không còn|xây dựng|ứng dụng|chủ trì|dẫn đầu"
    r"|giới thiệu"
    r"|vận động|nộp|công bố|đăng|hướng dẫn|hỗ trợ|sở hữu)\b)"
)
# "Có một trong các thành tích: a; b; c"
_ONE_AMONG = pattern(r"\b(?:một|1|01|hai|2|02)(?: \(\d{1,2}\))? trong (?:các |những |số |\d |hai |ba )?[^:;.]{0,70}: ?")
_CONJUNCT = pattern(
    r"[,;]\s*(?=(?:và )?(?:có|được|đạt|là|hoàn thành|tập thể|cá nhân|kết quả|chỉ số|xếp|tỷ lệ|tích"
    r" cực|chấp hành|thực hiện)\b)"
)


class Piece(NamedTuple):
    start: int
    end: int
    polarity: str
    any_of: str | None = None


def split(text: Text, start: int, end: int, barred: bool) -> list[Piece]:
    """The conditions of a clause: at its sentences, where a bar begins or ends, at *hoặc*, between two thresholds."""
    if barred:
        return [Piece(a, b, "bar") for sentence in sentences(text, start, end) for a, b in _items(text, *sentence)]
    pieces: list[Piece] = []
    words = reading(text)
    said = words.between(start, end)
    among = words.search(_ONE_AMONG, start, end) if " trong " in said and ":" in said else None
    if among:
        options = [span for span in _items(text, among.end, end) if span[1] - span[0] >= 8]
        if len(options) >= 2:
            return [Piece(a, b, "merit", f"mot-trong-{start}") for a, b in options]
    for sentence in sentences(text, start, end):
        if pieces and _REWARD_FOLLOWS.match(words.between(*sentence)):
            continue
        parts = _at_semicolons(text, *sentence)
        own = [piece for part in parts for whole in _by_polarity(text, *part) for piece in _by_threshold(text, whole)]
        pieces = _merge(text, pieces, own) if len(parts) == 1 else pieces + own
    return pieces


def _items(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """What a sentence of bars lists: "Không xét đối với cá nhân bị kỷ luật; tập thể để xảy ra tham nhũng"."""
    cuts = [start]
    for hit in each(reading(text), _SEMICOLON, start, end):
        inside = text.raw.count("(", start, hit.start) > text.raw.count(")", start, hit.start)
        if not inside and hit.start - cuts[-1] >= 8:
            cuts.append(hit.end)
    return list(pairwise([*cuts, end]))


_SEMICOLON = pattern(
    r";\s*(?:và |hoặc )?|,\s*(?:hoặc )?(?=(?:đang )?bị (?!phát hiện|xử lý hình)|đang (?:trong|bị)\b|mới được"
    r"|không đăng ký"
    r"|để xảy ra|vi phạm|có (?:đơn thư|hành vi|dấu hiệu))"
)


def _by_polarity(text: Text, start: int, end: int) -> list[Piece]:
    words = reading(text)
    clause = words.between(start, end).strip()
    denied = "khong" in clause or "chua" in clause
    if denied and not _NOT_BAR.match(clause) and (_BAR_OPENS.match(clause) or BAR_AFTER_SUBJECT.match(clause)):
        resumes = first(words, _MERIT_RESUMES, start, end)
        if resumes:
            cut = words.group(resumes, "merit" if resumes["merit"] else "other")[0]
            return [Piece(start, cut, "bar"), *_by_polarity(text, cut, end)]
        return [Piece(start, end, "bar")]
    inside = first(words, _BAR_INSIDE, start, end) if denied else None
    if inside:
        cut = words.group(inside, "bar")[0]
        opened = words.raw[inside.start : cut].find("(")
        close = text.raw.find(")", cut, end) if opened >= 0 else -1
        before, after = inside.start, close + 1 if close >= 0 else end
        tail = [Piece(*t, "merit") for t in [tidy(text, after, end)] if t[1] - t[0] >= 12] if close >= 0 else []
        head = _by_polarity(text, start, before) if before - start >= 8 else []
        bar = _by_polarity(text, cut, close if close >= 0 else end)
        return [*head, *bar, *tail]
    fault = first(words, _FAULT, start, end) if _FAULTY.search(clause) else None
    if fault and not _DENIED.search(words.between(start, fault.start)) and not _DENIED.match(fault.match[0]):
        return [Piece(start, end, "bar")]
    return [Piece(start, end, "merit")]


def _by_threshold(text: Text, piece: Piece) -> list[Piece]:
    """Two thresholds make two criteria; alternatives joined by *hoặc* share their key."""
    words = reading(text)
    if piece.polarity == "merit":
        hoac = "hoac" in words.between(piece.start, piece.end)
        either = first(words, _OR_VERB, piece.start + 4, piece.end) if hoac else None
        either = either or (_or_between(text, piece) if hoac else None)
        if either:
            return _alternatives(text, piece, either.start)
    found = _thresholds(text, piece.start, piece.end, piece.polarity)
    if len(found) < 2:
        return [piece]
    cuts = [piece.start]
    for before, after in pairwise(found):
        gaps = [h.start for h in each(words, _CONJUNCT, before.end, after.start)]
        gaps = gaps or [h.start for h in each(words, _SEPARATOR, before.end, after.start)]
        if gaps:
            cuts.append(gaps[0])
    cuts.append(piece.end)
    return [Piece(a, b, piece.polarity, piece.any_of) for a, b in pairwise(cuts)]


_OR = pattern(r"\bhoặc (?=[a-z“\"])")


def _or_between(text: Text, piece: Piece) -> Hit | None:
    """The *hoặc* that stands between two thresholds."""
    for hit in each(reading(text), _OR, piece.start + 4, piece.end):
        if _thresholds(text, piece.start, hit.start) and _thresholds(text, hit.end, piece.end):
            return hit
    return None


_LISTED = pattern(
    r";\s*(?=(?:và |đồng thời |trong năm )?(?:có|đạt|được|là|hoàn thành|chấp hành|thực hiện|nội"
    r" bộ|đoàn kết|chỉ số|tỷ lệ|tỉ lệ"
    r"|kết quả|tích cực|tập thể|cá nhân|không|chưa|tham gia|xếp|điểm|mức độ|gương mẫu|đảm bảo|bảo"
    r" đảm|triển khai|tổ chức"
    r"|các (?:cơ quan|đoàn thể|đơn vị|tổ chức|chỉ số)|chi bộ|đảng bộ|công đoàn|đã (?:có|được|đạt)|luôn|thủ trưởng|người"
    r" đứng đầu|hưởng ứng|phối hợp|duy trì|phải|xây dựng|giải quyết|ứng dụng|tham mưu|làm tốt|dẫn đầu|cơ quan"
    r"|đơn vị|lãnh đạo|nộp|đóng|giữ|sử dụng|thường xuyên|số|tổng|mức|hội|trường|khoa|phòng|tổ|được hội đồng)\b)"
)
_SEPARATOR = pattern(r"[,;]\s| và ")


def _alternatives(text: Text, piece: Piece, either: int) -> list[Piece]:
    words = reading(text)
    left = piece.start
    for threshold in _thresholds(text, piece.start, either):
        gap = first(words, _CONJUNCT, threshold.end, either)
        left = gap.start if gap else left
    right = piece.end
    for gap in each(words, _CONJUNCT, either, piece.end):
        if _thresholds(text, gap.start, piece.end):
            right = gap.start
            break
    key = f"hoac-{left}"
    pieces = [Piece(left, either, "merit", key), Piece(either, right, "merit", key)]
    after_or = first(words, _OR_VERB, either, right)
    if after_or:
        pieces[1] = Piece(after_or.end, right, "merit", key)
    before = _by_threshold(text, Piece(piece.start, left, "merit")) if left > piece.start else []
    after = _by_threshold(text, Piece(right, piece.end, "merit")) if right < piece.end else []
    return [*before, *pieces, *after]


def _at_semicolons(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """The conditions a sentence lists: "…; nội bộ đoàn kết; không có đơn thư"."""
    words = reading(text)
    cuts = [start]
    for hit in each(words, _LISTED, start, end) if ";" in words.between(start, end) else ():
        inside = text.raw.count("(", start, hit.start) > text.raw.count(")", start, hit.start)
        if not inside and hit.start - cuts[-1] >= 8:
            cuts.append(hit.end)
    return list(pairwise([*cuts, end]))


def _merge(text: Text, before: list[Piece], own: list[Piece]) -> list[Piece]:
    """A sentence that sets no threshold and says the same kind of thing as the one before goes with it."""
    if not before or len(own) != 1:
        return before + own
    last, piece = before[-1], own[0]
    plain = last.polarity == piece.polarity and last.any_of is None and piece.any_of is None
    if plain and not _has_threshold(text, last) and not _has_threshold(text, piece):
        return [*before[:-1], Piece(last.start, piece.end, piece.polarity)]
    return before + own


def _has_threshold(text: Text, piece: Piece) -> bool:
    return bool(_thresholds(text, piece.start, piece.end, piece.polarity))


def _thresholds(text: Text, start: int, end: int, polarity: str = "merit") -> list[Bound]:
    """Where thresholds stand, asked of the very span that a criterion will be made of, so that it is asked once."""
    return find_thresholds(text, *tidy(text, start, end), polarity)
