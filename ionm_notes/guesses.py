"""What rests on times and statements that only the trained model gave a meaning: the document is read again
by patterns alone, and compared.

Patterns first; the model only where they are silent; and a trained guess alone never makes a unit supported: where minutes,
attendance or the manner of attending differ between the two readings, every guess of the case is weighty, and its time codes are
queries that ask a person to confirm.
"""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read import read_case
from ionm_notes.read.trained import without_guesses
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Case, Document


def weighed_guesses(document: Document, case: Case) -> Case:
    """The case with its guesses marked weighty if anything that is billed rests on them."""
    if all(guess.weighty for guess in case.guesses):
        return case
    with without_guesses():
        plain = read_case(document)
    if _billed(plain) == _billed(case):
        return case
    return replace(case, guesses=tuple(replace(guess, weighty=True) for guess in case.guesses))


def _billed(case: Case) -> tuple[object, ...]:
    """Whatever of a case decides minutes, their place and whether they are supported."""
    minutes = count_minutes(replace(case, guesses=()))
    columns = (minutes.in_room, minutes.in_room_shared, minutes.remote_exclusive, minutes.remote_shared, minutes.remote_unstated)
    doubts = tuple(sorted(doubt.id for doubt in minutes.doubts))
    return columns, minutes.by_professional, doubts, case.real_time, case.communication, case.exclusive
