"""What professionals write of themselves in the messages of a case: 'on now from Fargo', 'have to step off', 'ok, out'.

The writer stands before the message by surname, initials or user name ('j.pell', 'afeathers', 'SOR'). Only the words by which a
message opens say that its writer came or went; what stands further in it is talk.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

from ionm_notes.read.expression import Expression
from ionm_notes.read.names import initials_of, initials_written, surname
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person

_STAMP = (
    r"\W*(?:(?:[a-z]{3,9},?\s)?\d{1,4}[/. -][\w/. -]{2,12}[,\sT]+)?"
    r"\d{1,2}[:.h]?\d{2}(?:[:.]\d\d)?(?:\s?[ap]\.?(?:m\.?)?(?!\w))?[\s\])\-–—|]+"
    r"(?:(?:(?-i:[A-Z])[a-z]{2,8}\.?\s\d{1,2}|\d{1,2}[/.-]\d{1,2}|(?i:day\s)?\+?\d)[\t|]\s*)?(?:(?:USR|CHAT|MSG|NOTE|USER)\b[\s:|]*)?"
)
_BESIDE = (
    r"(?:,?\s?[([][^)\]\n]{1,32}[)\]]"
    r"|,?\s(?!(?:in|on|out|off|back|here|to|at|rm|or)\b)(?-i:[A-Z][A-Za-z.]{1,6})\b(?=[\s,:>|\])]))"
)
"""What stands behind a writer's name: a role in brackets, credentials; in 'KL IN RM' and 'KL OUT' somebody is told of."""
_MARK = r"[\])>]?\s*(?:[:\t>|]|\s[-–—]\s)\s*"
_UNMARKED = re.compile(rf"{_STAMP}(?:Dr\.?\s)?(?P<who>[^\W\d_][\w.'’-]{{1,24}}?)\s+(?P<said>\S.*)", re.I | re.S)
"""An entry whose first word may be its writer, for logs in which writers stand before every entry."""
_SMALL = 3
"""Initials that a program may write small: 'jak' is a writer, 'it' is a word."""
_FEWEST, _MOST_OF = 4, 0.6
"""Entries that begin with somebody of the cast, and their share of a log, from which on whoever stands first is its writer."""


@functools.lru_cache(maxsize=256)
def names_speaker(token: str, name: str) -> bool:
    """Whether what stands before a message is a person's surname, initials or user name."""
    letters = initials_of(name)
    if token in initials_written(name):
        return True
    small = len(letters) >= _SMALL and token in (letters.lower(), letters.capitalize())
    return small or token.lower() == given_name(name).lower() or user_name(name).fullmatch(token.strip(".")) is not None


@functools.lru_cache(maxsize=256)
def user_name(name: str) -> Expression:
    """What a program calls a person: 'ashworth', 'AASHWORTH', 'a.ashworth', 'ashworth_a', 'ada.ashworth'.

    Of a double surname programs take either part, behind or before the first letter ('msorrentino' of 'Mateo Sorrentino-Bly'); they leave out
    apostrophes, write particles in one ('mvanderberg') and cut a surname short behind a first letter ('nballa' of 'Nkemdirim Ballard').
    """
    last, first, given = surname(name), re.escape(initials_of(name)[:1]), given_name(name)
    whole = re.sub("['’]", "['’]?", re.escape(last).replace(r"\-", "[-_]?"))
    particles = "".join(word for word in name.split()[1:-1] if word.islower())
    whole = rf"(?:{particles})?{whole}" if particles else whole
    before = rf"(?:{first}|{given})[._-]?" if given else rf"{first}[._-]?"
    parts = "|".join(re.escape(part) for part in last.split("-") if len(part) > _SMALL - 1) if "-" in last and first else ""
    other = rf"|{before}(?:{parts})|(?:{parts})[._-]?{first}" if parts else ""
    other += rf"|{given}[._-]?{re.escape(last[:1])}" if given else ""
    other += _cut_short(name, _CUT_ANYWHERE)
    return Expression(rf"(?<![\w.-])(?:(?:(?:dr|tech)[._-]?)?(?:{before})?{whole}(?:[._-]?{first})?{other})(?![\w-])")


def _cut_short(name: str, fewest: int) -> str:
    """The short names of programs for an expression: the first letter and at least `fewest` letters with which a surname begins, 'smac', 'dwhit'."""
    first = initials_of(name)[:1]
    parts = [part for part in surname(name).split("-") if first and part.isalpha() and len(part) > fewest]
    cut = "|".join(part[:end] for part in parts for end in range(len(part), fewest - 1, -1))
    return f"|(?-i:[{first}{first.lower()}])(?:{cut})" if cut else ""


_CUT_ANYWHERE, _CUT_BEFORE_A_MESSAGE = 5, 3
"""Letters of a surname that programs leave at least: fewer are taken for a name only where a writer stands ('B. Lander' is no 'bland')."""


def given_name(name: str) -> str:
    """The first name by which people write to one another: 'Deshawn' of 'Deshawn Pruitt' and of 'Pruitt, Deshawn'; '' where only initials stand."""
    words = [word for word in name.replace(",", " ").split() if word.isalpha()]
    return next((word for word in words if word.lower() != surname(name) and len(word) > 2), "")


def written_by(entries: Sequence[str], people: Sequence[Person]) -> bool:
    """Whether the entries of a log begin with who wrote them: 'Dolan baselines read', 'Iwu incision'."""
    begun = [match["who"] for entry in entries if (match := _UNMARKED.match(entry))]
    writers = [word for word in begun if any(names_speaker(word, person.name) for person in people)]
    return len(writers) >= max(_FEWEST, _MOST_OF * len(entries)) and len(set(writers)) > 1


