"""The options that several commands share, once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ionm_notes.report.tables import Form

Payers = Annotated[
    list[str] | None,
    typer.Option("--payer", "-p", help="Payer to judge for; repeatable; 'all' for every known one; by default medicare."),
]
Payer = Annotated[str | None, typer.Option("--payer", "-p", help="Only this payer.")]
Db = Annotated[Path, typer.Option("--db", envvar="IONM_NOTES_DB", help="The database file.")]
PolicyDir = Annotated[
    Path | None,
    typer.Option("--policy-dir", exists=True, file_okay=False, help="Folder of your own payer profiles."),
]
Encrypt = Annotated[bool, typer.Option("--encrypt", help="Encrypt the database if it is new; refuse one that is in the clear.")]


class PhiLevel(StrEnum):
    """How much of a patient is stored and printed."""

    full = "full"
    limited = "limited"
    none = "none"


Phi = Annotated[
    PhiLevel,
    typer.Option(
        "--phi",
        envvar="IONM_NOTES_PHI",
        help="How much of the patient is stored and printed: all; a limited data set (dates stay); or nothing, all dates moved.",
    ),
]
PhiKey = Annotated[
    Path | None,
    typer.Option("--phi-key", envvar="IONM_NOTES_PHI_KEY", help="File from which the days come that --phi none moves dates by."),
]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object per line.")]
Since = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First date of service.")]
Until = Annotated[str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last date of service.")]

DEFAULT_DB = Path("ionm-notes.db")


def form_of(csv: bool, jsonl: bool) -> Form:
    """The form of output asked for; asking for two is wrong usage."""
    if csv and jsonl:
        raise typer.BadParameter("choose one of --csv and --jsonl")
    return "csv" if csv else "jsonl" if jsonl else "table"
