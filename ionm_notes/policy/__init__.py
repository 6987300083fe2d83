"""Payers' rules by date of service: `load_policy` gives one payer's, `payers` names them; the interface is in `api.py`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from ionm_notes.errors import IonmError
from ionm_notes.policy.checks import chain
from ionm_notes.policy.cms import cms_tables
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.store import BASE, PolicyData, load_data

__all__ = ["load_policy", "payers"]

COMPILED = date(2026, 11, 23)
"""The day on which the data were compiled: stands in where no date of service is known."""


def load_policy(payer: str, on: date | None = None, policy_dir: Path | None = None) -> PayerPolicy:
    """The policy of a payer as of a date of service (None: the day on which the data were compiled).

    `policy_dir` is a folder with a user's own payer profiles. Raises `IonmError`: 'unknown-payer', or 'bad-policy' that
    names file and field. Policies are immutable and kept, so that asking again costs nothing.
    """
    return _policy(payer, on or COMPILED, load_data(policy_dir))


def payers(policy_dir: Path | None = None) -> tuple[str, ...]:
    """Every payer by the name that `load_policy` takes, in alphabetical order. Raises `IonmError` 'bad-policy'."""
    return tuple(sorted(load_data(policy_dir).profiles.keys() - {BASE}))


@lru_cache(maxsize=4096)  # ten years of days; what a policy holds, it shares with its neighbours
def _policy(payer: str, on: date, data: PolicyData) -> PayerPolicy:
    known = sorted(data.profiles.keys() - {BASE})
    if payer not in known:
        raise IonmError("unknown-payer", payer, f"'{payer}' (known are {', '.join(known)})")
    return PayerPolicy(payer, on, chain(payer, data.profiles), data, cms_tables(data, on))
