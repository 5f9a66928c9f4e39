"""The catalogue: every ready question with its form, its answer as a table and as CSV."""

import json
from typing import Any

from flask import Blueprint, Response, request

from loaders.text import quoted
from loaders.vocabulary import scheme
from ontology import BASE, VOCAB
from queryapi.catalogue import Question, bind, catalogue, question
from queryapi.documents import documents
from queryapi.errors import BadParameter, SeveralDocuments, UnknownDocument
from queryapi.pages.spreadsheet import csv_response
from queryapi.pages.view import (
    DOC,
    MOST_LISTED,
    MOST_ROWS,
    cited_names,
    concept,
    names,
    page,
    served,
    shown_date,
)
from queryapi.serving.answers import Task
from queryapi.store import Store
from queryapi.store.tokens import substitute

blueprint = Blueprint("questions", __name__)


@blueprint.get("/cau-hoi")
def listed() -> Response:
    """Every question of the catalogue."""
    return page("questions.html", questions=list(catalogue().values()))


@blueprint.get("/cau-hoi/<name>")
def show(name: str) -> Response:
    """One question: its form, and the answer once its blanks are filled."""
    asked = question(name)
    known = {parameter.name for parameter in asked.parameters}
    values = {key: value for key, value in request.args.items() if key in known}
    wanted = bool(values) or not any(not parameter.optional for parameter in asked.parameters)
    with served().store() as store:
        result: dict[str, Any] | None = None
        wrong = ""
        if wanted:
            try:
                result = _answer(store, asked, values)
            except (BadParameter, UnknownDocument, SeveralDocuments) as error:
                wrong = error.vi
        if result and request.args.get("format") == "csv":
            rows = [[cell["shown"] for cell in row] for row in result["rows"]]
            return csv_response([words.vi for words in asked.columns.values()], rows, name)
        return page(
            "question.html",
            status=400 if wrong else 200,
            store=store,
            question=asked,
            values=values,
            result=result,
            wrong=wrong,
            most=MOST_ROWS,
            choices={p.name: _choices(store, p.type, p.scheme) for p in asked.parameters},
        )


def _answer(store: Store, asked: Question, values: dict[str, str]) -> dict[str, Any]:
    query = substitute(asked.sparql, bind(asked, values, store))
    answer = served().ask(store, Task(query, "json"))
    bindings = json.loads(answer.body)["results"]["bindings"]
    documents_said = {t["value"].partition("#")[0] for row in bindings for t in row.values() if t["type"] == "uri"}
    known = {**cited_names(store, [iri for iri in documents_said if iri.startswith(DOC)]), **names(store)}
    rows = [[_cell(row.get(name), known) for name in asked.columns] for row in bindings]
    return {"rows": rows, "cut": answer.cut}


def _cell(term: dict[str, str] | None, known: dict[str, str]) -> dict[str, str]:
    """A value as people read it, with the IRI it leads to."""
    if term is None:
        return {"shown": "", "iri": ""}
    value = term["value"]
    if term["type"] != "uri":
        words = {"true": "có", "false": "không"} if term.get("datatype", "").endswith("#boolean") else {}
        return {"shown": words.get(value, shown_date(quoted(value))), "iri": ""}
    if value.startswith(str(VOCAB)) and "/" in value.removeprefix(str(VOCAB)):
        return {"shown": concept(value), "iri": ""}
    document, _, part = value.partition("#")
    named = f"{known[document]}{f' #{part}' if part else ''}" if document in known else ""
    return {"shown": named or value.removeprefix(DOC).removeprefix(BASE), "iri": value}


def _choices(store: Store, kind: str, list_: str | None) -> list[tuple[str, str]]:
    """What a blank may be filled with, where that is a list: value and name."""
    if kind == "concept":
        return [(entry.slug, entry.label) for entry in scheme(list_ or "").values()]
    if kind == "document":
        held = served().kept(store, "documents", lambda: documents(store))
        return [(known.iri, known.name) for known in held] if len(held) <= MOST_LISTED else []
    return []
