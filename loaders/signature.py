"""The end of a document: who signed, as what, for whom, and who receives it (*Nơi nhận*)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from loaders.citations.document_types import labels
from loaders.findings import Span
from loaders.lexicon import lexicon
from loaders.pieces import Piece, is_capitals, pieces_of
from loaders.text import Text, fold, once

__all__ = ["Signature", "find_recipients", "find_signature"]


@dataclass(frozen=True)
class Signature:
    """The signature block. `signed_for` is "TM. ỦY BAN NHÂN DÂN XÃ" or "KT. CHỦ TỊCH", `signer_role` the own post."""

    signer: str | None
    signer_role: str | None
    signed_for: str | None
    start: int
    end: int


# "Nơi nhận:", and as scanners leave it: "Noi nhgn:", "Noi nhin:", "Nơi nhân:", "#### Nơi nhận:"
_NOI_NHAN = r"[ \t#*_>|+.-]*n[o0q][ijl1]\s?nh[a-z0-9@&()]{1,4}\b[ *_]*[:;.]?"
_RECIPIENTS, _RECIPIENTS_BELOW = re.compile(_NOI_NHAN), re.compile(rf"\n{_NOI_NHAN}")  # ends of lines are soon found
# the first item where the words "Nơi nhận" were lost: "- Như trên;", "~ Như Điều 3;"
_AS_ABOVE = re.compile(r"^(?=[ \t]*[-~+*•_]\s*nhu\s+(?:tren|dieu\s+\d)\b)", re.MULTILINE)
_ANNEX = re.compile(
    r"^[ \t#*_>|+.-]*(?:phu luc|bieu mau|mau so|danh sach|de cuong|quy che|quy dinh)\b[^\n]{0,60}$", re.MULTILINE
)
_ATTACHED = re.compile(r"^[ \t*_#|]*\(\s*(?:duoc\s+)?(?:ban\s+hanh\s+)?kem\s+theo\b", re.MULTILINE)
_FOR = re.compile(
    r"\W*+(t\s?[./]?\s?m|k\s?[./]?\s?t|t\s?[./]?\s?l|t\s?[./]?\s?u\s?[./]?\s?q)\s?[./]+\s*(?=[a-z])|\W*+(tm|kt|tl"
    r"|tuq|t/m|k/t|t/l)\s+(?=[a-z])"
)
_POSTS = "|".join(map(fold, lexicon("posts")["posts"])).replace(" ", r"\s{0,2}")  # "CHUTICH", "CHÙ  TỊCH"
_POSTS = rf"(?:pho\s{{1,2}})?(?:{_POSTS})"
_POST = re.compile(rf"\W*+(?:q\.\s*)?(?:{_POSTS})\b")
_NOT_A_NAME = re.compile(
    r"[:;0-9@]|signature|digitally|verified|"  # what a reader of PDF prints: "Signature Not Verified"
    r"da ky|ky ten|dong dau|uy ban|hoi dong|ban chi dao|noi nhan|phu luc|nhu tren|nhu dieu|viet nam"
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’]*")
_BODY_WORDS = re.compile(
    r"^\W*(?:uy ban|hoi dong|ban |bo |so |phong |van phong|thuong truc|chinh phu|quoc hoi|"
    r"tinh uy|huyen uy|dang uy|thanh uy)"
)
_ITEM = re.compile(r"^[\W_]*?[-+•*–—_~]\s*|^\s*\d{1,2}[.)]\s+")
_REACH = 2500


@once
def _recipients_at(text: Text) -> tuple[int, int] | None:
    """The *Nơi nhận* of the document itself: the first in its second half, for an annex may have its own."""
    first = _RECIPIENTS.match(text.folded)
    places = [first.span()] if first else []
    places += [(m.start() + 1, m.end()) for m in _RECIPIENTS_BELOW.finditer(text.folded)]
    late = [p for p in places if p[0] * 3 >= len(text.raw) or text.folded[p[1] : p[1] + 8].strip()[:1] == "-"]
    if len(late) > 1:
        late = [p for p in late if not _is_address(text, p[1])] or late
    above = None if late else _AS_ABOVE.search(text.folded, len(text.raw) // 2)
    return late[0] if late else above.span() if above else None


_ITEM_NEXT = re.compile(r"\s*(?:[-+•*–—_~]|nhu\s)")


def _is_address(text: Text, end: int) -> bool:
    """Whether "Nơi nhận:" tells where papers are sent to: "Nơi nhận: Văn phòng Sở (qua trục liên thông văn bản)"."""
    line = text.raw.find("\n", end)
    beside = text.raw[end : line if line >= 0 else len(text.raw)].strip(" *_")
    listed = _ITEM_NEXT.match(text.folded, end) or (line >= 0 and _ITEM_NEXT.match(text.folded, line))
    return bool(beside) and not listed and not is_capitals(beside)


def _block(text: Text) -> tuple[int, int]:
    """Where the signature block is looked for."""
    recipients = _recipients_at(text)
    if recipients is None:
        return max(0, len(text.raw) - 900), len(text.raw)
    start, end = recipients
    reach = min(len(text.raw), end + _REACH)
    annex = _ANNEX.search(text.folded, end + 40, reach)
    return max(0, start - 250), annex.start() if annex else reach


_DECIDES = re.compile(r"\b(?:quyet dinh|quyet nghi|chi thi|ket luan|ban hanh|dien)\W*$")
_GROUNDS = re.compile(r"\W*(?:can cu|dieu \d|xet de nghi|theo de nghi|quyet dinh\W*$|quyet nghi\W*$)")
_LAST_ITEM = re.compile(r"^\W*luu\s*:.*?[.;]\s+(?=\S)")
_PEN = re.compile(
    r"^\W*(?:da ky|ky dien tu)\)\s*|^(?:thieu|trung|thuong|dai) (?:ta|tuong|uy) |"
    r"^(?:[^.\n]{1,9}\s)??(?:(?:ts|ths|gs|pgs|bs|bsckii|bscki|bsck2|ckii|cki|ck2|cn|ks|luat su)\s*[./]\s*)+"
)


def _post_piece(piece: Piece) -> bool:
    if len(piece.raw) > 90 or not (_POST.match(piece.folded) or _FOR.match(piece.folded)):
        return False
    return is_capitals(piece.raw) and not _DECIDES.search(piece.folded)


def find_signature(text: Text) -> Signature | None:
    """The signature block, None where the document bears none.

    >>> foot = "Nơi nhận:\\n- Như trên;\\n- Lưu: VT.\\n\\nKT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH\\n\\nBạch Văn Nguyên"
    >>> signed = find_signature(Text.of(foot))
    >>> signed.signer, signed.signer_role, signed.signed_for
    ('Bạch Văn Nguyên', 'PHÓ CHỦ TỊCH', 'KT. CHỦ TỊCH')
    """
    return _find_signature(text)


@once
def _find_signature(text: Text) -> Signature | None:
    last = _recipients_at(text) is None  # without "Nơi nhận" the foot of the page is told only by being last
    found = _signed(text, _block(text), last=last)
    if last and (found is None or not found.signer):
        for attached in islice(_ATTACHED.finditer(text.folded, min(700, len(text.raw))), 3):
            above = _signed(text, (max(0, attached.start() - 900), attached.start()), last=True)
            if above and above.signer:
                return above
    return found


def _signed(text: Text, block: tuple[int, int], *, last: bool) -> Signature | None:
    """The signature of a block: the first that bears a name, from its end where `last`."""
    pieces = _split_posts(pieces_of(text, *block))
    signatures = [_signature(text, pieces, run) for run in _runs(pieces)]
    if last:
        signatures.reverse()
    return next((s for s in signatures if s.signer), signatures[0] if signatures else None)


def _runs(pieces: list[Piece]) -> list[list[int]]:
    """The posts of one signer stand close together; a second signer's follow the name of the first."""
    runs: list[list[int]] = []
    for i, piece in enumerate(pieces):
        if not _post_piece(piece):
            continue
        if runs and _decides(pieces, runs[-1][-1] + 1, i):
            runs.pop()
        named = runs and any(_name(pieces[k]) for k in range(runs[-1][-1] + 1, i))
        if runs and (not named or _between_columns(pieces, runs[-1][-1], i)):
            runs[-1].append(i)
        else:
            runs.append([i])
    if runs and _decides(pieces, runs[-1][-1] + 1, len(pieces)):
        runs.pop()
    return runs


