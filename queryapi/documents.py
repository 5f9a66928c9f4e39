"""A document of the store by what people call it: its IRI, its number and words without marks, or its file's name."""

import re
from dataclasses import dataclass
from functools import cache

from loaders.formats import SUFFIXES
from loaders.text import fold
from loaders.vocabulary import scheme
from ontology import BASE, ELI, TD
from queryapi.errors import SeveralDocuments, UnknownDocument
from queryapi.store import Store, terms
from queryapi.store.terms import Iri, Literal, Rows

_SELECT = f"""
PREFIX td: <{TD}> PREFIX eli: <{ELI}> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?iri ?source ?number ?date ?issuer ?title ?words ?movement ?attached_to ?known_as {{
  %s
  ?iri td:sourceName ?source ; td:searchText ?words .
  OPTIONAL {{ ?iri eli:number ?number }}
  OPTIONAL {{ ?iri eli:date_document ?date }}
  OPTIONAL {{ ?iri td:issuerLabel ?issuer }}
  OPTIONAL {{ ?iri dcterms:title ?title }}
  OPTIONAL {{ ?iri td:launches ?movement }}
  OPTIONAL {{ ?iri td:attachedTo ?attached_to }}
  OPTIONAL {{ ?iri td:knownAs ?known_as }}
  %s
}} ORDER BY ?iri"""
_MENTIONED = f"""
PREFIX td: <{TD}> PREFIX eli: <{ELI}>
SELECT DISTINCT ?iri ?number ?issuer {{
  {{ ?citation td:citedNumber ?number . {{ ?citation td:cites ?iri MINUS {{ ?citation td:resolvedByDate ?law }} }}
    UNION {{ ?citation td:resolvedByDate ?iri }} OPTIONAL {{ ?citation td:citedIssuerLabel ?issuer }} }}
  UNION {{ ?iri a td:LegalInstrument ; eli:number ?number OPTIONAL {{ ?iri td:issuerLabel ?issuer }} }}
  FILTER(STRSTARTS(?number, %s))
}}"""
_SPOKEN_OF = "SELECT ?other { { %s ?p ?other } UNION { ?other ?p %s } } LIMIT 1"
_SUFFIXES = ("", *SUFFIXES)
# "15/2020/QĐ-UBND Ủy ban nhân dân tỉnh Ninh Thuận (ubnd-tinh-ninh-thuan/quyet-dinh/2020/15)", as it is listed
_LAST = re.compile(r"\s\(([^()\s]+)\)\s*\Z")
_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Known:
    """A document in the store, as far as one needs it to recognise it.

    `movement` is there when it is a plan, `attached_to` when it stands in the file of the document that issues it.
    """

    iri: str
    source: str
    words: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    movement: str | None = None
    attached_to: str | None = None
    known_as: str | None = None

    @property
    def name(self) -> str:
        """How people call it: "40/KH-UBND Ủy ban nhân dân tỉnh Quảng Ninh"; with its file where it has no number.

        What is attached is named after what issues it: "Kế hoạch kèm theo 1245/QĐ-UBND Ủy ban nhân dân tỉnh Khánh Hòa".
        """
        issuer = self.issuer or self.title or ""
        called = self.number or self.known_as
        return f"{called} {issuer}".strip() if called else f"{issuer} ({self.source})".strip()


def documents(store: Store) -> list[Known]:
    """Every document of the store, in order of IRI."""
    return _select(store)


def find_documents(store: Store, words: str) -> list[Known]:
    """The documents that answer to these words: so named, else with just this number, else holding every word."""
    return _called(store, words) or _worded(store, words.strip())


def find_document(store: Store, words: str) -> Known:
    """The one document meant; UnknownDocument with the nearest names, SeveralDocuments with all that match."""
    return _only(store, words, _without_attached(find_documents(store, words)))


