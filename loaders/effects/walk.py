"""Through one sentence from left to right: its verbs, the documents they take, and what it announces."""

import re
from dataclasses import dataclass, field

from loaders.citations.mentions import body_here
from loaders.effects.acts import (
    AMENDS,
    ENDS,
    REPEALS,
    REPLACES,
    SUSPENDS,
    Verb,
    announced_part,
    announces,
    does_not_act,
    goes_on,
    is_asked,
    is_imperative,
    opening_end,
    subjects,
)
from loaders.effects.own import Quoted
from loaders.effects.parts import (
    Parts,
    all_but,
    partly,
    partly_beside,
    parts_after,
    parts_before,
    parts_behind,
    parts_beside,
    parts_leading,
)
from loaders.effects.when import OWN, When
from loaders.findings import Citation
from loaders.header import Header
from loaders.text import Text

_PASSIVE = re.compile(r"\b(?:(?:da\s+)?(?:duoc|bi)|deu(?:\s+bi)?)\s+$")
_TOLD = re.compile(
    r"\b(?:da|chua|con|sap|se|khi|neu|truoc|sau|ngay|da\s+bi|da\s+duoc|khong|vi|do)\s+(?:bi\s+|duoc\s+)?$"
)
_BY = re.compile(r"[\s,]+(?:boi|bang|theo|tai|do)\b")
_AS_FOLLOWS = re.compile(r"[^.;]{0,40}?\b(?:nhu\s+sau|thanh)\b")
_SEMICOLON = re.compile(r"[^;]*;[\s*_]*(?:(?:va|cac|so|dong\s+thoi)\s+)*")
_HARD = re.compile(r"\btrai\s+voi\b|\bcan\s+cu\b")
_ISSUES = re.compile(
    r"(?<!\bda\s)\bban\s+hanh\s+(?P<type>[a-z]+(?:\s+[a-z]+){0,3}?)\b[^;]{3,400}?(?:,|\bva|\bde)\s+(?:de\s+)?$"
)
_ALL_OF = re.compile(r"\btoan\s+(?:bo|van)\b(?!\s*(?:,|va|hoac|hay|/)\s*(?:mot|tung))[^;]*$")
# where an imperative is an act: in a plan "Sửa đổi Quyết định số …" is a task for somebody
_LAWS = ("hien-phap", "luat", "bo-luat", "phap-lenh", "lenh", "nghi-quyet", "nghi-quyet-lien-tich", "nghi-dinh")
_ENACTING = frozenset({*_LAWS, "quyet-dinh", "thong-tu", "thong-tu-lien-tich", "quy-dinh", "quy-che", None})
_ENTITLED = _ENACTING | {"ke-hoach", "chuong-trinh", "chi-thi", "huong-dan", "de-an", "phuong-an"}
_SPEAKING = _ENACTING | {"cong-van", "thong-bao"}
_SAYS_WHAT = re.compile(r"\bnhu\s+sau\b|[“\"]|\bmot\s+so\s+(?:dieu|noi\s+dung|quy\s+dinh)\b|\bkem\s+theo\b")
_ARTICLE = re.compile(r"Điều \w+$")
_HEADED = re.compile(r"Điều|Phụ lục|Chương|Phần|Mẫu|Biểu|Bảng|theo$")
_REACH = 900  # how far before a verb its subject may stand
_LIST_MARK = re.compile(r"[\s,:|*_\-+\d.()]*")


@dataclass(frozen=True)
class Lead:
    """An act announced for a list: "Bãi bỏ các văn bản sau:"."""

    kind: str
    parts: tuple[str, ...] = ()
    when: When | None = None


@dataclass(frozen=True)
class Taken:
    """A document that a verb takes; its phrase of time stands between `verb` and `until`, or before `first`."""

    kind: str
    citation: Citation
    parts: tuple[str, ...]
    verb: int
    until: int
    first: int


def _shared(parts: Parts, after: Parts) -> Parts:
    """Clauses with the article that the next ones name: "Sửa đổi khoản 1 và bãi bỏ khoản 2 Điều 5"."""
    article = next((found[0] for word in after.words if (found := _ARTICLE.search(word))), None)
    if article is None or any(_HEADED.search(word) for word in parts.words):
        return parts
    return Parts(tuple(f"{word} {article}" for word in parts.words), parts.phrase)


@dataclass
class _Act:
    kind: str
    start: int
    end: int
    phrase: bool = False
    parts: tuple[str, ...] = ()
    objects: int = 0
    listed: bool = False


