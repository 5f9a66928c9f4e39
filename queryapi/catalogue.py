"""The questions the graph answers: one file each, a TOML header in `#+` lines and the query beneath it.

A parameter is a variable of the query. Its value is checked against its type and put in the variable's place as a term;
left out, an optional one stays a variable, which any value matches.
"""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from loaders.text import fold
from queryapi.errors import BadParameter, BrokenHeader, UnknownQuery
from queryapi.store import Store
from queryapi.store.terms import Iri, Literal, Results, Term
from queryapi.store.tokens import given_names, tokens, variables

TYPES = ("text", "words", "integer", "decimal", "date", "iri", "document", "concept", "province", "unit")
_LONGEST = 1000
_KIND_IN_FRONT = re.compile(
    r"^(?:tỉnh|thành phố|thị xã|thị trấn|đặc khu|huyện|quận|phường|xã|tinh|thanh pho|thi xa|thi tran|dac khu|huyen"
    r"|quan|phuong|xa)\s+",
    re.IGNORECASE,
)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Words:
    """The same in two languages."""

    vi: str
    en: str


# What a value that is not of its type should have been; any words are text.
_KINDS = {
    "integer": Words("một số nguyên", "a whole number"),
    "decimal": Words("một số", "a number"),
    "date": Words("một ngày có thật (viết 2024-01-31 hoặc 31/01/2024)", "a day there is (2024-01-31 or 31/01/2024)"),
    "iri": Words("một địa chỉ IRI", "an IRI"),
    "document": Words("một văn bản", "a document"),
}


@dataclass(frozen=True)
class Parameter:
    """A blank in the question; `scheme` is the list a concept is taken from."""

    name: str
    type: str
    label: Words
    example: str
    optional: bool = False
    scheme: str | None = None


@dataclass(frozen=True)
class Question:
    """A query of the catalogue; `columns` name the variables it gives, in their order.

    `name` is its file's, `called` the one a Vietnamese reader types: either will do.
    """

    name: str
    called: str
    title: Words
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Words]
    sparql: str


@cache
def catalogue() -> Mapping[str, Question]:
    """Every question by name; BrokenHeader if a file does not say all it must.

    >>> catalogue()["documents-citing"].parameters[0].type
    'document'
    """
    folder = files("queryapi") / "queries"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".rq"))
    found = {name.removesuffix(".rq"): (folder / name).read_text("utf-8") for name in names}
    return MappingProxyType({name: parse(name, text) for name, text in found.items()})


def question(name: str) -> Question:
    """The question of that name, or UnknownQuery with the nearest names.

    >>> question("don-vi").name
    'units-by-name'
    """
    known = catalogue()
    called = {asked.called: asked for asked in known.values()}
    found = known.get(name) or called.get(name)
    if not found:
        near = difflib.get_close_matches(name, [*known, *called], n=3, cutoff=0.4)
        likely = list(dict.fromkeys((known.get(word) or called[word]).name for word in near))
        raise UnknownQuery(name, near, [known[word].called for word in likely], likely)
    return found


def ask(store: Store, name: str, values: Mapping[str, str] | None = None) -> Results:
    """The answer to a question, its blanks filled with these values."""
    asked = question(name)
    return store.query(asked.sparql, bind(asked, values or {}, store))


def parse(name: str, text: str) -> Question:
    """A file as a question; whatever is missing, unknown or of the wrong kind in its header is an error."""
    header = [line.removeprefix("#+") for line in text.splitlines() if line.startswith("#+")]
    try:
        said = tomllib.loads("\n".join(line.removeprefix(" ") for line in header))
    except tomllib.TOMLDecodeError as error:
        raise BrokenHeader(name, str(error)) from None
    _only(name, said, {"title", "keywords", "columns"}, {"params", "name"})
    called = said.get("name", {"vi": name})
    if not isinstance(called, dict) or set(called) != {"vi"} or not _NAME.fullmatch(str(called["vi"])):
        raise BrokenHeader(name, "name.vi")
    keywords = said["keywords"]
    if not isinstance(keywords, list) or not keywords or not all(isinstance(k, str) and k for k in keywords):
        raise BrokenHeader(name, "keywords")
    parameters = tuple(_parameter(name, key, value) for key, value in _table(name, said, "params").items())
    columns = {key: _words(name, f"columns.{key}", value) for key, value in _table(name, said, "columns").items()}
    _fits(name, text, parameters, columns)
    title = _words(name, "title", said["title"])
    return Question(name, called["vi"], title, tuple(keywords), parameters, columns, text)


