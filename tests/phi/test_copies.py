"""A backup can be trusted, and a restore never costs what is there: try it as someone would on a bad day."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from paper import REPORT, Cli


@pytest.fixture
def saved(cli: Cli, report: Path) -> Path:
    """A backup of one document, after which another was stored."""
    cli("audit", report)
    assert cli("db", "backup", "monday.db").code == 0
    later = report.with_name("later.txt")
    later.write_text(REPORT.replace("04/17/2025", "04/18/2025"))
    cli("audit", later)
    return Path("monday.db")


def documents(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        names = sorted(row[0] for row in db.execute("SELECT name FROM documents"))
    db.close()
    return names


def test_a_restore_brings_back_what_was_and_keeps_what_is(cli: Cli, saved: Path) -> None:
    done = cli("db", "restore", saved)
    assert done.code == 0, done.err
    assert documents(Path("ionm-notes.db")) == ["case.txt"]
    (kept,) = Path().glob("ionm-notes.db.before-restore-*")
    assert str(kept) in done.err
    assert documents(kept) == ["case.txt", "later.txt"]
    assert cli("db", "verify").code == 0


def test_a_damaged_backup_changes_nothing(cli: Cli, saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = bytes(20_000)
    saved.write_bytes(data)
    done = cli("db", "restore", saved)
    assert done.code == 1
    assert "ionm-notes: monday.db: the database is damaged" in done.err
    assert documents(Path("ionm-notes.db")) == ["case.txt", "later.txt"]
    assert not list(Path().glob("*.before-restore-*"))


def test_a_backup_whose_text_and_search_index_disagree_changes_nothing(cli: Cli, saved: Path) -> None:
    """Its file is sound to SQLite: only a look at what it holds tells."""
    with sqlite3.connect(saved) as db:
        for name in [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE pages SET text = 'another text'")
    db.close()
    done = cli("db", "restore", saved)
    assert done.code == 1
    assert "monday.db: the database is damaged" in done.err
    assert documents(Path("ionm-notes.db")) == ["case.txt", "later.txt"]


def test_a_backup_of_a_newer_program_is_refused_and_changes_nothing(cli: Cli, saved: Path) -> None:
    with sqlite3.connect(saved) as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ionm-notes', 'm999_future', '')")
    db.close()
    done = cli("db", "restore", saved)
    assert done.code == 1
    assert "ionm-notes: monday.db: written by a newer ionm-notes (m999_future)" in done.err
    assert "Update ionm-notes, or restore a backup made before the update." in done.err
    assert documents(Path("ionm-notes.db")) == ["case.txt", "later.txt"]


def test_a_backup_is_not_written_over_a_file(cli: Cli, saved: Path) -> None:
    before = saved.read_bytes()
    assert cli("db", "backup", saved).code == 2
    assert saved.read_bytes() == before
