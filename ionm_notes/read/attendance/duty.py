"""Lists of duty: who watched from when to when, from where and beside how many others, in rows of which every word is known.

    0800 MQ on - remote, live, sole case          TIME SLIP - M. Quill MD (live view, remote)
    0920 MQ off, IR on - remote, live, 3 pts      08:00-08:45  1 pt
    1000 IR off                                   08:45-09:05  off, no relief

`duty_words.py` takes the rows apart. Here the rows of one paragraph are gone through in the order of their times: who comes is on
until he or she goes, or another takes over; a case that is opened beside this one is there until it is closed. What one row leaves
open, a title or a remark of all rows may say. A paragraph with one row that is not understood gives nothing.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from ionm_notes.read.attendance.duty_words import Word, words_of_row
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.clock import DAY
from ionm_notes.read.events import Event, Times, overnight
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof, Tri

_LONGEST_CAPTION = 48


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one row, or a part of it, says of one time; without a time it is a title or a remark."""

    unit: Unit
    words: tuple[Word, ...]

    @property
    def time(self) -> Word | None:
        """The clock time or interval."""
        return next((word for word in self.words if word.what == "time"), None)

    def has(self, *kinds: str) -> bool:
        """Whether one of these is said."""
        return any(word.what in kinds for word in self.words)


@dataclass(slots=True)
class _Told:
    """What a title, a remark or a row says of place and load; None or '' where it says nothing."""

    place: str = ""
    alone: Tri = None
    live: bool = False
    torn: bool = False
    """It says two places, or both that this patient was alone and not."""


@dataclass(slots=True)
class _Watch:
    """A stretch of the watch of one reader."""

    who: str
    known: bool
    first: int
    last: int | None
    told: _Told
    units: list[Unit] = field(default_factory=list)


class _NotRead(Exception):
    """A list says what this module cannot follow."""


def duty_lists(reading: Reading, times: Times, cast: Cast) -> list[Spell]:
    """The spells of the first paragraph that is such a list."""
    if not cast.professionals or not times.clocks:
        return []

    words = vocabulary()
    loads = [m.start() for name in ("alone", "shared", "operation") for m in words.regex(f"duty.{name}").finditer(reading.text)]
    for units in _paragraphs(reading, times, loads):
        try:
            entries = _entries(reading, times, units, cast)
            spells = _List(entries, cast).spells(reading) if entries else []
        except _NotRead:
            continue
        if spells:
            return spells
    return []


def _paragraphs(reading: Reading, times: Times, loads: Sequence[int]) -> Iterator[list[Unit]]:
    """The paragraphs of the pages that hold a clock time, and a load or an operation by name; lists of duty have both."""
    blocks = [(line.page, line.block) for line in reading.lines]
    timed = {blocks[bisect.bisect_right(reading.line_starts, start) - 1] for start in times.clock_starts} if loads else set()
    for block in sorted(timed.intersection([blocks[bisect.bisect_right(reading.line_starts, at) - 1] for at in loads])):
        numbers = [number for number, own in enumerate(blocks) if own == block]
        low = reading.line_starts[numbers[0]]
        behind = numbers[-1] + 1
        high = reading.line_starts[behind] if behind < len(blocks) else len(reading.text)
        units = [unit for unit in reading.units if low <= unit.start < high and unit.kind != "running"]
        if units:
            yield units


def _entries(reading: Reading, times: Times, units: Sequence[Unit], cast: Cast) -> list[_Entry]:
    """What the units of a paragraph say of each time; nothing where one of them is not understood."""
    out: list[_Entry] = []
    for number, unit in enumerate(units):
        words = words_of_row(reading.text, unit.start, unit.end, times, cast)
        if words is None:
            if number == 0 and len(units) > 1 and _is_caption(reading.unit_text(unit)):
                continue
            return []
        out += _parts(reading, unit, words)
    return out


