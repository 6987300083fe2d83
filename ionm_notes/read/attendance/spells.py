"""Spells of attendance as log-ons, log-offs and statements give them, each with its person."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, overnight
from ionm_notes.read.events.label_rows import heading_of
from ionm_notes.read.events.labels import BRACKETS
from ionm_notes.read.events.model import cells_of
from ionm_notes.read.expression import Expression
from ionm_notes.read.hand_off import of_others
from ionm_notes.read.messages import message_of, user_name, words_of
from ionm_notes.read.names import BY_TITLE, initials_of, standing, surname
from ionm_notes.read.own_notes import technologist_writes
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.subject import meant_before, meant_by_pronoun, named_by_label
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Person

_INITIALS = re.compile(r"\b([A-Z])\.?\s?([A-Z])\.?(?=[:\s,]|$)")


_BESIDE = re.compile(
    r"\b(?:from|to|for|with|after|before|until|when|reliev(?:ed|ing)|replac(?:ed|ing)|succeed(?:ed|ing)|by)\s+(?:my\s+\w+\s+|our\s+\w+\s+)?"
    r"(?:(?:Dr|Doctor|Prof)\b\.?\s*)?(?:[A-Z][\w.'’-]*\s+){0,2}$"
)
"""A colleague named beside 'I': whom the writer relieved, or who relieved the writer."""
_FIRST_PERSON = re.compile(
    r"\bI\b|\b(?:the\s+)?undersigned\b|\bmyself\b|\bfrom\s+me\b|\b[Mm]y\s+(?:own\s+|remote\s+|live\s+)?(?:attendance|presence|watch|oversight|supervision|view(?:ing)?|session|connection|coverage|part|hours|time)\b"
)


def who_of(reading: Reading, event: Event, cast: Cast) -> str | None:
    """Surname of the professional an event speaks of; '' where unnamed but a professional's; None if someone else's."""
    named = _named(reading, event, cast)
    if named == "" and event.origin != "log" and _under_technologists_name(reading, event, cast):
        return None
    if named != "" or event.origin == "log" or len(cast.professionals) < 2:
        return named
    if _FIRST_PERSON.search(reading.unit_text(event.unit)):
        return writer_of_statement(reading, event.unit, cast)
    role, who = meant_before(reading, event.unit, cast)
    return who if role == "professional" else ""


def _under_technologists_name(reading: Reading, event: Event, cast: Cast) -> bool:
    """Whether a fragment without a subject goes with the technologist whom the one before names alone: 'Tech: Ana Ruiz, CNIM. In OR 9 0745-1540.'"""
    words, text = vocabulary(), reading.unit_text(event.unit)
    if event.unit.kind != "sentence" or _FIRST_PERSON.search(text):
        return False
    if any(words.regex(f"subject.{name}").search(text) for name in ("anybody", "professional")):
        return False
    return named_by_label(reading, event.unit, cast)[0] == "technologist"


def _named(reading: Reading, event: Event, cast: Cast) -> str | None:
    """The same by the words of the event alone."""
    text = (
        reading.text[event.clause[0] : event.clause[1]]
        if event.origin == "log"
        else reading.text[event.unit.start : event.unit.end]
    )
    if _WRITTEN_BY_TECHNOLOGIST.match(text) or (event.origin != "log" and _of_another_matter(reading, event)):
        return None
    own: list[tuple[int, str]] = []
    for person in cast.professionals:
        name = surname(person.name)
        own += [(m.start(), name) for m in standing(name).finditer(text)]
        own += [(m.start(), name) for m in user_name(person.name).finditer(text) if event.origin == "log"]
        letters = [p[0] for p in re.split(r"[\s,]+", person.name) if p and p[0].isupper()]
        if len(letters) >= 2:
            both = {
                "".join(letters),
                letters[0] + letters[-1],
                letters[-1] + letters[0] if "," in person.name else letters[0] + letters[-1],
            }
            own += [(m.start(), name) for m in _INITIALS.finditer(text) if m[1] + m[2] in both and event.origin == "log"]
        for initials in {"".join(p[0] for p in re.split(r"[\s,]+", person.name) if p), initials_of(person.name)}:
            if len(initials) > 2 and event.origin == "log":
                own += [(m.start(), name) for m in standing(initials, cased=True).finditer(text)]
        if event.origin == "log" and message_of(text, person.name):
            own.append((0, name))
        short = "-".join(part[0] for part in re.split(r"[-–]", name) if part).upper()
        if "Dr" in text and re.search(
            rf"\bDr\.?\s(?:{letters[-1] if letters else '#'}\b\.?(?!-)|{re.escape(short)}(?![\w-]))", text
        ):
            own.append((len(text), name))
    others = [p for p in cast.surgeons + cast.anesthesia + cast.technologists if _told_of(text, p)]
    relief = vocabulary().regex("relief.technologist").search(text)
    if relief and of_others(text, relief):
        # 'Anesthesia relieved by Nils Orr, MD' ends nobody's watch.
        return None
    speaker = _FIRST_PERSON.search(text)
    if speaker and event.origin != "log" and _by_technologist(reading, event, cast):
        return None
    if speaker and event.origin != "log":
        # 'I took this patient over from Dr. Castellane': the writer attended.
        told = [found for found in own if found[0] < speaker.start() or not _BESIDE.search(text[speaker.start() : found[0]])]
        if own and not told:
            return ""
        own = told
    words = vocabulary()
    if own and event.origin != "log" and event.unit.start <= event.clause[0]:
        low, high = event.clause[0] - event.unit.start, event.clause[1] - event.unit.start
        if len(cast.professionals) > 1 and words.regex("turn.of-nobody-named").match(text, low) is not None:
            # 'Left at 11:30; Dr. Reyes was to take over' tells of the one above.
            own = [found for found in own if found[0] < event.end - event.unit.start]
        own = [found for found in own if low <= found[0] < high] or own  # of several sentences the one with the time counts
    if own:
        first = min(own)
        if event.phase == "start" and len({n for _, n in own}) > 1:
            joins = re.search(r"(?:taking|takes|took|assum\w+|handing|hand\w*|turn\w*|transfer\w*|relieved)\b.*", text, re.I)
            if joins and event.origin == "log" and re.search(r"hand|turn|transfer|sign", joins.group(), re.I):
                return first[1]
        return first[1]
    technologist = words.regex("subject.technologist").search(text)
    if event.origin == "narrative" and (others or technologist) and not _before(text, event, others, technologist):
        # 'She joined at 8.44 and stayed until 11.15, able to speak to the room through the headset that Ms. Brandt wore'
        role, who = meant_by_pronoun(reading, event.unit, cast)
        if role == "professional":
            return who
    if speaker and technologist and speaker.start() < technologist.start() and not others:
        return ""  # 'My own attendance was from 08:31 to 11:12; before and after nobody but the technologist was there'
    if speaker and others and all(text.lower().find(surname(p.name)) > speaker.start() for p in others):
        # 'I was in the room ..., speaking with Dr. Amherst': the writer attended, whoever is spoken with.
        return ""
    if (stranger := _stranger(text, cast)) and not others:
        return None if vocabulary().regex("turn.stranger-operates").search(text) else stranger
    if words.regex("subject.professional").search(text) or re.search(r"\bremote(?:ly)?\b|\bDr\b|\bM\.?D\.?\b", text, re.I):
        return None if others else ""
    if others or technologist:
        return None
    if event.origin == "narrative" and event.kind == "professional":
        role, who = meant_by_pronoun(reading, event.unit, cast)
        if role != "professional" and words.regex("turn.of-fragment").match(text):
            role, who = named_by_label(reading, event.unit, cast)  # 'Ada Hale, MD. Connected from home, 9:10 to 12:45.'
        return who if role == "professional" else "" if words.regex("turn.session").search(text) else None
    if event.origin == "log":
        goes = words.regex("turn.by-program").search(text)
        return None if goes is None or _in_column_of_another(reading, event, event.clause[0] + goes.start()) else ""
    return ""


def _told_of(text: str, person: Person) -> bool:
    """Whether words name somebody otherwise than as the one who was spoken with: 'remote, 8:24 to 11:30, secure chat with Ms. Pike'."""
    spoken_with = vocabulary().regex("turn.spoken-with")
    return any(spoken_with.search(text, 0, found.start()) is None for found in standing(surname(person.name)).finditer(text))


def _in_column_of_another(reading: Reading, event: Event, at: int) -> bool:
    """Whether words of a row stand, or may stand where cells are empty, in a column of somebody else: 'signs out' below 'Technologist'."""
    cells = cells_of(reading, event.unit)
    names = heading_of(reading, event.unit, cells) if len(cells) > 1 else []
    own = [name for (low, high), name in zip(cells, names, strict=False) if low <= at < high]
    words = vocabulary()
    return any(
        words.regex(f"presence.{who}").search(name) is not None
        for name in (own if len(cells) == len(names) else names)
        for who in ("technologist", "other-person")
    )


def _by_technologist(reading: Reading, event: Event, cast: Cast) -> bool:
    """Whether the one who says 'I' is the technologist: 'note by tech: I was in OR 4 the whole case, 11:52 to 3:55'."""
    own = vocabulary().regex("presence.own-note").match(reading.unit_text(event.unit)) is not None
    speaker = _FIRST_PERSON.search(reading.unit_text(event.unit))
    said_by = event.unit.start + (speaker.start() if speaker else 0)
    return own or _under_name(reading, event, cast) or technologist_writes(reading, event.unit, said_by, cast)


_LABELLED = re.compile(r"[\w .]{2,24}:\s")


def _under_name(reading: Reading, event: Event, cast: Cast) -> bool:
    """Whether the sentence before, in the same paragraph, is the label with the technologist's name: 'tech: Yolanda Prewitt, CNIM.'."""
    above = reading.units[max(0, reading.index_of(event.unit) - 1)]
    text = reading.unit_text(above)
    if above.paragraph != event.unit.paragraph or above is event.unit or (label := _LABELLED.match(text)) is None:
        return False
    named = [any(surname(p.name) in text.lower() for p in people) for people in (cast.technologists, cast.professionals)]
    return named == [True, False] and vocabulary().regex("subject.technologist").search(label.group()) is not None


