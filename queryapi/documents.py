"""A document of the store by what people call it: its IRI, its number and words without marks, or its file's name."""

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.text import fold
from ontology import BASE, ELI, TD
from queryapi.errors import SeveralDocuments, UnknownDocument
from queryapi.store import Store, terms
from queryapi.store.terms import Iri, Literal, Rows

_SELECT = f"""
PREFIX td: <{TD}> PREFIX eli: <{ELI}> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?iri ?source ?number ?date ?issuer ?title ?words ?movement {{
  %s
  ?iri td:sourceName ?source ; td:searchText ?words .
  OPTIONAL {{ ?iri eli:number ?number }}
  OPTIONAL {{ ?iri eli:date_document ?date }}
  OPTIONAL {{ ?iri td:issuerLabel ?issuer }}
  OPTIONAL {{ ?iri dcterms:title ?title }}
  OPTIONAL {{ ?iri td:launches ?movement }}
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
_SUFFIXES = ("", ".txt", ".md")
_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Known:
    """A document in the store, as far as one needs it to recognise it. `movement` is there when it is a plan."""

    iri: str
    source: str
    words: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    movement: str | None = None

    @property
    def name(self) -> str:
        """How people call it: "40/KH-UBND Ủy ban nhân dân tỉnh Quảng Ninh"; with its file where it has no number."""
        issuer = self.issuer or self.title or ""
        return f"{self.number} {issuer}".strip() if self.number else f"{issuer} ({self.source})".strip()


def documents(store: Store) -> list[Known]:
    """Every document of the store, in order of IRI."""
    return _select(store)


def find_documents(store: Store, words: str) -> list[Known]:
    """The documents that answer to these words: the ones so named if there are any, else those that hold every word."""
    wanted = words.strip()
    path = wanted.removeprefix(f"{BASE}id/doc/")
    if "/" in path and " " not in path:
        found = _select(store, f"VALUES ?iri {{ {_iri(path)} }}") if _iri(path) else []
        if found:
            return found
    file = wanted.replace("\\", "/").rpartition("/")[2]
    names = " ".join(Literal(f"{file}{suffix}").n3() for suffix in _SUFFIXES)
    for property_ in ("sourceName", "otherSource"):
        found = _select(store, f"VALUES ?file {{ {names} }} ?iri td:{property_} ?file .") if file else []
        if found:
            return found
    pieces = _pieces(wanted)
    if not pieces:
        return []
    filters = " ".join(f"FILTER(CONTAINS(?words, {Literal(_MEANT.get(p, p)).n3()}))" for p in pieces)
    return [d for d in _select(store, "", filters) if all(_stands(piece, d) for piece in pieces)]


def find_document(store: Store, words: str) -> Known:
    """The one document meant; UnknownDocument with the nearest names, SeveralDocuments with all that match."""
    found = find_documents(store, words)
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralDocuments(words, _told_apart(found))
    raise UnknownDocument(words, nearest(store, words))


def find_reference(store: Store, words: str) -> str:
    """The IRI of a document held, cited or in the law register: "91/2017/NĐ-CP", "203/KH-UBND phuoc long"."""
    if is_iri(words):
        return words
    held = find_documents(store, words)
    if not held:
        mentioned = _mentioned(store, words)
        if len(mentioned) == 1:
            return next(iter(mentioned))
        if mentioned:
            raise SeveralDocuments(words, sorted(mentioned.values()))
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


def _mentioned(store: Store, words: str) -> dict[str, str]:
    """Documents known by their number only, with what they are called, by IRI."""
    number, *others = _pieces(words) or [""]
    digits = number.partition("/")[0].partition("-")[0]
    if not digits[:1].isdigit():
        return {}
    found = store.query(_MENTIONED.replace("%s", Literal(digits).n3()))
    called: dict[str, set[str]] = {}
    for record in found.records() if isinstance(found, Rows) else []:
        said = [str(record[name]) for name in ("number", "issuer") if name in record]
        if fold(said[0]) == number or fold(said[0]).startswith(f"{number}/"):
            called.setdefault(str(record["iri"]), set()).add(" ".join(said))
    names = {iri: max(said, key=len) for iri, said in called.items()}
    wanted = [_MEANT.get(piece, piece) for piece in others]
    return {iri: name for iri, name in names.items() if all(piece in fold(name) for piece in wanted)}


def _iri(path: str) -> str | None:
    try:
        return Iri(f"{BASE}id/doc/{path}").n3()
    except ValueError:
        return None


def _told_apart(found: Iterable[Known]) -> list[str]:
    """Names; where two are the same, with what tells them apart."""
    found = list(found)
    names = [d.name for d in found]
    return [d.name if names.count(d.name) == 1 else f"{d.name} ({d.date or d.source})" for d in found]


def _pieces(words: str) -> list[str]:
    return fold(words).replace(",", " ").split()


def _stands(piece: str, document: Known) -> bool:
    """A number must stand whole ("4/KH-UBND" is not in "54/KH-UBND"), other words as words."""
    said = document.words.replace(",", " ").split()
    if piece in _MEANT:
        return True  # the filter saw to it
    return piece in said or (piece[0].isdigit() and any(word.startswith(f"{piece}/") for word in said))
