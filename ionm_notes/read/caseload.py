"""Whether a clause says that the professional watched this case alone, or others beside it, in words that no pattern holds.

A clause is taken thing by thing (`patterns/caseload.toml`): denial, other, case, attention, only, how many, at once. A letter
stands for each, and the orders of letters that mean 'alone' or 'shared' are the rules of this module. 'There was never a second
screen on her desk' and 'she kept to this operation and left the rest to colleagues' need no pattern of their own. What a form
answers is read by `case_count.py`. Source of the two meanings: the contract's exclusivity of attendance.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ionm_notes.read.expression import Expression, blank, expression
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.things import spelled
from ionm_notes.read.vocabulary import vocabulary

LETTERS = {
    "caseload.no-part": "E",
    "caseload.somebody-else": "K",
    "caseload.ratio": "R",
    "caseload.number": "#",
    "caseload.unshared": "D",
    "caseload.double": "B",
    "caseload.split": "V",
    "caseload.more-than-one": "Z",
    "caseload.more-than-some": "z",
    "caseload.save": "X",
    "caseload.at-once": "S",
    "caseload.none": "N",
    "caseload.attention": "a",
    "caseload.full": "F",
    "caseload.many": "M",
    "caseload.only": "L",
    "caseload.other": "O",
    "caseload.numbered-room": "G",
    "caseload.case": "C",
    "caseload.display": "Q",
    "caseload.session": "J",
    "caseload.before-eyes": "q",
    "caseload.us": "U",
    "caseload.this": "T",
    "caseload.attends": "A",
    "caseload.holds": "h",
    "caseload.monitoring": "m",
    "caseload.professional": "P",
    "caseload.a-case": "I",
}
"""A letter for each thing; where two things begin at one place, the one that stands first here wins."""
_OF_MESSAGES = {**LETTERS, "caseload.you": "U"}
_THINGS = {"CASE": "[CQJ]", "WATCH": "[AahQJmP]", "STRONG": "[AaQqJ]", "PEOPLE": "[CJ]", "THIS": "[TP]", "HOLD": "[Ahm]"}

Named = Sequence[tuple[Expression, str]]
"""Expressions for the people of a document, each with the letter of a professional, of the patient or of somebody else."""
_PATIENT, _THIS_CASE = "W", "TC"
"""The letter of the patient's name, and what it stands for: 'only Ms. Hale was before me' is 'only this patient'."""


def _rules(*rules: str) -> re.Pattern[str]:
    for name, letters in _THINGS.items():
        rules = tuple(rule.replace(name, letters) for rule in rules)
    return re.compile("|".join(f"(?:{rule})" for rule in rules))


