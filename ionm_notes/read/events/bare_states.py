"""Entries of a log that say with a word alone that the recording runs or stands still: '07:51 controls accepted, live', '10:44 off'.

What runs or stands still is the monitoring where the log has told of electrodes or baselines before. A word alone ends nothing that
an entry ends in so many words, and begins nothing that one begins; between two such it is the end, or the beginning, of a pause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal

from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.events.model import PARTS, Event, Phase
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_CLAUSES = re.compile(r"\t|[;/]|,\s|\.\s|\s&\s|\sand\s|\sthen\s")
_MAY = re.compile(
    r"(?:^|[\t;,/.&]|\sand\s|\sthen\s)\W*(?:(?:all|we|are|go|going|went|now|switched|turned|run|up)\s+){0,3}"
    r"(?:live|rolling|running|recording|monitoring|and\s+running|back|re-?start|resum|cont|reconn|plugged|off|stop|halt|hold|held|paus|break|end|fin|"
    r"shut|over|unplug|disconn|acquisition|on|start|beg|run|go)",
    re.I,
)
"""How a clause begins that may be one of them: most entries hold none, and are looked at once."""
_UNSURE = 0.9
"""The confidence of a beginning or an end that rests on a word which may be of anything: it asks to be confirmed."""
_LEAST = 3
"""Entries of a log that tell of the day's parts, from which on such words are taken."""


_DAYS = 5000
"""A minute behind any of a case."""


@dataclass(frozen=True, slots=True)
class _Word:
    """An entry with such a word: what it says, and whether the word can be of nothing else."""

    event: Event
    says: Literal["on", "off"]
    text: str
    sure: bool


def bare_states(reading: Reading, events: list[Event]) -> list[Event]:
    """The events with the beginnings, the pauses and the end that such words tell."""
    out = list(events)
    for group in sorted({e.group for e in events if e.origin == "log" and e.group > 0}):
        own = sorted([e for e in events if e.group == group and e.origin == "log"], key=attrgetter("first"))
        if len([e for e in own if e.kind in PARTS]) >= _LEAST:
            told = list(_told(reading, own))
            taken = [e for halt in told if _opens(halt) and (e := _taken_up(own, told, halt)) is not None]
            out = [replace(e, kind="interruption", phase="end") if e in taken else e for e in out] + told
    return out


def _taken_up(own: list[Event], told: list[Event], halt: Event) -> Event | None:
    """The entry that says in so many words that monitoring starts behind such a pause: '09:05 BREAK', '09:20 MON'."""
    if any((e.kind, e.phase) == ("interruption", "end") and e.first > halt.first for e in told):
        return None
    return next((e for e in own if (e.kind, e.phase) == ("monitoring", "start") and e.first > halt.first), None)


def _told(reading: Reading, own: list[Event]) -> Iterator[Event]:
    """What the words alone of one log tell, in their order."""
    from ionm_notes.read.trained.rows import switched_off  # it takes entries apart with the modules of this folder

    began = next((e.first for e in own if (e.kind, e.phase) == ("monitoring", "start")), None)
    ended = max((e.first for e in own if (e.kind, e.phase) == ("monitoring", "end")), default=None)
    ready = next((e.first for e in own if e.kind in ("setup", "baseline")), None)
    last = ended if ended is not None else _DAYS
    words = [w for w in _words(reading, own) if ready is not None and ready <= w.event.first <= last]
    runs, waits, over = False, False, -1
    for place, word in enumerate(words):
        at = word.event.first
        runs = runs or (began is not None and at > began)
        waits = waits or any(over < e.first < at and _opens(e) and not _closed(own, e, at) for e in own)
        again = any(later.says == "on" for later in words[place + 1 :])
        again = again or any((e.kind, e.phase) == ("monitoring", "start") and e.first > at for e in own)
        if word.says == "on" and runs and waits:
            yield _as(word, "interruption", "end")
            waits, over = False, at
        elif word.says == "on" and not runs and began is None and (word.sure or not switched_off()):
            yield _as(word, "monitoring", "start")
            runs = True
        elif word.says == "off" and runs and not waits and again:
            yield _as(word, "interruption", "start")
            waits = True
        elif (
            word.says == "off"
            and runs
            and not waits
            and word is words[-1]
            and vocabulary().regex("entry.bare-hold").match(word.text)
        ):
            yield _as(word, "interruption", "start")  # nothing says that it went on
        elif word.says == "off" and runs and not waits and ended is None and word is words[-1]:
            if word.sure or _then_removed(own, word):
                yield _as(replace(word, sure=True), "monitoring", "end")
            elif not switched_off():
                yield _as(word, "monitoring", "end")


