"""`ionm-notes units`: turns minutes into units of a time code and shows the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.options import PolicyDir

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ionm_notes.policy.api import Policy, TimeCode


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("units", epilog="Examples:\n\n  ionm-notes units 213 --code G0453\n\n  ionm-notes units 91 --code 95941")(units)


def units(
    minutes: Annotated[int, typer.Argument(min=0, help="Whole billable minutes of one professional.")],
    code: Annotated[str, typer.Option("--code", "-c", help="A time code, such as 95940, 95941 or G0453.")],
    payer: Annotated[str | None, typer.Option("--payer", "-p", help="Payer; by default the most general that takes it.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Date of service; by default the newest rules.")
    ] = None,
    policy_dir: PolicyDir = None,
) -> None:
    """Turn minutes into units, step by step.

    The minutes are those after set-up, baselines, interruptions and removal were taken off. Where several professionals
    attended, each one's minutes are rounded by themselves.
    """
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.codes.units import units as count
    from ionm_notes.codes.units import units_in_words

    policy, rule = _rule(code.upper(), payer, parse_date(on), policy_dir)
    per_unit, minimum, remainder = rule.minutes_per_unit, rule.minimum, rule.remainder
    answer = count(minutes, per_unit, minimum, remainder)
    typer.echo(f"{rule.code}: {units_in_words(minutes, per_unit, minimum, remainder)}")
    more = next(
        n for n in range(minutes + 1, minutes + per_unit + minimum + 1) if count(n, per_unit, minimum, remainder) > answer
    )
    typer.echo(f"The next unit begins at {more} minutes ({more - minutes} more).")
    typer.echo(f"Rule: {per_unit} minutes a unit; the first from {minimum}, one more from {remainder} minutes over.")
    for reference in policy.refs(rule.code):
        typer.echo(f"Source: {reference.title} ({reference.confidence})")
    typer.echo(f"Policy: {policy.title}, {policy.on}")


def _rule(code: str, payer: str | None, on: date | None, policy_dir: Path | None) -> tuple[Policy, TimeCode]:
    """The policy and its rule for a time code. Raises `IonmError` (usage) where no payer asked for takes it."""
    from ionm_notes.cli.payers import chosen_payers, general_first
    from ionm_notes.errors import IonmError
    from ionm_notes.policy import load_policy
    from ionm_notes.types import COLUMNS

    for name in chosen_payers([payer], policy_dir) if payer else general_first(policy_dir):
        policy = load_policy(name, on, policy_dir)
        for column in COLUMNS:
            rule = policy.time_code(column)
            if rule is not None and rule.code == code:
                return policy, rule
    whose = f"a time code of {payer}" if payer else "a time code of any payer"
    raise IonmError("usage", detail=f"{code} is not {whose} on that date")
