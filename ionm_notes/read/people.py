"""Finds who took part: names with credentials, from labels, prose and signatures, and gives each a role.

A surgeon whom no label names is found by `surgeons.py`; what credentials make of a person is in `persons.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ionm_notes.read.certificates import certified
from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Field, Fields, cell_ranges
from ionm_notes.read.messages import user_name
from ionm_notes.read.names import Name, names_in, places_of, same_person, surname
from ionm_notes.read.persons import is_professional, is_technologist, merge
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.roles import of_other_cases, role_beside, roles_told, technologists_told
from ionm_notes.read.surgeons import long_ago, surgeons_in_prose
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.writers import unsigned_writer
from ionm_notes.types import Person, Role


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone found, by role."""

    surgeons: tuple[Person, ...]
    assistants: tuple[Person, ...]
    anesthesia: tuple[Person, ...]
    professionals: tuple[Person, ...]
    technologists: tuple[Person, ...]

    @property
    def sole(self) -> str:
        """Surname of the one professional, whom words without a name mean; '' where there are several or none."""
        return surname(self.professionals[0].name) if len(self.professionals) == 1 else ""


def _people(
    reading: Reading, fields: tuple[Field, ...], role: Role, limit: int = 4, operators: Sequence[Person] = ()
) -> list[Person]:
    out: list[Person] = []
    passing: list[str] = []
    for item in fields:
        after = item.low
        for found in names_in(reading.text, item.low, min(item.high, item.low + 200))[:limit]:
            between = reading.text[after : found.start]
            sentence = vocabulary().regex("people.other-sentence").search(reading.text, max(item.low, after - 1), found.start)
            other_label = after > item.low and re.search(r"[A-Za-z]:\s*$", between)
            parts = re.search(r"[.;]\s|\t\S|\brequest|\border", between)
            if (
                len(between) > 60
                or other_label
                or (after > item.low and sentence)
                or (parts and not _next_reader(role, found, between))
            ):
                break
            if after > item.low and not (found.credentials or found.title):
                continue
            beside = after > item.low or _certificate(reading.text[item.start : item.label_end])
            if role == "technologist" and beside and is_professional(found.credentials) and not _certified(found):
                break  # the line below a technologist's, or what follows 'Ana Ruiz, CNIM |', may be the physician's
            if role == "technologist" and is_professional(found.credentials) and _whose_report(reading, item):
                break
            if _of_other_matter(reading, item, found) or _operates(reading, item, found, operators):
                continue
            after = found.end
            alone = not item.value(reading)[len(found.name) :].strip(" .,;")
            if not found.title and not found.credentials and len(found.name.split()) < 2 and not alone and role != "technologist":
                continue
            if "\t\t" in reading.text[item.label_end : found.start] and not (found.title or found.credentials):
                continue  # 'Supervising professional | | Credentials': the cell that answers is empty
            if not (found.title or found.credentials) and _of_an_entry(reading, item, found):
                continue
            if role == "professional" and found.name.isupper() and not (found.title or found.credentials or alone):
                # In capitals any two words look like a name: 'SUPERVISION: WAVEFORMS VIEWED IN REAL TIME'.
                continue
            person = Person(found.name, found.credentials, role, reading.proof(found.start, found.end))
            if role == "professional" and not (found.title or found.credentials) and _passing(reading, item, found.name):
                passing.append(person.name)
            merge(out, person)
    # 'Reader Access Audit' over a page is no reader where another one is named with credentials.
    named = any(person.credentials for person in out)
    return [p for p in out if not (named and p.name in passing and not p.credentials)]


def _whose_report(reading: Reading, item: Field) -> bool:
    """Whether a label names who made the report, in the lists of hospitals' programs: 'Performed By: Hale, MD, Ada (12:44 MST)'."""
    return vocabulary().regex("people.made-by").fullmatch(reading.text[item.start : item.label_end].strip(" :\t")) is not None


def _of_other_matter(reading: Reading, item: Field, found: Name) -> bool:
    """Whether a name below the heading of who read is of a place, of another operation, or the head of the next label.

    'A cervical case in San Antonio', 'a second room (scoliosis, Dr. Hale)', 'Teaching physician statement: ...'.
    """
    words, before = vocabulary(), reading.text[item.low : found.start]
    behind = reading.text[found.end : item.high + _BEHIND_NAME]
    if words.regex("role.beside-another-case").search(before) or words.regex("role.has-another-case").match(behind):
        return True
    if found.title or found.credentials:
        return False
    runs_on = " " not in found.name and found.end <= item.high and words.regex("people.runs-on").search(behind) is not None
    return runs_on or words.regex("role.behind-place").search(before) is not None


