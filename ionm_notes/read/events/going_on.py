"""What a time is of beyond the words next to it, whether it stands alone or is an interval: the sentence goes on from what it said before."""

from __future__ import annotations

from ionm_notes.read.events.clause import Clause
from ionm_notes.read.events.couples import goes
from ionm_notes.read.events.first_named import named_behind
from ionm_notes.read.events.intervals import interval_of
from ionm_notes.read.events.items import around
from ionm_notes.read.events.model import PARTS, STAGES, Event, Hit, Phase
from ionm_notes.read.events.worded import entry_of
from ionm_notes.read.events.wording import classify
from ionm_notes.read.vocabulary import vocabulary

_NEAR = 40
"""Characters behind a time in which the words of 'when monitoring was begun' may begin."""


def gone_again(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'Dr. Hale came on at 8:15 and left at 11:20': whoever came goes."""
    came = clause.before and (clause.before[-1].kind, clause.before[-1].phase) == ("professional", "start")
    return chosen if chosen or not came or not goes(clause.left) else [Hit("professional", "end", clause.start, clause.low)]


def said_behind(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'(1:10 - 1:28) went to the baselines': the verb shows that the words behind speak of the time."""
    if chosen or around("said-behind").match(clause.right) is None:
        return chosen
    if (named := named_behind(clause)) or clause.last is None or around("part-behind").match(clause.right) is None:
        return named
    part = interval_of(clause.right, clause.high)  # 'its first minutes, 09:14 to 09:29, are the acquisition of the baselines'
    return [part] if part is not None and part.kind in PARTS - {"monitoring"} else []


def entered(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'At 07:41 acquisition of the baseline set was undertaken.': an entry of a log, dictated."""
    alone = clause.only and clause.last is None and around("at").fullmatch(clause.text[clause.sentence.begin : clause.low])
    return (entry_of(clause.sentence.reading, clause.high, clause.unit.end) or chosen) if alone else chosen


def when_told(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'from 8:20 AM, when monitoring was begun, until it was ended at 10:31 AM'."""
    if (when := around("when").match(clause.right)) is None:
        return chosen
    at = clause.high + when.end()
    told = [h for h in classify(clause.text[at : clause.end], at) if h.start - clause.high < _NEAR]
    ends = [h for h in told if h.phase in ("start", "end") and h.kind in STAGES][:1]
    if not ends and (over := vocabulary().regex("action.it-was-over").match(clause.text, at, clause.end)):
        ends = [Hit(noun, "end", clause.high, over.end()) for noun in (_spoken_of(clause.carried, clause.before),) if noun]
    return ends + [h for h in chosen if h.kind in ("attend", "professional")] if ends else chosen


def inherited(clause: Clause, chosen: list[Hit]) -> list[Hit]:
    """'and stopped at', 'It ended at': an action without a noun, which comes from before."""
    if chosen or around("it-took").match(clause.left):
        return chosen
    until_then = clause.start == clause.unit.start and around("until").fullmatch(clause.left) and clause.right.strip(" .,")
    return [] if until_then else _inherit(clause)  # 'Until 10:05 she was all I had' ends nothing


def _spoken_of(carried: str | None, events: tuple[Event, ...]) -> str | None:
    """What 'it' stands for at the end of a stay: the part of the day spoken of, or the one this sentence began."""
    begun = [e.kind for e in events if e.kind in STAGES]
    return begun[-1] if begun else carried if carried in STAGES else None


def _inherit(clause: Clause) -> list[Hit]:
    """An action without a noun: 'and stopped at', 'It ended at'; the noun comes from before. Who stayed ends nothing but a stay."""
    words = vocabulary()
    noun, left, start = clause.carried, clause.left, clause.start
    if noun is None or len(left) > 60 or (not clause.before and start > clause.sentence.begin and around("and").match(left)):
        return []  # 'the carotid was clamped at 9:15 and opened at 9:48': what goes on has a subject of its own
    if stayed := words.regex("action.stayed-until").search(left):
        return [Hit("professional", "end", start + stayed.start(), start + stayed.end())]
    if noun in ("attend", "attend-monitored"):
        phases: tuple[tuple[str, str, Phase], ...] = (("action.end", noun, "end"),)
    else:
        phases = (
            ("action.suspend", "interruption", "start"),
            ("action.resume", "interruption", "end"),
            ("action.end", noun, "end"),
            ("action.start", noun, "start"),
        )
    if noun == "baseline" and (settled := words.regex("action.accepted").search(left)):
        return [Hit(noun, "end", start + settled.start(), start + settled.end())]
    pronoun = words.regex("action.bare").match(left) or around("pronoun").match(left)
    if not pronoun and clause.before and not around("ends").match(left) and not words.regex("action.went-on").search(left):
        return []
    if not pronoun and not clause.before:
        return []
    for name, kind, phase in phases:
        matches = [m for m in words.regex(name).finditer(left) if noun != "baseline" or m.group().lower() != "off"]
        if matches:
            return [Hit(kind, phase, start + matches[-1].start(), start + matches[-1].end())]
    return []
