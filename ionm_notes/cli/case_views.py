"""Views of single cases, from files or from the database: `codes`, `timeline` and `checklist`."""

import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any

import typer

from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payers, PolicyDir, Since, Until, form_of

CASE_HELP = "A file (audited on the spot), or a stored document's name or audit's number."
Cases = Annotated[list[str] | None, typer.Argument(metavar="CASE", help=CASE_HELP)]
Case = Annotated[str, typer.Argument(metavar="CASE", help=CASE_HELP)]


def mount(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("codes", epilog="Examples:\n\n  ionm-notes codes report.pdf\n\n  ionm-notes codes --csv > codes.csv")(codes)
    app.command("timeline", epilog="Example:\n\n  ionm-notes timeline report.pdf")(timeline)
    app.command("checklist", epilog="Example:\n\n  ionm-notes checklist report.pdf --payer commercial")(checklist)


def codes(
    cases: Cases = None,
    payer: Payers = None,
    since: Since = None,
    until: Until = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
    policy_dir: PolicyDir = None,
) -> None:
    """List the code lines: code, units, modifiers, status and the reason, and what is not reportable.

    Files are audited on the spot. Without an argument it lists the newest stored audits. With --payer all the payers of a
    case stand side by side, with the clause that makes each differ.
    """
    from ionm_notes.cli.lookup import lines_for, parse_date, stored_lines
    from ionm_notes.cli.payers import EVERY, across
    from ionm_notes.report.coder import COLUMNS, code_rows
    from ionm_notes.report.console import console
    from ionm_notes.report.summary import codes_view, head_view
    from ionm_notes.report.tables import write_rows

    form = form_of(csv, jsonl)
    if cases:
        lines = lines_for(cases, payer, db, policy_dir)
    else:
        wanted: list[str | None] = [*payer] if payer and EVERY not in payer else [None]
        lines = [line for one in wanted for line in stored_lines(db, one, parse_date(since), parse_date(until))]
    good = _good(lines)
    if form == "table":
        out = console(sys.stdout)
        for _, same in groupby(good, key=lambda line: line["document"]["sha256"]):
            lines_of = list(same)
            table = across(lines_of, policy_dir)
            views = [codes_view(line) for line in lines_of] if table is None else [head_view(lines_of[0]), table]
            for view in views:
                out.print(view)
    else:
        write_rows((row for line in good for row in code_rows(line)), COLUMNS, form, sys.stdout)
    _exit(lines, good)


def timeline(case: Case, payer: Payers = None, db: Db = DEFAULT_DB, policy_dir: PolicyDir = None) -> None:
    """Draw the day to scale: set-up, baselines, monitoring, interruptions, removal, attendance, counted minutes."""
    from ionm_notes.cli.lookup import lines_for
    from ionm_notes.report.bar import day_bar
    from ionm_notes.report.clean import for_terminal
    from ionm_notes.report.console import console, draws_blocks

    lines = lines_for([case], payer, db, policy_dir)
    good = _good(lines)
    out = console(sys.stdout)
    # The day is the same whoever pays, so one bar per document will do.
    for line in {line["document"]["sha256"]: line for line in good}.values():
        date = line["encounter"]["date_of_service"] or "date of service not stated"
        out.print(f"{for_terminal(line['document']['name'])}  {date}")
        out.print(day_bar(line, out.width, draws_blocks(sys.stdout)))
    _exit(lines, good)


def checklist(
    case: Annotated[str | None, typer.Argument(metavar="CASE", help=CASE_HELP)] = None,
    payer: Payers = None,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
    policy_dir: PolicyDir = None,
) -> None:
    """Answer the five points of the defensibility review and the pre-submission steps for a case.

    Without a case it prints the questions.
    """
    from ionm_notes.cli.lookup import lines_for
    from ionm_notes.report.tables import write_rows

    if case is None:
        from ionm_notes.rules.checklist import REVIEW, STEPS

        questions = [{"id": point.id, "question": point.question} for point in (*REVIEW, *STEPS)]
        write_rows(questions, ("id", "question"), form_of(False, jsonl), sys.stdout)
        return
    lines = lines_for([case], payer, db, policy_dir)
    good = _good(lines)
    rows = [{"document": line["document"]["name"], "payer": line["payer"], **item} for line in good for item in line["checklist"]]
    columns = ("document", "payer", "id", "question", "answer", "because")
    write_rows(rows, columns if jsonl else columns[1:2] + columns[3:], form_of(False, jsonl), sys.stdout)
    _exit(lines, good)


def _good(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines that are audits; what could not be audited is named on stderr."""
    from ionm_notes.report.clean import for_terminal

    for message in dict.fromkeys(line["error"]["message"] for line in lines if "error" in line):
        print(for_terminal(f"ionm-notes: {message}"), file=sys.stderr)
    return [line for line in lines if "error" not in line]


def _exit(lines: Sequence[object], good: Sequence[object]) -> None:
    if len(good) < len(lines):
        raise typer.Exit(1)
