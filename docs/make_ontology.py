"""Writes docs/ontology.md, ontology.en.md, ontology-rules.md and the picture in them: `python docs/make_ontology.py`.

With `--examples` it first reads the five plans anew and picks the examples (ontology/examples.tsv); with `--release` it
adds the terms of this version to ontology/released.txt. A test says when a page is stale.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from draw_ontology import picture

from ontology import BASE, TD
from queryapi.reference import Entry, List, Section, Term, header, lists, sections, short

DOCS = Path(__file__).parent
ROOT = DOCS.parent
RULES = ROOT / "tests" / "rules"
EXAMPLES = ROOT / "ontology" / "examples.tsv"
PICTURE = ROOT / "queryapi" / "templates" / "ontology.svg"
RELEASED = ROOT / "ontology" / "released.txt"

_WORDS = {
    "vi": {
        "title": "Từ vựng",
        "made": "Trang này do `python docs/make_ontology.py` viết ra từ `ontology/`.",
        "other": "[English](ontology.en.md)",
        "more": "Vì sao mô hình như thế: [modelling.md](modelling.md). Đánh số phiên bản và bỏ thuật ngữ: "
        "[ontology-versions.md](ontology-versions.md). Quy tắc mà từ vựng phải theo: "
        "[ontology-rules.md](ontology-rules.md).",
        "overview": "Các lớp chính",
        "lists": "Danh mục",
        "class": "lớp",
        "object": "thuộc tính tới một thực thể",
        "datatype": "thuộc tính tới một giá trị",
        "annotation": "thuộc tính chú giải",
        "parents": "thuộc",
        "children": "gồm",
        "domain": "của",
        "range": "nhận",
        "disjoint": "không thể đồng thời là",
        "source": "nguồn",
        "example": "ví dụ",
        "deprecated": "**không dùng nữa**",
        "replaced": "thay bằng",
        "version": "phiên bản",
        "license": "giấy phép",
        "changed": "sửa ngày",
        "concept": "mục",
        "definition": "định nghĩa",
        "rank": "bậc",
    },
    "en": {
        "title": "Vocabulary",
        "made": "Written by `python docs/make_ontology.py` from `ontology/`.",
        "other": "[Tiếng Việt](ontology.md)",
        "more": "Why the model is so: [modelling.md](modelling.md). Versions and retiring terms: "
        "[ontology-versions.md](ontology-versions.md). Rules the vocabulary keeps: "
        "[ontology-rules.md](ontology-rules.md).",
        "overview": "Main classes",
        "lists": "Lists",
        "class": "class",
        "object": "object property",
        "datatype": "datatype property",
        "annotation": "annotation property",
        "parents": "under",
        "children": "above",
        "domain": "of",
        "range": "takes",
        "disjoint": "never also",
        "source": "source",
        "example": "example",
        "deprecated": "**deprecated**",
        "replaced": "replaced by",
        "version": "version",
        "license": "licence",
        "changed": "modified",
        "concept": "concept",
        "definition": "definition",
        "rank": "rank",
    },
}


def pages() -> dict[Path, str]:
    """Every generated page and what it should hold."""
    return {
        DOCS / "ontology.md": _reference("vi"),
        DOCS / "ontology.en.md": _reference("en"),
        DOCS / "ontology-rules.md": _rules(),
        PICTURE: picture({term.name: term for term in _terms(sections())}),
    }


def _reference(language: str) -> str:
    say, head = _WORDS[language], header()
    lines = [
        f"# {say['title']} `td:`",
        f"{say['made']} {say['other']}.",
        head.descriptions[language],
        f"`td:` = <{TD}> · {say['version']} {head.version} · {say['changed']} {head.modified} · "
        f"{say['license']} <{head.license}>",
        say["more"],
        f"## {say['overview']}",
        f"![{say['overview']}](../queryapi/templates/ontology.svg)",
    ]
    for section in sections():
        lines.append(f"## {section.titles[language]}")
        lines += [_term(term, language) for term in section.terms]
    lines.append(f"## {say['lists']}")
    lines += [_list(one, language) for one in lists()]
    return "\n\n".join(lines) + "\n"


def _term(term: Term, language: str) -> str:
    say, other = _WORDS[language], "en" if language == "vi" else "vi"
    lines = [
        f'### <a id="{term.name}"></a>{term.labels[language]} · `td:{term.name}`',
        "",
        f"*{say[term.kind]}* · {other}: {term.labels[other]}",
        "",
        term.definitions[language] + (f" {term.scope[language]}" if term.scope else ""),
        "",
    ]
    if term.deprecated:
        lines += [f"- {say['deprecated']}; {say['replaced']} {_links(term.replaced_by)}"]
    for key in ("parents", "children", "domain", "range", "disjoint"):
        names = getattr(term, key)
        if names:
            lines.append(f"- {say[key]}: {_links(names)}")
    lines += [f"- {how}: {_links((to,))}" for how, to in term.matches]
    lines.append(f"- {say['source']}: {'; '.join(term.sources)}")
    if term.example:
        one = term.example
        lines.append(f"- {say['example']}: `{short(one.subject)}` `{short(one.predicate)}` `{short(one.object)}`")
    return "\n".join(lines)


def _links(names: tuple[str, ...]) -> str:
    def link(iri: str) -> str:
        return f"[{short(iri)}](#{iri.removeprefix(TD)})" if iri.startswith(TD) else f"`{short(iri)}`"

    return ", ".join(link(iri) for iri in names)


def _list(one: List, language: str) -> str:
    say, ranked = _WORDS[language], any(entry.rank is not None for entry in one.entries)
    heads = [say["concept"], "`vi`", "`en`", say["definition"], *([say["rank"]] if ranked else [])]
    rows = [_row(entry, language, ranked) for entry in one.entries]
    table = [heads, ["---"] * len(heads), *rows]
    return "\n\n".join(
        (
            f'### <a id="list-{one.name}"></a>{one.titles[language]} · `{one.name}`',
            f"{one.definitions.get(language) or next(iter(one.definitions.values()))} "
            f"<{BASE}vocab/{one.name}> · {say['source']}: {'; '.join(one.sources)}",
            "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in table),
        )
    )


def _row(entry: Entry, language: str, ranked: bool) -> list[str]:
    notation = f" ({entry.notation})" if entry.notation else ""
    words = entry.definitions.get(language) or next(iter(entry.definitions.values()), "")
    row = [f"`{entry.slug}`{notation}", entry.labels.get("vi", ""), entry.labels.get("en", ""), words]
    return [*row, "" if entry.rank is None else str(entry.rank)] if ranked else row


def _rules() -> str:
    lines = [
        "# Rules of the vocabulary, the lists and the register",
        "Written by `python docs/make_ontology.py` from `tests/rules/`. One rule is one query that must find nothing; "
        "beside it stands a small graph in which it was seen finding what it is for. "
        "Quy tắc của từ vựng, danh mục và sổ pháp luật: mỗi quy tắc là một truy vấn không được tìm thấy gì.",
    ]
    for rule in sorted(RULES.glob("*.rq")):
        problem, why, remedy = (line.partition(": ")[2] for line in rule.read_text("utf-8").splitlines()[:3])
        lines.append(
            f"## {rule.stem}\n\n{_sentence(problem)}\n\n- Why: {why}\n- Remedy: {remedy}\n"
            f"- [query](../tests/rules/{rule.name}) · [seen failing](../tests/rules/{rule.stem}.bad.ttl)"
        )
    return "\n\n".join(lines) + "\n"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def choose_examples() -> str:
    """For each term a statement from the graph of the five plans, the shortest of those that stand first."""
    from queryapi.loading.load import load
    from queryapi.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder), write=True) as store:
            load(sorted((ROOT / "examples" / "plans").glob("*.txt")), store)
        with open_store(Path(folder)) as store:
            rows = [row for term in _terms(sections()) if (row := _example(store.query, term))]
    return "".join("\t".join(row) + "\n" for row in rows)


def _terms(groups: tuple[Section, ...]) -> Iterator[Term]:
    for section in groups:
        yield from section.terms


def _example(ask: Callable[[str], Any], term: Term) -> tuple[str, str, str, str] | None:
    kind = term.kind == "class"
    pattern = f"?s a <{term.iri}>" if kind else f"?s <{term.iri}> ?o"
    place = 'IF(CONTAINS(STR(?g), "/graph/doc/"), 0, IF(CONTAINS(STR(?g), "/graph/derived/"), 1, 2))'
    found = ask(
        f"SELECT ?s {'' if kind else '?o'} {{ GRAPH ?g {{ {pattern} }} "
        f"FILTER(!CONTAINS(STR(?g), '/graph/text/')) BIND({place} AS ?place) }} "
        f"ORDER BY ?place {'' if kind else 'STRLEN(STR(?o))'} ?s {'' if kind else '?o'} LIMIT 1"
    )
    for record in found.records():
        type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        predicate, value = (type_, term.iri) if kind else (term.iri, " ".join(str(record["o"]).split())[:100])
        return term.iri, str(record["s"]), predicate, value
    return None


def release() -> str:
    """ontology/released.txt with the names of this version added: a name once in it stays for ever."""
    said = RELEASED.read_text("utf-8")
    version = header().version
    if f"\n{version} " in said:
        raise SystemExit(f"{version} is in {RELEASED.name} already")
    known = {line.split(" ", 1)[1] for line in said.splitlines() if line and not line.startswith("#")}
    names = [term.iri for term in _terms(sections())]
    names += [f"{BASE}vocab/{one.name}" for one in lists()] + [entry.iri for one in lists() for entry in one.entries]
    return said + "".join(f"{version} {name}\n" for name in sorted(names) if name not in known)


def main(arguments: list[str]) -> None:
    if "--examples" in arguments:
        EXAMPLES.write_text(choose_examples(), "utf-8")
    if "--release" in arguments:
        RELEASED.write_text(release(), "utf-8")
    for page, text in pages().items():
        page.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
