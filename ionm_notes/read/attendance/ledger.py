"""Tables of attendance: rows of 'from | to' with who watched, from where and how many cases were open; a row is a spell.

    From  | To    | Cases open | Remarks                 Reader      | Online | Offline | Location
    08:30 | 09:45 | 1          | this patient only       Dr. Vance   | 21:46  | 23:58   | remote

A table counts only if it shows that it speaks of a professional: by the name of one in its rows, by a column that counts
cases, or by the words above it. Tables of the parts of the day ('Phase | Start | Stop') are none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.attendance.clause_words import load_in
from ionm_notes.read.attendance.duty import duty_lists
from ionm_notes.read.attendance.ledger_columns import LONGEST_TITLE, NUMBER, Columns, behind_names, columns_of, count_of
from ionm_notes.read.attendance.loaded_lines import loaded_lines
from ionm_notes.read.attendance.model import Spell, as_mode
from ionm_notes.read.attendance.place_columns import place_columns
from ionm_notes.read.attendance.side_by_side import side_by_side
from ionm_notes.read.boxes import has_boxes, only_ticked
from ionm_notes.read.caseload import caseload
from ionm_notes.read.clause_cuts import STOPS, clauses
from ionm_notes.read.clock import DAY
from ionm_notes.read.denials import denied_before
from ionm_notes.read.events import Event, Times, cells_of, column_of, overnight
from ionm_notes.read.events.model import PARTS
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.legend import Legend, legend_of
from ionm_notes.read.messages import user_name
from ionm_notes.read.names import initials_of, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.place import place_of
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.timing import read_late
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Mode, Tri


def read_ledger(reading: Reading, times: Times, cast: Cast) -> list[Spell]:
    """The spells that tables of attendance state, in order of place; of lines with hours and loads where there is no such table."""
    legend = legend_of(reading)
    return (
        place_columns(reading, times, cast)
        or _in_tables(reading, times, cast, legend)
        or side_by_side(reading, times, cast, legend)
        or duty_lists(reading, times, cast)
        or list(loaded_lines(reading, times, cast, legend))
    )


def beside_rows(events: tuple[Event, ...], spells: list[Spell]) -> tuple[Event, ...]:
    """The events without those of rows of attendance; of rows that are the parts of the monitoring too, the monitoring from first to last.

    'Monitoring, part 1 | 8:20 | 10:05 | in OR 4' over 'Monitoring, part 2 | 10:05 | 13:30 | at home', where nothing else tells of it.
    """
    rows = {place for spell in spells for place in (spell.sentence, *spell.notes)}
    outside = tuple(e for e in events if (e.unit.start, e.unit.end) not in rows)
    parts = [e for e in events if e.kind in _MONITORED and e.last is not None and (e.unit.start, e.unit.end) in rows]
    if not parts or any(e.kind == "monitoring" for e in outside):
        return outside
    first, last = min(e.first for e in parts), max(e.last or e.first for e in parts)
    return (*outside, replace(parts[0], kind="monitoring", first=first, last=last))


_MONITORED = frozenset({"monitoring", "attend-monitored"})


def _in_tables(reading: Reading, times: Times, cast: Cast, legend: Legend) -> list[Spell]:
    spells: list[Spell] = []
    heading: tuple[Unit, Columns] | None = None
    sole = cast.sole
    for unit in reading.units:
        if unit.kind != "row":
            heading = heading if unit.kind == "running" else None
            continue
        has_time = bool(times.within(unit.start, unit.end))
        columns = None if has_time else columns_of(reading, unit, legend, cast)
        if columns is not None:
            heading = (unit, columns)
        elif heading is not None and not has_time and _heads_another(reading, unit):
            heading = None
        elif heading is not None:
            begun = spells[-1].first if spells and spells[-1].sentence[0] > heading[0].start else None
            spell = (
                _row(reading, times, unit, behind_names(reading, times, unit, heading[1]), cast, begun, legend)
                if has_time
                else _whole_row(reading, unit, heading[1], cast, legend)
            )
            if spell is not None and not spell.who:
                spell.who = _headed_by(reading, heading[0], cast)
            about = spell is not None and (spell.who or _of_professional(reading, heading))
            if spell is not None and about:
                if spells and spells[-1].sentence[0] > heading[0].start:
                    _repeated(reading, unit, heading[1], spell, spells[-1])
                spell.who = spell.who or sole
                spells.append(spell)
    return spells


def _heads_another(reading: Reading, unit: Unit) -> bool:
    """Whether a row without times heads a table of other times: 'Phase | Start | End'."""
    names = [reading.text[low:high].strip() for low, high in cells_of(reading, unit)]
    return all(any(vocabulary().regex(f"ledger.{what}").search(name) for name in names) for what in ("from", "to"))


def counted_rows(reading: Reading, times: Times) -> dict[int, bool]:
    """Rows of a log with a column that counts open cases: whether this was the only one, by the minute of the row.

    'Time | User | Event | Sessions open' says of each log-on how many cases the reader had open at that moment.
    """
    found: dict[int, bool] = {}
    column: int | None = None
    unsure = others = False
    for unit in reading.units:
        if unit.kind == "running":
            continue
        cells = cells_of(reading, unit) if unit.kind == "row" else []
        clocks = times.within(unit.start, unit.end)
        if not clocks:
            if not cells:
                column = None
                continue
            names = [reading.text[low:high].strip() for low, high in cells]
            words = vocabulary()
            column = column_of(names, words.regex("ledger.cases"))
            counted = names[column] if column is not None else ""
            others, unsure = (words.regex(f"ledger.{word}").search(counted) is not None for word in ("others", "at-once"))
        elif column is not None and column < len(cells) and clocks[0].start in times.leads:
            number = NUMBER.match(reading.text[slice(*cells[column])])
            count = count_of(number[1]) if number else None
            if count is not None and not (unsure and count == 1) and (count or others):
                found[times.minute[clocks[0].start]] = count == 0 if others else count == 1
    return found


def _row(
    reading: Reading, times: Times, unit: Unit, columns: Columns, cast: Cast, begun: int | None, legend: Legend
) -> Spell | None:
    """One row of a table as a spell; None where its times do not stand in their columns or it names a technologist.

    `begun`: the minute at which the spell of the row above began; a row past midnight goes on from there.
    """
    cells = cells_of(reading, unit)
    if len(cells) < max(columns.first, columns.last) + 1:
        return None
    if columns.first == columns.last:
        both = _minutes(times, cells[columns.first])
        first, last = both if len(both) == 2 else (None, None)
    else:
        first, last = (_minute(times, cells[number]) for number in (columns.first, columns.last))
        if times.turned & {clock.start for clock in times.within(*cells[columns.last])}:
            first, last = last, first  # 'Log-off | Log-on'
    if first is None:
        return None
    if begun is not None and first < begun and overnight(begun % DAY, first):
        first, last = first + DAY, last + DAY if last is not None else None
    if last is not None and last < first:
        if not overnight(first, last):
            return None
        last += DAY
    if (who := _named(reading, cells, columns, cast)) is None or _of_a_part(reading, cells, columns):
        return None
    if vocabulary().regex("ledger.away").search(_remarks_within(reading, times, cells, columns, (first, last))):
        return None  # 'Off line, called away; no physician on the case'
    if read_late(reading.unit_text(unit)):
        return None
    place = _place(reading, cells, columns, legend) or _place_in_label(reading, cells, columns)
    alone = _alone(reading, cells, columns)
    whole = (unit.start, unit.end)
    notes = []
    for words, sentence in legend.notes_on(reading.unit_text(unit)):
        place = place or weighed({phrase.kind for phrase in phrases_of_place(words, bare=True)})
        alone = _told_load(words) if alone is None else alone
        notes.append(sentence)
    event = Event("attend", "span", first, last, "log", *whole, whole, unit)
    unread = alone is None and _asks_for_load(reading, cells, columns)
    return Spell(who, first, last, True, place, [event], whole, alone, ledger=True, notes=tuple(notes), load_unread=unread)


def _whole_row(reading: Reading, unit: Unit, columns: Columns, cast: Cast, legend: Legend) -> Spell | None:
    """A row that names a professional and gives no times, or 'entire case' for them: a spell without a beginning or an end."""
    cells = cells_of(reading, unit)
    if columns.name is None or len(cells) < max(columns.first, columns.last) + 1:
        return None
    who = _named(reading, cells, columns, cast)
    given = {reading.text[slice(*cells[number])].strip() for number in (columns.first, columns.last)}
    if not who or not all(_NO_TIME.fullmatch(text) or vocabulary().regex("ledger.whole").search(text) for text in given):
        return None
    whole = (unit.start, unit.end)
    event = Event("attend", "span", 0, None, "log", *whole, whole, unit)
    place, alone = _place(reading, cells, columns, legend), _alone(reading, cells, columns)
    return Spell(who, None, None, True, place, [event], whole, alone, ledger=True)


def _of_a_part(reading: Reading, cells: list[tuple[int, int]], columns: Columns) -> bool:
    """Whether a row without a name is of set-up, baselines, monitoring or removal: a table may hold these and the reader's hours."""
    if 0 in (columns.first, columns.last, columns.name, columns.place, columns.cases):
        return False
    told = label_hits(reading.text[slice(*cells[0])])
    if columns.name is not None and not columns.phases:
        return bool(told) and all(hit.kind in _UNWATCHED for hit in told)  # 'Baselines taken and read | 7:48 | 8:02 | HL / MS'
    watched = columns.phases and columns.cases is None and columns.place is not None
    return bool(told) and all(hit.kind in PARTS and not (watched and hit.kind == "monitoring") for hit in told)


