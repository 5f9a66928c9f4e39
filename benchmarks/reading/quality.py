"""How much of what is printed is found, and how much of what is said is right: gains and losses against the record.

    python benchmarks/reading/quality.py [--record] [--misses CLASS]

The cases are those of tests/ (citations, headers, effects, parts of plans), clean and with each kind of noise, and the
five example plans where their hand-made readings are at hand (THIDUA_SHARED). `--record` rewrites record.json.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(HERE)]

import test_citations as of_citations  # noqa: E402
import test_effects as of_effects  # noqa: E402
import test_parts as of_parts  # noqa: E402
from noise import NOISES, noisy  # noqa: E402

from loaders.findings import Source, to_json  # noqa: E402
from loaders.header import find_header  # noqa: E402
from loaders.read import find  # noqa: E402
from loaders.signature import find_signature  # noqa: E402
from loaders.structure.outline import outline  # noqa: E402
from loaders.text import Text, fold  # noqa: E402

RECORD = HERE / "record.json"
SHARED = Path(os.environ.get("THIDUA_SHARED", ROOT.parent / "shared"))
DAMAGED = {"scanned", "damaged", "ocr-numbers", "ocr-passages", "split-and-blank"}  # cases that are noisy already
# Words of the document itself, which noise changes: only in clean cases do they tell anything.
PRINTED = {
    *("title", "text", "name", "pinpoint", "number_as_printed", "component", "what", "who", "to", "via", "by", "base"),
    *("award", "areas", "label", "due", "delegated_to", "signer", "signer_role", "signed_for", "place", "repaired"),
    *("drafted_by", "launched_by", "threshold", "applies_to", "normalised", "form_of"),
}
Row = list[int]  # wanted, found, said, right
Rows = dict[str, Row]
Wants = list[dict[str, Any]]


def cases(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((ROOT / "tests" / folder).glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield path.stem, case


def citations(case: dict[str, Any]) -> tuple[Wants, Wants]:
    return case["finds"], [vars(citation) for citation in of_citations.find(case)]


def effects(case: dict[str, Any]) -> tuple[Wants, Wants]:
    text = of_effects.written(case)
    found = find(text, Source(name="case.txt", sha256=text.sha256))
    said = [{"kind": e.kind, "about": of_effects.about(e, found), "on": e.effective_on or ""} for e in found.effects]
    return [{key: want[key] for key in ("kind", "about", "on") if key in want} for want in case["finds"]], said


def parts(part: str, case: dict[str, Any]) -> tuple[Wants, Wants]:
    text = of_parts.text_of(case)
    head = of_parts.Head(**case.get("header", {}))
    said = [to_json(one) for one in of_parts.FINDERS[part](text, outline(text), head)]
    return case["finds"], [one for one in said if isinstance(one, dict)]


def header(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    text = Text.of(case["text"])
    signature = find_signature(text)
    read = find_header(text, signature)
    said = {**vars(read), **(vars(signature) if signature else {}), "issuer": fold(read.issuer_label or "")}
    wanted = case["finds"]
    return {**wanted, "issuer": fold(wanted["issuer"])} if "issuer" in wanted else wanted, said


def pairs(wants: Wants, said: Wants, noise: bool) -> Row:
    """How many of the wanted are there, each by one of its own, and how many of the said were wanted."""
    left, found = list(said), 0
    for want in wants:
        asked = {key: value for key, value in want.items() if not (noise and key in PRINTED)}
        hit = next((one for one in left if all(_same(v, one.get(key)) for key, v in asked.items())), None)
        if hit is not None:
            left.remove(hit)
            found += 1
    return [len(wants), found, len(said), found]


def _same(want: object, got: object) -> bool:
    return (got or "") == want if want == "" else not of_parts.mismatch(want, got)


def add(rows: Rows, name: str, row: Row) -> None:
    rows[name] = [a + b for a, b in zip(rows.get(name, [0] * 4), row, strict=True)]


def measure(kind: str, changed: Callable[[str], str], *, damaged: bool = False) -> Rows:
    """The rows of one class: every case, its words changed first; `damaged`, the cases that are noisy as written."""
    rows: Rows = {}
    noise = kind != "clean"

    def meant(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for stem, case in cases(folder):
            if (stem in DAMAGED or bool(case.get("garbled"))) == damaged and "finds" in case:
                yield stem, {**case, "text": changed(case["text"])}

    for _, case in meant("citations"):
        add(rows, "citations", pairs(*citations(case), noise))
        numbered = [{"number": want["number"]} for want in case["finds"] if want.get("number")]
        said = [one for one in citations(case)[1] if one["number"]]
        add(rows, "citation numbers", pairs(numbered, said, noise))
    for _, case in meant("effects"):
        add(rows, "effects", pairs(*effects(case), noise))
    for part, case in meant("parts"):
        if part in of_parts.FINDERS:
            add(rows, part, pairs(*parts(part, case), noise))
    for _, case in meant("headers"):
        wanted, said = header(case)
        for field, value in wanted.items():
            if not (noise and field in PRINTED):
                there, right = bool(said.get(field)), _same(value, said.get(field)) and value != ""
                add(rows, f"header {field}", [int(value != ""), int(right), int(there), int(right)])
    return rows


def five_plans() -> Rows | None:
    """The five plans by the scorer of their hand-made readings, where it is."""
    scorer = SHARED / "tools" / "score.py"
    if not scorer.is_file():
        return None
    out = HERE / "plans.json"
    command = [sys.executable, str(scorer), "--gold", str(SHARED / "gold"), "--texts", str(SHARED / "plans")]
    reader = f"{sys.executable} -m queryapi.cli read --format json"
    subprocess.run([*command, "--command", reader, "--json", str(out)], check=True, capture_output=True, cwd=ROOT)
    rows: Rows = json.loads(out.read_text("utf-8"))["rows"]
    out.unlink()
    return rows


def measured() -> dict[str, Rows]:
    classes = {"clean": measure("clean", lambda words: words)}
    classes["as printed damaged"] = measure("damaged", lambda words: words, damaged=True)
    for kind in NOISES:
        classes[kind] = measure(kind, lambda words, kind=kind: noisy(kind, words))
    plans = five_plans()
    if plans is None:
        print(f"the five plans are left out: no hand-made readings under {SHARED} (THIDUA_SHARED)\n", file=sys.stderr)
    else:
        classes["five plans"] = plans
    return classes


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def change(row: Row, before: Row | None) -> str:
    if before is None:
        return "new"
    return (
        f"{row[1] - before[1]:+d} found, {(row[2] - row[3]) - (before[2] - before[3]):+d} wrong"
        if row != before
        else ""
    )


def show(classes: dict[str, Rows], record: dict[str, Rows]) -> None:
    print(f"{'class':20} {'field':24} {'wanted':>7} {'recall':>7} {'precision':>9}  against the record")
    for name, rows in classes.items():
        total: Row = [0, 0, 0, 0]
        for field, row in sorted(rows.items()):
            total = [a + b for a, b in zip(total, row, strict=True)]
            told = change(row, record.get(name, {}).get(field))
            print(f"{name:20} {field:24} {row[0]:7} {share(row[1], row[0]):>7} {share(row[3], row[2]):>9}  {told}")
        print(f"{name:20} {'all':24} {total[0]:7} {share(total[1], total[0]):>7} {share(total[3], total[2]):>9}\n")


def main() -> None:
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.is_file() else {}
    classes = measured()
    show(classes, record)
    if "--record" in sys.argv:
        kept = {**record, **classes}  # plans that are not at hand keep what was recorded of them
        written = {name: dict(sorted(kept[name].items())) for name in kept}
        rows = (
            f" {json.dumps(name)}: {{\n" + ",\n".join(f"  {json.dumps(f)}: {row}" for f, row in of.items()) + "\n }"
            for name, of in written.items()
        )
        lines = "{\n" + ",\n".join(rows) + "\n}"
        RECORD.write_text(lines + "\n", "utf-8")
        print(f"recorded in {RECORD.name}")


if __name__ == "__main__":
    main()
