"""Nothing reaches for the network, and no patient's words stand in a message, a log or a traceback."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from paper import REPORT, Cli

from fixtures.claims.x12 import write_835
from ionm_notes.cli.main import app
from ionm_notes.phi.keys import make_key_file

ROWS: dict[str, list[str]] = {
    # In this order: what stands further down uses what was stored above.
    "audit": ["audit", "case.txt", "--payer", "all"],
    "watch": ["watch", "inbox", "--once", "--settle", "0.05"],
    "text": ["text", "case.txt"],
    "codes": ["codes"],
    "timeline": ["timeline", "1"],
    "checklist": ["checklist", "1"],
    "gaps": ["gaps"],
    "show": ["show", "1"],
    "search": ["search", "monitoring"],
    "replay": ["replay"],
    "roster": ["roster"],
    "allocate": ["allocate"],
    "integrity": ["integrity", "--passages"],
    "scorecard": ["scorecard", "--by", "facility"],
    "compare": ["compare", "--own-charges", "case.txt"],
    "sample": ["sample", "claims.csv", "--size", "2", "--out", "plan.json"],
    "draft": ["draft", "case.txt", "--out", "drafts"],
    "denials": ["denials", "paid.835", "case.txt"],
    "units": ["units", "100", "--code", "95941"],
    "bundle": ["bundle", "1", "--out", "b.json"],
    "report audit": ["report", "audit", "1", "--out", "a.pdf"],
    "report query": ["report", "query", "case.txt", "--out", "q.docx"],
    "report appeal": ["report", "appeal", "1", "--reason", "late-report", "--out", "m.html"],
    "report list": ["report", "list", "findings", "--out", "f.xlsx"],
    "report reasons": ["report", "reasons"],
    "deidentify": ["deidentify", "case.txt", "--out", "shared"],
    "explain": ["explain", "95941"],
    "db verify": ["db", "verify"],
    "db trail": ["db", "trail"],
    "db hold": ["db", "hold", "1", "--reason", "x"],
    "db release": ["db", "release", "1"],
    "db check": ["db", "check"],
    "db backup": ["db", "backup", "copy.db"],
    "db restore": ["db", "restore", "copy.db", "--db", "restored.db"],
    "db encrypt": ["db", "encrypt", "--new-key-file", "a.key", "--db", "restored.db"],
    "db rekey": ["--key-file", "a.key", "db", "rekey", "--new-key-file", "b.key", "--db", "restored.db"],
    "db decrypt": ["--key-file", "b.key", "db", "decrypt", "--db", "restored.db"],
    "db merge": ["db", "merge", "no-tables"],
    "db purge": ["db", "purge", "--document", "case.txt", "--yes"],
    "corrections list": ["corrections", "list"],
    "corrections export": ["corrections", "export", "labelled"],
    "users list": ["users", "list"],
    "users add": ["users", "add", "ann", "--role", "viewer", "--password-stdin"],
    "users remove": ["users", "remove", "ann"],
    "patterns check": ["patterns", "check"],
    "policy list": ["policy", "list"],
    "policy show": ["policy", "show"],
    "policy table": ["policy", "table", "mue"],
    "policy diff": ["policy", "diff", "medicare", "commercial"],
    "policy check": ["policy", "check"],
    "policy import": ["policy", "import", "mue", "no-such-file.csv", "--policy-dir", "mine"],
}
"""How each command is run. A command without a row fails the test: say here how to run it."""
PATIENT = ("Quillfeather", "LV-4471902", "03/09/1951", "555-201-7788")
NAMED = (*PATIENT, "Vantongeren")
ASIDE = {"serve"}
"""Listens on purpose; its own tests hold it to this machine."""


def commands(group: object = None, path: tuple[str, ...] = ()) -> Iterator[str]:
    group = typer.main.get_command(app) if group is None else group
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No socket of the internet can be used, here or in a worker; a file holds who tried."""
    record = tmp_path / "network.txt"

    def refuse(*arguments: object, **_: object) -> None:
        with record.open("a") as file:
            file.write(f"{arguments!r}\n")
        raise OSError("the network is blocked")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return record


def test_every_command_has_a_row() -> None:
    assert set(commands()) - ASIDE - set(ROWS) == set(), "add a row: how the command is run"
    assert set(ROWS) - set(commands()) == set(), "a row of a command that is no more"


