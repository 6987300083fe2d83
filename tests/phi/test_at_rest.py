"""Who has the file and not the key has nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from paper import Cli

from ionm_notes.phi.keys import Key, make_key_file
from ionm_notes.phi.scratch import PREFIX, scratch, sweep
from ionm_notes.store.database import Store
from ionm_notes.store.opening import is_encrypted

SECRETS = (b"Quillfeather", b"LV-4471902", b"Vantongeren", b"SQLite format 3")


def in_the_clear(folder: Path) -> list[str]:
    """Files of a folder that hold something of the report, its own text file aside."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".txt"]
    return [path.name for path in files if any(secret in path.read_bytes() for secret in SECRETS)]


def test_an_encrypted_store_holds_nothing_in_the_clear_and_answers_every_question(cli: Cli, report: Path) -> None:
    make_key_file(Path("audits.key"))
    done = cli("--key-file", "audits.key", "audit", report, "--encrypt")
    assert done.code == 0, done.err
    assert in_the_clear(report.parent) == []
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect("ionm-notes.db").execute("SELECT * FROM documents")
    key = ("--key-file", "audits.key")
    assert "Quillfeather" in cli(*key, "search", "Quillfeather").out, "full-text search"
    assert "G0453" in cli(*key, "show", "case.txt").out
    assert cli(*key, "gaps").code == 0
    assert cli(*key, "replay").code == 0
    assert cli(*key, "audit", report, "--resume").code == 0
    assert cli(*key, "db", "check").code == 0


def test_without_encrypt_the_same_search_finds_the_name_in_the_file(cli: Cli, report: Path) -> None:
    cli("audit", report)
    assert in_the_clear(report.parent), "what the test above would see if encryption failed"


def test_every_file_of_the_store_is_its_owners_alone(cli: Cli, report: Path) -> None:
    before = os.umask(0)
    try:
        make_key_file(Path("audits.key"))
        with Store(Path("plain.db")):
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in Path().glob("plain.db*")}
        cli("audit", report, "--db", "other.db")
        cli("db", "encrypt", "--new-key-file", "audits.key", "--db", "other.db")
        cli("--key-file", "audits.key", "db", "backup", "copy.db", "--db", "other.db")
    finally:
        os.umask(before)
    modes |= {name: stat.S_IMODE(Path(name).stat().st_mode) for name in ("audits.key", "other.db", "copy.db")}
    assert len(modes) >= 5
    assert set(modes.values()) == {0o600}


def test_a_wrong_key_is_said_to_be_wrong_and_shown_nowhere(cli: Cli, report: Path) -> None:
    make_key_file(Path("audits.key"))
    other = make_key_file(Path("other.key"))
    cli("--key-file", "audits.key", "audit", report)
    done = cli("--debug", "--key-file", "other.key", "show", "case.txt")
    assert done.code == 1
    assert "the key does not open this database" in done.err
    everything = done.out + done.err
    assert other.secret not in everything
    assert "ERROR CORE" not in everything, "SQLCipher's own log"


def test_without_a_key_the_way_to_give_one_is_said(cli: Cli, report: Path) -> None:
    make_key_file(Path("audits.key"))
    cli("--key-file", "audits.key", "audit", report)
    from ionm_notes.phi.keys import CHOICE

    CHOICE.known.clear()
    done = cli("show", "case.txt")
    assert done.code == 2
    assert "--key-file" in done.err


def test_a_key_for_a_store_in_the_clear_is_refused_instead_of_ignored(cli: Cli, report: Path) -> None:
    cli("audit", report)
    make_key_file(Path("audits.key"))
    for command in (("audit", report, "--encrypt"), ("show", "case.txt")):
        done = cli("--key-file", "audits.key", *command)
        assert done.code != 0
        assert "is not encrypted" in done.err


def test_a_key_file_that_others_may_read_is_refused(cli: Cli, report: Path) -> None:
    make_key_file(Path("audits.key"))
    Path("audits.key").chmod(0o644)
    done = cli("--key-file", "audits.key", "audit", report)
    assert "others may read it" in done.err
    assert not Path("ionm-notes.db").exists()


def test_a_store_is_encrypted_rekeyed_and_decrypted_with_all_it_holds(cli: Cli, report: Path) -> None:
    cli("audit", report)
    shown = cli("show", "case.txt", "--jsonl").out
    assert "encrypted (" in cli("db", "encrypt", "--new-key-file", "a.key").err
    assert in_the_clear(report.parent) == []
    assert cli("--key-file", "a.key", "show", "case.txt", "--jsonl").out == shown
    assert cli("--key-file", "a.key", "db", "rekey", "--new-key-file", "b.key").code == 0
    from ionm_notes.phi.keys import CHOICE

    CHOICE.known.clear()
    assert cli("--key-file", "a.key", "show", "case.txt").code == 1, "the old key opens it no more"
    assert "case.txt" in cli("--key-file", "b.key", "search", "Quillfeather").out
    CHOICE.known.clear()
    assert cli("--key-file", "b.key", "db", "decrypt").code == 0
    assert cli("show", "case.txt", "--jsonl").out == shown
    assert cli("db", "check").code == 0


