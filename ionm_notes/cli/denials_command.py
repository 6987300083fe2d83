"""`ionm-notes denials`: the lines that payers refused, with what the record says of each."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.claim_files import MappingFile
from ionm_notes.cli.compare_command import PayerOfLines, terms_of
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, PolicyDir, form_of

if TYPE_CHECKING:
    from ionm_notes.claims.denials import Worked

COLUMNS = (
    "standing",
    "claim",
    "line",
    "code",
    "modifiers",
    "units",
    "supported_units",
    "charge",
    "paid",
    "refused",
    "reasons",
    "outcome",
    "payer_is_confirmed",
    "report",
    "payer",
    "professional",
    "date_of_service",
    "message",
    "what_to_do",
    "memo",
    "claim_place",
    "evidence",
)
SHOWN = ("standing", "case", "code", "units", "refused", "because", "message")
EXAMPLES = """Examples:\n
\b
  ionm-notes denials april.835 reports/ --claims march.837
  ionm-notes denials april.835 --claims march.csv --csv > worklist.csv
  ionm-notes denials april.835 reports/ --memos memos/
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("denials", epilog=EXAMPLES)(denials)


def denials(
    remits: Annotated[Path, typer.Argument(metavar="REMITS", help="A remittance file (X12 835).")],
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORTS]", help="Reports or folders; without them, what is stored.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option("--claims", help="The claims as they were billed; they know more than a remittance does.")
    ] = None,
    memos: Annotated[
        Path | None, typer.Option("--memos", file_okay=False, help="Folder for an appeal memo of each line that can be defended.")
    ] = None,
    payer: PayerOfLines = None,
    mapping: MappingFile = None,
    policy_dir: PolicyDir = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Work through denials: which refused lines the record defends, with the memo, and what the others teach.

    Each denied line of the remittance is held against the report of its case as `compare` does it, and against the payer's
    reason and remark codes. Lines are listed with the most money first.
    """
    from ionm_notes.claims.denials import worklist
    from ionm_notes.claims.reading import read_remits
    from ionm_notes.cli.claim_files import claims_of, headings_of, reports_of, tell_faults
    from ionm_notes.ingest import load

    form, headings = form_of(csv, jsonl), headings_of(mapping)
    terms = terms_of(payer, headings, {}, policy_dir)
    read = read_remits(load(remits), remits.name)
    tell_faults(read.faults)
    billed = claims_of([claims], headings).lines if claims else ()
    found = reports_of(reports or [], db, policy_dir)
    worked = worklist(read.lines, billed, found.found, terms, date.today())
    files = _memos(worked, memos) if memos else [""] * len(worked)
    _print([_row(one, file, form != "jsonl") for one, file in zip(worked, files, strict=True)], form)
    print(_closing(worked, len(read.lines)), file=sys.stderr)
    if read.faults or found.failed:
        raise typer.Exit(1)


def _memos(worked: Sequence[Worked], folder: Path) -> list[str]:
    """Writes the memos into a new or empty place; the name of each file, '' for lines without."""
    from ionm_notes.cli.out_file import write_new
    from ionm_notes.handout.forms import written

    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for one in worked:
        name = ""
        if one.memo is not None:
            billed = one.remit.billed
            name = re.sub(r"[^\w.-]+", "_", f"appeal-{billed.claim}-{billed.line}-{billed.code}") + ".docx"
            write_new(folder / name, written(one.memo.paper, "docx"))
        names.append(name)
    return names


def _row(worked: Worked, memo: str, flat: bool) -> dict[str, Any]:
    from ionm_notes.claims.denials import plain_worked

    row = plain_worked(worked, memo)
    if flat:
        row["reasons"] = row["because"] = "; ".join(row["reasons"])
        row["evidence"] = " | ".join(f"p. {item['page']}: {item['text']}" for item in row["evidence"])
        where = (f"claim {row['claim']}.{row['line']}", row["report"], row["date_of_service"], row["payer"])
        row["case"] = ", ".join(part for part in where if part)
    return row


def _print(rows: Sequence[dict[str, Any]], form: Any) -> None:
    from ionm_notes.report.tables import write_rows

    write_rows(rows, SHOWN if form == "table" else COLUMNS, form, sys.stdout)


def _closing(worked: Sequence[Worked], looked: int) -> str:
    """How many of the lines were denied, and how they stand."""
    from collections import Counter
    from decimal import Decimal

    counted = Counter(one.standing for one in worked)
    refused = sum((one.refused for one in worked), Decimal(0))
    parts = ", ".join(f"{count} {standing}" for standing, count in counted.most_common())
    return f"{len(worked)} of {looked} lines were denied ({refused:,.2f}){': ' + parts if parts else ''}"