def _decides(pieces: list[Piece], start: int, end: int) -> bool:
    """Whether the post before stands over the grounds: "GIÁM ĐỐC SỞ NỘI VỤ" decides there, it does not sign."""
    for piece in pieces[start:end]:
        if _GROUNDS.match(piece.folded):
            return True
        if _name(piece):
            return False
    return False


def _signature(text: Text, pieces: list[Piece], run: list[int]) -> Signature:
    below = pieces[run[-1] + 1 :]
    signer = _named_below(text, below) or _beside_last_item(below)
    if signer and (other := _another_beside(text, pieces, signer[0])):
        left, right = _column(text, signer[0]), _column(text, other)
        run = [i for i in run if 2 * _column(text, pieces[i]) < left + right] or run[:1]
    for_lines = [_tidy(pieces[i].raw) for i in run if _FOR.match(pieces[i].folded)]
    own = [_tidy(pieces[i].raw) for i in run if not _FOR.match(pieces[i].folded)]
    return Signature(
        signer=signer[1] if signer else None,
        signer_role=" / ".join(own) or None,
        signed_for=" / ".join(for_lines) or None,
        start=pieces[run[0]].start,
        end=signer[0].end if signer else pieces[run[-1]].end,
    )


def _another_beside(text: Text, pieces: list[Piece], signer: Piece) -> Piece | None:
    """The name of who signs beside the signer: the posts of the left column are then those of the name there."""
    after = next((piece for piece in pieces if piece.start >= signer.end), None)
    beside = after and "\n" not in text.raw[signer.end : after.start] and _name(after)
    return after if beside else None


