"""What a clause in the course of a watch tells: whom it speaks of, what he or she did, where, and whether a time ends or begins that.

'Dr. A took my chair at 09:30' is a coming of Dr. A since 09:30. Read on if a clause is taken for the wrong person's or the wrong act; how
clauses are cut is in `coverage_clauses.py`, what follows from one after the other in `course_of_watch.py`. Words: `patterns/coverage.toml`.
"""

from __future__ import annotations

import re
from typing import Literal

from ionm_notes.read.attendance.clause_words import WRITER, load_in, place_in
from ionm_notes.read.attendance.coverage_clauses import Clause, CourseTime
from ionm_notes.read.denials import denied_before
from ionm_notes.read.names import DOCTOR, is_no_name, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Mode, Tri

OTHER, TRAINEE, NOBODY, THING = "-", "~", "0", "="
"""Somebody who is no professional: the technologist or the surgeon; a trainee; nobody; what is no person."""
NO_READER = frozenset({OTHER, TRAINEE, NOBODY, THING})
Act = Literal["away", "back", "go", "come", "stay", ""]
Way = Literal["span", "until", "since", "at"]


def act_of(text: str) -> Act:
    """What a clause tells that somebody did: the last word of coming, going, being away or staying in it; a coming back outweighs a coming."""
    words = vocabulary()
    if words.regex("coverage.stands-in").search(text) and words.regex("coverage.relieved-by").search(text) is None:
        return "come"  # 'Ines Roth, MD relieved me for lunch'
    found: list[tuple[int, int, Act]] = []
    acts: tuple[tuple[str, Act], ...] = (
        ("coverage.stays", "stay"),
        ("coverage.comes", "come"),
        ("coverage.goes", "go"),
        ("coverage.away", "away"),
        ("coverage.back", "back"),
    )
    for weight, (name, act) in enumerate(acts):
        denied = words.regex("coverage.not")
        hits = (m for m in words.regex(name).finditer(text) if denied.search(text[: m.start()]) is None)
        found += [(m.start(), weight, act) for m in hits]
    return max(found, key=lambda one: one[1])[2] if found else ""


def alone_in(text: str) -> Tri:
    """Whether a clause says that this patient was alone (True) or not (False)."""
    load = load_in(text)
    if load is not None:
        return load
    found = vocabulary().regex("coverage.alone").search(text)
    return True if found is not None and not denied_before(text, found.start()) else None


def where_in(text: str) -> Mode | None:
    """The one place that a clause names; of one who comes somewhere a bare word for it is enough: 'I reached theatre'."""
    place = place_in(text)
    if place is not None or (came := vocabulary().regex("coverage.comes-to").search(text)) is None:
        return place
    goal = _GOAL.match(text, came.end())
    return weighed({phrase.kind for phrase in phrases_of_place(goal.group(), bare=True)}) if goal else None


_GOAL = re.compile(r"(?:(?!\b(?:at|until|till|from|for|when|where|which|by)\b)[^,;.()])+", re.I)
"""The words of a place that somebody goes to."""


