"""`ionm-notes draft`: the claim lines that reports support, a file for each rendering professional."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.claim_files import MappingFile
from ionm_notes.cli.compare_command import terms_of
from ionm_notes.cli.fees import Fees, read_fees
from ionm_notes.cli.options import DEFAULT_DB, Db, PolicyDir

if TYPE_CHECKING:
    from ionm_notes.claims.drafts import Drafts
    from ionm_notes.claims.model import ClaimLine

EXAMPLES = """Examples:\n
\b
  ionm-notes draft reports/ --payer medicare --out drafts/
  ionm-notes draft --payer commercial --mapping our-npis.toml --fees fees.csv --form fhir --out drafts/
"""


DRAFTS = Path("drafts")


class Form(StrEnum):
    """The form of drafts."""

    csv = "csv"
    fhir = "fhir"


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("draft", epilog=EXAMPLES)(draft)


def draft(
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORTS]", help="Reports or folders; without them, what is stored.")
    ] = None,
    payer: Annotated[str, typer.Option("--payer", "-p", help="The payer whose rules hold.")] = "medicare",
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="Folder for the files; none is overwritten.")] = DRAFTS,
    form: Annotated[Form, typer.Option("--form", help="CSV with the columns of `compare`, or FHIR Claims (draft).")] = Form.csv,
    mapping: MappingFile = None,
    fees: Fees = None,
    policy_dir: PolicyDir = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Draft the claim lines that reports support, for each rendering professional by name and NPI, for a person to check.

    Only supported lines are drafted, never one that falls beside another; what a gap holds open is counted. NPIs are of the
    mapping file. Nothing is sent.
    """
    from ionm_notes.claims.drafts import drafts
    from ionm_notes.cli.claim_files import headings_of, reports_of

    terms = terms_of(payer, headings_of(mapping), read_fees(fees), policy_dir)
    read = reports_of(reports or [], db, policy_dir)
    found = drafts(read.found, payer, terms)
    made = datetime.now(UTC)
    out.mkdir(parents=True, exist_ok=True)
    for who, lines in found.by_professional.items():
        _write(out / f"{_file_name(who)}.{'csv' if form is Form.csv else 'json'}", lines, form, made)
    _tell(found, out)
    if read.failed:
        raise typer.Exit(1)


def _file_name(who: str) -> str:
    return re.sub(r"[^\w]+", "-", who.casefold()).strip("-") or "nobody-in-particular"


def _write(path: Path, lines: Sequence[ClaimLine], form: Form, made: datetime) -> None:
    from ionm_notes.claims.fhir_out import claims
    from ionm_notes.claims.tabular import COLUMNS, as_rows
    from ionm_notes.cli.out_file import write_new
    from ionm_notes.report.tables import write_rows

    if form is Form.fhir:
        write_new(path, (json.dumps(claims(lines, made), indent=1) + "\n").encode())
        return
    text = StringIO(newline="")
    write_rows(as_rows(lines), tuple(COLUMNS), "csv", text)
    write_new(path, text.getvalue().encode())


def _tell(found: Drafts, out: Path) -> None:
    count = sum(map(len, found.by_professional.values()))
    print(f"{count} lines for {len(found.by_professional)} professionals in {out}", file=sys.stderr)
    print(f"left out: {found.held} that a gap holds open, {found.denied} that fall beside others", file=sys.stderr)
    for line in found.to_decide:
        print(f"to decide: {line} stands only with a distinct-service modifier", file=sys.stderr)
