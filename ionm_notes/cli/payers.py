"""Which payers a command judges for, and the table that sets them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ionm_notes.errors import IonmError

if TYPE_CHECKING:
    from rich.console import RenderableType

DEFAULT_PAYER = "medicare"
"""Part of the command line's contract, like the names of its options."""
EVERY = "all"


def chosen_payers(asked: Sequence[str] | None, policy_dir: Path | None) -> tuple[str, ...]:
    """The payers asked for, each once, in that order; 'all' stands for every known one.

    Raises `IonmError` (unknown-payer) before anything is read.
    """
    from ionm_notes.policy import payers

    known = payers(policy_dir)
    every = general_first(policy_dir) if EVERY in (asked or ()) else ()
    wanted = [name for one in asked or [DEFAULT_PAYER] for name in (every if one == EVERY else [one])]
    for name in wanted:
        if name not in known:
            raise IonmError("unknown-payer", detail=f"'{name}'")
    return tuple(dict.fromkeys(wanted))


def general_first(policy_dir: Path | None) -> tuple[str, ...]:
    """Every known payer, the default one first, then general ones before the plans that build on them, then by name."""
    from ionm_notes.policy import payers
    from ionm_notes.policy.checks import chain
    from ionm_notes.policy.store import load_data

    profiles = load_data(policy_dir).profiles
    return tuple(sorted(payers(policy_dir), key=lambda name: (name != DEFAULT_PAYER, len(chain(name, profiles)), name)))


def across(lines: Sequence[Mapping[str, Any]], policy_dir: Path | None) -> RenderableType | None:
    """The payers of one document side by side, each with the clauses in which it differs from the first, and the sources.

    None where they are few, or where the document could not be audited.
    """
    from ionm_notes.report.side_by_side import MANY, side_by_side

    if len(lines) < MANY or any("error" in line for line in lines):
        return None
    from rich.console import Group
    from rich.text import Text

    from ionm_notes.cli.explain_command import source_lines
    from ionm_notes.cli.lookup import parse_date
    from ionm_notes.compare import clauses
    from ionm_notes.policy import load_policy

    # A judgement by the rules of another day differs by these; a line of an older program names no day.
    day = parse_date(lines[0].get("policy", {}).get("on") or lines[0]["encounter"]["date_of_service"])
    first = load_policy(lines[0]["payer"], day, policy_dir)
    found = {line["payer"]: clauses(first, load_policy(line["payer"], day, policy_dir), lines[0], line) for line in lines[1:]}
    refs = dict.fromkeys(ref for listed in found.values() for clause in listed for ref in clause.refs)
    sources = source_lines(first.data.references[ref] for ref in refs if ref in first.data.references)
    shown = {payer: [str(clause) for clause in listed] for payer, listed in found.items()}
    return Group(side_by_side(lines, shown), *(Text(line, style="dim") for line in sources))
