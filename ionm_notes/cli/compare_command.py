"""`ionm-notes compare`: what was billed against what the reports document, line by line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.claim_files import MappingFile
from ionm_notes.cli.fees import Fees, read_fees
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, PolicyDir, form_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from ionm_notes.claims.comparing import Terms
    from ionm_notes.claims.model import ClaimLine, Row
    from ionm_notes.claims.sampling import Plan
    from ionm_notes.claims.tabular import Headings
    from ionm_notes.report.tables import Form

EXAMPLES = """Examples:\n
\b
  ionm-notes compare claims.csv reports/
  ionm-notes compare march.837 reports/ --fees fees.csv
  ionm-notes compare claims.xlsx --mapping our-headings.toml --csv > variance.csv
  ionm-notes compare march.837 reports/ --out variance.xlsx
  ionm-notes compare --own-charges reports/ --payer commercial --jsonl
"""
PayerOfLines = Annotated[
    str | None, typer.Option("--payer", "-p", help="Whose rules judge lines that name no payer known here, and unbilled reports.")
]


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("compare", epilog=EXAMPLES)(compare)


def compare(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="CLAIMS [REPORTS]", help="Claims (a file or folder), then reports; without, what is stored."),
    ] = None,
    own_charges: Annotated[
        bool, typer.Option("--own-charges", help="Compare the charges that the reports hold themselves; give reports only.")
    ] = False,
    payer: PayerOfLines = None,
    mapping: MappingFile = None,
    fees: Fees = None,
    policy_dir: PolicyDir = None,
    sample: Annotated[
        Path | None,
        typer.Option("--sample", exists=True, dir_okay=False, help="Plan of `sample`: show and extrapolate its claims alone."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Files to read at once; by default one for each core.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", dir_okay=False, help="Also write the rows: .xlsx, .parquet, .json (FHIR DetectedIssue)."),
    ] = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Hold claims against the reports of their cases: what is supported, over- or under-coded, or wrong, line by line.

    Claims are matched to reports by patient, date and professional; what fits several reports is listed, never guessed.
    Lines are judged by the payer they name; one that is not known here is listed, unless --payer says whose rules hold.
    Money is of the fee table where one is given, otherwise of the charges.
    """
    from ionm_notes.claims.comparing import compare as compared
    from ionm_notes.claims.files import refuse_ending
    from ionm_notes.claims.reports import own_charges as charges_of
    from ionm_notes.claims.sampling import in_sample
    from ionm_notes.cli.claim_files import claims_of, headings_of, reports_of
    from ionm_notes.cli.out_file import refuse_existing

    given = paths or []
    if not given and not own_charges:
        raise typer.BadParameter("give a file of claims, or --own-charges", param_hint="CLAIMS")
    if out is not None:
        refuse_ending(out)
        refuse_existing(out)
    form, headings = form_of(csv, jsonl), headings_of(mapping)
    terms = terms_of(payer, headings, read_fees(fees), policy_dir)
    claims = None if own_charges else claims_of([Path(given[0])], headings)
    plan = None if sample is None else plan_of(sample, claims.lines if claims else ())
    reports = reports_of(given if own_charges else given[1:], db, policy_dir, workers)
    lines = claims.lines if claims else tuple(line for report in reports.found for line in charges_of(report))
    rows = compared(lines, reports.found, terms)
    rows = rows if plan is None else in_sample(plan, rows)
    if out is not None:
        _write(out, rows)
    print_rows(rows, form, plan)
    if reports.failed or (claims and claims.faults):
        raise typer.Exit(1)


def terms_of(payer: str | None, headings: Headings, fees: Mapping[str, Decimal], policy_dir: Path | None) -> Terms:
    """How to compare. Raises `IonmError` (unknown-payer), also for a payer of the mapping file."""
    from ionm_notes.claims.comparing import Terms
    from ionm_notes.cli.payers import chosen_payers

    chosen_payers([*([payer] if payer else []), *headings.payers.values()] or None, policy_dir)
    return Terms(payer, headings.payers, headings.npi, fees, policy_dir)


def plan_of(path: Path, lines: Sequence[ClaimLine]) -> Plan:
    """The sample of a plan file, drawn again. Raises `IonmError` (bad-sample) where it does not fit the claims."""
    import json

    from ionm_notes.claims.sampling import drawn_again
    from ionm_notes.errors import IonmError
    from ionm_notes.ingest import load

    try:
        told = json.loads(load(path))
    except ValueError as error:
        raise IonmError("bad-sample", path.name, "it is no plan of a sample") from error
    return drawn_again(told, lines, path.name)


def _write(out: Path, rows: Sequence[Row]) -> None:
    """Writes the rows into a new file that only its owner may read."""
    from datetime import UTC, datetime

    from ionm_notes.claims.files import write_file
    from ionm_notes.cli.out_file import write_new

    write_new(out, b"")
    write_file(out, rows, datetime.now(UTC))


def print_rows(rows: Sequence[Row], form: Form, plan: Plan | None = None) -> None:
    """The rows; behind them the variance, the net effect and the error rates, and of a sample what it says of all claims."""
    from ionm_notes.claims.rows import COLUMNS, SHOWN, SUMMED, flat_row, plain_row, plain_summary, sum_rows, summary_words
    from ionm_notes.claims.sampling import estimate_words, plain_estimate
    from ionm_notes.claims.summing import summary
    from ionm_notes.report.tables import json_line, write_rows

    found = summary(rows)
    if form == "jsonl":
        for row in rows:
            sys.stdout.write(json_line(plain_row(row)))
        sys.stdout.write(json_line({"summary": plain_summary(rows, found)}))
        if plan is not None:
            sys.stdout.write(json_line({"estimate": plain_estimate(plan, rows)}))
        return
    write_rows((flat_row(row) for row in rows), SHOWN if form == "table" else COLUMNS, form, sys.stdout)
    if form == "table":
        print("In all:")
        write_rows(sum_rows(found), SUMMED, form, sys.stdout)
    for words in (*summary_words(found), *(estimate_words(plan, rows) if plan else ())):
        print(words, file=sys.stderr if form == "csv" else sys.stdout)
