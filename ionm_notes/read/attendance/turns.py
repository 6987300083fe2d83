"""Who takes up the watch and who lays it down, told from the names in a few words and the words around each name.

'Dr. A stands down, Dr. B takes up oversight', 'READER CHANGE out=A in=B', 'Remote seat vacated by Dr. A': where two professionals
are named, the words before and behind each say which way that one goes; where one is named, a verb right behind the name says it,
or a word for the duty together with one for its beginning or end. Anything else says nothing (`patterns/turns.toml`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.expression import Expression
from ionm_notes.read.names import initials_of, surname
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person

_MOST_WORDS = 12
"""Words beside the name in the longest entry that tells of one professional by a duty and its beginning or end."""
_CLAUSE = re.compile(
    r"(?:[,;]|(?<!\b[ap]\.m)\.|(?<!\bin)(?<!\bon)(?<!\bout)(?<!\boff)(?<!\bgoing)(?<!\bcoming):)(?=\s|$)|\s[-–—]\s|\b(?:and|when|whereupon|as)\b",
    re.I,
)
Way = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One professional's coming (`start`) or going (`end`); offsets of the name into the text."""

    who: str
    way: Way
    start: int
    end: int
    relief: bool = False
    """Words of a hand-over say it: somebody else's watch ends there."""


@dataclass(frozen=True, slots=True)
class _Mention:
    who: str
    start: int
    end: int


@functools.lru_cache(maxsize=256)
def _named(name: str) -> Expression:
    """A person's name as entries write it: with or without title, first names, initials and degree, or as a program's user."""
    last = surname(name)
    given = [part.strip(".,") for part in re.split(r"[\s,]+", name) if part.strip(".,") and part.strip(".,").lower() != last]
    first = "|".join(rf"{re.escape(part)}|{re.escape(part[0])}\.?" for part in given)
    lead = rf"(?:(?:{first})\s+)*(?:{re.escape(given[0][0])}[._-]?)?" if first else ""
    back = rf"(?:,\s?(?-i:{re.escape(given[0][0])})\b\.?)?" if given and len(given[0]) > 1 else ""
    return Expression(
        rf"(?<![\w'’])(?:(?:dr|doctor|prof)\b\.?\s*)?{lead}{re.escape(last)}(?![\w’]){back}(?:,?\s+(?:m\.?d|d\.?o|ph\.?d)\b\.?)*"
    )


@functools.lru_cache(maxsize=256)
def _initials(name: str, keyed: bool) -> Expression | None:
    """Initials as an entry has them, 'JE' or 'J.E.'; two letters that no key explains only before a word of coming or going."""
    letters = initials_of(name)
    if len(letters) < 2:
        return None
    plain = keyed or len(letters) > 2
    behind = r"(?![\w'’])(?!\.\w)" if plain else rf"(?=\s+(?i:{vocabulary().patterns['turn.beside-initials'].source}))"
    dotted = "".join(rf"{letter}\.\s?" for letter in letters[:-1]) + rf"{letters[-1]}\.?"
    return Expression(rf"(?<![\w.])(?:(?i:dr)\.?\s)?(?:{letters}|{dotted}){behind}", cased=True)


@functools.lru_cache(maxsize=64)
def explained(text: str, names: tuple[str, ...]) -> frozenset[str]:
    """Those of these names whose initials a document explains: 'JE = Johan Ekholm', 'Johan Ekholm, MD (JE)'."""

    def has_key(name: str) -> bool:
        letters, last = re.escape(initials_of(name)), re.escape(surname(name))
        first = rf"(?<![\w.]){letters}\.?\s*(?:[=:–—-]|\bis\b|\bfor\b)\s*(?:Dr\.?\s*)?(?:[A-Z][\w.'’-]*\s+){{0,2}}(?i:{last})"
        if letters not in _DEGREES:  # 'IV Ines Vale, MD' in a legend
            first += rf"|(?<![\w.]){letters}\s+{re.escape(name)}(?![\w'’])"
        behind = rf"(?i:{last})(?:,?\s+[A-Z][A-Za-z.]{{1,6}}){{0,3}},?\s*[(\[]\s*{letters}\s*(?:below|in\s+the\s+log)?\s*[)\]]"
        return len(letters) > 1 and Expression(rf"{first}|{behind}", cased=True).search(text) is not None

    told = frozenset(name for name in names if has_key(name))
    return told | (_relayed(text, names) if len(names) > 1 else frozenset())


def _relayed(text: str, names: tuple[str, ...]) -> frozenset[str]:
    """Two names by whose initials an entry tells a hand-over: 'relay LH > OQ', 'LH to OQ', 'OQ for LH'."""
    letters = {initials_of(name): name for name in names if len(initials_of(name)) > 1}
    told = (match.groups() for match in _RELAYED.finditer(text))
    pair = next(((a, b) for a, b in told if a in letters and b in letters and a != b), ())
    return frozenset(letters[key] for key in pair)


