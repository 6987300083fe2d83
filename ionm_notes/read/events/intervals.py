"""What a stated interval is of, from the things its clause names, where no pattern of events knows the wording.

'The cortex was mapped by direct stimulation from 20:51 until 21:33' needs no beginning and no end: the two times say that, and
the clause has only to name one part of the day. A clause that also names something of the operation or the anesthesia, or that
denies or plans, is left alone.
"""

from __future__ import annotations

import re

from ionm_notes.read.events.entry_words import concept
from ionm_notes.read.events.model import Hit
from ionm_notes.read.expression import Match, blank
from ionm_notes.read.vocabulary import vocabulary

_ORDER = ("mapping", "interruption", "removal", "baseline", "setup", "attends", "monitoring")
"""The part of the day a clause is of where it names two: electrodes taken off are removal, baselines of monitoring baselines."""
_WORKED = frozenset({"setup", "baseline", "removal"})
_KIND = {"attends": "attend"}
_DENIED = re.compile(
    r"\b(?:not|never|without|will|would|planned|plan|scheduled|should|if|unable|to\s+be|unless|estimated|expected|usual\w*|previous\w*|prior|ago|elsewhere|earlier\s+(?:case|operation|surgery))\b",
    re.I,
)
_OF_SOMEBODY = re.compile(r",\s+who\b[^,;.\n]{3,90}(?=,)")
"""'Ms. Voss, who never left the theatre, laid the electrodes' denies nothing of the electrodes."""
_LABEL = 60
"""Characters of the longest label."""
_NOBODY = re.compile(r"\b(?:no|nobody|none|neither|unattended|unsupervised|uncovered|gap|absent|away)\b", re.I)
"""'Between readers: no physician on' is nobody's attendance."""


def _named(name: str, text: str) -> Match | None:
    return vocabulary().regex(f"interval.{name}").search(text)


def interval_of(text: str, offset: int) -> Hit | None:
    """The part of the day that the clause around an interval names, or None where it names none or something else too."""
    if (void := _named("void", text)) is not None:
        return Hit("interruption", "span", offset + void.start(), offset + void.end())
    bare = _OF_SOMEBODY.sub(blank, text)
    if _DENIED.search(bare):
        return None
    for name in _ORDER:
        match = _named(name, text) or (_named("attends.label", text) if name == "attends" else None)
        if match is None:
            continue
        if name in _WORKED and any(
            o.start() < match.end() and match.start() < o.end() for o in concept("foreign.work").finditer(text)
        ):
            continue  # 'C-arm set-up'
        if name not in ("interruption", "mapping") and _named("other", bare) is not None:
            return None
        if name == "attends" and not attends(text):
            continue
        return Hit(_KIND.get(name, name), "span", offset + match.start(), offset + match.end())
    return None


def attends(text: str) -> bool:
    """Whether a text names a professional, not nobody, and a word of being there; in a label, of the duty or its times too."""
    label = len(text) <= _LABEL and _named("sentence", text) is None
    said = _named("attends", text) or (label and _named("attends.label", text))
    who = names_professional(text) or _named("mine", text) or (label and _named("reader", text))
    return bool(said and who and not _NOBODY.search(text))


def names_professional(text: str) -> bool:
    """Whether a text names somebody who could supervise: by role, title or degree."""
    words = vocabulary()
    return bool(words.regex("subject.professional").search(text) or re.search(r"\bDr\.?\s|\bM\.?D\b|\bD\.?O\b|\bPh\.?D\b", text))