def _before(text: str, event: Event, others: tuple[Person, ...] | list[Person], technologist: re.Match[str] | None) -> bool:
    """Whether somebody else is named before the time that an event is of, or in the words up to it."""
    low = text[: event.end - event.unit.start].lower()
    return any(surname(p.name) in low for p in others) or (technologist is not None and technologist.start() < len(low))


def _of_another_matter(reading: Reading, event: Event) -> bool:
    """Whether the sentence of an event is of other hours than the watch, or begins with somebody who never is the professional."""
    words, text = vocabulary(), reading.unit_text(event.unit)
    if words.regex("hours.opens-with-other").match(text) and not words.regex("subject.professional").search(text):
        return True
    clause = reading.text[event.clause[0] : event.clause[1]]
    # 'Connected, two cases open (this one and one at another hospital)': what stands in brackets explains the rest
    if event.last is not None and words.regex("hours.elsewhere").search(BRACKETS.sub("", clause)):
        return True
    return (
        event.last is not None
        and any(words.regex(f"hours.{name}").search(clause) is not None for name in ("other-time", "other-matter"))
        and words.regex("hours.watching").search(clause) is None
    )


def _stranger(text: str, cast: Cast) -> str | None:
    """The doctor that a statement names, if nobody of the cast is: whatever is told is not told of somebody else."""
    people = (*cast.professionals, *cast.surgeons, *cast.anesthesia, *cast.technologists, *cast.assistants)
    known = {word.lower().strip(".,") for person in people for word in person.name.split()}
    named = [match["name"] for match in BY_TITLE.finditer(text)]
    return named[0] if named and not any(name.lower() in known for name in named) else None


