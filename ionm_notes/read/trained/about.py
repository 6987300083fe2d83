"""Whom a weighed statement is about, and whether patterns know its words."""

from __future__ import annotations

import re

from ionm_notes.read.caseload import alone_otherwise, named_people
from ionm_notes.read.denials import denied_before
from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import HISTORIC, RULE
from ionm_notes.read.timing import live_otherwise
from ionm_notes.read.trained.weighed import Statement
from ionm_notes.read.vocabulary import vocabulary

_EXCLUSIVITY = ("supervision.exclusive", "supervision.shared", "supervision.asked", "supervision.count")
_KNOWN = {
    "in_room": ("mode.in_room",),
    "nearby": ("mode.nearby",),
    "remote": ("mode.remote",),
    "exclusive": _EXCLUSIVITY,
    "shared": _EXCLUSIVITY,
    "live": ("supervision.live", "supervision.afterwards"),
    "communication": ("supervision.communication", "supervision.no-communication"),
}
"""Patterns that know the words of an answer: where one stands and yet nothing was found, patterns took it for denied or another's."""
_UNANSWERED = re.compile(r"[:?\t|]\s*(?:no|n|false|not\s.*|n/?a|unknown|unspecified|_+)?[\s.]*$", re.I)
"""A field that is empty or says no."""
_SAID_BY_NO = ("exclusive", "shared", "afterwards")
"""Answers that a field may give by saying no: 'Other cases: no'."""


_HOURS = (
    r"(?:(?:from|between|at|until|till|to|and)\W++)?(?:\d{1,2}(?:[:.h]?\d\d)?+\W{0,2}(?:[ap]\.?\s?m\b\.?|hours|hrs?|h\b)?\W*+)"
)
_BEGINS = tuple(re.compile(rf"\W*+(?:{_HOURS}){{0,2}}(?:\w++(?:[.'’-]\w++)*+\W++){{{words}}}", re.I) for words in (3, 5))
"""The first words of a statement, where its own subject stands, at once or behind a time ('In this time she ...', 'From 8:52 am to 9:20 am
Dr. Hale ...'); others may follow."""


_NO_SHARING = ("caseload.series", "caseload.possible", "caseload.several-things", "caseload.another-matter", "alone.by-rule")
"""What else several may be said of: cases of a log book, what is possible, allowed or a rule, screens."""


def about(reading: Reading, fields: Fields, cast: Cast, told: Statement, answer: str) -> tuple[str, str] | None:
    """Who an answer is about: 'professional' with the surname where one is named, or '' where nobody is; None where it is somebody
    else's, a rule, of another time, or a field that nobody filled in."""
    text = reading.text[told.start : told.end]
    if RULE.search(text) or HISTORIC.search(text) or vocabulary().regex("whereabouts.firm").match(text):
        return None
    if answer != "shared" and vocabulary().regex("sharing.another-case").search(text):
        return None
    if "__" in text or (answer not in _SAID_BY_NO and _UNANSWERED.search(text)):
        return None
    if text.rstrip().endswith("?"):
        return None  # 'Attention to this patient only?' over a box that nobody ticked
    if answer == "exclusive" and alone_otherwise(text, 0, len(text), named_people(cast)):
        return None
    if answer == "shared" and any(vocabulary().regex(name).search(text) for name in _NO_SHARING):
        return None
    if answer == "live" and live_otherwise(text):
        return None
    if answer == "communication" and vocabulary().regex("contact.another-matter").search(text):
        return None
    role, name = _subject(reading, fields, cast, told)
    if answer in ("in_room", "nearby") and role == "" and not vocabulary().regex("subject.professional").search(text):
        return None  # 'In the operating room continuously', 'Where: City Hospital, OR 5'
    if answer == "communication":
        return ("professional", name) if role == "professional" else ("", "")
    return (role, name) if role in ("professional", "") else None


def _subject(reading: Reading, fields: Fields, cast: Cast, told: Statement) -> tuple[str, str]:
    """The subject at the end of the statement, or that of its first words where these are the professional's: 'I was online, with Ms. Eck'."""
    last = subject_of(reading, told.unit, told.end, cast, fields)
    if (
        last[0] == ""
        and vocabulary().regex("subject.his-own").match(reading.text, told.start, told.end)
        and (at := reading.index_of(told.unit))
    ):
        before = reading.units[at - 1]
        return subject_of(reading, before, before.end, cast, fields)
    if last[0] in ("professional", ""):
        return last
    for words in _BEGINS:
        begins = words.match(reading.text, told.start, told.end)
        first = subject_of(reading, told.unit, begins.end(), cast, fields) if begins else last
        if first[0] != "":
            return first if first[0] == "professional" else last
    return last


def known_to_patterns(text: str, answer: str) -> bool:
    """Whether patterns know words of the answer: where they do and yet found nothing, they took them for denied or another's."""
    return any(vocabulary().regex(name).search(text) for name in _KNOWN.get(answer, ()))


def denied(text: str, answer: str) -> bool:
    """Whether what patterns know of the answer stands behind a denial: 'was not exclusively dedicated'."""
    found = (match for name in _KNOWN.get(answer, ()) for match in vocabulary().regex(name).finditer(text))
    return any(denied_before(text, match.start()) for match in found)