@dataclass
class Walk:
    """What a sentence does; `taken` holds the documents it does it to."""

    text: Text
    verbs: list[Verb]
    citations: list[Citation]
    header: Header
    lead: Lead | None
    target: Citation | None
    titled: bool = False
    hidden: Quoted | None = None
    span: tuple[int, int] = (0, 0)
    entered: tuple[int, ...] = ()
    in_table: bool = False
    taken: list[Taken] = field(default_factory=list)
    _act: _Act | None = None
    _acts: list[_Act] = field(default_factory=list)
    _held: list[tuple[_Act, Parts]] = field(default_factory=list)
    _last: Citation | None = None
    _astray: Citation | None = None
    _waiting: list[Citation] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.titled:
            self.span = self.header.title_span or (0, 0)
        start, end = self.span
        if self.lead:
            self._act = _Act(self.lead.kind, start, start, parts=self.lead.parts, listed=True)
        inside = [(c.start, c.end) for c in self.citations]
        verbs = [v for v in self.verbs if not any(s <= v.start < e for s, e in inside)]
        verbs = [v for v in verbs if not (self.hidden and self.hidden.covers(v.start))]
        self._verbs = verbs
        events: list[Verb | Citation] = sorted([*verbs, *self.citations], key=lambda e: e.start)
        for event in events:
            if isinstance(event, Verb):
                self._verb(event)
            else:
                self._cite(event)
        self._complete(end)

    def announced(self, whens: list[When]) -> Lead | None:
        """The act that the sentence announces for the list under it; the one announced above it, if it says nothing."""
        start, end = self.span
        if not self.text.raw[start:end].rstrip().endswith(":"):
            return None
        act = self._acts[-1] if self._acts else None
        if act and not act.objects and not (act.kind == AMENDS and self.target):
            partial = parts_before(self.text, act.end, end)
            words = (partial.words if partial else ()) or act.parts
            some = re.search(r"mot\s+phan|mot\s+so\s+(?:dieu|noi\s+dung|quy\s+dinh)", self.text.folded[act.start : end])
            if some and not words and act.kind != AMENDS:
                words = (" ".join(self.text.raw[act.start + some.start() : act.start + some.end()].split()),)
            when = next((w for w in whens if w.start >= act.end), None) or next(iter(whens), None)
            return Lead(act.kind, words, when or (self.lead.when if self.lead else None))
        if act is None and self.lead and not self.citations:
            return self.lead
        return None

    # --- verbs --------------------------------------------------------------------------------------------------

    def _verb(self, verb: Verb) -> None:
        passive = _PASSIVE.search(self.text.folded, max(self.span[0], verb.start - 12), verb.start)
        state = verb.kind in (ENDS, SUSPENDS) and bool(self._waiting)
        if (passive or state) and not self.titled:
            self._undergo(verb)
            return
        owned = self._is_owned(verb)
        act = self._act
        if act and self._last and not owned:
            self._astray = self._astray or self._last  # "… ngày 10/02/2020 sửa đổi, bổ sung Quyết định số …": a title
            return
        if act and owned and not act.objects and not act.listed:
            named = parts_before(self.text, act.end, verb.start) or self._joined(act.end, verb.start)
            if named and named.words:
                self._held.append((act, named))
            elif self._complete(verb.start):
                pass
        elif act:
            self._complete(verb.start)
        if owned:
            self._waiting = []
        self._act = _Act(verb.kind, verb.start, verb.end, verb.phrase, self._partly(verb)) if owned else None
        if self._act:
            self._acts.append(self._act)
            if verb.kind == ENDS and announces(self.text, self._clause(verb), verb.start):
                self._act.parts = announced_part(self.text, self._clause(verb), verb.start) or self._act.parts

    def _joined(self, start: int, end: int) -> Parts | None:
        words = self.text.folded[start:end].rstrip(" \n,;")
        stop = start + len(re.sub(r"\s+va$", "", words).rstrip(" \n,;"))
        return parts_before(self.text, start, stop) if stop > start else None

    def _is_owned(self, verb: Verb) -> bool:
        start, text = max(self.span[0], verb.start - _REACH), self.text
        if self.titled:
            return not _PASSIVE.search(text.folded, max(start, verb.start - 12), verb.start) and self._opens_title(verb)
        if verb.kind == ENDS and announces(text, self._clause(verb), verb.start):
            return True
        plain = is_imperative(text, start, verb.start)
        if does_not_act(text, start, verb.start) and not plain:
            return False
        entered = [place for place in self.entered if place < verb.start]
        if (self._acts or entered) and goes_on(text, start, verb.start):
            floor = max([self._last.end if self._last else start, *entered, *(act.end for act in self._acts)])
            return not is_asked(text, floor, verb.start)
        if self._last:
            return False
        owns = subjects(text, start, verb.start, self.header.type)
        if owns:
            strange = any(owns[-1].end() <= c.start < verb.start for c in self._waiting)
            return not strange and not is_asked(text, owns[-1].end(), verb.start)
        if plain:
            return self.header.type in _ENACTING and not self.in_table and self._says_what(verb)
        return self._body_acts(verb) or self._issues(verb)

    def _clause(self, verb: Verb) -> int:
        return max(self.span[0], self.text.raw.rfind(";", self.span[0], verb.start) + 1)

    def _says_what(self, verb: Verb) -> bool:
        """Whether an amendment says what it changes; a mere "Sửa đổi Quyết định số …" is a task that is set."""
        if verb.kind != AMENDS or verb.phrase:
            return True
        end = self.span[1]
        if parts_leading(self.text, verb.end, end) or _SAYS_WHAT.search(self.text.folded, verb.end, end):
            return True
        return self.text.raw[verb.end : end].rstrip().endswith(":")

    def _issues(self, verb: Verb) -> bool:
        """Whether the document is announced and replaces another at once: "… ban hành Kế hoạch …, thay thế …"."""
        issued = _ISSUES.search(self.text.folded, max(self.span[0], verb.start - _REACH), verb.start)
        own = (self.header.type or "").replace("-", " ")
        said = issued is not None and bool(own) and self.text.folded.startswith(own, issued.start("type"))
        return said and not is_asked(self.text, self.span[0], verb.start)

    def _opens_title(self, verb: Verb) -> bool:
        if self.header.type not in _ENTITLED:
            return False  # a submission "Về việc bãi bỏ Quyết định số …" proposes it
        lead = " ".join(self.text.folded[self.span[0] : verb.start].split()).strip(" *_\"'“:-,")
        return lead in ("", "ve", "ve viec", "v/v", "viec") or (
            bool(self._acts) and goes_on(self.text, *self.span[:1], verb.start)
        )

    def _body_acts(self, verb: Verb) -> bool:
        """Whether the body that issues the document is the subject: "Ủy ban nhân dân tỉnh bãi bỏ …"."""
        start = self.span[0]
        body = body_here(self.text, start, verb.start) if self.header.type in _SPEAKING else None
        return body is not None and is_imperative(self.text, body.end, verb.start)

    # --- documents ----------------------------------------------------------------------------------------------

    def _cite(self, citation: Citation) -> None:
        act = self._act
        if act is None:
            self._waiting.append(citation)
            return
        if not act.objects:
            parts = self._first(act, citation)
            if parts is None:
                self._act = None
                self._waiting.append(citation)
                return
            for held, words in self._held:
                self._take(held, citation, _shared(words, parts))
            self._held = []
        else:
            parts = self._further(citation)
            if parts is None:
                self._astray = citation
                return
        self._take(act, citation, parts)
        self._last, self._astray = citation, None

    def _first(self, act: _Act, citation: Citation) -> Parts | None:
        if act.listed:
            mark = _LIST_MARK.match(self.text.folded, act.end, citation.start)
            begin = mark.end() if mark else act.end
            named = parts_before(self.text, begin, citation.start)
            shared = act.parts if act.kind == AMENDS else ()  # of others those that stand after the document go before
            return Parts(named.words or shared) if named else None
        return parts_before(self.text, act.end, citation.start)

    def _further(self, citation: Citation) -> Parts | None:
        before = self._last
        if before is None:
            return None
        if self._astray and not _SEMICOLON.match(self.text.folded, self._astray.end, citation.start):
            return None
        start = before.end
        stop = max(self.text.folded.rfind(";", start, citation.start) + 1, start) if self._astray else start
        if self._astray:
            return parts_before(self.text, stop, citation.start)
        return parts_after(self.text, start, citation.start)

    def _take(self, act: _Act, citation: Citation, parts: Parts) -> None:
        kind = AMENDS if act.phrase or parts.phrase else act.kind
        act.objects += 1
        words = tuple(w for w in parts.words if not (kind == AMENDS and re.fullmatch(r"[Mm]ột (?:số|phần)\b.*", w)))
        if not words and kind != AMENDS:
            words = self._beside(act, citation)
        if any(t.citation is citation and t.kind == kind and t.parts == words for t in self.taken):
            return
        behind = max(citation.start, act.end)
        following = next((v.start for v in self._verbs if v.start > behind and v.kind != ENDS), self.span[1])
        self.taken.append(Taken(kind, citation, words, act.end, following, act.start))

    def _beside(self, act: _Act, citation: Citation) -> tuple[str, ...]:
        """The parts that are told after a document or of all the verb takes; none where the whole is meant."""
        behind = min((c.start for c in self.citations if c.start > citation.start), default=self.span[1])
        stop = self.text.raw.find(";", citation.end, behind)
        stop = stop if stop >= 0 else behind
        listed = parts_beside(self.text, citation.start, stop)
        before = max([act.end, *(t.citation.end for t in self.taken if t.citation.end <= citation.start)])
        whole = _ALL_OF.search(self.text.folded, before, citation.start)
        some = (() if whole else act.parts) or partly_beside(self.text, citation.start, stop)
        return listed or some or all_but(self.text, citation.end, behind)

    def _partly(self, verb: Verb) -> tuple[str, ...]:
        return () if verb.kind == AMENDS else partly(self.text, verb.start, verb.end)

    def _undergo(self, verb: Verb) -> None:
        """A verb that comes after its documents: "Nghị định số 91/2017/NĐ-CP … hết hiệu lực kể từ ngày …"."""
        start, text = self.span[0], self.text
        told = _TOLD.search(text.folded, max(start, verb.start - 20), verb.start)
        if told or (verb.kind == AMENDS and self._is_done_by_another(verb)):
            self._act = None  # "Luật X đã được sửa đổi theo Luật Y hết hiệu lực …": X still waits for its verb
            return
        waiting, self._waiting, self._act = self._waiting, [], None
        if _HARD.search(text.folded, max(start, verb.start - _REACH), verb.start):
            return
        if not waiting and announces(text, self._clause(verb), verb.start):
            words = announced_part(text, self._clause(verb), verb.start) or self._partly(verb)
            self._act = _Act(verb.kind, verb.start, verb.end, parts=words)
            self._acts.append(self._act)
        elif not waiting:
            self._undergo_here(verb)
        elif not self._is_done_by_another(verb) and not is_asked(text, waiting[-1].end, verb.start):
            self._befall(verb, waiting)

    def _befall(self, verb: Verb, waiting: list[Citation]) -> None:
        start, text = self.span[0], self.text
        first = parts_before(text, opening_end(text, start, waiting[0].start), waiting[0].start)
        if first is None or (self.header.type not in _ENACTING and not OWN.search(text.folded, verb.end, self.span[1])):
            return
        following = [c.start for c in self.citations if c.start > verb.end]
        words = parts_behind(text, verb.end, min([*following, self.span[1]]), cited=bool(following))
        act = _Act(verb.kind, verb.start, verb.end, parts=words or self._partly(verb))
        self._acts.append(act)
        self._take(act, waiting[0], first)
        self._last = waiting[0]
        for citation in waiting[1:]:
            parts = self._further(citation)
            if parts is None:
                self._astray = citation
            else:
                self._take(act, citation, parts)
                self._last, self._astray = citation, None

    def _undergo_here(self, verb: Verb) -> None:
        """In an amending document: "Khoản 2 Điều 5 được sửa đổi, bổ sung như sau:"."""
        named = parts_leading(self.text, self.span[0], verb.start)
        if named and self.target and not OWN.search(named[1]) and not self._is_done_by_another(verb):
            act = _Act(verb.kind, verb.start, verb.end)
            self._acts.append(act)
            self._take(act, self.target, named[0])

    def _is_done_by_another(self, verb: Verb) -> bool:
        """Whether the verb's doer is not this document, or it tells of no act at all."""
        after = self.text.folded[verb.end : self.span[1]]
        own = OWN.search(after[:120])
        if verb.kind == AMENDS and not _AS_FOLLOWS.match(after):
            return True
        by = _BY.match(after)
        if verb.kind == REPLACES:
            return not (by and own)
        named = any(verb.end <= c.start < verb.end + 60 for c in self.citations)
        return bool(by and named and not own)

    def _complete(self, end: int) -> bool:
        """Parts without a document are those of the one that is being amended: "2. Bãi bỏ khoản 3 Điều 8."."""
        act = self._act
        if act is None or act.objects or act.listed or self.target is None or self.titled:
            return False
        if act.kind not in (AMENDS, REPEALS, REPLACES):
            return False
        begin = act.end
        if act.phrase:
            at = re.compile(r"[^;.]*?\s(?:tai|trong)\s+").match(self.text.folded, begin, end)
            begin = at.end() if at else begin
        named = parts_leading(self.text, begin, end)
        if named is None or OWN.search(named[1]) or re.search(r"\bdieu nay\b", named[1]):
            return False
        self._take(act, self.target, Parts(named[0].words, phrase=act.phrase))
        return True
