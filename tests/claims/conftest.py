"""A made-up practice, read once, and the command line as a person runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from command import Cli, Ran
from made_up import reports_of

from fixtures.claims.make import Scene, scenes
from ionm_notes.claims.model import Report
from ionm_notes.cli import main


@pytest.fixture(scope="session")
def practice() -> list[Scene]:
    """One scene of each kind."""
    return list(scenes(seed=11))


@pytest.fixture(scope="session")
def practice_reports(practice: list[Scene]) -> list[Report]:
    return reports_of(practice)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IONM_NOTES_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["ionm-notes", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main.run()
        printed = capsys.readouterr()
        return Ran(int(stopped.value.code or 0), printed.out, printed.err)

    return run
