"""Statements of a template that nobody filled in: 'Dr. ____ monitored this case [in the room / remotely] from __:__ to __:__'.

They say nothing of how the professional attended: a choice left open, or more than one blank, in a statement without a ticked box.
"""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.boxes import has_boxes
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Guess

_BLANKS = 2
"""Blanks by which a statement is one that nobody filled in; one alone may be of a particular beside what is said."""


def unfilled(reading: Reading, unit: Unit) -> bool:
    """Whether a statement is a template's, as it came."""
    words, text = vocabulary(), reading.unit_text(unit)
    if has_boxes(text):
        return False
    if words.regex("unfilled.choice").search(text) is not None:
        return True
    return len(list(words.regex("unfilled.blank").finditer(text))) >= _BLANKS


def without_unfilled(
    reading: Reading, supervision: Supervision, guesses: tuple[Guess, ...]
) -> tuple[Supervision, tuple[Guess, ...]]:
    """What is said of the attendance, and what the trained model made of it, without such statements."""
    stale = {unit for name in _SIGNS for unit, _ in reading.told(vocabulary().patterns[name]) if unfilled(reading, unit)}
    if not stale:
        return supervision, guesses

    def filled(said: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(one for one in said if one.unit not in stale)

    texts = {reading.unit_text(unit) for unit in stale}
    left = tuple(g for g in guesses if not any(place.text in text for place in g.evidence for text in texts))
    supervision = replace(
        supervision,
        modes=filled(supervision.modes),
        live=filled(supervision.live),
        afterwards=filled(supervision.afterwards),
        exclusive=filled(supervision.exclusive),
        shared=filled(supervision.shared),
        communication=filled(supervision.communication),
    )
    return supervision, left


_SIGNS = ("unfilled.choice", "unfilled.blank")
