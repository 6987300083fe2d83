"""When and how each professional attended: log-on and log-off entries, stated intervals, or a mode for the whole case."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from ionm_notes.read.events import Event, overnight
from ionm_notes.read.people import Cast, surname
from ionm_notes.read.reading import Reading
from ionm_notes.read.segments import at, clock_text
from ionm_notes.read.supervision import Said, Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Mode, Proof, Span, TimeConflict, Tri


@dataclass(frozen=True, slots=True)
class Attended:
    """Attendance with what contradicts itself."""

    attendance: tuple[Attendance, ...]
    allocated: tuple[Span, ...]
    mode_conflict: Proof
    conflicts: tuple[TimeConflict, ...]
    exclusive: Tri
    exclusive_proof: Proof


@dataclass(slots=True)
class _Spell:
    who: str
    first: int | None
    last: int | None
    log: bool
    mode: str | None
    places: list[Event]
    sentence: tuple[int, int]


_INITIALS = re.compile(r"\b([A-Z])\.?\s?([A-Z])\.?(?=[:\s,]|$)")


def _who(reading: Reading, event: Event, cast: Cast) -> str | None:
    """Surname of the professional an event speaks of; '' where unnamed but a professional's; None if someone else's."""
    text = (
        reading.text[event.clause[0] : event.clause[1]]
        if event.origin == "log"
        else reading.text[event.unit.start : event.unit.end]
    )
    own: list[tuple[int, str]] = []
    for person in cast.professionals:
        name = surname(person.name)
        own += [(m.start(), name) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)]
        letters = [p[0] for p in re.split(r"[\s,]+", person.name) if p and p[0].isupper()]
        if len(letters) >= 2:
            both = {
                "".join(letters),
                letters[0] + letters[-1],
                letters[-1] + letters[0] if "," in person.name else letters[0] + letters[-1],
            }
            own += [(m.start(), name) for m in _INITIALS.finditer(text) if m[1] + m[2] in both and event.origin == "log"]
        if re.search(rf"\bDr\.?\s{letters[-1] if letters else '#'}\b\.?", text):
            own.append((len(text), name))
    others = [
        p
        for p in cast.surgeons + cast.anesthesia + cast.technologists
        if re.search(rf"(?<!\w){re.escape(surname(p.name))}(?!\w)", text, re.I)
    ]
    if own:
        first = min(own)
        if event.phase == "start" and len({n for _, n in own}) > 1:
            joins = re.search(r"(?:taking|takes|took|assum\w+|handing|hand\w*|turn\w*|transfer\w*|relieved)\b.*", text, re.I)
            if joins and event.origin == "log" and re.search(r"hand|turn|transfer|sign", joins.group(), re.I):
                return first[1]
        return first[1]
    words = vocabulary()
    if words.regex("subject.professional").search(text) or re.search(r"\bremote\b|\bDr\b|\bM\.?D\.?\b", text, re.I):
        return None if others else ""
    if others or words.regex("subject.technologist").search(text):
        return None
    if event.origin == "narrative" and event.kind == "professional":
        return None
    if event.origin == "log":
        return (
            ""
            if re.search(
                r"\bconnect|\bjoin|\blogg?ed|\blog-?(?:in|out|on|off)\b|\bon-?line|\boff-?line|\bsession\b|\bviewing\b|\bsign(?:ed|ing)\b",
                text,
                re.I,
            )
            else None
        )
    return ""


def _mode_at(reading: Reading, low: int, high: int, supervision: Supervision, near: int) -> str | None:
    inside = [m for m in supervision.modes if low <= m.start < high]
    if not inside:
        return None
    kinds = {m.what for m in inside}
    if "nearby" in kinds:
        return "nearby"
    if len(kinds) == 1:
        return inside[0].what
    before = [m for m in inside if m.start <= near]
    return (before or inside)[-1].what if before else inside[0].what


def _spells(reading: Reading, events: tuple[Event, ...], cast: Cast, supervision: Supervision) -> list[_Spell]:
    spells: list[_Spell] = []
    open_spells: dict[str, _Spell] = {}
    sole = surname(cast.professionals[0].name) if len(cast.professionals) == 1 else ""
    rows = [e for e in events if e.kind == "professional"]
    for event in sorted(rows, key=lambda e: (e.origin != "log", e.first)):
        who = _who(reading, event, cast)
        if who is None:
            continue
        who = who or sole or (next(iter(open_spells)) if event.phase == "end" and len(open_spells) == 1 else "")
        log = event.origin == "log"
        window = event.clause if log else (event.unit.start, event.unit.end)
        mode = _mode_at(reading, window[0], window[1], supervision, event.start)
        if event.phase == "span" and event.last is not None:
            spells.append(_Spell(who, event.first, event.last, log, mode, [event], window))
        elif event.phase == "start":
            known = open_spells.get(who)
            if (
                known is not None
                and log
                and known.last is None
                and event.group == known.places[0].group
                and event.first > (known.first or 0)
            ):
                continue
            if known is None:
                spell = _Spell(who, event.first, None, log, mode, [event], window)
                open_spells[who] = spell
                spells.append(spell)
        elif event.phase == "end":
            known = open_spells.pop(who, None) or (open_spells.pop("", None) if who else None)
            if known is not None:
                if known.first is None or event.first >= known.first:
                    known.last = event.first
                    known.places.append(event)
            elif not any(s.who == who and s.last is not None and abs(s.last - event.first) < 240 for s in spells):
                spells.append(_Spell(who, None, event.first, log, mode, [event], window))
    return spells


def _stated(reading: Reading, events: tuple[Event, ...], cast: Cast, supervision: Supervision) -> list[_Spell]:
    """Intervals said in prose or a form."""
    sole = surname(cast.professionals[0].name) if len(cast.professionals) == 1 else ""
    out: list[_Spell] = []
    for event in events:
        if event.kind not in ("attend", "attend-monitored") or event.last is None:
            continue
        who = _who(reading, event, cast)
        if who is None:
            continue
        if (
            event.kind == "attend-monitored"
            and not re.search(r"\bI\b|\bby\b|\bremote|\blive\b|\breal", reading.text[event.unit.start : event.unit.end], re.I)
            and not who
        ):
            continue
        last = event.last
        if last < event.first and overnight(event.first, last):
            last += 1440
        window = (event.unit.start, event.unit.end)
        mode = _mode_at(reading, event.clause[0], event.clause[1], supervision, event.start) or _mode_at(
            reading, *window, supervision, event.start
        )
        out.append(_Spell(who or sole, event.first, last, event.origin == "log", mode, [event], window))
    return out


def read_attendance(
    reading: Reading,
    events: tuple[Event, ...],
    cast: Cast,
    supervision: Supervision,
    day: date,
    monitoring: tuple[datetime | None, datetime | None],
) -> Attended:
    """Attendance of every professional, the mode and exclusivity of each spell."""
    conflicts: list[TimeConflict] = []
    spells = _spells(reading, events, cast, supervision)
    stated = _stated(reading, events, cast, supervision)
    shared_spans, exclusive_spans, mode_spans = _local(reading, events, supervision)
    merged = _merge(reading, spells, stated, conflicts)
    exclusive, proof = _exclusive(reading, supervision, shared_spans, exclusive_spans)
    mode = _global_mode(reading, supervision)
    if not merged and not cast.professionals:
        return Attended((), (), (), (), exclusive, proof)
    unique: dict[tuple[str, int | None, int | None], _Spell] = {}
    for spell in merged:
        unique.setdefault(
            (spell.who, spell.first, spell.last) if not spell.mode else (spell.who + spell.mode, spell.first, spell.last), spell
        )
    merged = list(unique.values())
    rows: list[Attendance] = []
    full = {surname(p.name): p.name for p in cast.professionals}
    whole = [s for s in merged if s.first is not None or s.last is not None]
    for spell in whole:
        row_mode: Mode = _as_mode(spell.mode) or _mode_of(supervision, spell.who) or mode
        stop = at(day, spell.last) if spell.last is not None else None
        if stop is None and any(_TO_THE_END.search(reading.unit_text(e.unit)) for e in spell.places):
            stop = monitoring[1]
        rows.append(Attendance(
            full.get(spell.who, spell.who or None), row_mode, at(day, spell.first) if spell.first is not None else None,
            stop, exclusive, tuple(reading.evidence(e.start, e.end) for e in spell.places),
        ))  # fmt: skip
    modes = {m.what for m in supervision.modes}
    double = _both_modes(supervision, rows, modes, mode_spans)
    if not rows:
        name = cast.professionals[0].name if cast.professionals else None
        places = tuple(m.evidence for m in supervision.modes[:1]) or (
            cast.professionals[0].evidence if cast.professionals else ()
        )
        first = "in_room" if double else mode
        rows.append(Attendance(name, first, None, None, exclusive, places, whole_case=True))
        if double:
            rows.append(
                Attendance(
                    name,
                    "remote",
                    None,
                    None,
                    None,
                    tuple(m.evidence for m in supervision.modes if m.what == "remote")[:1],
                    whole_case=True,
                )
            )
    elif double and {r.mode for r in rows} != {"in_room", "remote"}:
        missing: Mode = "remote" if rows[0].mode == "in_room" else "in_room"
        rows.append(
            Attendance(
                rows[0].professional,
                missing,
                None,
                None,
                None,
                tuple(m.evidence for m in supervision.modes if m.what == missing)[:1],
                whole_case=True,
            )
        )
    if double and exclusive is True:
        rows = [replace(r, exclusive=_said_with(reading, r, supervision)) for r in rows]
    rows = list(dict.fromkeys(rows))
    rows, allocated = _split_shared(reading, rows, day, shared_spans, exclusive_spans, exclusive)
    return Attended(tuple(rows), tuple(allocated), double, tuple(conflicts), exclusive, proof)


def _merge(reading: Reading, spells: list[_Spell], stated: list[_Spell], conflicts: list[TimeConflict]) -> list[_Spell]:
    """Log spells outrank stated intervals of the same person; equal ones are one."""
    out = list(spells)
    for item in stated:
        same = [s for s in out if (s.who == item.who or not s.who or not item.who) and _touch(s, item)]
        if not same:
            out.append(item)
            continue
        known = same[0]
        if known.log and not item.log:
            if known.first is None:
                known.first = item.first
            if known.last is None:
                known.last = item.last
            for a, b, what in ((known.first, item.first, "start"), (known.last, item.last, "end")):
                covers = any(s.last == b or s.first == b for s in same)
                if a is not None and b is not None and a != b and not covers and what:
                    conflicts.append(
                        TimeConflict(
                            f"the {what} of the professional's attendance",
                            clock_text(a),
                            clock_text(b),
                            "a log entry outranks header and narrative",
                            tuple(reading.evidence(e.start, e.end) for e in known.places[:1] + item.places),
                        )
                    )
            known.mode = known.mode or item.mode
        elif (known.first, known.last) == (item.first, item.last):
            if known.mode and item.mode and known.mode != item.mode and known.sentence != item.sentence:
                out.append(item)
            known.mode = known.mode or item.mode
            known.who = known.who or item.who
        elif known.first is None or known.last is None:
            known.first = known.first if known.first is not None else item.first
            known.last = known.last if known.last is not None else item.last
            known.mode = known.mode or item.mode
        elif known.mode != item.mode and known.mode and item.mode:
            out.append(item)
        elif known.places[0].kind == "attend-monitored" and item.places[0].kind == "attend":
            out[out.index(known)] = item
        elif item.places[0].kind == "attend-monitored":
            continue
        elif item.first is not None and item.last is not None:
            conflicts.append(
                TimeConflict(
                    "the professional's attendance",
                    f"{clock_text(max(known.first, item.first))}-{clock_text(min(known.last, item.last))}",
                    f"{clock_text(item.first)}-{clock_text(item.last)}",
                    "at equal rank the later start and the earlier stop count",
                    tuple(reading.evidence(e.start, e.end) for e in known.places + item.places),
                )
            )
            known.first, known.last = max(known.first, item.first), min(known.last, item.last)
    return sorted(out, key=lambda s: s.first if s.first is not None else s.last or 0)


def _touch(a: _Spell, b: _Spell) -> bool:
    low_a, high_a = a.first if a.first is not None else -1, a.last if a.last is not None else 9999
    low_b, high_b = b.first if b.first is not None else -1, b.last if b.last is not None else 9999
    return low_a < high_b and low_b < high_a


def _local(
    reading: Reading, events: tuple[Event, ...], supervision: Supervision
) -> tuple[list[tuple[int, int, Event]], list[tuple[int, int, Event]], list[tuple[int, int, str]]]:
    """Intervals whose own clause says shared, exclusive, or a place."""
    shared, exclusive, modes = [], [], []
    for event in events:
        if event.last is None or event.kind in ("setup", "baseline", "removal", "interruption", "anesthesia"):
            continue
        low, high = event.clause
        for said in supervision.shared:
            if low <= said.start < high and event.kind not in ("monitoring",):
                shared.append((event.first, event.last, event))
                break
        for said in supervision.exclusive:
            if low <= said.start < high:
                exclusive.append((event.first, event.last, event))
                break
        for mode in supervision.modes:
            if low <= mode.start < high:
                modes.append((event.first, event.last, mode.what))
    return shared, exclusive, modes


def _exclusive(
    reading: Reading,
    supervision: Supervision,
    shared_spans: list[tuple[int, int, Event]],
    exclusive_spans: list[tuple[int, int, Event]],
) -> tuple[Tri, Proof]:
    shared, alone = supervision.shared, supervision.exclusive
    if shared and alone:
        inside = [s for s in shared if not any(e.clause[0] <= s.start < e.clause[1] for _, _, e in shared_spans)]
        if not inside and shared_spans:
            return True, tuple(s.evidence for s in alone[:1])
        return False, tuple(s.evidence for s in shared[:1])
    if shared:
        return False, tuple(s.evidence for s in shared[:1])
    if alone:
        return True, tuple(s.evidence for s in alone[:1])
    return None, ()


def _global_mode(reading: Reading, supervision: Supervision) -> Mode:
    kinds = [m.what for m in supervision.modes]
    if "nearby" in kinds and "in_room" not in kinds:
        return "nearby"
    if not kinds:
        return "unstated"
    return "in_room" if kinds.count("in_room") > kinds.count("remote") else "remote" if "remote" in kinds else "in_room"


def _mode_of(supervision: Supervision, who: str) -> Mode | None:
    own = [m.what for m in supervision.modes if m.who and m.who == who]
    if not own:
        return None
    return "nearby" if "nearby" in own else own[0]  # type: ignore[return-value]


def _both_modes(
    supervision: Supervision, rows: list[Attendance], modes: set[str], mode_spans: list[tuple[int, int, str]]
) -> Proof:
    """Evidence that the same time is said to be in the room and remote."""
    if not {"in_room", "remote"} <= modes:
        return ()
    in_room = [m for m in supervision.modes if m.what == "in_room"]
    remote = [m for m in supervision.modes if m.what == "remote"]
    timed = [r for r in rows if r.start and r.end]
    rooms = [r for r in timed if r.mode == "in_room"]
    far = [r for r in timed if r.mode in ("remote", "nearby")]
    if rooms and far:
        clash = any(
            a.start < b.end and b.start < a.end
            for a in rooms
            for b in far
            if a.start and a.end and b.start and b.end and _one(a, b)
        )
        return (in_room[0].evidence, remote[0].evidence) if clash else ()
    if len({r.professional for r in rows}) > 1 or len({m.who for m in in_room + remote if m.who}) > 1:
        return ()
    strong = [
        m
        for m in in_room
        if m.unit != remote[0].unit
        and re.search(r"present|in person|physical|was in|remained|throughout|entire", m.evidence.text, re.I)
    ]
    return (
        (strong[0].evidence, remote[0].evidence)
        if (strong and not mode_spans)
        or (
            strong
            and {m for _, _, m in mode_spans} == {"remote"}
            and any(re.search(r"entire|throughout|whole|all", m.evidence.text, re.I) for m in strong)
        )
        else ()
    )


def _said_with(reading: Reading, row: Attendance, supervision: Supervision) -> Tri:
    """Where two places are claimed, exclusivity goes with the place it is said with."""
    paragraphs = {m.unit.paragraph for m in supervision.modes if m.what == row.mode}
    return True if any(e.unit.paragraph in paragraphs for e in supervision.exclusive) else None


def _as_mode(value: str | None) -> Mode | None:
    return value if value in ("in_room", "remote", "nearby", "unstated") else None  # type: ignore[return-value]


_TO_THE_END = re.compile(r"\buntil the (?:end|close|finish)|\bfor the (?:rest|remainder)\b|\bto the end\b", re.I)


def _one(a: Attendance, b: Attendance) -> bool:
    return a.professional is None or b.professional is None or a.professional == b.professional


def _split_shared(
    reading: Reading,
    rows: list[Attendance],
    day: date,
    shared: list[tuple[int, int, Event]],
    alone: list[tuple[int, int, Event]],
    exclusive: Tri,
) -> tuple[list[Attendance], list[Span]]:
    """Within shared attendance, intervals that the record gives to this patient alone; within exclusive, shared ones."""
    allocated: list[Span] = []
    if exclusive is False:
        for first, last, event in alone:
            if last > first:
                allocated.append(Span(at(day, first), at(day, last), reading.proof(event.start, event.end)))
        return rows, allocated
    if exclusive is True and shared:
        out: list[Attendance] = []
        for row in rows:
            cut = [
                (at(day, a), at(day, b), e)
                for a, b, e in shared
                if row.start and row.end and at(day, a) < row.end and row.start < at(day, b)
            ]
            if not cut or row.start is None or row.end is None:
                out.append(row)
                continue
            low, high, event = cut[0]
            low, high = max(low, row.start), min(high, row.end)
            if low > row.start:
                out.append(replace(row, end=low))
            out.append(replace(row, start=low, end=high, exclusive=False, evidence=reading.proof(event.start, event.end)))
            if high < row.end:
                out.append(replace(row, start=high))
        return out, allocated
    return rows, allocated


def said_proof(said: tuple[Said, ...]) -> Proof:
    """Evidence of the first statement, if any."""
    return tuple(s.evidence for s in said[:1])
