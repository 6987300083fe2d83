"""Of whom a statement speaks: the nearest one named before it, the writer, the heading it stands under, or the one a pronoun means."""

from __future__ import annotations

import functools
import re
from difflib import SequenceMatcher

from ionm_notes.read.boxes import BOX
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import user_name, writer_of
from ionm_notes.read.names import BY_TITLE, given_name, initials_of, places_of, standing, surname
from ionm_notes.read.own_notes import technologist_writes
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.unnamed import of_the_watch
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person


def subject_of(reading: Reading, unit: Unit, at: int, cast: Cast, fields: Fields) -> tuple[str, str]:
    """Who a statement at `at` is about: ('professional'|'technologist'|'other'|'', surname)."""
    if (role_behind := _named_behind(reading, unit, at, cast)) is not None:
        return "professional", role_behind
    text = reading.text[unit.start : at]
    marks: list[tuple[int, str, str]] = []
    lower = text.lower()
    if ":" in text and (spoke := _technologist_spoke(text, lower, cast)):
        return "technologist", spoke
    at_side, before_turn = vocabulary().regex("subject.at-side"), vocabulary().regex("subject.relieved")
    for role, people in (
        ("professional", cast.professionals),
        ("technologist", cast.technologists),
        ("other", cast.surgeons),
        ("other", cast.anesthesia),
    ):
        for person in people:
            name = surname(person.name)
            if role == "technologist" and (given := given_name(person.name)):
                # 'While Dev ran the machine in OR 6, I ...': those who work beside one another use first names.
                marks += [
                    (m.start(), role, name)
                    for m in standing(given, cased=True).finditer(text)
                    if not (_beside(text, m) or _called(reading, unit, m, cast))
                ]
            if name.lower() not in lower:
                continue
            for match in standing(name).finditer(text):
                before = text[: match.start()]
                beside = before_turn.search(before) if role == "professional" else _BESIDE.search(before)
                if not beside and (role == "professional" or not at_side.match(text, match.end())):
                    marks.append((match.start(), role, name))
            if unit.kind == "row" and role != "other":
                marks += [(match.start(), role, name) for match in user_name(person.name).finditer(text)]
    for initials, role, name in _initialled(cast.professionals, cast.technologists, (*cast.surgeons, *cast.anesthesia)):
        marks += [(m.start(), role, name) for m in initials.finditer(reading.unit_text(unit)) if m.end() <= at - unit.start]
    marks += _roles(text)
    if unit.kind == "row" and (wrote := _of_message(reading, unit, cast, marks)):
        return wrote
    if "Dr" in text or "Doctor" in text or "Prof" in text:
        marks += [(at, "other", "") for at in _strangers(text, _known(cast))]
    if _TECHNOLOGIST_WRITES.match(text) or vocabulary().regex("presence.own-note").match(text):
        return "technologist", ""
    section = fields.section_at(at)
    pronoun = _PRONOUN.search(text)
    if pronoun and section not in ("technologist", "professional"):
        marks.append((pronoun.start(), *_meant(reading, unit, marks, pronoun.start(), cast)))
    elif pronoun and section == "professional" and not marks and (other := _other_than_the_label(reading, unit, cast)):
        return other
    if marks:
        last = max(marks)
        writes = last[1] == "professional" and not last[2] and _WRITER.match(text, last[0]) is not None
        if writes and section == "technologist" and not _reads(reading, fields, unit, text):
            return "technologist", ""
        if writes and technologist_writes(reading, unit, unit.start + last[0], cast):
            return "technologist", ""
        if writes and (writer := _sender(reading, unit, cast)):
            return "technologist", writer
        named = [m for m in marks if m[1] == last[1] and m[2]]
        return last[1], (last[2] or (max(named)[2] if named else ""))
    if section in _OF_WHOM:
        return _OF_WHOM[section], ""
    if _boxed(text):
        return _named_above(reading, unit, cast)
    return (
        named_by_label(reading, unit, cast)
        if unit.kind == "sentence" and vocabulary().regex("subject.none").match(text)
        else ("", "")
    )


def _beside(text: str, name: re.Match[str]) -> bool:
    """Whether a name is of whom something was done with or beside: 'next to Dev', 'at Dev's elbow'."""
    with_whom = _BESIDE.search(text[: name.start()]) or vocabulary().regex("subject.with").search(text[: name.start()])
    return with_whom is not None or vocabulary().regex("subject.at-side").match(text, name.end()) is not None


