"""The command line as a person runs it, on a small report of a made-up patient, and a keyring of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from paper import REPORT, Cli, Ran

from ionm_notes.cli import main
from ionm_notes.phi.keys import CHOICE


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    monkeypatch.chdir(tmp_path)
    for variable in ("IONM_NOTES_DB", "IONM_NOTES_KEY_FILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("IONM_NOTES_OCR_CACHE", "off")

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["ionm-notes", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main.run()
        printed = capfd.readouterr()
        return Ran(int(stopped.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """No key outlives a test."""
    yield
    CHOICE.file, CHOICE.encrypt = None, False
    CHOICE.known.clear()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "case.txt"
    path.write_text(REPORT)
    return path


@pytest.fixture
def keyring_of_its_own(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring that lives in a dict."""
    import keyring

    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: held.get((service, name)))
    monkeypatch.setattr(keyring, "set_password", lambda service, name, word: held.__setitem__((service, name), word))
    return held
