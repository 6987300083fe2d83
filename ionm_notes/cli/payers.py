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
    wanted = [name for one in asked or [DEFAULT_PAYER] for name in (known if one == EVERY else [one])]
    for name in wanted:
        if name not in known:
            raise IonmError("unknown-payer", detail=f"'{name}'")
    return tuple(dict.fromkeys(wanted))