def _called(reading: Reading, unit: Unit, name: re.Match[str], cast: Cast) -> bool:
    """Whether a first name is of whom the words are written to: 'hi Dev, live view is good', 'only you today, Dev. Looking at the traces'."""
    text, words = reading.unit_text(unit), vocabulary()
    if words.regex("subject.greeted").search(text[: name.start()]):
        return True
    return (
        unit.kind == "row"
        and words.regex("subject.called").search(text[name.end() :]) is not None
        and any(user_name(person.name).search(text[: name.start()]) for person in cast.professionals)
    )


def _named_behind(reading: Reading, unit: Unit, at: int, cast: Cast) -> str | None:
    """Surname of the professional whose role begins at `at` ('Tech Cole in the OR; remote physician Ada Hale, MD'); None elsewhere."""
    role = vocabulary().regex("subject.role-and-name").match(reading.text, at, unit.end) if at > unit.start else None
    if role is None:
        return None
    behind = reading.text[role.end() : unit.end]
    return next((surname(p.name) for p in cast.professionals if behind.startswith(p.name.split()[0])), None)


def _technologist_spoke(text: str, lower: str, cast: Cast) -> str:
    """Surname of the technologist whose message the words end in, where lines of a chat ran together: '... 10:40 Tidwell: leads out. I'."""
    for person in cast.technologists:
        name = surname(person.name)
        found = max((m.end() for m in standing(name).finditer(text) if text.startswith(":", m.end())), default=-1)
        if found >= 0 and not any(lower.find(surname(other.name), found) >= 0 for other in cast.professionals):
            return name
    return ""


def _of_message(reading: Reading, unit: Unit, cast: Cast, marks: list[tuple[int, str, str]]) -> tuple[str, str] | None:
    """Role and surname of the writer of a message, where its words name nobody else before the statement."""
    others = (*cast.surgeons, *cast.anesthesia)
    wrote = writer_of(reading.unit_text(unit), cast.professionals, cast.technologists, others)
    if wrote is None:
        return None
    role, name, begin = wrote
    own = [mark for mark in marks if mark[0] >= begin]
    text = reading.text[unit.start : unit.end]
    return (role, name) if not own or _WRITER.match(text, max(own)[0]) else None


_OF_WHOM = {
    "technologist": "technologist",
    "professional": "professional",
    "own-place": "professional",
    "surgeon": "other",
    "anesthesia": "other",
    "assistant": "other",
}
"""Of whom what names nobody is, by the label or heading under which it stands."""
_ALONE = re.compile(r"(?:\w[\w.'’-]*+,?\s*+){1,7}")
"""Up to seven words. Possessive: words that may be cut anywhere take the seventh power of their length."""


_NAME_ALONE = re.compile(r"\W*[A-Z][\w ./()-]{0,30}:\s*+(?:\w[\w.'’-]*+,?\s*+){1,8}\W*")
_FRAGMENTS = 3
"""Fragments that may stand between the one with the name and the one about the place."""


def named_by_label(reading: Reading, unit: Unit, cast: Cast) -> tuple[str, str]:
    """The person named alone behind a label, whatever the label is, before fragments without a subject of their own."""
    index = reading.index_of(unit)
    for above in reversed(reading.units[max(0, index - _FRAGMENTS) : index]):
        text = reading.unit_text(above)
        named, mark, _ = text.lstrip(" -•*·").partition(":")
        if mark and _titled_alone(named, cast):
            text = named  # 'Ada Hale, MD, neurologist: recorded everything herself' over '- stayed in the room from 1:45 pm'
        if above.kind != "sentence" or above.paragraph != unit.paragraph or (":" in text and not _NAME_ALONE.fullmatch(text)):
            return "", ""
        if ":" not in text and not _titled_alone(text, cast):
            continue
        for role, people in (
            ("professional", cast.professionals),
            ("technologist", cast.technologists),
            ("other", cast.surgeons),
        ):
            for person in people:
                if standing(surname(person.name)).search(text):
                    return role, surname(person.name)
        return "", ""
    return "", ""


def _titled_alone(text: str, cast: Cast) -> bool:
    """Whether a fragment is the name of one of the cast with a title and a field and nothing else: 'Ada Hale, MD, neurology.'"""
    people = (*cast.professionals, *cast.technologists, *cast.surgeons)
    return _ALONE.fullmatch(text.strip(" .")) is not None and any(text.strip().startswith(f"{p.name},") for p in people)


def _boxed(text: str) -> bool:
    """Whether a line opens with the box of a form."""
    return BOX.match(text, len(text) - len(text.lstrip())) is not None


