"""The policy behind a line and its sources, as hand-outs name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ionm_notes.handout.paper import Line, Points
from ionm_notes.phi.level import dates_moved
from ionm_notes.policy import load_policy
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.policy.views import CONFIDENCE


def policy_of(line: Line, policy_dir: Path | None = None) -> PayerPolicy:
    """The policy of the day that judged a line. Raises `IonmError`: 'unknown-payer', 'bad-policy'."""
    # Where dates were moved, no rule may be looked up by them: the newest serves for its sources alone.
    on = None if dates_moved(line) else line.get("policy", {}).get("on")
    return load_policy(line["payer"], date.fromisoformat(on) if on else None, policy_dir)


def code_sources(line: Line, policy: PayerPolicy, code: str) -> tuple[str, ...]:
    """The ids of the sources of a code on the day that judged; none where that day is not known."""
    return () if dates_moved(line) else tuple(one.id for one in policy.refs(code))


def cited(policy: PayerPolicy, ids: Iterable[str]) -> Points | None:
    """The sources of these ids, each once, with how far it can be trusted; None without any."""
    found = []
    for name in dict.fromkeys(ids):
        one = policy.data.references.get(name)
        if one is None:
            found.append(f"{name}: not among the sources of this policy")
            continue
        locator = f", {one.locator}" if one.locator else ""
        seen = f"[{CONFIDENCE[one.confidence]}; retrieved {one.retrieved}]"
        found.append(" ".join(part for part in (f"{one.id}: {one.title}{locator}.", one.paraphrase, seen, one.href) if part))
    return Points(tuple(found)) if found else None
