"""What one clause of a log entry says of set-up, baselines and removal, from its words (`patterns/entries.toml`).

Something is put on or taken off, or the first recordings are made; begun or done is said by a word of its own, or by the form of
the verb: 'placing leads' begins, 'leads placed' is over.
"""

from __future__ import annotations

from ionm_notes.read.events.entry_words import Said, Spans, outside, phase_of, places, tail
from ionm_notes.read.expression import expression

_GONE_ONLY = frozenset({"off", "out", "clear", "free", "gone"})
_STAGES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("removal", ("remove.noun",), ("remove.been", "remove.being")),
    ("baseline", ("baseline",), ()),
    ("setup", ("attach.noun",), ("attach.been", "attach.being")),
    ("monitoring", ("monitoring",), ()),
)
"""Kinds of a stage of the day, with the names that say it and the words that say it of electrodes."""


def staged(text: str, people: Spans) -> Said | None:
    """A stage of the day entered or left: 'state=ELECTRODE_APPLICATION entered', 'Surveillance phase: status RUNNING'."""
    if not (frame := places("stage", text)) or people:
        return None
    on, off, objects = places("stage.on", text), places("stage.off", text), places("object", text)
    for kind, names, doings in _STAGES:
        things = [span for name in names for span in places(name, text)]
        if not things and objects:
            things = [
                span for name in doings for span in places(name, text) if span[0] < max((b for _, b in on + off), default=0)
            ]
            last = max(on + off, default=(0, 0))
            things = [span for span in things if span != last]
        if not things:
            continue
        on, off = outside(on, things), outside(off, things)
        if bool(on) == bool(off):
            return None
        return Said(
            kind, "start" if on else "end", [*things, *on, *off], [frame, things, objects, on, off, places("impedance", text)]
        )
    return None


def _hands_on(text: str, family: str, kind: str, objects: Spans) -> Said | None:
    """Electrodes and a word for putting them on, or for taking them off: begun, or done."""
    noun, being = places(f"{family}.noun", text), places(f"{family}.being", text)
    been = outside(places(f"{family}.been", text), [*being, *places("start", text)])
    words = noun + being + been
    phase, start, end = phase_of(text, words + objects)
    if start and end:
        return None
    first = places("first", text)
    if phase is None and first and objects and been:
        phase, words = "start", [*words, *first]  # 'scalp measured, first lead on'
    if phase is None and noun and not objects and (switch := _SWITCH.search(text)):
        phase = "start" if switch.group().lower() == "on" else "end"  # 'set-up on' begins, 'take-down off' is over
        words = [*words, switch.span()]
    elif phase is None and (being or been):
        phase = "start" if being else "end"
    settled = outside(places("settled", text), words + objects)
    if phase is None and settled and (noun or kind == "setup"):
        phase = "end"
    if phase is None:
        return None
    counted = [match.span() for match in _COUNTED.finditer(text)] if kind == "removal" else []
    known = [objects, words, start, end, settled, counted, places("impedance", text)]
    return Said(kind, phase, [*objects, *words, *start, *end], known)


_COUNTED = expression(r"\b(?:counts?|counted|correct|reconciled|accounted)\b")
_SWITCH = expression(r"\b(?:on|off)\b")


def removed(text: str, people: Spans) -> Said | None:
    """Electrodes taken off; begun, or done."""
    objects, stands_alone = places("object", text), _STANDS_ALONE.search(text)
    if not objects and stands_alone is None:
        return None
    words = [span for name in ("noun", "being", "been") for span in places(f"remove.{name}", text)]
    mere = all(text[a:b].lower() in _GONE_ONLY for a, b in words)
    other = mere and (places("attach.noun", text) or places("impedance", text))
    if not words or (not objects and (stands_alone is None or mere)) or other:
        return None
    return _hands_on(text, "remove", "removal", objects)


_STANDS_ALONE = expression(
    r"\b(?:t/d|take-?\s?downs?|tear-?\s?downs?|de-?instrumentation|unhook(?:ing|ed))\b|^\W*(?:start\w*\s+|begin\w*\s+|began\s+)?removal(?=\s+phase|\W*\w+\W*$|\W*$)"
)
_SETUP_ALONE = expression(
    r"\b(?:s/u|set-?\s?up|setting\s+up|hook-?\s?up|hooking\s+up|lead-?on|wiring|wire-?up|instrumentation|montage)\b"
)


def attached(text: str, people: Spans) -> Said | None:
    """Electrodes put on, or the contact they make: begun, or done."""
    objects, impedance = places("object", text), places("impedance", text)
    if objects and places("remove.noun", text):
        return None
    words = [span for name in ("noun", "being", "been") for span in places(f"attach.{name}", text)] if objects else []
    if words or _SETUP_ALONE.search(text):
        return _hands_on(text, "attach", "setup", objects)
    if impedance and (settled := outside(places("settled", text), impedance)):
        return Said("setup", "end", impedance + settled, [impedance, settled, objects])
    phase, start, end = phase_of(text, objects) if objects else (None, [], [])
    return Said("setup", phase, objects + start + end, [objects, start, end, impedance]) if phase else None


def baselines(text: str, people: Spans) -> Said | None:
    """The first recordings, against which all later ones are held: begun, or done."""
    things = places("baseline", text)
    if not things or (places("object", text) and not people):
        return None
    if first := places("baseline.first", text):
        return Said("baseline", "start", first, [things, first, people])
    phase, start, end = phase_of(text, things)
    if start and end:
        return None
    taking = outside(places("taking", text), things)
    settled = outside(places("settled", text), [*things, *end, *taking])
    switch = outside(places("live", text), [*things, *taking, *start]) + outside(places("gone", text), things)
    if phase is None and settled:
        phase = "end"
    if phase is None and taking:
        phase = "start"
    if phase is None and switch:
        phase = "end" if text[slice(*switch[-1])].lower() == "off" else "start"
    if phase is None or (phase == "start" and start and settled):
        return None
    words = [*start, *end, *settled, *taking, *switch]
    return Said("baseline", phase, things + (start or end or settled or taking or switch), [things, words, people, tail(text)])
