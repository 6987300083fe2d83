"""Where the professional was, put together from phrases of place in a statement about him or her, in words that no pattern holds.

Phrases (`patterns/places.toml`, `patterns/whereabouts.toml`) are of the room, near it, outside of it, in the house or away. They
are weighed together: 'not in the room' is near with a word for the house, and away with one for elsewhere. A phrase counts where
the statement is about the professional, and where nobody else stands between ('I spoke with the technologist in the operating
room' places the technologist). What excludes one another says nothing here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ionm_notes.read.answers import answer_behind
from ionm_notes.read.boxes import BOX, ticked
from ionm_notes.read.clause_cuts import begin_of
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import lettered, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.subject import subject_of
from ionm_notes.read.unnamed import without_subject
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Mode, Proof

_LONGEST = 420
"""Characters of the longest statement that is searched for a place."""
_SHORT = 130
"""Characters of the longest statement that needs no verb: 'Neuro MD in house, 3rd floor'."""
_TOGETHER = 16_000
"""Letters of the longest expression that is put together of several: PCRE2 compiles some 20,000."""
_PLACES = tuple((kind, f"whereabouts.{kind}") for kind in ("near", "outside", "stayed", "room", "nook", "away"))
_BARE = tuple((kind, f"place.bare-{kind}") for kind in ("near", "room", "away"))
_HOUSE = tuple((kind, f"whereabouts.{kind}") for kind in ("house", "site"))
"""Kinds of phrases with their patterns, in the order in which they take their words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of place: its kind, one of 'near', 'outside', 'room', 'nook', 'away', 'remote', 'house', 'site', and offsets of its words."""

    kind: str
    start: int
    end: int


@functools.lru_cache(maxsize=2048)
def phrases_of_place(text: str, *, bare: bool = False) -> tuple[Phrase, ...]:
    """Every phrase of place in a few words, without those that are denied where they stand ('not remote').

    `bare`: the words answer what asks for a place, so that one such as 'home' or 'OR 4' is enough.
    """
    words = vocabulary()
    if not bare and not any(places.search(text) for places in _any_place()):
        return ()
    found: list[Phrase] = [Phrase("", m.start(), m.end()) for m in words.regex("whereabouts.not-of-place").finditer(text)]
    for kind, name in (*_PLACES, *(_BARE if bare else ()), *_HOUSE):
        for whole in words.regex(name).finditer(text):
            match = _behind_taken(words.regex(name), whole, found)
            if match is None:
                continue
            if kind not in ("stayed", "outside") and words.regex("whereabouts.not").search(text[: match.start()]):
                continue
            if kind == "away" and words.regex("whereabouts.by-its-word").search(match.group()):
                kind = "remote"
            found.append(Phrase("room" if kind == "stayed" else kind, match.start(), match.end()))
    return tuple([phrase for phrase in found if phrase.kind])


def _behind_taken(phrase: Expression, match: re.Match[str], found: Sequence[Phrase]) -> re.Match[str] | None:
    """A match that overlaps no phrase found before; 'in my study' of 'at neither table but in my study', of which 'neither table' is taken."""
    taken = [p for p in found if p.start < match.end() and match.start() < p.end]
    if not taken:
        return match
    behind = phrase.search(match.string, max(p.end for p in taken), match.end())
    return None if behind is None or any(p.start < behind.end() and behind.start() < p.end for p in found) else behind


@functools.cache
def _any_place() -> tuple[Expression, ...]:
    """All phrases of place in a few expressions: most lines have none, and are looked through once.

    Each is short enough for PCRE2, beyond whose limit `re` would take ten times as long.
    """
    together: list[str] = []
    for _, name in (*_PLACES, *_HOUSE):
        source = f"(?:{vocabulary().patterns[name].source})"
        if together and len(together[-1]) + len(source) < _TOGETHER:
            together[-1] += f"|{source}"
        else:
            together.append(source)
    return tuple(map(expression, together))


def weighed(kinds: Collection[str]) -> Mode | None:
    """The one place that phrases of these kinds leave; None where they leave none or exclude one another.

    Source of the three places: the contract's modes of attendance.
    """
    room = "room" in kinds
    if "remote" in kinds:
        return None if room else "remote"  # the word itself, whatever house the reading room is in
    inside = "house" in kinds or "site" in kinds
    if "near" in kinds or (inside and not {"outside", "nook"}.isdisjoint(kinds)):
        return None if room else "nearby"
    if "away" in kinds:
        return None if room else "remote"
    if room:
        return None if "outside" in kinds or "nook" in kinds else "in_room"
    return "nearby" if "house" in kinds or "nook" in kinds else None


def with_whereabouts(reading: Reading, fields: Fields, cast: Cast, modes: list[Said]) -> list[Said]:
    """The places that patterns found, with those told by phrases of place where patterns found none.

    A phrase that says near ('in the hospital, not in the operating room') outweighs what a pattern saw in its words.
    """
    claimed = {said.unit.start for said in modes}
    out = list(modes)
    words = vocabulary()
    near, nook = words.regex("whereabouts.near"), words.regex("whereabouts.nook")
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        text = reading.unit_text(unit)
        if unit.start in claimed and (BOX.search(text) or not (near.search(text) or nook.search(text))):
            continue
        said = _of_unit(reading, unit, fields, cast, placed=unit.start in claimed)
        if said is None:
            continue
        if unit.start in claimed:
            own = [m for m in out if m.unit.start == unit.start]
            plain = near.search(text) is not None or all(m.what == "in_room" for m in own)
            if said.what != "nearby" or not plain or all(m.what == "nearby" for m in own):
                continue
            out = [m for m in out if m.unit.start != unit.start]
        out.append(said)
    return out


def _of_unit(reading: Reading, unit: Unit, fields: Fields, cast: Cast, *, placed: bool) -> Said | None:
    """The place that a statement names; `placed`: it is known already to be about where the professional was."""
    text = reading.unit_text(unit)
    verb = placed or vocabulary().regex("whereabouts.stays").search(text) is not None
    if not verb and len(text) > _SHORT:
        return None
    told: list[tuple[Phrase, str]] = []
    for phrase in phrases_of_place(text):
        low, high = unit.start + phrase.start, unit.start + phrase.end
        if phrase.kind == "room" and (
            vocabulary().regex("whereabouts.in-touch").search(text[: phrase.start]) or another_there(text[: phrase.start])
        ):
            continue
        if ticked(reading, unit, low, high) is False:
            continue  # '[ ] MD in OR'
        if another_matter(reading, unit, low, high) or answer_behind(reading, unit, high) in ("no", "blank"):
            continue
        who = _professional(reading, unit, low, high, fields, cast, verb=verb)
        own = (
            phrase.kind in _ELSEWHERE and vocabulary().regex("whereabouts.of-mine").search(text, 0, phrase.end) is not None
        )  # 'The case was watched from my laptop at home'
        who = "" if who is None and ((placed and phrase.kind == "near") or own) else who
        if who is not None and not (phrase.kind == "room" and not who and by_hands(reading, unit, low)):
            told.append((phrase, who))
    mode = weighed({phrase.kind for phrase, _ in told})
    if mode is None:
        return None
    phrase, who = next(one for one in told if _MODES.get(one[0].kind, mode) == mode)
    low, high = unit.start + phrase.start, unit.start + phrase.end
    return Said(mode, low, high, unit, who, reading.evidence(low, high))


def another_there(before: str) -> bool:
    """Whether the words right before a place say what or who else is there: 'Acquisition in OR 9 unaffected', 'spoke with the tech in OR 4'."""
    words = vocabulary()
    return any(words.regex(f"whereabouts.{name}").search(before) is not None for name in ("thing-there", "touched-there"))


_ELSEWHERE = frozenset({"near", "nook", "away", "remote"})
_MODES = {"near": "nearby", "room": "in_room", "away": "remote", "remote": "remote", "house": "nearby", "nook": "nearby"}


def not_of_place(reading: Reading, said: Said) -> bool:
    """Whether words that could be of place are of another thing: 'remote reference electrode', 'remote history of stroke'."""
    found = vocabulary().regex("whereabouts.not-of-place").finditer(reading.text, said.unit.start, said.unit.end)
    return any(match.start() < said.end and said.start < match.end() for match in found)


def in_letterhead(reading: Reading, said: Said) -> bool:
    """Whether words of place are part of a firm's name that stands alone on its line: 'Harrow Lane Tele-Neurology'."""
    line = reading.line_index(said.start)
    text = reading.text[reading.line_starts[line] :].partition("\n")[0]
    return vocabulary().regex("whereabouts.firm").match(text) is not None


