"""Runs the command line as a person would, in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Cli, Ran

from ionm_notes.cli import main


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Runs `ionm-notes` with arguments, in an empty folder, on an output that is no terminal."""
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


@pytest.fixture
def reports(tmp_path: Path, known_case: None) -> list[Path]:
    """Three text reports; whatever they say, the sample case is read out of them."""
    paths = [tmp_path / name for name in ("b.txt", "a.txt", "c.txt")]
    for path in paths:
        path.write_text(f"Intraoperative monitoring report {path.stem}\n0815 monitoring started\n")
    return paths
