"""Puts the clauses of a paragraph about a watch together as stays, one after the other, with absences taken out (`coverage.py`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ionm_notes.read.attendance.clause_words import WRITER
from ionm_notes.read.attendance.clause_words import named as names_of
from ionm_notes.read.attendance.course_acts import (
    NO_READER,
    NOBODY,
    THING,
    TRAINEE,
    Act,
    act_of,
    alone_in,
    subject_in,
    way_of,
    where_in,
)
from ionm_notes.read.attendance.course_parts import Absence, CourseStay, Untold, agreed
from ionm_notes.read.attendance.coverage_clauses import Clause, CourseTime
from ionm_notes.read.attendance.model import as_mode
from ionm_notes.read.attendance.watch_time import Bounds
from ionm_notes.read.attendance.whole_course import WholeCourse
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode, Tri

_PRONOUN = re.compile(r"\b(?:s?he|they|who)\b", re.I)
_THEN = re.compile(r"\W*(?:and\s+)?(?:then|after\s+which|whereupon)\b", re.I)
_BEFORE = re.compile(r"\bbefore\W*$", re.I)
_WHO = re.compile(r"\W*who\b", re.I)
_PRONOUN_FIRST = re.compile(r"\W*(?:and\s+|but\s+|then\s+)?s?he\b", re.I)
_GIVES = re.compile(r"\b(?:over|off|on|to|by)\b", re.I)


class Course:
    """The course of a watch in the making."""

    def __init__(
        self, clauses: Sequence[Clause], cast: Cast, modes: Sequence[Said], cases: Sequence[Said], bounds: Bounds
    ) -> None:
        """`modes`, `cases`: what is said of place and of other cases; `bounds`: the ends of monitoring by the clock."""
        self.clauses, self.cast, self.modes, self.cases, self.bounds = clauses, cast, modes, cases, bounds
        self.stays: list[CourseStay] = []
        self.absences: list[Absence] = []
        self.last: CourseStay | Absence | None = None
        self.minute: int | None = None
        """The time that was told last."""
        self.who = self._first_named()
        self.spoken = self.who
        """Of whom the clause before spoke, who may be no reader."""
        self.statement = self.sentence = -1
        self.excepting = False
        self.ahead: Act = ""
        self.ahead_mode: Mode | None = None
        self.ahead_alone: Tri = None
        self.ahead_moved = False
        self.fresh: list[CourseStay] = []
        """The stays of the present statement."""
        self.missed: list[Absence] = []
        """The absences of the present statement."""
        self.base: CourseStay | Absence | None = None
        """What 'before that' and 'afterwards' of the present statement are counted from."""
        self.mentioned = ""
        """Who was named last, as the one who did something or as another one."""
        self.third = ""
        """Who was named last, other than the writer."""
        self.of_all: tuple[Mode | None, Tri] = (None, None)
        self.own: dict[str, tuple[Mode | None, Tri]] = {}
        self.signs = False
        """The paragraph tells a course, and not one stay alone."""
        self.failed = False
        self.watched = False
        """It is told without a time that somebody kept the watch."""
        self.trainees: set[str] = set()
        self.blind = ""
        """One who took over and saw nothing, as the present sentence says."""

    def _first_named(self) -> str:
        """Whose watch a paragraph tells of: the writer's, or that of the one who is named first and stood in for nobody."""
        told = [(self._subject(clause.text), clause.text) for clause in self.clauses]
        named = [(who, text) for who, text in told if who and who not in NO_READER]
        if not named or any(who == WRITER for who, _ in named):
            return self._subject("I")
        relief = (vocabulary().regex("coverage.stands-in"), vocabulary().regex("coverage.passive"))
        own = [who for who, text in named if not any(words.search(text) for words in relief)]
        others = [surname(p.name) for p in self.cast.professionals if surname(p.name) != named[0][0]]
        return own[0] if own else others[0] if len(others) == 1 else WRITER

    def _subject(self, text: str) -> str:
        """Whom a clause speaks of; the writer by name where the record knows one professional alone."""
        who = subject_in(text, self.cast)
        return (self.cast.sole or WRITER) if who == WRITER else who

    def add(self, clause: Clause) -> None:
        """Takes in one clause."""
        if self.failed:
            return
        try:
            self._add(clause)
        except Untold:
            self.failed = True

    def _add(self, clause: Clause) -> None:
        if clause.statement != self.statement:
            self.ahead, self.ahead_mode, self.ahead_alone, self.ahead_moved = "", None, None, False
            self.excepting, self.fresh, self.missed, self.base = False, [], [], None
            if clause.sentence != self.sentence and isinstance(self.last, Absence):
                self.who = self.last.who  # what is told next is told of the one who was away
            if clause.sentence != self.sentence or self.spoken in NO_READER:
                self.spoken = self.who
        self.statement, self.sentence = clause.statement, clause.sentence
        words = vocabulary()
        named = self._subject(clause.text)
        if named == TRAINEE and self.spoken not in NO_READER:
            self.trainees.add(self.spoken)  # 'Dr. Amin, our resident, watched'
        named = TRAINEE if named in self.trainees else named
        if named == "" and self.mentioned and _WHO.match(clause.text):
            named = self.mentioned
        elif named == "" and self.who == WRITER and self.third and _PRONOUN_FIRST.match(clause.text):
            named = self.third
        elif named not in NO_READER | {"", WRITER}:
            self.third = named
        self.spoken = named or self.spoken
        self.mentioned = next((who for _, who in reversed(names_of(clause.text, self.cast)) if who != WRITER), self.mentioned)
        if self.spoken not in NO_READER:
            self.who = self.spoken
        if not clause.moments:
            if words.regex("coverage.except").search(clause.text):
                self.excepting = True
            self._untimed(clause, named)
            return
        if self.spoken == TRAINEE:
            self.signs = True
            return
        if self.blind and self.spoken == self.blind:
            return
        for moment in clause.moments:
            self._timed(clause, moment)
        if words.regex("coverage.except").search(clause.behind(clause.moments[-1])):
            self.excepting = True  # '08:00 to 10:00 apart from ten minutes (09:10 to 09:20)'

    # What a clause without a time tells.

    def _untimed(self, clause: Clause, named: str) -> None:
        words, text = vocabulary(), clause.text
        act = act_of(text)
        later = any(c.moments and c.statement == clause.statement and c.low > clause.low for c in self.clauses)
        if words.regex("coverage.never-saw").search(text):
            self._never_there()
            return
        if self._newcomer(clause, named, act) or self._stood_in(clause, named):
            return
        if self.spoken in NO_READER:
            return
        if (
            act in ("away", "go")
            and _THEN.match(text)
            and isinstance(self.last, CourseStay)
            and self.last.last is not None
            and not later
        ):
            return  # 'I then had to leave'
        if act == "away":
            if later and self.ahead != "away":
                self.ahead = "away"
            elif not (self.fresh or isinstance(self.last, Absence)):
                raise Untold
            return
        if act == "stay" and self.missed and self.missed[-1].who == self.who:
            raise Untold  # '... I was called to the ward, still watching on my tablet'
        if act in ("come", "go", "back"):
            if later:
                self.ahead = act
                self.ahead_moved = self.ahead_moved or vocabulary().regex("coverage.comes-to").search(text) is not None
            elif not (act == "back" and isinstance(self.last, Absence) and self.last.last is not None):
                raise Untold
        elif act == "stay" and later:
            self.ahead = self.ahead or act
        elif act == "stay":
            self.watched = True
        self._describe(clause, later=later)

    def _describe(self, clause: Clause, *, later: bool) -> None:
        """Puts the place and load of a clause without a time to the stay that it is of, or to all of them."""
        mode, alone = self._mode(clause), self._alone(clause)
        if mode is None and alone is None:
            return
        if vocabulary().regex("coverage.all-of-us").search(self._sentence_text(clause)):
            self.of_all = agreed(self.of_all, (mode, alone))
            return
        others = bool(self.fresh) and self.fresh[-1].who != self.who
        if later and mode is not None and (others or act_of(clause.text) in ("come", "back")):
            self.ahead_mode, self.ahead_alone = mode, alone
        elif self.fresh and not later:
            of_all = act_of(clause.text) == "stay" or vocabulary().regex("coverage.always").search(clause.text)
            for stay in self.fresh if of_all else self.fresh[-1:]:
                stay.mode = stay.mode or mode
                stay.alone = alone if stay.alone is None else stay.alone
        elif later and not self.fresh:
            self.ahead_mode = mode or self.ahead_mode
            self.ahead_alone = alone if self.ahead_alone is None else self.ahead_alone
        elif self.fresh:
            stay = self.fresh[-1]
            stay.mode = stay.mode or mode
            stay.alone = alone if stay.alone is None else stay.alone
        else:
            self.own[self.who] = agreed(self.own.get(self.who, (None, None)), (mode, alone))

    def _statement_text(self, clause: Clause) -> str:
        return " ".join(one.text for one in self.clauses if one.statement == clause.statement)

    def _sentence_text(self, clause: Clause) -> str:
        return " ".join(one.text for one in self.clauses if one.sentence == clause.sentence)

    def _newcomer(self, clause: Clause, named: str, act: Act) -> bool:
        """Whether a clause tells who came when another one's time was over: 'until 09:30, when she returned'."""
        if self.minute is None or not self.fresh or vocabulary().regex("coverage.until-somebody").search(clause.text) is None:
            return False
        if isinstance(self.last, Absence):
            return False
        self._arrive(self._who_came(clause.text, named, act), self.minute, clause, again=act == "back")
        return True

    def _who_came(self, text: str, named: str, act: Act) -> str:
        """Who comes: the one who is named, or the one who had gone."""
        if named and named not in NO_READER:
            return named
        gone = [s.who for s in self.stays if s.who != self.who and s.last is not None]
        if act == "back" and gone and _PRONOUN.search(text):
            return gone[-1]
        return self.who

    def _stood_in(self, clause: Clause, named: str) -> bool:
        """Whether a clause tells that a colleague stood in for the time of the absence that was told last; adds his or her stay."""
        away, words = self.last, vocabulary()
        if not isinstance(away, Absence) or away.last is None:
            return False
        who = named or (self.spoken if self.spoken != away.who else "")
        if who in NO_READER or who in ("", away.who):
            return False
        if words.regex("coverage.relieves").search(clause.text) is None:
            return bool(named)  # 'Ines Roth, MD,' whose verb stands in the next clause
        told = self.missed if words.regex("coverage.in-each").search(self._statement_text(clause)) else [away]
        for one in told:
            known = next((s for s in self.stays if s.who == who and (s.first, s.last) == (one.first, one.last)), None)
            if known is None:
                known = self._stay(who, one.first, one.last, clause)
            known.mode = known.mode or self._mode(clause)
            known.seat = known.seat or words.regex("coverage.same-seat").search(clause.text) is not None
        self.last = away
        return True

    def _never_there(self) -> None:
        """Takes out what a hand-over told of one who saw nothing."""
        who = self.spoken
        if who in NO_READER or any(s.who == who and s.last is not None for s in self.stays):
            raise Untold
        self.stays = [s for s in self.stays if s.who != who]
        self.blind = who
        self.signs = True

    # What a time tells.

    def _timed(self, clause: Clause, moment: CourseTime) -> None:
        words = vocabulary()
        if words.regex("coverage.travels").search(clause.text):
            raise Untold  # whether the time ends the stay before the way, or begins the one behind it
        before = clause.before(moment)
        if words.regex("coverage.except").search(before):
            self.excepting = True
        several = len(clause.moments) > 1
        text = f"{before} {clause.behind(moment)}" if several else clause.text
        act = act_of(before) or act_of(text) if several else act_of(text)
        if moment.whole and not self._of_the_watch(clause, act):
            self._describe(clause, later=False)
            return
        self.signs = self.signs or (moment.worded and not moment.whole)
        if words.regex("coverage.planned").search(clause.text):
            return
        way = way_of(clause, moment)
        if words.regex("coverage.never-away").search(clause.text):
            self.signs = True
            if way != "until":
                return
            act = "stay"  # 'did not leave until 10:12'
        who = self.who
        if self.spoken == THING:
            raise Untold
        if self.spoken in NO_READER:
            self.signs = True
            if not self._for_reader(clause) or (self.spoken != NOBODY and act in ("go", "back", "away")):
                return  # 'The surgeon left at 09:20': no reader's time
            act = "away"
        act = act or self.ahead or self._goes_on(text)
        first = self._counted(moment)
        if self.minute is not None and first + _NIGHT < self.minute:
            raise Untold
        self._place_in_course(clause, moment, act, way, first, who)
        self.minute = moment.last if moment.last is not None else first

    def _for_reader(self, clause: Clause) -> bool:
        """Whether a clause says that nobody, or somebody who is no reader, was at the watch in the reader's stead."""
        return self.spoken == NOBODY or vocabulary().regex("coverage.no-reader").search(clause.text) is not None

    def _place_in_course(self, clause: Clause, moment: CourseTime, act: Act, way: str, first: int, who: str) -> None:
        words = vocabulary()
        before = clause.before(moment)
        away = self.excepting or act == "away"
        came = words.regex("coverage.until-somebody").search(before)
        if way == "span":
            if moment.last is None or moment.last <= first or self._alone(clause) is False:
                raise Untold  # hours shared with another case are parcelled out elsewhere
            if act == "go":
                self._absence(who, first, moment.last)
                self._hand_over(who, first, moment.last, clause)
            elif away:
                if words.regex("gap.watching").search(words.regex("gap.unrelieved").sub(" ", clause.text)):
                    raise Untold
                self._absence(who, first, moment.last)
            elif self._told(who, first, moment.last) is None:
                trivial = len(clause.text.split()) <= _TRIVIAL and isinstance(self.last, CourseStay) and self.last.who == who
                self._stay(who, first, moment.last, clause, again=act == "back" or trivial)
        elif came is not None:  # 'from 08:00 until I logged in at 08:35'
            earlier = self._before_in(clause)
            newcomer = self._who_came(came.group(), self._subject(came.group()), act_of(came.group()))
            if earlier is not None and earlier.who != newcomer:
                earlier.last = first
            self._arrive(newcomer, first, clause, again=act == "back")
        elif way == "until":
            if act in ("come", "go", "back") and _BEFORE.search(before):
                raise Untold  # 'I joined before 08:00'
            if moment.rest and not away and self._rest(who, clause):
                return
            self._until(who, first, clause, away=away, that=bool(moment.that))
        elif way == "since" or (act == "stay" and not away and self._at_start(moment)):
            if away and any(s.last == first for s in self.stays):
                return
            if away:
                self._absence(who, first, None)
            else:
                self._since(who, first, clause)
        else:
            self._at(who, first, clause, act)

    def _at_start(self, moment: CourseTime) -> bool:
        return moment.first == self.bounds[0] and not moment.that

    def _of_the_watch(self, clause: Clause, act: Act) -> bool:
        """Whether words for all of the monitoring are of a stay, and not of a load or a thing: 'single case the whole time'."""
        return act == "stay" and self._alone(clause) is None and None not in self.bounds and not self.stays

    def _goes_on(self, text: str) -> Act:
        """What a time without words of its own is of: the same as the one before ('... and 08:50-10:00'), or a stay that a place tells."""
        if len(text.split()) <= _TRIVIAL and self.last is not None:
            return "away" if isinstance(self.last, Absence) else "stay"
        if where_in(text) or alone_in(text) is not None or self.ahead_mode:
            return "stay"
        if not text.strip(" ,;:.()\t\n-–") and self.excepting:
            return "away"
        if len(text.split()) <= _TRIVIAL and any(where_in(c.text) for c in self.clauses):
            return "stay"
        raise Untold

    def _counted(self, moment: CourseTime) -> int:
        """The first minute of a time, counted from what was told last where its words say so."""
        if not moment.that:
            return moment.first
        self.base = self.base or self.last  # 'Before that, from 08:00, and afterwards, until 10:00'
        known = self.base
        minute = None if known is None else known.first if moment.that == "before" else known.last
        if moment.that == "before" and minute is None and known is not None:
            minute = known.last  # 'left half an hour before the end; up to then she had ...'
        minute = self.minute if minute is None else minute
        if minute is None:
            raise Untold
        return minute

    def _before_in(self, clause: Clause) -> CourseStay | None:
        """The stay that goes on when somebody comes: the one without an end that was told last."""
        open_ = [s for s in self.stays if s.last is None]
        return open_[-1] if open_ else None

    def _told(self, who: str, first: int, last: int) -> CourseStay | None:
        return next((s for s in self.stays if (s.who, s.first, s.last) == (who, first, last)), None)

    def _stay(self, who: str, first: int | None, last: int | None, clause: Clause, *, again: bool = False) -> CourseStay:
        """Adds a stay. `again`: it takes up the last one of the same reader."""
        moved = self.ahead_moved or vocabulary().regex("coverage.comes-to").search(clause.text) is not None
        earlier = [s for s in self.stays if s.who == who]
        stay = CourseStay(who, first, last, self._mode(clause) or self.ahead_mode, self._alone(clause), told=[clause.told])
        stay.like = earlier[-1] if again and earlier else None
        stay.alone = self.ahead_alone if stay.alone is None else stay.alone
        stay.moved = moved and stay.mode is None
        stay.seat = vocabulary().regex("coverage.same-seat").search(clause.text) is not None
        stay.by_line = vocabulary().regex("coverage.by-line").search(clause.text) is not None
        self.ahead_mode, self.ahead_alone, self.ahead_moved = None, None, False
        self.stays.append(stay)
        self.fresh.append(stay)
        self.last = stay
        return stay

    def _absence(self, who: str, first: int, last: int | None) -> None:
        known = Absence(who, first, last)
        self.absences.append(known)
        self.missed.append(known)
        self.last = known
        self.signs = True

    def _rest(self, who: str, clause: Clause) -> bool:
        """Adds all of the monitoring but the absences, where these alone are told before: 'Off 09:30 to 09:42. For the rest I watched live.'"""
        if any(s.who == who for s in self.stays) or not self.absences or None in self.bounds:
            return False
        self._stay(who, *self.bounds, clause)
        return True

    def _until(self, who: str, minute: int, clause: Clause, *, away: bool, that: bool) -> None:
        gone = self._gone(who)
        if away:
            if gone is not None:
                gone.last = minute
            elif any(s.first == minute for s in self.stays):
                return  # 'Until 08:25 no physician was watching'
            elif self.minute is not None and self.minute < minute:
                self._absence(who, self.minute, minute)  # 'from 08:00 to 08:50, was off for a call until 09:05'
            else:
                raise Untold
            return
        open_ = next((s for s in reversed(self.stays) if s.who == who and s.last is None and (s.first or 0) < minute), None)
        if open_ is not None:
            open_.last = minute
            self.signs = self.signs or open_.told[0].low < clause.low
            self._also(open_, clause)
            self.last = open_
        elif known := next((s for s in self.stays if s.who == who and s.last == minute), None):
            self._also(known, clause)
        else:
            chained = self.minute if self.last is not None and not that else None
            if chained is not None and chained >= minute:
                raise Untold
            again = isinstance(self.last, Absence) and self.last.who == who
            self._stay(who, chained, minute, clause, again=again).from_start = (
                not self.stays[:-1] and not that and chained is None
            )

    def _also(self, stay: CourseStay, clause: Clause) -> None:
        """Puts to a stay what a second clause tells of it."""
        if stay not in self.fresh:
            self.fresh.append(stay)
        mode, alone = self._mode(clause) or self.ahead_mode, self._alone(clause)
        if mode and stay.mode and mode != stay.mode:
            raise Untold
        stay.mode = stay.mode or mode
        stay.alone = alone if stay.alone is None else stay.alone

    def _since(self, who: str, minute: int, clause: Clause) -> None:
        lacking = [s for s in self.stays if s.who == who and s.first is None and (s.last or 0) > minute]
        known = next((s for s in self.stays if s.who == who and s.first == minute), None)
        if lacking:
            lacking[-1].first, lacking[-1].from_start = minute, False
            self._also(lacking[-1], clause)
        elif known is not None:
            self._also(known, clause)
        else:
            again = isinstance(self.last, Absence) and self.last.who == who
            stay = self._stay(who, minute, None, clause, again=again)
            stay.to_end = any(vocabulary().regex("coverage.onward").match(clause.behind(m)) for m in clause.moments)

    def _at(self, who: str, minute: int, clause: Clause, act: Act) -> None:
        if self._joined_by(who, minute, clause):
            return
        if self._alone(clause) is False:
            raise Untold
        own = [s for s in self.stays if s.who == who]
        if any(minute == s.first or (minute == s.last and act == "stay") for s in own) and act not in ("go", "away"):
            return
        if act in ("go", "away"):
            self._leave(who, minute, clause)
        elif act in ("come", "back"):
            taken = vocabulary().regex("coverage.relieves").search(clause.text) is not None
            holder = self._before_in(clause)
            if taken and holder is not None and holder.who != who:
                holder.last = minute
            self._arrive(who, minute, clause, again=act == "back")
        else:
            raise Untold

    def _joined_by(self, who: str, minute: int, clause: Clause) -> bool:
        """Parts the stay of somebody at a time at which another case came: 'at 09:30 a second room came up and I followed the two'."""
        if self._alone(clause) is not False or vocabulary().regex("coverage.goes").search(clause.text) is not None:
            return False
        if vocabulary().regex("coverage.other-comes").search(clause.text) is None:
            return False
        open_ = next((s for s in self.stays if s.who == who and s.last is None), None)
        if open_ is None:
            raise Untold
        open_.last = minute
        self._stay(who, minute, None, clause).alone = False
        self.stays[-1].mode = open_.mode
        self.stays[-1].moved = False
        self.signs = True
        return True

    def _leave(self, who: str, minute: int, clause: Clause) -> None:
        """Ends the stay of somebody who goes; one of which the end is told goes on when he or she comes back."""
        text = clause.text
        open_ = next((s for s in self.stays if s.who == who and s.last is None), None)
        inside = any(s.who == who and s.last is not None and (s.first or 0) < minute < s.last for s in self.stays)
        in_room = vocabulary().regex("coverage.left-room").search(text) is not None
        if open_ is not None:
            open_.last = minute
            open_.mode = open_.mode or ("in_room" if in_room else None)
            self.fresh.append(open_)
            self.last = open_
        elif inside:
            self._absence(who, minute, None)
        elif not any(s.who == who and s.last == minute for s in self.stays):
            chained = self.minute if isinstance(self.last, Absence) else None
            left = self._stay(who, chained, minute, clause)
            left.mode, left.moved = "in_room" if in_room else left.mode, False
        self.signs = True
        if open_ is None and not inside:
            open_ = next((s for s in reversed(self.stays) if s.who == who and s.last == minute), None)
        self._hand_over(who, minute, None, clause)
        self.last = open_ or self.last

    def _hand_over(self, who: str, first: int, last: int | None, clause: Clause) -> None:
        """Begins the stay of the one to whom the watch is handed: 'I handed over to Dr. A at 09:00', 'was relieved by Dr. A'."""
        went = vocabulary().regex("coverage.goes").search(clause.text)
        if went is None or _GIVES.search(went.group()) is None:
            return
        taker = self._subject(_BY_WHOM.sub("", clause.text[went.end() :]))
        if taker and taker not in NO_READER | {who}:
            before = self.last
            self.third = taker
            stay = self._stay(taker, first, last, clause)
            stay.mode, stay.alone = None, None
            self.fresh.pop()
            self.last = before

    def _arrive(self, who: str, minute: int, clause: Clause, *, again: bool) -> None:
        """Begins the stay of somebody who comes, or ends his or her absence."""
        self.signs = True
        gone = self._gone(who)
        if gone is not None:
            gone.last = minute
            self.last = gone
        elif not any(
            s.who == who and s.first is not None and s.first <= minute and (s.last is None or s.last > minute) for s in self.stays
        ):
            again = again or any(s.who == who for s in self.stays)
            self._stay(who, minute, None, clause, again=again)
        self.who = self.spoken = who
        self.minute = minute

    def _gone(self, who: str) -> Absence | None:
        return next((a for a in self.absences if a.who == who and a.last is None), None)

    def _mode(self, clause: Clause) -> Mode | None:
        """The place that a clause names, in its own words or as the whole record was read."""
        own = where_in(clause.text)
        said = {m.what for m in self.modes if clause.low <= m.start < clause.high}
        return own or (as_mode(said.pop()) if len(said) == 1 else None)

    def _alone(self, clause: Clause) -> Tri:
        own = alone_in(clause.text)
        said = {s.what for s in self.cases if clause.low <= s.start < clause.high}
        return own if own is not None else said == {"exclusive"} if len(said) == 1 else None

    def closed(self) -> list[CourseStay]:
        """The stays without the absences, each with its place and load; none where the paragraph leaves something open."""
        if self.failed or (
            False in {self._alone(c) for c in self.clauses}
            and vocabulary().regex("coverage.except").search(" ".join(c.text for c in self.clauses))
        ):
            return []  # an exception from a load is no absence
        if not self.stays and self.absences and self.watched and None not in self.bounds:  # 'Live remote view. Off 08:20-08:27.'
            self.stays.append(CourseStay(self.absences[0].who, *self.bounds, told=[self.clauses[0].told]))
        names = [surname(person.name) for person in self.cast.professionals]
        names = [name for name in names if name not in self.trainees]
        apart = any(vocabulary().regex(f"{name}").search(c.text) for name in _APART for c in self.clauses)
        whole = WholeCourse(
            self.stays,
            self.absences,
            self.bounds,
            self.of_all,
            self.own,
            self.watched,
            self._of_watch(),
            self.signs,
            apart,
            names,
        )
        try:
            return whole.closed() if self.stays else []
        except Untold:
            return []

    def _of_watch(self) -> bool:
        """Whether a clause that speaks of a reader says that he or she watched."""
        watching = vocabulary().regex("hours.watching")
        return any(watching.search(c.text) and self._subject(c.text) not in NO_READER for c in self.clauses)


_APART = ("coverage.except", "parcel.remainder", "parcel.before-and-after")
_TRIVIAL = 3
"""Words of a clause that adds a time to what was told before: 'and again from'."""
_NIGHT = 720
"""Minutes by which a time may lie before the one told last: more, and it is of another day."""
_BY_WHOM = re.compile(r"^\W*(?:to|by|over\s+to)\s+(?:my\s+(?:colleague|partner|associate),?\s+)?", re.I)
