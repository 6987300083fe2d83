"""`ionm-notes patterns`: check the words the reader knows, shipped and one's own, against their examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

patterns_app = typer.Typer(no_args_is_help=True, help="The words that the reader knows: check them, add one's own.")


def mount(app: typer.Typer) -> None:
    """Adds the group to the application."""
    examples = "Examples:\n\n  ionm-notes patterns check\n\n  ionm-notes patterns check my-patterns/\n\n"
    use = "  ionm-notes --patterns my-patterns/ audit report.pdf"
    patterns_app.command("check", epilog=examples + use)(check)
    app.add_typer(patterns_app, name="patterns")


@patterns_app.callback()
def _group() -> None:
    """Keeps `check` a command of its own while it is the only one."""


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Your own pattern folder, checked together with the shipped one. Default: --patterns.")
    ] = None,
) -> None:
    """Run every pattern's examples: lines that must match and near misses that must not.

    A folder of your own holds TOML files as in `patterns/`: an entry with a new `id` adds a pattern, one with a shipped
    `id` takes its place, and with `extend = true` adds to it. Every entry needs both kinds of example. Exits with 1 if
    anything is wrong.
    """
    from ionm_notes.pattern_files import own_patterns, patterns_folder
    from ionm_notes.read.pattern_check import problems
    from ionm_notes.read.vocabulary import Vocabulary
    from ionm_notes.report.clean import for_terminal

    own = folder or own_patterns()
    vocabulary = Vocabulary(patterns_folder(), own)
    found = problems(vocabulary)
    for problem in found:
        typer.echo(for_terminal(f"{problem.file}: {problem.id}: {problem.what}"))
    examples = sum(len(p.yes) + len(p.no) for p in vocabulary.patterns.values())
    held = f"{len(vocabulary.patterns)} patterns, {examples} examples"
    where = f" with {own}" if own else ""
    typer.echo(f"{held}{where}: {f'{len(found)} problems' if found else 'all hold'}", err=True)
    raise typer.Exit(1 if found else 0)