def mode_at(reading: Reading, low: int, high: int, supervision: Supervision, near: int) -> str | None:
    """The mode said within a stretch of text: the one nearest to an offset."""
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


def spells_of(reading: Reading, events: tuple[Event, ...], cast: Cast, supervision: Supervision) -> list[Spell]:
    """Spells from log-on and log-off entries, an entry without its counterpart left open."""
    spells: list[Spell] = []
    open_spells: dict[str, Spell] = {}
    sole = cast.sole
    told = vocabulary().regex("turn.told-in-person")
    rows = [
        e for e in events if e.kind == "professional" and not (e.origin == "log" and told.search(reading.text, e.start, e.end))
    ]
    passing = [e for e in rows if _in_passing(reading, e, events, rows, cast)]
    rows = _without_passing(reading, rows, passing, cast) if passing else rows
    rows = [e for e in rows if not _announced(reading, e, rows, cast)]
    for event in sorted(rows, key=lambda e: (e.origin != "log", e.first)):
        who = who_of(reading, event, cast)
        if who is None:
            continue
        who = (
            who
            or sole
            or (_named_above(reading, event, cast) if event.origin != "log" else "")
            or (next(iter(open_spells)) if event.phase == "end" and len(open_spells) == 1 else "")
        )
        if not who and event.phase == "end" and _told_later(reading, event, rows, open_spells, cast):
            continue
        log = event.origin == "log"
        window = event.clause if log else (event.unit.start, event.unit.end)
        own = _OWN_SENTENCE.match(reading.text[slice(*event.clause)]) if log else None
        mode: str | None = weighed({phrase.kind for phrase in phrases_of_place(own.group())}) if own is not None else None
        mode = mode or mode_at(reading, *window, supervision, event.start) or (_place_told(reading, event) if log else None)
        if event.phase == "span" and event.last is not None:
            spells.append(Spell(who, event.first, event.last, log, mode, [event], window))
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
                spell = Spell(who, event.first, None, log, mode, [event], window)
                open_spells[who] = spell
                spells.append(spell)
        elif event.phase == "end":
            known = open_spells.pop(who, None) or (open_spells.pop("", None) if who else None)
            if known is not None:
                if known.first is None or event.first >= known.first:
                    known.last = event.first
                    known.places.append(event)
                    known.mode = known.mode or _left_room(reading, event)
            elif not any(s.who == who and s.last is not None and abs(s.last - event.first) < 240 for s in spells):
                spells.append(Spell(who, None, event.first, log, mode, [event], window))
    spells = [spell for spell in spells if not ((spell.first is None) != (spell.last is None) and spell.places[0] in passing)]
    return [spell for spell in _relieved(reading, spells) if not (_echoes(spell, spells) or _told_again(spell, spells))]


