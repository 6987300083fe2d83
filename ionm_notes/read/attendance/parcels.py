"""Statements that share the day out, taken apart: each piece with its time, whom it names, where that was and whether others ran beside it.

'I was in the operating room until 10:00, then followed the rest live from home until 12:00', 'Dr. A 8:00 to 10:00, Dr. B 10:00 to 12:00,
each with this case only'. `parcelled.py` puts the pieces together again as spells. Words: `patterns/parcels.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ionm_notes.read.attendance.clause_words import load_in, marks_in, named, place_in
from ionm_notes.read.attendance.times_told import TimeTold, without_times
from ionm_notes.read.people import Cast
from ionm_notes.read.vocabulary import vocabulary

Way = Literal["span", "start", "end", "point"]


@dataclass(frozen=True, slots=True)
class Moment(TimeTold):
    """A time, and whether it begins or ends something."""

    way: Way = "point"


@dataclass(slots=True)
class Piece:
    """A piece of a statement with at most one time; `text` has no times in it. `behind`, `before`: pieces without times that go with it."""

    low: int
    high: int
    text: str
    moment: Moment | None = None
    strong: bool = False
    """A full stop, a semicolon or a line's end stands before it."""
    closes: bool = False
    """A bracket is closed before it."""
    of_all: bool = False
    """It is said of all the pieces of its statement."""
    before: list[Piece] = field(default_factory=list)
    behind: list[Piece] = field(default_factory=list)

    def words(self) -> str:
        """All that goes with its time."""
        return " , ".join(piece.text for piece in (*self.before, self, *self.behind))


def pieces_of(text: str, low: int, moments: Sequence[Moment]) -> list[Piece]:
    """The pieces of a stretch of text that begins at `low`; those without a time are still by themselves."""
    bare = without_times(text, low, moments)
    # 'At 10:55, when the tumor was out, I walked over to my office': nobody went out.
    plain = vocabulary().regex("parcel.aside").sub(lambda aside: "," + " " * (len(aside.group()) - 1), bare)
    cuts = [(0, 0, False)] + [(m.start(), m.end(), m["strong"] is not None) for m in marks_in(plain)]
    pieces: list[Piece] = []
    strong = False
    for index, (_, start, hard) in enumerate(cuts):
        stop = cuts[index + 1][0] if index + 1 < len(cuts) else len(plain)
        word = plain[cuts[index][0] : start].strip(" ,;:.()\t\n")  # 'then', 'when' and 'who' tell how a piece goes on
        strong = strong or hard
        own = [m for m in moments if low + start <= m.low < low + stop]
        if not own and not plain[start:stop].strip():
            continue
        for piece in _one_time_each(plain, low, start, stop, own):
            piece.strong, strong = strong, False
            piece.closes = ")" in plain[cuts[index][0] : start]
            piece.text = f"{word} {piece.text}" if word and piece.low == low + start else piece.text
            pieces.append(piece)
    return pieces


def _one_time_each(plain: str, low: int, start: int, stop: int, own: list[Moment]) -> list[Piece]:
    """A piece for each time, cut before the words of the next one, or behind those of the last where a time stands first."""
    leads = bool(own) and not plain[start : own[0].low - low].strip()
    edges = [start]
    for before, after in pairwise(own):
        edges.append((after.low if leads else before.high) - low)
    edges.append(stop)
    return [Piece(low + a, low + b, plain[a:b], own[index] if own else None) for index, (a, b) in enumerate(pairwise(edges))]


def grouped(pieces: Sequence[Piece], cast: Cast) -> tuple[list[Piece], list[Piece]]:
    """The pieces that have a time, those without one put to one of their neighbours; and those that are of the whole statement."""
    timed = [piece for piece in pieces if piece.moment]
    if not timed:
        return [], []
    each = vocabulary().regex("parcel.each")
    whole: list[Piece] = []
    for piece in pieces:  # '(both: remote, one patient each, live)': what goes on with it is of all too
        goes_on = bool(whole) and pieces[pieces.index(piece) - 1] is whole[-1] and not (piece.strong or piece.closes)
        if not piece.moment and (each.search(piece.text) or (goes_on and not named(piece.text, cast))):
            piece.of_all = True
            whole.append(piece)
    places = {id(piece): index for index, piece in enumerate(pieces)}
    lead = [piece for piece in pieces[: places[id(timed[0])]] if piece not in whole]
    timed[0].before = lead
    ahead = any(_told(piece.text, cast) for piece in lead) and not _told(timed[0].text, cast)
    for piece, following in pairwise(timed):
        between = [other for other in pieces[places[id(piece)] + 1 : places[id(following)]] if other not in whole]
        parted = next((other for other in pieces[places[id(piece)] + 1 : places[id(following)]] if other.strong), None)
        # 'In the OR (t) I had no other case. I saw it live both there and at my desk (t)'
        if parted is not None and parted in whole:
            cut = sum(other.low < parted.low for other in between)
        else:
            cut = _cut(piece, between, following, cast, ahead=ahead)
        piece.behind, following.before = between[:cut], between[cut:]
    rest = [other for other in pieces[places[id(timed[-1])] + 1 :] if other not in whole]
    stop = next((index for index, other in enumerate(rest) if other.strong), len(rest))
    timed[-1].behind = rest[:stop]
    return timed, whole + rest[stop:]


def _cut(piece: Piece, between: Sequence[Piece], following: Piece, cast: Cast, *, ahead: bool) -> int:
    """How many of the pieces between two times go with the first one. `ahead`: the statement tells everything before its time."""
    strong = next((index for index, other in enumerate((*between, following)) if other.strong), None)
    if strong is not None:
        return strong
    begun = next((index for index, other in enumerate(between) if _begins(other.text, cast)), len(between))
    if ahead:
        return _of_the_first(between, begun)
    full = any(_told(other.text, cast) for other in (*piece.before, piece))
    if full and not _told(following.text, cast):
        told = next((index for index, other in enumerate(between) if _told(other.text, cast)), len(between))
        return min(begun, told)
    if not full and begun == 0 and len(between) > 1 and place_in(between[0].text) and not _told(following.text, cast):
        return 1  # 'The first part (8:00-9:00) I attended in the theatre, the second (9:00-10:00) by remote connection'
    return begun


def _of_the_first(between: Sequence[Piece], begun: int) -> int:
    """How many pieces go with the first of two times that each follow all of theirs, where the next one begins with a name at `begun`.

    What its bracket holds does ('Dr. A (8:00-10:00, sole case) and Dr. B (10:00-12:00)'), and what tells of other cases alone.
    """
    if begun == len(between):
        return 0
    if closed := next((index for index, other in enumerate(between) if other.closes), 0):
        return min(closed, begun)
    return begun if all(load_in(piece.text) is not None and place_in(piece.text) is None for piece in between[:begun]) else 0


def _begins(text: str, cast: Cast) -> bool:
    """Whether a piece begins a new matter: with 'then', 'when', somebody's name or a word for somebody."""
    return _OPENS.match(text) is not None or any(_TITLE.fullmatch(text[:at]) for at, _ in named(text, cast))


_OPENS = re.compile(r"\s*(?:and\s+)?(?:then|when|whereupon|after\s+which|but|while|I|she|he|they|we)\b", re.I)
_TITLE = re.compile(r"\s*(?:(?:and|the|by|dr|prof|doctor|second|other|next|reader)\b\.?\s*|[A-Z][\w.’'-]*\s+){0,5}", re.I)


def _told(text: str, cast: Cast) -> bool:
    return place_in(text) is not None or bool(named(text, cast)) or load_in(text) is not None
