"""What all pages share: how dates, names and concepts are shown, and how things are addressed."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, Response, current_app, render_template, request, url_for

from loaders.days import shown_day
from loaders.rdf import reader_version
from loaders.text import quoted
from loaders.vocabulary import scheme
from ontology import BASE, ELI, TD, VOCAB
from queryapi.documents import Known, documents
from queryapi.serving.served import Served
from queryapi.store import Store
from queryapi.store.terms import Iri, Rows

DOC = f"{BASE}id/doc/"


def served() -> Served:
    """The data this app answers from."""
    found: Served = current_app.extensions["thidua"]
    return found


def page(template: str, status: int = 200, *, store: Store | None = None, **values: Any) -> Response:
    """A page; with the store it was made from it may be asked for again cheaply."""
    version = served().version(store) if store else None
    response = Response(render_template(template, version=version, **values), status, mimetype="text/html")
    if store and request.method in ("GET", "HEAD"):
        # the day too: some pages say how something stands today
        response.set_etag(f"{served().state(store)}-{reader_version()}-{date.today().isoformat()}", weak=True)
        response.cache_control.no_cache = True
        response.make_conditional(request)
    response.vary.update(("Accept",))
    return response


MOST_LISTED = 300  # more documents than this are typed, not picked from a list
MOST_ROWS = 500  # more rows than this are for a spreadsheet, not for a page


def plans(store: Store) -> list[Known]:
    """Every plan of the store by name; empty when there are too many to pick from."""
    held = served().kept(store, "plans", lambda: sorted(_plans(store), key=lambda known: known.name))
    return held if len(held) <= MOST_LISTED else []


def _plans(store: Store) -> list[Known]:
    return [known for known in documents(store) if known.movement]


def shown_date(value: object) -> str:
    """A date as written in Vietnam; anything else as it is.

    >>> shown_date("2024-02-19"), shown_date("không rõ"), shown_date(None)
    ('19/02/2024', 'không rõ', '')
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(value)) if value is not None else None
    return shown_day(match.group()) if match else str(value or "")


def shown_dates(value: object) -> str:
    """Words with every ISO date in them as written in Vietnam.

    >>> shown_dates("Quyết định 3322/QĐ-UBND (2021-10-01)")
    'Quyết định 3322/QĐ-UBND (01/10/2021)'
    """
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda match: shown_date(match.group()), str(value or ""))


def concept(value: object) -> str:
    """The Vietnamese name of a concept of ours, by its IRI.

    >>> concept("https://w3id.org/thidua/vocab/verdict/expired")
    'hết hiệu lực'
    """
    name, _, slug = str(value or "").removeprefix(str(VOCAB)).partition("/")
    try:
        found = scheme(name).get(slug)
    except StopIteration:  # no such list
        found = None
    return found.label if found else slug.replace("-", " ") or name


def slug_of(value: object) -> str:
    """The last step of an IRI: what a style may be named after."""
    return re.sub(r"[^a-z0-9-]", "", str(value or "").rsplit("/", 1)[-1].lower())


def document_path(iri: object) -> str:
    """`chinh-phu/nghi-dinh/2017/91` of a document's IRI or of a part of it."""
    return unquote(str(iri).split("#")[0].removeprefix(DOC))


def named(path: str) -> str:
    """The IRI under `id/` that an address stands for: it came decoded, and is escaped again as our names are.

    >>> named("doc/chinh-phu/nghi-dinh/2017/91"), named("doc/<script>")
    ('https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91', 'https://w3id.org/thidua/id/doc/%3Cscript%3E')
    """
    return f"{BASE}id/{quote(path)}"


def document_url(iri: object) -> str:
    """Where a document, or a part of it, is shown."""
    fragment = str(iri).partition("#")[2]
    return url_for("document.show", path=document_path(iri)) + (f"#{fragment}" if fragment else "")


def thing_url(iri: object) -> str:
    """Where the triples of a thing of ours are, on this host; other names as they are.

    >>> thing_url("https://w3id.org/thidua/id/doc/a/b/2024/1#citation-5")
    '/id/doc/a/b/2024/1?part=citation-5'
    >>> thing_url("javascript:alert(1)")
    '#'
    """
    text = str(iri)
    if text.startswith(BASE):
        name, _, fragment = text.removeprefix(BASE).partition("#")
        if name == "ns":
            return f"/ns#{quote(fragment)}"
        return f"/{quote(name, safe='/%')}" + (f"?part={quote(fragment)}" if fragment else "")
    return text if text.startswith(("http://", "https://")) else "#"


def short(iri: object, prefixes: Mapping[str, str], here: str = "") -> str:
    """An IRI with a prefix we use; parts of the document `here` by their fragment, ours without the base.

    >>> short("https://w3id.org/thidua/id/doc/a/b/2024/1#quota-5", {}, "https://w3id.org/thidua/id/doc/a/b/2024/1")
    '#quota-5'
    """
    text = str(iri)
    if here and text.startswith(here.split("#")[0] + "#"):
        return text[len(here.split("#")[0]) :]
    for prefix, base in prefixes.items():
        if text.startswith(base) and re.fullmatch(r"[\w/-]*", text[len(base) :]):
            return f"{prefix}:{text[len(base) :]}"
    return text.removeprefix(BASE)


def names(store: Store) -> dict[str, str]:
    """Every document by IRI, as people call it."""
    return served().kept(store, "names", lambda: {known.iri: known.name for known in documents(store)})


_CITED = f"""
PREFIX td: <{TD}> PREFIX eli: <{ELI}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?iri ?type ?number ?name ?issuer {{
  VALUES ?iri {{ %s }}
  {{ ?iri a td:LegalInstrument OPTIONAL {{ ?iri eli:type_document ?type }} OPTIONAL {{ ?iri eli:number ?number }} }}
  UNION {{
    ?citation td:cites ?iri
    OPTIONAL {{ ?citation td:citedType ?type }} OPTIONAL {{ ?citation td:citedNumber ?number }}
    OPTIONAL {{ ?citation td:citedName ?name }} OPTIONAL {{ ?citation td:citedIssuer/rdfs:label ?issuer }}
  }}
}}"""


def cited_names(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Documents the store only cites or the register knows, as their citations call them: "Luật 06/2022/QH15"."""
    found: dict[str, str] = {}
    wanted = [Iri(iri).n3() for iri in sorted(iris)[:MOST_ROWS]]
    results = store.query(_CITED % " ".join(wanted)) if wanted else None
    for row in results.records() if isinstance(results, Rows) else ():
        said = {name: str(term) for name, term in row.items()}
        called = said.get("number") or said.get("name", "")
        type_ = concept(said["type"]) if "type" in said else ""
        words = [type_ if said.get("number") else "", called, said.get("issuer", "")]
        if called and len(name := " ".join(filter(None, words))) > len(found.get(said["iri"], "")):
            found[said["iri"]] = name[:1].upper() + name[1:]
    return found


def register(app: Flask) -> None:
    """Give the templates what they show things with."""
    from queryapi.results import PREFIXES

    known = {**PREFIXES, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "org": "http://www.w3.org/ns/org#"}
    app.jinja_env.filters.update(
        date=shown_date,
        dates=shown_dates,
        concept=concept,
        quoted=quoted,
        slug=slug_of,
        document_url=document_url,
        path=document_path,
        thing_url=thing_url,
        short=lambda iri, here="": short(iri, known, here),
    )
    app.jinja_env.globals.update(td=str(TD), reader_version=reader_version())