def _told_later(reading: Reading, event: Event, rows: list[Event], there: Iterable[str], cast: Cast) -> bool:
    """Whether a going of nobody named, in the entry of somebody's coming, is of one whose own going a later entry tells.

    '09:50 Dr. Quist joins, sign-out by phone' and '09:55 Dr. Hartwig off line'.
    """
    beside = [e for e in rows if e.unit is event.unit and e.phase == "start"]
    came = {who_of(reading, e, cast) for e in beside}
    going = (who_of(reading, e, cast) for e in rows if e.phase == "end" and e.first >= event.first and e.unit is not event.unit)
    return bool(beside) and any(who and who in there and who not in came for who in going)


def _in_passing(reading: Reading, event: Event, events: tuple[Event, ...], rows: list[Event], cast: Cast) -> bool:
    """Whether an entry about signals names the professional beside them alone.

    '11:40 ALERT: leg MEPs lost. Surgeon told, physician on line', '22:36 baselines ok'd by Dr. Hale on line': whoever is on the line then
    may have been there long before. An entry that says how somebody came or went is another matter.
    """
    text = reading.text[event.start : event.end]
    if event.origin != "log" or event.phase not in ("start", "end"):
        return False
    if words_of(text, cast.professionals) is not None:
        return event.phase == "start" and _attends_already(reading, event, rows, cast)
    words = vocabulary()
    seen = any(e.start == event.start and e.origin == "log" and e.kind in ("signals", "baseline") for e in events)
    seen = seen or words.regex("turn.of-signals").search(text) is not None
    return seen and words.regex("turn.outright").search(text) is None


def _attends_already(reading: Reading, event: Event, rows: list[Event], cast: Cast) -> bool:
    """Whether a message says how its writer attends, and an earlier one that he or she had read signals, without having come or gone.

    '1:05 Boateng: I see it, quiet in all four', '1:06 Boateng: baselines read', '1:52 Boateng: watching it live'.
    """
    text, words = reading.text[event.start : event.end], vocabulary()
    writer, message = next(
        ((person, found) for person in cast.professionals if (found := message_of(text, person.name))), (None, None)
    )
    if writer is None or message is None or words.regex("message.attends").match(message["said"]) is None:
        return False
    if any(e.first < event.first and who_of(reading, e, cast) == surname(writer.name) for e in rows):
        return False
    above = (reading.unit_text(unit) for unit in reading.units[: reading.index_of(event.unit)])
    said = (earlier["said"] for entry in above if (earlier := message_of(entry, writer.name)) is not None)
    return any(words.regex("message.has-read").search(before) is not None for before in said)


