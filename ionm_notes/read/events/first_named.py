"""What the words around a time name first: the nearest before it, or behind it where nothing stands before."""

from __future__ import annotations

from ionm_notes.read.events.clause import Clause, without_blanks
from ionm_notes.read.events.model import Hit
from ionm_notes.read.events.wording import classify
from ionm_notes.read.vocabulary import vocabulary

_NEAR = 48
"""Characters behind a time in which words that it is of may begin."""
_NEAR_HALT = 140
"""Characters behind an interval in which the words of a standstill may begin."""
_FAR = 170
"""Characters before a time beyond which nothing is said of it."""
_DATING = ("signals", "closure", "incision")
"""Kinds that date a time and are not what it is of, where anything else is named."""


def first_choice(clause: Clause) -> tuple[list[Hit], int]:
    """What the words around a time name, and where the words that prove it begin."""
    chosen = _choose(_with_baselines(list(clause.hits), clause.left, clause.start), clause.low)
    if chosen:
        return chosen, clause.start
    start = clause.start
    if clause.unit.kind == "row" and clause.index == 0:
        start = clause.unit.start
        whole = [h for h in classify(without_blanks(clause.text[start : clause.low]), start) if h.kind != "signals"]
        if chosen := _choose(whole, clause.low):
            return chosen, start
    return (_behind(clause), clause.low) if clause.led else ([], start)


def named_behind(clause: Clause) -> list[Hit]:
    """What the words behind a time name near it and do not only date it by."""
    behind = [h for h in classify(clause.right, clause.behind) if h.start - clause.behind < _NEAR]
    return [h for h in behind if h.kind not in _DATING][:1]


def _behind(clause: Clause) -> list[Hit]:
    said = classify(clause.right, clause.behind)
    near = [h for h in said if h.start - clause.behind < _NEAR]
    if not near and clause.last is not None:
        # 'Between eleven and a quarter past, the cables were changed and the recording stood still.'
        near = [h for h in said if h.start - clause.behind < _NEAR_HALT and h.kind == "interruption"]
    strong = [h for h in near if h.kind not in _DATING]
    # 'At 13:06, after induction, electrode application was initiated': the part of the day comes before what dates it.
    strong = [h for h in strong if h.kind != "anesthesia" or h.phase != "point"] or strong
    return strong[:1] or near[:1]


def _with_baselines(hits: list[Hit], left: str, left_start: int) -> list[Hit]:
    """The hits without baselines that are said to lie within the monitoring or to share its time: 'Monitoring, with the baselines in it, ran'."""
    if not any(h.kind == "monitoring" and h.phase == "span" for h in hits):
        return hits
    shared = vocabulary().regex("reach.with-baselines").search(left)
    inside = range(left_start + shared.start(), left_start + shared.end()) if shared else ()
    return [h for h in hits if h.kind != "baseline" or h.start not in inside]


def _choose(hits: list[Hit], low: int) -> list[Hit]:
    """The hits of the left context that a time belongs to: the nearest, and an attendance said together with it."""
    if not hits:
        return []
    near = hits[-1]
    if low - near.end > _FAR:
        return []
    out = [near]
    for hit in hits[:-1]:
        if (
            hit.kind != near.kind
            and {hit.kind, near.kind} <= {"monitoring", "attend", "attend-monitored"}
            and near.phase == "span"
        ):
            out.append(hit)
    if near.kind in ("attend", "professional") and any(h.kind == "attend-monitored" for h in hits[:-1]):
        out.append(next(h for h in hits if h.kind == "attend-monitored"))
    return out