@functools.lru_cache(maxsize=256)
def _message_of(name: str) -> Expression:
    """A message with its time and a person as its writer, however the name is written.

    '10:05 Brandt: have to step off', '08:36:12 USR JE | here in OR 6', '[7:13a] Omar Haleem MD: on', '9:20 AM @mbeki leaving',
    '21:48 Omar H.: hook-up finished', '10:13 jak  told Dr Orne', '22:50 Dr O-P: here' (of 'Wendell Oyelaran-Pike').
    """
    words = [re.escape(word) for word in name.replace(",", " ").split()]
    initials = "".join(rf"|(?-i:{letters})" for letters in initials_written(name))
    initials += "".join(
        rf"|(?-i:[{letters[0]}{letters[0].lower()}]{letters[1:].lower()})"
        for letters in initials_written(name)
        if len(letters) >= _SMALL
    )
    last = re.escape(surname(name))
    given = rf"|{re.escape(given_name(name))}(?:\s(?-i:{re.escape(last[:1].upper())})\.?)?(?![\w-])" if given_name(name) else ""
    full = rf"{words[0]}\s(?:\S+\s){{0,2}}?{last}|{last},?\s{words[-1]}" if len(words) > 1 else last
    double = rf"|(?<=Dr\s)(?-i:{'-'.join(part[:1].upper() for part in surname(name).split('-'))})" if "-" in last else ""
    who = rf"(?:Dr\.?\s)?(?:{full}|{user_name(name).pattern}{initials}{_cut_short(name, _CUT_BEFORE_A_MESSAGE)}{given}{double})"
    return Expression(rf"{_STAMP}(?:[<\[(]?{who}(?:{_BESIDE}){{0,3}}{_MARK}|@{who}\b[:>,]?\s+)(?P<said>\S(?s:.*))")


@functools.lru_cache(maxsize=256)
def entry_by(name: str) -> Expression:
    """An entry that begins with what a program calls a person and no mark behind it: '08:14 r.moss  medians fine', which may be a trail's."""
    first, last = initials_of(name)[:1], re.escape(surname(name))
    return Expression(rf"{_STAMP}(?:{first}[._]{last}|{last}[._]{first})(?![\w-])\s+(?P<said>\S(?s:.*))")


def message_of(text: str, name: str, *, unmarked: bool = False) -> re.Match[str] | None:
    """The message, with `said` in it, if it is one that this person wrote.

    `unmarked`: the writer's name may stand before the message without a mark between (`written_by`).
    """
    message = _message_of(name).match(text)
    if message is None and unmarked and (begun := _UNMARKED.match(text)) is not None and names_speaker(begun["who"], name):
        return begun
    return message


def words_of(text: str, people: Sequence[Person]) -> int | None:
    """Where the words of a message begin that one of these people wrote; None where the text is no such message."""
    begun = next((message.start("said") for person in people if (message := message_of(text, person.name))), None)
    if begun is None and len(people) == 1 and people[0].role == "professional" and (by_what := by_role().match(text)):
        return by_what.start("said")
    return begun


@functools.lru_cache(maxsize=256)
def writer_of(
    text: str, professionals: tuple[Person, ...], technologists: tuple[Person, ...], others: tuple[Person, ...]
) -> tuple[str, str, int] | None:
    """Role and surname of the one who wrote a message, and where its words begin; None where the text is none of theirs."""
    for role, people in (("professional", professionals), ("technologist", technologists), ("other", others)):
        for person in people:
            if message := message_of(text, person.name):
                return role, surname(person.name), message.start("said")
    return None


def unmarked_writer_of(text: str, people: Sequence[Person]) -> tuple[Person, int] | None:
    """Who wrote an entry that begins with its writer without a mark behind the name, and where the words begin; for `written_by` logs."""
    match = _UNMARKED.match(text)
    who = next((person for person in people if names_speaker(match["who"], person.name)), None) if match else None
    return (who, match.start("said")) if match is not None and who is not None else None


def said_of_oneself(
    text: str, people: Sequence[Person], *, unmarked: bool = False
) -> tuple[str, Literal["start", "end", ""]] | None:
    """The surname of the professional who wrote a message, and whether it says that he or she comes or goes; None for others.

    `unmarked`: the writer's name may stand before the message without a mark between (`written_by`).
    """
    message, who = None, ""
    for person in people:
        if message := message_of(text, person.name):
            who = surname(person.name)
            break
    if message is None and unmarked and (message := _UNMARKED.match(text)):
        who = next((surname(person.name) for person in people if names_speaker(message["who"], person.name)), "")
    words = vocabulary()
    by_what = message is None and len(people) == 1
    if by_what and (message := by_role().match(text)):
        who = surname(people[0].name)
    if message is None or not who:
        return None
    for way in ("end", "start"):
        if words.regex(f"message.{way}").match(message["said"]):
            return who, "end" if way == "end" else "start"
    return None if by_what else (who, "")  # 'READER ahale RELEASED CASE': a program's words


@functools.cache
def by_role() -> re.Pattern[str]:
    """A message whose writer is named by what he or she is, in a record of one professional: '09:12 reader  lost my link'."""
    return re.compile(
        rf"{_STAMP}(?:[<\[(]?(?:the\s)?{vocabulary().patterns['message.role'].source}{_MARK})(?P<said>\S.*)", re.I | re.S
    )