def another_matter(reading: Reading, unit: Unit, low: int, high: int) -> bool:
    """Whether words of place are of a plan, a rule, a visit, a history or another case."""
    words = vocabulary()
    clause = begin_of(reading.text, _CLAUSE_END, unit.start, low)
    return (
        _asked_of_another(reading, unit)
        or words.regex("whereabouts.another-matter").search(reading.text[clause:low]) is not None
        or words.regex("whereabouts.another-time").search(reading.text[high : unit.end]) is not None
    )


_CLAUSE_END = re.compile(r"(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)[.;\n\t]")


def by_hands(reading: Reading, unit: Unit, low: int) -> bool:
    """Whether the 'I' whom words place in the room may be the technologist: 'I stay in the room until wheels out'."""
    words, text = vocabulary(), reading.text
    return (
        _I.search(text, unit.start, low) is not None
        and any(
            _OF_WHOM.search(text, unit.start, hands.start()) is None
            for hands in words.regex("whereabouts.hands").finditer(text, unit.start, unit.end)
        )
        and words.regex("whereabouts.reads").search(text, unit.start, unit.end) is None
    )


_OF_WHOM = expression(r"\bwho(?:\x27d|’d)?\s(?:(?!\bI\b)[^.;])*$", cased=True)
"""Behind 'who' another one is told of: 'beside the technologist, who had placed the electrodes'."""
_I = expression(r"\b[Ii]\b(?!\.)", cased=True)