_UNWATCHED = frozenset({"setup", "baseline", "removal"})
"""Parts of the day in which nobody's watch is told, whoever is named beside them."""


def _repeated(reading: Reading, unit: Unit, columns: Columns, spell: Spell, above: Spell) -> None:
    """Puts to a row what its cells take from the row above: 'same as above', 'ditto', two strokes."""
    cells = cells_of(reading, unit)
    ditto = vocabulary().regex("ledger.ditto")

    def again(column: int | None) -> bool:
        return column is not None and column < len(cells) and ditto.search(reading.text[slice(*cells[column])]) is not None

    if again(columns.place):
        spell.mode = above.mode
    remarks = _remarks(reading, cells, columns)
    if (
        again(columns.cases)
        or again(columns.also)
        or (spell.exclusive is None and any(ditto.search(remarks[low:high]) for low, high in clauses(remarks, r"[.;,](?=\s)")))
    ):
        spell.exclusive = above.exclusive  # 'back; as before'


_LETTERS = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_]{3}|\d|\?")
_YES_NO = re.compile(r"\W*(?:(?P<yes>y|yes|true|[x☒✓✔])|n|no|false)\W*", re.I)
_NO_TIME = re.compile(r"[\W_]*")


def _named(reading: Reading, cells: list[tuple[int, int]], columns: Columns, cast: Cast) -> str | None:
    """Surname of the professional of a row, '' in a table without names; None where the row names somebody else."""
    if columns.name is None or columns.name >= len(cells):
        ahead = [reading.text[slice(*cell)].strip() for cell in cells[: min(columns.first, columns.last)]]
        own = [surname(p.name) for p in cast.professionals if any(_names(cell, p.name) for cell in ahead)]
        if not own and any(_names(cell, p.name) for cell in ahead for p in cast.technologists):
            return None
        return own[0] if len(own) == 1 else ""
    cell = reading.text[slice(*cells[columns.name])]
    return next((surname(p.name) for p in cast.professionals if _names(cell, p.name)), None)