def _named_above(reading: Reading, unit: Unit, cast: Cast) -> tuple[str, str]:
    """The person whose name, alone or behind a label, stands over lines of boxes: 'Ada Hale, CNIM / ☒ in the operating room for the whole case'."""
    index = reading.index_of(unit) - 1
    while index >= 0 and _boxed(reading.unit_text(reading.units[index])):
        index -= 1
    if index < 0 or reading.units[index].page != unit.page:
        return "", ""
    above = reading.unit_text(reading.units[index]).strip()
    for role, people in (("professional", cast.professionals), ("technologist", cast.technologists), ("other", cast.surgeons)):
        for person in people:
            if surname(person.name).lower() in above.lower() and _ALONE.fullmatch(_LABEL_CELL.sub(r"\1 ", above)):
                return role, surname(person.name)
    return "", ""


_LABEL_CELL = re.compile(r"^([^\W\d_][\w -]{1,30})(?::\s|\t)\s*(?=\S)")
"""The label before the name that stands over boxes: 'Technologist: Noor Hale, CNIM', 'Neurologist | Ada Hale, MD'."""


def _sender(reading: Reading, unit: Unit, cast: Cast) -> str:
    """Surname of the technologist from whom the message is in which a statement stands; '' for other writers and no message."""
    at = reading.text.rfind("From:", 0, unit.start)
    if at < 0 or (at and reading.text[at - 1] not in "\n\t >") or _NEXT_PAPER.search(reading.text, at + 5, unit.start):
        return ""
    if not vocabulary().regex("subject.mail").search(reading.text, at, at + 400):
        return ""
    head = reading.text[at : reading.text.find("\n", at)].lower()
    return next((surname(p.name) for p in cast.technologists if surname(p.name).lower() in head), "")


_NEXT_PAPER = re.compile(r"^\s*(?:>{1,3}|={3,}|-{3,}|_{5,}|\*{3,})", re.M)
"""What ends the words of a message: a quotation, a ruled line."""


def _reads(reading: Reading, fields: Fields, unit: Unit, text: str) -> bool:
    """Whether an 'I' in the paragraph of a technologist's label is the professional.

    It is where a sentence of its own tells of reading the case, or where the technologist was spoken of as of somebody else before.
    """
    words = vocabulary()
    reads = words.regex("subject.reads").search(text) is not None
    for field in fields.of("technologist"):
        if unit.start <= field.start < unit.end:
            return False
        if field.start < unit.start < field.high:
            before = reading.text[field.low : unit.start]
            return reads or (words.regex("subject.spoken-of").search(before) is not None and _WRITER.search(before) is None)
    return reads


_WRITER = re.compile(r"\b(?:I|my|me|myself)\b", re.I)
_ALIKE = 0.75
"""How alike two names are of which one may be the other misread."""


def _known(cast: Cast) -> tuple[str, ...]:
    """Every word of the names of a cast that has a professional; none where anybody could be the professional."""
    people = (*cast.professionals, *cast.surgeons, *cast.anesthesia, *cast.technologists, *cast.assistants)
    return tuple(word.lower().strip(".,") for person in people for word in person.name.split()) if cast.professionals else ()


@functools.lru_cache(maxsize=1024)
def _strangers(text: str, known: tuple[str, ...]) -> tuple[int, ...]:
    """Where a doctor is named who is nobody of the cast: 'Dr. Brandt of anesthesia was in the room' places no professional."""
    if not known:
        return ()
    return tuple(
        match.start()
        for match in BY_TITLE.finditer(text)
        if not any(SequenceMatcher(None, match["name"].lower(), word).ratio() >= _ALIKE for word in known)
    )


@functools.lru_cache(maxsize=1024)
def _roles(text: str) -> tuple[tuple[int, str, str], ...]:
    """Where words for a role begin, without those of whom something is done with; a statement is asked about many times."""
    found: list[tuple[int, str, str]] = []
    beside_whom = vocabulary().regex("subject.with")
    for role in ("technologist", "professional", "other"):
        for match in vocabulary().regex(f"subject.{role}").finditer(text):
            by_writer = match.group() == "I"  # 'During the monitoring I sat': nobody is monitored by the words before an 'I'
            beside = not by_writer and beside_whom.search(text[max(0, match.start() - 24) : match.start()])
            if not beside or _WHO.match(text, match.end()):
                found.append((match.start(), role, ""))
    return tuple(found)


