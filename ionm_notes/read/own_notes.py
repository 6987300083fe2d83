"""Whether the 'I' of a statement is the technologist, by what stands round it: a heading above, a writer before, a signature below.

'Tech statement / I was in OR 7 from first lead to last. J. Pruitt, CNIM' places no professional. A note that tells of reading
the case is none of a technologist's, and of two signatures below one another neither says whose the 'I' above them is.
Words: `presence.own-heading`, `presence.writes`, `presence.signs`, `presence.rest-of-signature` in `patterns/presence.toml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from ionm_notes.read.expression import Expression
from ionm_notes.read.names import initials_of, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person

_ABOVE, _BELOW = 6, 6
"""Statements above and below one in the first person among which a heading or a signature says whose it is."""
_NUMBERED = re.compile(r"\W{0,2}(?:\d{1,2}|[A-H]|[IVX]{1,4})[\]).]\s+(?=[A-Z])")
"""The number before the heading of a part: '[2] SECURE MESSAGES', 'B. Technologist's log'."""
_TITLE = 5
"""Statements at the top of a record among which its title stands."""
_HEADING = 70
"""Characters of the longest heading."""
_BEFORE = 40
"""Characters before a name in which 'this is' or 'me' stands."""
_SIGNATURE = 110
"""Characters of the longest signature."""


def technologist_writes(reading: Reading, unit: Unit, at: int, cast: Cast) -> bool:
    """Whether the words before `at`, the heading above, or the signature below a statement say that a technologist wrote it."""
    words = vocabulary()
    if not cast.technologists or words.regex("subject.reads").search(reading.unit_text(unit)):
        return False
    before = reading.text[unit.start : at]
    if _of_professional(before, cast):
        return False
    if _reader_is_another(reading.text[at : unit.end], cast):
        return True
    if (
        _named_writer(before, cast.technologists)
        or _authored(before, cast.technologists)
        or words.regex("presence.own-heading").match(before)
    ):
        return True
    index = reading.index_of(unit)
    above = reading.units[index - 1] if index and not before.strip() else unit
    if _says_me(before if above is unit or above.paragraph != unit.paragraph else reading.unit_text(above), cast):
        return True
    if (
        _headed(reading, unit, cast)
        or _signed(reading, unit, cast)
        or _titled(reading, cast)
        or _in_own_part(reading, unit, cast)
    ):
        return True
    return _named_as_writer(reading, cast) and not _among_professionals_words(reading, unit, cast)


def _reader_is_another(behind: str, cast: Cast) -> bool:
    """Whether the only professional does something in a clause beside the 'I': 'I am at the machine and Dr. Hale sees nothing'."""
    if len(cast.professionals) != 1:
        return False
    beside, does = vocabulary().regex("presence.clause-beside"), vocabulary().regex("presence.does")
    return any(
        beside.search(behind[: name.start()]) is not None and does.match(behind, name.end()) is not None
        for name in standing(surname(cast.professionals[0].name)).finditer(behind)
    )


def _titled(reading: Reading, cast: Cast) -> bool:
    """Whether the record itself is the technologist's by its title, and names no professional whose words it could hold."""
    if cast.professionals:
        return False
    title = vocabulary().regex("presence.own-title")
    return any(title.search(reading.unit_text(unit)) for unit in reading.units[:_TITLE])


def _in_own_part(reading: Reading, unit: Unit, cast: Cast) -> bool:
    """Whether the last numbered heading above is that of a technologist's sheet: '[1] TECHNOLOGIST FLOWSHEET'."""
    title = vocabulary().regex("presence.own-title")
    for above in reversed(reading.units[: reading.index_of(unit)]):
        text = reading.unit_text(above)
        if above.page != unit.page or _labelled(text, cast):
            return False
        if _NUMBERED.match(text):
            return title.search(text) is not None
    return False