def _said(reading: Reading, cell: tuple[int, int]) -> str:
    """The words of a cell; of one with check boxes, those that are ticked."""
    text = reading.text[slice(*cell)]
    return only_ticked(text).strip() if has_boxes(text) else text


def _place(reading: Reading, cells: list[tuple[int, int]], columns: Columns, legend: Legend) -> Mode | None:
    if columns.place is None or columns.place >= len(cells):
        if columns.service is None or columns.service >= len(cells):
            return "in_room" if columns.room else _place_in_remarks(reading, cells, columns)
        named = _said(reading, cells[columns.service])
        told = legend.spelled(named)
        return weighed({phrase.kind for phrase in phrases_of_place(told, bare=True)}) or ("in_room" if columns.room else None)
    told = legend.spelled(_said(reading, cells[columns.place])).strip()
    # A place in words that are not known is none that the rest of the record states.
    if vocabulary().regex("ledger.rooms").search(told):
        return "in_room"  # 'OR 7 and OR 9, going between the two rooms'
    return as_mode(place_of(told)) or ("unstated" if _LETTERS.search(told) else None)


def _place_in_remarks(reading: Reading, cells: list[tuple[int, int]], columns: Columns) -> Mode | None:
    """The place with which the remarks of a row begin, where they agree: 'In OR 3, this case only'."""
    used = {columns.first, columns.last, columns.name, columns.cases}
    behind = [cell for number, cell in enumerate(cells) if number not in used and number > max(columns.first, columns.last)]
    begun = (re.split(r"[,;(]", reading.text[slice(*cell)])[0] for cell in behind)
    found = {mode for words in begun if (mode := weighed({phrase.kind for phrase in phrases_of_place(words)})) is not None}
    return found.pop() if len(found) == 1 else None


