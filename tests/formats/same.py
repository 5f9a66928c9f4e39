"""Two readings of one document compared: every finding by kind, words and values, wherever it stands in its file."""

import re
from collections import Counter
from pathlib import Path

from loaders.findings import Findings, to_json
from loaders.read import read

_PLACES = {"start", "end", "page", "box", "sha256", "confidence", "grounds", "via"}


def findings_of(path: Path) -> Counter[str]:
    """The findings of a file as lines "kind: field=value …", each with how often it was found."""
    return lines_of(read(path)[1])


def lines_of(findings: Findings) -> Counter[str]:
    lines: Counter[str] = Counter()
    found = to_json(findings)
    groups: dict[str, int] = {}
    assert isinstance(found, dict)
    for kind, values in found.items():
        if kind == "source" or values is None:
            continue
        for value in values if isinstance(values, list) else [values]:
            said = re.sub(r"\bhoac-\d+", lambda m: f"hoac-{groups.setdefault(m[0], len(groups))}", _words(value))
            lines[f"{kind}: {said}"] += 1
    return lines


def differences(one: Counter[str], other: Counter[str]) -> list[str]:
    """What only one has (-) and only the other (+)."""
    return [f"- {line}" for line in sorted((one - other).elements())] + [
        f"+ {line}" for line in sorted((other - one).elements())
    ]


def _words(value: object) -> str:
    if isinstance(value, dict):
        kept = ((key, _words(inner)) for key, inner in value.items() if key not in _PLACES)
        return " ".join(f"{key}={words}" for key, words in kept if words)
    if isinstance(value, list):
        return "[" + ", ".join(map(_words, value)) + "]" if value else ""
    plain = re.sub(r"[*_#]+|\s+", " ", str(value)) if value is not None else ""
    plain = re.sub(r"(khong-so|nd)-?[0-9a-f]{8}", r"\1", plain)  # a blank number takes the file's own sha256
    return " ".join(plain.split())