@functools.lru_cache(maxsize=8)
def _named_as_writer(reading: Reading, cast: Cast) -> bool:
    """Whether the record names the technologist as whoever wrote it: 'Technologist: Jo Fenn, CNIM (me)'."""
    return _says_me(reading.text, cast)


def _says_me(text: str, cast: Cast) -> bool:
    """Whether a text names the technologist and says 'me' behind the name or before it."""
    me, this_is = vocabulary().regex("presence.me"), vocabulary().regex("presence.this-is-me")
    return any(
        me.match(text[match.end() : match.end() + _SIGNATURE]) is not None
        or this_is.search(text[max(0, match.start() - _BEFORE) : match.start()]) is not None
        for match in _name(cast.technologists).finditer(text)
    )


def _among_professionals_words(reading: Reading, unit: Unit, cast: Cast) -> bool:
    """Whether a heading or label above a statement, or the next signature below it, makes it a professional's."""
    index = reading.index_of(unit)
    heading = vocabulary().regex("presence.heading")
    for above in reversed(reading.units[max(0, index - _ABOVE) : index]):
        text = reading.unit_text(above)
        if _says_me(text, cast):
            break
        if heading.match(text) or _labelled(text, cast):
            return True
    for below in reading.units[index + 1 : index + 1 + _BELOW]:
        text = reading.unit_text(below)
        if _is_heading(text):
            return False
        if _ends_note(text, cast):
            return True
    return False


def _of_professional(text: str, cast: Cast) -> bool:
    """Whether words name a professional, by role or name: 'Physician summary (K. Hale): I ...'."""
    return _mentions(text, cast.professionals) or any(
        match.group() not in ("I", "myself") for match in vocabulary().regex("subject.professional").finditer(text)
    )


def _mentions(text: str, people: Sequence[Person]) -> bool:
    """Whether a surname stands in a text; names are expressions only where this cannot tell."""
    low = text.lower()
    return any(surname(person.name) in low for person in people)


def _named_writer(before: str, people: Sequence[Person]) -> bool:
    """Whether words are of a technologist who writes: 'J. Pruitt, CNIM writes: "'."""
    if not _may_name(before, people):
        return False
    said = _name(people).match(before)
    return said is not None and vocabulary().regex("presence.writes").match(before[said.end() :]) is not None


def _authored(before: str, people: Sequence[Person]) -> bool:
    """Whether the words before say by whom what follows was added: '--- added 02/12/2026 02:05 by G. Juarez, CNIM ---'."""
    name = _name(people)
    return any(name.match(before, match.end()) for match in vocabulary().regex("presence.author").finditer(before))


def _headed(reading: Reading, unit: Unit, cast: Cast) -> bool:
    """Whether the nearest heading or name above is of the technologist's own words."""
    index = reading.index_of(unit)
    heading = vocabulary().regex("presence.own-heading")
    for above in reversed(reading.units[max(0, index - _ABOVE) : index]):
        text = reading.unit_text(above)
        if _closes_with_heading(text):
            return False
        if above.kind == "running" or (above.paragraph == unit.paragraph and len(text) > _HEADING and not heading.match(text)):
            continue
        if match := heading.match(text):
            # 'Technologist's note: ...' opens the paragraph; as a heading it stands alone.
            return above.paragraph == unit.paragraph or not text[match.end() :].strip(" .:-") or _is_name(text, match.end(), cast)
        if _labelled(text, cast) or vocabulary().regex("presence.heading").match(text):
            return False
        if above.paragraph != unit.paragraph and _ends_note(text, cast):
            return False
    return False


