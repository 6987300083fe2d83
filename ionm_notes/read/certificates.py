"""A technologist's certificate that does not stand right behind the name: 'Ana Ruiz, who holds the CNIM', 'CNIM: Ana Ruiz'.

`names.py` reads credentials that follow a name after a comma. Others stand in the cell beside it, on the line below, behind words
that say what they are or how the name is spelled, or before the name as a label. Which words may stand between is told in
`patterns/people.toml` (`certificate.*`); anything else between them parts the certificate from the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.fields import Fields
from ionm_notes.read.names import Name, names_in
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary

_REACH = 100
"""Characters between a name and the certificate that goes with it."""
_OTHERS = ("patient", "surgeon", "assistant", "anesthesia", "professional", "facility")
"""Labels whose value is nobody's certificate in the cell or on the line beside it."""


def certified(reading: Reading, fields: Fields) -> Iterator[Name]:
    """Names with a technologist's certificate that stands apart from them, the certificate among their credentials."""
    for match in vocabulary().regex("people.certificate").finditer(reading.text):
        certificate = re.sub(r"[.\s]", "", match.group())
        found = _before(reading, fields, match.start()) or _behind(reading, match.start(), match.end())
        if found is not None:
            held = tuple(dict.fromkeys((*found.credentials, certificate)))
            yield Name(found.name, held, found.start, found.end, found.title)


def _before(reading: Reading, fields: Fields, at: int) -> Name | None:
    """Whose certificate stands at `at`: the last one named before it, if what is between goes with a certificate."""
    text, words = reading.text, vocabulary()
    low = max(0, at - _REACH, _two_lines_up(text, at))
    for name in reversed(names_in(text, low, min(len(text), at + 12))):
        gap = text[name.end : at]
        if name.start >= at:
            continue
        if words.regex("certificate.between").fullmatch(gap) is None:
            continue
        if re.search(r"[\t\n]", gap) and fields.section_at(name.start) in _OTHERS:
            return None
        if len(name.name.split()) > 1 or name.title:
            return None if any(words.regex("people.professional-credential").match(c) for c in name.credentials) else name
    return None


def _two_lines_up(text: str, at: int) -> int:
    """Where the line before that of an offset begins."""
    line = text.rfind("\n", 0, at)
    return text.rfind("\n", 0, max(line, 0)) + 1 if line >= 0 else 0


def _behind(reading: Reading, start: int, end: int) -> Name | None:
    """Who is named right behind a certificate that stands as a label or a title before the name."""
    text, words = reading.text, vocabulary()
    line = text.rfind("\n", 0, start) + 1
    if words.regex("certificate.lead").search(text[line:start]) is None:
        return None
    joint = words.regex("certificate.joint").match(text, end)
    low = joint.end() if joint else end
    name = next(iter(names_in(text, low, min(len(text), low + 60))), None)
    if name is None or name.start != low or any(words.regex("people.professional-credential").match(c) for c in name.credentials):
        return None
    return name if len(name.name.split()) > 1 else None