@functools.lru_cache(maxsize=64)
def _initialled(
    professionals: tuple[Person, ...], technologists: tuple[Person, ...], others: tuple[Person, ...]
) -> tuple[tuple[Expression, str, str], ...]:
    """Expressions for the initials by which a record names people, with role and surname.

    Three letters and more mean the person anywhere. Two may be anything, and mean the person where they open a clause that tells what
    somebody does ('GM in room for all of it'), if nobody else of the case has them.
    """
    named = [(p, "professional") for p in professionals] + [(p, "technologist") for p in technologists]
    behind = vocabulary().patterns["subject.behind-initials"].source
    found: list[tuple[Expression, str, str]] = []
    for person, role in named:
        letters = initials_of(person.name)
        if len(letters) > 2:
            found.append((Expression(rf"(?<![\w.]){letters}(?![\w'’.])", cased=True), role, surname(person.name)))
        elif len(letters) == 2 and not _of_two(letters, person, (*professionals, *technologists, *others)):
            opening = rf"(?:\A|[.;:\t])\s*{letters[0]}\.?\s?{letters[1]}\.?(?=,?\s(?i:{behind}))"
            found.append((Expression(opening, cased=True), role, surname(person.name)))
    return tuple(found)


def _of_two(letters: str, person: Person, people: tuple[Person, ...]) -> bool:
    """Whether two letters are of anybody else of the case too, or a word of every record."""
    return vocabulary().regex("subject.no-initials").match(letters) is not None or any(
        initials_of(other.name) == letters and surname(other.name) != surname(person.name) for other in people
    )


_BESIDE = re.compile(
    r"\b(?:beside|next\s+to|alongside|near|behind|opposite)\s+(?:(?:the\s+)?(?:technologist|tech|surgeon),?\s+|(?:Mr|Ms|Mrs|Dr|Miss)\.?\s+)?"
    r"(?:[A-Z][\w.'’-]*\s+){0,2}$"
)
"""'I stood beside Mr. Wexler at the table': what follows is still of the writer."""
_TECHNOLOGIST_WRITES = re.compile(r"\W*\d{1,2}[:.]?\d{2}(?:[:.]\d\d)?\W+(?-i:TECH|CNIM|Tech)\b")
"""An entry of a log behind the word for who wrote it; 'I' is the technologist there."""
_WHO = re.compile(r"(?:[\s,(]+(?:[A-Z][\w.'’-]*|CNIM|R\.))*[\s,)]*\b(?:who|that)\s", re.I)
"""'telephone with the technologist, who stayed in the room': the clause behind is about the one named before it."""
_PRONOUN = expression(r"\bs?he\b")
"""Someone the text spoke of before; under a label it is the person that the label names."""


def _meant(reading: Reading, unit: Unit, marks: list[tuple[int, str, str]], at: int, cast: Cast) -> tuple[str, str]:
    """Role and surname of the one whom 'he' or 'she' means: named before in the sentence, else last in the sentence before."""
    before = [mark for mark in marks if mark[0] < at]
    if before:
        return max(before)[1:]
    above = _last_not_of_pronoun(reading, unit)
    pronoun = _PRONOUN.search(reading.text, unit.start + at, unit.end)
    if not above:
        return ("professional" if cast.professionals and of_the_watch(reading, unit) else "other"), ""
    named = [
        (place, role, surname(person.name))
        for role, people in (("professional", cast.professionals), ("technologist", cast.technologists), ("other", cast.surgeons))
        for person in people
        for place in places_of(person.name, above)
        if not _other_title(above[:place], pronoun)
    ]
    words, held = vocabulary(), {role for _, role, _ in named}
    named += [
        (match.start(), role, "")
        for role in ("professional", "technologist", "other")
        if role == "other" or role not in held
        for match in words.regex(f"subject.{role}").finditer(above)
        if not _WRITER.fullmatch(match.group())
    ]  # 'The undersigned was at no time in the room. She attended from the reading center'
    return max(named)[1:] if len({mark[1:] for mark in named}) == 1 else ("other", "")


def _other_title(before: str, pronoun: re.Match[str] | None) -> bool:
    """Whether the title before a name is of another than the pronoun: 'Mr. Cole' is not meant by 'she'."""
    title = _TITLE.search(before)
    if title is None or pronoun is None:
        return False
    return (title["title"].lower() == "mr") == (pronoun.group().lower() == "she")


_TITLE = re.compile(r"\b(?P<title>Mr|Mrs|Ms|Miss)\.?\s+(?:[A-Z][\w.'’-]*\s+){0,2}$")


