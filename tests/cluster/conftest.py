"""Reports of several months, and a cluster that is this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from here import Cli, Engine, Ran, SeatHere, write_reports

from ionm_notes.cli import main
from ionm_notes.cluster import reader, roster_run, run
from ionm_notes.cluster.plan import Cluster


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of seven reports."""
    return write_reports(tmp_path / "reports", 7)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The cluster is this process, on two cores."""
    stand_in = Engine()

    @contextmanager
    def connected() -> Iterator[Engine]:
        yield stand_in

    monkeypatch.setattr(run, "engine", connected)
    monkeypatch.setattr(run, "cluster", lambda: Cluster((2.0,), 2.0))
    monkeypatch.setattr(roster_run, "engine", connected)
    monkeypatch.setattr(roster_run, "cluster", lambda: Cluster((2.0,), 2.0))
    monkeypatch.setattr(reader, "Seat", SeatHere)
    monkeypatch.setattr(run, "batch_size", lambda documents: 2)
    return stand_in


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Runs `ionm-notes` with arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IONM_NOTES_DB", raising=False)

    def ran(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["ionm-notes", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main.run()
        printed = capsys.readouterr()
        return Ran(int(stopped.value.code or 0), printed.out, printed.err)

    return ran