def _without_passing(reading: Reading, rows: list[Event], passing: list[Event], cast: Cast) -> list[Event]:
    """The rows without those in passing of somebody whose coming, or going, is told outright elsewhere.

    A going between two comings of the same person, told outright, is one however it is told: 'reader dropped off, recording runs' before
    'reader back on'.
    """
    people = {id(e): who_of(reading, e, cast) or cast.sole for e in rows}
    plain = sorted((e for e in rows if e not in passing and e.origin == "log"), key=lambda e: e.first)
    outright = {(people[id(e)], e.phase) for e in rows if e not in passing}

    def between(event: Event) -> bool:
        own = [e for e in plain if people[id(e)] == people[id(event)]]
        before = [e.phase for e in own if e.first < event.first][-1:]
        return [*before, *[e.phase for e in own if e.first > event.first][:1]] == [_OTHER_PHASE[event.phase]] * 2

    return [e for e in rows if e not in passing or (people[id(e)], e.phase) not in outright or between(e)]


_ANNOUNCED = 15
"""Minutes between what a reader writes of going and the going."""


def _announced(reading: Reading, event: Event, rows: list[Event], cast: Cast) -> bool:
    """Whether an entry only says who is to come, or that its writer has to go: '"I have to leave"', of which a later one has the going."""
    if event.origin == "log" and event.phase == "start":
        return vocabulary().regex("turn.bidden").search(reading.text, event.start, event.end) is not None
    if event.phase != "end" or event.origin != "log":
        return False
    if vocabulary().regex("turn.announced").search(reading.text, event.start, event.end) is None:
        return False
    who = who_of(reading, event, cast) or cast.sole
    later = [e for e in rows if event.first <= e.first <= event.first + _ANNOUNCED and e.start > event.start]
    own = [e.phase for e in sorted(later, key=lambda e: e.first) if (who_of(reading, e, cast) or cast.sole) == who]
    return own[:1] == ["end"]


_OTHER_PHASE = {"start": "end", "end": "start"}
"""Of a coming and a going."""


_SAME = 1
"""Minutes by which two statements of one coming or going may differ."""


def _echoes(half: Spell, spells: list[Spell]) -> bool:
    """Whether a spell of which one end is known is that end of another one of the same person.

    'Logged in 07:38 - 12:50' in a report, and '12:50 Recording stopped, Dr. R. signing off' in its log.
    """
    if (half.first is None) == (half.last is None):
        return False
    return any(
        s.who == half.who
        and None not in (s.first, s.last)
        and (
            abs((s.last or 0) - half.last) <= _SAME if half.last is not None else abs((s.first or 0) - (half.first or 0)) <= _SAME
        )
        for s in spells
    )


def _told_again(told: Spell, spells: list[Spell]) -> bool:
    """Whether a report tells by both its times, and of no other place, a spell that its log has: 'I went on line at 09:20 and stayed until 13:10'."""
    if told.log or None in (told.first, told.last):
        return False
    for known in spells:
        same = known.log and known.who == told.who and (known.first, known.last) == (told.first, told.last)
        if same and (told.mode is None or known.mode in (None, told.mode)):
            known.mode = known.mode or told.mode
            return True
    return False


def _place_told(reading: Reading, event: Event) -> str | None:
    """The place that the first words of an entry name by which a professional comes: 'here in OR 6', not 'phone on the machine'."""
    if event.phase != "start":
        return None
    if (tag := vocabulary().regex("turn.place-tag").search(reading.text, event.start, event.end)) is not None:
        tagged = weighed({phrase.kind for phrase in phrases_of_place(tag["place"], bare=True)})
        if tagged is not None:
            return tagged  # 'Location: OR 3'
    over = vocabulary().regex("turn.first-words-over").search(reading.text, event.start, event.end)
    first = reading.text[event.start : over.start() if over else event.end]
    return weighed({phrase.kind for phrase in phrases_of_place(first)})


def _left_room(reading: Reading, event: Event) -> str | None:
    """The room, where an entry says that the professional left it: whoever came somewhere and leaves the OR was in it."""
    left = vocabulary().regex("turn.left-room").search(reading.text, event.start, event.end) if event.origin == "log" else None
    return "in_room" if left else None