def _closes_with_heading(text: str) -> bool:
    """Whether a statement runs into the heading of a professional's words: '... to 10:50. J. Pruitt, CNIM Physician statement'."""
    heading, tail = vocabulary().regex("presence.heading"), text[-_HEADING // 2 :]
    reader = vocabulary().regex("subject.professional")
    return any(heading.fullmatch(tail[match.start() :]) for match in reader.finditer(tail) if match.start())


def _is_heading(text: str) -> bool:
    """Whether a line is a heading of some note, the technologist's or another's."""
    words = vocabulary()
    own = words.regex("presence.own-heading").match(text)
    return words.regex("presence.heading").match(text) is not None or (own is not None and not text[own.end() :].strip(" .:-"))


def _labelled(text: str, cast: Cast) -> bool:
    """Whether a statement begins with a label that names a professional: 'Physician summary (K. Hale): ...'."""
    label, mark, _ = text[:_HEADING].partition(":")
    return bool(mark) and _of_professional(label, cast)


def _is_name(text: str, at: int, cast: Cast) -> bool:
    """Whether the rest of a heading is a technologist's name: 'Field notes of J. Pruitt, CNIM'."""
    rest = text[at:].strip(" .:-(")
    return _name(cast.technologists).match(rest) is not None


def _ends_note(text: str, cast: Cast) -> bool:
    """Whether a short line names a professional or is signed: what stands below it belongs to somebody else."""
    return len(text) <= _SIGNATURE and (
        vocabulary().regex("signature.signed").search(text) is not None or _mentions(text, cast.professionals)
    )


def _signed(reading: Reading, unit: Unit, cast: Cast) -> bool:
    """Whether the first signature below is the technologist's, and no other one follows it."""
    index = reading.index_of(unit)
    below = [other for other in reading.units[index + 1 : index + 2 + _BELOW] if other.kind != "running"]
    for place, other in enumerate(below[:_BELOW]):
        text = reading.unit_text(other)
        if other.page != unit.page or len(text) > _SIGNATURE:
            if other.paragraph != unit.paragraph:
                return False
            continue
        if _is_signature(text, cast.technologists):
            after = reading.unit_text(below[place + 1]) if place + 1 < len(below) else ""
            return not _is_signature(after, cast.professionals)
        if _ends_note(text, cast) or _is_heading(text):
            return False
    return False


def _is_signature(text: str, people: Sequence[Person]) -> bool:
    """Whether a line is a name with nothing but credentials, a date and the words of signing: '- J. Pruitt, CNIM 03/12/2026'."""
    if not _may_name(text, people):
        return False
    words = vocabulary()
    led = words.regex("presence.signs").match(text)
    said = _name(people).match(text, led.end() if led else 0)
    return said is not None and words.regex("presence.rest-of-signature").match(text[said.end() :]) is not None


def _may_name(text: str, people: Sequence[Person]) -> bool:
    """Whether any part of a name, or initials, stand in a text."""
    low = text.lower()
    return any(
        word.lower().strip(".,") in low if len(word.strip(".,")) > 2 else False
        for person in people
        for word in person.name.split()
    ) or any((letters := initials_of(person.name)) and letters in text.replace(".", "") for person in people)


@functools.lru_cache(maxsize=64)
def _names(people: tuple[Person, ...]) -> Expression:
    found = []
    for person in people:
        last, letters = re.escape(surname(person.name)), initials_of(person.name)
        found.append(rf"(?:(?:Mr|Ms|Mrs|Miss|Dr)\.?\s+)?(?:[A-Z][\w.'’-]*\s+){{0,3}}(?i:{last})")
        found.append(rf"(?i:{last}),\s[A-Z][\w.'’-]*(?:\s[A-Z]\.?)?")
        given = next(
            (word for word in person.name.replace(",", " ").split() if word.lower().strip(".") != surname(person.name)), ""
        )
        if len(given) > 2:
            found.append(rf"(?i:{re.escape(given)})(?:\s(?i:{last[:1]})\.?)?")
        if len(letters) > 1:
            found.append(r"\.?".join(map(re.escape, letters)) + r"\.?")
    return Expression(rf"(?<!\w)(?:{'|'.join(found) or '(?!)'})(?!\w)", cased=True)


def _name(people: Sequence[Person]) -> Expression:
    """An expression for the names and initials of people."""
    return _names(tuple(people))
