"""Closes the course of a watch: the stays with their places and loads, the absences taken out (`course_of_watch.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ionm_notes.read.attendance.clause_words import WRITER
from ionm_notes.read.attendance.course_parts import Absence, CourseStay, Untold
from ionm_notes.read.attendance.stays import without
from ionm_notes.read.attendance.watch_time import Bounds, ends, inside, overlap, touch
from ionm_notes.types import Mode, Tri


@dataclass(slots=True)
class WholeCourse:
    """All that a paragraph tells of a watch."""

    stays: list[CourseStay]
    absences: list[Absence]
    bounds: Bounds
    of_all: tuple[Mode | None, Tri]
    """Place and load that are said of all readers."""
    own: Mapping[str, tuple[Mode | None, Tri]]
    """Place and load that are said of one reader without a time."""
    watched: bool
    """It is told without a time that somebody kept the watch."""
    told: bool
    """Somebody is said to have been at the watch, in words that are of nothing else."""
    signs: bool
    """Comings, goings or absences are told, and not one stay alone."""
    apart: bool
    """An exception is told, so that a stay elsewhere may lie within another one."""
    names: Sequence[str]
    """Surnames of the professionals."""

    def closed(self) -> list[CourseStay]:
        """The stays without the absences, each with its place and load. Raises `Untold` where the paragraph leaves something open."""
        stays = sorted(self.stays, key=ends)
        for stay in stays:
            later = [s for s in stays if s.first is not None and s.first > (stay.first or 0)]
            others = [s for s in later if s.who != stay.who]
            if stay.last is None and not stay.to_end and others:
                if len(others) == len(later) and others[-1].last is not None and others[-1].last < (self.bounds[1] or 0):
                    raise Untold  # who watched on when the other one had gone is not told
                stay.last = min(s.first or 0 for s in others)
        self._of_whole(stays)
        self._framed(stays)
        self._placed(stays)
        readers = {s.who for s in stays}
        places = {s.mode for s in stays}
        if not places - {None, "unstated"} and not self.told:
            raise Untold  # nothing says that it was a watch
        if not (self.signs or len(readers) > 1 or len(places - {None}) > 1):
            raise Untold
        parts = [part for stay in stays for part in self._without_absences(stay, stays)]
        names = self._names(readers)
        parts = sorted(parts, key=ends)
        for part in parts:
            part.who = names[part.who]
            if part.first is not None and part.last is not None and part.first >= part.last:
                raise Untold
        for one in parts:
            for other in parts:
                if one is not other and one.who == other.who and overlap(one, other):
                    raise Untold
        return parts

    def _of_whole(self, stays: Sequence[CourseStay]) -> None:
        """Gives the first stay the beginning of monitoring, and the last one its end, where it is told without times that the watch was kept.

        'Remote, live. VPN dropped 08:40, restored 08:58.' Where only a mode is stated, attendance is the monitoring (contract).
        """
        first, last = self.bounds
        told = self.watched or self.of_all[0] is not None or self.own.get(stays[0].who, (None, None))[0] is not None
        if not told or first is None or last is None:
            return
        if stays[0].first is None and (stays[0].last or 0) > first:
            stays[0].from_start = True
        if stays[-1].last is None and stays[-1].like is not None and (stays[-1].first or 0) < last:
            stays[-1].last = last

    def _framed(self, stays: list[CourseStay]) -> None:
        """Takes comings and goings within a stay that is told with both its times as absences from it.

        'I left at 09:10 and came back at 09:25; before and after I was there, from 08:00 to 10:00.'
        """
        for frame in [s for s in stays if s.first is not None and s.last is not None]:
            parts = [s for s in stays if s.who == frame.who and None in (s.first, s.last)]
            modes = {s.mode for s in (frame, *parts) if s.mode}
            low, high = ends(frame)
            if (
                len(parts) < 2
                or len(modes) > 1
                or any(not low < minute < high for s in parts for minute in (s.first, s.last) if minute)
            ):
                continue
            gone = sorted(s.last for s in parts if s.last is not None)
            back = sorted(s.first for s in parts if s.first is not None)
            if len(gone) != len(back) or any(a >= b for a, b in zip(gone, back, strict=True)):
                raise Untold
            self.absences += [Absence(frame.who, a, b) for a, b in zip(gone, back, strict=True)]
            frame.mode = frame.mode or next(iter(modes), None)
            stays[:] = [s for s in stays if s not in parts]
            return

    def _placed(self, stays: Sequence[CourseStay]) -> None:
        """Gives each stay its place and load, from its own words, the stay that it takes up, or what is said of all."""
        for index, stay in enumerate(stays):
            earlier = [s for s in stays[:index] if s.who == stay.who]
            own_mode, own_alone = self.own.get(stay.who, (None, None))
            if stay.moved and stay.mode is None:
                others = {s.mode for s in earlier[:-1] if s.mode and s.mode != earlier[-1].mode}
                if len(others) != 1:
                    raise Untold
                stay.mode = others.pop()  # 'then back to the lounge'
            if stay.like is not None:
                stay.mode = stay.mode or stay.like.mode
                stay.by_line = stay.by_line or stay.like.by_line
                stay.alone = stay.like.alone if stay.alone is None else stay.alone
            stay.mode = stay.mode or own_mode or self.of_all[0]
            for load in (own_alone, self.of_all[1]):
                stay.alone = load if stay.alone is None else stay.alone
        for stay in stays:
            holders = [s for s in stays if s.who != stay.who and s.mode and (touch(s, stay) or overlap(s, stay))]
            if stay.mode is None and stay.seat and len({s.mode for s in holders}) == 1:
                stay.mode = holders[0].mode
            own = {s.mode for s in stays if s.who == stay.who and s.mode}
            if stay.mode is None and len(own) == 1:
                stay.mode = own.pop()
            elif stay.mode is None and own:
                raise Untold
        placed = {s.mode for s in stays if s.mode}
        for stay in stays:
            if stay.mode is None and stay.by_line and placed and "in_room" not in placed:
                stay.mode = "remote"
        for stay in stays:
            if stay.mode is None and placed and len({s.who for s in stays}) > 1:
                stay.mode = "unstated"

    def _without_absences(self, stay: CourseStay, stays: Sequence[CourseStay]) -> list[CourseStay]:
        """The parts of a stay that are left of it when its absences and the stays of those who stood in are taken out."""
        cuts: list[tuple[int, int]] = []
        for away in self.absences:
            if away.who != stay.who:
                continue
            if away.last is None:
                raise Untold
            cuts.append((away.first, away.last))
        for other in stays:
            if other is stay or other.first is None or other.last is None or not inside(other, stay):
                continue
            if other.who == stay.who and other.mode != stay.mode and not self.apart:
                raise Untold  # two places for one time
            if other.who != stay.who or other.mode != stay.mode:
                cuts.append((other.first, other.last))
        parts = [stay]
        for low, high in cuts:
            parts = [piece for part in parts for piece in without(part, low, high)]
        return parts

    def _names(self, readers: set[str]) -> dict[str, str]:
        """The name of each reader; the writer is the one who is not named."""
        left = [name for name in self.names if name not in readers]
        if WRITER in readers and len(left) != 1:
            raise Untold
        return {who: left[0] if who == WRITER else who if who in self.names else who.title() for who in readers}