def _column(text: Text, piece: Piece) -> int:
    return piece.start - text.raw.rfind("\n", 0, piece.start)


def _named_below(text: Text, pieces: list[Piece]) -> tuple[Piece, str] | None:
    """The first name, with its last word where a narrow cell broke it: "Hà Thị" over "Ngọc"."""
    for i, piece in enumerate(pieces):
        if name := _name(piece):
            last = pieces[i + 1] if i + 1 < len(pieces) and len(name.split()) < 4 else None
            if (
                last
                and text.raw[piece.end : last.start].strip(" ") == "\n"
                and _NAME_WORD.fullmatch(last.raw)
                and last.raw.istitle()
            ):
                return last, f"{name} {last.raw}"
            return piece, name
    return None


def _beside_last_item(pieces: list[Piece]) -> tuple[Piece, str] | None:
    """The name behind the last recipient, the columns torn into one line: "- Lưu: VT, NC. Trần Tuệ Hiền"."""
    for piece in pieces:
        if last := _LAST_ITEM.match(piece.folded):
            begin = last.end()
            behind = Piece(piece.start + begin, piece.end, piece.raw[begin:], piece.folded[begin:])
            name = _name(behind)
            return (behind, name) if name else None
    return None


def _between_columns(pieces: list[Piece], left: int, right: int) -> bool:
    """Whether what stands between two posts is the other column: "- Lưu: VT." and the like."""
    return all(_ITEM.match(p.raw) or not _name(p) for p in pieces[left + 1 : right])


_POST_BEHIND = re.compile(rf"(?:\b(?:[tkq]/?[mtlu]q?|q)(?:\s?[./]\s?|\s+))*\b(?<!chi )(?<!dang )(?:{_POSTS})\b.*$")
_FOR_BEHIND = re.compile(
    r"(?<=[:;.,])\s*(?:t/?m\.|t/m)\s+(?:uy ban|hoi dong|ban |doan |dang uy|tinh uy|thanh uy|huyen uy|chi bo)[^:;]*$"
)


