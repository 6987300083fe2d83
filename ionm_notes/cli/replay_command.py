"""`ionm-notes replay`: judges stored audits again under another payer or day, and says what changes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.fees import Fees, read_fees
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, PolicyDir, Since, Until, form_of

if TYPE_CHECKING:
    from ionm_notes.replay import Replayed
    from ionm_notes.report.tables import Form

COLUMNS = (
    "document",
    "date_of_service",
    "payer_before",
    "payer_after",
    "policy_before",
    "policy_after",
    "what",
    "before",
    "after",
)
SHOWN = ("case", "what", "before", "after")
EXAMPLES = """Examples:\n
\b
  ionm-notes replay --on-policy 2026-01-01
  ionm-notes replay --payer commercial --as cigna
  ionm-notes replay --policy-dir my-payers --as our-plan --csv > moves.csv
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("replay", epilog=EXAMPLES)(replay)


def replay(
    payer: Payer = None,
    under: Annotated[str | None, typer.Option("--as", metavar="PAYER", help="Judge by this payer's policy instead.")] = None,
    on_policy: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Judge by the policy of this day, not of the date of service.")
    ] = None,
    since: Since = None,
    until: Until = None,
    fees: Fees = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    policy_dir: PolicyDir = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Judge stored audits again under another policy, without reading the documents, and show what changes.

    Looks at the newest audit of each document and payer, and changes nothing in the database. Without options it shows
    what today's policy data make of them.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.payers import chosen_payers
    from ionm_notes.replay import Terms
    from ionm_notes.replay import replay as again
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import Filter

    form = form_of(csv, jsonl)
    if under is not None:
        chosen_payers([under], policy_dir)
    terms = Terms(under, parse_date(on_policy), policy_dir)
    wanted = Filter(payer, since=parse_date(since), until=parse_date(until))
    money = read_fees(fees)
    with Store(db, create=False) as store:
        print_moves(again(store, terms, wanted), form, money)


def print_moves(cases: Iterable[Replayed], form: Form, fees: Mapping[str, Decimal]) -> None:
    """What moves, case by case, and on stderr the sum: cases, units by code, and money where fees are given."""
    from ionm_notes.compare import amount_moved, units_moved
    from ionm_notes.report.tables import write_rows

    looked, moved, units = 0, 0, Counter[str]()

    def counted() -> Iterator[Replayed]:
        nonlocal looked, moved
        for case in cases:
            looked += 1
            if case.moves:
                moved += 1
                units.update(units_moved(case.before, case.after))
                yield case

    write_rows(_rows(counted(), form), SHOWN if form == "table" else COLUMNS, form, sys.stdout)
    won = {code: count for code, count in sorted(units.items()) if count}
    words = ", ".join(f"{code} {count:+d}" for code, count in won.items()) or "none"
    amount = amount_moved(won, fees) if fees else None
    money = "no amount known" if amount is None else f"{amount:+,.2f}"
    print(f"{moved} of {looked} audits change; supported units: {words}; money: {money}", file=sys.stderr)


def _rows(cases: Iterable[Replayed], form: Form) -> Iterator[dict[str, Any]]:
    for case in cases:
        head = {
            "document": case.document,
            "date_of_service": case.date_of_service,
            "payer_before": case.before.payer,
            "payer_after": case.after.payer,
            "policy_before": case.before.policy_version,
            "policy_after": case.after.policy_version,
        }
        payers = dict.fromkeys((case.before.payer, case.after.payer))
        where = (case.document, " -> ".join(payers), case.date_of_service)
        for move in case.moves:
            yield {
                **head,
                "case": ", ".join(part for part in where if part),
                "what": move.what,
                "before": move.before,
                "after": move.after,
            }
