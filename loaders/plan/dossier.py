"""The papers of the nomination dossier, with the form each must follow, or where the list of papers is left to."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from loaders.citations.numbers import find_numbers
from loaders.findings import DossierComponent
from loaders.phrases import pattern, reading
from loaders.plan.clauses import Clause, balanced, clauses, sentences, tidy
from loaders.structure.outline import Section, walk
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
_COPIES = r"\d{1,2} (?:\([a-z ]{2,12}\) )?(?:bộ|bản|loại)"
_LISTS = pattern(
    rf"(?:hồ sơ|thành phần|số lượng)[^.;:]{{0,120}}?(?:(?:bao gồm|gồm có|gồm|như sau|sau đây|:)(?: có)?)"
    rf"(?: {_COPIES}[^:;.]{{0,60}}?(?=,? (?:bao )?gồm\b"
    rf"|[:;.]))?(?:,? (?:bao )?gồm(?: có)?)?(?: {_COPIES}[^:;.]{{0,40}})?:? ?"
)
# "gửi hồ sơ (tờ trình, biên bản, báo cáo thành tích) về Phòng Nội vụ"
_IN_BRACKETS = pattern(
    r"\bhồ sơ[^.;:()]{0,80} \((?:(?:bao )?gồm(?: có)?:? ?)?(?P<papers>(?:[^()]|\([^()]*\)){0,120}?\b(?:tờ trình"
    r"|biên bản"
    r"|báo cáo (?:tóm tắt )?"
    r"thành tích)\b(?:[^()]|\([^()]*\))*?(?:,|;| và )(?:[^()]|\([^()]*\))*?)\)"
)
_NEXT = pattern(
    r"; (?:và )?(?=[^;.]{5,})|(?:[;,]|[;,]? và) (?=(?:\d{1,2} (?:\([a-z ]{2,12}\) )?(?:bộ |bản )?)?(?:bản sao "
    r"|bản )?(?:tờ"
    r" trình|biên bản|trích biên bản|báo cáo|tóm tắt thành tích|danh"
    r" sách|quyết định công nhận|giấy chứng nhận|các văn bản|tài liệu|văn bản|xác nhận|minh chứng|hình ảnh"
    r"|công văn|bảng (?:tự |chấm|tổng|điểm|kê|số)|phiếu|bản (?:tự|thành|chụp|sao|thuyết|mô)|đơn (?:đề|đăng)|giấy"
    r"|kế hoạch"
    r"|thuyết minh|ảnh|video|clip|chứng từ|sổ|số liệu|sơ yếu|ý kiến|bài viết|phụ lục|"
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
_OFFICE = (
    r"(?:sở|phòng|ban|ubnd|ủy ban|văn phòng|hội đồng|cụm|khối|trưởng|thường trực|công đoàn|liên đoàn|đảng ủy|bộ|vụ|cục"
    r"|cơ quan|trung tâm|chi cục|tỉnh|huyện|cấp|đoàn|thuế|nhà trường|chậm nhất|muộn nhất)\b"
)
_AWAY = pattern(
    r"[,;]? (?:được )?(?:gửi|nộp|lập|chuyển|trình)(?: hồ sơ)?(?: \d{1,2}(?: \([a-z]+\))? (?:bộ|bản)[^,;.]{0,30}?)?"
    rf" (?:về|đến|cho|qua|trước|{_OFFICE})"
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
        for clause in clauses(text, root, "procedure", "deadlines", "awards", "criteria", "period", "organisation"):
            found += _listed(text, clause)
    if not found and "ho so" in reading(text).words:
        for section, above in walk(root):
            if not section.roles and section.text_end > section.text_start and section.style != "table":
                found += _listed(text, Clause(section, above, section.text_start, section.text_end, None))
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
    if clause.section.style == "attached":
        return
    first, *later = sentences(text, clause.start, clause.end) or [(clause.start, clause.start)]
    told = [first, *(span for one in later for span in _parted(text, *one))]
    for n, (begin, stop) in enumerate(told):
        sent = reading(text).search(_AWAY, begin, stop)
        close = sent.start if sent and _PAPERED.search(reading(text).between(begin, sent.start)) else stop
        found = [c for a, b in _items(text, begin, close) if (c := _component(text, a, b))]
        if n and not (found and found[0].start - begin < 4):
            continue  # what follows the first sentence must open with a paper
        yield from found


def _parted(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between semicolons: "… trước 05/12; Tờ trình và biên bản gửi Sở Nội vụ"."""
    cuts = [start, *(hit.end for hit in reading(text).finditer(_SEMICOLON, start, end)), end]
    return list(pairwise(cuts))


_SEMICOLON = pattern(r"; ?")
_PAPERED = pattern(
    r"\b(?:tờ trình|biên bản|báo cáo|bảng|danh sách|phiếu|công văn|bản|đơn|giấy|quyết định|tài liệu|hình ảnh|ảnh)\b"
)


def _shared_form(text: Text, found: list[DossierComponent]) -> list[DossierComponent]:
    """Forms of one guide: "Tờ trình (Mẫu số 01), biên bản (Mẫu số 02) … ban hành kèm theo Hướng dẫn số 33/HD-SNV"."""
    formed = [n for n, one in enumerate(found) if one.form]
    if len(formed) < 2 or not found[formed[-1]].form_of or any(found[n].form_of for n in formed[:-1]):
        return found
    last = found[formed[-1]]
    tail = reading(text).search(_ISSUED_WITH, last.start or 0, last.end or 0)
    if tail is None:
        return found
    end = tidy(text, last.start or 0, tail.start)[1]
    cut = replace(last, end=end, text=text.raw[last.start : end])
    named = [replace(one, form_of=last.form_of) if one.form else one for one in found]
    named[formed[-1]] = cut
    return named


_ISSUED_WITH = pattern(r",? (?:được )?(?:ban hành )?(?:kèm theo|theo|tại|của) (?=[^;.]*\d)")


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
            named = [item for piece in _items(text, a, b) if (item := _component(text, *piece))]
            return _shared_form(text, named)
        lists = words.search(_LISTS, start, end)
        if not lists or len(list(words.finditer(_SURE, lists.end, end))) < 1:
            continue
        sent = words.search(_AWAY, lists.end, end)
        items = [_component(text, a, b) for a, b in _items(text, lists.end, sent.start if sent else end)]
        if items and items[0]:
            return _shared_form(text, [item for item in items if item])
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