def _place_in_label(reading: Reading, cells: list[tuple[int, int]], columns: Columns) -> Mode | None:
    """The place in the first cell of a row of a table without columns for name and place: 'Dr. Hale in OR 2 | 8:55 | 10:10'."""
    if columns.name is not None or columns.place is not None or 0 in (columns.first, columns.last):
        return None
    return weighed({phrase.kind for phrase in phrases_of_place(reading.text[slice(*cells[0])], bare=True)})


def _names(cell: str, name: str) -> bool:
    """Whether a cell names somebody by surname, by the name that a program uses, or by initials alone."""
    if standing(surname(name)).search(cell) is not None:
        return True
    return user_name(name).search(cell) is not None or (len(initials_of(name)) > 1 and _DOTS.sub("", cell) == initials_of(name))


_DOTS = re.compile(r"[.\s,()]|\bDr\b|\b(?:live|M\.?D\b)", re.I)


def _minutes(times: Times, cell: tuple[int, int]) -> list[int]:
    return [times.minute[c.start] for c in times.within(*cell)]


def _minute(times: Times, cell: tuple[int, int]) -> int | None:
    """The minute of the one clock time in a cell."""
    found = _minutes(times, cell)
    return found[0] if len(found) == 1 else None


def _alone(reading: Reading, cells: list[tuple[int, int]], columns: Columns) -> Tri:
    """Whether a row says that this patient was the only one: by its count of cases, else by its remarks."""
    asked = columns.answered if columns.answered is not None and columns.answered < len(cells) else None
    answer = None if asked is None else _YES_NO.fullmatch(_said(reading, cells[asked]))
    if answer is not None:
        return (answer["yes"] is None) == columns.answers_shared
    if columns.cases is not None and columns.cases < len(cells):
        found = NUMBER.match(_said(reading, cells[columns.cases]))
        if found:
            count = count_of(found[1])
            told = _said(reading, cells[columns.cases])[found.end() :]
            if count == 1 and not columns.others_only and (load_in(told) is False or _by_names(told) is False):
                return False  # 'one in front, a second room on the tablet'
            if not (columns.unsure and count == 1):
                return count == 0 if columns.others_only else count <= 1
        if (alone := _by_names(_said(reading, cells[columns.cases]))) is not None:
            return alone
        if columns.others_only:  # 'Other patients followed': '-', or where they were
            named = _said(reading, cells[columns.cases]).strip()
            if not named:
                return None
            return not _LETTERS.search(named) or vocabulary().regex("ledger.nothing").match(named) is not None
    if columns.also is not None and columns.also < len(cells):
        named = _said(reading, cells[columns.also])
        load = _told_load(named)
        if load is True or phrases_of_place(named, bare=True):
            return load  # 'remote; 1:1, no second case open' under 'Where / what else'
        if counted := NUMBER.match(named):
            return count_of(counted[1]) == 0
        return not _LETTERS.search(named) or vocabulary().regex("ledger.nothing").match(named) is not None
    used = {columns.first, columns.last, columns.name, columns.place}
    attention = vocabulary().regex("ledger.attention")
    for number, cell in enumerate(cells):
        if number not in used and (said := attention.match(reading.text, *cell)):
            return said["alone"] is not None
    return _told_load(_remarks(reading, cells, columns))


