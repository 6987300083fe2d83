"""What the words right before and behind a name with credentials say that person did: watch, operate, or give the anesthetic.

'Staff: Desmond Achebe, MD (clinical neurophysiologist)', 'A. Voss, MD supervised the recording from home', 'Team: J. Cole, MD
(surgeon)': where no label of a form names the role, a noun, a specialty or a verb beside the name does. The words stand in
`patterns/people.toml` (`role.*`); what they leave open stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.expression import expression
from ionm_notes.read.names import Name, names_in, places_of, surname
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

Told = Literal["professional", "surgeon", "anesthesia"]
Team = Literal["anesthesia", "assistant"]
TEAM: tuple[Team, ...] = ("anesthesia", "assistant")
"""Who works with the surgeon and so may not monitor the same operation."""
ROLES: tuple[Told, ...] = ("anesthesia", "surgeon", "professional")
"""In the order in which they are asked: 'neuroanesthesiologist' and 'neurosurgeon' are no neurologists."""
_DOCTORS = expression(
    r"(?<![\w.])(?:M\.?D\.?|D\.?O\.?|Ph\.?\s?D\.?|D\.?ABNM|MBBS|MBChB|DABPN|DACNS)(?![\w'’])|\b(?P<title>Dr\.?|DR\.?|Doctor|Professor|Prof\.?)\s(?=[A-Z])",
    cased=True,
)
_NAME_REACH = 60
"""Characters before credentials among which their name begins."""
_REACH = 90
"""Characters beside a name that may tell what the person did."""
_GIVEN = expression(r"(?:(?:Dr|DR|Prof|Professor|Doctor)\.?\s+)?(?:[A-Z][\w'’-]*\.?\s+){0,2}$", cased=True)
"""A title and given names before a surname."""
_LETTERS = expression(r"^(?:,?\s*(?:[A-Z][\w'’-]+(?=,?\s+[A-Z]{2})|(?:[A-Z]\.?){2,5}+|Ph\.?\s?D\.?))*+", cased=True)
"""Given names and credentials behind a surname: ', Priya MD, PhD'."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A name and the role that the words beside it give."""

    name: Name
    role: Told


def roles_told(reading: Reading) -> Iterator[Placed]:
    """The names with credentials of which the words beside them tell the role."""
    for low, name, high in _mentions(reading):
        before = reading.text[max(low, name.start - _REACH) : name.start]
        behind = reading.text[name.end : min(high, name.end + _REACH)]
        if (role := role_beside(before, behind)) is not None and not of_other_cases(before):
            yield Placed(name, role)


def technologists_told(reading: Reading) -> Iterator[Name]:
    """Whole names without credentials behind which it stands that they are the technologist: 'Sunniva Brecht (tech, OR)'."""
    for match in vocabulary().regex("role.technologist.behind").finditer(reading.text):
        line = reading.text.rfind("\n", 0, match.start()) + 1
        for name in names_in(reading.text, max(line, match.start() - _NAME_REACH), match.start())[-1:]:
            if " " in name.name and not name.title and not reading.text[name.end : match.start()].strip():
                yield name


def of_other_cases(before: str) -> bool:
    """Whether the words before a name tell of other cases than this one: 'the other two rooms were read by Dr. Lowe'."""
    return vocabulary().regex("role.of-other-cases").search(before) is not None


def _mentions(reading: Reading) -> Iterator[tuple[int, Name, int]]:
    """Each name with credentials, between the end of the name before it and the beginning of the one behind it on its line."""
    found: dict[int, Name] = {}
    for match in _DOCTORS.finditer(reading.text):
        line = reading.text.rfind("\n", 0, match.start()) + 1
        title = match["title"] is not None
        low, high = (
            (match.start(), match.end() + _NAME_REACH) if title else (max(line, match.start() - _NAME_REACH), match.end() + 4)
        )
        end = reading.text.find("\n", match.start())
        for name in names_in(reading.text, low, min(high, end if end >= 0 else len(reading.text))):
            if (name.start == match.start()) if title else (name.credentials and name.start < match.start() <= name.end):
                found.setdefault(name.end, name)
    names = [found[end] for end in sorted(found)]
    edges = [0, *(name.end for name in names)]
    starts = [*(name.start for name in names[1:]), len(reading.text)]
    for name, last, following in zip(names, edges, starts, strict=False):
        line = reading.text.rfind("\n", 0, name.start) + 1
        stop = reading.text.find("\n", name.end)
        yield max(last, line), name, min(following, stop if stop >= 0 else following)


def role_beside(before: str, behind: str) -> Told | None:
    """By a noun behind the name, else by one before it, else by what the person did."""
    words = vocabulary()
    for text, side in ((behind, "behind"), (before, "before")):
        for role in ROLES:
            if words.regex(f"role.{role}.{side}").search(text):
                return role
    return "professional" if words.regex("role.professional.does").search(behind) else None


def on_the_team(text: str, name: str) -> tuple[Team, int, int] | None:
    """The part that somebody had in the operation by the words beside the name, and where they stand; None if they give none."""
    words = vocabulary()
    for at in places_of(name, text):
        low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        stop = at + len(surname(name))
        before = _GIVEN.sub("", text[max(low, at - _REACH) : at])
        behind = _LETTERS.sub("", text[stop : min(high if high >= 0 else len(text), stop + _REACH)])
        sides = (("before", before), ("behind", behind))
        for role in TEAM:
            if any(words.regex(f"role.{role}.{side}").search(beside) for side, beside in sides):
                return role, low, min(high if high >= 0 else len(text), stop + _REACH)
    return None
