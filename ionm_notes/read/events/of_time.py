"""What one clock time is of, step by step: each step is given the clause and what was found, and finds more or something else."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.events.clause import Clause
from ionm_notes.read.events.going_on import entered, gone_again, inherited, said_behind, when_told
from ionm_notes.read.events.items import around
from ionm_notes.read.events.labels import one_time_label
from ionm_notes.read.events.model import PARTS, STAGES, Hit
from ionm_notes.read.events.worded import by_words, closes
from ionm_notes.read.vocabulary import vocabulary

_REST = 4
"""Characters behind the one time of a line that holds a label and it: '12) Removal begun - 10:56a.'"""
_NAMED = STAGES | {"attend-monitored"}
_WORKED = STAGES - {"monitoring"}
_WATCHED = frozenset({"monitoring", "attend-monitored"})
_BESIDE = frozenset({"signals", "baseline", "interruption", "closure"})
_DATES = frozenset({"closure", "incision", "signals", "anesthesia"})


def of_time(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """What one clock time is of, from what the words next to it name."""
    for step in _STEPS:
        chosen = step(clause, chosen)
    return chosen


def _closed_here(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'The first electrode went on at 12:13; at 12:37 the test was passed'."""
    if chosen or not clause.index or not clause.before or clause.before[-1].unit is not clause.unit:
        return chosen
    begun = clause.before[-1]
    if not closes(begun, clause.since_last, clause.right):
        return chosen
    off = begun.kind == "setup" and around("taken-off").search(clause.since_last)
    return [Hit("removal" if off else begun.kind, "end", clause.start, clause.low)]