def _post_behind(piece: Piece) -> re.Match[str] | None:
    """The post in capitals behind other words: "- Thường trực Tỉnh ủy (báo cáo), PHÓ BÍ THƯ"."""
    found = _POST_BEHIND.search(piece.folded)
    while found and not is_capitals(piece.raw[found.start() :]):
        found = _POST_BEHIND.search(piece.folded, found.start() + 1)
    return found


def _ends_in_capitals(raw: str) -> bool:
    for sign in reversed(raw):
        if sign.isalpha():
            return sign.isupper()
    return False


def _split_posts(pieces: Iterable[Piece]) -> list[Piece]:
    """Cuts "Noi nhgn: CHU TICH" and "- Như trên; KT. CHỦ TỊCH" into their columns, though no gap was left."""
    cut: list[Piece] = []
    for piece in _run_together(pieces):
        match = (_post_behind(piece) or _FOR_BEHIND.search(piece.folded)) if _ends_in_capitals(piece.raw) else None
        if (
            match
            and match.start()
            and is_capitals(piece.raw[match.start() :])
            and (not is_capitals(piece.raw[: match.start()]) or _ITEM.match(piece.raw))
        ):
            middle = piece.start + match.start()
            cut.append(Piece(piece.start, middle, piece.raw[: match.start()], piece.folded[: match.start()]))
            cut.append(Piece(middle, piece.end, piece.raw[match.start() :], piece.folded[match.start() :]))
        else:
            cut.append(piece)
    return cut


# "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"; a Ban Giám đốc and a Đoàn Chủ tịch are who it is signed for
_FOR_HEAD = re.compile(rf"k/?t\s?[./]\s*(?:{_POSTS})\s(?={_POSTS}\b)")
_POST_LAST = re.compile(
    rf"(?<!\bban)(?<!\bdoan)\s(?=(?:k/?t\s?[./]\s*(?:{_POSTS})\s+)?(?!thuong truc)(?:{_POSTS})(?: thuong truc)?$)"
)


def _posts_apart(piece: Piece) -> Iterator[Piece]:
    """Cuts who a paper is signed for from as what: "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"."""
    last = _FOR_HEAD.match(piece.folded)
    if piece.folded.startswith(("tm", "t/m")) and piece.raw.isupper():
        last = _POST_LAST.search(piece.folded)
    if last:
        cut = last.end()
        yield Piece(piece.start, piece.start + cut - 1, piece.raw[: cut - 1], piece.folded[: cut - 1])
        yield from _posts_apart(Piece(piece.start + cut, piece.end, piece.raw[cut:], piece.folded[cut:]))
    else:
        yield piece


_NAME_BEHIND = re.compile(r"\s(?=[^\W\d_]+(?:\s[^\W\d_]+){1,4}$)")
_FOR_WITHIN = re.compile(r"(?<=[.;])\s+(?=(?:tm|kt|tl|tuq)\s?\.\s)")
_ANY_POST = re.compile(rf"\b(?:{_POSTS})\b")


def _run_together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Cuts a foot that stood in one cell: "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Văn A" is who, as what and a name."""
    for piece in pieces:
        if not piece.raw[-1:].islower() or not (signs := _FOR.match(piece.folded) or _FOR_WITHIN.search(piece.folded)):
            yield from _posts_apart(piece)
            continue
        begin = 0 if signs.start() == 0 else signs.end()
        behind = _NAME_BEHIND.finditer(piece.raw, begin)
        name = next(
            (m.end() for m in behind if piece.raw[m.end() :].istitle() and piece.raw[begin : m.end()].isupper()), 0
        )
        post = _ANY_POST.search(piece.folded, begin + 3, name) if name else None
        if post and not piece.folded.startswith(("tm", "t/m"), begin):  # "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH"
            post = _ANY_POST.search(piece.folded, post.end(), name)
        cuts = {0, begin, post.start() if post else name, name, len(piece.raw)} if name else {0, len(piece.raw)}
        for left, right in pairwise(sorted(cuts)):
            end = left + len(piece.raw[left:right].rstrip())
            yield Piece(piece.start + left, piece.start + end, piece.raw[left:end], piece.folded[left:end])


def _tidy(raw: str) -> str:
    words = " ".join(raw.split())
    signs = _SIGNS.match(words)
    return f"{signs[1]}. {words[signs.end() :]}" if signs else words


_SIGNS = re.compile(r"(TM|KT|TL|TUQ|T/M|K/T|T\.M)\s?[./]\s*")


def _name(piece: Piece) -> str | None:
    """The person's name in a piece, without what the stamp or the pen left before it ("bk Cao Tuong Huy")."""
    if pen := _PEN.match(piece.folded):
        piece = Piece(piece.start + pen.end(), piece.end, piece.raw[pen.end() :], piece.folded[pen.end() :])
    if (
        len(piece.raw) > 60
        or _NOT_A_NAME.search(piece.folded)
        or _ITEM.match(piece.raw)
        or _BODY_WORDS.match(piece.folded)
    ):
        return None
    words = piece.raw.replace("*", " ").lstrip("'’‘`´\"“”.,~_|-— ").split()
    while words and not (_NAME_WORD.fullmatch(words[0]) and words[0][0].isupper()):
        words.pop(0)
    if not 2 <= len(words) <= 6 or not all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in words):
        return None
    if is_capitals(piece.raw) and (_POST.match(piece.folded) or len(words) > 4 or piece.folded in labels()):
        return None
    return " ".join(words)


