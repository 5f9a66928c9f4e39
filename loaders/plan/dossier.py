"""The papers of the nomination dossier, with the form each must follow, or where the list of papers is left to."""

from collections.abc import Iterator
from itertools import pairwise

from loaders.citations.numbers import find_numbers
from loaders.findings import DossierComponent
from loaders.phrases import pattern, reading
from loaders.plan.clauses import Clause, balanced, clauses, sentences, tidy
from loaders.structure.outline import Section
from loaders.text import Text

_LEAD = r"(?:[-+•] ?)?(?:\d{1,2} (?:\([a-z ]{2,12}\) )?(?:bộ |bản |tờ )?)?(?:bản chính |bản sao |bản |các |văn bản )?"
_PAPERS = (
    ("tom-tat", r"(?:tóm tắt|danh sách trích ngang|trích ngang)"),
    ("to-trinh",
        r"(?:t[oô]? ?trình|tờ trình|công văn (?:đề nghị|trình)|đề nghị khen thưởng(?! g)|đề nghị"
        r" (?:của|xét)|văn bản đề nghị|công văn)"),
    ("bien-ban", r"(?:biên bản|trích biên bản)"),
    ("bao-cao-thanh-tich",
        r"(?:báo cáo (?:thành tích|kết quả|tóm tắt|tổng kết|tự đánh giá|của tập thể)|bản thành tích|"
        r"thành tích (?:của|tập thể|cá nhân)|báo cáo(?= (?:của|theo mẫu))|bản tự)"),
    (
        "khac",
        r"(?:danh sách|quyết định|chứng nhận|giấy chứng nhận|bản sao|xác nhận|văn bản|ý kiến|tài"
        r" liệu|hình ảnh|đĩa|file|tệp|phiếu|bảng|giấy|kết quả|phụ lục|minh chứng|sáng kiến|hồ sơ"
        r" minh chứng|kế hoạch|ảnh|bằng chứng|thuyết minh|mô tả|photo|phô tô|đăng ký|cam kết|tự (?:chấm|đánh giá)"
        r"|chụp|tổng hợp"
        r"|giới thiệu"
        r"|đơn (?:đề nghị|đăng ký)|trích ngang|video|clip|phóng sự|bài viết|sơ yếu|lý lịch|đề án|ấn phẩm)",
    ),
)  # fmt: skip
_HEADS = tuple((slug, pattern(rf"{_LEAD}{head}\b")) for slug, head in _PAPERS)
_SURE = pattern(r"\b(?:tờ trình|biên bản|báo cáo thành tích|tóm tắt thành tích|bản thành tích)\b")
_LISTS = pattern(
    r"(?:hồ sơ|thành phần)[^.;:]{0,120}?(?:bao gồm|gồm có|gồm|như sau|sau đây|: ?(?:bao )?gồm(?:"
    r" có)?|:)(?: có)?(?: \d{1,2}"
    r" (?:\([a-z ]{2,12}\) )?(?:bộ|bản|loại)[^:;.]{0,40})?:? ?"
)
# "gửi hồ sơ (tờ trình, biên bản, báo cáo thành tích) về Phòng Nội vụ"
_IN_BRACKETS = pattern(
    r"\bhồ sơ[^.;:()]{0,80} \((?:(?:bao )?gồm(?: có)?:? ?)?(?P<papers>[^()]{0,120}\b(?:tờ trình|biên bản"
    r"|báo cáo (?:tóm tắt )?"
    r"thành tích)\b[^()]*(?:,|;| và )[^()]*)\)"
)
_NEXT = pattern(
    r"; (?:và )?(?=[^;.]{5,})|(?:[;,]|[;,]? và) (?=(?:\d{1,2} (?:\([a-z ]{2,12}\) )?(?:bộ |bản )?)?(?:bản sao "
    r"|bản )?(?:tờ"
    r" trình|biên bản|trích biên bản|báo cáo thành tích|báo cáo tóm tắt|tóm tắt thành tích|danh"
    r" sách|quyết định công nhận|giấy chứng nhận|các văn bản|tài liệu|văn bản|xác nhận|minh chứng|"
    r"kèm theo)\b)"
)
_FORM = pattern(
    r"\b(?:biểu )?mẫu(?: biểu)?(?: (?:s[o06]"
    r"|số))? ?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?)(?P<series>[-/.]?[a-z]{2,8}\b)?(?![\d/])"
)
_DELEGATED = pattern(
    r"^:? ?(?:hồ sơ[^.;:]{0,60}? )?(?:được )?(?:thực hiện |áp dụng |lập |căn cứ )?(?:theo|đúng|"
    r"như)(?: đúng)? (?P<to>(?:(?:các )?(?:thành phần|quy định|hướng dẫn|mẫu|kế hoạch|yêu cầu|"
    r"trình tự|điều \d|khoản \d|nghị định|luật|quyết định|thông tư|văn bản|phụ lục|danh mục|biểu mẫu"
    r"|mục [ivx\d])).{3,400})"
)
_RULED = pattern(
    r"(?:hồ sơ|thủ tục)[^.;:]{0,140}?(?:được )?(?:thực hiện|áp dụng|lập)? ?(?:theo|đúng) (?:đúng"
    r" )?(?P<to>(?:các )?(?:quy định|hướng dẫn|thành phần|điều \d|khoản \d|mẫu|phụ lục|danh mục|biểu mẫu)[^;]{5,300})"
)
_DOSSIER = pattern(r"(?:hồ sơ|thủ tục|thành phần)\b")
_AWAY = pattern(
    r"[,;]? (?:được )?(?:gửi|nộp|lập)(?: hồ sơ)?(?: \d{1,2}(?: \([a-z]+\))? (?:bộ|bản)[^,;.]{0,30}?)? (?:về|đến"
    r"|cho|qua|trước)\b"
)
_SENT = pattern(r"(?:gửi|nộp|trình|chuyển) (?:về|đến|cho|qua|hồ sơ|bản)|trước ngày|chậm nhất|có trách nhiệm")