_ALONE = _rules(
    r"D",  # 'attention was not divided'
    r"[FL]\.{0,2}a",  # 'her entire attention'
    r"N\.?Va",  # 'no divided attention'
    r"a[.TPmA]{0,3}[FL](?!CASE)",  # 'attention was undivided'
    r"N[^N:;(]{0,6}?[OS][.TAPm]{0,3}CASE",  # 'no second patient', 'nor was any other operation'
    r"N[.TF]{0,2}O(?![.]{0,2}[CQJ])",  # 'nobody else', 'to the exclusion of all others'
    r"N[^N:;(,]{0,3}?A[^N:;(,]{0,4}?O",  # 'did not watch any other patient', 'not responsible for another'
    r"E[^N:;(,]{0,8}?(?:V[^N:;(,]{0,4}O|[OS][.TAPmI]{0,3}CASE|V$)",  # 'no part of the day was shared with a second case'
    r"^NAS",  # 'nothing ran in parallel'
    r"P[^N:;(,]{0,3}?NS$",  # 'the doctor minded nothing besides'
    r"N\.{0,2}S[.]{0,2}m[^:;]{0,2}P",  # 'no overlapping service by the physician'
    r"N[.TP]{0,2}CASE[^N:;(,]{0,4}?(?:S|O)",  # 'no patient besides'
    r"N[^N:;(]{0,6}?X[.]{0,2}?(?:T{0,2}[CL]|T{0,2}\.{1,2}$)",  # 'nobody but this boy', 'no traces before me but Tobiah's'
    r"N[^N:;(]{0,6}?Z",  # 'no more than one patient', 'never more than this one'
    r"N\.{0,2}B",  # 'not double-booked'
    r"[OS][^N:;]{0,4}?CASE[.TPmAhS]{0,4}?N",  # 'responsibility for a second case was not held'
    r"#[^NO:;]{0,5}?CASE[^NO:;]{0,7}?L$",  # 'the number of patients supervised at one time was one'
    r"P[.]?C#[.]?L(?:\(T[^N)]*L\))?[.]?$",  # 'reader case count 1 (this account only)'
    r"WATCH[^N:;(]{0,5}?L[.TPL]{0,3}A?CASE",  # 'watched only this patient', 'live view, only open case'
    r"P[.mhA]{0,3}L[.ThA]{0,2}U|P[.mhA]{0,3}LTL",  # 'only had us', 'just on us', 'got just this one'
    r"P[.]?[hAm][.T]{1,4}LT$",  # 'I had Ms. Moss and only her'
    r"^LT[.]{0,3}hP[QJ]",  # 'only Ms. Moss was on my schedule'
    r"L\.L[hmAP.]{0,3}[QJP]",  # '1 of 1 on my board'
    r"PF\.?U",  # 'all yours', 'wholly with you'
    r"P[.]?hLCASE:THISCASE",  # 'had one target: this patient'
    r"WATCH[^N:;(]{0,4}?THISCASE\.{0,1}L",  # 'followed this patient alone'
    r"T{1,2}C[.]{0,2}P?L[.]{0,2}CASE",  # 'this child was her only open case'
    r"T{1,2}LCL|T{1,2}C,?[.]?LTL|A[.]?TLL",  # 'this one case only', 'this case, and only this one'
    r"THISCASE[.TP]{0,2}L",  # 'to this case alone', 'this patient was the only one'
    r"P\.TL{1,2}$",  # 'mine was this one alone'
    r"LTC[^N:;(]{0,3}?(?:A\.[PT]|q|m\.?P)",  # 'only Ms. Moss being monitored by her'
    r"P[.]{0,2}A[.]{0,2}GL(?:$|[;:,])",  # 'she was assigned to OR 2 only'
    r"^L(?:TC|CL)(?:[,;]|$)",  # 'only this patient, live view', 'one case only; live'
    r"FP[hA][T.]{0,3}$",  # 'was all I had'
    r"LCASE[^:;]{0,8}?(?:WATCH|q)",  # 'the only patient under observation'
    r"A[^N:;(]{0,4}?LCASE\.{0,2}S",  # 'covers one case at a time'
    r"Pm[.]{0,2}LT?L?C",  # 'my monitoring was limited to this single surgery'
    r"[Aa][^N:;(]{0,4}?R|R[^N:;(]{0,4}?[Aa]",  # 'coverage was one-to-one'
)
_SHARED = _rules(
    r"WATCH[^N:;(]{0,6}?M[.]{0,2}(?:[OS]{0,2}\.?[OST]?PEOPLE|O\.?Q)",  # 'covered three rooms'
    r"M[OS]{0,2}\.?[OS]?PEOPLE[^N:;]{0,6}?(?:STRONG|S|X)",  # 'two further patients were on the board'
    r"M(?:[OS]{1,2}\.?|\.?[OS])Q[^N:;]{0,6}?(?:STRONG|S|X)",  # 'two other screens', but not '2 screens'
    r"M\.?O(?![.]{0,2}[CQJ])[^N:;]{0,4}?(?:STRONG|S|T)",  # 'two others to follow'
    r"A,OAC$",  # 'live view, third open case'
    r"WATCH[.]{0,2}MS",  # 'minding several at once'
    r"(?:S|X)[^N:;(]{0,8}?M\.?O",  # 'alongside this patient she had two others'
    r"#[^N:;]{0,5}?CASE[^N:;]{0,7}?M",  # 'the number of patients was three'
    r"S[^N:;(]{0,5}?O[.]{0,2}CASE",  # 'while also following another patient'
    r"SAT?[.]{0,2}CASE[.]?G",  # 'was also following the fusion in OR 14'
    r"SA[^N:;(]{0,3}CASEO",  # 'was also reading for a spine case elsewhere'
    r"A[^N:;(]{0,5}?O[.]{0,2}CASE[^N:;]{0,4}?S",  # 'watched another room at the same time'
    r"O[.]{0,2}CASE[^N:;]{0,20}?PA[.]?M(?:$|,)",  # 'a second case was on my other screen, and I attended to both'
    r"O[.]{0,2}CASE[^N:;]{0,5}?(?:S|A|q)",  # 'another operation ran in parallel'
    r"(?:P|A)[^N:;(]{0,3}?SC[^N:;LU]{0,3}(?:M|$)",  # 'was under concurrent engagements, being two in number'
    r"P[.]{0,2}[Sh]{0,2}A?SHOLD?G|PHOLDG[^N:;]{0,3}S|SHOLD[^N:;(]{0,4}A[^N:;(]{0,2}G",  # 'also on OR 3', 'also had a fusion running in theatre 7'
    r"WATCH[^N:;(]{0,6}?V[^N:;]{0,6}?(?:M|O|S|PEOPLE)",  # 'attention was split with another'
    r"PVPa\.{0,2}",  # 'shared my attention with the room next door'
    r"WATCH[^N:;(]{0,4}?B",  # 'was double-booked'
    r"WATCH[^N:;(]{0,4}?[Zz][.T]{0,2}CASE",  # 'attended to more than one patient'
    r"THIS?C?V[^N:;]{0,5}?(?:M|O)",  # 'this patient shared the reader with two others'
    r"V[^N:;]{0,2}U[^N:;]{0,3}(?:M|O)",  # 'juggling us and two others'
    r"A[^N:;(]{0,4}?THIS[CQJ]?[^N:;(]{0,3}?LOCASE",  # 'covered this and one other room'
    r"P[^N:;(]{0,3}?M[.T]{0,2}q",  # 'had three of these going', 'has a bunch going'
    r"U[^N:;]{0,3}?L\.M|PL\.M",  # 'you are one of three', 'one of several for me'
    r"P[.]?Sh[.]{0,3}C[^N:;]*$|Ph[.]{0,3}C[.]{0,3}q?S",  # 'I also had a fusion in Ohio', 'had a fusion before me too'
    r"^L\.M[^N:;]{0,4}?[AP]",  # 'one of four that I followed'
    r"^MSC\.?$",  # 'two parallel cases'
    r"A[^N:;(]{0,3}?T[CQJ]\.{1,2}M\.?O",  # 'was assigned this room and two others'
    r"O[.]{0,2}C[^N:;L(]{0,4}?hP[.]{0,3}Q",  # 'a second spine on my screen'
    r"S[.]?P[.]{0,2}T?P[.]?G",  # 'at the same time I was the reader for OR 7'
    r"L\.M(?:PA|[.]?P[Ah])[.T]{0,4}$",  # 'she was one of two I looked after'
)
_SHARED_WITH_A_CASE = _rules(
    r"P[.]?Sh[.]{0,2}I[.]{0,3}G",  # 'she also had a carotid in OR 2'
    r"S[.]{0,2}[Ah][.TP]{0,2}I",  # 'was also responsible for a craniotomy'
    r"STC[^N:;]{0,4}A\.{0,2}I|A[.T]{0,2}S\.I|A[.]{0,2}I[^N:;,]{0,3}S",  # 'besides this case she read for a clipping'
    r"A[^N:;(]{0,4}?[TP]{1,2}[CQJ][^N:;(,]{0,3}?S[.]{0,2}I",  # 'looked after your patient alongside a scoliosis'
    r"TC\.{1,2}I[^N:;]{0,6}A\.P",  # 'this patient and a man in Ohio were watched by me'
)
"""What the orders mean in which 'a case' is one thing and no full stop."""
_ALONE_TO_YOU = _rules(r"LU(?:\.|T\.)?(?:$|[,;])", r"LG[.h]{0,2}PJ", r"PAL\.L$")
"""'Only you today', 'just OR 6 on my board', 'assigned 1 of 1'."""
_SHARED_TO_YOU = _rules(
    r"A\.?OC",  # 'watching another case until noon'
    r"OC[^N:;L,]{0,4}?U",  # 'a second case in Waco next to yours'
    r"SA\.{0,2}C(?![.]?U)",  # 'also following a crani in room 2'
    r"PAL\.M$",  # 'assigned 1 of 3'
    r"h\.{0,2}Gq?[.]{0,2}U",  # 'got Mercy OR 2 up next to you'
    r"S[Ah]{1,2}\.{0,2}G|A[.]{0,2}GS",  # 'also has OR 9', 'watching Mercy OR 2 too'
)
"""What the orders of letters mean in addition where the professional writes to the room of this case."""
_DENIED_ALONE = re.compile(r"DaN|N\.{0,3}(?:L|F(?!O))|N\.P?a\.{0,2}F|N[^N:;(]{0,3}R")
"""'not exclusive', 'not the only', 'not attesting to undivided attention': denies that there was one case alone."""
_NOBODY = re.compile(r"N\.{0,1}P|OP")
"""'No other physician supervised': says who did not watch, and nothing of cases."""
_BEFORE_ME = re.compile(r"LTC[.]?q")
"""'Only Ms. Moss was before me'."""
_ON_SCREEN = re.compile(r"[TPC][QqJ]|J[.]{1,2}G|[QqJ][^N]*[QqJ]")
"""'on the screen', 'a second screen on her desk': a screen alone may be anything."""
_UNSURE = re.compile(r"N[^;]*z")
"""'Never more than three' may be three, or this one."""
_CHARGE = re.compile(r"\b(?:responsib|charge|dut(?:y|ies)|obligation)", re.I)
_DENIED_SHARED = re.compile(r"[OSM][^N:;]{0,9}N")
"""'responsibility for a second case was not held': the denial follows."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a clause says of other cases: offsets into the clause of the words that say it."""

    what: Literal["exclusive", "shared"]
    start: int
    end: int


