"""Which payers a command judges for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ionm_notes.errors import IonmError

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