def _asks_for_load(reading: Reading, cells: list[tuple[int, int]], columns: Columns) -> bool:
    """Whether a row has words in the column that asks for other cases."""
    asked = [column for column in (columns.cases, columns.also, columns.answered) if column is not None and column < len(cells)]
    return any(_WORD.search(_said(reading, cells[column])) is not None for column in asked)


def _told_load(text: str) -> Tri:
    """What remarks, or the words of a footnote, say of other cases."""
    words = vocabulary()
    text = words.regex("ledger.gone").sub("", text)
    alone = words.regex("supervision.exclusive").search(text) is not None
    beside = words.regex("supervision.shared").finditer(text)
    shared = any(not denied_before(text, match.start(), 0) for match in beside)  # not 'no second case open'
    if words.regex("ledger.and-others").search(text) and not words.regex("ledger.only").search(text):
        return False  # 'this case + CRV-0211, all live, not split'
    if alone != shared:
        return alone
    told = {said.what for low, high in clauses(text, STOPS) if (said := caseload(text[low:high])) is not None}
    return load_in(text) if len(told) != 1 else "exclusive" in told


def _by_names(cell: str) -> Tri:
    """Whether a cell that names patients names this one alone, or others too: 'Ms. Niemeyer and the patient in OR 6'."""
    words = vocabulary()
    cell = words.regex("ledger.gone").sub("", cell)
    only, others = (words.regex(f"ledger.{name}").search(cell) is not None for name in ("only", "and-others"))
    others = others or words.regex("caseload.choice-shared").match(cell) is not None  # 'more than one: OR 6 on tablet'
    return None if only == others else only


def _remarks(reading: Reading, cells: list[tuple[int, int]], columns: Columns) -> str:
    """What a row says beside its times, its name and its place."""
    used = {columns.first, columns.last, columns.name, columns.place}
    return " ".join(_said(reading, cell) for number, cell in enumerate(cells) if number not in used)


def _remarks_within(
    reading: Reading, times: Times, cells: list[tuple[int, int]], columns: Columns, hours: tuple[int, int | None]
) -> str:
    """The remarks of a row without what they tell of hours before or behind its own: 'back. From 12:18 to 12:40 called to the clinic'."""
    used = {columns.first, columns.last, columns.name, columns.place}
    first, last = hours[0], hours[1] if hours[1] is not None else hours[0]
    rest = []
    for low, high in (cell for number, cell in enumerate(cells) if number not in used):
        if last >= DAY or len(times.within(low, high)) < 2:
            rest.append(_said(reading, (low, high)))
            continue
        for begin, end in clauses(reading.text[low:high], STOPS):
            told = _minutes(times, (low + begin, low + end))
            if len(told) < 2 or (min(told) < last and max(told) > first):
                rest.append(reading.text[low + begin : low + end])
    return " ".join(rest)


def _headed_by(reading: Reading, heading: Unit, cast: Cast) -> str:
    """Surname of the one professional whom the heading of a table names: 'Left OR 11 | Entered OR 11 | Dr. Hale's presence'."""
    text = reading.unit_text(heading)
    index = reading.index_of(heading)
    title = reading.unit_text(reading.units[index - 1]) if index else ""
    if len(title) <= LONGEST_TITLE and ":" not in title and "\t" not in title:
        text = f"{title}\t{text}"  # 'Dr. Hale in OR 4' over 'Came | Left'
    found = {surname(p.name) for p in cast.professionals if standing(surname(p.name)).search(text)}
    others = any(standing(surname(p.name)).search(text) for p in cast.technologists)
    return found.pop() if len(found) == 1 and not others else ""


def _of_professional(reading: Reading, heading: tuple[Unit, Columns]) -> bool:
    """Whether a table without names speaks of the professional: it counts cases, or the lines just above it say so."""
    unit, columns = heading
    if columns.cases is not None or columns.also is not None:
        return True
    place = reading.index_of(unit)
    above = reading.unit_text(reading.units[place - 1]) if place else ""
    words = vocabulary()
    text = (above if len(above) <= LONGEST_TITLE and ":" not in above else "") + " " + reading.unit_text(unit)
    return words.regex("ledger.title").search(text) is not None and words.regex("subject.technologist").search(text) is None