_BEFORE = expression(
    r"\bhad\s+(?:also\s+|already\s+)?been\b(?!\s+(?:\w+\s+)?(?:released|relieved|freed|excused|exempt\w*|cleared|reassigned|spared|taken\s+off|assigned|rostered|booked|scheduled|allotted|reserved|given)\b)|\bcan\b(?!\s+(?:attest|confirm|state|say|certify|report|document|affirm|swear)\b)|\b(?:would|will|might|may|could|should|must(?!\s+(?:state|say|add|note|admit|disclose|report)))\b|\bif\s+(?:needed|necessary|required)\b"
)
"""What had been before, or would be, is not what was."""
_ANSWER = re.compile(r"^.*(?:[?=]|:(?!(?<=\d:)\d\d))(?=\s*\S)")
_WITH_ANSWER = re.compile(r"^P[.]?hLC:TC|^\.{0,4}P:GL$")
"""'Hale had one target: this patient', 'Hale: OR 14 only': said by what stands before the colon too."""
_FEWEST = 4
"""Words of a clause behind a colon that is taken thing by thing; shorter ones are answers of a form."""


def named_people(cast: Cast, patients: Sequence[str] = ()) -> Named:
    """The people whom a document names, each with the words of rank behind the name: 'Mark Hathaway, MD' is one thing."""
    others = (*cast.surgeons, *cast.technologists, *cast.anesthesia)
    people = [
        (person_named(person.name), letter) for group, letter in ((cast.professionals, "P"), (others, "K")) for person in group
    ]
    patient = [(own, _PATIENT) for name in patients if (own := patient_named(name)) is not None]
    patient = [*((_room_of(person.name), _PATIENT) for person in cast.surgeons), *patient]
    if not cast.professionals:
        return [*patient, *people]  # anybody may be the professional
    known = tuple(sorted({surname(person.name) for person in (*cast.professionals, *others, *cast.assistants)}))
    return [*patient, *people, (_stranger(known), "k")]