def test_no_command_reaches_for_the_network(cli: Cli, report: Path, asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (report.parent / "inbox").mkdir()
    (report.parent / "inbox" / "second.txt").write_text(REPORT.replace("04/17/2025", "04/18/2025"))
    (report.parent / "claims.csv").write_text("claim,code\n1,95938\n2,95938\n")
    (report.parent / "paid.835").write_text(write_835([]))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a long enough password\n")))
    codes = {}
    for name, arguments in ROWS.items():
        done = cli(*arguments)
        codes[name] = done.code
        assert not asked.exists(), f"{name}: {asked.read_text()}"
        assert "network is blocked" not in done.out + done.err, name
        assert [word for word in PATIENT if word in done.err] == [], f"{name}: messages name no patient, results go to stdout"
    wrong_on_purpose = {"policy import": 2, "db merge": 2}  # no file of CMS and no tables of a cluster are at hand
    assert {name: code for name, code in codes.items() if code not in (0, wrong_on_purpose.get(name))} == {}


HOOK = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto", "socket.gethostbyname"):
        address = arguments[1] if len(arguments) > 1 else arguments
        if not isinstance(address, (str, bytes)):
            open({record!r}, "a").write(f"{{event}} {{address}}\\n")
            raise OSError("blocked")
sys.addaudithook(watch)
"""


def test_its_worker_processes_do_not_either(tmp_path: Path) -> None:
    """In processes of their own, with a hook that sees every socket of Python before any module is loaded."""
    (tmp_path / "hook").mkdir()
    record = tmp_path / "network.txt"
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK.format(record=str(record)))
    (tmp_path / "case.txt").write_text(REPORT)
    paths = os.pathsep.join([str(tmp_path / "hook"), str(Path(__file__).resolve().parents[2])])
    environment = {**os.environ, "PYTHONPATH": paths}
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    tried = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert "blocked" in tried.stderr, "the hook works"
    record.unlink()
    command = [sys.executable, "-m", "ionm_notes.cli.main", "audit", "case.txt", "--workers", "2"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not record.exists()


FAILING = textwrap.dedent(
    """
    import sys
    from ionm_notes import audit
    def fail(document):
        text = document.pages[0].lines[2].text
        raise ValueError("wrong: " + text)
    audit.read = fail
    sys.argv = ["ionm-notes", *sys.argv[1:]]
    from ionm_notes.cli.main import run
    run()
    """
)


@pytest.mark.parametrize("options", [(), ("--debug",)])
def test_a_fault_of_the_program_says_nothing_of_the_patient(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Even where the fault's own message holds a line of the record, and with --debug."""
    (tmp_path / "case.txt").write_text(REPORT)
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", FAILING, *options, "audit", "case.txt", "--jsonl"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "ValueError" in done.stdout + done.stderr
    assert [word for word in NAMED if word in done.stdout + done.stderr] == []
    if options:
        assert "in _audited" in done.stderr, "where it arose is still shown"


def test_a_fault_in_the_command_itself_says_nothing_of_the_patient(
    cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ionm_notes.report import summary

    cli("audit", report)

    def fail(lines: object, *_: object) -> None:
        raise KeyError(json.dumps(lines))

    monkeypatch.setattr(summary, "summary", fail)
    for options in ((), ("--debug",)):
        done = cli(*options, "show", "1")
        assert done.code == 1
        assert "KeyError" in done.err
        assert [word for word in NAMED if word in done.out + done.err] == []


def test_no_command_quotes_what_a_fault_says(cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever it is, and with --debug: a fault's own message may hold a line of the record."""

    def fail(*_: object) -> None:
        raise ValueError(REPORT)

    (report.parent / "inbox").mkdir()
    monkeypatch.setattr(typer.core.TyperCommand, "invoke", fail)
    for name, arguments in ROWS.items():
        for options in ((), ("--debug",)):
            done = cli(*options, *arguments)
            assert done.code == 1, name
            assert "ValueError" in done.err, name
            assert [word for word in NAMED if word in done.out + done.err] == [], name


def test_messages_of_ordinary_runs_say_nothing_of_the_patient(cli: Cli, report: Path) -> None:
    make_key_file(Path("a.key"))
    runs = (
        ("audit", report),
        ("show", "1"),
        ("search", "nothing-there"),
        ("replay",),
        ("deidentify", report, "--out", "o"),
        ("db", "check"),
    )
    for run in runs:
        assert [word for word in NAMED if word in cli(*run).err] == [], run
