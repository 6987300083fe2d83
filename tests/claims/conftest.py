"""A made-up practice, read once, and the command line as a person runs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from command import Cli, Ran

from fixtures.claims.make import Scene, scenes
from ionm_notes.audit import audit_case, read
from ionm_notes.claims.model import Report
from ionm_notes.claims.reports import report_of
from ionm_notes.cli import main
from ionm_notes.cli.batch import page_texts
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes


def reports_of(made: Sequence[Scene]) -> list[Report]:
    found = []
    for scene in made:
        for name, text in scene.reports.items():
            document = read_bytes(name, text.encode())
            case = read(document)
            line = to_contract(audit_case(case, "medicare"), document)
            found.append(report_of(name, case, page_texts(document), line["document"]))
    return found


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