@functools.lru_cache(maxsize=64)
def _room_of(surgeon: str) -> Expression:
    """The expression for the operation as its surgeon's: 'Cutter's room is all I have up'."""
    return Expression(
        rf"\b(?:Dr\.?\s+)?{re.escape(surname(surgeon))}['’]s\s+(?:room|case|patient|operation|theat(?:re|er))(?!\w)"
    )


@functools.lru_cache(maxsize=64)
def _stranger(known: tuple[str, ...]) -> Expression:
    """The expression for a doctor whom the document knows in no other place: what he or she had is not the professional's."""
    others = "|".join(map(re.escape, known))
    name = rf"\b(?:Dr|Doctor|Prof)\b\.?\s+(?:[A-Z]\.\s*)*(?!(?i:{others})\b)[A-Z][\w'’-]{{2,}}+(?!\s+(?i:{others})\b)(?:['’]s)?"
    return Expression(name, cased=True)


def names_patient(text: str, named: Named) -> bool:
    """Whether a text has the patient's name."""
    return any(letter == _PATIENT and person.search(text) is not None for person, letter in named)


_INITIALS = re.compile(r"[A-Z](?:\.\s?[A-Z]){1,3}\.?")
"""A patient who is called by initials alone: 'K.M.'"""


@functools.lru_cache(maxsize=64)
def patient_named(name: str) -> Expression | None:
    """The expression for the patient of a document by any part of the name; None where it has none of some length."""
    words = [re.escape(word) for word in re.findall(r"[^\W\d_][\w'’-]{2,}", name) if word[0].isupper()]
    if not words and _INITIALS.fullmatch(name.strip()):
        letters = r"\.\s?".join(re.findall("[A-Z]", name))
        return Expression(rf"(?<![\w.]){letters}\.?(?!\w)", cased=True)
    one = "|".join(dict.fromkeys(words + [word.title() for word in words if word.isupper()]))
    titles = r"(?:(?:Mr|Mrs|Ms|Miss|Mstr|Master|Baby)\.?\s+)?"
    return Expression(rf"\b{titles}(?:{one})(?:[\s,]+(?:{one}))*(?!\w)", cased=True) if one else None


