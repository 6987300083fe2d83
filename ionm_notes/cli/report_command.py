"""`ionm-notes report`: hand-outs for people who have no ionm-notes; the audit report, the query, the appeal memo, lists."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.options import DEFAULT_DB, Csv, Db, Jsonl, Payer, Phi, PhiKey, PhiLevel, PolicyDir, Since, Until, form_of

if TYPE_CHECKING:
    from ionm_notes.handout.paper import Paper
    from ionm_notes.store.reviews import Review

Case = Annotated[
    str, typer.Argument(metavar="CASE", help="A file (audited on the spot), or a stored document's name or audit's number.")
]
Out = Annotated[
    Path, typer.Option("--out", dir_okay=False, help="The file to make: .pdf, .html or .docx; nothing is overwritten.")
]
AUDIT = """Examples:\n
\b
  ionm-notes report audit report.pdf --out audit.pdf
  ionm-notes report audit 17 --out audit.html --phi limited
"""
QUERY = """Examples:\n
\b
  ionm-notes report query report.pdf --out query.docx
  ionm-notes report query 17 --out query.pdf
"""
APPEAL = """Examples:\n
\b
  ionm-notes report reasons
  ionm-notes report appeal 17 --reason overlapping-attention --code G0453 --units 15 --out memo.docx
"""


LISTS = """Examples:\n
\b
  ionm-notes report list worklist --out worklist.xlsx
  ionm-notes report list findings --payer medicare --from 2025-01-01 --out findings.csv
"""


class ListName(StrEnum):
    """The lists that can be written."""

    worklist = "worklist"
    findings = "findings"


def mount(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    words = "Hand-outs: audit report, provider query, appeal memo, lists."
    group = typer.Typer(help=words, no_args_is_help=True, rich_markup_mode=None)
    group.command("audit", epilog=AUDIT)(audit)
    group.command("query", epilog=QUERY)(query)
    group.command("appeal", epilog=APPEAL)(appeal)
    group.command("list", epilog=LISTS)(list_)
    group.command("reasons", epilog="Example:\n\n  ionm-notes report reasons")(reasons)
    app.add_typer(group, name="report")


def audit(
    case: Case,
    out: Out,
    payer: Payer = None,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
    policy_dir: PolicyDir = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Write the audit report: verdict, codes, minutes with their drawing, gaps with remedies, evidence and sources.

    Reviewers' decisions at the desk are shown with it, unless identifiers are masked by --phi.
    """
    from ionm_notes.handout.report import audit_report
    from ionm_notes.handout.sources import policy_of

    line, decided = _line(case, out, payer, (phi, phi_key), policy_dir, db)
    _write(audit_report(line, policy_of(line, policy_dir), _today(), decided), out)