def of_its_writer(reading: Reading, modes: Sequence[Said], *, hands_sign: bool) -> tuple[tuple[Said, ...], Proof]:
    """The places without those of an 'I' in the operating room who is not the professional, and evidence of those that may be.

    `hands_sign`: technologists alone signed the record. A record that tells of the professional as of somebody else ('Reader on line,
    offsite, text thread with me') was written by the technologist; without that 'me', or 'I hooked him up', it only may have been.
    """
    own = [m for m in modes if m.what == "in_room" and not m.who and _by_i(reading, m)]
    told = [m for m in modes if m.what != "in_room" and m.unit.kind == "sentence" and _of_another(reading, m)]
    if not own or not (hands_sign or told):
        return tuple(modes), ()
    rest = tuple(m for m in modes if m not in own)
    by_hands_alone = bool(told) and any(True for _ in reading.matches(vocabulary().patterns["whereabouts.own-hands"]))
    return rest, () if by_hands_alone or tells_of_reader(reading, told) else tuple(m.evidence for m in own[:1])


def tells_of_reader(reading: Reading, modes: Sequence[Said]) -> bool:
    """Whether a place outside the room is told of the professional as of somebody else whom the writer had to do with."""
    return any(
        m.what != "in_room"
        and m.unit.kind == "sentence"
        and _WITH_ME.search(reading.unit_text(m.unit)) is not None
        and _of_another(reading, m)
        for m in modes
    )


