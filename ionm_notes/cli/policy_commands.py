"""`ionm-notes policy`: payers, their rules on a day, tables to look up, what differs, and whether own profiles are valid."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli import policy_import
from ionm_notes.cli.explain_command import On, source_lines
from ionm_notes.cli.fees import Fees, read_fees
from ionm_notes.cli.options import Csv, Jsonl, PolicyDir
from ionm_notes.cli.payers import DEFAULT_PAYER

if TYPE_CHECKING:
    from ionm_notes.policy.payer import PayerPolicy
    from ionm_notes.policy.sheet import Sheet
    from ionm_notes.report.tables import Form

SHOWN = ("units", "studies", "bundled", "limits", "credentials", "necessity")
"""Tables of `policy show`: what a payer's own profile may change, and the studies of the day."""
DIFF_EXAMPLES = """Examples:\n
\b
  ionm-notes policy diff medicare commercial
  ionm-notes policy diff medicare@2012-06-01 medicare
  ionm-notes policy diff medicare medicare --other-policy-dir proposal --db ionm-notes.db --fees fees.csv
"""
OnePayer = Annotated[str, typer.Option("--payer", "-p", help="Payer whose policy answers.")]

policy_app = typer.Typer(
    name="policy",
    help="Payers' rules by date of service: list, show, compare, check, and take over CMS's quarterly files.",
    epilog="Example:\n\n  ionm-notes policy show --payer medicare --on 2025-03-14",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def mount(app: typer.Typer) -> None:
    """Adds the group of commands to the application."""
    app.add_typer(policy_app)


@policy_app.command("list", epilog="Example:\n\n  ionm-notes policy list")
def list_(policy_dir: PolicyDir = None) -> None:
    """List the payers that are known, with what each inherits from and what to know of it."""
    from ionm_notes.policy import payers
    from ionm_notes.policy.store import load_data

    for payer in payers(policy_dir):
        profile = load_data(policy_dir).profiles[payer]
        typer.echo(f"{payer}: {profile.title}, on top of {profile.inherits}. {profile.note}".rstrip())


@policy_app.command("show", epilog="Example:\n\n  ionm-notes policy show --payer medicare --on 2025-03-14")
def show(payer: OnePayer = DEFAULT_PAYER, on: On = None, policy_dir: PolicyDir = None) -> None:
    """Show a payer's rules on a day: time codes, studies, limits, credentials, necessity; then the sources."""
    from ionm_notes.policy.views import sheet, sources_of

    policy = _policy(payer, on, policy_dir)
    typer.echo(f"{policy.title} on {policy.on}, policy version {policy.version}")
    sheets = [sheet(name, policy) for name in SHOWN]
    for shown in sheets:
        typer.echo("")
        _print(shown)
    typer.echo("")
    found = {source.id: source for shown in sheets for source in sources_of(shown, policy)}
    for line in source_lines(found.values()):
        typer.echo(line)


@policy_app.command("table", epilog="Examples:\n\n  ionm-notes policy table units\n\n  ionm-notes policy table denials --csv")
def table(
    name: Annotated[str, typer.Argument(metavar="TABLE", help="units, codes, bundled, pos, denials, documentation ...")],
    payer: OnePayer = DEFAULT_PAYER,
    on: On = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
    policy_dir: PolicyDir = None,
) -> None:
    """Look up one table, with the sources of each row; a wrong name lists the tables there are."""
    from ionm_notes.cli.options import form_of
    from ionm_notes.errors import IonmError
    from ionm_notes.policy.views import NONE, sheet, sheet_names, sources_of
    from ionm_notes.report.tables import write_rows

    if name not in sheet_names():
        raise IonmError("usage", detail=f"there is no table '{name}'; tables: {', '.join(sheet_names())}")
    policy = _policy(payer, on, policy_dir)
    shown = sheet(name, policy)
    form = form_of(csv, jsonl)
    if form != "table":
        headings = (*shown.headings, "Sources")
        cells = ((*("" if cell == NONE else cell for cell in row.cells), " ".join(row.refs)) for row in shown.rows)
        rows = (dict(zip(headings, row, strict=True)) for row in cells)
        write_rows(rows, headings, form, sys.stdout)
        return
    _print(shown)
    for line in source_lines(sources_of(shown, policy)):
        typer.echo(line)
    typer.echo(f"Policy: {policy.title}, {policy.on}, version {policy.version}")


@policy_app.command("diff", epilog=DIFF_EXAMPLES)
def diff(
    one: Annotated[str, typer.Argument(metavar="PAYER[@DATE]", help="A payer, on a day or by the newest rules.")],
    other: Annotated[str, typer.Argument(metavar="PAYER[@DATE]", help="The payer to compare with.")],
    on: On = None,
    policy_dir: PolicyDir = None,
    other_policy_dir: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of profiles for the second policy, if it is another one."),
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="DB", help="Judge this database's cases under both, and show what moves."),
    ] = None,
    fees: Fees = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
) -> None:
    """Say in words what differs between two payers, or between two dates of one payer.

    With --db, every stored case is judged under both: which cases, units and amounts would move if the second were
    adopted. Amounts come from --fees, or from an imported fee schedule. --csv and --jsonl print these moves alone.
    """
    from ionm_notes.cli.options import form_of
    from ionm_notes.policy.diff import differences

    sides = [name.partition("@")[::2] for name in (one, other)]
    folders = (policy_dir, other_policy_dir or policy_dir)
    form = form_of(csv, jsonl)
    if form == "table":
        left, right = (_policy(name, day or on, folder) for (name, day), folder in zip(sides, folders, strict=True))
        found = differences(left, right)
        for line in found:
            typer.echo(line)
        if not found:
            typer.echo("They agree in everything.")
    if db is not None:
        _print_radius(sides, on, folders, db, fees, form)
    elif form != "table":
        raise typer.BadParameter("--csv and --jsonl print the moves of stored cases: give --db DB")