@functools.lru_cache(maxsize=256)
def person_named(name: str) -> Expression:
    """The expression for a person of a document, by surname or in full, with the words of rank behind the name."""
    last, full = re.escape(surname(name)), re.escape(name)
    return Expression(
        rf"\b(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.?\s+)?(?:{full}|{last})(?:['’]?s)?(?!\w)(?:,?\s+(?:M\.?D|D\.?O|Ph\.?D|CNIM|R\.?N|FRCS)\b\.?)*"
    )


def as_letters(text: str, named: Named = (), things: Mapping[str, str] = LETTERS) -> tuple[str, list[tuple[int, int]]]:
    """A clause as letters with the place of each; the patient's own name is 'this case'."""
    letters, spans = spelled(text, things, named)
    if _PATIENT not in letters:
        return letters, spans
    pairs = [
        (part, span)
        for letter, span in zip(letters, spans, strict=True)
        for part in (_THIS_CASE if letter == _PATIENT else letter)
    ]
    return "".join(letter for letter, _ in pairs), [span for _, span in pairs]


_TIME = re.compile(r"(?<![\d:.])\d{1,2}[:h]\d\d(?::\d\d)?(?![\d:])")


_LEFT_OPEN = re.compile(r"(?:_{2,}|\.{4,})\W*$")
"""A form's line that nobody filled in: 'Other cases at same time ______'."""


def caseload(text: str, named: Named = (), *, by_writer: bool = False) -> Caseload | None:
    """What a clause says of the professional's other cases, None where it says nothing or two things.

    `by_writer`: the clause is of a message that the professional wrote to the room, whose 'you' is this case.
    """
    found = _caseload(text, named, by_writer=by_writer)
    if found is not None or not (" to " in text or " with " in text):
        return found
    bare = vocabulary().regex("caseload.link-to-room").sub(blank, text)
    alone = None if bare == text else _caseload(bare, named, by_writer=by_writer)
    return alone if alone is not None and alone.what == "exclusive" else None


