"""Puts the pieces of a statement that shares the day out together as stays, one piece after the other (`parcelled.py`).

Read on for what one piece adds to the stays before it; how the day is closed when all are in stands in `shared_day.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ionm_notes.read.attendance.clause_words import WRITER, has_pronoun, load_in, named, names_other, of_a_thing, place_in
from ionm_notes.read.attendance.model import as_mode
from ionm_notes.read.attendance.parcels import Moment, Piece, Way
from ionm_notes.read.attendance.shared_day import SharedDay
from ionm_notes.read.attendance.stays import Stay, Told
from ionm_notes.read.attendance.turns import turns_of
from ionm_notes.read.caseload import caseload
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Unit
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode, Person, Tri

_PSEUDONYM = "Zwriter"
"""A name for the writer, so that words of a hand-over are read of 'I' and 'me' as of anybody."""
_SELF = re.compile(r"\b(?:I|me|myself)\b(?!\.)")
_I_AM = re.compile(
    r"\bI\b[\s,(]+(?:am\s+)?(?:Dr\.?\s+)?(?:[A-Z][\w.'’-]*\s+){0,2}?([A-Z][\w'’-]+)(?=[\s,)]*(?:M\.?D|D\.?O|Ph\.?D|,|\)))"
)
"""'I, Anna Hale, MD', 'I (Hale)'."""
_BY_TOO = re.compile(r"\W*(?:and|then)\s+by\s+(?:[\w.'’-]+,?\s+){0,5}(?:between|from|at)?\W*$")
_OTHERS = re.compile(r"\W*(?:and|while|when|as|but)?\W*s?he\b", re.I)
"""A clause of somebody who was named before, behind one of the writer."""
_AND = re.compile(r"\W*(?:and|as\s+well\s+as|&)\W+(?:\s|from\b|between\b|again\b)*\s{3,}", re.I)
"""A second time that goes on with the first: 'and', 'and from', before the blanks of its own time."""
_TRIVIAL = 4
"""Words of a piece that adds a time to what was said before: 'and again from'."""


_LED_BY = 16
"""Characters before a piece that belong to it: 'before and', where it begins with 'after that'."""
_LAST_VERB = re.compile(r"\band\s+(?=\w+ed\b|took\b|went\b|came\b)", re.I)


class Shares:
    """Puts pieces together as stays, one after the other."""

    def __init__(
        self, run: Sequence[Unit], cast: Cast, text: str, modes: Sequence[Said], cases: Sequence[Said], *, alone: bool = False
    ) -> None:
        """`alone`: a statement of one stretch counts too, for no other module reads what its times are told by."""
        self.run = run
        self.text = text
        self.single = alone
        self.modes, self.cases = modes, cases
        self.cast = cast
        self.stays: list[Stay] = []
        self.who = ""
        self.last_named = ""
        self.foreign = False
        """The piece before was of somebody else, and what names nobody goes on with it: 'surgeon in 08:05, out 11:20'."""
        self.moved: tuple[str, Mode | None] = ("", None)
        """Who went where, by a piece that begins no stay: 'at 10:00 I went to my home office'."""
        self.back = 0
        """Minute until which nobody watched, as a piece says: 'I drove to our office, which took until 0944'."""
        self.beside: list[int] = []
        """Times at which another case came: 'at 9:15 an aneurysm was added to my screens and ran to 10:05'."""
        self.lent: Stay | None = None
        """The stay that has what the one before says of other cases, for its time came without words of its own: 'and again from'."""
        self.left: Tri = None
        """What is said of other cases in all the time that is not named: 'otherwise this patient alone'."""
        self.only_behind = False
        """Whether that is said of the time behind alone: 'after that this was my only patient'."""
        self.points: list[int] = []
        """Times that begin and end no stay by themselves: 'At 10:00 Dr. A, who had watched since 8:00, passed it to Dr. B'."""
        own = next((m[1].lower() for m in _I_AM.finditer(text)), "")
        self.writer = own if own in {surname(p.name) for p in cast.professionals} else WRITER

    def add(self, piece: Piece) -> None:
        """Takes in one piece; one of somebody else, or of nobody, says nothing here."""
        moment = piece.moment
        if moment is None:
            return
        self._leave([piece, *piece.behind])
        if moment.last is None and self._told_again(piece, moment.first):
            return
        words = (
            _LAST_VERB.split(piece.text)[-1] if moment.way == "start" and _verb(piece) != "end" else piece.words()
        )  # 'drove back and picked it up again at 10:25'
        if any(vocabulary().regex(f"parcel.{name}").search(words) for name in ("away", "not-yet", "other")):
            self.back = moment.first if moment.way == "end" else self.back
            if moment.way == "point":
                self.points.append(moment.first)  # 'At 9:40 I drove to the practice'
            return
        if moment.way == "point" and load_in(piece.text) is False and _verb(piece) is None:
            self.beside.append(moment.first)
        where = Told(moment.low, moment.high, next(u for u in self.run if u.start <= moment.low < u.end))
        exchange = self._exchange(piece) if moment.way == "point" else None
        if exchange is not None:
            giver, taker = exchange
            self._end(giver, moment.first, where)
            self._start(taker, moment.first, where)
            self.who = self.last_named = taker
        else:
            who, sure = self._who_of(piece)
            self.foreign = who is None
            if who is None:
                return
            self.who = self._take(piece, moment, who, where, sure=sure) or self.who
            if moment.last is None and (place := place_in(piece.words())):
                self.moved = (who, place)
        self._followed(piece, moment, where)

    def _told_again(self, piece: Piece, minute: int) -> bool:
        """Whether a piece only says again that the other case was over then: '8:15 to 11:10 a second case. That case ended at 11:10'."""
        known = any(stay.alone is False and stay.last == minute for stay in self.stays)
        return known and vocabulary().regex("sharing.other-over").search(piece.text) is not None and not self._named(piece.text)

    def _take(self, piece: Piece, moment: Moment, who: str, where: Told, *, sure: bool) -> str:
        """Adds the time of a piece to the stays; whose it was. `sure`: the piece names him or her."""
        way = moment.way if moment.way != "point" else _verb(piece)
        if way is None:
            self.points.append(moment.first)
            return ""
        if not sure and way != "span":
            who = self._fits(way, moment.first) or who
        if way == "span":
            self.stays.append(Stay(who, moment.first, moment.last, told=[where]))
        elif way == "start":
            self._start(who, moment.first, where, stated=True)
        else:
            self._end(who, moment.first, where)
        stay = next((s for s in self.stays if s.told[-1] == where), None)
        if stay is not None:
            self._describe(piece, stay)
        return who

    def _fits(self, way: Way, minute: int) -> str:
        """Whose stay a beginning or an end is, where a pronoun or nothing tells: the one that lacks it."""
        lacking = {
            s.who
            for s in self.stays
            if (way == "start" and s.first is None and s.last is not None and s.last > minute)
            or (way == "end" and s.last is None and s.first is not None and s.first < minute)
        }
        return lacking.pop() if len(lacking) == 1 else ""

    def _describe(self, piece: Piece, stay: Stay) -> None:
        """Puts place and load of a piece to its stay; a piece without words of its own has those of the one before."""
        other = [p for p in piece.behind if stay.who == WRITER and _OTHERS.match(p.text) and place_in(p.text)]
        behind = [p for p in piece.behind if p not in other]  # 'At 9:55 I came and he went to his clinic'
        texts = [piece.text, *(p.text for p in reversed(piece.before)), *(p.text for p in behind)]
        said = {m.what for m in self.modes if piece.low <= m.start < piece.high}
        if stay.mode is None and len(said) == 1:
            stay.mode = as_mode(said.pop())
        stay.mode = stay.mode or next((place for text in texts if (place := place_in(text))), None)
        stay.mode = stay.mode or ("unstated" if other else place_in(piece.words()))
        if stay.mode is None and self.moved[0] == stay.who:
            stay.mode = self.moved[1]
        if stay.alone is None:
            behind_that = vocabulary().regex("parcel.behind-that")
            # '8:00 on; 9:00 to 10:00 a second case; after that this one only, to 11:00' tells of no time before.
            ended = len(stay.told) > 1
            of_it = [text for text in texts if not (ended and behind_that.search(text))]
            stay.alone = next((load for text in of_it if (load := load_in(text)) is not None), None)
        if stay.alone is None and (told := caseload(piece.words())) is not None and told.what == "shared":
            stay.alone = False  # 'From 8:00 to 8:40 a lumbar fusion at another hospital was on my second screen'
        before = self.stays[-2] if len(self.stays) > 1 and stay is self.stays[-1] else None
        if before is not None and stay.mode is None and _BY_TOO.match(piece.words()):
            stay.mode = before.mode  # 'watched remotely by Dr. A between 8:00 and 9:00 and by Dr. B between ...'
        if (
            before is not None
            and before.who == stay.who
            and _AND.match(piece.text)
            and (before.mode, before.alone) == (None, None)
        ):
            before.mode, before.alone = stay.mode, stay.alone  # 'the rest (8:05-10:00 and 10:30-11:35) had my sole attention'
        if stay.mode is None and vocabulary().regex("parcel.again").search(piece.words()) is not None:
            earlier = {s.mode for s in self.stays if s is not stay and s.who == stay.who and s.mode}
            stay.mode = (
                earlier.pop() if len(earlier) == 1 else None
            )  # 'Dr. A, remote, 9-12; Dr. B 12-12:50; Dr. A again 12:50-14:30'
        if self.lent is stay and (own := load_in(piece.text)) is not None:
            stay.alone = own  # 'After 11:10 this patient was my only one until 13:00'
        if before is not None and before.who == stay.who and len(piece.words().split()) <= _TRIVIAL:
            stay.mode = stay.mode or before.mode
            self.lent = stay if stay.alone is None else None
            stay.alone = before.alone if stay.alone is None else stay.alone

    def _start(self, who: str, minute: int, where: Told, *, stated: bool = False) -> None:
        if any(s.who == who and minute == s.first for s in self.stays):
            return
        known = next((s for s in self.stays if s.first is None and s.last is not None and s.last > minute and s.who == who), None)
        if known is not None:
            known.first = minute
            known.from_start = False
            known.told.append(where)
        else:
            onward = stated and any(s.last == minute and s.who != who for s in self.stays)
            self.stays.append(Stay(who, minute, None, to_end=onward, told=[where]))

    def _end(self, who: str, minute: int, where: Told) -> None:
        if any(s.who == who and minute == s.last for s in self.stays):
            return
        begun = (s for s in reversed(self.stays) if s.last is None and s.first is not None and s.first < minute)
        known = next((s for s in begun if s.who == who), None)
        if known is not None:
            known.last = minute
            known.told.append(where)
            return
        before = self.stays[-1] if self.stays else None
        if before is not None and before.last is not None and before.last < minute:
            self.stays.append(Stay(who, max(before.last, self.back), minute, told=[where]))
        elif before is None and self.back and self.back < minute:
            self.stays.append(
                Stay(who, self.back, minute, told=[where])
            )  # 'I could not connect until 8:50. From then to 11:35 I ...'
            self.single = True
        else:
            self.stays.append(Stay(who, None, minute, from_start=before is None, told=[where]))

    def _named(self, text: str) -> list[str]:
        return [self.writer if who == WRITER else who for _, who in named(text, self.cast)]

    def _exchange(self, piece: Piece) -> tuple[str, str] | None:
        """Who goes and who comes at a time, where a piece names two, or one whom the one of the piece before hands it to."""
        text = piece.text if named(piece.text, self.cast) else piece.words()
        text = _SELF.sub(_PSEUDONYM if self.writer == WRITER else self.writer.title(), text)
        own = set(self._named(text)) | ({WRITER} if _PSEUDONYM in text else set())
        if len(own) == 1 and self.who and own != {self.who}:
            text = f"{_PSEUDONYM if self.who == WRITER else self.who.title()} {text}"
        elif len(own) == 1 and not self.who and (other := self._before_named(piece.text, own)):
            text = f"{other.title()} {text}"
        people = [*self.cast.professionals, Person(_PSEUDONYM, (), "professional", ())]
        turns = turns_of(text, people)
        ways = {turn.way: WRITER if turn.who == _PSEUDONYM.lower() else turn.who for turn in turns}
        return (ways["end"], ways["start"]) if len(turns) == 2 and len(ways) == 2 else None

    def _before_named(self, text: str, own: set[str]) -> str:
        """The other of two readers, where a pronoun stands before the name of the one: 'At 10:00 she handed over to Dr. Quist'."""
        others = {surname(p.name) for p in self.cast.professionals} - own
        at = min((place for place, _ in named(text, self.cast)), default=0)
        return others.pop() if len(others) == 1 and has_pronoun(text[:at]) else ""

    def _who_of(self, piece: Piece) -> tuple[str | None, bool]:
        """Of whom a piece is, '' where that is left open, and whether it names him or her; None where it is of somebody else."""
        own = self._named(piece.text)
        around = [name for p in piece.before for name in self._named(p.text)]
        behind = [
            name for p in piece.behind[:1] for name in self._named(p.text) if not vocabulary().regex("parcel.when").match(p.text)
        ]
        if own or around:
            self.last_named = own[0] if own else around[-1]
            return self.last_named, True
        load = load_in(piece.words())
        goes_on = self.foreign and load is None  # not 'At 1100 room 6 was handed to Dr. P. From 1100 it was only her again'
        other = names_other(" ".join(p.text for p in (*piece.before, piece)), self.cast)
        if goes_on or other or (load is None and of_a_thing(piece.text)):
            return None, False
        if has_pronoun(piece.text) or any(has_pronoun(p.text) for p in piece.before):
            return self.last_named or self.who, False
        if behind and vocabulary().regex("parcel.then").search(piece.behind[0].text) is None:
            self.last_named = behind[0]
            return behind[0], True
        return self.who, False

    def _followed(self, piece: Piece, moment: Moment, where: Told) -> None:
        """Who came when the time of a piece was over: 'until 10:40, when Dr. B took over', 'Dr. B after that'."""
        minute = moment.last if moment.last is not None else moment.first
        when = False
        beside = ""
        for other in piece.behind:
            names = self._named(other.text)
            if vocabulary().regex("parcel.takes").search(other.text) is not None:
                when = True
                names = [beside] if beside and (not names or names == [self.who]) else names  # 'Dr. B | then took my chair'
            beside = names[0] if names and vocabulary().regex("parcel.name-alone").fullmatch(other.text) else ""
            then = any(vocabulary().regex(f"parcel.{name}").search(other.text) for name in ("then", "second"))
            when = when or then or vocabulary().regex("parcel.when").match(other.text) is not None
            known = self.stays[-1] if self.stays else None
            if known is not None and known.last is None and known.who == self.last_named and known.told[-1].low >= piece.high:
                known.mode = known.mode or place_in(other.text)  # 'when Dr. B came into the room and took the same chair'
            if self._on_for_the_rest(known, minute, other, where.unit) or not names:
                continue
            self.last_named = names[-1]
            alone = len(self.cast.professionals) == 1  # an 'I' behind the name of the only one is the same
            if when and not alone and set(names) != {self.who} and known is not None and known.last == minute:
                place = Told(other.low, other.high, where.unit)
                seat = vocabulary().regex("parcel.same-seat").search(other.text) is not None
                mode = place_in(other.text) or (known.mode if seat else None)
                self.stays.append(Stay(names[-1], minute, None, mode, to_end=then, told=[place]))

    def _succeeded(self, whole: Sequence[Piece], known: Stay, unit: Unit) -> None:
        """Adds who took over when the last stay was over, told in the sentence behind it: 'Dr. B then took my chair and had only this'."""
        words = vocabulary()
        beside = ""
        for index, piece in enumerate(whole):
            names = self._named(piece.text)
            other = next((name for name in (*names, beside) if name not in ("", known.who, self.writer)), "")
            beside = names[0] if names and vocabulary().regex("parcel.name-alone").fullmatch(piece.text) else ""
            if not other or words.regex("parcel.takes").search(piece.text) is None:
                continue
            stop = next((i for i, later in enumerate(whole) if i > index and later.strong), len(whole))
            told = [later.text for later in whole[index:stop]]
            seat = words.regex("parcel.same-seat").search(piece.text) is not None
            mode = next((place for text in told if (place := place_in(text))), known.mode if seat else None)
            alone = next((load for text in told if (load := load_in(text)) is not None), None)
            if words.regex("parcel.likewise").search(piece.text) is not None:
                mode, alone = mode or known.mode, known.alone if alone is None else alone
            if mode is None and any(words.regex("parcel.somewhere").search(text) for text in told):
                mode = "unstated"  # 'then Dr. B, who had come over, watched there'
            self.stays.append(Stay(other, known.last, None, mode, alone, told=[Told(piece.low, piece.high, unit)]))
            return

    def _on_for_the_rest(self, known: Stay | None, minute: int | None, piece: Piece, unit: Unit) -> bool:
        """Adds where somebody was for the rest, or whether alone, if a piece says so: 'until 9:00 in the room. For the rest I followed from home'."""
        if known is None or known.last is None or known.last != minute:
            return False
        place, load = place_in(piece.text), load_in(piece.text)
        if known.alone is False and load is True and place in (None, known.mode):
            if vocabulary().regex("parcel.remainder").search(piece.text) is None:
                return False
            from_there = [Told(piece.low, piece.high, unit)]
            if len(self.stays) == 1 and vocabulary().regex("parcel.before-and-after").search(self._led(piece)) is not None:
                self.stays.insert(0, Stay(known.who, None, known.first, known.mode, load, from_start=True, told=from_there))
            self.stays.append(Stay(known.who, minute, None, known.mode, load, to_end=True, told=from_there))
            return True
        if not known.mode:
            return False
        others = set(self._named(piece.text)) - {known.who, self.writer if known.who == "" else known.who}
        if others or not place or place == known.mode or not vocabulary().regex("parcel.remainder").search(piece.text):
            return False
        self.stays.append(Stay(known.who, minute, None, place, to_end=True, told=[Told(piece.low, piece.high, unit)]))
        return True

    def _leave(self, pieces: Sequence[Piece]) -> None:
        """Takes from pieces what they say of all the rest of the time."""
        for piece in pieces:
            words = vocabulary()
            if self.left is None and words.regex("parcel.remainder").search(piece.text):
                self.left = load_in(piece.text)
                behind = words.regex("parcel.behind-that").search(piece.text) is not None
                self.only_behind = behind and words.regex("parcel.before-and-after").search(self._led(piece)) is None

    def _led(self, piece: Piece) -> str:
        """A piece with the words just before it: 'before and', where it begins with 'after that'."""
        base = self.run[0].start
        return self.text[max(0, piece.low - base - _LED_BY) : piece.high - base]

    def closed(self, whole: Sequence[Piece], text: str) -> list[Stay]:
        """The stays, every end filled that the statement leaves to its other parts; none where one stays open."""
        words = vocabulary()
        self._leave(whole)
        rest = [piece for piece in whole if vocabulary().regex("parcel.remainder").search(piece.text)]
        left = len(self.stays) == 1 and self.stays[0].from_start
        ends_there = [
            piece.text for piece in whole if any(words.regex(f"parcel.{n}").search(piece.text) for n in ("remainder", "part"))
        ]
        if left and any(words.regex("parcel.away").search(text) for text in ends_there):
            self.single = True  # 'until 10:00; the rest ran without a reader'
        if self.stays and self.stays[-1].last is not None and len(self.cast.professionals) > 1:
            self._succeeded(whole, self.stays[-1], self.run[-1])
        if rest and self.stays:
            carried = self._on_for_the_rest(self.stays[-1], self.stays[-1].last, rest[0], self.run[-1])
            self.single = self.single and (carried or load_in(rest[0].text) is not None)
        day = SharedDay(self.cast, self.cases, self.points, self.beside, self.left, self.only_behind, self.single)
        return day.closed(self.stays, whole, text)


def _verb(piece: Piece) -> Way | None:
    """Whether the words of a piece are of coming ('arrived at') or of going ('left it at'); None where they are of both or neither."""
    words = vocabulary()
    came, went = (words.regex(f"whereabouts.{name}").search(piece.text) is not None for name in ("comes", "goes"))
    return None if came == went else "start" if came else "end"
