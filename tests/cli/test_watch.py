"""`watch`: what is dropped in is audited, kept once, and sorted; stopping it loses nothing."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from command import Cli

from ionm_notes.cli import keep


@pytest.fixture
def inbox(tmp_path: Path, known_case: None) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"Intraoperative monitoring report {name}\n0815 monitoring started\n")
    return folder


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


def stored(path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(path) as db:
        return db.execute("SELECT name, count(*) FROM latest_audits JOIN readings USING (document_id) GROUP BY name").fetchall()


ONCE = ("--once", "--settle", "0.1")


def test_what_is_there_is_audited_stored_and_moved(cli: Cli, inbox: Path) -> None:
    (inbox / "bad.pdf").write_bytes(b"%PDF-1.7\nbroken")
    ran = cli("watch", inbox, *ONCE, "-p", "medicare", "-p", "commercial")
    assert ran.code == 1
    assert tree(inbox) == ["done/a.txt", "done/b.txt", "failed/bad.pdf", "failed/bad.pdf.reason.txt"]
    assert "a.txt: medicare query first; commercial " in ran.out
    assert ran.err.endswith("2 audited, 1 could not be\n")
    reason = (inbox / "failed" / "bad.pdf.reason.txt").read_text()
    assert reason.startswith("bad.pdf: ")
    assert "(error " in reason
    assert len(stored(Path("ionm-notes.db"))) == 2


def test_it_may_print_the_lines_of_audit(cli: Cli, inbox: Path) -> None:
    lines = [json.loads(line) for line in cli("watch", inbox, *ONCE, "--jsonl").out.splitlines()]
    assert sorted(line["document"]["name"] for line in lines) == ["a.txt", "b.txt"]


def test_an_empty_inbox_is_soon_done(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    assert cli("watch", "inbox", *ONCE).code == 0


def test_a_database_within_the_inbox_is_no_report(cli: Cli, inbox: Path) -> None:
    assert cli("watch", inbox, *ONCE, "--db", inbox / "ionm-notes.db").code == 0
    assert cli("watch", inbox, *ONCE, "--db", inbox / "ionm-notes.db").code == 0
    assert tree(inbox) == ["done/a.txt", "done/b.txt", "ionm-notes.db"]


def test_what_is_dropped_in_a_second_time_is_not_stored_twice(cli: Cli, inbox: Path) -> None:
    cli("watch", inbox, *ONCE)
    (inbox / "a.txt").write_bytes((inbox / "done" / "a.txt").read_bytes())
    (inbox / "b.txt").write_text("another report\n0815 monitoring started\n")
    assert cli("watch", inbox, *ONCE).code == 0
    assert stored(Path("ionm-notes.db")) == [("a.txt", 1), ("b.txt", 2)]
    assert tree(inbox) == ["done/a-2.txt", "done/a.txt", "done/b-2.txt", "done/b.txt"]


def test_a_file_written_to_while_it_was_read_is_not_stored(cli: Cli, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionm_notes.cli.inbox.Inbox.unchanged", lambda box, taken: taken.place.name != "a.txt")
    assert cli("watch", inbox, *ONCE).code == 0
    assert tree(inbox) == ["done/b.txt", "working/a.txt"]
    monkeypatch.undo()
    assert stored(inbox.parent / "ionm-notes.db") == [("b.txt", 1)]


def test_a_locked_database_is_waited_for(cli: Cli, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ionm_notes.errors import IonmError

    keeping = keep.Keeper.keep
    calls: list[str] = []

    def locked_at_first(keeper, outcome, now):
        calls.append(outcome.path.name)
        if len(calls) == 1:
            raise IonmError("store-locked", "ionm-notes.db")
        return keeping(keeper, outcome, now)

    monkeypatch.setattr(keep.Keeper, "keep", locked_at_first)
    ran = cli("watch", inbox, *ONCE)
    assert "It is tried again." in ran.err
    cli("watch", inbox, *ONCE)
    assert tree(inbox) == ["done/a.txt", "done/b.txt"]
    assert [name for name, _ in stored(Path("ionm-notes.db"))] == ["a.txt", "b.txt"]


def test_a_folder_that_is_not_there_is_wrong_usage(cli: Cli) -> None:
    assert cli("watch", "nowhere", "--once").code == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_waits_for_more_until_it_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    code = "from ionm_notes.cli.main import run; run()"
    settings = ["--settle", "0.2", "--every", "0.1", "--db", str(tmp_path / "x.db")]
    watcher = subprocess.Popen(
        [sys.executable, "-c", code, "watch", str(inbox), *settings], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    guard = threading.Timer(60, watcher.kill)
    guard.start()
    assert watcher.stdout is not None
    try:
        for name in ("first.txt", "second.txt"):
            with (inbox / name).open("w") as file:
                file.write("Intraoperative monitoring report\n")
                file.flush()
                time.sleep(0.5)
                file.write("Monitoring started 0815, monitoring ended 1015\n")
            assert watcher.stdout.readline().startswith(f"{name}: medicare ")
        os.kill(watcher.pid, number)
        assert watcher.wait() == 0
    finally:
        guard.cancel()
        watcher.kill()
    assert tree(inbox) == ["done/first.txt", "done/second.txt"]
    with sqlite3.connect(tmp_path / "x.db") as db:
        assert all("1015" in text for (text,) in db.execute("SELECT text FROM pages")), "no half report was read"
