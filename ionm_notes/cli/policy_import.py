"""`ionm-notes policy import`: takes over CMS's quarterly files and says what changed against the layer before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ionm_notes.policy.importing import Imported

MOST_NAMED = 8
"""So many changes are named; of the rest the number is told."""


def mount(app: typer.Typer) -> None:
    """Adds the command to the group of policy commands."""
    app.command("import", epilog="Example:\n\n  ionm-notes policy import ccipra-v320r0-f?.zip --policy-dir my-policy")(import_)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Published files: zip, text, CSV or XLSX.")],
    policy_dir: Annotated[Path, typer.Option("--policy-dir", file_okay=False, help="Your policy folder; made if missing.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="First day of the quarter, where the file does not tell it."),
    ] = None,
) -> None:
    """Take over CMS's quarterly files as a new dated layer.

    Files as CMS publishes them: NCCI pair edits for practitioners (all four parts at once), MUE tables, add-on code
    edits, and the fee schedule's PPRRVU. Only the codes of this program are kept, no descriptors. Nothing that stands
    is changed, and nothing is fetched.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.policy.importing import import_files
    from ionm_notes.policy.store import load_data

    data = load_data(policy_dir if policy_dir.is_dir() else None)
    timed = [code for code, row in data.codes.items() if row.kind == "time"]
    for layer in import_files(files, policy_dir, data.codes.keys(), timed, parse_date(as_of)):
        typer.echo(f"{layer.kind}: {layer.kept} of {layer.read} rows kept, from {layer.as_of} on ({layer.file})")
        for line in changes(layer):
            typer.echo(f"  {line}")


def changes(layer: Imported) -> list[str]:
    """In words, what the new layer changes against the newest one before it."""
    from ionm_notes.policy.importing.compare import compare
    from ionm_notes.policy.store import load_data

    data = load_data(layer.file.parent.parent)
    before = [held for held in data.layers if held.kind == layer.kind and held.as_of < layer.as_of]
    now = next(held for held in data.layers if held.kind == layer.kind and held.as_of == layer.as_of)
    if not before:
        return ["no earlier layer of this kind to compare with"]
    older = max(before, key=lambda held: held.as_of)
    found = compare(layer.kind, older.rows, now.rows)
    named = found[:MOST_NAMED]
    rest = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
    return [f"against {older.as_of}: {len(found) or 'no'} changes", *named, *rest]