_WITH_ME = re.compile(r"\b(?:with|to|by|from|and)\s+(?:me|us)\b|\bmy\b", re.I)


def _by_i(reading: Reading, said: Said) -> bool:
    """Whether 'I' is the one whom words place, and nothing that only the professional does stands in the statement."""
    reads = vocabulary().regex("whereabouts.interprets")
    before = reading.text[said.unit.start : said.start]
    return _I.search(before) is not None and reads.search(reading.unit_text(said.unit)) is None


def _of_another(reading: Reading, said: Said) -> bool:
    """Whether a place is told of the professional as of somebody other than the writer."""
    before = reading.text[said.unit.start : said.start]
    if _I.search(before):
        return False
    words = vocabulary()
    whom = words.regex("whereabouts.service").sub(" ", before)  # 'Supervision: remote' is of the service
    return bool(said.who) or words.regex("subject.professional").search(whom) is not None


_POSSIBLE = expression(
    r"\b(?:can|could|may|might|would|will|able\s+to|ready\s+to|available\s+to|prepared\s+to|free\s+to|if\s+needed)\s+"
    r"(?:(?:also|always|readily|quickly)\s+)?(?:be|come|go|get|step|walk|join|attend|enter|reach)\b[^.;,]{0,24}$"
    r"|\b(?:was|am|is|were|be|being|remained|stayed)\s+(?:\w+\s+)?(?:available|reachable|at\s+hand|on\s+call|free)\b[^.;,]{0,24}$"
)


def only_possible(reading: Reading, said: Said) -> bool:
    """Whether a place is one where the professional could have been: 'I can be at the table in half a minute'."""
    return _POSSIBLE.search(reading.text[max(said.unit.start, said.start - 70) : said.start]) is not None


def _asked_of_another(reading: Reading, unit: Unit) -> bool:
    """Whether the words answer a question about somebody else: 'Where did the patient live? At home'."""
    index = reading.index_of(unit)
    above = reading.unit_text(reading.units[index - 1]).rstrip() if index else ""
    if not above.endswith("?"):
        return False
    words = vocabulary()
    others = words.regex("subject.other").search(above) or words.regex("subject.technologist").search(above)
    return others is not None and words.regex("subject.professional").search(above) is None


def _professional(reading: Reading, unit: Unit, low: int, high: int, fields: Fields, cast: Cast, *, verb: bool) -> str | None:
    """Surname ('' where unnamed) of the professional whom the phrase places; None where it places nobody or somebody else."""
    behind = reading.text[high : unit.end]
    words = vocabulary()
    others = any(surname(p.name) in behind.lower() for p in (*cast.technologists, *cast.surgeons))
    others = others or words.regex("subject.technologist").search(behind) is not None
    if others and _BY.match(behind):
        return None  # 'Continuous presence in the OR was by Jerome Eckhart, CNIM', wherever it stands
    role, who = subject_of(reading, unit, low, cast, fields)
    if role == "professional":
        return who
    if role == "" and words.regex("subject.professional").search(reading.text, low, high):
        return ""  # 'At no time did I leave the operating room': the phrase itself holds whom it places
    if role == "" and cast.professionals and without_subject(reading, unit, low, cast):
        return ""
    if role != "" or not verb:
        return None
    # 'In-room coverage of the case was by Dr. Hale': the one who is placed stands behind.
    named = [(m.start(), surname(p.name)) for p in cast.professionals for m in lettered(surname(p.name)).finditer(behind)]
    if others:
        return None
    if named:
        return min(named)[1]
    return "" if words.regex("subject.professional").search(behind) or _BY_DOCTOR.search(behind) else None


_BY = re.compile(r"[^.;]{0,24}\bby\b", re.I)
_BY_DOCTOR = re.compile(r"\bby\s+(?:Dr|Prof)\b\.?\s+[A-Z]")
"""'... was carried out by Dr. Hale': a doctor of whom nothing else is known."""
