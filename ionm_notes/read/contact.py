"""Whether the professional and the operating room were in touch: what a form answers, and what clauses say in words no pattern holds.

A clause is spelled in letters (`things.py`, words in `patterns/contact.toml`): the professional, the people of the room, means, speaking,
at once, open. 'Word went to and fro between Dr. Hale and the room' needs no pattern of its own. What is said to a family, to
another department, or before and after the operation is none. Source: the contract's element `communication`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ionm_notes.read.boxes import BOX
from ionm_notes.read.caseload import person_named
from ionm_notes.read.expression import Expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import unmarked_writer_of, writer_of, written_by
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.things import HUMP, LOG_ENTRY, spelled
from ionm_notes.read.vocabulary import vocabulary

_NO_LINK = re.compile(r"\W*(?:none|no\b|n/?a\b|nil|unknown|not\s|_{2,}|$)", re.I)
_LETTERS = {
    "contact.two-way": "B",
    "contact.on-line": "v",
    "contact.writes": "M",
    "contact.means": "V",
    "contact.speaks": "Y",
    "contact.at-once": "T",
    "contact.room": "R",
    "contact.professional": "P",
    "contact.none": "N",
    "contact.failed": "F",
    "contact.open": "O",
}
_IN_TOUCH = re.compile(
    r"^(?=.*P)(?=.*R)(?=.*[Vv])(?=.*[OYTv])"  # 'a channel of communication subsisted between the reader and the room'
    r"|^(?=.*P)(?=.*Y)(?=.*[TVv])"  # 'discussed with me then and there', 'the MD was reached via message'
    r"|^(?=.*P)(?=.*[MV])(?=.*T)|^(?=.*P)(?=.*M)"  # 'messages back and forth with the MD', 'texting with the MD'
    r"|^(?=.*P)(?=.*v)"  # 'got the doctor on the line'
    r"|^(?=.*P)(?=.*V\.{0,2}O)"  # 'phone open'
    r"|^(?=.*B)(?=.*[YV])(?=.*[RPO])"  # 'a two-way exchange with the team'
    r"|V\.?Y[.O]*R|Y\.{0,2}VO|^(?=.*V)(?=.*O[.]{0,1}R)"  # 'line of speech stood open with the surgeon'
)
_AGAINST = re.compile(r"N[^:]{0,5}[VvYMBP]|:\.?N|[Vv][^:]{0,6}F")
_LONGEST = 240
"""Characters of the longest statement that is taken thing by thing."""
_EXCHANGE = 2
"""Answers of the professional to the technologist that make an exchange of messages."""
_YES = re.compile(
    r"(?P<label>[^:=?\t\n]{3,60}?)\s*(?:[:=?\t]|\s[-–—]\s)+\s*(?:yes|y|true|open|on|established|maintained)\W*$", re.I
)
_UNREAL = re.compile(r"\b(?:may|might|would|should|shall|will|must|if\s+needed|as\s+needed)\b", re.I)


def of_another_matter(reading: Reading, said: Said) -> bool:
    """Whether words of being in touch are of the family, of another department, or of another time."""
    low = max(reading.text.rfind(mark, said.unit.start, said.start) + 1 for mark in ";\t")
    high = min((at for mark in ";\t" if (at := reading.text.find(mark, said.end, said.unit.end)) >= 0), default=said.unit.end)
    return (
        vocabulary()
        .regex("contact.another-matter")
        .search(reading.text, max(low, said.unit.start, said.start - 60), min(high, said.end + 40))
        is not None
    )


def composed_contact(reading: Reading, cast: Cast) -> tuple[Said, ...]:
    """The first statement that says that they were in touch, thing by thing."""
    words = vocabulary()
    named = [(person_named(p.name), "P") for p in cast.professionals]
    named += [(person_named(p.name), "R") for p in (*cast.technologists, *cast.surgeons)]
    places = [
        m.start()
        for name in ("means", "speaks", "writes", "two-way")
        for m in words.regex(f"contact.{name}").finditer(reading.text)
    ]
    places += [m.start() for m in re.finditer(r"[Tt]wo[Ww]ay", reading.text)]
    units = {unit.start: unit for place in places if (unit := reading.unit_at(place)) is not None}
    for _, unit in sorted(units.items()):
        if _speaks_of_touch(reading, unit, named):
            return (Said("communication", unit.start, unit.end, unit, "", reading.evidence(unit.start, unit.end)),)
    return ()


def exchanged(reading: Reading, cast: Cast) -> tuple[Said, ...]:
    """The professional's answer in an exchange of messages with the technologist: whoever writes to and fro is in touch.

    One answer may have been written at any time; an exchange is two of the professional's, each with one of the technologist's before it.
    """
    units = [unit for unit in reading.units if unit.kind != "running"]
    marked = [
        (unit, told[0])
        for unit in units
        if (told := writer_of(reading.unit_text(unit), cast.professionals, cast.technologists, cast.surgeons))
    ]
    for written in (marked, _talk(reading, units, cast)):
        answers = [
            unit
            for (_, before), (unit, role) in itertools.pairwise(written)
            if role == "professional" and before == "technologist"
        ]
        if len(answers) >= _EXCHANGE:
            first = answers[0]
            return (Said("communication", first.start, first.end, first, "", reading.evidence(first.start, first.end)),)
    return _between_roles(reading, units, cast)


def _between_roles(reading: Reading, units: list[Unit], cast: Cast) -> tuple[Said, ...]:
    """The first of the professional's messages in a log that names writer and reader of each by what they are: '08:33 R>T good morning'."""
    words = vocabulary()
    texts = [(unit, reading.unit_text(unit)) for unit in units] if cast.professionals and cast.technologists else []
    answers = [unit for unit, text in texts if words.regex("contact.to-technologist").match(text)]
    if len(answers) < _EXCHANGE or not any(words.regex("contact.to-professional").match(text) for _, text in texts):
        return ()
    return (
        Said(
            "communication", answers[0].start, answers[0].end, answers[0], "", reading.evidence(answers[0].start, answers[0].end)
        ),
    )


