"""`ionm-notes replay`: judges stored audits again under another payer or day, and says what changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.fees import Fees, read_fees
from ionm_notes.cli.noting import note, note_list
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, PolicyDir, Since, Until, form_of

if TYPE_CHECKING:
    from ionm_notes.compare import Tally
    from ionm_notes.replay import Replayed
    from ionm_notes.report.tables import Form

COLUMNS = (
    "document",
    "date_of_service",
    "payer_before",
    "payer_after",
    "policy_before",
    "policy_after",
    "policy_on_before",
    "policy_on_after",
    "layers_before",
    "layers_after",
    "kind",
    "what",
    "before",
    "after",
    "units",
    "amount",
)
SHOWN = ("case", "what", "before", "after")
SUMMED = ("what", "cases", "units", "amount")
EXAMPLES = """Examples:\n
\b
  ionm-notes replay --on-policy 2026-01-01
  ionm-notes replay --only commercial --payer cigna
  ionm-notes replay --policy-dir my-payers --payer our-plan --csv > moves.csv
  ionm-notes replay --policy-dir imported --store
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("replay", epilog=EXAMPLES)(replay)


def replay(
    payer: Annotated[
        str | None, typer.Option("--payer", "-p", help="Judge by this payer's policy, not by that of each audit's own payer.")
    ] = None,
    on_policy: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Judge by the policy of this day, not of the date of service.")
    ] = None,
    policy_dir: PolicyDir = None,
    only: Annotated[str | None, typer.Option(metavar="PAYER", help="Only the stored audits for this payer.")] = None,
    since: Since = None,
    until: Until = None,
    fees: Fees = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    store: Annotated[bool, typer.Option("--store", help="Keep the new audits in the database, beside the old ones.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Judge stored audits again under another policy, without reading the documents, and show what changes.

    Looks at the newest audit of each document and payer. Without options it shows what today's policy data make of them.
    Nothing is changed in the database; with --store the new audits are added, and those by the rules of the date of
    service become the newest.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.payers import chosen_payers
    from ionm_notes.replay import Terms, keep_again
    from ionm_notes.replay import replay as again
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import Filter, dates_moved

    form = form_of(csv, jsonl)
    if payer is not None:
        chosen_payers([payer], policy_dir)
    terms = Terms(payer, parse_date(on_policy), policy_dir)
    wanted = Filter(only, since=parse_date(since), until=parse_date(until))
    money = read_fees(fees)
    with Store(db, create=False) as opened:
        kept = 0
        if terms.on is None and (left := len(dates_moved(opened))):
            print(f"{left} left out: their dates were moved (--phi none); give --on-policy", file=sys.stderr)

        def keep(case: Replayed) -> None:
            nonlocal kept
            kept += keep_again(opened, case, datetime.now(UTC))

        looked = print_moves(again(opened, terms, wanted, money), form, keep if store else None)
        note_list(opened, looked)
        if kept:
            note(opened, "audited", "store", {"command": "replay", "audits": kept})
    if store:
        print(f"{kept} new audit{'' if kept == 1 else 's'} kept in {db}", file=sys.stderr)


def print_moves(cases: Iterable[Replayed], form: Form, each: Callable[[Replayed], None] | None = None) -> int:
    """What moves, case by case; then the sum: as a table where a table is wanted, and in one sentence on stderr.

    `each` is called for every case, whether it moves or not. Returns how many cases were looked at.
    """
    from ionm_notes.compare import Tally
    from ionm_notes.report.tables import write_rows

    tally = Tally()
    write_rows(_rows(_counted(cases, tally, each), form), SHOWN if form == "table" else COLUMNS, form, sys.stdout)
    if form == "table" and tally.moved:
        print("In all:")
        write_rows(_sum_rows(tally), SUMMED, form, sys.stdout)
    words = ", ".join(f"{code} {count:+d}" for code, count in sorted(tally.units.items()) if count) or "none"
    amount = tally.amount
    money = "no amount known" if amount is None or not tally.amounts else f"{amount:+,.2f}"
    print(f"{tally.moved} of {tally.looked} audits change; supported units: {words}; money: {money}", file=sys.stderr)
    return tally.looked


def _counted(cases: Iterable[Replayed], tally: Tally, each: Callable[[Replayed], None] | None) -> Iterator[Replayed]:
    for case in cases:
        tally.add(case.moves)
        if each is not None:
            each(case)
        if case.moves:
            yield case


def _sum_rows(tally: Tally) -> Iterator[dict[str, Any]]:
    order = ("verdict", "code", "finding")
    for (kind, what), cases in sorted(tally.cases.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        row: dict[str, Any] = {"what": what, "cases": cases, "units": None, "amount": None}
        if kind == "code":
            amount = tally.amounts[what]
            row |= {"units": f"{tally.units[what]:+d}", "amount": "not known" if amount is None else f"{amount:+,.2f}"}
        yield row


def _rows(cases: Iterable[Replayed], form: Form) -> Iterator[dict[str, Any]]:
    for case in cases:
        sides = {"before": case.before, "after": case.after}
        head: dict[str, Any] = {"document": case.document, "date_of_service": case.date_of_service}
        for side, standing in sides.items():
            head[f"payer_{side}"] = standing.payer
            head[f"policy_{side}"] = standing.policy_version
            head[f"policy_on_{side}"] = standing.policy_on
            head[f"layers_{side}"] = standing.policy_layers
        payers = dict.fromkeys((case.before.payer, case.after.payer))
        where = (case.document, " -> ".join(payers), case.date_of_service)
        for move in case.moves:
            yield {
                **head,
                "case": ", ".join(part for part in where if part),
                "kind": move.kind,
                "what": move.what,
                "before": move.before,
                "after": move.after,
                "units": move.units if move.kind == "code" else None,
                "amount": None if move.kind != "code" or move.amount is None else round(float(move.amount), 2),
            }