def query(
    case: Case,
    out: Out,
    payer: Payer = None,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
    policy_dir: PolicyDir = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Write a query letter to the people who know what the record leaves open.

    It quotes the record and asks; it suggests no answer and names no code, unit or payer. What a reviewer dismissed is not
    asked.
    """
    from ionm_notes.handout.query import query_letter

    line, decided = _line(case, out, payer, (phi, phi_key), policy_dir, db)
    dismissed = {key for key, review in decided.items() if review.decision == "dismissed"}
    _write(query_letter(line, _today(), dismissed), out)


def appeal(
    case: Case,
    out: Out,
    reason: Annotated[str, typer.Option("--reason", metavar="ID", help="Denial reason (`report reasons`), or a rule.")],
    code: Annotated[str, typer.Option("--code", help="The denied code; without it, the whole claim.")] = "",
    units: Annotated[int | None, typer.Option("--units", min=0, help="The denied units.")] = None,
    claim: Annotated[str, typer.Option("--claim", help="The claim's number.")] = "",
    said: Annotated[str, typer.Option("--said", help="The payer's own words or reason codes.")] = "",
    payer: Payer = None,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
    policy_dir: PolicyDir = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Write the memo for an appeal: whether the line can be defended from the record, with the evidence for and against.

    A line that the record does not support is not defended; the memo says what is missing.
    """
    from ionm_notes.handout.appeal import Denial, reason_named
    from ionm_notes.handout.appeal import appeal as made
    from ionm_notes.handout.sources import policy_of

    reason_named(reason)
    line, _ = _line(case, out, payer, (phi, phi_key), policy_dir, db)
    found = made(line, Denial(reason, code.strip().upper(), units, claim, said), policy_of(line, policy_dir), _today())
    _write(found.paper, out)
    print(f"Standing: {found.standing}", file=sys.stderr)


def list_(
    what: Annotated[ListName, typer.Argument(metavar="LIST", help="worklist or findings.")],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="The file to make: .xlsx or .csv; nothing is overwritten.")],
    payer: Payer = None,
    verdict: Annotated[str, typer.Option("--verdict", help="Only this verdict: ready, 'query first', 'not billable'.")] = "",
    rule: Annotated[str, typer.Option("--rule", help="Only where this rule found something.")] = "",
    provider: Annotated[str, typer.Option("--provider", help="Only this professional's; a part of the name will do.")] = "",
    facility: Annotated[str, typer.Option("--facility", help="Only this facility's; a part of the name will do.")] = "",
    since: Since = None,
    until: Until = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Write the worklist or the findings of the newest audits for a spreadsheet.

    The worklist has a row for each document and payer with verdict, codes, units and open gaps; the findings a row each with
    remedy, sources, evidence and reviewers' decisions. No cell is a formula, whatever a document holds.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.cli.noting import note_list
    from ionm_notes.cli.out_file import refuse_existing, take_place
    from ionm_notes.handout.forms import list_form_named
    from ionm_notes.handout.lists import of_store
    from ionm_notes.phi.scratch import scratch
    from ionm_notes.store.database import Store
    from ionm_notes.store.worklist import Wanted

    form = list_form_named(out.name)
    refuse_existing(out)
    first, last = (day.isoformat() if day else "" for day in (parse_date(since), parse_date(until)))
    wanted = Wanted(payer or "", verdict, first, last, provider, facility, rule=rule, sort="name", descending=False)
    with Store(db, create=False) as store, scratch(out) as folder:
        made = folder / f"list.{form}"
        rows = of_store(store, what.value, wanted, made, form, _today())
        note_list(store, rows)
        take_place(made, out)
    print(f"{out}: {rows} rows", file=sys.stderr)


def reasons(csv: Csv = False, jsonl: Jsonl = False) -> None:
    """List the denial reasons for which an appeal memo can be made."""
    from ionm_notes.handout.appeal import reasons as known
    from ionm_notes.report.tables import write_rows

    rows = ({"reason": one.id, "message": one.trigger, "because": one.who, "rule": one.rule or None} for one in known())
    write_rows(rows, ("reason", "message", "because", "rule"), form_of(csv, jsonl), sys.stdout)


def _line(
    case: str, out: Path, payer: str | None, masking: tuple[PhiLevel, Path | None], policy_dir: Path | None, db: Path
) -> tuple[dict[str, Any], Mapping[str, Review]]:
    """The one audit line that is meant, and what reviewers decided about it."""
    from ionm_notes.cli.lookup import lines_for, only
    from ionm_notes.cli.out_file import refuse_existing
    from ionm_notes.errors import IonmError
    from ionm_notes.handout.forms import form_named
    from ionm_notes.phi.level import minimum
    from ionm_notes.store.database import Store
    from ionm_notes.store.reviews import decisions_on

    form_named(out.name)
    refuse_existing(out)
    level, key = masking
    fresh = Path(case).exists()
    least = minimum(level, key, None if fresh else db)
    line = only(lines_for([case], [payer] if payer else None, db, policy_dir, least), case)
    if "error" in line:
        raise IonmError("usage", detail=line["error"]["message"])
    if fresh or least.level != "full":
        return line, {}
    with Store(db, create=False) as store:
        return line, decisions_on(store, line)


def _today() -> date:
    return date.today()


def _write(paper: Paper, out: Path) -> None:
    from ionm_notes.cli.out_file import write_new
    from ionm_notes.handout.forms import form_named, written

    write_new(out, written(paper, form_named(out.name)))
    print(f"{out}: {paper.title.lower()}", file=sys.stderr)