def _as(word: _Word, kind: str, phase: Phase) -> Event:
    return replace(word.event, kind=kind, phase=phase, guess=0.0 if word.sure or kind == "interruption" else _UNSURE)


def _body(entry: str) -> str:
    """What an entry says behind who wrote it."""
    who, _, words = _CLOCK.sub("", entry.strip()).rpartition("\t")
    return words if len(who) <= _WRITER else entry.strip()


_CLOCK = re.compile(r"[\s:.,@-]*\d{1,2}[:.h]?\d\d\s?(?:[ap]\.?m?\.?|hrs?|h)?$", re.I)
"""The time of an entry that stands behind its words."""


_SPOKEN = frozenset({"incision", "removal", "patient.in", "patient.out", "anesthesia"})
"""Kinds of entries that tell of something else."""
_WRITER = 16
"""Characters of the longest cell before the words of an entry that can be its writer."""


def _then_removed(own: list[Event], word: _Word) -> bool:
    """Whether the next that a log tells of the day's parts, behind such a word, is that the electrodes came off."""
    later = [e for e in own if e.first >= word.event.first and e.start != word.event.start]
    return bool(later) and later[0].kind == "removal"


def _opens(event: Event) -> bool:
    return (event.kind, event.phase) == ("interruption", "start")


def _closed(own: list[Event], opened: Event, at: int) -> bool:
    """Whether an entry closes a pause before the given minute."""
    ends = {("interruption", "end"), ("monitoring", "start")}
    return any((e.kind, e.phase) in ends and opened.first < e.first <= at for e in own)


def _words(reading: Reading, own: list[Event]) -> Iterator[_Word]:
    """Entries with such a word, each once; one that tells a beginning or an end of monitoring or a pause otherwise is none."""
    seen: set[int] = set()
    told = {e.start for e in own if e.kind in ("monitoring", "interruption") and e.phase != "point"}
    told |= {e.start for e in own if e.kind in _SPOKEN}
    waits = False
    for event in own:
        if event.kind == "interruption":
            waits = event.phase != "end"
        if event.start in seen or event.start in told:
            continue
        seen.add(event.start)
        entry = reading.text[event.clause[0] : event.clause[1]]
        if "?" in entry or not (waits or _MAY.search(entry)):
            continue  # 'rolling, are you there?'
        if (word := _word(event, entry, waits=waits)) is None or names_professional(entry):
            continue  # 'reader | disconnected'
        waits = waits and word.says == "off"
        yield word


def _word(event: Event, entry: str, *, waits: bool) -> _Word | None:
    """The word alone of an entry; cables that are put in are one while a pause `waits` for its end."""
    words = vocabulary()
    clauses = [clause for clause in map(str.strip, _CLAUSES.split(entry)) if clause]
    if any(words.regex("entry.bare-live").match(clause) for clause in (entry.strip(), *clauses)):
        return _Word(event, "on", entry, sure=True)
    if waits and words.regex("entry.plugged").search(entry):
        return _Word(event, "on", entry, sure=True)
    body = _body(entry)
    if words.regex("entry.bare-off").match(body):
        return _Word(event, "off", body, sure=not re.match(r"\W*off\b", body))
    return _Word(event, "on", entry, sure=False) if words.regex("entry.bare-on").match(body) else None