def _caseload(text: str, named: Named, *, by_writer: bool) -> Caseload | None:
    """The same by the words as they stand, whoever is on the other end of a line to the room."""
    if _LEFT_OPEN.search(text) is not None:
        return None
    text = _TIME.sub(blank, text)  # 'the case started at 1:14 PM' counts none
    if " to " in text or " by " in text:
        text = vocabulary().regex("caseload.passed-on").sub(blank, text)
    if (both := vocabulary().regex("caseload.not-apart").search(text)) is not None:
        return Caseload("shared", *both.span()) if not _other_matter(text, *both.span()) else None
    asked = None if by_writer else _ANSWER.match(text)
    skipped = asked.end() if asked else 0
    letters, spans = as_letters(text[skipped:], named, _OF_MESSAGES if by_writer else LETTERS)
    if "k" in letters and not {"N", "K"} & set(letters) and "P" in letters:
        letters = _with_operations_of_others(text[skipped:], letters, spans)
    if "k" in letters:
        if _HAS_OWN.match(letters) or _taken_by_another(text[skipped:], 0, letters, spans):
            return None
        letters = letters.replace("k", ".")
    if by_writer:
        beside = vocabulary().regex("caseload.you-and-another").search(text)
        if beside is not None and _PLANNED.search(text) is None and not {"N", "X"} & set(letters):
            return Caseload("shared", *beside.span())
        if _HAS_OWN.match(letters):
            return None
        letters, spans = f"P{letters}", [(0, 0), *spans]
    if skipped and len(letters) < _FEWEST:
        whole, places = as_letters(text, named)
        if (said := _WITH_ANSWER.match(whole)) is None:
            return None
        if said.group().endswith("L"):
            return Caseload("exclusive", 0, len(text.rstrip()))
        letters, spans, skipped = whole, places, 0
    if _NOBODY.search(letters) or _UNSURE.search(letters) or not _watches(letters, text[skipped:], spans):
        return None
    plain = letters.replace("I", ".")
    if skipped and len(letters) >= _FEWEST and (before := _before_colon(text[:skipped], named)) is not None:
        return before
    found = _judged(plain) or (_judged(plain, _ALONE_TO_YOU, _SHARED_TO_YOU) if by_writer else None)
    if found is None and _ALONE.search(plain) is None and "I" in letters and (beside := _SHARED_WITH_A_CASE.search(letters)):
        found = ("shared", beside)
    if found is None and (beside := vocabulary().regex("caseload.next-door").search(text)) is not None:
        told = "N" in letters or _BEFORE.search(text) is not None or ("K" in letters and "P" not in letters)
        return None if told else Caseload("shared", *beside.span())
    if found is None or _of_somebody_else(letters, found[1]):
        return None
    what, match = found
    if what == "exclusive" and "P" in letters and vocabulary().regex("alone.one-more").search(text):
        what = "shared"  # 'I was simultaneously reading one craniotomy', 'one of three that Dr. Hale supervised'
    if match.group()[-1:] == "O" and vocabulary().regex("caseload.of-a-thing").match(text, skipped + spans[match.end() - 1][0]):
        return None
    low, high = skipped + spans[match.start()][0], skipped + spans[match.end() - 1][1]
    if what == "exclusive" and _about_this(text[skipped:], letters, spans, match):
        return None
    unreal = _BEFORE.search(text)
    if unreal and not (unreal.start() >= high and "," in text[high : unreal.start()]):
        return None  # '... with this one case only, and could talk to the room' is no matter of what could be
    return None if _other_matter(text, low, high, alone=what == "exclusive") else Caseload(what, low, high)


def _with_operations_of_others(text: str, letters: str, spans: list[tuple[int, int]]) -> str:
    """The letters with 'another case' where an operation is somebody's whom the document does not know: 'Dr. Haas's thoracic tumour'."""
    out = list(letters)
    for index, (letter, (low, high)) in enumerate(zip(letters, spans, strict=True)):
        own = _OWNS.search(text, low, high) if letter == "k" else None
        behind = vocabulary().regex("caseload.others-operation").match(text, high) if own else None
        place = next((at for at, (start, _) in enumerate(spans) if behind and start == behind.start("what")), None)
        if place is not None:
            out[index], out[place] = "O", "C"
    return "".join(out)


_OWNS = re.compile(r"['’]s?$")