_DEGREES = frozenset({"DR", "MD", "DO"})
_RELAYED = re.compile(r"(?<![\w.])([A-Z]{2,4})\s*(?:-*>+|→|=+>|/|\bto\b|\bfor\b|\bby\b)\s*([A-Z]{2,4})(?![\w'’])")


def _mentions(text: str, name: str, keyed: bool) -> Iterator[_Mention]:
    if surname(name) in text.lower():
        yield from (_Mention(surname(name), m.start(), m.end()) for m in _named(name).finditer(text))
    elif (initials := _initials(name, keyed)) is not None:
        yield from (_Mention(surname(name), m.start(), m.end()) for m in initials.finditer(text))


def mentions_in(text: str, name: str, *, keyed: bool = False) -> list[tuple[int, int]]:
    """Where a text names a person: by surname, user name, the letters of a double surname ('Dr. M-V') or initials.

    `keyed`: the document explains the initials, so that two letters mean the person anywhere.
    """
    found = [(mention.start, mention.end) for mention in _mentions(text, name, keyed)]
    if (short := _shortened(name)) is not None:
        found += [match.span() for match in short.finditer(text)]
    return found


@functools.lru_cache(maxsize=256)
def _shortened(name: str) -> Expression | None:
    """A double surname by its letters, behind the title: 'Dr. M-V', 'Dr MV'; a single one by its first: 'Dr. V'."""
    letters = [re.escape(part[0].upper()) for part in re.split(r"[-–]", surname(name)) if part]
    return Expression(rf"(?<!\w)(?i:dr|doctor)\b\.?\s?{'[-–]?'.join(letters)}\.?(?![\w'’-])", cased=True) if letters else None


def turns_of(text: str, people: Sequence[Person], keyed: frozenset[str] = frozenset()) -> tuple[Turn, ...]:
    """The comings and goings that a short text tells of professionals that it names; none where it is not clear.

    `keyed`: the names whose initials the document explains, so that two letters mean them anywhere.
    """
    text = text.replace("_", " ")
    mentions = sorted(
        (mention for person in people for mention in _mentions(text, person.name, person.name in keyed)),
        key=lambda mention: mention.start,
    )
    if not mentions:
        return ()
    notes = [note.span() for note in vocabulary().regex("turn.note").finditer(text)]
    for low, high in notes:
        text = text[:low] + " " * (high - low) + text[high:]
    mentions = [mention for mention in mentions if not any(low <= mention.start < high for low, high in notes)]
    who = list(dict.fromkeys(mention.who for mention in mentions))
    if len(who) == 2:
        turns = _exchange(text, mentions, who)
        if vocabulary().regex("entry.nobody").search(text) is not None:
            return tuple(turn for turn in turns if turn.way == "end")  # 'Pryce off, handing to Soong, no MD on'
        return turns
    return _alone(text, mentions[0]) if len(who) == 1 else ()


def _exchange(text: str, mentions: list[_Mention], who: list[str]) -> tuple[Turn, ...]:
    """One's going and the other's coming."""
    if _says(text, "never"):
        return ()
    ways: dict[str, set[Way]] = {name: set() for name in who}
    first: dict[str, _Mention] = {}
    trailing = _way_stands_behind(text, mentions)
    for index, mention in enumerate(mentions):
        first.setdefault(mention.who, mention)
        low = mentions[index - 1].end if index else 0
        high = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        bidden = _says(_clause_beside(text, mention), "bidden")
        own_way = _way(text, mention.start, mention, high, trailing=trailing)
        if bidden or (own_way is None and _only_called(text, mention)):
            continue  # 'Dr. A off. Dr. B told to take over': B has still to come
        if (way := _way(text, low, mention, high, trailing=trailing)) is not None:
            ways[mention.who].add(way)
    if any(len(told) > 1 for told in ways.values()):
        return ()
    one, two = (next(iter(ways[name]), None) for name in who)
    goes = next((name for name, way in ((who[0], one), (who[1], two)) if way == "end"), None)
    called = next((name for name, way in ((who[0], one), (who[1], two)) if way is None), None)
    if goes is not None and called is not None and _only_called(text, first[called]):
        return (Turn(goes, "end", first[goes].start, first[goes].end),)
    if one == two or (None in (one, two) and not _says(text, "change")):
        return ()
    out: list[Turn] = []
    for name, way, other in ((who[0], one, two), (who[1], two, one)):
        settled: Way = way or ("end" if other == "start" else "start")
        out.append(Turn(name, settled, first[name].start, first[name].end))
    return tuple(out)


