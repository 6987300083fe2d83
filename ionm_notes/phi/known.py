"""Who and what a document names: people with all parts of their names, the facility, birth dates, numbers by their labels.

What is learned here once is masked everywhere in the document, with or without its label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ionm_notes.phi import naming
from ionm_notes.phi.dates import dates_in
from ionm_notes.phi.lexicon import is_field_word
from ionm_notes.phi.persons import Person, add, initials_of, label_all, parts_of, surname_of
from ionm_notes.phi.places import facilities, streets, towns
from ionm_notes.phi.shapes import Kind, shapes_in
from ionm_notes.phi.strangers import strangers_in
from ionm_notes.read.fields import Fields, read_fields
from ionm_notes.read.identity import read_identity
from ionm_notes.read.reading import Reading, lay_out
from ionm_notes.types import Case, Document


@dataclass(slots=True)
class Known:
    """What a document names. `patient` is what a patient's dates are moved by; `year` is taken where a date has none."""

    people: list[Person] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    births: set[date] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    """Every date in the document; others, of rules and policies, are not the patient's."""
    signs: set[str] = field(default_factory=set)
    """Initials of staff that fill a cell of a log; elsewhere the same letters may be a muscle."""
    numbers: dict[str, Kind] = field(default_factory=dict)
    """Values that were found by label, as written."""
    strangers: list[Person] = field(default_factory=list)
    """Names that stand in the document and that nothing marks as such: towns and makers may be among them."""
    patient: str = ""
    year: int = 2000


def learn(document: Document, case: Case | None) -> Known:
    """What a document names; `case` is its reading, if at hand."""
    known = Known()
    reading = lay_out(document)
    if not reading.lines:
        return known
    fields = read_fields(reading)
    from ionm_notes.read.events import read_times

    identity = read_identity(reading, fields, read_times(reading).dates)
    known.births |= identity.births
    _people(known, reading, fields, identity.names, case)
    _numbers(known, reading, identity.numbers)
    _columns(known, reading)
    known.places |= facilities(reading, fields, case) | {town for town in towns(reading.text) if len(town) > 3}
    for street in streets(reading):
        known.numbers.setdefault(street, "address")
    _strangers(known, reading)
    service = case.encounter.date_of_service if case else None
    known.year = service.year if service else known.year
    known.patient = _patient_key(known, identity.names, identity.numbers) or document.sha256
    known.dates = {value for _, _, value, _ in dates_in(reading.text, known.year)} | ({service} if service else set())
    for line in reading.lines:
        known.dates |= {value for _, _, value, _ in dates_in(line.text, known.year)}
    label_all(known.people)
    return known


def _people(known: Known, reading: Reading, fields: Fields, names: Sequence[str], case: Case | None) -> None:
    """The patient and relatives first, then clinicians: who is both is the patient."""
    titled = list(naming.titled(reading.text))
    clinical = {surname_of(name) for name in titled if naming.with_credentials(name, reading.text)}
    for name in (*names, *naming.labelled(reading.text), *(name for name in titled if surname_of(name) not in clinical)):
        add(known.people, name, "name")
    staff = [
        *naming.staff_named(reading, fields, case),
        *naming.greeted(reading.text),
        *(name for name in titled if surname_of(name) in clinical),
    ]
    for name in staff:
        add(known.people, name, "staff")
        sign = initials_of(name)
        if 1 < len(sign) < 4 and not is_field_word(sign.lower()):
            known.signs.add(sign)
    known.signs |= {sign for sign in naming.initialled(reading.text) if not _NO_SIGN.fullmatch(sign)}


def _strangers(known: Known, reading: Reading) -> None:
    """Names that nothing marks: those beside a clinician's role are a clinician's, the others anybody's."""
    inside = [(one.start, one.end) for one in shapes_in(reading.text) if one.kind in ("url", "email")]
    for start, end in strangers_in(reading.text):
        if any(low < end and start < high for low, high in inside):
            continue
        name, parts = reading.text[start:end], parts_of(reading.text[start:end])
        near = [person for person in known.people if parts & person.parts]
        if near and parts <= set().union(*(person.parts for person in near)):
            continue
        if near or naming.is_staff(reading.text, start, end):
            kind: Kind = near[0].kind if near else "staff"
            add(known.people, name, kind)
        elif parts:
            of_place = any(parts <= parts_of(place) for place in known.places)
            known.strangers.append(Person(parts, "place" if of_place else "name", label="[PLACE]" if of_place else "[NAME]"))


