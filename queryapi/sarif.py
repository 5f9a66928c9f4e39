"""Findings in SARIF 2.1.0, which editors and review tools show at their place."""

from collections.abc import Sequence
from pathlib import Path

from loaders.findings import Json
from queryapi.language import Language
from queryapi.lint import Finding, Linted, rules_of_drafts

_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(linted: Sequence[Linted], files: Sequence[Path], language: Language) -> Json:
    """The log of one run over the files; columns count code points."""
    rules: list[Json] = [
        {
            "id": name,
            "shortDescription": {"text": rule.messages[language]},
            "help": {"text": rule.remedies[language]},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for name, rule in rules_of_drafts().items()
    ]
    results = [
        _result(found, file, language) for one, file in zip(linted, files, strict=True) for found in one.findings
    ]
    run: Json = {
        "tool": {"driver": {"name": "thidua lint", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, file: Path, language: Language) -> Json:
    message = finding.message_vi if language == "vi" else finding.message_en
    remedy = finding.remedy_vi if language == "vi" else finding.remedy_en
    place: dict[str, Json] = {"artifactLocation": {"uri": file.as_posix()}}
    if finding.start is not None and finding.end is not None:
        place["region"] = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "charOffset": finding.start,
            "charLength": finding.end - finding.start,
        }
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{message}. {remedy}"},
        "locations": [{"physicalLocation": place}],
    }
