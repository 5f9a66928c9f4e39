"""What the README and the guides promise: their commands run, and what they show is what is printed."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md")))


def sessions(page: Path) -> list[tuple[str, list[str]]]:
    """Each `$ thidua …` line of the console blocks with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line)
    return found


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "examples", home / "examples")
    return home


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_and_print_what_it_shows(page: Path, folder: Path) -> None:
    """ "…" stands for what a page leaves out; a table may wrap its cells, so its words are looked for in any column."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / page.stem), "HOME": str(folder)}
    for command, shown in sessions(page):
        name, *arguments = shlex.split(command)
        assert name == "thidua", command
        done = subprocess.run(
            [sys.executable, "-m", "queryapi.cli", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in ({0, 1} if arguments[0] in ("validate", "lint") else {0}), done.stderr
        printed = flat(done.stdout + done.stderr)
        words = set(printed.split())
        for line in shown:
            for piece in filter(None, map(flat, line.split("…"))):
                whole = piece in printed or all(word in words for word in piece.split())
                assert whole, f"{command}: {piece!r} is not printed"


def test_links_between_pages_lead_somewhere() -> None:
    for page in (*PAGES, *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