def _parameter(name: str, key: str, value: Any) -> Parameter:
    place = f"params.{key}"
    if not isinstance(value, dict):
        raise BrokenHeader(name, place)
    _only(f"{name} {place}", value, {"type", "label", "example"}, {"optional", "scheme"})
    kind, example, optional = value["type"], value["example"], value.get("optional", False)
    if kind not in TYPES or not isinstance(example, str) or not example or not isinstance(optional, bool):
        raise BrokenHeader(name, place)
    if (kind == "concept") != ("scheme" in value):
        raise BrokenHeader(name, f"{place}.scheme")
    return Parameter(key, kind, _words(name, f"{place}.label", value["label"]), example, optional, value.get("scheme"))


def _fits(name: str, text: str, parameters: tuple[Parameter, ...], columns: Mapping[str, Words]) -> None:
    given = given_names(text)
    for parameter in parameters:
        if parameter.name not in variables(text):
            raise BrokenHeader(name, f"params.{parameter.name}: the query has no ?{parameter.name}")
        if parameter.name in given:
            raise BrokenHeader(name, f"params.{parameter.name}: the query gives ?{parameter.name} a value itself")
    shown = list(_shown(text))
    if shown != list(columns):
        raise BrokenHeader(name, f"columns are {', '.join(columns)}, the query gives {', '.join(shown)}")


def _shown(text: str) -> Iterator[str]:
    """The variables of the first SELECT in their order; of `(… AS ?n)` the last one."""
    depth, last, started = 0, "", False
    for token in tokens(text):
        word = token.text.upper()
        if not started:
            started = token.kind == "word" and word == "SELECT"
            continue
        if word in {"{", "WHERE", "FROM"}:
            return
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "variable":
            last = token.text[1:]
            if not depth:
                yield last
        elif token.text == ")" and not depth:
            yield last


def _table(name: str, said: Mapping[str, Any], key: str) -> dict[str, Any]:
    table = said.get(key, {})
    if not isinstance(table, dict):
        raise BrokenHeader(name, key)
    return table


def _words(name: str, place: str, value: Any) -> Words:
    if not isinstance(value, dict):
        raise BrokenHeader(name, place)
    _only(f"{name} {place}", value, {"vi", "en"}, set())
    if not all(isinstance(v, str) and v for v in value.values()):
        raise BrokenHeader(name, place)
    return Words(value["vi"], value["en"])


def _only(name: str, said: Mapping[str, Any], must: set[str], may: set[str]) -> None:
    missing, strange = must - said.keys(), said.keys() - must - may
    if missing or strange:
        raise BrokenHeader(name, f"missing: {sorted(missing)}, unknown: {sorted(strange)}")


def bind(asked: Question, values: Mapping[str, str], store: Store) -> dict[str, Term]:
    """The values as terms; BadParameter for one that is missing, unknown or not of its type."""
    known = {parameter.name: parameter for parameter in asked.parameters}
    for name in values:
        if name not in known:
            wanted = ", ".join(known) or "–"
            raise BadParameter(
                name,
                f"câu hỏi {asked.called} không có tham số này (có: {wanted})",
                f"not a parameter of {asked.name} (these are: {wanted})",
            )
    bound = {}
    for name, parameter in known.items():
        value = unicodedata.normalize("NFC", values.get(name, "")).strip()
        if value:
            bound[name] = _term(parameter, value, store)
        elif not parameter.optional:
            raise BadParameter(
                name,
                f"thiếu tham số ({parameter.label.vi}), ví dụ: {name}={parameter.example}",
                f"missing ({parameter.label.en}), for example {name}={parameter.example}",
            )
    return bound