def find_plan(store: Store, words: str) -> Known:
    """The one plan meant: a decision's number means the plan it issues, where it launches no movement itself."""
    found = find_documents(store, words)
    issuing = " ".join(Iri(one.iri).n3() for one in found if not one.movement)
    issued = _select(store, f"VALUES ?by {{ {issuing} }} ?iri td:attachedTo ?by .") if issuing else []
    plans = {one.iri: one for one in (*found, *issued) if one.movement}
    return next(iter(plans.values())) if len(plans) == 1 else find_document(store, words)


def _without_attached(found: list[Known]) -> list[Known]:
    """A file's name means its own document, not those that stand behind it."""
    named = {one.iri for one in found}
    return [one for one in found if one.attached_to not in named]


def _only(store: Store, words: str, found: list[Known]) -> Known:
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralDocuments(words, [_with_path(known.name, known.iri) for known in found])
    raise UnknownDocument(words, nearest(store, words))


def find_reference(store: Store, words: str) -> str:
    """The IRI of a document held, cited or in the law register: "91/2017/NĐ-CP", "203/KH-UBND phuoc long".

    One with just this number comes before those whose title mentions it, held or not.
    """
    if is_iri(words):
        return words
    if not _called(store, words):
        path = _path(_last_named(words) or words)
        if path and _is_spoken_of(store, path):
            return f"{BASE}id/doc/{path}"
        mentioned = _mentioned(store, words)
        if len(mentioned) == 1:
            return next(iter(mentioned))
        if mentioned:
            raise SeveralDocuments(words, sorted(_with_path(name, iri) for iri, name in mentioned.items()))
    return find_document(store, words).iri


def is_iri(words: str) -> bool:
    """Whether it is meant as an IRI."""
    return words.startswith(("http://", "https://")) and terms.is_iri(words)


def nearest(store: Store, words: str) -> list[str]:
    """Names of documents that look like what was asked for, the likeliest first."""
    from rapidfuzz import fuzz, process

    known = documents(store)
    asked = " ".join(_MEANT.get(piece, piece) for piece in _pieces(words))
    likely = process.extract(
        asked, [d.words for d in known], scorer=fuzz.token_set_ratio, limit=_SHOWN, score_cutoff=45
    )
    return [known[place].name for _, _, place in likely]


_MEANT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bcd": "ban chi dao"}


def _select(store: Store, first: str = "", last: str = "") -> list[Known]:
    found = store.query(_SELECT % (first, last))
    records = found.records() if isinstance(found, Rows) else []
    known: dict[str, Known] = {}
    for record in records:
        said = {name: str(term) for name, term in record.items()}
        known.setdefault(said["iri"], Known(**said))
    return list(known.values())


def _called(store: Store, words: str) -> list[Known]:
    """The documents of this path or file, else those with this very number of which the other words are true too."""
    wanted = words.strip()
    found = _so_named(store, wanted)
    last = _last_named(wanted)
    if not found and last:
        found = _so_named(store, last)
    return found or _numbered(store, wanted)


def _so_named(store: Store, wanted: str) -> list[Known]:
    path = _path(wanted)
    found = _select(store, f"VALUES ?iri {{ {_iri(path)} }}") if path else []
    if found:
        return found
    file = wanted.replace("\\", "/").rpartition("/")[2]
    names = " ".join(Literal(f"{file}{suffix}").n3() for suffix in _SUFFIXES)
    for property_ in ("sourceName", "otherSource"):
        found = _select(store, f"VALUES ?file {{ {names} }} ?iri td:{property_} ?file .") if file else []
        if found:
            return found
    return []


def _numbered(store: Store, words: str) -> list[Known]:
    """Those whose own number it is, in full ("15/2020/QĐ-UBND"), else as far as it was typed ("15/2020")."""
    number, others = _number_of(words)
    if not number:
        return []
    found = [d for d in _holding(store, [number, *others]) if d.number and all(_stands(piece, d) for piece in others)]
    own = [d for d in found if _key(d.number or "") == number]
    return own or [d for d in found if _key(d.number or "").startswith(f"{number}/")]