def _is_caption(text: str) -> bool:
    """Whether a line is a heading: few words in capitals, or each with one, without figures or a full stop."""
    text = text.strip()
    plain = not any(map(str.isdigit, text)) and not text.endswith(".") and len(text) <= _LONGEST_CAPTION
    return plain and (text.isupper() or text.istitle())


def _parts(reading: Reading, unit: Unit, words: Sequence[Word]) -> Iterator[_Entry]:
    """A row cut at the marks that part sentences, and so that each part has one time; what has none goes with the time before.

    What stands on a line of its own, or is said of all, goes with none.
    """
    parts: list[list[Word]] = []
    of_all = False
    for is_mark, group in groupby(words, key=lambda word: word.what == "mark"):
        part = list(group)
        if is_mark:
            of_all = any("\n" in reading.text[word.low : word.high] for word in part)
            continue
        timed = any(word.what == "time" for word in part)
        of_all = of_all or any(word.what == "all" for word in part)
        if not timed and parts and not of_all and any(word.what == "time" for word in parts[-1]):
            parts[-1] += part
        else:
            parts += _one_time_each(part)
    yield from (_Entry(unit, tuple(part)) for part in parts)


def _one_time_each(part: list[Word]) -> list[list[Word]]:
    """A part of several times cut before each of them, or before the readers or actions that lead to them."""
    timed = [number for number, word in enumerate(part) if word.what == "time"]
    if len(timed) < 2:
        return [part]
    if timed[0] == 0:
        cuts = timed
    else:
        for kinds in (("who", "case"), ("comes", "again", "goes")):
            cuts = [
                max((n for n in range(before + 1, at) if part[n].what in kinds), default=-1)
                for before, at in zip([-1, *timed[:-1]], timed, strict=True)
            ]
            if -1 not in cuts:
                break
        else:
            raise _NotRead
    ends = [*cuts[1:], len(part)]
    return [part[0 if number == 0 else low : high] for number, (low, high) in enumerate(zip(cuts, ends, strict=True))]


def _told(words: Sequence[Word]) -> _Told:
    """What words say of place and load."""
    places = {word.told for word in words if word.what == "place"}
    loads = {word.what == "alone" for word in words if word.what in ("alone", "shared")}
    live = any(word.what == "live" for word in words)
    if not places and any(word.what == "room" for word in words):
        raise _NotRead  # 'OR 4' may be where the reader was, or where the case was
    return _Told(next(iter(places), ""), next(iter(loads), None), live, len(places) > 1 or len(loads) > 1 or "" in places)


def _shared_with(watch: _Watch, others: Sequence[_Watch]) -> Iterator[_Watch]:
    """A watch cut where other cases of its reader begin and end; beside one it is shared."""
    end = watch.last if watch.last is not None else watch.first
    beside = [(other.first, other.last or other.first) for other in others if other.who == watch.who]
    cuts = sorted({watch.first, end, *(minute for span in beside for minute in span if watch.first < minute < end)})
    for first, last in pairwise(cuts):
        shared = any(low < last and first < high for low, high in beside)
        yield replace(watch, first=first, last=last, told=replace(watch.told, alone=False) if shared else watch.told)


