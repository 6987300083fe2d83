"""`ionm-notes roster`: what the stored documents say together of people and minutes, and none says alone."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.noting import note_list
from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, PolicyDir, Since, Until, form_of

if TYPE_CHECKING:
    from ionm_notes.roster.audit import Answer
    from ionm_notes.roster.scene import Scene

COLUMNS = (
    "severity",
    "kind",
    "person",
    "identity",
    "date",
    "start",
    "end",
    "documents",
    "message",
    "evidence",
    "why",
    "remedy",
    "sources",
)
SHOWN = ("severity", "kind", "date", "message")
PeopleFile = Annotated[
    Path | None,
    typer.Option("--people", exists=True, dir_okay=False, help="CSV that says who is who: name, person, credentials, facility."),
]
Provider = Annotated[str | None, typer.Option("--provider", help="Only of this person; a part of the name will do.")]


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    examples = (
        "ionm-notes roster",
        "ionm-notes roster --from 2025-01-01 --most 2 --csv > roster.csv",
        "ionm-notes roster --tables s3://firm/audits-2025 --jsonl",
    )
    app.command("roster", epilog="Examples:\n\n" + "\n\n".join(f"  {one}" for one in examples))(roster)


def roster(
    most: Annotated[int | None, typer.Option("--most", min=1, help="Most cases at once; by default the policy's number.")] = None,
    most_hours: Annotated[
        int | None, typer.Option("--most-hours", min=1, max=24, help="Most hours of undivided attention a day; by default 24.")
    ] = None,
    people: PeopleFile = None,
    provider: Provider = None,
    payer: Payer = None,
    since: Since = None,
    until: Until = None,
    policy_dir: PolicyDir = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
    tables: Annotated[
        str | None,
        typer.Option("--tables", metavar="DIR", help="Instead of the database, tables of `audit --engine ray`."),
    ] = None,
) -> None:
    """Find what stored documents say together: overlapping attention, units over the hour, two rooms, hand-offs.

    Looks at the newest audit of each document, whoever pays. Names that may be several persons are listed as 'name-unclear'
    and take part in no other finding; --people settles them. With --tables, a cluster looks at what a cluster audited.
    """
    from ionm_notes.report.tables import write_rows
    from ionm_notes.roster.audit import answer

    form = form_of(csv, jsonl)
    if tables is not None:
        if people is not None:
            raise typer.BadParameter("looks at the database; leave out --tables, or merge them first", param_hint="--people")
        seen = _of_tables(tables, payer, since, until, policy_dir, most, most_hours)
    else:
        seen = answer(load_scene(db, payer, since, until, people, policy_dir, most, most_hours))
    rows = [*(_row(one) for one in seen.findings), *(_unclear(one) for one in seen.unclear)]
    wanted = [row for row in rows if provider is None or provider.casefold() in row["person"].casefold()]
    write_rows(wanted, SHOWN if form == "table" else COLUMNS, form, sys.stdout)
    print(f"{seen.operations} operation{'s' * (seen.operations != 1)}, {seen.persons} persons", file=sys.stderr)
    if seen.unnamed:
        print(f"{seen.unnamed} spells of attendance name nobody and stand in no person's time", file=sys.stderr)


def _of_tables(
    tables: str,
    payer: str | None,
    since: str | None,
    until: str | None,
    policy_dir: Path | None,
    most: int | None,
    most_hours: int | None,
) -> "Answer":
    """What the tables of a cluster say together, found on a cluster."""
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cluster.engine import needed

    needed()
    from ionm_notes.cluster.folder import Folder
    from ionm_notes.cluster.overlaps import Question
    from ionm_notes.cluster.roster_run import audit_roster

    question = Question(payer, parse_date(since), parse_date(until), policy_dir, most, most_hours)
    return audit_roster(Folder(tables), question)


def load_scene(
    db: Path,
    payer: str | None,
    since: str | None,
    until: str | None,
    people: Path | None,
    policy_dir: Path | None,
    most: int | None = None,
    most_hours: int | None = None,
) -> "Scene":
    """What the roster's checks look at, from the store; notes in its trail that documents were read."""
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.progress import shown
    from ionm_notes.policy import load_policy
    from ionm_notes.roster.load import load, stored
    from ionm_notes.roster.people_file import read_people
    from ionm_notes.roster.scene import scene
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import Filter

    entries = read_people(people)
    wanted = Filter(payer=payer, since=parse_date(since), until=parse_date(until))
    with Store(db, create=False) as store:
        rows = stored(store, wanted)
        reports = list(shown(load(store, rows), len({row["document_id"] for row in rows}), "Reading the store"))
        note_list(store, len(reports))
    return scene(reports, lambda payer, day: load_policy(payer, day, policy_dir), entries, most, most_hours)


def _row(one: Any) -> dict[str, Any]:
    from ionm_notes.roster.concurrency import moment_of
    from ionm_notes.roster.kinds import KINDS

    kind = KINDS[one.kind]
    return {
        "severity": one.severity,
        "kind": one.kind,
        "person": one.person,
        "identity": one.basis,
        "date": one.day and one.day.isoformat(),
        "start": None if one.start is None else moment_of(one.start).isoformat(timespec="minutes"),
        "end": None if one.end is None else moment_of(one.end).isoformat(timespec="minutes"),
        "documents": "; ".join(one.documents),
        "message": one.message,
        "evidence": " | ".join(f"{quote.document} p. {quote.page}: {quote.text}" for quote in one.quotes),
        "why": kind.why,
        "remedy": kind.remedy,
        "sources": " ".join(kind.cites),
    }


def _unclear(one: Any) -> dict[str, Any]:
    may_be = f" may be {' or '.join(one.candidates)}" if one.candidates else " is nobody's full name"
    return {
        "severity": "info",
        "kind": "name-unclear",
        "person": one.name,
        "identity": "unclear",
        "date": None,
        "start": None,
        "end": None,
        "documents": "; ".join(one.documents),
        "message": f"'{one.name}'{may_be}; not held against other cases",
        "evidence": "",
        "why": "One name is not one person; an overlap found on a name alone may be nobody's.",
        "remedy": "Say who it is in a file of people (--people), or have the reports give the NPI.",
        "sources": "k",
    }