def _print_radius(
    sides: list[tuple[str, str]],
    on: str | None,
    folders: tuple[Path | None, Path | None],
    db: Path,
    fees: Path | None,
    form: Form,
) -> None:
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.noting import note_list
    from ionm_notes.cli.replay_command import print_moves
    from ionm_notes.replay import Terms, blast_radius
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import Filter

    one, other = (Terms(name, parse_date(day or on), folder) for (name, day), folder in zip(sides, folders, strict=True))
    money = read_fees(fees)
    with Store(db, create=False) as store:
        note_list(store, print_moves(blast_radius(store, one, other, Filter(), money), form))


@policy_app.command("check", epilog="Example:\n\n  ionm-notes policy check my-payers")
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Your policy folder; the same as --policy-dir.")
    ] = None,
    policy_dir: PolicyDir = None,
) -> None:
    """Check the policy data, and those of your own folder: each problem with file, line and field; exit code 1 if any."""
    from ionm_notes.policy import payers
    from ionm_notes.policy.store import load_data, problems

    policy_dir = folder or policy_dir
    found = problems(policy_dir)
    for problem in found:
        typer.echo(problem.message)
    if found:
        raise typer.Exit(1)
    data = load_data(policy_dir)
    typer.echo(f"The policy data are valid: {len(payers(policy_dir))} payers, {len(data.codes)} codes, version {data.version}.")


policy_import.mount(policy_app)


def _policy(payer: str, on: str | None, policy_dir: Path | None) -> PayerPolicy:
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.policy import load_policy

    return load_policy(payer, parse_date(on), policy_dir)


def _print(shown: Sheet) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ionm_notes.report.console import console

    printed = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in (*shown.headings, "Sources"):
        printed.add_column(heading, overflow="fold")
    for row in shown.rows:
        printed.add_row(*(Text(cell) for cell in (*row.cells, " ".join(row.refs))))
    typer.echo(shown.title)
    console(sys.stdout).print(printed)
    if shown.note:
        typer.echo(shown.note)
