"""`ionm-notes sample`: draws a sample of claims that anybody can draw again."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ionm_notes.cli.claim_files import MappingFile
from ionm_notes.cli.options import Csv, Jsonl, form_of

COLUMNS = ("stratum", "file", "claim", "amount")
EXAMPLES = """Examples:\n
\b
  ionm-notes sample 2025.837 --size 60 --out plan.json
  ionm-notes sample 2025.csv --size 90 --by amount --seed 20250401 --out plan.json --csv > drawn.csv
  ionm-notes compare 2025.837 reports/ --sample plan.json
"""


class Strata(StrEnum):
    """By what claims are put into strata."""

    payer = "payer"
    professional = "professional"
    month = "month"
    amount = "amount"


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("sample", epilog=EXAMPLES)(sample)


def sample(
    claims: Annotated[list[Path], typer.Argument(metavar="CLAIMS...", help="Files of claims; all their claims are the frame.")],
    size: Annotated[int, typer.Option("--size", min=1, help="How many claims to draw.")],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="File for the plan (JSON); nothing is overwritten.")],
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="The seed; without it one is drawn and recorded.")] = None,
    by: Annotated[Strata | None, typer.Option("--by", help="Draw by strata, in proportion to their size.")] = None,
    mapping: MappingFile = None,
    csv: Csv = False,
    jsonl: Jsonl = False,
) -> None:
    """Draw a random sample of claims and record how: seed, method, strata and a hash of all claims.

    Obtain the reports of the drawn claims and give the plan to `compare --sample`, which extrapolates what it finds.
    """
    import secrets

    from ionm_notes.claims.sampling import draw, plain_plan
    from ionm_notes.cli.claim_files import claims_of, headings_of
    from ionm_notes.cli.out_file import refuse_existing, write_new
    from ionm_notes.report.tables import write_rows

    form = form_of(csv, jsonl)
    refuse_existing(out)
    lines = claims_of(claims, headings_of(mapping)).lines
    plan = draw(lines, size, secrets.randbelow(2**32) if seed is None else seed, by.value if by else "")
    told = plain_plan(plan)
    write_new(out, (json.dumps(told, indent=1) + "\n").encode())
    write_rows(told["chosen"], COLUMNS, form, sys.stdout)
    strata = ", ".join(f"{one.sample} of {one.size} {one.name}" for one in plan.strata)
    print(f"drawn: {strata}; seed {plan.seed}; plan in {out}", file=sys.stderr)