def subject_in(text: str, cast: Cast) -> str:
    """Whom a clause speaks of: a surname, `WRITER`, one of `NO_READER`; '' where it names nobody before what it tells."""
    words = vocabulary()
    newcomer = words.regex("coverage.until-somebody").search(text)
    if newcomer is not None and newcomer.start() and text[: newcomer.start()].strip():
        text = text[: newcomer.start()]  # 'from 08:00 until I logged in'
    text = words.regex("parcel.patients").sub(lambda patients: "case".ljust(len(patients.group())), text)  # what was watched
    text = _WATCHED.sub(lambda patients: "case".ljust(len(patients.group())), text)
    low = text.lower()
    found: list[tuple[int, str]] = []
    for person in cast.professionals:
        found += [(m.start(), surname(person.name)) for m in standing(surname(person.name)).finditer(low)]
    known = {
        surname(p.name) for p in (*cast.professionals, *cast.technologists, *cast.surgeons, *cast.anesthesia, *cast.assistants)
    }
    doctors = (
        (m.start("name"), surname(_OWN.sub("", m["name"])))
        for m in DOCTOR.finditer(text)
        if not is_no_name(m["name"].split()[-1])
    )
    found += [(at, name) for at, name in doctors if name not in known]
    found += [(m.start(), WRITER) for m in _I.finditer(text)]
    others = (*cast.technologists, *cast.surgeons, *cast.anesthesia, *cast.assistants)
    found += [(m.start(), OTHER) for p in others for m in standing(surname(p.name)).finditer(low)]
    found += [(m.start(), kind) for name, kind in _FOREIGN for m in words.regex(name).finditer(text)]
    told = [one for one in sorted(found) if one[1] == WRITER or _OBJECT.search(text[: one[0]]) is None]
    told = [one for one in told if _WHOSE.match(text, one[0]) is None]
    told = [one for one in told if one[1] != NOBODY or _ELSE.match(text, one[0]) is None]
    if (by := words.regex("coverage.passive").search(text)) and (not told or told[0][0] > by.start()):
        behind = [who for at, who in sorted(found) if by.end() <= at <= by.end() + _NAME]
        return behind[0] if behind else ""  # 'The first hour was covered remotely by Dr. A'
    if told and told[0][1] == OTHER and words.regex("coverage.leads-up").search(text):
        told = [one for one in told if one[1] == WRITER] or told  # 'When the BAEP changed I walked over'
    at, who = told[0] if told else (len(text), "")
    if told and not (act_of(text[:at]) and not _LEADS.search(text[:at])):
        return who
    return THING if _of_a_thing(text) else ""


def _of_a_thing(text: str) -> bool:
    """Whether what did or was something, by the words before the verb, is none of those who watch: 'a burst was seen', 'the dura opened'.

    A clause may begin with its verb ('joined 08:12'), go on with somebody named before, or name the office or the line of the reader.
    """
    words = vocabulary()
    verb = words.regex("coverage.verb").search(text)
    lead = text[: verb.start()] if verb else ""
    if (
        not lead.strip()
        or words.regex("coverage.other-comes").search(text)
        or any(words.regex(name).search(lead) for name in ("coverage.office", "coverage.all-of-us"))
    ):
        return False
    return words.regex("coverage.lead").fullmatch(lead) is None


_FOREIGN = (
    ("coverage.signals-did", OTHER),
    ("coverage.trainee", TRAINEE),
    ("coverage.nobody", NOBODY),
    ("subject.technologist", OTHER),
    ("subject.other", OTHER),
)
_NAME = 24
"""Characters of the longest title and first name before the surname of whoever did something."""
_ELSE = re.compile(r"(?:nobody|no\s*-?one|nothing)\s+else\b", re.I)
_WATCHED = re.compile(r"\b(?:\d+|one|single|sole|only)\s+(?:pts?|patients?)\b", re.I)
_OWN = re.compile(r"[’']s$")
_I = re.compile(r"\b(?:I(?!\.)|[Tt]he\s+undersigned|[Ww]e|(?<=\bwas\s)me)\b")
_OBJECT = re.compile(
    r"\b(?:with|to|from|by|for|of|in|at|on|told|beside|near|asked|the\s+other|informed)\s(?:the\s+|my\s+|our\s+|a\s+|this\s+)?(?:(?:Dr|Mr|Ms|Mrs|Prof)\b\.?\s+)?(?:[A-Z][\w.’'-]*\s+)*$"
)
"""Before somebody who is not the subject: 'spoke with Dr. Brandt', 'to the technologist'."""
_WHOSE = re.compile(r"[^\W\d_][\w’'-]*?[’']s?\s(?!note\b|record\b|log\b|account\b|statement\b|entry\b)")
"""'the surgeons' lounge', and not 'Dr. Roth's note: never connected'."""
_LEADS = re.compile(r"\b(?:until|till|when|while|as|because|after|before|whereupon)\b[^,;]*$", re.I)
"""A clause within a clause, with its own subject: 'until I logged in'."""


def way_of(clause: Clause, moment: CourseTime) -> Way:
    """Whether a time is an interval, or that until which, since which or at which something was."""
    words = vocabulary()
    if moment.last is not None:
        return "span"
    before, behind = clause.before(moment), clause.behind(moment)
    if moment.end or moment.that == "before" or words.regex("coverage.till").search(before):
        return "until"
    if moment.that == "after" or words.regex("coverage.since").search(before) or words.regex("coverage.onward").match(behind):
        return "since"
    return "at"