def _worded(store: Store, words: str) -> list[Known]:
    pieces = _pieces(words)
    return [d for d in _holding(store, pieces) if all(_stands(piece, d) for piece in pieces)] if pieces else []


def _holding(store: Store, pieces: list[str]) -> list[Known]:
    filters = " ".join(f"FILTER(CONTAINS(?words, {Literal(_MEANT.get(p, p)).n3()}))" for p in pieces)
    return _select(store, "", filters)


def _mentioned(store: Store, words: str) -> dict[str, str]:
    """Documents known by their number only, with what they are called, by IRI: with just this one, if there are any."""
    number, others = _number_of(words)
    digits = number.partition("/")[0].partition("-")[0]
    if not digits:
        return {}
    called: dict[str, set[str]] = {}
    exact: set[str] = set()
    for typed in (digits, f"0{digits}"):
        found = store.query(_MENTIONED.replace("%s", Literal(typed).n3()))
        for record in found.records() if isinstance(found, Rows) else []:
            said = [str(record[name]) for name in ("number", "issuer") if name in record]
            if _key(said[0]) == number or _key(said[0]).startswith(f"{number}/"):
                called.setdefault(str(record["iri"]), set()).add(" ".join(said))
                exact |= {str(record["iri"])} if _key(said[0]) == number else set()
    names = {iri: max(said, key=len) for iri, said in called.items() if not exact or iri in exact}
    wanted = [_MEANT.get(piece, piece) for piece in others]
    return {iri: name for iri, name in names.items() if all(piece in fold(name) for piece in wanted)}


def _number_of(words: str) -> tuple[str, list[str]]:
    """The number in what was typed, without zeros before it, and the other words but "Quyết định số" before it.

    >>> _number_of("Quyết định số 08/2015/QĐ-UBND ninh thuận")
    ('8/2015/qd-ubnd', ['ninh', 'thuan'])
    >>> _number_of("cải cách hành chính")
    ('', ['cai', 'cach', 'hanh', 'chinh'])
    """
    pieces = _pieces(_LAST.sub("", words))
    numeric = [place for place, piece in enumerate(pieces) if piece[0].isdigit()]
    place = next((place for place in numeric if "/" in pieces[place]), numeric[0] if numeric else None)
    if place is None:
        return "", pieces
    before = " ".join(pieces[:place]).removesuffix("so").strip()
    kept = [] if before in _types() else pieces[:place]
    return _key(pieces[place]), [*kept, *pieces[place + 1 :]]


@cache
def _types() -> frozenset[str]:
    return frozenset({"", *(fold(kind.label) for kind in scheme("document-type").values())})


def _key(number: str) -> str:
    return fold(number).lstrip("0")


def _last_named(words: str) -> str:
    """The path or file in brackets at the end of a name as it is listed."""
    listed = _LAST.search(words)
    return listed.group(1) if listed else ""


def _path(words: str) -> str | None:
    """The path of a document's IRI, if it can be one."""
    path = words.strip().removeprefix(f"{BASE}id/doc/")
    return path if "/" in path and _iri(path) else None


def _is_spoken_of(store: Store, path: str) -> bool:
    found = store.query(_SPOKEN_OF.replace("%s", _iri(path) or ""))
    return isinstance(found, Rows) and bool(list(found.rows))


def _iri(path: str) -> str | None:
    try:
        return Iri(f"{BASE}id/doc/{path}").n3()
    except ValueError:
        return None


def _with_path(name: str, iri: str) -> str:
    """A name with the path that only this document has; typed again, it is found."""
    return f"{name} ({iri.removeprefix(f'{BASE}id/doc/')})"


def _pieces(words: str) -> list[str]:
    return fold(words).replace(",", " ").split()


def _stands(piece: str, document: Known) -> bool:
    """A number must stand whole ("4/KH-UBND" is not in "54/KH-UBND"), other words as words."""
    said = document.words.replace(",", " ").split()
    if piece in _MEANT:
        return True  # the filter saw to it
    return piece in said or (piece[0].isdigit() and any(word.startswith(f"{piece}/") for word in said))
