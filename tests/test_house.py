"""The rules of the house: imports go one way, one version everywhere, nothing heavy before it is needed."""

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ontology", "shapes", "loaders", "queryapi")
MAY_IMPORT = {
    "ontology": {"ontology"},
    "shapes": {"shapes", "ontology"},
    "loaders": {"loaders", "ontology"},
    "queryapi": set(PACKAGES),
}


def imported(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    for module in (ROOT / package).rglob("*.py"):
        wrong = (imported(module) & set(PACKAGES)) - MAY_IMPORT[package]
        assert not wrong, f"{module.relative_to(ROOT)} imports {', '.join(wrong)}"


def test_only_one_module_calls_a_shacl_engine() -> None:
    callers = {m.name for p in PACKAGES for m in (ROOT / p).rglob("*.py") if "pyshacl" in imported(m)}
    assert callers == {"check.py"}


def test_no_dependency_brings_a_package_of_our_name() -> None:
    """Two wheels that both hold `loaders/` would overwrite each other in silence."""
    for name in PACKAGES:
        assert set(packages_distributions().get(name, ["thidua"])) == {"thidua"}


def test_one_version_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = re.findall(r"^## \[([0-9.]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    ontology = re.search(r'owl:versionInfo "([^"]+)"', (ROOT / "ontology" / "thidua.ttl").read_text("utf-8"))
    assert changelog[0] == version
    assert ontology is not None and ontology.group(1) == version


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_the_command_answers_without_loading_the_engines(flag: str) -> None:
    code = (
        "import sys\n"
        "from queryapi.cli import main\n"
        "try:\n"
        f"    main([{flag!r}])\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code, stop.code\n"
        "heavy = {'rdflib', 'pyshacl', 'flask', 'pyoxigraph', 'owlready2', 'SPARQLWrapper'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_example_plans_are_as_received() -> None:
    """The project works without the folder the plans came from; where it is, the copies are byte for byte."""
    shared = Path(os.environ.get("THIDUA_SHARED", ROOT.parent / "shared")) / "plans"
    if not shared.is_dir():
        pytest.skip("no folder of received plans here (THIDUA_SHARED)")
    received = {path.read_bytes() for path in shared.glob("*.txt")}
    kept = {path.read_bytes() for path in (ROOT / "examples" / "plans").glob("*.txt")}
    assert kept == received


@pytest.mark.parametrize(
    "script",
    [
        "benchmarks/reading.py",
        "benchmarks/units.py",
        "docs/make_cli.py",
        "docs/make_ontology.py",
        "docs/make_lint.py",
        "examples/nominations/make.py",
    ],
)
def test_scripts_outside_the_packages_import_what_exists(script: str) -> None:
    """No other test would notice a module of ours that moved away under them."""
    for node in ast.walk(ast.parse((ROOT / script).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PACKAGES:
            module = importlib.import_module(node.module)
            assert all(hasattr(module, alias.name) for alias in node.names), f"{script}: {node.module}"
