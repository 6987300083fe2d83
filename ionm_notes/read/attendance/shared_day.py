"""Closes a day that a statement shares out: the stays that `shares.py` put together, each with both its ends, its place and its load.

Here stands what counts as a whole day shared out, and what is of all of it: a frame that holds the parts, the load of the rest, who writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ionm_notes.read.attendance.clause_words import WRITER, load_in, names_other, place_in
from ionm_notes.read.attendance.parcels import Piece
from ionm_notes.read.attendance.stays import Stay
from ionm_notes.read.attendance.watch_time import by_place_in_day
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.said import Said
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode, Tri


@dataclass(frozen=True, slots=True)
class SharedDay:
    """What a statement says of the day that its stays share out."""

    cast: Cast
    cases: Sequence[Said]
    """What is said of other cases."""
    points: Sequence[int]
    """Times that begin and end no stay by themselves."""
    beside: Sequence[int]
    """Times at which another case came."""
    left: Tri
    """What is said of other cases in all the time that is not named."""
    only_behind: bool
    """Whether that is said of the time behind alone."""
    single: bool
    """A single stay counts too."""

    def closed(self, stays: list[Stay], whole: Sequence[Piece], text: str) -> list[Stay]:
        """The stays, every end filled that the statement leaves to its other parts; none where one stays open.

        `whole`: the pieces of `text` that are said of all the day.
        """
        words = vocabulary()
        stays = sorted(self._framed(stays), key=by_place_in_day)
        foreign = [words.regex(name) for name in ("caseload.somebody-else", "sharing.custom")]
        people = (*self.cast.surgeons, *self.cast.technologists, *self.cast.anesthesia, *self.cast.assistants)
        others = [surname(person.name) for person in people]
        own = [
            piece
            for piece in whole
            if not any(pattern.search(piece.text) for pattern in foreign)
            and not any(name in piece.text.lower() for name in others)
        ]
        shared = [piece for piece in own if piece.of_all or words.regex("parcel.each").search(piece.text)]
        ends = words.regex("parcel.to-the-end").search(text) is not None
        for one, following in pairwise(stays):
            self._meet(one, following)
            if following.mode is None and one.who == following.who and words.regex("parcel.stretches").search(text):
                following.mode = one.mode  # 'in OR 5 during two stretches: first ... (exposure), then again ... (closure)'
        if stays and stays[-1].last is None:
            stays[-1].to_end = stays[-1].to_end or ends
        load = self._load_of_all(own) if all(stay.alone is None for stay in stays) else None
        several = words.regex("parcel.readers").search(text)
        for stay in stays:
            if stay.alone is None:
                stay.alone = next((load for piece in shared if (load := load_in(piece.text)) is not None), None)
            stay.alone = load if stay.alone is None else stay.alone
            stay.mode = stay.mode or next((place for piece in whole if (place := self._place_of(piece))), None)
            stay.mode = stay.mode or (place_in(several.group()) if several is not None else None)
        if not self._complete(stays) or _of_other_cases(stays):
            return []
        placed = {stay.who for stay in stays if stay.mode}
        return [replace(s, mode="unstated") if s.mode is None and s.who in placed else s for s in stays]

    def _framed(self, stays: list[Stay]) -> list[Stay]:
        """The stays; where one holds all others, which tell of other cases within it, its parts: 'live 8:00-12:00, with a second from 9:00'."""
        frame = next((s for s in stays if s.first is not None and s.last is not None and _holds(s, stays)), None)
        if frame is None or frame.first is None or frame.last is None:
            return stays
        parts = sorted((s for s in stays if s is not frame), key=by_place_in_day)
        out: list[Stay] = []
        at = frame.first
        for part in parts:
            begin, end = part.first or frame.first, part.last or frame.last
            if begin < at:
                return stays
            if at < begin:
                out.append(replace(frame, first=at, last=begin, alone=self._left(frame, before=at == frame.first)))
            out.append(replace(part, first=begin, last=end, mode=frame.mode or part.mode, who=frame.who or part.who))
            at = end
        return [*out, replace(frame, first=at, alone=self._left(frame))] if at < frame.last else out

    def _left(self, frame: Stay, *, before: bool = False) -> Tri:
        """What is said of the time between the parts: 'the rest exclusive', 'before that only this one'."""
        if frame.alone is not None:
            return frame.alone
        return None if before and self.only_behind else self.left

    def _place_of(self, piece: Piece) -> Mode | None:
        """The place that a sentence without a time names, unless it speaks of the technologist or the surgeon: that is somebody else's."""
        return None if names_other(piece.text, self.cast) else place_in(piece.text)

    def _load_of_all(self, pieces: Sequence[Piece]) -> Tri:
        """What the sentences without a time say of other cases, where they agree: 'I was assigned exclusively to this operation.'"""
        loads = {said.what for said in self.cases if any(piece.low <= said.start < piece.high for piece in pieces)}
        return loads == {"exclusive"} if len(loads) == 1 else None

    def _meet(self, one: Stay, following: Stay) -> None:
        """Puts the end of a stay to the beginning of the next one, or both to the time that stands alone between them."""
        moved = one.who != following.who or (None not in (one.mode, following.mode) and one.mode != following.mode)
        if one.last is None and following.first is not None and (one.who != following.who or following.first in self.points):
            one.last = following.first if moved else None
            return
        between = [minute for minute in self.points if (one.first or 0) < minute < (following.last or 0)]
        if one.last is None and following.first is None and one.who != following.who and len(between) == len(self.points) == 1:
            one.last = following.first = between[0]

    def _complete(self, stays: list[Stay]) -> bool:
        """Whether stays share the day out: two of them or more, or one with its place, none open, each behind the one before."""
        if any(minute not in {s.first for s in stays if s.alone is False} for minute in self.beside):
            return False
        if not stays or (len(stays) == 1 and not (self.single and stays[0].mode)) or not self._writer(stays):
            return False
        if any((s.first is None and not s.from_start) or (s.last is None and not s.to_end) for s in stays):
            return False
        return all(
            one.last is not None and following.first is not None and one.last <= following.first
            for one, following in pairwise(stays)
        ) and all(s.last is None or s.first is None or s.first < s.last for s in stays)

    def _writer(self, stays: list[Stay]) -> bool:
        """Puts a name to the writer; False where it cannot be told who that is."""
        names = [surname(p.name) for p in self.cast.professionals]
        titled = [surname(p.name) for p in self.cast.professionals if p.credentials]
        others = {s.who for s in stays} - {WRITER, ""}
        left = [name for name in names if name not in others]
        for stay in stays:
            if stay.who not in (WRITER, ""):
                continue
            if len(names) == 1:
                stay.who = names[0]
            elif stay.who == WRITER and len(left) == 1:
                stay.who = left[0]
            elif stay.who == WRITER and not others and len(titled) == 1:
                stay.who = titled[0]
            elif stay.who == "" or others:
                return False
        return True


def _holds(frame: Stay, stays: Sequence[Stay]) -> bool:
    """Whether a stay holds all others, each with what it says of other cases and no other place or reader."""
    first, last = frame.first or 0, frame.last or 0
    others = [s for s in stays if s is not frame]
    inside = all(
        first <= (s.first if s.first is not None else first)
        and (s.last if s.last is not None else last) <= last
        and (s.first, s.last) != (first, last)
        and (s.last is None or s.last > first)
        and (s.first is None or s.first < last)
        and (s.who in ("", frame.who) or not frame.who)
        and s.alone is not None
        for s in others
    )
    places = {s.mode for s in stays if s.mode}
    return inside and len(places) <= 1 and any(s.alone is False for s in others)


def _of_other_cases(stays: Sequence[Stay]) -> bool:
    """Whether a statement is of when other cases ran, and does not say when this one was watched."""
    if len({(s.who, s.mode) for s in stays}) > 1 or all(s.alone is not False for s in stays):
        return False
    return all(s.alone is False for s in stays) or any(one.last != following.first for one, following in pairwise(stays))