def _term(parameter: Parameter, value: str, store: Store) -> Term:
    if len(value) > _LONGEST:
        raise BadParameter(parameter.name, "giá trị dài quá", "the value is too long")
    try:
        match parameter.type:
            case "integer":
                return Literal.of(_integer(value))
            case "decimal":
                return Literal.of(_decimal(value))
            case "date":
                return Literal.of(_day(value))
            case "iri":
                return Iri(value)
            case "words":
                return Literal(" ".join(fold(value).split()))
            case "concept":
                return _concept(parameter, value)
            case "province":
                return _province(parameter, value)
            case "unit":
                return _unit(parameter, value)
            case "document":
                from queryapi.documents import find_reference

                return Iri(find_reference(store, value))
            case _:
                return Literal(value)
    except ValueError:
        kind = _KINDS[parameter.type]
        raise BadParameter(
            parameter.name,
            f"“{value}” không phải là {kind.vi}, ví dụ: {parameter.name}={parameter.example}",
            f"“{value}” is not {kind.en}, for example {parameter.name}={parameter.example}",
        ) from None


def _integer(value: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ValueError(value)
    return int(value)


def _decimal(value: str) -> Decimal:
    try:
        found = Decimal(value.replace(",", "."))
    except InvalidOperation:
        raise ValueError(value) from None
    if not found.is_finite():
        raise ValueError(value)
    return found


def _day(value: str) -> date:
    """2024-12-31, or as people here write it: 31/12/2024."""
    if written := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", value):
        day, month, year = map(int, written.groups())
        return date(year, month, day)
    return date.fromisoformat(value)


def _province(parameter: Parameter, value: str) -> Literal:
    """A province of any time by its name, marks and "tỉnh" in front or not, as derived graphs call it."""
    from loaders.authorities.units import units

    bare = re.sub(r"^(?:tỉnh|thành phố|tp\.?|tinh|thanh pho)\s+", "", value, flags=re.IGNORECASE)
    names = {unit.name for unit in units().find(bare, level="tinh")}
    if len(names) != 1:
        near = sorted(names | {unit.name for unit in units().nearest(bare, level="tinh")})
        vi = f"; gần giống: {', '.join(near)}" if near else ""
        raise BadParameter(parameter.name, f"“{value}” không phải tên tỉnh{vi}", f"“{value}” is not a province")
    return Literal(names.pop())


def _unit(parameter: Parameter, value: str) -> Literal:
    """The full names that units of that name have in the table, each between bars: "|huyện Cẩm Giàng|xã Cẩm Giàng|".

    Marks that are there must be right; without any, every name that differs in marks alone is meant. Which of the
    units of these names is meant is never decided: a question answers for all.
    """
    from loaders.authorities.places import LEVEL_OF_KIND
    from loaders.authorities.units import units

    found = {unit.full_name for unit in units().find(value)}
    for kind in LEVEL_OF_KIND:
        # marks of the kind may be missing; "xà Cẩm Giàng" is no xã
        head, rest = value[: len(kind)].lower(), value[len(kind) :]
        if rest[:1] == " " and head in (kind, fold(kind)):
            found |= {unit.full_name for unit in units().find(rest.strip(), kind=kind)}
    if not found:
        bare = re.sub(_KIND_IN_FRONT, "", value)
        near = sorted({unit.full_name for unit in units().nearest(bare) or units().find(fold(bare))})[:8]
        vi = f"; gần giống: {', '.join(near)}" if near else ""
        raise BadParameter(
            parameter.name, f"“{value}” không phải tên đơn vị hành chính{vi}", f"“{value}” is not the name of a unit"
        )
    return Literal(f"|{'|'.join(sorted(found))}|")


def _concept(parameter: Parameter, value: str) -> Iri:
    from loaders.vocabulary import find, scheme

    listed = scheme(parameter.scheme or "")
    found = listed.get(value) or find(parameter.scheme or "", value)
    if not found:
        among = ", ".join(listed)
        raise BadParameter(
            parameter.name, f"“{value}” không có trong danh mục (có: {among})", f"“{value}” is not one of {among}"
        )
    return Iri(found.iri)
