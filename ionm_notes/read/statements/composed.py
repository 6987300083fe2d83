"""What a clause states of the record, told from the things it names where no pattern knows the wording.

A clause is spelled in letters (`ionm_notes/read/things.py`, words in `patterns/stated.toml`); `questions.py` says which orders of
letters state an order for monitoring, what baselines were like, that nothing changed,
a change of which the surgeon was told, an interpretation, why the operation put nerves at risk, or that the professional spoke with
the surgeon in the room. 'The requisition for surveillance bears the name of Dr. Hale' needs no pattern of its own. Patterns go first:
a question is asked here only where they found nothing in the whole document. Entries of a log and check boxes are left to their readers.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ionm_notes.read.answers import answer_behind
from ionm_notes.read.boxes import BOX, only_ticked
from ionm_notes.read.contact import composed_contact, exchanged
from ionm_notes.read.events.model import cells_of
from ionm_notes.read.expression import Expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import initials_of, surname, titled
from ionm_notes.read.people import Cast
from ionm_notes.read.presence import answered_presence, composed_presence, listed_in_room, own_log_presence
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.statements.course import acted_upon, of_failure
from ionm_notes.read.statements.model import Statements, clip
from ionm_notes.read.statements.questions import (
    ALERT,
    BASELINE,
    CALM,
    CALM_THROUGHOUT,
    DANGER,
    IN_ROOM,
    ORDER,
    ORDER_BESIDE_SURGEON,
    ORDER_BY_NAME,
    PROFESSIONAL,
    SUMMING,
    SURGEON,
    TECHNOLOGIST,
    TOLD,
    Question,
)
from ionm_notes.read.statements.request import left_open
from ionm_notes.read.stayed import stayed_unnamed
from ionm_notes.read.supervision import HISTORIC, Supervision
from ionm_notes.read.things import LOG_ENTRY, spelled
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence

_LONGEST = 420
"""Characters of the longest statement that is taken thing by thing."""


_OUT_OF_COURSE = ("indication", "procedure", "billing", "order", "anesthesia", "modalities", "patient")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: the statement, and the range of the text that gives it."""

    unit: Unit
    start: int
    end: int

    def evidence(self, reading: Reading) -> Evidence:
        """The words that say it, with a few around them; all of them where they run over two sentences."""
        if self.start < self.unit.start:
            return reading.evidence(self.start, self.end)
        return clip(reading, self.unit, self.start, self.end, 20, 30)


@functools.lru_cache(maxsize=256)
def _initials(letters: str) -> Expression:
    return Expression(rf"(?<![\w.]){letters}(?![\w.])", cased=True)


