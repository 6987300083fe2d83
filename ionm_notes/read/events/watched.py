"""What one clause of a log entry says of monitoring, of its standing still and of the professional, from its words.

Monitoring begins or ends; the recording or the machine stands still for a cause, or goes on; a professional comes or goes. The words
stand in `patterns/entries.toml`.
"""

from __future__ import annotations

import re

from ionm_notes.read.events.entry_words import Part, Said, Spans, outside, phase_of, places, tail

_HALTED: tuple[tuple[str, Part], ...] = (("resume", "end"), ("pause", "start"))
_SIGNALS = frozenset(
    {
        "signal",
        "signals",
        "trace",
        "traces",
        "tracing",
        "tracings",
        "channels",
        "channel",
        "ch",
        "pots",
        "potentials",
        "waveform",
        "waveforms",
        "leads",
        "electrodes",
    }
)
"""What is said of these alone is a finding, or set-up and removal."""


def monitored(text: str, people: Spans) -> Said | None:
    """Monitoring begun or ended, or halted for a cause."""
    things = places("monitoring", text)
    if not things:
        return None
    reason, behind = places("reason", text) + places("cause.over", text), tail(text)
    beside = [reason, behind, places("system", text), places("gap", text), places("end", text)]
    if places("gap", text) and (told := _gap(text, places("gap", text), reason)) is not None:
        return told
    phase, start, end = phase_of(text, things)
    if start and end and not (start := outside(start, end)):
        phase = "end"  # 'no longer in use'
    longer = [(a, b) for a, b in end if " " in text[a:b] or "-" in text[a:b]]
    for name, part in _HALTED:
        spans = [
            (a, b) for a, b in places(name, text) if (a, b) not in end and not any(low <= a and b <= high for low, high in longer)
        ]
        if words := outside(spans, things + reason):
            return Said("interruption", part, things + words, [things, words, *beside])
    live = outside(places("live", text), things + end)
    gone = outside(places("gone", text), [*things, *end, *live])
    if (start and end) or (live and gone) or (start and gone):
        return None
    words = start + end + live + gone
    if phase is None and (live or gone):
        phase = "start" if live else "end"
    if phase is None:
        return None
    if phase == "end" and places("reason", text):
        return Said("interruption", "start", things + words, [things, words, reason, behind])
    return Said("monitoring", phase, things + words, [things, words, behind])


def stood(text: str, people: Spans) -> Said | None:
    """The recording or the machine stood still, or went on; what is said of signals alone is a finding."""
    if people:
        return None
    reason = places("reason", text) + places("cause.over", text)
    things = places("system", text)
    gap, ended = places("gap", text), places("end", text)
    if gap and ((told := _gap(text, gap, reason)) is not None or not things):
        return told
    if (whole := _without_a_thing(text, things, reason, ended)) is not None:
        return whole
    if all(text[a:b].lower() in _SIGNALS for a, b in things) and not (things and places("rejoined", text)):
        return None
    longer = [(a, b) for a, b in ended if " " in text[a:b]]  # 'no further recordings'
    ended = outside(ended, things)
    for name, part in _HALTED:
        if words := outside(places(name, text), things + reason + longer):
            return Said("interruption", part, things + words, [things, words, reason, tail(text)])
    return Said("interruption", "start", things + ended, [things, ended, reason]) if ended and places("reason", text) else None


_SWITCH = re.compile(r"\b(?:on|off|in|out)(?=\W*$)", re.I)


_COMMAND = re.compile(r"\W*(?:evt|event|tapped|pressed|clicked)\b", re.I)
"""A program's record of a button: 'EVT_PAUSE', 'Tapped Pause'."""


def _gap(text: str, gap: Spans, reason: Spans) -> Said | None:
    """A pause by its name, begun or ended: 'HOLD (ST)', 'PAUSE OUT', 'Gap in recording ends'."""
    phase, start, end = phase_of(text, gap)
    lifted = outside(places("resume", text), [])
    if phase is None and lifted:
        phase = "end"
    switch = [m.span() for m in _SWITCH.finditer(text)]
    if phase is None and not lifted and not switch and _COMMAND.match(text):
        phase = "start"
    if phase is None and switch:
        phase = "start" if text[slice(*switch[0])].lower() in ("on", "in") else "end"
    return Said("interruption", phase, gap + start + end, [gap, start, end, lifted, switch, reason]) if phase else None


_ALONE: tuple[tuple[str, Part], ...] = (("back", "end"), ("halted", "start"))


def _without_a_thing(text: str, things: Spans, reason: Spans, ended: Spans) -> Said | None:
    """'Nothing recording', 'we're back': words that need no machine beside them, in a clause that speaks of no limb or modality."""
    if places("local", text):
        return None
    for name, part in _ALONE:
        if words := outside(places(name, text), [(a, b) for a, b in ended if " " in text[a:b]]):
            rest = [places("resume", text), places("pause", text), places("monitoring", text), places("live", text)]
            return Said("interruption", part, words, [words, things, reason, *rest, tail(text)])
    return None


def present(text: str, people: Spans) -> Said | None:
    """The professional's coming or going."""
    if not people:
        return None
    come, go = outside(places("comes", text), people), outside(places("goes", text), people)
    go_long = [(a, b) for a, b in go if " " in text[a:b]]
    come = [(a, b) for a, b in come if not any(low <= a and b <= high for low, high in go_long)]
    go = [(a, b) for a, b in go if not any(low < a and b <= high for low, high in come)]  # 'taken over'
    here, gone = outside(places("here", text), people), outside(places("gone", text), people)
    known = [people, come, go, here, gone]
    if go and not (come and not _watching(text, come)):
        return Said("professional", "end", people + go, known)
    if come and not go:
        return Said("professional", "start", people + come, known)
    if go or come or bool(here) == bool(gone):
        return None
    return Said("professional", "start" if here else "end", people + (here or gone), known)


def _watching(text: str, come: Spans) -> bool:
    """Whether the words of coming are what somebody stopped doing: 'stops watching'."""
    return all(text[a:b].lower().endswith("ing") for a, b in come)
