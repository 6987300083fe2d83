"""Whether the one who watched the record was of the operating team: the surgeon, the assistant, or who gave the anesthetic.

Patterns (`supervision.operator`) know whole wordings; where a record names no other professional, the words are put together: a member
of the team, or the 'I' of a record that only they signed, and the watching of the record (`operator.*`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ionm_notes.read.names import same_person, titled
from ionm_notes.read.people import Cast
from ionm_notes.read.persons import is_technologist
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.roles import on_the_team
from ionm_notes.read.said import Said
from ionm_notes.read.signature import Signing
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person, Proof

_REACH = 90
"""Characters before the watching in which the one stands who watched."""


def operating_monitor(
    reading: Reading, supervision: Supervision, cast: Cast, signing: Signing
) -> tuple[Supervision, Cast, Proof]:
    """The statements without those of something else, the cast with its team, and evidence that the professional was of it."""
    supervision = replace(supervision, operator=tuple(s for s in supervision.operator if _by_operator(reading, s, cast)))
    cast = _with_both_parts(reading, supervision, _with_team(reading, cast))
    return supervision, cast, _shown(reading, supervision, cast, signing)


def _shown(reading: Reading, supervision: Supervision, cast: Cast, signing: Signing) -> Proof:
    """Evidence that the one who watched was the surgeon, the assistant or the anesthesia provider; none where nothing shows it."""
    team = (*cast.surgeons, *cast.assistants, *cast.anesthesia)
    for person in cast.professionals:
        for other in team:
            if same_person(person.name, other.name) and person.evidence != other.evidence:
                return person.evidence + other.evidence
    if supervision.operator:
        return tuple(s.evidence for s in supervision.operator[:1])
    if cast.professionals:
        return ()
    return _signed_for(supervision, cast, signing) or next(_watched(reading, team, signing), ())


def _with_team(reading: Reading, cast: Cast) -> Cast:
    """The cast with each professional whom words elsewhere in the record put on the operating or anesthesia team there too."""
    found = [(p, told) for p in cast.professionals if (told := on_the_team(reading.text, p.name)) is not None]
    people = [replace(p, role=role, evidence=reading.proof(low, high)) for p, (role, low, high) in found]
    return replace(
        cast,
        anesthesia=cast.anesthesia + tuple(p for p in people if p.role == "anesthesia"),
        assistants=cast.assistants + tuple(p for p in people if p.role == "assistant"),
    )


def _with_both_parts(reading: Reading, supervision: Supervision, cast: Cast) -> Cast:
    """The cast with the professional on the team whom one label gives both parts, or who tells of both.

    'Anesthesiologist and monitoring physician: Ada Hale, MD', 'I read the EMG in the room in addition to giving the anesthetic'.
    """
    for said in supervision.operator:
        own = reading.text[said.start : said.end]
        behind = reading.text[said.end : said.end + _NAME_BEHIND]
        named = [p for p in cast.professionals if own[-1:] in ":=|\t" and titled(p.name).search(behind) is not None]
        told = named or (list(cast.professionals) if own.startswith("I ") and len(cast.professionals) == 1 else [])
        if len(told) != 1:
            continue
        person = replace(told[0], evidence=(said.evidence,))
        gave = "operator.gave-anesthetic" if own.startswith("I ") else "operator.anesthesia"
        if vocabulary().regex(gave).search(own) is not None:
            return replace(cast, anesthesia=(*cast.anesthesia, replace(person, role="anesthesia")))
        return replace(cast, surgeons=(*cast.surgeons, replace(person, role="surgeon")))
    return cast


_NAME_BEHIND = 40
"""Characters behind a label within which the name stands that it gives."""


def _signed_for(supervision: Supervision, cast: Cast, signing: Signing) -> Proof:
    """Evidence that the surgeon or the anesthesia provider signed a record of which somebody says that it was watched live."""
    for mark in signing.marks:
        if mark.name is None or is_technologist(mark.name.credentials) or not supervision.live:
            continue
        for other in cast.surgeons + cast.anesthesia:
            if same_person(mark.name.name, other.name):
                return (mark.evidence, *other.evidence)
    return ()


def _watched(reading: Reading, team: tuple[Person, ...], signing: Signing) -> Iterator[Proof]:
    """Statements that one of the team watched the record: 'carried out by Dr. Abel', 'I listened to the monitor'."""
    words = vocabulary()
    names = [titled(person.name) for person in team]
    signers = [mark.name.name for mark in signing.marks if mark.name is not None]
    own = bool(signers) and all(any(same_person(name, person.name) for person in team) for name in signers)
    for unit, match in reading.told(words.patterns["operator.watches"]):
        before = reading.text[max(unit.start, match.start() - _REACH) : match.start()]
        behind = reading.text[match.end() : min(unit.end, match.end() + _REACH)]
        if words.regex("operator.something-else").search(before + match.group()) or words.regex("operator.reader").search(before):
            continue
        if match["it"] is not None and not _of_a_monitor(reading, unit):
            continue
        if match["by"] is not None:
            at = [found.start() for name in names if (found := name.search(behind))]
            me = own and words.regex("operator.me-behind").match(behind) is not None
            told = me or words.regex("operator.role-behind").match(behind) is not None or (bool(at) and min(at) <= _TITLE)
        else:
            writer = own and words.regex("operator.writer").search(before) is not None
            told = writer or any(name.search(before) for name in names)
        if told:
            yield (reading.evidence(unit.start, unit.end),)


def _of_a_monitor(reading: Reading, unit: Unit) -> bool:
    """Whether 'it' of a statement is the monitor: of it the statement itself tells, or the one before in its paragraph."""
    index = reading.index_of(unit)
    near = [unit, *(other for other in reading.units[max(index - 1, 0) : index] if other.paragraph == unit.paragraph)]
    return any(vocabulary().regex("operator.monitor").search(reading.unit_text(one)) for one in near)


_TITLE = 8
"""Characters of a title and an article before a name."""


def _by_operator(reading: Reading, said: Said, cast: Cast) -> bool:
    """Whether what is said of watching is of the operating team: nothing it asked for, no other monitor, no reader by name."""
    words = vocabulary()
    told = reading.text[max(said.unit.start, said.start - 60) : said.end]
    if words.regex("operator.something-else").search(told):
        return False
    own = reading.text[said.start : said.end]
    others = cast.surgeons + cast.assistants + cast.anesthesia
    readers = [titled(p.name) for p in cast.professionals if not any(same_person(p.name, other.name) for other in others)]
    if words.regex("operator.role").search(own) or any(titled(p.name).search(own) for p in others):
        return True
    return not (words.regex("operator.reader").search(told) or any(name.search(told) for name in readers))
