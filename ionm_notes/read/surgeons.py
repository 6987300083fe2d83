"""Finds the surgeon where no label names one: in plain statements, beside the operation, as whoever asked for monitoring or is written to.

Read on only for a surgeon in prose; labels and all other roles are read by `people.py`.
"""

from __future__ import annotations

import re

from ionm_notes.read.addressee import addressed, bracketed, in_small_letters
from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import DOCTOR, Name, names_in, surname
from ionm_notes.read.persons import is_technologist, merge
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person


def surgeons_in_prose(reading: Reading, fields: Fields, signers: tuple[Name, ...]) -> list[Person]:
    """The surgeon where no label names one: from plain statements, and else whom the record speaks to or names first.

    Who signs the record is not taken for the surgeon for being named first.
    """
    out: list[Person] = []
    pattern = expression(
        r"\b(?:surgeon(?:['’]s\s+name)?|surgeons|operated on by|performed by|operation by|op by|surgery by|procedure by|under the care of)\s*[,:(]?\s*(?:was\s+|is\s+)?(?:Doctor\s+)?(?=(?:Dr|Prof|Mr|Ms|DR)?\.?\s?[A-Z])"
    )
    for match in pattern.finditer(reading.text):
        for found in names_in(reading.text, match.end(), min(len(reading.text), match.end() + 60))[:1]:
            if reading.text[match.end() : found.start].strip() or long_ago(reading, match.start(), found.end):
                continue
            if (found.title or found.credentials or len(found.name.split()) > 1) and not is_technologist(found.credentials):
                merge(out, Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    for found in () if out else (*bracketed(reading), *in_small_letters(reading)):
        if not any(surname(found.name) == surname(signer.name) for signer in signers):
            merge(out, Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    if out:
        return out
    if letter := addressed(reading, signers):
        return [Person(letter.name, letter.credentials, "surgeon", reading.proof(letter.start, letter.end))]
    out = _surgeon_who_asked(reading) or _surgeon_behind_operation(reading, fields) or _surgeon_of_operation(reading)
    if out:
        return out
    for item in fields.of("order"):
        if vocabulary().regex("person.elsewhere").search(reading.text, item.low, item.high):
            continue  # 'Referring: Harold Dunne, MD, family medicine'
        for found in names_in(reading.text, item.low, min(item.high, item.low + 60))[:1]:
            if found.title or found.credentials:
                out.append(Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    if not out:
        for match in expression(r"(?:^|\n)To:?\s+(?=[A-Z])", cased=True).finditer(reading.text):
            for found in names_in(reading.text, match.end(), match.end() + 50)[:1]:
                if found.credentials or found.title:
                    out.append(Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    if not out:
        for match in expression(r"\bDear\s+(?=(?:Dr|Mr|Ms|Prof))", cased=True).finditer(reading.text):
            if vocabulary().regex("addressee.no-surgeon").search(reading.text, max(0, match.start() - _ADDRESS), match.start()):
                continue  # 'Appeals Department': a letter about a claim
            for found in names_in(reading.text, match.end(), match.end() + 40)[:1]:
                out.append(Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    if not out:
        skip = fields.of("anesthesia", "professional", "technologist", "assistant")
        first = next((m for m in DOCTOR.finditer(reading.text) if not any(f.low <= m.start() < f.high for f in skip)), None)
        if first and not long_ago(reading, first.start(), first.end()):
            line = reading.text[reading.text.rfind("\n", 0, first.start()) + 1 : first.end() + 30].split("\n")[0]
            if not any(vocabulary().regex(f"person.{other}").search(line) for other in ("no-surgeon", "elsewhere")):
                for found in names_in(reading.text, first.start(), first.end() + 12)[:1]:
                    if not any(surname(found.name) == surname(signer.name) for signer in signers):
                        out.append(Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    return out


_ADDRESS = 160
"""Characters before a greeting in which the address stands."""


def long_ago(reading: Reading, low: int, high: int) -> bool:
    """Whether words right before or behind tell of an earlier operation: 'Prior surgery by Dr. Hale in 2009'."""
    unit = reading.unit_at(low)
    if unit is None:
        return False
    before, behind = reading.text[max(unit.start, low - 24) : low], reading.text[high : min(unit.end, high + 30)]
    return vocabulary().regex("people.long-ago").search(f"{before} # {behind}") is not None


def _surgeon_behind_operation(reading: Reading, fields: Fields) -> list[Person]:
    """The surgeon whose name ends the field of the operation: 'Operation | Repair of the aorta, Ann Hale, MD'."""
    out: list[Person] = []
    for item in fields.of("procedure"):
        comma = reading.text.find(", ", item.low, item.high)
        for found in names_in(reading.text, comma + 2, item.high)[-1:] if comma > 0 else ():
            ends = not reading.text[found.end : item.high].strip(" .;)")
            if ends and found.credentials and not is_technologist(found.credentials) and len(found.name.split()) > 1:
                out.append(Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    return out


_ASKED = expression(
    r"(?P<who>(?:(?:Dr|Prof|Mr|Ms|DR|Col|Capt|Maj|Lt)\.?\s(?:dr\.?\s)?[A-Z][\w.'’ -]{1,40}?(?:,\s?(?:MD|DO|M\.D\.|PhD))?"
    r"|[A-Z][\w.'’ -]{3,40}?,\s?(?:MD|DO|M\.D\.)(?=,?\s+who\b))),?\s+(?:who\s+)?(?:has\s+|had\s+)?(?:also\s+)?"
    r"(?:asked|requested|ordered|wanted|called\s+for|rang|bade|put\s+in|sent)\b",
    cased=True,
)
_BY = re.compile(r"\b[Bb]y:?\s+(?:you,\s+)?(?=(?:(?:Dr|Prof|Mr|Ms|Col|Capt|Maj|Lt)\.?\s+)?[A-Z])")
_OTHER_WORK = re.compile(
    r"\b(?:supervis|interpret|read|monitor|watch|request|order|record|sign|dictat|transcrib|kept|refer|verif|releas|review|overs|"
    r"attest|authenticat|print|an(?:a)?esth|follow|accompan|caus)\w*\s*(?:\w+\s+){0,2}$",
    re.I,
)


def _surgeon_who_asked(reading: Reading) -> list[Person]:
    """The surgeon as the one who asked for monitoring: 'Dr. Voss requested', 'Ann Hale, MD, who put in the order'."""
    out: list[Person] = []
    for match in _ASKED.finditer(reading.text):
        for found in names_in(reading.text, match.start(), match.end("who"))[:1]:
            merge(out, Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    return out


def _surgeon_of_operation(reading: Reading) -> list[Person]:
    """The surgeon as the one by whom a named operation was done: 'L4 laminectomy, by Ann Hale, MD'."""
    term = vocabulary().patterns["operation.term"]
    out: list[Person] = []
    for unit in dict.fromkeys(unit for unit, _ in reading.told(term)):
        for match in _BY.finditer(reading.text, unit.start, unit.end):
            if _OTHER_WORK.search(reading.text[max(unit.start, match.start() - 40) : match.start()]):
                continue
            if long_ago(reading, match.start(), match.end() + 30):
                continue
            for found in names_in(reading.text, match.end(), min(unit.end, match.end() + 50))[:1]:
                if not reading.text[match.end() : found.start].strip() and (found.credentials or found.title):
                    merge(out, Person(found.name, found.credentials, "surgeon", reading.proof(found.start, found.end)))
    return out
