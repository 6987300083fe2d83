"""What professionals write of themselves in the messages of a case: 'on now from Fargo', 'have to step off', 'ok, out'.

The writer stands before the message by surname, initials or user name ('j.pell', 'afeathers', 'SOR'). Only the words by which a
message opens say that its writer came or went; what stands further in it is talk.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

from ionm_notes.read.names import initials_of, surname
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Person

SPEAKER = re.compile(
    r"\W*\d{1,2}[:.h]?\d{2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?[\s\]\-–—|]+(?:(?:USR|CHAT|MSG|NOTE|USER)\b[\s:|]*)?"
    r"(?:Dr\.?\s)?(?P<who>[A-Za-z][\w.'’-]{1,24}?)\s*[:\t>]\s*(?P<said>\S.*)",
    re.I | re.S,
)
"""A message with its time and writer: '10:05 Brandt: have to step off', '08:36:12 USR JE | here in OR 6'."""
_UNMARKED = re.compile(
    r"\W*\d{1,2}[:.h]?\d{2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?[\s\]\-–—|]+(?:Dr\.?\s)?(?P<who>[A-Za-z][\w.'’-]{1,24}?)\s+(?P<said>\S.*)",
    re.I | re.S,
)
"""The same without a mark between writer and message, for logs in which writers stand before every entry."""
_FEWEST, _MOST_OF = 4, 0.6
"""Entries that begin with somebody of the cast, and their share of a log, from which on whoever stands first is its writer."""


@functools.lru_cache(maxsize=256)
def names_speaker(token: str, name: str) -> bool:
    """Whether what stands before a message is a person's surname, initials or user name."""
    letters = initials_of(name)
    return user_name(name).fullmatch(token.strip(".")) is not None or (len(letters) > 1 and token == letters)


@functools.lru_cache(maxsize=256)
def user_name(name: str) -> re.Pattern[str]:
    """What a program calls a person: 'ashworth', 'AASHWORTH', 'a.ashworth', 'ashworth_a'."""
    last, first = re.escape(surname(name)), re.escape(initials_of(name)[:1])
    words = [re.escape(word) for word in name.replace(",", " ").split() if word.isalpha()]
    given = next((word for word in words if word.lower() != surname(name) and len(word) > 2), "")
    other = rf"|{given}[._-]?{last[:1]}" if given else ""
    return re.compile(rf"(?<![\w.-])(?:(?:dr[._-]?)?(?:{first}[._-]?)?{last}(?:[._-]?{first})?{other})(?![\w-])", re.I)


def written_by(entries: Sequence[str], people: Sequence[Person]) -> bool:
    """Whether the entries of a log begin with who wrote them: 'Dolan baselines read', 'Iwu incision'."""
    begun = [match["who"] for entry in entries if (match := _UNMARKED.match(entry))]
    writers = [word for word in begun if any(names_speaker(word, person.name) for person in people)]
    return len(writers) >= max(_FEWEST, _MOST_OF * len(entries)) and len(set(writers)) > 1


def said_of_oneself(
    text: str, people: Sequence[Person], *, unmarked: bool = False
) -> tuple[str, Literal["start", "end", ""]] | None:
    """The surname of the professional who wrote a message, and whether it says that he or she comes or goes; None for others.

    `unmarked`: the writer's name may stand before the message without a mark between (`written_by`).
    """
    message = SPEAKER.match(text) or (_UNMARKED.match(text) if unmarked else None)
    if message is None:
        return None
    who = next((surname(person.name) for person in people if names_speaker(message["who"], person.name)), None)
    if who is None:
        return None
    words = vocabulary()
    for way in ("end", "start"):
        if words.regex(f"message.{way}").match(message["said"]):
            return who, "end" if way == "end" else "start"
    return who, ""