class Answers:
    """Answers questions from the statements of a document."""

    def __init__(self, reading: Reading, fields: Fields, cast: Cast) -> None:
        self._reading, self._fields = reading, fields
        operating = {surname(person.name) for person in cast.surgeons}
        watching = [person for person in cast.professionals if surname(person.name) not in operating]
        people = ((PROFESSIONAL, watching), (TECHNOLOGIST, cast.technologists), (SURGEON, cast.surgeons))
        self._named = [(titled(person.name), letter) for letter, group in people for person in group]
        shared = {surname(person.name)[:1] for person in cast.surgeons}
        if letters := "".join(sorted({surname(person.name)[:1] for person in watching} - shared - {""})).upper():
            self._named.append((Expression(rf"\bDr\.?\s[{re.escape(letters)}](?![\w'’])", cased=True), PROFESSIONAL))  # 'Dr. D.'
        marks = {initials_of(person.name) for person in cast.surgeons}
        marks -= {initials_of(person.name) for person in (*watching, *cast.technologists, *cast.anesthesia)}
        self._initialled = [*self._named, *((_initials(mark), SURGEON) for mark in sorted(marks) if len(mark) > 1)]

    def to(self, question: Question, sections: tuple[str, ...] = (), *, over_two: bool = False) -> Found | None:
        """The first statement that answers a question; `sections` are parts of the record where it cannot stand.

        `over_two`: the answer may begin in one sentence and end in the next.
        """
        for unit, low, text in self._clauses(question, sections, over_two=over_two):
            letters, spans = spelled(text, question.letters, self._initialled if question.initials else self._named)
            match = question.answers.search(letters)
            if match is None or question.against.search(letters):
                continue
            if question.denied and vocabulary().regex(question.denied).search(text):
                continue
            start, end = (match.start(), match.end()) if match.group() else (0, len(spans))
            found = Found(unit, low + spans[start][0], low + spans[end - 1][1])
            if question.celled and left_open(self._reading, found.end):
                continue
            if "stated.told" in question.needs and self._of_else(found):
                continue
            return found
        return None

    def _of_else(self, found: Found) -> bool:
        """Whether what was told is answered with no, or was no change: 'Surgeon notified: ____', 'was told that the needles were out'."""
        if answer_behind(self._reading, found.unit, found.end) in ("no", "blank"):
            return True
        behind = self._reading.text[found.end : found.unit.end]
        return any(vocabulary().regex(f"statement.told.{name}").search(behind) for name in ("of-else", "answered-no"))

    def _clauses(self, question: Question, sections: tuple[str, ...], *, over_two: bool) -> Iterator[tuple[Unit, int, str]]:
        """Clauses of the statements that name a needed thing, each alone and, `over_two`, behind the clause before it."""
        text = self._reading.text
        for number in self._naming(question.needs):
            unit = self._reading.units[number]
            if sections and self._fields.section_at(unit.start) in sections:
                continue
            before = self._parts(number - 1, question)[-1:] if over_two and number else []
            if before and unit.paragraph != self._reading.units[number - 1].paragraph:
                before = []
            for low, high in self._parts(number, question):
                yield unit, low, only_ticked(text[low:high]).replace("\t", ":")
                if before and over_two:
                    yield unit, before[0][0], only_ticked(text[before[0][0] : high]).replace("\t", ":")
                before = [(low, high)]

    def _naming(self, needs: tuple[str, ...]) -> list[int]:
        """Numbers of the statements that name one of these things, in order of place."""
        places = (match.start() for name in needs for match in vocabulary().regex(name).finditer(self._reading.text))
        units = {unit.start: unit for place in places if (unit := self._reading.unit_at(place)) is not None}
        return [self._reading.index_of(unit) for _, unit in sorted(units.items())]

    def _parts(self, number: int, question: Question) -> list[tuple[int, int]]:
        """The parts of a statement between semicolons; none of what is left to other readers."""
        unit = self._reading.units[number]
        if unit.kind == "running" or unit.end - unit.start > _LONGEST:
            return []
        text = self._reading.unit_text(unit)
        if (LOG_ENTRY.match(text) and not question.logged) or (BOX.search(text) and not question.ticked) or HISTORIC.search(text):
            return []
        parts, at = [], unit.start
        for part in text.split(";"):
            parts.append((at, at + len(part)))
            at += len(part) + 1
        if question.celled and "\t" in text:
            cells = cells_of(self._reading, unit)
            parts += [*cells, *((low, high) for (low, _), (_, high) in pairwise(cells))]
        return parts


def with_composed(
    reading: Reading, fields: Fields, cast: Cast, said: Statements, supervision: Supervision
) -> tuple[Statements, Supervision]:
    """What patterns found, with what clauses state thing by thing where patterns found nothing."""
    answers = Answers(reading, fields, cast)

    def of(question: Question, *sections: str) -> tuple[Evidence, ...]:
        found = answers.to(question, sections)
        return (found.evidence(reading),) if found else ()

    if not (said.change and said.told) and (alert := answers.to(ALERT, _OUT_OF_COURSE, over_two=True)):
        shown = (alert.evidence(reading),)
        said = replace(said, change=said.change or shown, told=said.told or shown, findings=said.change or shown)
    if not (said.change and said.told) and (heard := answers.to(TOLD, _OUT_OF_COURSE)):
        shown = (heard.evidence(reading),)
        text = reading.unit_text(heard.unit)
        if (said.change or acted_upon(text)) and not of_failure(text):
            said = replace(said, change=said.change or shown, told=said.told or shown, findings=said.findings or shown)
    said = replace(
        said,
        order=said.order
        or of(ORDER, "findings", "interpretation", "baseline")
        or of(ORDER_BY_NAME, "findings", "interpretation", "baseline", "billing")
        or of(ORDER_BESIDE_SURGEON, "findings", "interpretation", "baseline", "billing"),
        baseline_findings=said.baseline_findings or of(BASELINE, "indication", "procedure", "patient", "interpretation"),
        findings=said.findings
        or of(CALM, "baseline", *_OUT_OF_COURSE)
        or of(CALM_THROUGHOUT, "indication", "procedure", "patient"),
        interpretation=said.interpretation or of(SUMMING, "indication", "procedure", "patient", "order"),
        indication=said.indication or of(DANGER, "findings", "interpretation", "baseline", "billing"),
    )
    if not supervision.presence:
        supervision = replace(
            supervision,
            presence=composed_presence(reading, cast)
            or answered_presence(reading)
            or own_log_presence(reading, cast)
            or listed_in_room(reading, cast)
            or stayed_unnamed(reading, cast, supervision.modes),
        )
    if not supervision.communication and (spoken := answers.to(IN_ROOM)):
        supervision = replace(supervision, communication=(_said("communication", spoken, reading),))
    if not supervision.communication:
        supervision = replace(supervision, communication=composed_contact(reading, cast) or exchanged(reading, cast))
    return said, supervision


def _said(what: str, found: Found, reading: Reading) -> Said:
    return Said(what, found.start, found.end, found.unit, "", found.evidence(reading))
