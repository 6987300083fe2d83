"""The `ionm-notes` command: mounts the commands and turns errors into messages and exit codes.

Importing this module loads no reader, no policy and no database, so that `--help` answers at once; each command
imports what it needs when it runs.
"""

from __future__ import annotations

import inspect
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from ionm_notes import __version__
from ionm_notes.cli import (
    allocate_command,
    audit_command,
    bundle_command,
    calculator,
    case_views,
    compare_command,
    corrections_command,
    db_command,
    db_records,
    deidentify_command,
    denials_command,
    draft_command,
    integrity_command,
    merge_command,
    patterns_command,
    replay_command,
    report_command,
    roster_command,
    sample_command,
    scorecard_command,
    serve_command,
    store_views,
    text_command,
    watch_command,
)
from ionm_notes.cli.settings import SETTINGS
from ionm_notes.pattern_files import VARIABLE
from ionm_notes.phi.keys import CHOICE

LOOK: dict[str, Any] = {
    "name": "ionm-notes",
    "help": "Reads intraoperative-neuromonitoring records and says which codes, units and modifiers they support, and why.",
    "epilog": "Exit codes: 0 done, 1 some document could not be audited, 2 wrong usage.",
    "no_args_is_help": True,
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}
app = typer.Typer(**LOOK)
INTERRUPTED = 130


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ionm-notes {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
    key_file: Annotated[
        Path | None,
        typer.Option("--key-file", envvar="IONM_NOTES_KEY_FILE", help="File with the key of an encrypted database (mode 600)."),
    ] = None,
    patterns: Annotated[
        Path | None,
        typer.Option(
            "--patterns", envvar="IONM_NOTES_PATTERNS", help="Folder of your own patterns; see `patterns check --help`."
        ),
    ] = None,
) -> None:
    """Options that stand before the command."""
    if patterns is not None:
        os.environ[VARIABLE] = str(patterns.absolute())  # worker processes, which read the files, must know it too
    SETTINGS.debug = debug
    CHOICE.file, CHOICE.encrypt = key_file, False


for module in (
    audit_command,
    watch_command,
    text_command,
    case_views,
    corrections_command,
    store_views,
    replay_command,
    roster_command,
    allocate_command,
    integrity_command,
    scorecard_command,
    compare_command,
    sample_command,
    denials_command,
    draft_command,
    calculator,
    bundle_command,
    report_command,
    db_command,
    db_records,
    deidentify_command,
    merge_command,
    patterns_command,
    serve_command,
    corrections_command,
):
    module.mount(app)
for name in ("explain_command", "policy_commands"):
    if find_spec(f"ionm_notes.cli.{name}") is not None:
        import_module(f"ionm_notes.cli.{name}").mount(app)


def run() -> None:
    """The entry point: runs the command line and exits; a person never sees a traceback unless `--debug` is given."""
    for stream in (sys.stdout, sys.stderr):
        # Records hold any character; a terminal of another encoding shows a replacement instead of failing. A stream put in place
        # of the terminal's takes any character.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(_guarded())


def _guarded() -> int:
    from ionm_notes.errors import IonmError

    try:
        (_listing() if sys.argv[1:] in ([], ["--help"]) else app)()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except IonmError as error:
        return _report(f"ionm-notes: {error}", error.exit_code)
    except KeyboardInterrupt:
        return _report("ionm-notes: interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (head, less) went away: there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        # Not what the error says: it may quote a record.
        return _report(f"ionm-notes: the program failed ({type(error).__name__}); --debug shows where", 1)
    return 0


def _listing() -> typer.Typer:
    """The commands with their first sentences alone: to list them, the options of each need not be built, which takes most
    of the time of `--help`."""
    short = typer.Typer(**LOOK)
    short.callback()(options)

    def add(name: str | None, words: str | None) -> None:
        short.command(name, help=words)(lambda: None)

    for command in app.registered_commands:
        callback = command.callback
        name = command.name or (callback.__name__.replace("_", "-") if callback else None)
        add(name, command.help or (inspect.getdoc(callback) if callback else None))
    for group in app.registered_groups:
        known = [group, *([group.typer_instance.info] if group.typer_instance is not None else [])]
        name = next((info.name for info in known if isinstance(info.name, str)), None)
        add(name, next((info.help for info in known if isinstance(info.help, str)), None))
    return short


def _report(message: str, code: int) -> int:
    if SETTINGS.debug:
        from ionm_notes.phi.traces import trace_of

        if (error := sys.exception()) is not None:
            print(trace_of(error), file=sys.stderr)
    from ionm_notes.report.clean import for_terminal

    # File names may hold control characters, which would steer the terminal.
    print(for_terminal(message), file=sys.stderr)
    return code


if __name__ == "__main__":
    run()
