"""Whether a text is an administrative document at all, told from its marks, and whether it may be read.

A real document that is damaged must not be refused: it has some of many marks. What is refused has hardly one of them,
or calls itself something else: an application, a contract between two parties, an invoice.
"""

import re
from collections.abc import Callable

from loaders.authorities.bodies import find_bodies
from loaders.citations.document_types import labels
from loaders.errors import NotAdministrative, SecretDocument
from loaders.findings import Findings
from loaders.heads import MOTTO
from loaders.text import Text, fold

__all__ = ["admit"]

_ENOUGH = 2
_HEAD = 3000
_REACH = 60_000  # a document that shows none of its marks on its first thirty pages is none


def admit(text: Text, found: Findings, name: str) -> None:
    """Raises SecretDocument for a stamped document, NotAdministrative, with the reason, for what is none."""
    if stamp := secrecy(text):
        raise SecretDocument(name, stamp)
    marks = _printed(text, found)
    if kind := _private(text, marks):
        raise NotAdministrative(name, f"đây là {kind[0]}", f"this is {kind[1]}")
    weight = sum(_WEIGHT[mark] for mark in marks)
    if weight >= _ENOUGH:
        return
    for mark, shows in _SOUGHT.items():
        if shows(text):
            marks.append(mark)
            weight += _WEIGHT[mark]
        if weight >= _ENOUGH:
            return
    raise NotAdministrative(name, *_reason(marks))


_WEIGHT = {
    "quốc hiệu": 1, "số ký hiệu": 2, "tên loại": 2, "địa danh, ngày": 1, "chữ ký": 1, "nơi nhận": 1,
    "dòng căn cứ": 2, "điều, khoản": 2, "các phần của kế hoạch": 2, "kính gửi": 1, "cơ quan ban hành": 1,
}  # fmt: skip
_ENGLISH = {
    "quốc hiệu": "national motto", "số ký hiệu": "number", "tên loại": "type", "địa danh, ngày": "place and date",
    "chữ ký": "signature", "nơi nhận": "recipients", "dòng căn cứ": "grounds", "điều, khoản": "articles",
    "các phần của kế hoạch": "parts of a plan", "kính gửi": "addressee", "cơ quan ban hành": "issuing body",
}  # fmt: skip


def _reason(marks: list[str]) -> tuple[str, str]:
    lacking = [mark for mark in _WEIGHT if mark not in marks][:6]
    without, without_en = ", ".join(lacking), ", ".join(_ENGLISH[mark] for mark in lacking)
    if not marks:
        return f"không có {without}", f"it has no {without_en}"
    there, there_en = ", ".join(marks), ", ".join(_ENGLISH[mark] for mark in marks)
    return f"chỉ có {there}; không có {without}", f"it has only {there_en}; no {without_en}"


def _printed(text: Text, found: Findings) -> list[str]:
    """The marks that were read already."""
    head = found.document
    told = {
        "quốc hiệu": any(_alone(text, motto) for motto in MOTTO.finditer(text.folded, 0, _HEAD)),
        "số ký hiệu": bool(head.number_as_printed),
        "tên loại": bool(head.type),
        "địa danh, ngày": bool((head.date or head.not_after) and head.place),
        "chữ ký": bool(head.signer_role or head.signed_for),
        "nơi nhận": bool(found.recipients),
    }
    return [mark for mark, there in told.items() if there]


def _alone(text: Text, motto: re.Match[str]) -> bool:
    """Whether a motto is one: in capitals, or the second line of it, not the country's name in a sentence."""
    words = text.raw[motto.start() : motto.end()]
    return words.isupper() or text.folded[motto.start()] in "dp"


# "Căn cứ Luật … ngày …;": a ground ends with a semicolon or comma and names a document; a post in a forum does not
_GROUND = re.compile(
    r"^[ \t*_>–-]*(?:can cu|theo de nghi|xet de nghi|thuc hien|trien khai)\s[^\n]{0,400}?"
    r"(?:\b(?:luat|bo luat|hien phap|dieu le|phap lenh|nghi dinh|nghi quyet|thong tu|quyet dinh|ke hoach|chi thi|"
    r"cong van|giam doc|to trinh|chuong trinh)\b[^;\n]{0,400})[;,][ *_]*$",
    re.MULTILINE,
)
_ARTICLE = re.compile(r"^[ \t*_#>]*dieu\s+\d{1,3}[a-z]?\s*[.:]\s*[*_]*\S", re.MULTILINE)
_CLAUSE = re.compile(r"^[ \t*_#>]*khoan\s+\d{1,2}\s*[.:]\s", re.MULTILINE)
_PART = re.compile(
    r"^[ \t*_#>]*(?:[ivx]{1,4}|phan\s+\w+|[a-d])\s*[.):-][ *_]*(?:muc dich|yeu cau|muc tieu|noi dung|doi tuong|pham vi|"
    r"tieu chi|tieu chuan|hinh thuc|khen thuong|kinh phi|to chuc thuc hien|nhiem vu|giai phap|thoi gian|quan diem|"
    r"ket qua|phuong huong|trach nhiem|phan cong|tien do|co cau)",
    re.MULTILINE,
)
_TO = re.compile(r"^[ \t#*_>|+.-]*kinh\s+gui\s*:", re.MULTILINE)