def _about_this(text: str, letters: str, spans: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether what is 'other' is about this case: 'no other comments on this case' tells of no other case."""
    other = match.group().rfind("O")
    if other < 0 or match.group()[-1] != "C":
        return False
    between = text[spans[match.start() + other][1] : spans[match.end() - 1][0]]
    return vocabulary().regex("caseload.about-this").search(between) is not None


_SENTENCE = re.compile(r"P[.S]{0,2}[Ah]")


def _before_colon(text: str, named: Named) -> Caseload | None:
    """What the first half of a sentence with a colon says: 'I had no other patient on that list: we are one to each theatre'."""
    head = text.rstrip(" :=?")
    told = _SENTENCE.match(as_letters(head, named)[0]) if text.rstrip().endswith(":") else None
    return None if told is None else caseload(head, named)


_PLANNED = re.compile(r"\b(?:will|would|tomorrow|next\s+\w+|if\s+(?:needed|necessary|required))\b", re.I)
_NEAR = 44
"""Characters on both sides within which a word tells that cases are counted for another reason."""


def _other_matter(text: str, low: int, high: int, *, alone: bool = False) -> bool:
    """Whether cases are counted for another reason. `alone`: what is said of them is that there were no others."""
    near = text[max(0, low - _NEAR) : high + _NEAR]
    names = ("another-matter", "series") if alone else ("another-matter", "series", "passed-on")
    return any(vocabulary().regex(f"caseload.{name}").search(near) is not None for name in names)


_HAS_OWN = re.compile(r"^[.T]{0,2}[Kk][SO]?\.?(?:[mhASCaQJ]|\.?[LFR])")
"""'The surgeon has two rooms', 'Surgeon's caseload': the one who is named first has them."""


def of_another_matter(clause: str, low: int, high: int, named: Named, *, alone: bool = False) -> bool:
    """Whether words of a clause count something else than the professional's cases: the surgeon's own ones, a series of patients."""
    if _other_matter(clause, low, high, alone=alone) or _PLANNED.search(clause[max(0, low - _NEAR) : low]):
        return True
    letters, spans = as_letters(clause, named)
    return _HAS_OWN.match(letters) is not None or _taken_by_another(clause, high, letters, spans)


def _taken_by_another(clause: str, high: int, letters: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the cases that words up to `high` count were somebody else's: 'the other two rooms were read by Dr. Lowe'."""
    end = clause.find(";", high)
    own = [place for letter, place in zip(letters, spans, strict=True) if letter in "PU" and (end < 0 or place[0] < end)]
    others = [place for letter, place in zip(letters, spans, strict=True) if letter in "Kk" and high <= place[0]]
    taken = vocabulary().regex("caseload.taken-by")
    return (
        not own
        and not {"O", "M"}.isdisjoint(letters)
        and "N" not in letters
        and (
            any(taken.search(clause[high:low]) for low, _ in others if end < 0 or low < end)
            or vocabulary().regex("caseload.taken-by-colleague").search(clause, high, len(clause) if end < 0 else end) is not None
        )
    )


_NOBODYS = ("untold", "preset", "intended", "denied", "of-an-event", "of-another", "with-more")
"""Patterns `alone.*` of clauses in which nobody says that the professional watched this case alone."""


def alone_otherwise(clause: str, low: int, high: int, named: Named) -> bool:
    """Whether words of exclusivity in a clause, from `low` to `high`, are said of something else than the professional's cases.

    'The only case on the surgeon's list', 'full attention was given to the left leg', 'the report is about this patient only': nobody's
    watching is told of there; nor where a policy is told, or that the record does not tell. A clause that names a professional is of
    him or her, unless the words themselves are of another thing. What a form puts there by itself, what was meant to be, and what is told
    with a reserve ('as far as possible', 'for most of the case') is nobody's word that it was so.
    """
    words = vocabulary()
    ruled = words.regex("alone.by-rule").search(clause) is not None and not any(
        words.regex(name).search(clause) for name in ("alone.kept", "sharing.kept-here")
    )
    if ruled or any(words.regex(f"alone.{name}").search(clause) for name in _NOBODYS):
        return True
    if words.regex("alone.of-named").search(clause) and not names_patient(clause, named):
        return True
    if any(low < match.end() for name in _OF_OTHERS for match in words.regex(name).finditer(clause)):
        return True
    if any(low < match.end() and match.start() < high for name in _WHERE_MET for match in words.regex(name).finditer(clause)):
        return True
    own = any(words.regex(name).search(clause) for name in ("subject.professional", "alone.own"))
    if own or any(letter == "P" and name.search(clause) for name, letter in named):
        return False
    if _OTHERS_FIRST.fullmatch(as_letters(_SENTENCE_BEFORE.sub("", clause[:low]), named)[0]):
        return True  # 'The surgeon took no second patient'
    return words.regex("alone.of-others").search(clause) is not None


_SENTENCE_BEFORE = re.compile(r".*(?<!\bDr)(?<!\bMr)[.!?]\s", re.S)
_OTHERS_FIRST = re.compile(r"T?[Kk][^,:;()]*")
"""Somebody else is whom a clause is of."""
_OF_OTHERS = ("alone.of-a-thing", "alone.one-more", "alone.some-day")
"""What 'one' and 'alone' may be said of beside this case as the only one."""
_WHERE_MET = ("alone.said-of", "alone.elsewhere-or-then")
"""The same, where its words meet those of exclusivity: 'this patient only, and nobody else touched the amplifier' is not among them."""


def _judged(
    letters: str, means_alone: re.Pattern[str] = _ALONE, means_shared: re.Pattern[str] = _SHARED
) -> tuple[Literal["exclusive", "shared"], re.Match[str]] | None:
    """What an order of letters means; None where it means nothing or two things."""
    alone, shared = means_alone.search(letters), means_shared.search(letters)
    if alone and _DENIED_ALONE.search(letters):
        alone = None
    if (
        alone
        and shared
        and (
            "D" in letters
            or (
                {"N", "E"} & set(alone.group())
                and (alone.start() <= shared.start() or _DENIED_SHARED.match(letters, shared.start()))
            )
        )
    ):
        shared = None  # 'did not watch a second room at the same time': the denial reaches to the end
    if (alone is None) == (shared is None):
        return None
    return ("exclusive", alone) if alone else ("shared", shared) if shared else None


def _of_somebody_else(letters: str, found: re.Match[str]) -> bool:
    """Whether the one who has the cases is the surgeon, the technologist or somebody else: the nearest person named before."""
    if letters[found.end() : found.end() + 1] == "P":
        return False  # 'beside the technologist, and this was the only case I had'
    told = _ASIDE.sub(lambda aside: "." * len(aside.group()), letters[: found.start()]) + letters[found.start() : found.end()]
    before = [letter for letter in told if letter in "KP"]
    ahead = [letter for letter in told[: found.start() + 1] if letter in "KP"]
    apart = _APART.search(letters, 0, found.start() + 1)
    if ahead and apart is not None:
        return ahead[0] == "K"  # '..., chat with the tech, only Ms. Moss being watched by her' is of whom the sentence is
    rest = letters[found.end() :]
    return (ahead or before or ["K" if "K" in told + rest else "P"])[-1] == "K"


_ASIDE = re.compile(r"\([^()]*\)")
"""What stands in brackets before what is found: 'remote (from the vendor's office), live, this child only'."""
_APART = re.compile(r",[.T]{0,2}.$")
"""A comma right before what is found."""


_PRONOUNS = frozenset(("he", "she", "they", "him", "her", "who", "whom", "my", "me", "mine", "hers", "his"))
_PATIENTS_OWN = re.compile(r"\b(?:operations?|surger(?:y|ies)|procedures?)\b", re.I)
"""What 'she had no other' may well be said of the patient."""


def _watches(letters: str, text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the clause speaks of watching: by a verb or attention, or by the professional who had cases."""
    things = set(letters)
    if letters == "LTC":
        return True  # a cell that says nothing else
    if _CHARGE.search(text) and things & {"P", "C"}:
        return True  # 'the one operation in my charge'
    if things & {"D", "B"} or {"E", "V"} <= things:
        return True
    if _NOT_MINE.search(letters) and vocabulary().regex("caseload.mine").search(text):
        return True
    named = any(
        letter == "P" and text[low:high].lower() not in _PRONOUNS for letter, (low, high) in zip(letters, spans, strict=True)
    )
    if (
        "P" in things
        and not named
        and not things & {"A", "a"}
        and (_PATIENTS_OWN.search(text) or not things & {"C", "Q", "J", "q", "U", "G"})
    ):
        return False
    if (
        things & {"A", "a", "D", "B"}
        or {"U", "h"} <= things
        or _BEFORE_ME.search(letters) is not None
        or ("P" in things and things & {"m", "h"})
        or {"S", "C"} <= things
        or {"P", "S", "G"} <= things
    ):
        return True
    if _ON_SCREEN.search(letters) is not None or _CHARGE.search(text) is not None:
        return True
    # 'The reader's other work was reassigned so that this patient was the only one', 'no other rooms for Dr. Hale'
    return named and bool(things & {"C", "Q", "J", "U", "M"})


_NOT_MINE = re.compile(r"NOC\.{0,2}P$")
"""'No second patient was mine'."""
