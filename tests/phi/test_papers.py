"""The papers say what the program does: transcripts are run again, tables measured again, links followed."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from paper import Cli

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
VERSION = re.compile(r"version [0-9a-f]{12}")
"""Of the policy, which changes with every value of it."""
BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def runs(page: str) -> list[tuple[str, str]]:
    """The commands of a page's transcripts, each with what it printed."""
    out = []
    for block in BLOCK.findall((ROOT / "docs" / page).read_text()):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            out.append((command, printed))
    return out


def rerun(page: str, cli: Cli, folder: Path) -> list[tuple[str, str]]:
    shutil.copy(ROOT / "fixtures" / "documents" / "b17-ehr-paste-thoracic.txt", folder / "thoracic.txt")
    shutil.copy(ROOT / "fixtures" / "documents" / "b03-neurovista-mvd-note.txt", folder / "mvd.txt")
    out = []
    for command, _ in runs(page):
        done = cli(*shlex.split(command)[1:])
        out.append((command, "".join(f"{line.rstrip()}\n" for line in done.out.splitlines())))
    return out


@pytest.mark.parametrize("page", ["tutorial-auditor.md", "tutorial-coder.md"])
def test_a_tutorials_transcripts_are_what_the_program_prints(
    page: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    assert len(runs(page)) >= 3
    for (command, told), (_, printed) in zip(runs(page), rerun(page, cli, tmp_path), strict=True):
        assert VERSION.sub("version", printed) == VERSION.sub("version", told), command


def test_recall_on_layouts_held_apart_is_what_the_page_says() -> None:
    from deidentification import measure, table

    assert table(measure("final", 20)) in (ROOT / "docs" / "security.md").read_text()