def _has_parts(text: Text) -> bool:
    return len({found[0].split(None, 1)[-1][:8] for found in _PART.finditer(text.folded, 0, _REACH)}) >= 2


def _has_articles(text: Text) -> bool:
    articles = list(_ARTICLE.finditer(text.folded, 0, _REACH))
    return bool(articles) or len(_CLAUSE.findall(text.folded[:_REACH])) > 1


def _has_issuer(text: Text) -> bool:
    """Whether a line of capitals among the first ones is a body's name."""
    lines = [line.strip(" \t*_#|\r") for line in text.raw[:_HEAD].split("\n")]
    capitals = [line for line in lines if line.isupper() and 5 < len(line) < 100][:8]
    return any(bodies and bodies[0].start == 0 for line in capitals if (bodies := find_bodies(Text.of(line))))


_SOUGHT: dict[str, Callable[[Text], bool]] = {
    "dòng căn cứ": lambda text: _GROUND.search(text.folded, 0, _REACH) is not None,
    "điều, khoản": _has_articles,
    "các phần của kế hoạch": _has_parts,
    "kính gửi": lambda text: _TO.search(text.folded, 0, _HEAD) is not None,
    "cơ quan ban hành": _has_issuer,
}

_PRIVATE = (
    (
        r"don\s+(?:xin|de nghi|khieu nai|to cao|dang ky|yeu cau|kien nghi|khoi kien|trinh bao)\b",
        "đơn",
        "an application",
    ),
    (r"hop dong\b", "hợp đồng giữa các bên", "a contract between parties"),
    (
        r"(?:so yeu ly lich|ly lich (?:ca nhan|tu thuat)|curriculum vitae)",
        "lý lịch của một người",
        "a curriculum vitae",
    ),
    (
        r"(?:hoa don|phieu (?:thu|chi|xuat kho|nhap kho|bao gia)|bang bao gia|bao gia)\b",
        "hóa đơn, phiếu hoặc báo giá",
        "an invoice or a voucher",
    ),
    (
        r"(?:giay|bien ban)\s+(?:vay|ban giao nha|mua ban|dat coc|thoa thuan|nhan no|"
        r"hop (?:gia dinh|dong ho|mat lop|lop|to dan pho))",
        "giấy tờ giữa những người riêng",
        "a private paper",
    ),
)
_PRIVATE_LINES = tuple((re.compile(pattern.replace(" ", r"\s+")), vi, en) for pattern, vi, en in _PRIVATE)
_KIND = re.compile(
    rf"(?:{'|'.join(n for n, slug in labels().items() if slug and slug not in ('hop-dong', 'bien-ban'))})\b"
)
_PARTIES = re.compile(r"^(?:[^\w\n]|_)*+(?:\d\.\s*)?ben\s+(?:a|b|ban|mua|cho thue|thue)\b", re.MULTILINE)


def _private(text: Text, marks: list[str]) -> tuple[str, str] | None:
    """What else the text calls itself, in a heading of its own above all others."""
    head = [line.strip(" \t*_#|\r") for line in text.raw[:1500].split("\n") if line.strip()][:14]
    for line in head:
        if not (line.isupper() and len(line) < 90):
            continue
        if _KIND.match(fold(line)):
            return None
        for pattern, vi, en in _PRIVATE_LINES:
            if pattern.match(fold(line)):
                contract = pattern.pattern.startswith("hop")
                if contract and len(set(_PARTIES.findall(text.folded[:_REACH]))) < 2 and "số ký hiệu" in marks:
                    return None  # an office's own paper about a contract
                return vi, en
    return None


_STAMP = re.compile(r"(?:[Đđ][Ộộ]\s+[Mm][Ậậ][Tt]\s*:\s*)?\W*(?:TÀI LIỆU\s+)?(?P<stamp>(?:TUYỆT|TỐI)\s+MẬT|MẬT)\W*")
_LEVEL = re.compile(r"[Đđ]ộ mật\s*:\s*(?P<stamp>Tuyệt mật|Tối mật|Mật)\b", re.IGNORECASE)
_COLUMNS = re.compile(r"[ ]{2,}|\t|\||<br[ ]?/?>|\n")


def secrecy(text: Text) -> str | None:
    """The stamp of a state secret at the head of a document: "MẬT", "TỐI MẬT", "TUYỆT MẬT", alone in its place.

    >>> secrecy(Text.of("UBND TỈNH X        TỐI MẬT\\nSố: 12/KH-UBND"))
    'TỐI MẬT'
    >>> secrecy(Text.of("KẾ HOẠCH\\nbảo vệ bí mật nhà nước")) is None
    True
    """
    head = text.raw[:1500]
    if "MẬT" not in head and "mật" not in head.casefold():
        return None
    pieces = [piece.strip() for piece in _COLUMNS.split(head)]
    if any("GIẢI MẬT" in piece and len(piece) < 40 for piece in pieces):
        return None
    found = [match for piece in pieces if (match := _STAMP.fullmatch(piece) or _LEVEL.fullmatch(piece))]
    stamps = {" ".join(match["stamp"].upper().split()) for match in found}
    return next(iter(stamps)) if len(stamps) == 1 else None  # all three in a row are a table that explains them