def _other_than_the_label(reading: Reading, unit: Unit, cast: Cast) -> tuple[str, str] | None:
    """Whom 'he' means under a professional's label where that is somebody else: 'Mr. Cole and I had a chat open. He stayed in the room.'

    The sentence before has to name one person only, who is none of the professionals, and who is what it is about or one to whom its
    'I' had to do: in 'A line to Jo Cole was open. She watched live' the label still says who 'she' is.
    """
    above = _last_not_of_pronoun(reading, unit)
    role, who = _meant(reading, unit, [], 0, cast) if above else ("", "")
    if not who or role == "professional":
        return None
    opens = standing(who).search(above[: _OPENING + len(who)]) is not None and above.find(":") < 0
    by_writer = any(_WRITER.fullmatch(m.group()) for m in vocabulary().regex("subject.professional").finditer(above))
    return (role, who) if opens or by_writer else None


def meant_by_pronoun(reading: Reading, unit: Unit, cast: Cast) -> tuple[str, str]:
    """Role and surname of the one whom a sentence is about that begins with 'she' or 'he'; ('', '') for other sentences."""
    return _meant(reading, unit, [], 0, cast) if _GOES_ON.match(reading.unit_text(unit)) else ("", "")


def meant_before(reading: Reading, unit: Unit, cast: Cast) -> tuple[str, str]:
    """Role and surname of the one whom a sentence goes on about that names nobody: 'From 12:05 on she watched', 'Her part was ...'.

    The sentence before has to name one person only. What has no subject of its own is of the one whose label stands above.
    """
    if _OF_SOMEBODY.search(reading.text, unit.start, unit.end) is not None:
        return _meant(reading, unit, [], 0, cast)
    return named_by_label(reading, unit, cast)


_OF_SOMEBODY = expression(r"\b(?:s?he|hers?|his|him)\b")
_BACK = 4
"""Sentences before one with a pronoun among which the one stands that names who is meant."""
_GOES_ON = re.compile(r"\W*(?:(?:Then|Later|There|Afterwards?|At\s+[\d:.]+),?\s+)?(?:s?he|they)\b", re.I)


def _last_not_of_pronoun(reading: Reading, unit: Unit) -> str:
    """The sentence before that names somebody, past those of its paragraph that go on with 'she': '' where there is none."""
    index = reading.index_of(unit)
    for above in reversed(reading.units[max(0, index - _BACK) : index]):
        if above.paragraph != unit.paragraph or above.kind != "sentence":
            return ""
        if not _GOES_ON.match(text := reading.unit_text(above)):
            return text
    return ""


@functools.lru_cache(maxsize=256)
def _opening(name: str) -> Expression:
    """A surname that is not said of something: not 'Cole's note'."""
    return Expression(rf"(?<!\w){re.escape(name)}(?![\w'’])")


def opens_with_technologist(text: str, cast: Cast) -> bool:
    """Whether a statement begins with the technologist's name and names no professional: 'J. Cole, CNIM, ... with one patient'."""
    low = text.lower()
    found = (_opening(surname(p.name)).search(low) for p in cast.technologists)
    first = min((match.start() for match in found if match), default=_OPENING)
    return first < _OPENING and not any(surname(p.name) in low for p in cast.professionals) and not re.search(r"\bI\b", text)


def wrote_technologist(text: str, cast: Cast) -> bool:
    """Whether a statement's first words are a technologist's, as the writer of 'I': '[Blandford] I have no other case'."""
    head = _HEAD.match(text)
    if head is None or re.search(r"\b(?:I|my)\b", text[head.end() :]) is None:
        return False
    low = head["who"].lower()
    named = any(surname(p.name) in low for p in cast.technologists)
    return named and not any(surname(p.name) in low for p in cast.professionals)


def of_a_colleague(text: str, cast: Cast) -> bool:
    """Whether the last clause before an offset is of a doctor who is none of the professionals: 'Dr. Osei, who shared the call, had ...'."""
    if not cast.professionals:
        return False
    last = next(reversed(list(vocabulary().regex("subject.clause-of").finditer(text))), None)
    if last is None or any(
        word in last["name"].lower() for p in cast.professionals for word in (surname(p.name), *p.name.lower().split())
    ):
        return False
    behind = text[last.end() :]
    named = any(surname(p.name) in behind.lower() for p in cast.professionals)
    return not named and vocabulary().regex("subject.professional").search(behind) is None


_HEAD = re.compile(r"\W*(?P<who>[\w.'’, -]{2,40}?)\s*[\]>:]\s*")
_OPENING = 30
"""Characters within which the one stands of whom a statement is."""