def _complete_at(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'At 7:34 I started on the baselines, which were complete at 7:50': the beginning is not told twice."""
    if len(chosen) != 1 or not clause.before or clause.before[-1].unit is not clause.unit:
        return chosen
    begun, found = clause.before[-1], chosen[0]
    twice = found.phase == "start" and (found.kind, found.phase) == (begun.kind, begun.phase)
    return [replace(found, phase="end")] if twice and closes(begun, clause.text[found.end : clause.low], "") else chosen


def _watched_to_its_end(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'We began monitoring at 8:20 and I watched it until it ended at 11:28', 'until 11:28, when it ended': the time is the end of both."""
    watched = len(chosen) == 1 and chosen[0].kind == "attend" and chosen[0].phase != "start"
    begun = clause.before and (clause.before[-1].kind, clause.before[-1].phase) == ("monitoring", "start")
    if not (watched and begun):
        return chosen
    if (over := around("until-it-ended").search(clause.left)) is not None:
        return [*chosen, Hit("monitoring", "end", clause.start + over.start(), clause.low)]
    if (over := around("when-it-ended").match(clause.right)) is not None:
        return [*chosen, Hit("monitoring", "end", clause.high, clause.high + over.end())]
    return chosen


def _stayed_on(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'The nerve monitor was turned on at 8:15 and stayed on until 10:05': the thing did, and nobody."""
    stayed = around("and-stayed-on").match(clause.left)
    if stayed is None or not clause.before or clause.before[-1].unit is not clause.unit:
        return chosen
    begun = clause.before[-1]
    if (begun.kind, begun.phase) != ("monitoring", "start") or around("switched-on").search(
        clause.text, begun.start, begun.end
    ) is None:
        return chosen
    return [Hit("monitoring", "end", clause.start + stayed.start(), clause.start + stayed.end())]


def _by_label(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """What a label says of its one time; in a sentence, what words say whose part of the day is not among the terms."""
    alone = clause.origin == "header" or (clause.only and clause.unit.end - clause.high < _REST)
    if alone and (one := one_time_label(clause.left, clause.start, chosen)):
        return one
    if any(hit.phase != "span" or hit.kind not in _NAMED for hit in chosen):
        return chosen
    return by_words(clause.left, clause.start) or (by_words(clause.right, clause.high) if clause.led else []) or chosen


def _whereupon(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'The last run was at 11:40, whereupon monitoring was concluded'."""
    if not clause.final or any(
        h.phase == "end" or not (h.kind in _BESIDE or around("following-a").match(clause.left)) for h in chosen
    ):
        return chosen
    over = vocabulary().regex("reach.whereupon").match(clause.text, clause.high, clause.unit.end)
    return [Hit("monitoring", "end", clause.high, over.end())] if over else chosen


def _not_up_to(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'From 8:02 we monitored, and we stopped at', 'watch over the traces from 8:02': from then on, and not up to then.

    'Needles were put in place from 8:02 on' begins at 8:02, as 'removed the needles beginning at 8:02' does; 'Only up to 11:40 we
    monitored' ends then.
    """
    if not chosen:
        return chosen
    if clause.led and around("up-to-then").search(clause.left):
        return [replace(h, kind="monitoring", phase="end") if h.kind in _WATCHED else h for h in chosen]
    if not around("since-then").search(clause.left) or _says_no_longer(clause):
        return chosen
    if around("beginning-then").search(clause.left):
        return [replace(h, phase="start") if h.kind in PARTS and h.phase in ("end", "span") else h for h in chosen]
    if around("onward").match(clause.right) and not around("state-from").search(clause.left):
        return [replace(h, phase="start") if h.kind in _WORKED else h for h in chosen]
    if clause.led:
        chosen = [replace(h, kind="monitoring", phase="start") if h.kind in _WATCHED and h.phase == "span" else h for h in chosen]
    return [h for h in chosen if h.kind not in PARTS or h.phase != "end"]


def _says_no_longer(clause: Clause) -> bool:
    return vocabulary().regex("action.no-longer").search(clause.text, clause.high, clause.end) is not None


def _went_on(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'and went on until the patient moved on command at': monitoring goes on until what the time is of, which only dates it."""
    if any(hit.kind not in _DATES for hit in chosen) or not around("until-or-with").search(clause.left):
        return chosen
    if (found := vocabulary().regex("action.until").search(clause.left)) is None:
        return chosen
    begun = clause.carried == "monitoring" or any((e.kind, e.phase) == ("monitoring", "start") for e in clause.before)
    if not begun and not vocabulary().regex("interval.monitoring").search(clause.left[: found.end()]):
        return chosen
    return [Hit("monitoring", "end", clause.start + found.start(), clause.low)]


def _unchanged_since(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'From 11:30 until the end of monitoring the potentials stayed at baseline': of how the signals were, and no beginning of the watch."""
    if not clause.led or not any(hit.kind in _WATCHED for hit in chosen):
        return chosen
    over = around("to-its-end").match(clause.right)
    if over is None or vocabulary().regex("statement.no-change").search(clause.right, over.end()) is None:
        return chosen
    return chosen if around("watched-there").search(clause.right, over.end()) else []


def _we_stopped(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'From a quarter to nine we were monitoring; at half past one we stopped.'"""
    leads = not clause.left.strip() or around("at").fullmatch(clause.left) or around("then-at").search(clause.left)
    if chosen or clause.carried not in STAGES or not leads:
        return chosen
    stopped = vocabulary().regex("action.we-stopped").match(clause.text, clause.high, clause.end)
    return [Hit(clause.carried, "end", clause.high, stopped.end())] if stopped else []


def _having_begun(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'finished with the electrodes at 7:40, having begun at 7:10'."""
    if (
        chosen
        or not clause.before
        or clause.before[-1].kind not in _WORKED
        or not (begun := around("having-begun").fullmatch(clause.left))
    ):
        return chosen
    return [Hit(clause.before[-1].kind, "start", clause.start + begun.start(), clause.low)]


def _half_left_blank(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Monitoring __:__ - 14:21', 'Monitoring: 13:10 to ____': the end, or the beginning, whose fellow nobody wrote down."""
    if not any(hit.phase == "span" and hit.kind in PARTS for hit in chosen):
        return chosen
    if around("blank-then").search(clause.left):
        return [replace(h, phase="end") if h.phase == "span" and h.kind in PARTS else h for h in chosen]
    if around("then-blank").match(clause.right):
        return [replace(h, phase="start") if h.phase == "span" and h.kind in PARTS else h for h in chosen]
    return chosen


def _until_ended(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'when monitoring was begun, until it was ended at': the time is that of the end."""
    return [
        replace(h, phase="end") if h.phase == "start" and around("until-ended").search(clause.text[h.end : clause.low]) else h
        for h in chosen
    ]


def _of_who_was_there(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'in the theatre from the beginning of monitoring until 11:30', 'arrived for the start of monitoring at': the time is somebody's."""
    starts = ("monitoring", "start")
    stayed = [
        Hit("professional", "end", h.start, h.end)
        if (h.kind, h.phase) == starts and around("until").fullmatch(clause.text[h.end : clause.low])
        else h
        for h in chosen
    ]
    came = vocabulary().regex("action.arrived-for")
    arrived = [h for h in stayed if (h.kind, h.phase) == starts and came.search(clause.text[clause.start : h.start])]
    return stayed + [replace(h, kind="professional") for h in arrived]


_STEPS = (
    gone_again,
    said_behind,
    entered,
    when_told,
    _closed_here,
    _complete_at,
    _by_label,
    _whereupon,
    inherited,
    _unchanged_since,
    _not_up_to,
    _went_on,
    _we_stopped,
    _having_begun,
    _half_left_blank,
    _until_ended,
    _watched_to_its_end,
    _stayed_on,
    _of_who_was_there,
)
