"""Entries of a professional's user that come in opposites: 'LIVE VIEW IN' and 'LIVE VIEW OUT', 'stream subscribe' and 'stream unsubscribe'.

Programs write of a user's comings and goings in words of their own. Where two entries of one user say the same but for a pair of opposite
words, they are a beginning and an end; of the watch where nothing but words of viewing stands beside (`patterns/turns.toml`), of a chat or a
report where it says so, and of something that has to be asked about otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ionm_notes.read.events import Event
from ionm_notes.read.messages import message_of
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 80
"""Characters of the longest entry that a program writes of a user, with its time and the user's name."""
_UNCLEAR = frozenset({"other", "closure", "patient.in", "patient.out"})
"""What such entries were taken for, where their words say nothing that is known."""
_SIGNED = _UNCLEAR | {"professional"}
"""The same, and what is known to be of the professional, which may be the fellow of an entry that is not."""


@dataclass(frozen=True, slots=True)
class Opposite:
    """One entry of a pair: what it begins or ends stands in `frame`, the words beside the opposite ones."""

    event: Event
    who: str
    way: Literal["start", "end"]
    frame: str


def opposites(reading: Reading, events: Sequence[Event], cast: Cast) -> list[Opposite]:
    """The entries of professionals' users of which another entry of the same user says the opposite."""
    found = list(_told(reading, events, cast))
    ways: dict[tuple[str, str], set[str]] = {}
    for one in found:
        ways.setdefault((one.who, one.frame), set()).add(one.way)
    return [one for one in found if len(ways[one.who, one.frame]) > 1]


def _told(reading: Reading, events: Sequence[Event], cast: Cast) -> Iterator[Opposite]:
    word = vocabulary().regex("turn.opposite")
    entries = {e.unit.start: e for e in reversed(events) if e.origin == "log" and e.last is None and e.kind in _SIGNED}
    told = [(event, reading.text[event.start : event.unit.end].rstrip()) for event in entries.values()]
    for event, text in told:
        if len(text) > _LONGEST or word.search(text) is None:
            continue
        for person in cast.professionals:
            message = message_of(text, person.name)
            said = message["said"].strip(" \t.") if message is not None else ""
            ends = list(word.finditer(said))
            if len(ends) == 1 and "\t" not in said:
                frame = " ".join((said[: ends[0].start()] + " " + said[ends[0].end() :]).lower().split())
                yield Opposite(event, person.name, "start" if ends[0]["on"] else "end", frame)
                break


def with_opposites(reading: Reading, events: Sequence[Event], cast: Cast) -> list[Event]:
    """The events, those that are one of a pair of opposites about viewing as comings and goings."""
    viewing = vocabulary().regex("turn.viewing")
    out = list(events)
    for one in opposites(reading, events, cast):
        row = [event for event in out if event.unit is one.event.unit]
        if viewing.fullmatch(one.frame) is None or any(event.kind not in _UNCLEAR for event in row):
            continue
        out[out.index(row[0])] = replace(row[0], kind="professional", phase=one.way, guess=0.0)
        out = [event for event in out if event not in row[1:]]
    return out


def unread_opposites(reading: Reading, events: Sequence[Event], cast: Cast) -> list[Event]:
    """The entries of a pair about nothing that is known: they may tell of comings and goings."""
    words = vocabulary()
    viewing, otherwise = words.regex("turn.viewing"), words.regex("turn.of-something-else")
    kinds: dict[int, set[str]] = {}
    for event in events:
        kinds.setdefault(event.unit.start, set()).add(event.kind)
    return [
        one.event
        for one in opposites(reading, events, cast)
        if viewing.fullmatch(one.frame) is None
        and otherwise.search(one.frame) is None
        and kinds[one.event.unit.start] <= _UNCLEAR
    ]
