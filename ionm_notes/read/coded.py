"""Logs whose entries are codes, and the list that says what each code stands for: '08:46  EA1' under 'EA1  Application of electrodes, start'.

The lines of such a list state nothing themselves; what a code stands for is what an entry with it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ionm_notes.read.expression import expression
from ionm_notes.read.vocabulary import vocabulary

_EXPLAINED = re.compile(
    r"\W{0,3}(?P<code>[A-Z]{1,4}[-.]?\d{1,3}|[A-Z][A-Z_]{1,7}|\d{1,3})\s*(?:[\t=:–—-]|\s{2,}|(?<=\d)\s)[\s=:–—-]*(?P<means>[A-Za-z][^\n\t]{3,110}?)\W*"
)
"""A line of the list: a code and what it stands for."""
_USED = expression(
    r"(?<!\d)(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?::[0-5]\d)?(?:[^\S\n]?(?:[ap]\.?m\.?|hrs?|hours|h)\b\.?)?[ \t|,;/-]{1,4}(?P<code>(?-i:[A-Z]{1,4}[-.]?\d{1,3}|[A-Z][A-Z_]{1,7}|\d{1,3}))(?![:.]\d)(?=[ \t|,;:\n]|$)"
)
"""A code behind the time of an entry."""
_FEWEST = 3
"""Codes of the parts of a day, each told by the list, from which on entries are read by it."""
_GAP = 2
"""Statements between two lines of one list at most: a heading among them."""


def codes_of(text: str, statements: Sequence[tuple[int, int]]) -> tuple[dict[str, str], frozenset[int]]:
    """What the codes of a log stand for, and the indexes of the statements that tell it."""
    used = {match["code"] for match in _USED.finditer(text)} if vocabulary().regex("code.headed").search(text) else set()
    if len(used) < _FEWEST:
        return {}, frozenset()
    explained = ((n, span, _EXPLAINED.fullmatch(text, *span)) for n, span in enumerate(statements))
    told = {n: match for n, span, match in explained if match is not None and _USED.search(text, *span) is None}
    edge = vocabulary().regex("code.edge-of-part")
    codes = {match["code"]: match["means"] for match in told.values() if match["code"] in used}
    if sum(edge.search(means) is not None for means in codes.values()) < _FEWEST:
        return {}, frozenset()
    own = [n for n, match in told.items() if match["code"] in codes]
    listed = {n for one, other in pairwise(own) if other - one <= _GAP + 1 for n in range(one, other + 1)} | set(own)
    # What the list holds besides, above and below, is of codes that were not needed.
    for step in (1, -1):
        at = max(listed) if step > 0 else min(listed)
        while at + step in told:
            at += step
            listed.add(at)
    return codes, frozenset(listed)


_CODE = re.compile(r"[ \t|,;/-]{0,4}(?P<code>[A-Z]{1,4}[-.]?\d{1,3}|[A-Z][A-Z_]{1,7}|\d{1,3})(?=[ \t|,;:]|$)")


def code_of(codes: dict[str, str], comment: str) -> tuple[str, int, int] | None:
    """What the code before the words of an entry stands for, and where it stands; None where no code does."""
    match = _CODE.match(comment) if codes else None
    if match is None or match["code"] not in codes:
        return None
    means = codes[match["code"]]
    return ("" if vocabulary().regex("code.see-text").search(means) else means, *match.span("code"))
