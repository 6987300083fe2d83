"""What one clause of a log entry says of set-up, baselines and removal, from its words (`patterns/stages.toml`).

Something is put on or taken off, or the first recordings are made; begun or done is said by a word of its own, or by the form of
the verb: 'placing leads' begins, 'leads placed' is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from ionm_notes.read.events.entry_words import Part, Said, Spans, outside, places, tail
from ionm_notes.read.expression import expression

_GONE_ONLY = frozenset({"off", "out", "clear", "free", "gone"})
_STAGES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("removal", ("remove.noun",), ("remove.been", "remove.being")),
    ("baseline", ("baseline",), ()),
    ("setup", ("attach.noun",), ("attach.been", "attach.being")),
    ("monitoring", ("monitoring",), ()),
)
"""Kinds of a stage of the day, with the names that say it and the words that say it of electrodes."""
_SWITCH = expression(r"\b(?:on|off|in|out)\b")


@dataclass(frozen=True, slots=True)
class Stage:
    """The part of the day a clause names: its kind, begun or done if it says so, the words that say it, and all that is understood."""

    kind: str
    phase: Part | None
    proof: Spans
    known: list[Spans]


@dataclass(frozen=True, slots=True)
class _Handled:
    """What is handled in a clause, and the words for it: of the work, of doing it, of having done it."""

    objects: Spans
    noun: Spans
    being: Spans
    been: Spans


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
            if kind == "setup" and not things:
                things = objects  # 'phase ELECTRODES left'
        if not things:
            continue
        on, off = outside(on, things), outside(off, things)
        if bool(on) == bool(off):
            return None
        return Said(
            kind, "start" if on else "end", [*things, *on, *off], [frame, things, objects, on, off, places("impedance", text)]
        )
    return None


def stage_of(text: str, people: Spans) -> Stage | None:
    """The part of the day among set-up, baselines and removal that a clause names, begun, done or neither."""
    if outside(places("monitoring", text), places("monitoring.of", text)):
        return None  # 'monitoring began after electrode placement'
    for of in (_removed, _baselines, _attached):
        if (stage := of(text, people)) is not None:
            return stage
    return None


def worked(text: str, people: Spans) -> Said | None:
    """Set-up, baselines or removal, begun or done."""
    stage = stage_of(text, people)
    return Said(stage.kind, stage.phase, stage.proof, stage.known) if stage is not None and stage.phase is not None else None


def _edges(text: str, taken: Spans) -> tuple[Spans, Spans]:
    """Words of beginning and words of ending, where they stand."""
    start = outside(places("start", text) + places("work.start", text), taken)
    end = outside(places("end", text) + places("work.end", text), [*taken, *start])
    return outside(start, end), end


def _objects(text: str, family: str) -> Spans:
    """Electrodes, or the patient where the words are such as are done to a patient: 'hooking her up', 'patient unhooked'."""
    objects = places("object", text)
    if places(f"{family}.person", text):
        objects = objects + places("person", text)
    return objects


def _handled(text: str, family: str, objects: Spans) -> _Handled:
    noun, being = places(f"{family}.noun", text), places(f"{family}.being", text)
    person = places(f"{family}.person", text)
    been = outside(places(f"{family}.been", text), [*being, *places("start", text)])
    return _Handled(objects, noun + (person if objects else []), being, been)


def _hands_on(text: str, kind: str, work: _Handled, people: Spans) -> Stage | None:
    """Electrodes and a word for putting them on, or for taking them off: begun, or done."""
    doing = work.noun + work.being + work.been
    start, end = _edges(text, doing + work.objects)
    first = places("first", text) if work.objects else []
    settled = outside(places("settled", text), doing + work.objects)
    counted = places("counted", text) if kind == "removal" else []
    switch: Spans = []
    phase: Part | None = None
    if bool(start) != bool(end):
        phase = "start" if start else "end"
    elif start:
        phase = None
    elif first and (work.been or work.being):
        phase = "start"  # 'scalp measured, first lead on'
    elif work.noun and not work.objects and (found := _SWITCH.search(text)):
        phase = "start" if found.group().lower() in ("on", "in") else "end"  # 'set-up on' begins, 'take-down off' is over
        switch = [found.span()]
    elif work.being or work.been:
        phase = "end" if _last_out(text, work) or not work.being else "start"
    elif settled and (work.noun or kind == "setup"):
        phase = "end"
    known = [
        work.objects,
        doing,
        start,
        end,
        first,
        places("last", text),
        settled,
        counted,
        switch,
        places("impedance", text),
        people,
    ]
    return Stage(kind, phase, [*work.objects, *doing, *start, *end, *switch], known)


def _last_out(text: str, work: _Handled) -> bool:
    """Whether a clause that holds the name of the work tells that its last piece was done."""
    return bool(places("last", text)) and bool(work.been)


def _removed(text: str, people: Spans) -> Stage | None:
    """Electrodes taken off; begun, or done."""
    objects, alone = _objects(text, "remove"), places("remove.alone", text)
    if not objects and not alone:
        return None
    work = _handled(text, "remove", objects)
    words = work.noun + work.being + work.been
    mere = not work.noun and all(text[a:b].lower() in _GONE_ONLY for a, b in words)
    other = mere and (places("attach.noun", text) or places("impedance", text) or people)
    if not words or (not objects and mere) or other:
        return None
    return _hands_on(text, "removal", work, people)


def _attached(text: str, people: Spans) -> Stage | None:
    """Electrodes put on, or the contact they make: begun, or done."""
    objects, impedance = _objects(text, "attach"), places("impedance", text)
    if objects and places("remove.noun", text):
        return None
    alone = places("attach.alone", text)
    work = _handled(text, "attach", objects)
    if alone or (objects and (work.noun or work.being or work.been)):
        return _hands_on(text, "setup", work if objects else _Handled([], work.noun + alone, work.being, work.been), people)
    settled = outside(places("settled", text), impedance + objects)
    if impedance and settled:
        return Stage("setup", "end", impedance + settled, [impedance, settled, objects])
    if not objects:
        return None
    start, end = _edges(text, objects)
    if not start and not end and (first := places("first", text)) and (onto := places("onto", text)):
        return Stage("setup", "start", first + objects + onto, [objects, first, onto])
    phase: Part | None = None if bool(start) == bool(end) else "start" if start else "end"
    return Stage("setup", phase, objects + start + end, [objects, start, end, impedance, people])


def _baselines(text: str, people: Spans) -> Stage | None:
    """The first recordings, against which all later ones are held: begun, or done."""
    things = places("baseline", text)
    if not things or (places("object", text) and not people) or places("baseline.held-against", text):
        return None
    if first := places("baseline.first", text):
        return Stage("baseline", "start", first, [things, first, people])
    taking = places("taking", text)
    start, end = _edges(text, things + taking)
    settled = outside(places("settled", text), [*things, *end, *taking])
    switch = outside(places("live", text), [*things, *taking, *start]) + outside(places("gone", text), things)
    phase: Part | None = None
    if bool(start) != bool(end):
        phase = None if start and settled else "start" if start else "end"
    elif not start:
        last = text[slice(*switch[-1])].lower() if switch else ""
        phase = "end" if settled else "start" if taking else "end" if last in ("off", "out") else "start" if switch else None
    proof = things + (start or end or settled or taking or switch)
    return Stage("baseline", phase, proof, [things, start, end, settled, taking, switch, people, tail(text)])
