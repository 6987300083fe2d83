"""`ionm-notes scorecard`: volume, gap rate, top gaps, trend and money at stake by person or place."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.fees import Fees
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, Since, Until, form_of

if TYPE_CHECKING:
    from ionm_notes.scorecards.compute import Card

Out = Annotated[
    Path | None,
    typer.Option("--out", dir_okay=False, help="File to make: .xlsx, .csv, .pdf, .html or .docx; nothing is overwritten."),
]


class Group(StrEnum):
    """Of whom cards are drawn."""

    professional = "professional"
    technologist = "technologist"
    facility = "facility"
    surgeon = "surgeon"


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    examples = (
        "ionm-notes scorecard --by facility",
        "ionm-notes scorecard --payer medicare --fees fees.csv --out scorecards.xlsx",
    )
    app.command("scorecard", epilog="Examples:\n\n" + "\n\n".join(f"  {one}" for one in examples))(scorecard)


def scorecard(
    by: Annotated[list[Group] | None, typer.Option("--by", help="Group; repeatable; by default all four.")] = None,
    payer: Payer = None,
    fees: Fees = None,
    since: Since = None,
    until: Until = None,
    out: Out = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Show scorecards: documents, gap rate with its interval, commonest gaps, trend and money at stake.

    Drawn from the newest audit of each document; what the desk's dashboard shows is the same computation. Names stand as
    written. Money needs --fees.
    """
    from ionm_notes.cli.fees import read_fees
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.noting import note_list
    from ionm_notes.report.tables import write_rows
    from ionm_notes.scorecards.compute import EVERY, cards
    from ionm_notes.scorecards.rows import COLUMNS, SHOWN, rows
    from ionm_notes.store.database import Store
    from ionm_notes.store.worklist import choices

    form = form_of(csv, jsonl)
    amounts = read_fees(fees)
    with Store(db, create=False) as store:
        payers = [payer] if payer else choices(store)["payer"]
        wanted = [group for group in EVERY if not by or group in {one.value for one in by}]
        span = (parse_date(since), parse_date(until))
        found = [card for one in payers for group in cards(store, one, wanted, amounts, *span).values() for card in group]
        note_list(store, len(found))
    if out is not None:
        _write(found, out)
        return
    write_rows(rows(found), SHOWN if form == "table" else [column.field for column in COLUMNS], form, sys.stdout)


def _write(found: list["Card"], out: Path) -> None:
    """The cards as a file, in the form that its ending asks for."""
    from ionm_notes.cli.out_file import refuse_existing, take_place, write_new
    from ionm_notes.handout.forms import form_named, written
    from ionm_notes.handout.lists import LIST_FORMS, write_list
    from ionm_notes.phi.scratch import scratch
    from ionm_notes.scorecards.paper import paper
    from ionm_notes.scorecards.rows import COLUMNS, rows

    refuse_existing(out)
    form = next((one for one in LIST_FORMS if out.suffix.lower() == f".{one}"), None)
    if form is None:
        write_new(out, written(paper(found, date.today()), form_named(out.name)))
    else:
        with scratch(out) as folder:
            made = folder / f"list.{form}"
            write_list(made, form, "Scorecards", COLUMNS, rows(found), date.today())
            take_place(made, out)
    print(f"{out}: {len(found)} scorecards", file=sys.stderr)