def _operates(reading: Reading, item: Field, found: Name, operators: Sequence[Person]) -> bool:
    """Whether a name opens a sentence and is of one who is known to operate: 'Dr. Brandt in the OR, eyes on the screen' under a caption."""
    told = reading.text[found.end : item.high].strip(" .,;()") != ""
    return told and not found.credentials and any(same_person(p.name, found.name) for p in operators)


_BEHIND_NAME = 60
"""Characters behind a value in which the operation may stand whose surgeon a name is."""


def _in_next_cells(reading: Reading, fields: tuple[Field, ...]) -> Iterator[Person]:
    """The readers behind the first one in a row whose cells are all of readers: 'Professional | Ada Hale, MD | Ivo Moss, MD'."""
    for item in fields:
        unit = reading.unit_at(item.start)
        cells = (
            cell_ranges(reading.text, item.start) if unit is not None and (unit.kind, unit.start) == ("row", item.start) else []
        )
        named = [names_in(reading.text, *cell)[:1] for cell in cells[1:]]
        one_each = len(named) > 1 and all(found and is_professional(found[0].credentials) for found in named)
        for (found,) in named[1:] if one_each else ():
            yield Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end))


def _of_an_entry(reading: Reading, item: Field, found: Name) -> bool:
    """Whether a label only says who wrote an entry of a log, so that the words behind it are no name: '07:49 | reader | VIEW_OPEN'."""
    unit = reading.unit_at(item.start)
    if unit is None or unit.kind != "row" or not reading.text[unit.start : unit.start + 1].isdigit():
        return False
    whole = found.end >= item.high or reading.text[found.end] in "\t,"
    person = whole and " " in found.name and not found.name.isupper() and "_" not in reading.text[found.start : found.end]
    return not person and _CLOCKED.match(reading.text, unit.start, item.start) is not None


_CLOCKED = re.compile(
    r"(?:\d{1,4}\s*\t\W*)?(?:[\d./-]{6,10}[T\s]+)?\d{1,2}[:.]?\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?|h(?:rs)?)?\s*\t\W*$", re.I
)
_FEWEST_NAMED = 2
_TABLE = 6
"""Rows below a row of names within which their hours begin."""


def _beside_known(reading: Reading, professionals: list[Person], others: list[Person]) -> Iterator[Person]:
    """The doctors in a row of names with a reader who is known, above a row of their hours: ' | Ada Hale, MD | Ivo Moss, DO' over 'Log-in | ...'."""
    begins = vocabulary().regex("ledger.from")
    for index, unit in enumerate(reading.units):
        if unit.kind != "row" or _DEGREE.search(reading.text, unit.start, unit.end) is None:
            continue
        first, *rest = cell_ranges(reading.text, unit.start)
        named = [found for cell in rest for found in names_in(reading.text, *cell)[:1] if is_professional(found.credentials)]
        if len(named) < max(_FEWEST_NAMED, len(rest)) or any(found.credentials for found in names_in(reading.text, *first)):
            continue
        known = [any(same_person(p.name, found.name) for p in professionals) for found in named]
        if not any(known) or any(same_person(p.name, found.name) for p in others for found in named):
            continue
        below = reading.units[index + 1 : index + 1 + _TABLE]
        if any(begins.match(reading.unit_text(row).partition("\t")[0]) for row in below if row.kind == "row"):
            for found in named:
                yield Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end))


def _next_reader(role: Role, found: Name, between: str) -> bool:
    """Whether a name goes on a list of those who read in turn: 'A. Hale, MD; from 10:40 B. Orr, MD'."""
    listed = vocabulary().regex("people.next-reader").fullmatch(between) is not None
    return role == "professional" and listed and is_professional(found.credentials)


def _certificate(label: str) -> bool:
    """Whether a label is nothing but a technologist's certificate, which may belong to the name before it."""
    return vocabulary().regex("people.technologist-credential").match(re.sub(r"[.\s-]", "", label).upper()) is not None


def _certified(found: Name) -> bool:
    """Whether a name carries a technologist's credential, among whatever others."""
    return any(vocabulary().regex("people.technologist-credential").match(c) for c in found.credentials)


