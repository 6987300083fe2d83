"""The auditor's commands over the database: `gaps`, `show` and `search`."""

import sys
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer

from ionm_notes.cli.noting import note_list
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, Phi, PhiKey, PhiLevel, Since, Until, form_of

GAPS_COLUMNS = ("severity", "rule", "document", "payer", "date_of_service", "providers", "pages", "message", "remedy")
GAPS_SHOWN = ("severity", "rule", "case", "message")
SEARCH_COLUMNS = ("document", "page", "where", "excerpt")


class Severity(StrEnum):
    """How grave a finding is."""

    error = "error"
    warning = "warning"
    info = "info"


def mount(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("gaps", epilog="Example:\n\n  ionm-notes gaps --severity error --from 2025-01-01 --csv > gaps.csv")(gaps)
    app.command("show", epilog="Examples:\n\n  ionm-notes show report.pdf --payer commercial\n\n  ionm-notes show 17 --jsonl")(
        show
    )
    app.command("search", epilog="Example:\n\n  ionm-notes search tibial artifact")(search)


def gaps(
    rule: Annotated[str | None, typer.Option(help="Only this rule, such as concurrent-cases.")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Only findings of this severity.")] = None,
    provider: Annotated[str | None, typer.Option(help="Only cases of this professional; a part of the name will do.")] = None,
    payer: Payer = None,
    since: Since = None,
    until: Until = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """List what is missing or wrong in the stored audits, gravest first.

    Looks at the newest audit of each document and payer.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.report.tables import write_rows
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import Filter, latest_findings

    form = form_of(csv, jsonl)
    wanted = Filter(payer, rule, severity.value if severity else None, provider, parse_date(since), parse_date(until))
    with Store(db, create=False) as store:
        rows = latest_findings(store, wanted)
        note_list(store, len(rows))
    for row in rows:
        where = (row["document"], row["payer"], row["date_of_service"], row["pages"] and f"p. {row['pages']}")
        row["case"] = ", ".join(part for part in where if part)
    write_rows(rows, GAPS_SHOWN if form == "table" else GAPS_COLUMNS, form, sys.stdout)


def show(
    audit: Annotated[str, typer.Argument(metavar="CASE", help="A stored document's name, or an audit's number.")],
    payer: Payer = None,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
) -> None:
    """Show a stored audit again, exactly as it was made, or with less of the patient by --phi."""
    from ionm_notes.cli.lookup import stored
    from ionm_notes.phi.level import minimum
    from ionm_notes.report.console import console
    from ionm_notes.report.summary import summary
    from ionm_notes.report.tables import json_line

    lines = stored(audit, [payer] if payer else None, db, least=minimum(phi, phi_key, db))
    if jsonl:
        for line in lines:
            sys.stdout.write(json_line(line))
        return
    out = console(sys.stdout)
    for _, same in groupby(lines, key=lambda line: line["document"]["sha256"]):
        out.print(summary(list(same)))
        out.print()


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words that must all occur.")],
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Find words in the text of stored documents and in the findings of their newest audits."""
    from ionm_notes.report.tables import write_rows
    from ionm_notes.store import queries
    from ionm_notes.store.database import Store

    form = form_of(csv, jsonl)
    with Store(db, create=False) as store:
        rows = queries.search(store, " ".join(words))
        note_list(store, len(rows))
    write_rows(rows, SEARCH_COLUMNS, form, sys.stdout)
