"""Who and what a document names: people with all parts of their names, the facility, birth dates, numbers by their labels.

What is learned here once is masked everywhere in the document, with or without its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ionm_notes.phi.dates import dates_in
from ionm_notes.phi.shapes import Kind, Mention, shapes_in
from ionm_notes.read.fields import Fields, read_fields
from ionm_notes.read.identity import read_facility, read_identity
from ionm_notes.read.people import names_in
from ionm_notes.read.reading import Reading, lay_out
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case, Document

_STAFF_FIELDS = ("surgeon", "assistant", "anesthesia", "professional", "technologist", "order")
_WORD = r"[A-ZÀ-Ö][\w'’.-]*"
_NAME = rf"(?:{_WORD}(?:,[ ]?|[ ])){{0,3}}{_WORD}"
_RELATION = r"(?:wife|husband|spouse|partner|mother|father|parents?|daughter|son|sister|brother|guardian|caregiver|next of kin|NOK|emergency contact|guarantor|subscriber|insured|policy ?holder|responsible party|employer|employed by|works (?:at|for)|contact person|escort|interpreter for|relative)"
_RELATIVE = re.compile(
    rf"(?i:\b{_RELATION}(?:'s)?(?: name)?(?:[ \t]*\.{{2,40}}[ \t]*|[ \t]*[:=|(][ \t|]*|[ \t]*,[ ]|[ ]+(?:is[ ]|of[ ]|named[ ])?|\t))(?P<v>{_NAME})"
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|MR|MRS|MS|Baby(?: boy| girl)?)\b\.?[ ]+(?P<v>{_NAME})")
_BY = re.compile(
    r"\b(?:signed|authenticated|attested|dictated|transcribed|reviewed|verified|entered|printed|performed|prepared|approved|co-?signed|recorded|relieved|covered|faxed|scanned|sent|received|documented|completed|edited|created|finali[sz]ed|countersigned)"
    r"(?: electronically| off)?(?:[ ]by|[ ]to|[ ]from)?[ \t]*[:=|]?[ \t]*(?:/s/)?[ ]*",
    re.I,
)  # fmt: skip
_INTRODUCED = ("by", "to", "om", "d:", "d=", "d|", "y:", "s/", "f:")
"""How what stands before the name of someone who signed ends, where it says that a name follows."""
_LABELS_OF_NAMES = re.compile(
    r"(?<![\w])(?i:(?:(?:patient|pt|last|first|middle|maiden|full|legal|subject|client|member)[ ]?(?:'s)?[ ]?name|surname|given name|family name|forename|alias|aka|a\.k\.a\.|name)[ \t]*(?:[:=|\t][ \t|]*|\.{2,40}[ \t]*))(?P<v>" + _NAME + ")"
)  # fmt: skip

_CARETS = re.compile(r"(?<![\w^])(?P<v>[A-Z][A-Za-z'’-]+\^[A-Z][A-Za-z'’-]+(?:\^[A-Z][A-Za-z'’-]*)?)(?![\w])")
"""A name of an HL7 message."""
_CONTACT = re.compile(rf"\b(?i:contact|attention|attn|c/o|care of|cc|via)\b[ \t]*[:.]?[ ]+(?P<v>{_NAME})")
_PT = re.compile(
    r"\b(?:pt|patient|Pt|PT|Patient)\b\.?[ \t]*[:=|]?[ \t]*(?P<v>[A-Z]\.?[ ]?[A-Z]\.(?:[A-Z]\.?)?|[A-Z]{2,3}(?=[,;\n\t]))"
)
"""A patient by initials."""
_ONE_NAME = re.compile(
    r"\b(?:tech|Tech|technologist|reader|neurologist|scrub|circulator|CRNA|nurse)[ \t]*[:=]?[ ](?P<v>[A-Z][a-z]+)(?=[ ]*(?:[,;.(\n\t]|$|\bin\b|\bwas\b))",
    re.M,
)
"""Staff by one name: 'tech Ingrid'."""
_TOWN = re.compile(r"(?P<v>[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){0,2}),?[ ]+[A-Z]{2}\.?(?:[ ]+\d{5}(?:-\d{4})?)?$")
_GENERIC_PLACE = re.compile(
    r"(?:(?:the|an?|in|out|inpatient|outpatient|ambulatory|acute|care|teaching|community|university|hospital|medical|surgery|surgical|clinic|center|department|group|health|associates|operating|room)[ ]?)+",
    re.I,
)


def _words(name: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / "words" / f"{name}.txt").read_text().split())


_NOT_A_PART = _words("not_a_part")
_EVERYDAY = _words("everyday")
"""Words that are names too: as part of a name known they are masked only where they are written with a capital."""


@dataclass(slots=True)
class Person:
    """One person: the parts of the name in lower case, and whether a patient or relative (or else staff)."""

    parts: set[str]
    kind: Kind
    initials: set[str] = field(default_factory=set)
    label: str = ""


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
    named = [*identity.names]
    for match in (*_RELATIVE.finditer(reading.text), *_LABELS_OF_NAMES.finditer(reading.text), *_PT.finditer(reading.text)):
        named += _cut(match["v"])
    named += [" ".join(match["v"].split("^")) for match in _CARETS.finditer(reading.text)]
    titled = [name for match in _TITLED.finditer(reading.text) for name in _cut(match["v"])]
    clinical = {_surname(name) for name in titled if _with_credentials(name, reading.text)}
    for name in [*named, *(name for name in titled if _surname(name) not in clinical)]:
        _add(known, name, "name")
    for name in [*_staff(reading, fields, case), *(name for name in titled if _surname(name) in clinical)]:
        _add(known, name, "staff")
    _numbers(known, reading, identity.numbers)
    _columns(known, reading)
    facility = read_facility(reading, fields)
    known.places |= {
        value
        for value in _facilities(reading, fields, facility[0] if facility else "", case)
        if len(value) > 3 and not _GENERIC_PLACE.fullmatch(value)
    }
    known.places |= {town for town in _towns(reading.text) if len(town) > 3}
    service = case.encounter.date_of_service if case else None
    known.year = service.year if service else known.year
    known.patient = _patient_key(known, identity.names, identity.numbers) or document.sha256
    known.dates = {value for _, _, value, _ in dates_in(reading.text, known.year)} | ({service} if service else set())
    for line in reading.lines:
        known.dates |= {value for _, _, value, _ in dates_in(line.text, known.year)}
    _label(known)
    return known


def people_in(text: str, known: Known) -> Iterator[tuple[Mention, str]]:
    """Where the people of a document are named, each with the label that stands for the person."""
    for person in known.people:
        if not person.parts and not person.initials:
            continue
        strong = sorted((part for part in person.parts), key=len, reverse=True)
        words = "|".join(re.escape(part) for part in strong)
        if strong:
            one = rf"(?:{words})"
            run = re.compile(
                rf"(?<![\w])(?:[A-Z]\.?[ ]){{0,2}}{one}(?:(?:,[ ]?|[ ]|-|\^|\.[ ])(?:{one}|[A-Z](?:\.|(?=[ ,)|\n\t]|$))))*(?![\w])",
                re.I,
            )
            for match in run.finditer(text):
                found = match.group()
                if _is_name(found, strong):
                    start = match.start() + (len(found) - len(found.lstrip()))
                    yield Mention(person.kind, start, match.end()), person.label
        for letters in person.initials:
            dotted = r"\.?[ ]?".join(re.escape(letter) for letter in letters)
            for match in re.finditer(rf"(?<![\w.]){dotted}\.?(?![\w])", text):
                if "." in match.group():
                    yield Mention(person.kind, match.start(), match.end()), person.label


def signs_in(text: str, known: Known) -> Iterator[Mention]:
    """Where a whole cell is the initials of someone who wrote the log."""
    for sign in known.signs:
        for match in re.finditer(rf"(?:(?<=\t)|(?<=\|)|^)[ ]*(?P<v>{re.escape(sign)})[ ]*(?=[\t|]|$)", text, re.M):
            yield Mention("staff", *match.span("v"))


def _is_name(found: str, parts: Sequence[str]) -> bool:
    """Whether a match is a name and not a word of the same letters."""
    words = re.findall(r"[^\W\d_][\w'’-]*", found)
    known = [word for word in words if word.lower() in parts or any(word.lower() in part for part in parts)]
    everyday = [word for word in known if word.lower() in _EVERYDAY]
    if len(everyday) < len(known):
        return True
    return len(known) > 1 or (bool(known) and known[0][0].isupper())


def _add(known: Known, name: str, kind: Kind) -> None:
    words = [re.sub(r"['’]s$", "", word.strip(".,'’()")) for word in re.split(r"[\s,/]+", name)]
    parts = {word.lower() for word in words if len(word) > 1 and word.lower() not in _NOT_A_PART and not re.search(r"\d", word)}
    parts |= {half for part in parts for half in re.split(r"[-–]", part) if len(half) > 2}
    dotted = re.fullmatch(r"(?:[A-Z]\.?[ ]?){2,4}", name.strip())
    if dotted and name.replace(".", "").lower() in _NOT_A_PART:
        return
    if dotted:
        parts = set()
    letters = {"".join(re.findall(r"[A-Z]", name))} if dotted else set()
    if not parts and not letters:
        return
    for person in known.people:
        # One surname in common is one person; two people of one name share a label, which hides more, not less.
        if (parts & person.parts and (parts <= person.parts or person.parts <= parts or _surname(name) in person.parts)) or (
            letters & person.initials
        ):
            person.parts |= parts
            person.initials |= letters
            if kind == "name":
                person.kind = "name"
            return
    if not dotted and kind == "name" and "," not in name and len(parts) > 1:
        letters = {"".join(word[0].upper() for word in words if word and word[0].isupper())}
    known.people.append(Person(parts, kind, {one for one in letters if len(one) > 1}))


def _with_credentials(name: str, text: str) -> bool:
    return re.search(rf"{re.escape(name)},?[ ](?:CNIM|MD|M\.D\.|DO|PhD|RN|CRNA|REPT|R\.? ?EP|DABNM|Au\.?D)\b", text) is not None


def _surname(name: str) -> str:
    if "," in name:
        return name.split(",")[0].strip().lower()
    words = [word.strip(".,").lower() for word in name.split() if len(word.strip(".,")) > 1]
    words = [word for word in words if word not in _NOT_A_PART]
    return words[-1] if words else ""


def _cut(value: str) -> list[str]:
    """A value that is a name, ending where it is one no more."""
    stop = vocabulary().regex("people.not-a-name")
    kept: list[str] = []
    for word in value.split():
        bare = word.strip(".,")
        if not bare or (stop.match(bare) and len(bare) > 1) or (bare.lower() in _NOT_A_PART and kept and bare.isupper()):
            break
        kept.append(word)
    name = " ".join(kept).strip(" ,")
    return [name] if name and len(name) > 1 else []


def _staff(reading: Reading, fields: Fields, case: Case | None) -> Iterator[str]:
    text = reading.text
    for item in fields.of(*_STAFF_FIELDS):
        for found in names_in(text, item.low, min(item.high, item.low + 120))[:2]:
            if found.credentials or found.title or found.start - item.low <= 4:
                yield found.name
    for found in names_in(text, 0, len(text)):
        if found.credentials or re.match(r"(?:Dr|DR|Prof)", found.title):
            yield found.name
    for match in _BY.finditer(text):
        for found in names_in(text, match.end(), min(len(text), match.end() + 60))[:1]:
            if found.start - match.end() <= 2 and (found.credentials or match.group().strip(" \t")[-2:].lower() in _INTRODUCED):
                yield found.name
    for match in _CONTACT.finditer(text):
        yield from (name for name in _cut(match["v"]) if " " in name)
    for match in _ONE_NAME.finditer(text):
        if not vocabulary().regex("people.not-a-name").match(match["v"]):
            yield match["v"]
    if case is None:
        return
    seen = case.encounter
    for person in (seen.surgeon, seen.anesthesia_provider, *seen.assistants, *seen.professionals, *seen.technologists):
        if person is not None:
            yield person.name
    yield from (mark.by for mark in case.signatures if mark.by)
    yield from (spell.professional for spell in case.attendance if spell.professional)


_DWELLS = re.compile(
    r"(?i:\b(?:liv(?:es|ed|ing)|resid(?:es|ed|ing)|home|office|based|born|works?|clinic|town|moved|lab)\b)(?:[ ][\w'’]+){0,5}?[ ](?:in|from|near|to|at)[ ](?P<v>[A-Z][a-z'’.-]+(?:[ ][A-Z][a-z'’.-]+){0,2})"
)
"""A town by what somebody does there."""


def _towns(text: str) -> Iterator[str]:
    """Towns that an address or a sentence names; they are masked where they stand alone, too."""
    for match in _DWELLS.finditer(text):
        if not vocabulary().regex("people.not-a-name").match(match["v"]):
            yield match["v"]
    for mention in shapes_in(text):
        if mention.kind == "place" and (town := _TOWN.search(text[mention.start : mention.end])):
            yield town["v"]


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


_ORGANISATION = re.compile(
    r"(?<![\w])(?:[A-Z][\w'’&.-]*[ ]){1,5}(?:LLC|L\.L\.C\.|PLLC|Inc\.?|P\.C\.|LLP|Ltd\.?|HEALTH|Health|Healthcare|HEALTHCARE|Hospital|HOSPITAL|Clinic|CLINIC|Medical Center|MEDICAL CENTER|Medical Group|MEDICAL GROUP|Health System|HEALTH SYSTEM|Infirmary|Associates|ASSOCIATES|Surgery Center|SURGERY CENTER)(?![\w])"
)
_HEADS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("name", re.compile(r"(?:patient|pt|patient name|name|last name|first name|guarantor|subscriber|next of kin|emergency contact)", re.I)),
    ("mrn", re.compile(r"(?:mrn?|medical record(?: (?:no\.?|number|#))?|chart(?: (?:no\.?|number|#))?|patient id|record)", re.I)),
    ("account", re.compile(r"(?:acct\.?|account)(?: (?:no\.?|number|#))?|csn|fin|visit(?: (?:no\.?|number|#|id))?", re.I)),
    ("beneficiary", re.compile(r"(?:member|policy|subscriber|group)(?: (?:id|no\.?|number|#))|mbi", re.I)),
    ("ssn", re.compile(r"ssn|social security(?: (?:no\.?|number))?", re.I)),
    ("number", re.compile(r"(?:case|accession|order|study)(?: (?:id|no\.?|number|#))|id", re.I)),
    ("staff", re.compile(r"surgeon|technologist|tech|anesthesiologist|physician|neurologist|reader|professional|signed by|user|author|by|who|staff|initials|entered by", re.I)),
)  # fmt: skip


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
        if re.fullmatch(rf"(?:Dr\.? )?{_NAME}(?:,? (?:MD|DO|CNIM|CRNA|PhD))?", value):
            if re.fullmatch(r"[A-Z]{2,3}", value):
                known.signs.add(value)
            for name in _cut(value) if not re.fullmatch(r"[A-Z]{1,3}", value) else ():
                _add(known, name, kind)
    elif re.fullmatch(r"(?=.*\d)[\w./ -]{4,24}", value):
        known.numbers.setdefault(value, kind)


def _facilities(reading: Reading, fields: Fields, read: str, case: Case | None) -> Iterator[str]:
    yield read
    if case is not None and case.encounter.facility:
        yield case.encounter.facility
    for match in _ORGANISATION.finditer(reading.text):
        value = match.group()
        yield value
        if "," in value:
            yield value.split(",")[0]
    for match in vocabulary().regex("statement.facility").finditer(reading.text):
        value = match.group().strip()
        if len(value.split()) > 1 and value.split()[0][0].isupper():
            yield value.removeprefix("The ").removeprefix("At ")


def _patient_key(known: Known, names: Sequence[str], numbers: frozenset[str]) -> str:
    """What stands for the patient: surname, first given name and birth date; without a birth date the name and a number."""
    if not names and not numbers:
        return ""
    name = names[0] if names else ""
    words = [word.strip(".,").lower() for word in name.split() if len(word.strip(".,")) > 1]
    given = [word for word in words if word != _surname(name)]
    parts = [_surname(name), given[0] if given else "", *(one.isoformat() for one in sorted(known.births)[:1])]
    return "|".join(parts if known.births and name else [*parts, *sorted(numbers)[:1]])


def _label(known: Known) -> None:
    number, others = 0, 0
    for person in known.people:
        if person.kind == "staff":
            number += 1
            person.label = f"Person {_in_words(number)}"
        else:
            others += 1
            person.label = "[PATIENT]" if others == 1 else f"[NAME {others}]"


def is_generic(place: str) -> bool:
    """Whether what is said of a place names none: 'the outpatient hospital'."""
    return _GENERIC_PLACE.fullmatch(place) is not None


def _in_words(number: int) -> str:
    """A number as one word in letters, so that 'Person Two' is read as a name is, and a copy audits as its original."""
    small = (
        "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen"
    )
    words = [*small.split(" "), "Nineteen"]
    tens = ("Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
    if number < len(words):
        return words[number]
    return tens[min(number, 99) // 10 - 2] + (words[min(number, 99) % 10].lower() if min(number, 99) % 10 else "")