def _passing(reading: Reading, item: Field, name: str) -> bool:
    """Whether a name follows its label without a mark between and stands nowhere else, as two words of a title do."""
    bare = reading.text[item.low - 1].isalnum() and reading.text[item.low : item.low + 1] == " "
    return bare and reading.lower.count(surname(name)) < 2


def read_cast(reading: Reading, fields: Fields, signers: tuple[Name, ...]) -> Cast:
    """Everyone in the document with the role that labels, prose and signatures give."""
    surgeons = _people(reading, fields.of("surgeon"), "surgeon")
    assistants = _people(reading, fields.of("assistant"), "assistant")
    anesthesia = _anesthesia(reading, fields)
    technologists = _people(reading, fields.of("technologist"), "technologist", 2)
    labelled = _people(reading, fields.of("professional"), "professional", 2, surgeons)
    for person in _in_next_cells(reading, fields.of("professional")):
        merge(labelled, person)
    # 'Addendum, Ivo Moss, MD: Mr. Hale did not leave the room': who is a technologist by label and certificate is no reader.
    hands = [t for t in technologists if is_technologist(t.credentials)]
    labelled = [p for p in labelled if p.credentials or not any(same_person(t.name, p.name) for t in hands)]
    professionals = [p for p in labelled if not is_technologist(p.credentials)]
    for person in labelled:
        if is_technologist(person.credentials):
            merge(technologists, replace(person, role="technologist"))
    if not surgeons:
        surgeons = surgeons_in_prose(reading, fields, signers)
    _prose_technologists(reading, fields, technologists, professionals)
    _prose_professionals(reading, professionals, surgeons, anesthesia, technologists)
    _told(reading, professionals, surgeons, anesthesia, [*technologists, *assistants])
    for signer in signers:
        known = [p for p in surgeons + anesthesia + technologists + assistants if same_person(p.name, signer.name)]
        if known or is_technologist(signer.credentials):
            continue
        if any(same_person(p.name, signer.name) for p in professionals) or is_professional(signer.credentials):
            merge(professionals, Person(signer.name, signer.credentials, "professional", reading.proof(signer.start, signer.end)))
    if not professionals:
        others = [*surgeons, *anesthesia, *technologists, *assistants]
        writer = unsigned_writer(reading, lambda name: is_professional(name.credentials))
        if writer is not None and not any(same_person(p.name, writer.name) for p in others):
            professionals = [Person(writer.name, writer.credentials, "professional", reading.proof(writer.start, writer.end))]
    for person in _beside_known(reading, professionals, [*surgeons, *assistants, *anesthesia, *technologists]):
        merge(professionals, person)
    professionals = [p for p in professionals if not _given_name_of(p.name, professionals) and not _account_of(p, professionals)]
    if any(p.credentials for p in professionals):
        professionals = [p for p in professionals if not _word_of_an_entry(p)]
    technologists = [p for p in technologists if not _account_of(p, [*technologists, *professionals])]
    operators = {e for p in surgeons + anesthesia + assistants for e in p.evidence}
    professionals = [_complete(reading, p) for p in professionals if not operators & set(p.evidence)]
    qualified = [p for p in professionals if not in_training(reading, p.name)]
    if any(p.credentials for p in qualified):
        professionals = qualified
    technologists = [_complete(reading, p) for p in technologists if not any(same_person(p.name, o.name) for o in professionals)]
    surgeons = [_complete(reading, p) for p in surgeons]
    return Cast(tuple(surgeons), tuple(assistants), tuple(anesthesia), tuple(professionals), tuple(technologists))


def in_training(reading: Reading, name: str) -> bool:
    """Whether somebody is called a resident or the like beside his or her name; the record's reader is another."""
    before, behind = (vocabulary().regex(f"people.in-training-{side}") for side in ("before", "behind"))
    return any(
        before.search(reading.text[max(0, at - _BESIDE_NAME) : at]) is not None
        or behind.match(reading.text[at + len(surname(name)) :][:_BESIDE_NAME]) is not None
        for at in places_of(name, reading.text)
    )


_BESIDE_NAME = 48
"""Characters before and behind a surname in which it is said that somebody is in training."""


def _given_name_of(name: str, people: list[Person]) -> bool:
    """Whether a lone word is the given name of one written 'Surname, Given name'."""
    return any(" " not in name and "," in p.name and p.name.split(",")[1].split()[:1] == [name] for p in people)