def _relieved(reading: Reading, spells: list[Spell]) -> list[Spell]:
    """The spells, those left open ended where the entry by which another one came says that he or she took over."""
    takes = vocabulary().regex("turn.takes-over")
    for spell in spells:
        if spell.last is not None or spell.first is None or not spell.who or not spell.log:
            continue
        for other in sorted((o for o in spells if o.log and o.who and o.who != spell.who), key=lambda o: o.first or 0):
            came = other.places[0]
            above = reading.units[max(0, reading.index_of(came.unit) - 1)]  # 'Dr. B takes it from here', then 'on'
            told = takes.search(reading.text, came.start, came.end) or takes.search(reading.text, above.start, above.end)
            if other.first is not None and other.first > spell.first and told:
                spell.last = other.first
                spell.places.append(came)
                break
    return spells


_BLOCK = 400
"""Characters above a label and its time within which the professional of the same block of a form is named."""


def _named_above(reading: Reading, event: Event, cast: Cast) -> str:
    """Surname of the professional named last above 'Connected: 22:04', as in forms with a block for each reader."""
    above = reading.lower[max(0, event.start - _BLOCK) : event.start]
    placed = {surname(p.name): above.rfind(surname(p.name)) for p in cast.professionals}
    best = max(placed, key=lambda name: placed[name], default="")
    return best if placed.get(best, -1) >= 0 else ""


def stated_spells(reading: Reading, events: tuple[Event, ...], cast: Cast, supervision: Supervision) -> list[Spell]:
    """Intervals said in prose or a form."""
    sole = cast.sole
    out: list[Spell] = []
    for event in events:
        kind = "attend" if event.kind == "patient.in" and event.last is not None else event.kind
        onward = event.last is None and event.phase in ("start", "point") and to_the_end(reading.unit_text(event.unit))
        if kind not in ("attend", "attend-monitored") or (event.last is None and not onward):
            continue
        who = who_of(reading, event, cast)
        # 'In the room 0818-1210' is said of the professional only where the statement names one.
        if who is None or (event.kind == "patient.in" and not who):
            continue
        if (
            event.kind == "attend-monitored"
            and not re.search(r"\bI\b|\bby\b|\bremote|\blive\b|\breal", reading.text[event.unit.start : event.unit.end], re.I)
            and not who
        ):
            continue
        if onward and (begun := _begun_before(reading, event, events)) is not None:
            window = (event.unit.start, event.unit.end)
            mode = mode_at(reading, begun.unit.start, event.unit.end, supervision, begun.start)
            out.append(Spell(who or sole, begun.first, event.first, False, mode, [begun, event], window))
            continue
        last = event.last
        if last is not None and last < event.first and overnight(event.first, last):
            last += DAY
        window = (event.unit.start, event.unit.end)
        mode = _mode_in(reading, event, supervision) or mode_at(reading, *window, supervision, event.start)
        out.append(Spell(who or sole, event.first, last, event.origin == "log", mode, [event], window))
        successor = _relief(reading, event, cast) if last is not None else None
        if successor is not None and successor != who:
            # 'from 08:50 to 10:15, when she was relieved by Dr. Reyes, who remained until the end of monitoring'
            out.append(Spell(successor, last, None, False, mode, [event], window))
    return out


def _begun_before(reading: Reading, event: Event, events: tuple[Event, ...]) -> Event | None:
    """The beginning of the stay that ends at the time of an event: 'I followed from 8:20. ... I then stayed to the end at 1:30'."""
    if vocabulary().regex("parcel.ended-at").search(reading.text[event.unit.start : event.end]) is None:
        return None
    begun = [e for e in events if e.kind == "attend" and e.phase == "start" and e.last is None and e.first < event.first]
    begun = [e for e in begun if e.unit.paragraph == event.unit.paragraph and e.start < event.start]
    return begun[0] if len(begun) == 1 else None


