"""The program as a process: fast help, clean exits, the same bytes for any number of workers, pages in step."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from command import Cli
from sample_case import sample_case

from ionm_notes.cli import docs
from ionm_notes.cli.batch import Job, audit_files
from ionm_notes.cli.main import app
from ionm_notes.types import Document

ROOT = Path(__file__).parent.parent.parent


def program(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ionm_notes.cli.main import run; run()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **more)


def test_help_answers_at_once() -> None:
    def once() -> float:
        # Processor time, not the clock's: other tests run beside this one.
        before = os.times()
        assert "audit" in program("--help").stdout
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(once() for _ in range(5)) < 0.3


def test_help_loads_neither_reader_nor_database() -> None:
    code = (
        "import sys; from ionm_notes.cli.main import app\n"
        "print([m for m in ('numpy', 'pydantic', 'sqlite3', 'pypdfium2', 'ionm_notes.policy.payer') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def commands(command: object, path: str = "") -> list[tuple[str, object]]:
    children = getattr(command, "commands", {})
    return [found for name, child in children.items() for found in [(f"{path}{name}", child), *commands(child, f"{path}{name} ")]]


@pytest.mark.parametrize("name", [name for name, _ in commands(typer.main.get_command(app))])
def test_every_command_explains_itself_with_an_example(cli: Cli, name: str) -> None:
    ran = cli(*name.split(), "--help")
    assert ran.code == 0
    assert f"ionm-notes {name}" in ran.out
    command = dict(commands(typer.main.get_command(app)))[name]
    for param in command.params:
        assert param.help, f"{name}: {param.name} has no help"


def test_the_page_of_the_command_line_is_in_step() -> None:
    assert (ROOT / "docs" / "cli.md").read_text() == docs.render(), "run: python -m ionm_notes.cli.docs"


def test_every_command_stands_on_the_page() -> None:
    page = docs.render()
    for name, _ in commands(typer.main.get_command(app)):
        assert f"\n## ionm-notes {name}\n" in page


def test_an_unknown_command_exits_with_2() -> None:
    ran = program("frobnicate")
    assert (ran.returncode, ran.stdout) == (2, "")


def test_the_version_is_told(cli: Cli) -> None:
    assert cli("--version").out.startswith("ionm-notes 0")


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path: Path) -> None:
    command = f"{sys.executable} -c 'from ionm_notes.cli.main import run; run()' checklist | true"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in ran.stderr
    assert "BrokenPipe" not in ran.stderr


def test_a_fault_of_the_program_is_one_line_unless_debugging(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("ionm_notes.codes.units.units", fail)
    ran = cli("units", "30", "--code", "95940")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" in cli("--debug", "units", "30", "--code", "95940").err


def test_interrupting_is_no_traceback(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ionm_notes.codes.units.units", interrupt)
    ran = cli("units", "30", "--code", "95940")
    assert ran.code == 130
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("213", "--code", "G0453"), "213 min = 14 whole quarters + 3 min, under 8: 14 units"),
        (("213", "--code", "g0453"), "The next unit begins at 218 minutes (5 more)."),
        (("91", "--code", "95941"), "1 whole hour + 31 min, 31 or more: 2 units"),
        (("7", "--code", "95940"), "7 min, under 8: no unit"),
        (("91", "--code", "95920", "--on", "2012-05-01"), "2 units"),
    ],
)
def test_the_calculator_shows_its_sum(cli: Cli, arguments: tuple[str, ...], words: str) -> None:
    ran = cli("units", *arguments)
    assert ran.code == 0
    assert words in ran.out
    assert "Source:" in ran.out


@pytest.mark.parametrize(("code", "policy"), [("G0453", "Medicare"), ("95940", "Medicare"), ("95941", "commercial payers")])
def test_the_calculator_takes_the_most_general_payer_unless_told(cli: Cli, code: str, policy: str) -> None:
    assert f"Policy: {policy}, " in cli("units", "60", "--code", code).out


def test_the_calculator_takes_the_payer_it_is_told(cli: Cli) -> None:
    assert "Policy: commercial payers, " in cli("units", "60", "--code", "95940", "--payer", "commercial").out
    refused = cli("units", "60", "--code", "G0453", "--payer", "commercial")
    assert (refused.code, refused.out) == (2, "")


def test_a_file_name_cannot_steer_the_terminal_by_a_message(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "bad\x1b[31m.txt").write_text("")
    messages = [cli("codes", "no\x1b[31m.pdf").err, cli("codes", "bad\x1b[31m.txt").err]
    assert all("[31m" in message and "\x1b" not in message for message in messages)


@pytest.mark.parametrize("arguments", [("30", "--code", "12345"), ("30", "--code", "95920"), ("-3", "--code", "95940"), ("30",)])
def test_the_calculator_refuses_what_it_cannot_tell(cli: Cli, arguments: tuple[str, ...]) -> None:
    ran = cli("units", *arguments)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers_prints_the_same_bytes(cli: Cli, reports: list[Path], tmp_path: Path, workers: int) -> None:
    paths = [*reports * 4, tmp_path / "missing.pdf", reports[0]]
    one = cli("audit", *paths, "--jsonl", "--no-store", "--workers", "1")
    many = cli("audit", *paths, "--jsonl", "--no-store", "--workers", workers)
    assert one.out.count("\n") == 14
    assert many.out == one.out
    assert many.code == one.code == 1


def test_a_file_that_kills_its_process_costs_only_itself(reports: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(document: Document) -> object:
        if document.name == "a.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return sample_case(document.name)

    monkeypatch.setattr("ionm_notes.audit.read", deadly)
    outcomes = list(audit_files([*reports * 3], Job(("medicare",)), workers=2))
    assert [outcome.path.name for outcome in outcomes] == ["b.txt", "a.txt", "c.txt"] * 3
    codes = [outcome.lines[0].get("error", {}).get("code") for outcome in outcomes]
    assert codes == [None, "reader-died", None] * 3


def test_the_quick_list_of_commands_is_that_of_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    from ionm_notes.cli import main

    shown = []
    for listed in (main.app, main._listing()):
        with pytest.raises(SystemExit):
            listed(["--help"])
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