def test_the_keyring_keeps_a_key_by_the_store_itself_wherever_it_lies(
    cli: Cli, report: Path, keyring_of_its_own: dict[tuple[str, str], str]
) -> None:
    from ionm_notes.phi.keys import CHOICE

    cli("audit", report)
    assert cli("db", "encrypt", "--keyring").code == 0
    assert len(keyring_of_its_own) == 1
    CHOICE.known.clear()
    Path("ionm-notes.db").rename("moved.db")
    assert "case.txt" in cli("search", "Quillfeather", "--db", "moved.db").out
    assert cli("db", "backup", "copy.db", "--db", "moved.db").code == 0
    CHOICE.known.clear()
    assert "case.txt" in cli("search", "Quillfeather", "--db", "copy.db").out
    keyring_of_its_own.clear()
    CHOICE.known.clear()
    assert cli("search", "Quillfeather", "--db", "moved.db").code == 2


def test_a_person_at_the_terminal_is_asked_and_a_short_answer_is_not_taken(
    cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ionm_notes.phi.keys import CHOICE

    answers = ["short", "a long enough phrase", "another phrase here", "a long enough phrase", "a long enough phrase"]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: answers.pop(0))
    assert "was not taken" in cli("audit", report, "--encrypt").err
    assert "was not taken" in cli("audit", report, "--encrypt").err
    assert cli("audit", report, "--encrypt").code == 0
    CHOICE.known.clear()
    answers.append("a long enough phrase")
    assert "case.txt" in cli("search", "Quillfeather").out
    CHOICE.known.clear()
    answers.append("a long enough phrasf")
    assert "does not open" in cli("search", "Quillfeather").err
    assert answers == []


def test_no_option_takes_a_key_itself() -> None:
    import typer

    from ionm_notes.cli.main import app

    def options(command: object) -> set[str]:
        own = {name for param in getattr(command, "params", ()) for name in param.opts}
        return own.union(*(options(child) for child in getattr(command, "commands", {}).values()), set())

    every = options(typer.main.get_command(app))
    assert "--key-file" in every
    assert not every & {"--key", "--passphrase", "--password", "--secret"}
    assert Key("abc").secret not in repr(Key("abc"))


def test_a_plain_store_leaves_no_bytes_in_the_clear_in_its_old_file(cli: Cli, report: Path) -> None:
    cli("audit", report)
    os.link("ionm-notes.db", "another-name.db")
    cli("db", "encrypt", "--new-key-file", "a.key")
    assert set(Path("another-name.db").read_bytes()) == {0}, "the old file was overwritten"


def test_a_store_in_use_by_another_program_is_not_rewritten(cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionm_notes.phi.rewrite.BUSY_SECONDS", 0.05)
    cli("audit", report)
    other = textwrap.dedent(
        """
        import sqlite3, sys
        c = sqlite3.connect("ionm-notes.db"); c.execute("SELECT * FROM documents").fetchall(); print("ready", flush=True)
        sys.stdin.read()
        """
    )
    with subprocess.Popen([sys.executable, "-c", other], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        done = cli("db", "encrypt", "--new-key-file", "a.key")
        assert reader.stdin is not None
        reader.stdin.close()
    assert done.code == 1
    assert "in use" in done.err
    assert cli("show", "case.txt").code == 0


def test_looking_at_the_head_of_an_open_store_keeps_its_locks(tmp_path: Path) -> None:
    """Closing a handle would drop them, and another program could write at the same time."""
    path = tmp_path / "x.db"
    with Store(path) as store:
        store.db.execute("PRAGMA journal_mode = DELETE")
        store.db.execute("BEGIN EXCLUSIVE")
        assert not is_encrypted(path)
        probe = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('SELECT * FROM documents')"
        done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
        assert "locked" in done.stderr
        store.db.rollback()


def test_what_a_killed_rewrite_leaves_is_swept_by_the_next_start(cli: Cli, report: Path) -> None:
    cli("audit", report)
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from ionm_notes.phi import rewrite
        from ionm_notes.phi.keys import Key
        real = rewrite._same
        def dying(connection, target):
            real(connection, target)
            os.kill(os.getpid(), signal.SIGKILL)
        rewrite._same = dying
        rewrite.rewrite(Path("ionm-notes.db"), None, Key("a long enough phrase"))
        """
    )
    died = subprocess.run([sys.executable, "-c", script], capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert list(Path().glob(f"{PREFIX}*")), "it died in the middle"
    assert cli("show", "case.txt").code == 0, "the store is as it was"
    assert not list(Path().glob(f"{PREFIX}*"))


def test_scratch_of_living_programs_is_left_alone(tmp_path: Path) -> None:
    with scratch(tmp_path / "x.db") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert sweep(tmp_path) == 0
        assert folder.exists()
    assert not folder.exists()
    (tmp_path / f"{PREFIX}{os.getpid()}-0123-ab").mkdir()  # a process of the same number, and another start
    assert sweep(tmp_path) == 1


def test_pages_are_not_cached_in_the_clear_beside_an_encrypted_store(
    cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ionm_notes.ingest.ocr import cache

    monkeypatch.delenv(cache.VARIABLE, raising=False)
    make_key_file(Path("a.key"))
    cli("--key-file", "a.key", "audit", report)
    assert cache.folder() is None
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    cli("audit", report, "--db", "plain.db")
    assert cache.folder() is not None


def test_only_one_module_opens_databases() -> None:
    package = Path(__file__).resolve().parents[2] / "ionm_notes"
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "sqlite3.connect(" in path.read_text() or "dbapi.connect(" in path.read_text()
    }
    assert users <= {"store/opening.py", "phi/rewrite.py"}