def find_recipients(text: Text) -> tuple[Span, ...]:
    """The addressees under *Nơi nhận*, without dashes and closing marks.

    >>> [r.text for r in find_recipients(Text.of("Nơi nhận:\\n- Sở Nội vụ (b/c);\\n- Lưu: VT.\\n\\nCHỦ TỊCH"))]
    ['Sở Nội vụ (b/c)', 'Lưu: VT']
    """
    place = _recipients_at(text)
    if place is None:
        return ()
    items: list[tuple[int, int]] = []
    for piece in _split_posts(_pieces_of_lines(text, place[1], _block(text)[1])):
        starts_item = bool(_ITEM.match(piece.raw))
        if _post_piece(piece) or (items and not starts_item and _name(piece)):
            continue
        if starts_item:
            items.append((piece.start, piece.end))
        elif (
            items
            and not text.raw[items[-1][0] : items[-1][1]].rstrip().endswith((";", ".", "./."))
            and _continues(text, items[-1][1], piece)
        ):
            items[-1] = (items[-1][0], piece.end)
    return tuple(span for start, stop in items if (span := _recipient(text, start, stop)))


_NEXT_ITEM = re.compile(r"[;.]\s+(?=[-+]\s)")


def _pieces_of_lines(text: Text, start: int, end: int) -> Iterator[Piece]:
    """Pieces, with several items on one line ("- Như trên; - Lưu: VT.") taken apart."""
    for piece in pieces_of(text, start, end):
        cuts = [m.start() + 1 for m in _NEXT_ITEM.finditer(piece.raw)]
        if not cuts and not piece.raw[0].isspace():
            yield piece
            continue
        for left, right in pairwise((0, *cuts, len(piece.raw))):
            raw = piece.raw[left:right]
            lead = len(raw) - len(raw.lstrip())
            yield Piece(piece.start + left + lead, piece.start + right, raw.lstrip(), piece.folded[left + lead : right])


def _continues(text: Text, end: int, piece: Piece) -> bool:
    """Whether a line goes on with the item before it: no blank line between, and not a column of capitals."""
    return "\n\n" not in text.raw[end : piece.start] and not is_capitals(piece.raw)


_PEN_BEHIND = re.compile(r"[\s,;:.]+\((?:da ky|ky ten)[^()]{0,12}\)\s*$")  # of the column beside


def _recipient(text: Text, start: int, stop: int) -> Span | None:
    raw = text.raw[start:stop]
    lead = _ITEM.match(raw)
    start += lead.end() if lead else 0
    pen = _PEN_BEHIND.search(text.folded, start, stop) if raw.rstrip().endswith(")") else None
    stop = start + len(text.raw[start : pen.start() if pen else stop].rstrip(" ;.,/*_"))
    if not any(map(str.isalnum, text.raw[start:stop])):  # "|---|---|", the rule of a Markdown table
        return None
    return Span(text=text.raw[start:stop], start=start, end=stop)
