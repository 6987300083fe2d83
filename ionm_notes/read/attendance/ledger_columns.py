"""Which column of a table of attendance holds what: the heading, and where it names too little, the rows below it.

Read on if a table is not taken for one of attendance, or a column for another; what its rows say is read by `ledger.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ionm_notes.read.attendance.clause_words import load_in
from ionm_notes.read.events import Times, cells_of, column_of
from ionm_notes.read.events.model import PARTS
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.legend import Legend
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.vocabulary import vocabulary

_MOST_COLUMNS = 9
LONGEST_TITLE = 70
"""Characters of the longest line over a table that is taken for its title."""
_SHORTENED = 4
"""Characters of a name of a column from which on it is no code of a legend: 'Open = cases on the screens' explains, and shortens nothing."""
NUMBER = re.compile(r"\s*\(?(\d{1,2}|none|one|two|three|four|five|zero|nil)\b(?![:.h]\d)", re.I)
_WORDS = {"none": 0, "zero": 0, "nil": 0} | NUMBERS


@dataclass(frozen=True, slots=True)
class Columns:
    """Indexes of the columns of a table of attendance; None where it has no such column."""

    first: int
    last: int
    name: int | None
    place: int | None
    cases: int | None
    also: int | None
    """What else was open: other cases by name, or nothing."""
    others_only: bool
    """The column counts the other cases, without this one."""
    unsure: bool
    """A one in the column may mean this case or one beside it ('concurrent cases: 1')."""
    service: int | None = None
    """What was done or who did it, in words that may hold the place: 'Remote oversight'."""
    answered: int | None = None
    """A yes or no to whether attention was exclusive, or shared."""
    answers_shared: bool = False
    count: int = 0
    phases: bool = False
    """A column names parts of the day beside one that counts cases."""
    room: bool = False
    """The table is of who came to the operating room: its rows are of that place."""


def count_of(word: str) -> int:
    """A count of cases, in figures or in words."""
    return _WORDS[word.lower()] if word.lower() in _WORDS else int(word)


def columns_of(reading: Reading, unit: Unit, legend: Legend, cast: Cast) -> Columns | None:
    """The columns that a heading names; None if it is no heading of a table of attendance."""
    names = [reading.text[low:high].strip() for low, high in cells_of(reading, unit)]
    if not 2 <= len(names) <= _MOST_COLUMNS:
        return None
    names = [legend.spelled(name) if len(name) < _SHORTENED else name for name in names]

    def column(what: str) -> int | None:
        return column_of(names, vocabulary().regex(f"ledger.{what}"))

    first = column("from")
    last = None if first is None else column("to")
    index = reading.index_of(unit)
    if first is None or last is None or first == last:
        first = last = column("interval")
    if first is None or last is None:
        first = last = _times_of_loads(reading, index, names)
    if first is None or last is None:
        first = last = _stretches_of_places(reading, index, names)
    if first is None or last is None:
        return None
    title = reading.unit_text(reading.units[index - 1]) if index else ""
    other_day = vocabulary().regex("ledger.other-day")
    if other_day.search(names[0]) or (len(title) <= LONGEST_TITLE and other_day.search(title)):
        return None
    others_than_times = ["" if number in (first, last) else name for number, name in enumerate(names)]
    cases = column_of(others_than_times, vocabulary().regex("ledger.cases"))  # not 'Took the feed' or 'Session start'
    of_parts = cases is not None and _names_parts(reading, index, cases)
    cases = None if of_parts else cases
    phases = of_parts or column("phase") is not None
    placed = _whereabouts(names, cast)
    if phases and cases is None and placed is None:
        return None
    counted = names[cases] if cases is not None else ""
    others, unsure = (vocabulary().regex(f"ledger.{word}").search(counted) is not None for word in ("others", "at-once"))
    if cases is not None and unsure and not others:
        others = _counts_none(reading, index, len(names), cases)
    name, place = column("name"), column("place")
    if name is not None and (name == place or _holds_remarks(reading, index, name)):
        name = None  # 'Location of reader', 'Comment of reader'
    place = placed if placed is not None and (place is None or phases) else place
    if place is None:  # 'On | Off | From'
        place = next((n for n, head in enumerate(names) if n not in (first, last) and head.strip(" :").lower() == "from"), None)
    answered = column("answered") if cases is None else None
    service = column("service") if place is None else None
    taken = (first, last, name, place, cases)
    answered = None if answered in taken[:4] else answered
    service = None if service in (*taken, answered) else service
    shares = answered is not None and vocabulary().regex("ledger.answers-shared").search(names[answered]) is not None
    room = place is None and len(title) <= LONGEST_TITLE and vocabulary().regex("ledger.of-room").search(title) is not None
    room = room or (place is None and all(_of_room(names[number]) for number in (first, last)))
    also = column("also")
    return Columns(first, last, name, place, cases, also, others, unsure, service, answered, shares, len(names), phases, room)


def _names_parts(reading: Reading, heading: int, column: int) -> bool:
    """Whether the rows below a heading name parts of the day in a column, which counts no cases then: 'Part of the case' over 'Hook-up'."""
    for below in reading.units[heading + 1 :]:
        cells = cells_of(reading, below) if below.kind == "row" else []
        if len(cells) <= column or load_in(reading.text[slice(*cells[column])]) is not None:
            return False
        hits = label_hits(reading.text[slice(*cells[column])])
        if any(hit.kind in PARTS for hit in hits):
            return True
    return False


def _row_below(reading: Reading, heading: int) -> list[str]:
    """What the cells of the row right below a heading say; nothing where no row stands there."""
    below = reading.units[heading + 1] if heading + 1 < len(reading.units) else None
    cells = cells_of(reading, below) if below is not None and below.kind == "row" else []
    return [reading.text[low:high].strip() for low, high in cells]


def _holds_remarks(reading: Reading, heading: int, column: int) -> bool:
    """Whether the row below a heading has a sentence in a column, which names nobody then: 'Comment of reader'."""
    cells = _row_below(reading, heading)
    return column < len(cells) and len(_COMMON_WORD.findall(cells[column])) >= _SENTENCE


_COMMON_WORD = re.compile(r"(?<![\w.])[a-z]{2,}(?![\w.])")
_SENTENCE = 3
"""Words in small letters from which on a cell is no name with credentials and a place ('Hale, MD, from home')."""


def _times_of_loads(reading: Reading, index: int, names: list[str]) -> int | None:
    """The column of a table that counts cases, whatever its name, where the row below has an interval in it: no log has that.

    'Time | Cases', 'Slot | Cases open | Comment' over '09:05 - 10:20 | 3 | also OR 2'.
    """
    cases = column_of(names, vocabulary().regex("ledger.cases"))
    cells = _row_below(reading, index)[: len(names)] if cases is not None else []
    if cases is None or cases >= len(cells) or NUMBER.match(cells[cases]) is None:
        return None  # 'Patient in room | Hookup' of a form, over '7:12 | 7:35 - 7:58'
    return next((n for n, cell in enumerate(cells) if _INTERVAL.fullmatch(cell)), None)


def _stretches_of_places(reading: Reading, index: int, names: list[str]) -> int | None:
    """The first column of a table that names a place, whatever its name, where the row below has nothing but an interval in it.

    'Stretch | Place | Contact' over '08:34-11:20 | OR 14, next to the cart | face to face'.
    """
    if column_of(names[1:], vocabulary().regex("ledger.place")) is None:
        return None
    cells = _row_below(reading, index)
    return 0 if len(cells) == len(names) and _INTERVAL.fullmatch(cells[0]) is not None else None


_INTERVAL = re.compile(r"\d{1,2}[:.h]?\d\d(?:\s?[ap]\.?m\.?)?\s?(?:[-–—]|to)\s?\d{1,2}[:.h]?\d\d(?:\s?[ap]\.?m\.?|h)?", re.I)


def _of_room(name: str) -> bool:
    """Whether the name of a column of times is of coming to or leaving the operating room: 'Entered OR', 'Left theatre 2'."""
    return vocabulary().regex("ledger.room-times").search(name) is not None


def _counts_none(reading: Reading, heading: int, width: int, column: int) -> bool:
    """Whether a row below a heading counts none in a column, which then counts the cases beside this one: 'Parallel sessions' over 0."""
    for below in reading.units[heading + 1 :]:
        cells = cells_of(reading, below) if below.kind == "row" else []
        if len(cells) != width:
            return False
        number = NUMBER.match(reading.text[slice(*cells[column])])
        if number is not None and count_of(number[1]) == 0:
            return True
    return False


def behind_names(reading: Reading, times: Times, unit: Unit, columns: Columns) -> Columns:
    """The columns of a row that begins with a name over which the heading has nothing: ' | Start | Stop' over 'Hale | 8:15 | 9:50'."""
    cells = cells_of(reading, unit)
    if columns.name is not None or len(cells) != columns.count + 1 or times.within(*cells[0]):
        return columns

    def moved(index: int | None) -> int | None:
        return None if index is None else index + 1

    return replace(
        columns,
        first=columns.first + 1,
        last=columns.last + 1,
        name=0,
        place=moved(columns.place),
        cases=moved(columns.cases),
        also=moved(columns.also),
        service=moved(columns.service),
        answered=moved(columns.answered),
        count=columns.count + 1,
    )


def _whereabouts(names: list[str], cast: Cast) -> int | None:
    """The column that is headed by the professional's name, or what he or she is, and a word of being somewhere: 'Dr. Hale was'."""
    words = vocabulary()
    own = [surname(person.name) for person in cast.professionals]
    for number, name in enumerate(names):
        low = name.lower()
        asked = any(one in low for one in own) or words.regex("hours.who").search(name) is not None
        if asked and words.regex("ledger.was").search(name):
            return number
    return None