def _talk(reading: Reading, units: list[Unit], cast: Cast) -> Iterator[tuple[Unit, str]]:
    """Each entry of a log that begins with its writer without a mark behind the name, with the writer's role.

    The professional's only where they are talk ('seen. tell Dr T now please'): such a log may be a program's ('09:12 ahale viewer attached').
    """
    rows = {unit.start: reading.unit_text(unit) for unit in units if unit.kind == "row"}
    if not written_by(tuple(rows.values()), cast.professionals + cast.technologists):
        return
    talk = vocabulary().regex("contact.talk")
    for unit in units:
        told = unmarked_writer_of(rows.get(unit.start, ""), cast.professionals + cast.technologists)
        if told is not None and (told[0] in cast.technologists or talk.search(rows[unit.start], told[1])):
            yield unit, "technologist" if told[0] in cast.technologists else "professional"


def _speaks_of_touch(reading: Reading, unit: Unit, named: list[tuple[Expression, str]]) -> bool:
    text = reading.unit_text(unit)
    if unit.kind == "running" or len(text) > _LONGEST or LOG_ENTRY.match(text) or BOX.search(text) or text.rstrip().endswith("?"):
        return False
    if vocabulary().regex("contact.another-matter").search(text) or _UNREAL.search(text):
        return False
    answered = _YES.match(text)
    if answered and vocabulary().regex("contact.asked").match(HUMP.sub(" ", answered["label"])):
        return True
    letters, _ = spelled(text, _LETTERS, named)
    return _IN_TOUCH.search(letters) is not None and _AGAINST.search(letters) is None


def answered_link(reading: Reading, fields: Fields) -> list[Said]:
    """What a form states where it asks for the way of communication, whatever it names, unless it says none or all is unticked."""
    found = []
    for item in fields.of("communication"):
        value, unit = item.value(reading), reading.unit_at(item.start)
        boxes = list(BOX.finditer(value))
        if unit is None or not value or _NO_LINK.match(value) or (boxes and not any(box["on"] for box in boxes)):
            continue
        line = reading.text.rfind("\n", 0, item.start) + 1
        if vocabulary().regex("contact.another-matter").search(reading.text, max(line, item.start - 24), item.high):
            continue  # 'Billing contact: office'
        found.append(Said("communication", item.low, item.high, unit, "", reading.evidence(item.start, item.high)))
    return found