def _only_called(text: str, mention: _Mention) -> bool:
    """Whether the clause of a name tells that this one was sent for, and of no change: 'Dr. A off, shift end; Dr. B paged'."""
    clause = _clause_beside(text, mention)
    return _says(clause, "bidden") or (_says(clause, "matter") and not _says(clause, "change"))


def _clause_beside(text: str, mention: _Mention) -> str:
    """The clause in which a name stands, without the name."""
    return _CLAUSE.split(text[: mention.start])[-1] + " " + _CLAUSE.split(text[mention.end :])[0]


def _way_stands_behind(text: str, mentions: list[_Mention]) -> bool:
    """Whether each name is followed by its word, as in 'Dr. A out Dr. B in': what stands before a name is the other's."""
    ahead, last = text[: mentions[0].start], text[mentions[-1].end :]
    return not any(_says(ahead, f"{name}.before") for _, name in _WAYS) and _BARE_WAY.fullmatch(last) is not None


_BARE_WAY = re.compile(r"\W*(?:on|in|up|out|off|comes|goes|coming|going|incoming|outgoing|joins|leaves)\W*", re.I)


def _way(text: str, low: int, mention: _Mention, high: int, *, trailing: bool) -> Way | None:
    """Which way somebody goes: by the words right before the name, those behind it, or those further before it.

    `trailing`: the words behind each name say it.
    """
    behind, before = text[mention.end : high], text[low : mention.start]
    if high < len(text) and not _WHO.match(behind):
        behind = _LAST_CLAUSE.split(_LABELLED.sub("", behind))[0]  # what stands behind the last comma belongs to the next name
    clause = _CLAUSE.split(before)[-1]
    if trailing:
        clause, before = "", ""
    for words, place in ((clause, "before"), (behind, "behind"), (before, "before"), (before, "ahead")):
        for way, name in reversed(_WAYS) if place == "ahead" else _WAYS:
            if _says(words, f"{name}.{place}"):
                return way
    return None


_WHO = re.compile(r"\s*,\s*who\b", re.I)
_LABELLED = re.compile(r"^\s*:\s*")
"""The mark behind a name that heads its line: 'Dr. Quist: took it from Dr. Hartwig at 11:34'."""
_LAST_CLAUSE = re.compile(r"[,;:(][^,;:(]*$")
_WAYS: tuple[tuple[Way, str], ...] = (("end", "giver"), ("start", "taker"))


def _alone(text: str, mention: _Mention) -> tuple[Turn, ...]:
    """The coming or going of the one who is named."""
    behind, before = text[mention.end :], text[: mention.start]
    if _says(behind, "no-longer"):  # 'From now Dr. Hale is no longer following the recordings'
        return (Turn(mention.who, "end", mention.start, mention.end),)
    if _says(text, "never"):
        return ()
    rest = before + " " + behind
    start = Turn(mention.who, "start", mention.start, mention.end, relief=True)
    if _says(text, "relief") and not _says(behind, "giver.behind"):
        return (start,)
    if _says(text, "matter"):
        return ()
    ends = _says(before, "closes") and not _says(before, "opens")  # 'Coverage ends now: Dr. Freeman'
    if _says(text, "change") and _says(before, "taker.before") and _says(text, "duty") and not ends:
        return (start,)
    if (way_told := switched(before, behind)) is not None:
        return (Turn(mention.who, way_told, mention.start, mention.end),)
    agent = _says(before, "agent")  # 'baselines read by PFL at the machine'
    goes, comes = (not agent and _says(behind, name) for name in ("goes", "comes"))
    way: Way | None = "end" if goes else "start" if comes else None
    if way is None and len(rest.split()) <= _MOST_WORDS and _says(rest, "duty"):
        opens, closes = _says(rest, "opens"), _says(rest, "closes")
        way = "end" if closes and not _begun(rest) else "start" if opens and not closes else None
    return (Turn(mention.who, way, mention.start, mention.end),) if way else ()


_HOST = re.compile(r"(?:[\s|(@,:;-]+[\w.@#:()-]+){0,3}\W*")
"""Where somebody worked, behind the name that a program uses: '@ home', '(WS-17)'."""


def switched(before: str, behind: str) -> Way | None:
    """What a program's record of a connection says: 'JOIN a.hale WS-4', 'HALE | WS-4 | closed'."""
    words = vocabulary()
    found = words.regex("turn.switched.behind").search(behind)
    if found is None and _HOST.fullmatch(behind):
        found = words.regex("turn.switched.before").search(before)
    return None if found is None else "start" if found["on"] else "end"


def _begun(text: str) -> bool:
    """Whether a word of beginning stands there that no word of ending may stand beside ('started over')."""
    return re.search(r"\b(?:open\w*|beg[aiu]n\w*|start\w*|commenc\w+|assum\w+|resum\w+)\b", text, re.I) is not None


def _says(text: str, name: str) -> bool:
    return vocabulary().regex(f"turn.{name}").search(text) is not None
