"""What two clock times that are an interval are of, step by step, and the ends of monitoring that its words name."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.events.clause import WORDY, Clause
from ionm_notes.read.events.going_on import gone_again, inherited, said_behind, when_told
from ionm_notes.read.events.intervals import interval_of
from ionm_notes.read.events.items import around
from ionm_notes.read.events.labels import BRACKETS, interval_label
from ionm_notes.read.events.model import PARTS, STAGES, Event, Hit
from ionm_notes.read.events.stage_labels import of_stage
from ionm_notes.read.events.worded import by_words, of_interval
from ionm_notes.read.events.wording import classify
from ionm_notes.read.vocabulary import vocabulary


def of_both_times(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """What an interval is of, from what the words next to it name."""
    for step in _STEPS:
        chosen = step(clause, chosen)
    return chosen


def edge_events(clause: Clause, chosen: list[Hit]) -> list[Event]:
    """The ends of monitoring that an interval is told by: 'From 8:50 to 1:05, when we stopped', 'I stayed until monitoring ended at'."""
    edges = clause.edges
    if all(h.kind != "monitoring" for h in chosen) and not _the_watch(clause):
        over = vocabulary().regex("reach.when-stopped").match(clause.text, clause.high, clause.end)
        edges = (*edges, ("end", clause.high, over.end())) if over else edges
        if not edges and any(h.kind == "attend" for h in chosen):
            ended = around("it-ended").search(clause.text, clause.low, clause.high)
            begun = ended and any(
                (h.kind, h.phase) == ("monitoring", "start") for h in classify(clause.text[clause.low : ended.start()])
            )
            edges = (("end", ended.start(), clause.high),) if ended and not begun else edges
    times = {"start": clause.first, "end": clause.last or 0}
    return [Event("monitoring", edge, times[edge], None, clause.origin, *clause.place(low, high)) for edge, low, high in edges]


def then_told(clause: Clause) -> tuple[list[Event], int]:
    """What 'when ...' behind an interval tells of its second time, and where that ends: 'Set-up from 7:12 to 7:40, when baselines began'.

    No events where it tells of no beginning or end: then it may be of the whole interval ('from 9:10 to 9:20, when nothing was recorded').
    """
    when = around("when-then").match(clause.text, clause.high, clause.end) if clause.last is not None else None
    if when is None or around("not-yet").search(when["said"]):
        return [], clause.high
    low, high = when.span("said")
    hits = [h for h in classify(when["said"], low) if h.kind in _THEN and h.phase in ("start", "end")][:1]
    hits = hits or [h for h in by_words(when["said"], low) if h.kind in _THEN and h.phase in ("start", "end")]
    place = clause.place(clause.high, high)
    return [Event(h.kind, h.phase, clause.last or 0, None, clause.origin, *place) for h in hits], when.end()


_THEN = STAGES | {"professional"}


def begun_aside(clause: Clause) -> list[Event]:
    """'from 07:30 (start of baselines) to 11:00': what began at the first time."""
    if clause.last is None or (aside := around("aside").search(clause.text, clause.low, clause.high)) is None:
        return []
    told = [h for h in classify(aside["said"], aside.start("said")) if h.kind in PARTS and h.phase == "start"][:1]
    place = clause.place(clause.low, aside.end())
    return [Event(h.kind, "start", clause.first, None, clause.origin, *place) for h in told if h.kind != "monitoring"]


def _again(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'We monitored from 8:00 to 9:10 and again from 9:30 to 11:00'."""
    if (
        chosen
        or not clause.before
        or clause.before[-1].last is None
        or not around("and-again").match(BRACKETS.sub("", clause.left))
    ):
        return chosen
    kind = clause.before[-1].kind
    return (
        [Hit(kind, "span", clause.low, clause.low)]
        if kind in ("monitoring", "interruption", "attend", "attend-monitored")
        else []
    )


