"""What the model takes a statement for where patterns placed it nowhere: doubts, never facts.

A record may tell a second place, a hand-over, a pause or other cases in words that no pattern knows, beside words that one does
know; patterns then read half of it and sound sure. Where the model is sure of such a statement about the professional, and patterns
found nothing of the kind, the time codes wait for a person (`Guess.weighty`); no fact changes. So they wait where what patterns read
stands in words in which neither model sees it (`refusals.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ionm_notes.read.fields import Fields
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import HISTORIC, RULE, Supervision
from ionm_notes.read.trained.about import about, denied
from ionm_notes.read.trained.encoder import answered
from ionm_notes.read.trained.linear import Head, load, shares_of
from ionm_notes.read.trained.refusals import refused
from ionm_notes.read.trained.rows import switched_off
from ionm_notes.read.trained.sentences import DENIALS, named
from ionm_notes.read.trained.signs import signed
from ionm_notes.read.trained.single import seen
from ionm_notes.read.trained.weighed import Statement, roles, statements
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place
from ionm_notes.types import Attendance, Guess

_PLACES = frozenset({"in_room", "nearby", "remote"})
_LEAST = {"in_room": 0.6, "nearby": 0.6, "remote": 0.6, "shared": 0.95, "afterwards": 0.9, "handover": 0.7, "break": 0.9}
"""The share from which on an unplaced statement leaves a doubt."""
_UNNAMED = 0.95
"""The share from which on 'was present in person in the operating room', of nobody named, leaves one too."""
_WORDED = {
    "in_room": "a second place of the professional, in the operating room",
    "nearby": "a second place of the professional, near the operating room",
    "remote": "a second place of the professional, away from the hospital",
    "shared": "attention to other cases as well",
    "afterwards": "reading afterwards",
    "handover": "a hand-over to another professional",
    "break": "a pause in the monitoring",
}
_THINKABLE = 0.25
"""The linear model's share of other cases from which on the encoder is asked about a statement."""
_BORNE_OUT = 0.6
"""The encoder's share of an answer from which on it bears out a doubt of the linear model's."""
_MOST = 24
"""Statements that the encoder is asked about for a doubt."""
_FEWEST = 4
"""Words of more than two letters that a statement of a second place has at least; 'Site of oversight' is a label."""


def doubted(
    reading: Reading,
    fields: Fields,
    cast: Cast,
    supervision: Supervision,
    attended: Sequence[Attendance],
    *,
    handed_over: bool,
    paused: bool,
) -> tuple[Guess, ...]:
    """The doubts of one document. `handed_over`, `paused`: whether patterns found a hand-over, a pause in the monitoring.

    `attended`: what was read of the attendance: a place that it has, or other cases beside this one, are no news.
    """
    heads = load()
    if switched_off() or heads is None or not supervision.modes:
        return ()
    shared = bool(supervision.shared) or any(row.exclusive is False for row in attended)
    silent: dict[str, set[str] | frozenset[str]] = {
        "place": _PLACES - {said.what for said in supervision.modes} - {row.mode for row in attended},
        "exclusivity": set() if shared else {"shared"},
        "live": set() if supervision.afterwards else {"afterwards"},
        "course": {answer for answer, found in (("handover", handed_over), ("break", paused)) if not found},
    }
    weighed = statements(reading, cast)
    unplaced = list(_unplaced(reading, fields, cast, supervision, heads, silent, weighed))
    if silent["exclusivity"] and not any(guess.what == _WORDED["shared"] for guess in unplaced):
        unplaced += _beside(reading, fields, cast, supervision, heads["exclusivity"], weighed)
    here = [said for said in supervision.modes if said.what == "in_room"]
    rests = {"in_room": here, "exclusive": supervision.exclusive}
    return (
        *unplaced,
        *(guess for answer, told in rests.items() for guess in refused(reading, cast, answer, told, parted=bool(shared))),
    )