def _numbers(known: Known, reading: Reading, identifiers: frozenset[str]) -> None:
    for mention in shapes_in(reading.text):
        value = reading.text[mention.start : mention.end]
        if mention.kind in ("mrn", "account", "beneficiary", "licence", "number", "device", "vehicle", "ssn") and len(value) > 3:
            known.numbers.setdefault(value, mention.kind)
    for identifier in identifiers:
        spread = re.compile(rf"(?<!\w){'[ .-]?'.join(map(re.escape, identifier))}(?!\w)", re.I)
        for match in spread.finditer(reading.text):
            if len(identifier) > 3:
                known.numbers.setdefault(match.group(), "mrn")


_HEADS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "name",
        re.compile(
            r"(?:patient|pt|patient name|name|last name|first name|guarantor|subscriber|next of kin|emergency contact)", re.I
        ),
    ),
    ("mrn", re.compile(r"(?:mrn?|medical record(?: (?:no\.?|number|#))?|chart(?: (?:no\.?|number|#))?|patient id|record)", re.I)),
    ("account", re.compile(r"(?:acct\.?|account)(?: (?:no\.?|number|#))?|csn|fin|visit(?: (?:no\.?|number|#|id))?", re.I)),
    ("beneficiary", re.compile(r"(?:member|policy|subscriber|group)(?: (?:id|no\.?|number|#))|mbi", re.I)),
    ("ssn", re.compile(r"ssn|social security(?: (?:no\.?|number))?", re.I)),
    ("number", re.compile(r"(?:case|accession|order|study)(?: (?:id|no\.?|number|#))|id", re.I)),
    (
        "staff",
        re.compile(
            r"surgeon|technologist|tech|anesthesiologist|physician|neurologist|reader|professional|signed by|user|author|by|who|person|staff|operator|init(?:ial)?s?\.?|entered(?: by)?|logged(?: by)?|keyed(?: by)?|performed by|sender|from|speaker",
            re.I,
        ),
    ),
    ("phone", re.compile(r"pager|beeper|phone|tel\.?|telephone|cell|mobile|ext\.?|extension|contact|call ?back|fax", re.I)),
)


_NO_SIGN = re.compile(r"OR|MD|DOB|MRN|IOM|EMG|EEG|MEP|SEP|TOF|ICU|DOS|YES|NO|NA")
"""What may stand in a column of people and is nobody's initials."""


def _columns(known: Known, reading: Reading) -> None:
    """Values that stand below their label: the same cell of the rows below, as long as they have as many cells."""
    rows = [[line.text[a:b].strip(" :") for a, b in line.cells] for line in reading.lines]
    heads: list[tuple[int, Kind]] = []
    above: list[str] = []
    for row in rows:
        own = [(number, kind) for number, cell in enumerate(row) for kind, pattern in _HEADS if pattern.fullmatch(cell)]
        if own or len(row) != len(above):
            heads = own
        else:
            for number, kind in heads:
                _below(known, kind, row[number])
        above = row


def _below(known: Known, kind: Kind, value: str) -> None:
    if kind in ("name", "staff"):
        if re.fullmatch(rf"(?:Dr\.? )?{naming.NAME}(?:,? (?:MD|DO|CNIM|CRNA|PhD))?", value):
            if re.fullmatch(r"[A-Z]{2,3}", value) and not _NO_SIGN.fullmatch(value):
                known.signs.add(value)
            for name in naming.cut_name(value) if not re.fullmatch(r"[A-Z]{1,3}", value) else ():
                add(known.people, name, kind)
    elif re.fullmatch(r"(?=.*\d)[\w./ -]{4,24}", value):
        known.numbers.setdefault(value, kind)


def _patient_key(known: Known, names: Sequence[str], numbers: frozenset[str]) -> str:
    """What stands for the patient: surname, first given name and birth date; without a birth date the name and a number."""
    if not names and not numbers:
        return ""
    name = names[0] if names else ""
    words = [word.strip(".,").lower() for word in name.split() if len(word.strip(".,")) > 1]
    given = [word for word in words if word != surname_of(name)]
    parts = [surname_of(name), given[0] if given else "", *(one.isoformat() for one in sorted(known.births)[:1])]
    return "|".join(parts if known.births and name else [*parts, *sorted(numbers)[:1]])