def _word_of_an_entry(person: Person) -> bool:
    """Whether what is taken for a name is one word that was written small: 'chat tech to reader: signals fine; reader: agree'."""
    return " " not in person.name and not person.credentials and all(place.text.islower() for place in person.evidence)


def _account_of(person: Person, people: list[Person]) -> bool:
    """Whether what is taken for a name is what a program calls somebody else of the record: 'GMARCHBANKS' beside Gideon Marchbanks."""
    alone = " " not in person.name and not person.credentials
    return alone and any(
        other is not person and " " in other.name and user_name(other.name).fullmatch(person.name.lower()) for other in people
    )


def _complete(reading: Reading, person: Person) -> Person:
    """Credentials and the full name from another mention of the same person."""
    if person.credentials and len(person.name.split()) > 1:
        return person
    best = person
    for match in re.finditer(
        re.escape(surname(person.name).title()) + r"|" + re.escape(surname(person.name).upper()), reading.text
    ):
        low = max(0, match.start() - 40)
        for found in names_in(reading.text, low, min(len(reading.text), match.end() + 30)):
            if found.start <= match.start() < found.end and same_person(found.name, person.name):
                if found.credentials and not best.credentials:
                    best = replace(best, credentials=found.credentials, evidence=reading.proof(found.start, found.end))
                if len(found.name) > len(best.name) and len(found.name.split()) <= 4:
                    best = replace(best, name=found.name)
    return best


_NEXT_SENTENCE = re.compile(r"(?<!\bDr)(?<!\b[A-Z])[.]\s")


def _anesthesia(reading: Reading, fields: Fields) -> list[Person]:
    out: list[Person] = []
    for item in fields.of("anesthesia"):
        for found in names_in(reading.text, item.low, min(item.high, item.low + 200)):
            if _NEXT_SENTENCE.search(reading.text, item.low, found.start):
                break  # 'Anesthesia: propofol. Dr. Hale watched from home'
            if vocabulary().regex("people.asked-of").search(reading.text[item.low : found.start]):
                break
            if (
                found.title
                or found.credentials
                or re.fullmatch(r"[A-Z]\.\s[A-Z][\w'’-]+", found.name)
                or ("ologist" in reading.text[item.start : item.label_end].lower() and len(found.name.split()) > 1)
            ):
                merge(out, Person(found.name, found.credentials, "anesthesia", reading.proof(found.start, found.end)))
                break
    for match in expression(
        r"an(?:a)?esth\w*\s+(?:was\s+|were\s+)?(?:(?!told|informed|notified|alerted|advised|called|asked|and|aware|updated)\w+\s+){0,2}?(?:by|under)?\s*(?=(?:Dr|DR)\.?\s)"
    ).finditer(reading.text):
        for found in names_in(reading.text, match.end(), match.end() + 40)[:1]:
            merge(out, Person(found.name, found.credentials, "anesthesia", reading.proof(found.start, found.end)))
    for found in names_in_with(reading, "people.anesthesia-credential"):
        merge(out, Person(found.name, found.credentials, "anesthesia", reading.proof(found.start, found.end)))
    return out


def names_in_with(reading: Reading, pattern: str) -> list[Name]:
    """Names that carry a credential of one kind, anywhere in the text."""
    regex = vocabulary().regex(pattern)
    out = []
    for match in vocabulary().regex("people.certified").finditer(reading.text):
        line_start = reading.text.rfind("\n", 0, match.start()) + 1
        for found in names_in(reading.text, max(line_start, match.start() - 60), min(len(reading.text), match.end() + 2)):
            if any(regex.match(c) for c in found.credentials) and found.start < match.start() <= found.end:
                out.append(found)
    return out


def _prose_technologists(reading: Reading, fields: Fields, technologists: list[Person], professionals: list[Person]) -> None:
    for found in (*names_in_with(reading, "people.technologist-credential"), *certified(reading, fields)):
        if not any(same_person(p.name, found.name) for p in professionals) and not is_professional(found.credentials):
            merge(technologists, Person(found.name, found.credentials, "technologist", reading.proof(found.start, found.end)))
    for found in () if technologists else technologists_told(reading):
        if not any(same_person(p.name, found.name) for p in professionals) and not is_professional(found.credentials):
            merge(technologists, Person(found.name, found.credentials, "technologist", reading.proof(found.start, found.end)))


