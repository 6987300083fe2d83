"""What is deleted is gone from every file, is certified, and what is under a legal hold stays."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from paper import REPORT, Cli

OLD = (
    REPORT.replace("04/17/2025", "02/03/2018")
    .replace("Quillfeather, Desmond A", "Thistlewood, Maren")
    .replace("Quillfeather", "Thistlewood")
    .replace("LV-4471902", "LV-9928377")
    .replace("Modalities:", "Remark: Zqyvexalorn\nModalities:")
)
SECRETS = (b"Thistlewood", b"Thistlewood".lower(), b"zqyvexalorn", b"02/03/2018", b"2018-02-03")


@pytest.fixture
def both(cli: Cli, report: Path) -> Path:
    old = report.with_name("old.txt")
    old.write_text(OLD)
    assert cli("audit", report, old).code == 0
    return old


def left(folder: Path) -> list[str]:
    files = [path for path in folder.iterdir() if path.is_file() and path.suffix != ".txt"]
    return [f"{path.name}: {secret!r}" for path in files for secret in SECRETS if secret in path.read_bytes()]


def documents() -> list[str]:
    with sqlite3.connect("ionm-notes.db") as db:
        return sorted(row[0] for row in db.execute("SELECT name FROM documents"))


@pytest.mark.parametrize(
    "how",
    [("--before", "2019-01-01"), ("--patient", "Thistlewood, Maren"), ("--patient", "LV-9928377"), ("--document", "old.txt")],
)
def test_a_deleted_document_is_in_no_file_and_no_index(cli: Cli, both: Path, how: tuple[str, str]) -> None:
    assert left(both.parent), "it is there before"
    looked = cli("db", "purge", *how)
    assert looked.code == 0
    assert documents() == ["case.txt", "old.txt"], "without --yes nothing is deleted"
    done = cli("db", "purge", *how, "--yes", "--certificate", "gone.json")
    assert done.code == 0, done.err
    assert documents() == ["case.txt"]
    assert left(both.parent) == []
    assert cli("search", "Thistlewood", "--jsonl").out == ""
    assert "Quillfeather" in cli("search", "Quillfeather").out
    assert cli("db", "verify").code == 0


def test_without_secure_deletion_and_rewriting_the_name_stays_in_the_file(cli: Cli, both: Path) -> None:
    """What the protection is for: an ordinary DELETE leaves it."""
    with sqlite3.connect("ionm-notes.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM documents WHERE name = 'old.txt'")
    db.close()
    assert left(both.parent)


def test_the_certificate_says_what_how_and_who_and_cannot_be_changed(cli: Cli, both: Path) -> None:
    cli("db", "purge", "--document", "old.txt", "--yes", "--certificate", "gone.json")
    certificate = json.loads(Path("gone.json").read_text())
    assert len(certificate["documents"][0]["sha256"]) == 64
    assert certificate["who"]
    assert "VACUUM" in certificate["method"]
    assert "Thistlewood" not in json.dumps(certificate)
    with sqlite3.connect("ionm-notes.db") as db:
        assert json.loads(db.execute("SELECT certificate FROM certificates").fetchone()[0]) == certificate
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            db.execute("DELETE FROM certificates")


def test_a_document_under_a_hold_stays_until_it_is_released(cli: Cli, both: Path) -> None:
    assert cli("db", "hold", "old.txt", "--reason", "payer review").code == 0
    held = cli("db", "purge", "--before", "2019-01-01", "--yes")
    assert "under a legal hold (payer review)" in held.err
    assert documents() == ["case.txt", "old.txt"]
    with sqlite3.connect("ionm-notes.db") as db:
        db.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="legal hold"):
            db.execute("DELETE FROM documents")
    db.close()
    assert cli("db", "release", "old.txt").code == 0
    assert cli("db", "purge", "--before", "2019-01-01", "--yes").code == 0
    assert documents() == ["case.txt"]


def test_a_document_that_only_mentions_the_name_is_named_and_left(cli: Cli, both: Path, tmp_path: Path) -> None:
    (tmp_path / "third.txt").write_text(
        REPORT.replace("Call 555", "The bed was that of a Thistlewood Maren before. Call 555").replace("LV-44", "LV-55")
    )
    cli("audit", tmp_path / "third.txt")
    done = cli("db", "purge", "--patient", "Maren Thistlewood", "--yes")
    assert "third.txt: holds the words" in done.err
    assert documents() == ["case.txt", "third.txt"]


def test_the_kept_original_goes_with_its_document(cli: Cli, both: Path) -> None:
    with sqlite3.connect("ionm-notes.db") as db:
        shas = dict(db.execute("SELECT name, sha256 FROM documents").fetchall())
        for name, sha in shas.items():
            db.execute("INSERT INTO originals VALUES (?, ?, 1, '2026-01-01', ?)", (sha, name, Path(name).read_bytes()))
            db.execute("INSERT INTO document_files VALUES (?, ?)", (sha, sha))
    db.close()
    cli("db", "purge", "--document", "old.txt", "--yes")
    with sqlite3.connect("ionm-notes.db") as db:
        assert [row[0] for row in db.execute("SELECT name FROM originals")] == ["case.txt"]
    assert left(both.parent) == []


def test_exactly_one_way_to_say_which(cli: Cli, both: Path) -> None:
    assert cli("db", "purge").code == 2
    assert cli("db", "purge", "--before", "2019-01-01", "--document", "x").code == 2
