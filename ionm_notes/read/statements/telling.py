"""That somebody of the surgical team was told something: not that nobody was, nor that they are to be.

A form says it with a label and an answer ('Surgeon notified: N'), so that what stands behind the words counts as they do.
"""

from __future__ import annotations

import re

from ionm_notes.read.expression import Expression
from ionm_notes.read.vocabulary import vocabulary

_BEFORE = 44
"""Characters before the words in which a denial is theirs."""


def told_to_surgeon(text: str, others: Expression | None) -> re.Match[str] | None:
    """The words by which somebody was told who is none of those `others` that the record names: the reader, the anesthesia provider."""
    heard = says_told(text)
    if heard is None or others is None or others.search(heard.group()) is None:
        return heard
    return says_told(others.sub(lambda match: "-" * len(match.group()), text))


def says_told(text: str) -> re.Match[str] | None:
    """The words of one statement by which somebody was told; None where it denies it, plans it or answers it with no."""
    words = vocabulary()
    denied, other, answered, of_else = (
        words.regex(f"statement.told.{name}") for name in ("denied", "other", "answered-no", "of-else")
    )
    for match in words.regex("statement.told").finditer(text):
        if denied.search(text[max(0, match.start() - _BEFORE) : match.start()]) or other.search(match.group()):
            continue
        behind = text[match.end() :]
        if answered.search(behind) is None and of_else.search(behind) is None:
            return match
    return None