def _recorded(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Recording started at 9:16 and was stopped at 12:43': begun and ended in one sentence, and long, it is the watch itself."""
    if chosen or clause.last is None or clause.last - clause.first < _LONG:
        return chosen
    begun = around("recording-began").search(clause.left)
    if begun is None or around("and-stopped").search(clause.text[clause.low : clause.high]) is None:
        return chosen
    return [Hit("monitoring", "span", clause.start + begun.start(), clause.high)]


_LONG = 30
"""Minutes that no recording of baselines takes from its beginning to its end."""


def _listed(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Interruptions: 0912-0920 table reset, 1004-1009 X-ray': the label is of every interval behind it."""
    before = clause.before[-1] if clause.before else None
    if before is None or before.kind != "interruption" or before.last is None or any(h.kind in PARTS for h in chosen):
        return chosen
    label = clause.text[clause.sentence.begin : clause.sentence.items[0][0]]
    if around("list-of-pauses").fullmatch(label) is None or len(clause.since_last) > _ASIDE or "." in clause.since_last:
        return chosen
    return [Hit("interruption", "span", clause.low, clause.high)]


def _left_out(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Mon 0757-1103 less 0921-0930', 'Of these, 0931-0944 lost to a blown fuse': what is taken from the monitoring is a pause in it."""
    watched = clause.carried == "monitoring" or any(e.kind == "monitoring" and e.last is not None for e in clause.before)
    if not watched or any(h.kind in PARTS for h in chosen):
        return chosen
    less = around("less").fullmatch(clause.left)
    lost = around("of-these").fullmatch(clause.left) and around("lost").match(clause.right)
    return [Hit("interruption", "span", clause.start, clause.high)] if less or lost else chosen


_ASIDE = 40
"""Characters between two intervals of a list that say why the first was."""


def _held(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Monitoring 08:00-11:36, held from 09:10 till 09:22', '09:10-09:22 nothing was monitored'."""
    if chosen:
        return chosen
    if any(e.kind == "monitoring" and e.last is not None for e in clause.before) and around("held").fullmatch(clause.left):
        return [Hit("interruption", "span", clause.start, clause.low)]
    void = vocabulary().regex("reach.unmonitored").match(clause.text, clause.high, clause.unit.end)
    return [Hit("interruption", "span", clause.high, void.end())] if void else []


def _by_words(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """What the label of an interval says, or the clause that stands before its times, or behind them where nothing stands before."""
    chosen = interval_label(clause.left, clause.start, chosen) or chosen
    wordy = clause.high - clause.low > WORDY
    if chosen and wordy and all(h.kind == "signals" for h in chosen):
        # 'From 9:37 I was logged in there until monitoring ended at 12:10, with the traces before me'
        return [named] if (named := interval_of(clause.text[clause.low : clause.high], clause.low)) else chosen
    if chosen:
        return of_interval(chosen, clause.right if clause.led and ":" not in clause.left else clause.left)
    leads = clause.led and clause.final
    named = (interval_of(clause.right, clause.behind) if leads else None) or interval_of(clause.left, clause.start)
    if named is None and wordy:
        named = interval_of(clause.text[clause.low : clause.high], clause.low)
    return [named] if named else []


def _bare_off(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """What an interval behind no more than 'off' is of: removal, or the whole of what 'on / off' was written of.

    Nobody goes from one time to another: 'Prep 06:52-07:20 / off 11:01-11:10' takes electrodes off. 'Signed on / off 07:44 / 09:54' tells
    of somebody's stay, or of the monitoring.
    """
    if not around("bare-off").fullmatch(clause.left):
        return chosen
    begin = clause.sentence.begin
    if (pair := around("on-or").fullmatch(clause.text[begin : clause.start])) is not None:
        named = classify(clause.text[begin : clause.start].rstrip(" /|&-"), begin)
        hits = [h for h in named if h.kind in STAGES | {"professional", "attend"}]
        kind = hits[-1].kind if hits else "attend" if around("signed").search(pair["whose"]) else None
        return [Hit("attend" if kind == "professional" else kind, "span", begin, clause.low)] if kind else []
    if [h.kind for h in chosen] == ["professional"] or (not chosen and (clause.carried is not None or clause.before)):
        return [Hit("removal", "span", clause.low, clause.low)]
    return chosen


def _of_stage(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """The stage that the words name, where no end of monitoring is among them."""
    if clause.edges:
        return chosen
    chosen = of_stage(chosen, clause.text[clause.start : clause.low], clause.start)
    return chosen or (of_stage([], clause.right, clause.behind) if clause.led else [])


def _stood_still(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Recording stopped 12:15 to 12:29': what stops from one time to another goes on behind it."""
    if not around("stood-still").search(clause.text[clause.start : clause.low]):
        return chosen
    return [replace(h, kind="interruption") if (h.kind, h.phase) == ("monitoring", "end") else h for h in chosen]


def _watched(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'from 10:18 until 15:02, the period of monitoring', '8:10, when monitoring was under way, to 11:00'."""
    if any(h.kind == "monitoring" for h in chosen):
        return chosen
    if behind := _the_watch(clause):
        return [*chosen, behind]
    if clause.high - clause.low <= WORDY or edge_events(clause, chosen):
        return chosen
    within = [h for h in classify(clause.text[clause.low : clause.high], clause.low) if h.kind == "monitoring"]
    return chosen + within[:1]


def _the_watch(clause: Clause) -> Hit | None:
    found = vocabulary().regex("reach.the-watch").match(clause.text, clause.high, clause.end)
    return Hit("monitoring", "span", clause.high, found.end()) if found else None


def _nothing_then(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'I stayed connected, but from 09:10 to 09:25 there was nothing to see': whoever stayed, the monitoring stood still.

    Behind the times it is said of everything that goes on, and no part of the day by itself.
    """
    if any(hit.kind in STAGES or hit.kind == "interruption" for hit in chosen):
        return chosen
    void = vocabulary().regex("reach.nothing-then").match(clause.text, clause.high, clause.unit.end)
    return [Hit("interruption", "span", clause.high, void.end())] if void else chosen


_STEPS = (
    _recorded,
    _again,
    _listed,
    _left_out,
    gone_again,
    said_behind,
    when_told,
    inherited,
    _held,
    _by_words,
    _bare_off,
    _of_stage,
    _stood_still,
    _watched,
    _nothing_then,
)