class _List:
    """A list of duty as it is gone through."""

    def __init__(self, entries: Sequence[_Entry], cast: Cast) -> None:
        self.entries = entries
        self.timed = [entry for entry in entries if entry.time is not None]
        self.known = {word.told for entry in entries for word in entry.words if word.what == "who" and word.known}
        self.cast = cast
        self.default = ""
        self.everywhere = _Told()
        self.headed: dict[int, str] = {}
        """The reader under whose name a row stands, by the number of the row."""
        self._take_titles(entries)
        self.watches: list[_Watch] = []
        self.elsewhere: list[_Watch] = []
        """Rows of the same readers that are of another operation."""
        self.on: dict[str, _Watch] = {}
        self.beside: dict[str, int] = {}
        """How many cases each reader has opened beside this one."""

    def _take_titles(self, entries: Sequence[_Entry]) -> None:
        rows = 0
        said: list[_Told] = []
        for entry in entries:
            if entry.time is not None:
                self.headed[rows] = self.default
                rows += 1
                continue
            who = [word for word in entry.words if word.what == "who"]
            if entry.has("comes", "again", "takes", "goes", "hands", "opens", "closes") or len(who) > 1:
                raise _NotRead
            if who and not who[0].known:
                if rows == 0 and not entry.has("place", "alone", "shared"):
                    continue  # 'Tampa Hub': the title of a list
                raise _NotRead
            if 0 < rows < len(self.timed) and not who and not entry.has("all") and entry.has("place", "alone", "shared", "live"):
                raise _NotRead  # it may be of the row above alone
            if who:
                self.default = who[0].told
            if 0 < rows < len(self.timed) and who and entry.has("place", "alone", "shared", "live"):
                raise _NotRead
            said.append(_told(entry.words))
        together = [word for entry in entries if entry.time is None for word in entry.words]
        self.roles = any(entry.has("role") for entry in entries)
        self.everywhere = _told([word for word in together if word.what != "room"])
        if self.everywhere.torn:
            raise _NotRead

    def spells(self, reading: Reading) -> list[Spell]:
        """The spells, where the list is one of the professionals' and says enough."""
        points = [number for number, entry in enumerate(self.timed) if (time := entry.time) is not None and time.last is None]
        spans = [number for number in range(len(self.timed)) if number not in points]
        for number in spans:
            self._span(self.timed[number], self.headed[number])
        self._beside_others()
        if spans and points:
            self._agree([self.timed[number] for number in points])
        else:
            self._in_order(points)
        if not self._is_of_readers():
            return []
        every = [entry.unit for entry in self.entries]
        return [self._spell(reading, watch, every if number == 0 else []) for number, watch in enumerate(self.watches)]

    def _is_of_readers(self) -> bool:
        """Whether the list names a reader, by name or office, and says of every stretch whose it was and a place or a load."""
        named = bool(self.known) or (self.roles and bool(self.cast.sole))
        told = all(
            watch.told.place or self.everywhere.place or (watch.told.alone, self.everywhere.alone) != (None, None)
            for watch in self.watches
        )
        enough = len(self.timed) > 1 or all(w.told.place and w.told.alone is not None for w in self.watches)
        load = {watch.told.alone for watch in self.watches}
        against = self.everywhere.alone is not None and (not self.everywhere.alone) in load
        ordered = sorted(self.watches, key=lambda watch: watch.first)
        apart = all(a.last is not None and a.last <= b.first for a, b in pairwise(ordered))
        return bool(self.watches) and named and told and enough and not against and apart

    def _spell(self, reading: Reading, watch: _Watch, others: Sequence[Unit]) -> Spell:
        unit = watch.units[0]
        whole = (unit.start, unit.end)
        event = Event("attend", "span", watch.first, watch.last, "log", *whole, whole, unit)
        alone = watch.told.alone if watch.told.alone is not None else self.everywhere.alone
        notes = tuple(dict.fromkeys((u.start, u.end) for u in (*watch.units[1:], *others)))
        spell = Spell(watch.who, watch.first, watch.last, True, watch.told.place or self.everywhere.place or None, [event], whole)
        spell.exclusive, spell.ledger, spell.listed, spell.notes = alone, True, True, notes
        spell.live = watch.told.live or self.everywhere.live
        return spell

    def _who(self, words: Sequence[Word], headed: str = "") -> tuple[str, bool] | None:
        """The one reader whom words name, or under whose name they stand."""
        named = {(word.told, word.known) for word in words if word.what == "who"}
        if len(named) > 1:
            raise _NotRead
        who = next(iter(named), None)
        sole = headed or self.default or self.cast.sole
        return who or ((sole, True) if sole else None)

    def _span(self, entry: _Entry, headed: str) -> None:
        """A row with an interval: somebody's watch, or nobody's."""
        time = entry.time
        if time is None or time.last is None or entry.has("hands", "turn", "opens", "closes"):
            raise _NotRead
        who = self._who(entry.words, headed)
        if entry.has("goes", "nobody"):
            if entry.has("comes", "again", "takes", "alone", "shared"):
                raise _NotRead
            return
        told = _told(entry.words)
        last = time.last + DAY * (time.last < time.first)
        if who is None or told.torn or last == time.first or (last >= DAY and not overnight(time.first, time.last)):
            raise _NotRead
        watch = _Watch(*who, time.first, last, told, [entry.unit])
        (self.elsewhere if entry.has("case") else self.watches).append(watch)

    def _beside_others(self) -> None:
        """Shares a watch for as long as its reader has another operation by the list, or by a second row over the same time."""
        rows = sorted(self.watches, key=lambda watch: watch.first)
        doubled = [
            later
            for number, later in enumerate(rows)
            if any(later.who == one.who and one.last is not None and later.first < one.last for one in rows[:number])
        ]
        others = [*self.elsewhere, *doubled]
        self.watches = [piece for watch in rows if watch not in doubled for piece in _shared_with(watch, others)]

    def _agree(self, points: Sequence[_Entry]) -> None:
        """Single times beside intervals must be where one of these begins or ends: 'Handoff 09:30' beside '0800-0930'."""
        ends = {minute for watch in self.watches for minute in (watch.first, watch.last)}
        if any(
            entry.time is None or entry.time.first not in ends or entry.has("opens", "closes", "alone", "shared", "place")
            for entry in points
        ):
            raise _NotRead

    def _in_order(self, points: Sequence[int]) -> None:
        """Rows of single times, one after the other."""
        before = -1
        for number in points:
            entry = self.timed[number]
            time = entry.time
            if time is None or time.first < before:
                raise _NotRead
            before = time.first
            self._point(entry, time.first, self.headed[number])

    def _point(self, entry: _Entry, minute: int, headed: str) -> None:
        words = [word for word in entry.words if word.what not in ("time", "plain", "role", "all")]
        who = [word for word in words if word.what == "who"]
        handed = [n for n, word in enumerate(words) if word.what == "hands"]
        turn = entry.has("turn") and len(who) == 2 and not entry.has("comes", "again", "takes", "goes")
        if handed or turn:
            if len(who) != 2 or len(handed) > 1 or entry.has("comes", "again", "takes", "goes", "opens", "closes"):
                raise _NotRead
            self._goes(who[0].told, minute, entry.unit)
            self._comes(who[1], minute, _told(words), entry.unit, again=False)
            return
        for clause in self._clauses(words):
            self._clause(clause, minute, entry.unit, headed)

    @staticmethod
    def _clauses(words: Sequence[Word]) -> list[list[Word]]:
        """The words of an entry, cut before each reader that is named but the first."""
        out: list[list[Word]] = [[]]
        for word in words:
            if word.what == "who" and any(before.what == "who" for before in out[-1]):
                out.append([])
            out[-1].append(word)
        return out

    def _clause(self, words: Sequence[Word], minute: int, unit: Unit, headed: str) -> None:
        kinds = {word.what for word in words}
        told = _told(words)
        coming, going = kinds & {"comes", "again", "takes"}, kinds & {"goes"}
        if told.torn or (coming and going) or len(kinds & {"opens", "closes"}) > 1:
            raise _NotRead
        who = next((word for word in words if word.what == "who"), None)
        if who is None:
            only = next(iter(self.on), "") if len(self.on) == 1 else ""
            last = self.watches[-1] if self.watches else None
            name = only or (last.who if last is not None and "again" in kinds else headed or self.default or self.cast.sole)
            if not name:
                raise _NotRead
            who = Word("who", unit.start, unit.start, name, known=name in {*self.known, headed, self.default, self.cast.sole})
        if kinds & {"opens", "closes"}:
            self._changes(who.told, minute, told, unit, opens="opens" in kinds)
        elif going:
            if told.place:
                raise _NotRead
            self._goes(who.told, minute, unit)
        elif coming or who.told not in self.on:
            if not coming and not (told.place or told.alone is not None or told.live):
                raise _NotRead
            for other in list(self.on) if kinds & {"takes", "again"} else ():
                self._goes(other, minute, unit)
            self._comes(who, minute, told, unit, again="again" in kinds)
        elif told.place or told.alone is not None:
            self._moves(who.told, minute, told, unit)
        elif not told.live:
            raise _NotRead

    def _comes(self, who: Word, minute: int, told: _Told, unit: Unit, *, again: bool) -> None:
        if self.on:
            raise _NotRead  # two at once
        earlier = next((watch for watch in reversed(self.watches) if watch.who == who.told), None)
        if earlier is not None:
            told.place = told.place or earlier.told.place
            told.live = told.live or earlier.told.live
            told.alone = earlier.told.alone if again and told.alone is None else told.alone
        watch = _Watch(who.told, who.known, minute, None, told, [unit])
        self.on[who.told] = watch
        self.watches.append(watch)

    def _goes(self, who: str, minute: int, unit: Unit) -> None:
        if who not in self.on or minute <= self.on[who].first:
            raise _NotRead
        watch = self.on.pop(who)
        watch.last = minute
        watch.units.append(unit)

    def _moves(self, who: str, minute: int, told: _Told, unit: Unit) -> None:
        """Another place or load from a time on."""
        before = self.on[who]
        self._goes(who, minute, unit)
        after = _Told(
            told.place or before.told.place,
            told.alone if told.alone is not None else before.told.alone,
            told.live or before.told.live,
        )
        self.on[who] = _Watch(who, before.known, minute, None, after, [unit])
        self.watches.append(self.on[who])

    def _changes(self, who: str, minute: int, told: _Told, unit: Unit, *, opens: bool) -> None:
        """Another case is opened beside this one, or closed."""
        if who not in self.on:
            raise _NotRead
        open_now = self.beside.get(who, 0) + (1 if opens else -1)
        if open_now < 0 and self.on[who].told.alone is not False:
            raise _NotRead
        open_now = max(open_now, 0)  # '+ 1 more case' told of the load before, and of no case that was opened
        first = next(watch for watch in self.watches if watch.who == who)
        self.beside[who] = open_now
        said = told.alone if told.alone is not None else False if open_now else first.told.alone
        if opens and said:
            raise _NotRead
        self._moves(who, minute, _Told(told.place, said, told.live), unit)
        if said is None:
            self.on[who].told.alone = None


def rows_of_lists(ledger: Sequence[Spell]) -> frozenset[int]:
    """Where the rows of lists of duty begin, with their titles: nobody else reads them."""
    return frozenset(start for spell in ledger if spell.listed for start, _ in (spell.sentence, *spell.notes))


def not_of_lists(reading: Reading, ledger: Sequence[Spell], unread: Proof) -> Proof:
    """What was not understood, without what stands in rows of which every word was."""
    rows = {span for spell in ledger if spell.listed for span in (spell.sentence, *spell.notes)}
    texts = [" ".join(reading.text[low:high].split()) for low, high in rows]
    return tuple(shown for shown in unread if not any(shown.text in text for text in texts)) if texts else unread


def live_by_lists(reading: Reading, ledger: Sequence[Spell], supervision: Supervision) -> Supervision:
    """The statements, with that the watch was live where a list of duty says so of every stretch and nothing else does."""
    if supervision.live or not ledger or not all(spell.live for spell in ledger):
        return supervision
    place = ledger[0].places[0]
    told = Said("live", place.start, place.end, place.unit, "", reading.evidence(place.start, place.end))
    return replace(supervision, live=(told,))