def _prose_professionals(
    reading: Reading, professionals: list[Person], surgeons: list[Person], anesthesia: list[Person], technologists: list[Person]
) -> None:
    words = vocabulary()
    for name in ("person.professional-prose", "person.reading-doctor"):
        for match in reading.matches(words.patterns[name]):
            for found in names_in(reading.text, match.end(), min(len(reading.text), match.end() + 60))[:1]:
                if reading.text[match.end() : found.start].strip() or words.regex("people.is-patient").match(
                    reading.text, found.end
                ):
                    continue
                behind = reading.text[found.end : found.end + _BEHIND_NAME]
                if not (found.title or found.credentials) and words.regex("people.names-place").match(behind):
                    continue  # 'remote reader, Norfolk hub'
                others = surgeons + anesthesia + technologists
                if any(same_person(p.name, found.name) for p in others) or is_technologist(found.credentials):
                    continue
                if of_other_cases(reading.text[max(0, match.start() - _OTHER_CASES) : found.start]):
                    continue
                if role_beside("", reading.text[found.end : found.end + 40].partition(".")[0]) in ("anesthesia", "surgeon"):
                    continue  # 'This is Dr. Wojcik, MD, anesthesiology'
                merge(professionals, Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end)))
    for match in reading.matches(words.patterns["person.role-reader"]):
        line_start = reading.text.rfind("\n", 0, match.start()) + 1
        for found in names_in(reading.text, max(line_start, match.start() - 60), match.start())[-1:]:
            others = surgeons + anesthesia + technologists
            if not is_professional(found.credentials) or any(same_person(p.name, found.name) for p in others):
                continue
            person = Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end))
            merge(professionals, person)
    # A log names its readers: 'Elaine Rusk MD logged on', 'JOIN Gareth Halloran, MD'.
    for match in reading.matches(words.patterns["person.logged-on"]):
        line_start = reading.text.rfind("\n", 0, match.start()) + 1
        line_end = reading.text.find("\n", match.end())
        for found in names_in(
            reading.text,
            max(line_start, match.start() - 70),
            min(line_end if line_end > 0 else len(reading.text), match.end() + 40),
        ):
            if is_professional(found.credentials) and not any(
                same_person(p.name, found.name) for p in surgeons + anesthesia + technologists
            ):
                merge(professionals, Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end)))
    for found in (*_in_columns(reading), *_in_lists(reading)):
        if not any(same_person(p.name, found.name) for p in surgeons + anesthesia + technologists):
            merge(professionals, Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end)))
    covering = r"(?P<who>(?:Dr|DR)\.?\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)(?:,\s?(?:MD|DO))?,?\s+(?:is\s+|was\s+|were\s+)?(?:covering|reading|supervising|overseeing|overs\w+|supervised|remote|remotely|covered|read)\b"
    for match in re.finditer(covering, reading.text):
        for found in names_in(reading.text, match.start(), match.end("who"))[:1]:
            if not any(same_person(p.name, found.name) for p in surgeons + anesthesia + technologists):
                merge(professionals, Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end)))
    for match in expression(r"\bI,\s+(?=(?:Dr\.?\s)?[A-Z])", cased=True).finditer(reading.text):
        for found in names_in(reading.text, match.end(), match.end() + 70)[:1]:
            if reading.text[match.end() : found.start].strip() or not found.credentials:
                continue
            if not any(same_person(p.name, found.name) for p in surgeons + anesthesia + technologists) and not is_technologist(
                found.credentials
            ):
                merge(professionals, Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end)))


_OTHER_CASES = 70
"""Characters before a doctor's name among which the words stand of other cases than this one."""
_DEGREE = re.compile(r"[A-Za-z]\.?\s?[DSO]\b|DABNM")
"""What stands in every doctor's degree."""


def _in_columns(reading: Reading) -> Iterator[Name]:
    """The doctors below the head of a column of readers: 'Reader line | On | Off' over 'Ada Hale, MD | 0835 | 1138'."""
    for match in reading.matches(vocabulary().patterns["person.column"]):
        head = reading.unit_at(match.start())
        if head is None or head.kind != "row" or any(letter.isdigit() for letter in reading.unit_text(head)):
            continue
        yield from _doctors_below(reading, head, reading.text.count("\t", head.start, match.start()))
    for head in reading.units:
        if head.kind == "row" and (column := _of_watchers(reading.unit_text(head))) is not None:
            yield from _doctors_below(reading, head, column)


_FEWEST_COLUMNS = 4
"""Of a table of attendance with names: who, from, to, and how many cases."""


