"""`ionm-notes integrity`: stored notes held against one another: cloned text, copied logs, signatures, later edits, outliers."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, PolicyDir, Since, Until, form_of
from ionm_notes.cli.roster_command import PeopleFile, load_scene

if TYPE_CHECKING:
    from ionm_notes.integrity.model import IntegrityFinding
    from ionm_notes.report.tables import Form

COLUMNS = ("severity", "kind", "person", "documents", "message", "why", "remedy", "sources", "passages")
SHOWN = ("severity", "kind", "message")


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    examples = ("ionm-notes integrity", "ionm-notes integrity --passages", "ionm-notes integrity --csv > integrity.csv")
    app.command("integrity", epilog="Examples:\n\n" + "\n\n".join(f"  {one}" for one in examples))(integrity)


def integrity(
    passages: Annotated[bool, typer.Option("--passages", help="Show the words that two notes share side by side.")] = False,
    people: PeopleFile = None,
    payer: Payer = None,
    since: Since = None,
    until: Until = None,
    policy_dir: PolicyDir = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Hold stored notes against one another: cloned text, copied logs, impossible signatures, later edits, outliers.

    Each finding is a question to ask, not a proof of fault. Words that many patients' notes share are taken for the practice's
    template. People with few notes are not compared with their peers. Needs `pip install 'ionm-notes[roster]'`.
    """
    from ionm_notes.integrity.audit import audit_integrity
    from ionm_notes.integrity.load import notes
    from ionm_notes.report.tables import write_rows
    from ionm_notes.store.database import Store

    form = form_of(csv, jsonl)
    seen = load_scene(db, payer, since, until, people, policy_dir)
    with Store(db, create=False) as store:
        held = list(notes(store, seen))
    result = audit_integrity(seen, held)
    write_rows([_row(one, form) for one in result.findings], SHOWN if form == "table" else COLUMNS, form, sys.stdout)
    if passages and form == "table":
        for one in result.findings:
            _side_by_side(one)
    print(f"{len(held)} notes of {len(seen.people.persons)} persons", file=sys.stderr)
    if result.too_few:
        print(f"too few notes to be held against their peers: {', '.join(result.too_few)}", file=sys.stderr)


def _row(one: "IntegrityFinding", form: "Form") -> dict[str, Any]:
    from ionm_notes.integrity.kinds import KINDS

    kind = KINDS[one.kind]
    shared = [{"left": passage.left, "right": passage.right, "words": passage.words} for passage in one.passages]
    return {
        "severity": one.severity,
        "kind": one.kind,
        "person": one.person,
        "documents": "; ".join(one.documents),
        "message": one.message,
        "why": kind.why,
        "remedy": kind.remedy,
        "sources": " ".join(kind.cites),
        "passages": shared if form == "jsonl" else " | ".join(passage.left for passage in one.passages),
    }


def _side_by_side(one: "IntegrityFinding") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ionm_notes.report.clean import for_terminal
    from ionm_notes.report.console import console

    if not one.passages:
        return
    table = Table(*(for_terminal(name) for name in one.documents[:2]), box=box.SIMPLE_HEAD, pad_edge=False)
    for passage in one.passages:
        table.add_row(Text(for_terminal(passage.left)), Text(for_terminal(passage.right)))
    console(sys.stdout).print(table)