def _beside(
    reading: Reading, fields: Fields, cast: Cast, supervision: Supervision, head: Head, weighed: list[Statement]
) -> Iterator[Guess]:
    """The statement in which the encoder sees other cases of the professional's beside this one, where a sign of them stands in it.

    What patterns read as sole attention is not asked about again: 'I followed one room; colleagues had the others'.
    """
    column = head.classes.index("shared")
    [shares] = shares_of(tuple(one.words for one in weighed), (head,))
    told = [
        one
        for one, share in zip(weighed, shares, strict=True)
        if share[column] >= _THINKABLE
        and signed("shared", reading.text[one.start : one.end])
        and not any(said.start < one.end and one.start < said.end for said in supervision.exclusive)
        and (whom := about(reading, fields, cast, one, "shared")) is not None
        and whom[0] == "professional"
    ][:_MOST]
    people = roles(cast)
    found = answered(tuple(named(reading.text[one.start : one.end], people) for one in told))
    best = max(((own["shared"], n) for n, own in enumerate(found)), default=(0.0, 0))
    if best[0] >= _LEAST["shared"]:
        one = told[best[1]]
        yield Guess(_WORDED["shared"], round(best[0], 2), reading.proof(one.start, one.end), weighty=True)


def _unplaced(
    reading: Reading,
    fields: Fields,
    cast: Cast,
    supervision: Supervision,
    heads: dict[str, Head],
    silent: dict[str, set[str] | frozenset[str]],
    told: list[Statement],
) -> Iterator[Guess]:
    """The surest statement of each kind that patterns found nowhere, where it is sure enough."""
    asked = {question: heads[question] for question in silent}
    people = roles(cast)
    for question, shares in zip(asked, shares_of(tuple(one.words for one in told), tuple(asked.values())), strict=True):
        placed = supervision.modes if question == "place" else ()
        for answer in sorted(silent[question]):
            column = asked[question].classes.index(answer)
            ranked = sorted(((float(share[column]), at) for at, share in enumerate(shares)), reverse=True)
            found = (
                (share, told[at])
                for share, at in ranked
                if share >= _LEAST[answer]
                and _meant(reading, fields, cast, told[at], answer, share, placed)
                and seen(reading, people, told[at], answer) >= _BORNE_OUT
            )
            best = next(found, None)
            if best is not None:
                confidence = round(asked[question].curve.at(best[0]), 2)
                yield Guess(_WORDED[answer], confidence, reading.proof(best[1].start, best[1].end), weighty=True)


def _meant(
    reading: Reading, fields: Fields, cast: Cast, told: Statement, answer: str, share: float, placed: tuple[Said, ...]
) -> bool:
    """Whether a statement is of the professional on this day, and its words are none that patterns placed."""
    text = reading.text[told.start : told.end]
    if vocabulary().regex("watch.plan-head").match(reading.unit_text(told.unit)):
        return False
    if RULE.search(text) or HISTORIC.search(text) or any(s.start < told.end and told.start < s.end for s in placed):
        return False
    if vocabulary().regex("unexplained.no-relief").search(text):
        return False  # 'No physician took over from me or stood in for me'
    if denied(text, answer):
        return False  # 'The undersigned was at no time in the operating room'
    if answer == "in_room" and {phrase.kind for phrase in phrases_of_place(text)} == {"outside"}:
        return False  # 'I was not in the operating room at any time'
    if answer == "in_room" and not (signed("in_room", text) or vocabulary().regex("sign.by-the-patient").search(text)):
        return False  # 'I was at the screen for all of it': nothing in it is of any room
    if answer in _PLACES and sum(len(word) > 2 for word in told.words) < _FEWEST:
        return False
    role = subject_of(reading, told.unit, told.end, cast, fields)[0]
    if answer == "break":
        return role in ("professional", "")
    if answer == "handover" and not _two_named(cast, told, text):
        return False
    if answer == "shared" and (not DENIALS.isdisjoint(told.words) or vocabulary().regex("caseload.series").search(text)):
        return False
    return role == "professional" or (role == "" and answer == "in_room" and share >= _UNNAMED)


def _two_named(cast: Cast, told: Statement, text: str) -> bool:
    """Whether a statement names two who may watch: two of the professionals, or one and a doctor who is nobody known."""
    low = text.lower()
    whole = [set(person.name.lower().split()) for person in cast.professionals]
    names = {
        surname(person.name).lower()
        for person, words in zip(cast.professionals, whole, strict=True)
        if not any(words < other for other in whole)  # 'Fiona' of a cell that broke, beside 'Fiona Westergaard'
    }
    return sum(name in low for name in names) + ("doctor" in told.words) > 1
