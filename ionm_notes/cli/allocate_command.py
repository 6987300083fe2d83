"""`ionm-notes allocate`: a proposal to whom minutes of shared remote attention may be given; for review, never applied."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, PolicyDir, Since, Until, form_of
from ionm_notes.cli.roster_command import PeopleFile, Provider, load_scene

if TYPE_CHECKING:
    from ionm_notes.roster.shared_time import Task

COLUMNS = ("person", "group", "document", "code", "start", "end", "minutes", "units", "proved")
NOTE = (
    "A proposal for review. Give a minute to a patient only where records made at the time show that it was that patient's "
    "alone; nothing is changed in the store."
)


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    examples = ("ionm-notes allocate", "ionm-notes allocate --provider Rusk --csv > proposal.csv")
    app.command("allocate", epilog="Examples:\n\n" + "\n\n".join(f"  {one}" for one in examples))(allocate)


def allocate(
    people: PeopleFile = None,
    provider: Provider = None,
    payer: Payer = None,
    since: Since = None,
    until: Until = None,
    policy_dir: PolicyDir = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Propose how minutes of shared remote attention may be given to patients, with the most units that are lawful.

    Each minute is given once; units never exceed what the attended time makes, nor the cap of a clock hour. It is a proposal
    for review: nothing is applied. Needs `pip install 'ionm-notes[roster]'`.
    """
    from ionm_notes.report.tables import write_rows
    from ionm_notes.roster.shared_time import tasks

    form = form_of(csv, jsonl)
    seen = load_scene(db, payer, since, until, people, policy_dir)
    wanted = [one for one in tasks(seen) if provider is None or provider.casefold() in one.person.name.casefold()]
    rows = [row for number, task in enumerate(wanted, 1) for row in _rows(number, task)]
    write_rows(rows, COLUMNS, form, sys.stdout)
    print(NOTE if rows else "no shared remote time to allocate", file=sys.stderr)


def _rows(number: int, task: "Task") -> Iterator[dict[str, Any]]:
    """A row for each stretch that is given, and one for each case with its minutes and units in all."""
    from ionm_notes.roster.allocation import allocate as propose
    from ionm_notes.roster.allocation_check import faults
    from ionm_notes.roster.concurrency import moment_of

    proposal = propose(task.windows, task.rule)
    if wrong := faults(proposal, task.windows, task.rule):
        raise AssertionError(f"an unlawful proposal was made: {wrong[0]}")
    common = {"person": task.person.name, "group": number, "code": task.code, "proved": "yes" if proposal.proved else "no"}
    for one in proposal.given:
        start, end = (moment_of(edge).isoformat(timespec="minutes") for edge in (one.start, one.end))
        document = task.operations[one.case].names
        yield {**common, "document": document, "start": start, "end": end, "minutes": one.end - one.start, "units": None}
    for case, operation in sorted(task.operations.items()):
        minutes = sum(one.end - one.start for one in proposal.given if one.case == case)
        total = {"start": None, "end": None, "minutes": minutes, "units": proposal.units.get(case, 0)}
        yield {**common, "document": operation.names, **total}