def _mode_in(reading: Reading, event: Event, supervision: Supervision) -> str | None:
    """The place that the clause of an event names, also in words that place nobody by themselves: 'in person in the OR 8:20-9:15; ...'.

    What the rest of the sentence says is of another time.
    """
    clause = reading.text[event.clause[0] : event.clause[1]]
    own = _OWN_SENTENCE.match(clause)
    if own is not None and (placed := weighed({phrase.kind for phrase in phrases_of_place(own.group())})) is not None:
        return placed  # '07:48-10:55 in OR 3. At 10:55 I went to my office'
    if (mode := mode_at(reading, *event.clause, supervision, event.start)) is not None:
        return mode
    return (
        weighed({phrase.kind for phrase in phrases_of_place(clause)})
        if event.clause != (event.unit.start, event.unit.end)
        else None
    )


_OWN_SENTENCE = re.compile(r"[^\n]{0,160}?[^\W\d_.]{2,}\d{0,2}\s?\d{0,2}\.(?=\s+[A-Z])")
"""The first sentence of a clause that goes on with another one."""
_WRITTEN_BY_TECHNOLOGIST = re.compile(
    r"\W*(?:\d{1,2}[:.]?\d{2}(?:[:.]\d\d)?\W+)?(?-i:TECH|CNIM|Tech)\b(?!\w*\s+(?:note|log))", re.I
)
"""An entry of a log behind the word for who wrote it: '12:36:00 TECH ... I was in OR 9 the entire case'."""
_BELOW = 16
"""Units below a statement in the first person among which its writer signs."""
_OPENING = 60
"""Characters at the opening of a paragraph that may name whose statement it is."""


def writer_of_statement(reading: Reading, unit: Unit, cast: Cast) -> str:
    """Surname of the professional who tells something in the first person, where several attended; '' where nothing says who.

    The paragraph opens with the name ('First. Ada Hale, MD. I followed ...'), or the signature stands below.
    """
    return writer_of_words(reading, unit, cast) if _FIRST_PERSON.search(reading.unit_text(unit)) else ""


def writer_of_words(reading: Reading, unit: Unit, cast: Cast) -> str:
    """The same of whatever speaks of something of the writer's, and tells of no watch."""
    if len(cast.professionals) < 2 or not vocabulary().regex("turn.own-words").search(reading.unit_text(unit)):
        return ""
    names = [surname(person.name) for person in cast.professionals]
    index = reading.index_of(unit)
    begin = index
    while begin and reading.units[begin - 1].paragraph == unit.paragraph:
        begin -= 1
    low = reading.units[begin].start
    opening = reading.lower[low : min(low + _OPENING, unit.start)]
    if len(found := {name for name in names if standing(name).search(opening)}) == 1:
        return found.pop()
    own = reading.text[unit.start : reading.paragraph_end(unit.start)].rstrip(" .")
    if len(ending := {name for name in names if _ends_with(name).search(own)}) == 1:
        return ending.pop()
    signed = vocabulary().regex("signature.signed")
    for below in reading.units[index + 1 : index + 1 + _BELOW]:
        if signed.search(reading.text, below.start, below.end) is None:
            continue
        text = reading.lower[below.start : below.end]
        if found := {name for name in names if standing(name).search(text)}:
            return found.pop() if len(found) == 1 else ""
    return ""


@functools.lru_cache(maxsize=64)
def _ends_with(name: str) -> Expression:
    """A name with its degree that stands behind the last full stop of a paragraph: '... my only case. A. Hale, MD'."""
    return Expression(
        rf"(?:[.!?)]|[-–—])\s+(?:Dr\.?\s+)?(?:[^\W\d_][\w'’-]*\.?\s+){{0,3}}{re.escape(name)}(?:,?\s+(?:M\.?D|D\.?O|Ph\.?D)\b\.?)+\s*$"
    )


_RELIEVED = re.compile(r"\b(?:relieved|replaced|succeeded)\s+by\b", re.I)


def _relief(reading: Reading, event: Event, cast: Cast) -> str | None:
    """Surname of the professional who took over at the end of a stated spell and stayed to the end of monitoring."""
    rest = reading.text[event.clause[0] : event.unit.end]
    found = _RELIEVED.search(rest)
    if found is None or not to_the_end(rest[found.end() :]):
        return None
    names = [surname(p.name) for p in cast.professionals]
    after = rest[found.end() : found.end() + 60].lower()
    return next((name for name in names if name in after), None)


def to_the_end(text: str) -> bool:
    """Whether words say that something went on to the end of the monitoring: 'until closing', 'to the last run', 'for the rest'."""
    return vocabulary().regex("parcel.to-the-end").search(text) is not None