def find_dossier(text: Text, root: Section) -> tuple[DossierComponent, ...]:
    """Every paper the dossier must hold, in page order.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. HỒ SƠ\\n- Tờ trình.\\n- Báo cáo thành tích theo Mẫu số 07 kèm theo Nghị định số 98/2023/NĐ-CP.")
    >>> [(d.component, d.form, d.form_of) for d in find_dossier(t, outline(t))]
    [('to-trinh', None, None), ('bao-cao-thanh-tich', 'Mẫu số 07', '98/2023/NĐ-CP')]
    """
    found: list[DossierComponent] = []
    left_open: list[DossierComponent] = []
    for clause in clauses(text, root, "dossier"):
        stated = list(_papers(text, clause))
        found += stated
        if not stated:
            left_open += _left_to(text, clause)
    if not found:
        for clause in clauses(text, root, "procedure", "deadlines", "awards", "criteria"):
            found += _listed(text, clause)
    further = [
        d for d in left_open if _DOSSIER.match(reading(text).between(d.start, d.end))
    ]  # "Hồ sơ trình tỉnh theo …"
    kept = [*found, *further] if found else left_open
    return balanced(text, sorted({(d.start, d.end): d for d in kept}.values(), key=lambda d: d.start))


def _papers(text: Text, clause: Clause) -> Iterator[DossierComponent]:
    """The papers of one clause: the clause itself is one, or it lists them."""
    listed = _listed(text, clause)
    if listed:
        yield from listed
        return
    if clause.intro and clause.section.title_end and clause.section.title_end >= clause.end:
        return
    for start, end in _items(text, clause.start, clause.end):
        component = _component(text, start, end)
        if component:
            yield component


def _items(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(hit.end for hit in reading(text).finditer(_NEXT, start, end)), end]
    return list(pairwise(cuts))


def _listed(text: Text, clause: Clause) -> list[DossierComponent]:
    """Papers named in one sentence: "Hồ sơ gồm: Tờ trình, biên bản và báo cáo thành tích"."""
    words = reading(text)
    for start, end in sentences(text, clause.section.text_start, clause.end):
        bracket = words.search(_IN_BRACKETS, start, end)
        if bracket:
            a, b = words.group(bracket, "papers")
            return [item for piece in _items(text, a, b) if (item := _component(text, *piece))]
        lists = words.search(_LISTS, start, end)
        if not lists or len(list(words.finditer(_SURE, lists.end, end))) < 1:
            continue
        items = [_component(text, a, b) for a, b in _items(text, lists.end, clause.end)]
        if items and items[0]:
            return [item for item in items if item]
    return []


def _component(text: Text, start: int, end: int) -> DossierComponent | None:
    words = reading(text)
    sent = words.search(_AWAY, start, end)
    start, end = tidy(text, start, sent.start if sent else end)
    clause = words.between(start, end)
    slug = next((slug for slug, head in _HEADS if head.match(clause)), None)
    if slug is None or len(clause) < 5 or (slug == "khac" and _SENT.search(clause)):
        return None
    form, form_of = _form(text, start, end)
    return DossierComponent(component=slug, form=form, form_of=form_of, text=text.raw[start:end], start=start, end=end)


def _form(text: Text, start: int, end: int) -> tuple[str | None, str | None]:
    """The form a paper must follow and the decree the form belongs to."""
    hit = reading(text).search(_FORM, start, end)
    if not hit:
        return None, None
    number = hit["number"] or ""
    decree = next((n.number for n in find_numbers(text, hit.end, end) if n.number), None)
    if hit["series"]:  # "Mẫu 01-TĐKT": a series of the sender's own
        places = [reading(text).group(hit, name) for name in ("number", "series")]
        return f"Mẫu {text.raw[places[0][0] : places[1][1]]}", decree
    return f"Mẫu số {number}", decree


def _left_to(text: Text, clause: Clause) -> Iterator[DossierComponent]:
    """ "Hồ sơ: Theo thành phần hồ sơ yêu cầu tại Kế hoạch số …": no paper is named, another document names them."""
    words = reading(text)
    at = words.offset(clause.start)
    after = words.between(clause.start, clause.end)
    match = _DELEGATED.match(after.lstrip()) or _RULED.search(after)
    if not match:
        return
    shift = at + (len(after) - len(after.lstrip()) if match.re is _DELEGATED else 0)
    away = words.search(_AWAY, words.place(shift + match.start("to")), clause.end)
    last = away.start if away else words.end_place(shift + match.end("to"))
    to = tidy(text, words.place(shift + match.start("to")), last)
    told = next(
        (s for s in sentences(text, clause.start, clause.end) if s[0] <= to[0] < s[1]), (clause.start, clause.end)
    )
    to = (to[0], min(to[1], told[1]))
    a, b = tidy(text, *told)
    yield DossierComponent(
        component="khac",
        rule="delegated",
        delegated_to=" ".join(text.raw[to[0] : to[1]].split()),
        text=text.raw[a:b],
        start=a,
        end=b,
    )
