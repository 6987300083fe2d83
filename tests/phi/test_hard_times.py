"""A full disk, a place that cannot be written, a database in use: each is said in plain words, and nothing stored is lost."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from paper import REPORT, Cli

from ionm_notes.phi.keys import make_key_file
from ionm_notes.phi.scratch import PREFIX
from ionm_notes.store import opening
from ionm_notes.store.database import Store

UNWRITABLE = Path("case.txt") / "audits.db"
"""Nobody can make a file there, not even root, for whom permissions do not count: its folder is a file."""


@pytest.fixture
def pragma(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Opens every store with a pragma more, until it is given another."""
    prepare, wanted = Store._prepare, [""]

    def prepared(store: Store, durable: bool) -> None:
        prepare(store, durable)
        if wanted[0]:
            store.db.execute(f"PRAGMA {wanted[0]}")

    monkeypatch.setattr(Store, "_prepare", prepared)
    return lambda text: wanted.__setitem__(0, text)


@pytest.fixture
def others(report: Path) -> list[Path]:
    paths = [report.with_name(f"other-{number}.txt") for number in (1, 2)]
    for number, path in enumerate(paths, 1):
        path.write_text(REPORT.replace("04/17/2025", f"04/2{number}/2025"))
    return paths


def stored() -> list[str]:
    with sqlite3.connect("ionm-notes.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = sorted(row[0] for row in db.execute("SELECT name FROM documents"))
    db.close()
    return names


def pages() -> int:
    with sqlite3.connect("ionm-notes.db") as db:
        return int(db.execute("PRAGMA page_count").fetchone()[0])


def test_a_disk_that_fills_up_in_a_batch_keeps_what_is_stored_and_the_rest_follows_when_there_is_space(
    cli: Cli, report: Path, others: list[Path], pragma: Callable[[str], None]
) -> None:
    cli("audit", report)
    pragma(f"max_page_count = {pages() + 1}")
    full = cli("audit", report, *others, "--resume", "--jsonl")
    assert full.code == 1
    assert "ionm-notes.db: the disk is full. Free some space; nothing stored was lost." in full.err
    assert stored() == ["case.txt"]
    assert [json.loads(line)["document"]["name"] for line in full.out.splitlines()] == ["case.txt"], (
        "only what is stored is printed"
    )
    pragma("")
    assert cli("audit", report, *others, "--resume").code == 0
    assert stored() == ["case.txt", "other-1.txt", "other-2.txt"]
    assert cli("db", "verify").code == 0


def test_a_database_in_use_is_waited_for_and_then_named_and_loses_nothing(
    cli: Cli, report: Path, others: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("audit", report)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect("ionm-notes.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for command in (("audit", *others), ("show", "case.txt"), ("db", "purge", "--document", "case.txt", "--yes")):
        done = cli(*command)
        assert done.code == 1, command
        assert "the database is in use by another program. Close the other program and try again." in done.err
    other.execute("ROLLBACK")
    other.close()
    assert stored() == ["case.txt"]
    assert cli("audit", *others).code == 0
    assert len(stored()) == 3


def test_a_database_that_may_only_be_read_is_said_to_be_so(
    cli: Cli, report: Path, others: list[Path], pragma: Callable[[str], None]
) -> None:
    cli("audit", report)
    pragma("query_only = ON")
    for command in (("audit", *others), ("show", "case.txt"), ("db", "purge", "--document", "case.txt", "--yes")):
        done = cli(*command)
        assert done.code == 1, command
        assert "the database cannot be written. Check the permissions of the file and its folder." in done.err
    assert stored() == ["case.txt"]


def test_a_folder_that_cannot_be_written_is_named_by_every_command_that_would_write_there(cli: Cli, report: Path) -> None:
    cli("audit", report)
    for command in (
        ("audit", report, "--db", UNWRITABLE),
        ("audit", report, "--phi", "none", "--db", UNWRITABLE),
        ("db", "backup", UNWRITABLE),
        ("db", "restore", "ionm-notes.db", "--db", UNWRITABLE),
        ("deidentify", report, "--out", UNWRITABLE),
        ("bundle", "case.txt", "--out", UNWRITABLE),
        ("bundle", "case.txt", "--out", "b.json", "--sign-key", UNWRITABLE),
    ):
        done = cli(*command)
        assert done.code in (1, 2), command
        assert str(UNWRITABLE) in done.err, command
        assert "cannot be written" in done.err, command
    assert stored() == ["case.txt"]
    assert not list(Path().glob(f"{PREFIX}*"))


def test_a_file_that_cannot_be_written_to_its_end_is_not_left_by_half(
    cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key of which the disk took nothing would be refused ever after; half a copy would look like a whole one."""
    cli("audit", report)
    cli("db", "hold", "1", "--reason", "x")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for command in (
            ("bundle", "1", "--out", "b.json"),
            ("deidentify", report, "--out", "shared"),
            ("db", "encrypt", "--new-key-file", "a.key"),
        ):
            done = cli(*command)
            assert done.code == 1, command
            assert "cannot be written (No space left on device)" in done.err, command
    assert sorted(path.name for path in Path().rglob("*") if path.is_file()) == ["case.txt", "ionm-notes.db"]
    assert cli("bundle", "1", "--out", "b.json").code == 0
    assert make_key_file(Path("a.key")).secret


def test_a_certificate_is_not_written_over_another_and_not_lost(cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("audit", report)
    Path("gone.json").write_text("an older certificate")
    refused = cli("db", "purge", "--document", "case.txt", "--yes", "--certificate", "gone.json")
    assert refused.code == 2
    assert stored() == ["case.txt"], "refused before anything is deleted"
    done = cli("db", "purge", "--document", "case.txt", "--yes", "--certificate", "no-such-folder/gone.json")
    assert done.code == 1
    assert json.loads(done.out)["documents"][0]["sha256"], "printed where it cannot be written"
    assert stored() == []