def _of_watchers(head: str) -> int | None:
    """The column of names of a table that says from when to when, and beside which other cases, somebody watched."""
    cells = head.split("\t")
    if len(cells) < _FEWEST_COLUMNS or any(letter.isdigit() for letter in head):
        return None
    words = vocabulary()
    if not all(any(words.regex(f"ledger.{what}").search(cell) for cell in cells) for what in ("from", "to", "cases")):
        return None
    return next((number for number, cell in enumerate(cells) if words.regex("ledger.name").search(cell)), None)


def _doctors_below(reading: Reading, head: Unit, column: int) -> Iterator[Name]:
    """The names with a doctor's degree in one column of the rows below a head."""
    for unit in reading.units[reading.index_of(head) + 1 :]:
        cells = reading.unit_text(unit).split("\t")
        if unit.kind != "row" or len(cells) <= column:
            break
        if _DEGREE.search(cells[column]) is None:
            continue
        low = unit.start + sum(len(cell) + 1 for cell in cells[:column])
        for found in names_in(reading.text, low, low + len(cells[column]))[:1]:
            if is_professional(found.credentials):
                yield found


def _in_lists(reading: Reading) -> Iterator[Name]:
    """The doctors who each begin a line below the head of a list: 'Readers (all remote):' over 'Ada Hale, MD - till 10:02'."""
    for match in reading.matches(vocabulary().patterns["person.list-head"]):
        head = reading.unit_at(match.end() - 1)
        if head is None:
            continue
        for unit in reading.units[reading.index_of(head) + 1 :]:
            first = next(iter(names_in(reading.text, unit.start, unit.end)), None)
            if first is None or not is_professional(first.credentials) or _LEADING.search(reading.text, unit.start, first.start):
                break
            yield first


_LEADING = re.compile(r"[^\W\d_]{3,}")
"""Words before a name that begins its line: a clock time or a number is none."""


def _told(
    reading: Reading, professionals: list[Person], surgeons: list[Person], anesthesia: list[Person], others: list[Person]
) -> None:
    """Adds those whose role the words beside their name tell; a surgeon or an anesthesia provider only where there is none yet."""
    open_to = {
        "professional": professionals,
        "surgeon": [] if surgeons else surgeons,
        "anesthesia": [] if anesthesia else anesthesia,
    }
    for placed in roles_told(reading):
        name, taken = placed.name, [*others, *surgeons, *anesthesia]
        if is_technologist(name.credentials) or any(same_person(p.name, name.name) for p in taken):
            continue
        if placed.role != "professional" and any(same_person(p.name, name.name) for p in professionals):
            continue
        if not (is_professional(name.credentials) or name.title):
            continue
        if placed.role == "surgeon" and long_ago(reading, name.start, name.end):
            continue
        merge(open_to[placed.role], Person(name.name, name.credentials, placed.role, reading.proof(name.start, name.end)))
        if placed.role == "professional":
            for found in (*_readers_before(reading, name), *_readers_after(reading, name)):
                if not any(same_person(p.name, found.name) for p in taken):
                    merge(
                        professionals,
                        Person(found.name, found.credentials, "professional", reading.proof(found.start, found.end)),
                    )


def _readers_after(reading: Reading, name: Name) -> Iterator[Name]:
    """Those who read after one in the same list: 'Interpreting physicians Ada Hale, MD, then Ben Orr, MD'."""
    last = name
    for found in names_in(reading.text, name.end, min(len(reading.text), name.end + _LISTED)):
        if not _next_reader("professional", found, reading.text[last.end : found.start]):
            return
        yield found
        last = found


def _readers_before(reading: Reading, name: Name) -> Iterator[Name]:
    """Those before one in a list of names behind which it stands that they read: 'Ada Hale, MD / Ben Orr, MD | Readers'."""
    line = reading.text.rfind("\n", 0, name.start) + 1
    behind = reading.text[name.end : name.end + _BEHIND_NAME].partition("\n")[0]
    if role_beside("", behind) != "professional":
        return
    first = name
    for found in reversed(names_in(reading.text, max(line, name.start - _LISTED), name.start)):
        if not is_professional(found.credentials) or _LIST_MARK.fullmatch(reading.text[found.end : first.start]) is None:
            return
        yield found
        first = found


_LIST_MARK = re.compile(r"[,;\s]*(?:[,;/&+]|\band\b|\bthen\b)\s*", re.I)
"""What stands between two names of a list, and nothing else."""
_LISTED = 110
"""Characters beside a reader's name within which others of the list are looked for."""
