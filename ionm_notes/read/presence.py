"""That the technologist was in the operating room throughout, in sentences, labels with values, and questions with answers.

A clause is spelled in letters (`things.py`, words in `patterns/presence.toml`): who, a place in the room, attending, the whole of it,
never, leaving. 'Tech out of room at any time? No' and 'A technologist sat by the apparatus always' need no pattern of their own.
Source of what the element needs: the contract's list of documentation elements.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ionm_notes.read.answers import BLANK, answer_behind, asked, open_question
from ionm_notes.read.beside import Cells, beside, past
from ionm_notes.read.boxes import BOX, only_ticked, ticked
from ionm_notes.read.caseload import person_named
from ionm_notes.read.clause_cuts import BARS, SENTENCES, clauses
from ionm_notes.read.expression import Expression, blank
from ionm_notes.read.messages import user_name
from ionm_notes.read.names import initials_of
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said, customary
from ionm_notes.read.things import HUMP, LOG_ENTRY, spelled
from ionm_notes.read.vocabulary import vocabulary

Named = list[tuple[Expression, str]]
"""Expressions for the people of a document, each with the letter it is spelled with."""

LETTERS = {
    "presence.partly": "B",
    "presence.technologist": "K",
    "presence.other-person": "D",
    "presence.place": "R",
    "presence.professional": "P",
    "presence.all": "W",
    "presence.relieved": "Y",
    "presence.none": "N",
    "presence.leaves": "L",
    "presence.stays": "S",
    "presence.attends": "H",
    "presence.yes": "V",
}
_STAYS = re.compile(
    r"^(?=[^DP]*K)(?=.*[RHS])(?=.*W)[^NL]*(?::Y?)?$"  # 'a technologist sat by the apparatus always'
    r"|K[^DPW:]{0,12}NL|K[^DPW]{0,3}N\.{1,2}L"  # 'the technologist has never left'
    r"|K[^DP]{0,4}R[^DP]{0,3}NY"  # 'held post in the OR, never relieved'
    r"|^NLR[^DP]{0,2}K|R[^DP]{0,2}N\.{0,2}L[.]{0,2}K"  # 'never left the room: Jonas Jamison', 'the OR was not without our technologist'
    r"|K[^DP:]{0,3}L[^DP:]{0,6}:N"  # 'tech out of room at any time? no'
    r"|N[^DPW]{0,6}K[K,.]{0,8}L[^DP]{0,3}R|^[^DPK]{0,4}N[^DPKW]{0,5}R[.]{0,2}L[.]{0,2}K"  # 'neither then nor later did the technologist leave the room'
    r"|N\.{1,2}W[.]{0,2}K[K,.]{0,8}L[^DP]{0,3}R"  # 'at no point between hook-up and removal was the tech out of the room'
    r"|N[^DP]{0,8}L[.]{0,2}K[^DP]{0,3}R|^[.]{0,2}W[.]{0,2}D[.]{0,4}R[^P]{0,3}K"  # 'as long as the patient was in the room the technologist was'
    r"|^[^DPK]{0,2}L[.]{0,2}K[.]{0,2}R?:N"  # 'Absences of technologist from OR: none'
    r"|K[^DP]{0,5}NRN"  # 'not out of the room once'
    r"|^[^DP]*K[^DPN:]{0,3}S[.]{0,2}R[^:]{0,3}:V"  # 'Tech stayed in OR: yes'
    r"|K[^DPW]{0,20}LR?:N|K[^DPW:]{0,24}NL[.]{0,2}R"  # 'TECH IN=07:24 TECH LEFT ROOM=never', 'who wired her and did not leave the room'
    r"|^(?:[.]{0,2}:?K[K,.:()]{0,9}[,:(K]|[.]{1,3}:K:)(?<!^K)(?<!^K:)W[).]{0,2}$"  # 'Technologist: Noor Castellan, R. EEG T. - Neuro 1, whole case'
    r"|^(?:[.]{0,2}:?K[K,.:()]{0,9}[,:;(K]|[.]{1,3}:K[:,])(?<!^K)(?<!^K:)[.]?S[.]{0,2}R(?:[.]{3})?[).]{0,2}$"  # 'tech: Mei Sorrell, CNIM; remained in OR'
)
_AGAINST = re.compile(r"B|N(?!\.{1,2}W[.]{0,2}K[K,.]{0,8}L)[^LNYR]{0,2}[RHSW]|:N$(?<!L)|P|D[^K]*$")
_RUNS = re.compile(r"(?<=^\.)M|(?<=^\.\.)M|(?<=^\.\.\.)M")
"""'Yolanda Pike ran the machine and stayed ...', where the one named is neither reader nor surgeon."""
_QUESTION_OF_LEAVING = re.compile(r"K[^:]{0,4}L[^:]*:N|L[^:]{0,5}:N")
_TICKED_NEVER = re.compile(r"^[.]?K[^DPN:]{0,4}L[^DPN:]{0,6}:N")
"""'Technologist left the OR: [x] never [ ] relieved by:', where the line ends with nothing for the box that is not ticked."""
_BESIDE = re.compile(r"K[K,.:()]{0,6}[HS]?[.]{0,2}R[.]{0,2}W|K[K,()]{0,6},R,H[.]{0,2}W")
"""'Jo Fenn, CNIM, in OR 5 entire case' says it whoever stands next to it in its line."""
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")
_OWN = re.compile(r"\b(?:my|our|your)(?=\s+(?:own\s+)?\w)", re.I)
_NO = re.compile(r"[:?\t]\s*(?:no|n|false)\W*$|\b(?:yes|y)\s*[/|]\s*(?:no|n)\W*$", re.I)
_BOTH = re.compile(r"\b(?:yes|y)\s*[/|]\s*(?:no|n)\W*$", re.I)
"""A form's choice that nobody made: 'Yes / No'."""
_BEFORE_WORD = re.compile(r"[\W_]*")
_NOTHING_OR_NO = re.compile(rf"{BLANK.pattern}|\s*(?:no|n|false)\W*$", re.I)
_LABELLED = re.compile(r"\W*[A-Za-z][A-Za-z _/-]{1,24}[=:]")
"""'TECH=Jo Fenn CNIM | TECH IN=07:24:50 | TECH LEFT ROOM=never'."""
_KEY = re.compile(r"[^\s:=\t]+(?:\s[^\s:=\t]+){0,3}\s?[:=\t]")
"""A line of an export, which goes on with nothing: 'left_room: never'."""
_FIELD = 120
"""Characters of the longest field that is taken whole."""
_LONGEST = 420
"""Characters of the longest statement that is taken thing by thing."""


def stays_throughout(text: str, named: Named) -> tuple[int, int] | None:
    """Where a clause says that the technologist was in the room throughout; None where it does not."""
    letters, spans = spelled(plain(text), {**LETTERS, "presence.runs": "M"}, named)
    letters = _RUNS.sub("K", letters).replace("M", ".")
    stays = _STAYS.search(letters)
    if "K" in letters and (beside := _BESIDE.search(letters)) and not re.search("[BN]", letters[: beside.end()]):
        return (
            None if letters[beside.end() : beside.end() + 2] == ":N" else (spans[beside.start()][0], spans[beside.end() - 1][1])
        )
    if stays is None or "K" not in letters:
        return None
    if _AGAINST.search(letters) and not (_QUESTION_OF_LEAVING.search(letters) and not {"B", "P", "D"} & set(letters)):
        return None
    return (spans[0][0], spans[-1][1])


def plain(text: str) -> str:
    """A clause without clock times and 'my' or 'your', with every sign that asks as a colon; of the same length."""
    clear = re.sub(r"[?\t=|]", ":", text)
    clear = re.sub(r"\s[-–—]\s(?=\w{1,9}\W*$)", " : ", clear)
    clear = _CLOCK.sub(lambda m: "#" * len(m.group()), clear)
    return _OWN.sub(blank, clear)


def named_in(cast: Cast) -> Named:
    """The people of the record by surname, the technologists by given name too."""
    named = [(person_named(p.name), "K") for p in cast.technologists] + [(person_named(p.name), "P") for p in cast.professionals]
    named += [(person_named(p.name), "D") for p in (*cast.surgeons, *cast.anesthesia)]
    return named + [(person_named(given), "K") for given in _given_names(cast)]


def initialled(cast: Cast) -> Named:
    """The technologists by initials that nobody else of the case has: 'BC seated; stays in OR 6'."""
    others = {initials_of(p.name) for p in (*cast.surgeons, *cast.anesthesia, *cast.professionals, *cast.assistants)}
    own = {initials_of(p.name) for p in cast.technologists} - others
    own -= {letters for letters in own if vocabulary().regex("presence.no-initials").match(letters)}
    return [(Expression(rf"(?-i:(?<![\w.]){letters}(?![\w.]))"), "K") for letters in sorted(own) if len(letters) > 1]


def user_names(cast: Cast) -> Named:
    """The technologists by what a program calls them: '07:58:20 jpellerin | ROOM.IN'."""
    return [(user_name(p.name), "K") for p in cast.technologists if len(p.name.split()) > 1]


def composed_presence(reading: Reading, cast: Cast) -> tuple[Said, ...]:
    """The first statement that says so, thing by thing."""
    named = [*named_in(cast), *initialled(cast)]
    for unit in about_technologists(reading, cast, logged=True):
        text = _with_answer(reading, unit)
        if _BOTH.search(text) or open_question(reading, unit) or yes_but(reading, unit):
            continue
        boxed = BOX.search(text) is not None
        logged = _logged(reading.unit_text(unit))  # an entry tells of its moment, but for what 'who' says of a person
        parts = [] if logged else [*clauses(text, BARS), *clauses(text), *clauses(text, SENTENCES)]
        if not logged and len(text) <= _FIELD and text.count("\t") <= 1:
            parts.append((0, len(text)))  # 'tech | Mei Sorrell, CNIM; remained in OR'
        for low, high in dict.fromkeys((*parts, *_relative(text, named))):
            key = HUMP.sub(" ", only_ticked(text[low:high]) if boxed else text[low:high])
            if (found := stays_throughout(key, named)) is None:
                continue
            if text[high : high + 1] == "\t" and _NOTHING_OR_NO.match(text, high + 1):
                continue  # the cell behind it is the answer
            if len(key) > high - low:
                found = (0, high - low)  # 'OperatorPresence: 100%' is told whole
            start, end = (min(unit.start + low + at, unit.end) for at in found)
            never = boxed and _TICKED_NEVER.search(spelled(plain(key), LETTERS, named)[0]) is not None
            if boxed and not never and _unticked(reading, unit, start):
                continue  # 'Tech in room throughout: [ ] yes [ ] no'
            said = Said("presence", start, end, unit, "", reading.evidence(start, end))
            if (
                ticked(reading, unit, start, start) is not False
                and (never or not _answer(reading, unit, BLANK))
                and not customary(reading, said)
            ):
                return (said,)
    return ()


def _relative(text: str, named: Named) -> Iterator[tuple[int, int]]:
    """Clauses that begin with the name that 'who' stands for: 'in contact with Jo Fenn, CNIM, who was in your theatre throughout'."""
    for pattern, letter in named:
        for match in pattern.finditer(text) if letter == "K" else ():
            if _WHO.match(text, match.end()):
                end = _SENTENCE.search(text, match.end())
                yield match.start(), end.start() if end else len(text)


def listed_in_room(reading: Reading, cast: Cast) -> tuple[Said, ...]:
    """A statement under a heading over those who were in the room: 'Staff in the room', 'Jo Fenn, technologist, throughout.'"""
    named, heading = named_in(cast), vocabulary().regex("presence.heading-in-room")
    for unit in about_technologists(reading, cast):
        number = reading.index_of(unit)
        above = next((u for u in reversed(reading.units[:number]) if u.paragraph != unit.paragraph or u is not unit), None)
        if above is None or above.page != unit.page or heading.match(reading.unit_text(above)) is None:
            continue
        low, high = next(clauses(reading.unit_text(unit), SENTENCES))
        told = stays_throughout(f"{_PLACE}{reading.unit_text(unit)[low:high]}", named)
        said = Said(
            "presence", unit.start + low, unit.start + high, unit, "", reading.evidence(unit.start + low, unit.start + high)
        )
        if told is not None and not customary(reading, said):
            return (said,)
    return ()


def own_log_presence(reading: Reading, cast: Cast) -> tuple[Said, ...]:
    """A statement without a subject in a technologist's own log or sheet: 'Technologist's log (Jo Fenn, CNIM)', 'In OR the entire case.'"""
    words = vocabulary()
    bare, title, other = (words.regex(f"presence.{name}") for name in ("subjectless", "own-title", "heading"))
    named = named_in(cast)
    for unit, _ in reading.told(words.patterns["presence.subjectless"]):
        text = next((cell for cell in reading.unit_text(unit).split("\t") if bare.match(cell)), None)
        if unit.kind == "running" or text is None or open_question(reading, unit):
            continue
        for above in reversed(reading.units[: reading.index_of(unit)]):
            line = reading.unit_text(above)
            if above.page != unit.page or other.match(line):
                break
            if len(line) <= _TITLE and title.search(line):
                told = stays_throughout(f"{_SUBJECT}{text}", [*named, *initialled(cast)])
                said = Said("presence", unit.start, unit.end, unit, "", reading.evidence(unit.start, unit.end))
                if told is not None and not customary(reading, said):
                    return (said,)
                break
    return ()


_WHO = re.compile(
    r"[^;.\t\n]{0,6}(?:(?:R\.\s?)?(?:EEG|EP|NCS)\.?\s?T\.?|CNIM|CLTM|C N I M)?[^;\t\n\w]{0,3}(?:\bCNIM\W{1,3})?\bwho\b"
)
_SENTENCE = re.compile(r"[;|\t]|\.\s+(?=[A-Z])|\.\s*$|$")
_PLACE = "In the room: "
"""What the heading over those who were in the room says of each."""
_SUBJECT = "The technologist was "
"""What a statement without a subject leaves out in a technologist's own paper."""
_TITLE = 90
"""Characters of the longest title of a log or sheet."""


def answered_no(reading: Reading, unit: Unit) -> bool:
    """Whether a line ends with a no to what it asks, in words or by its box: 'in OR throughout: [ ] Yes [x] No'."""
    return _NO.search(only_ticked(reading.unit_text(unit))) is not None


def yes_but(reading: Reading, unit: Unit) -> bool:
    """Whether a question is answered with a yes that takes a part out: 'In the room all the time?' over 'Yes, but for lunch.'"""
    if reading.text[unit.end - 1] != "?":
        return False
    text = reading.unit_text(unit)
    return vocabulary().regex("presence.yes-but").match(asked(reading, unit).text[len(text) :]) is not None


def _answer(reading: Reading, unit: Unit, words: re.Pattern[str]) -> bool:
    """Whether the statement asks by a mark, and such words stand behind the last."""
    text = reading.unit_text(unit)
    asks = max(text.rfind(mark) for mark in ":=\t")
    return asks >= 0 and words.match(text, asks + 1) is not None


def _unticked(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether the boxes behind words at `at` say no or nothing: 'Tech in room throughout: [ ] yes [ ] no'."""
    box = BOX.search(reading.text, at, unit.end)
    return box is not None and answer_behind(reading, unit, box.start()) in ("no", "blank")


def wrapped(reading: Reading, unit: Unit) -> str:
    """A statement, with the next line where it goes on there: 'Technologist: Jo Fenn, in OR 6 without a / break'."""
    text = reading.text
    if text[unit.end : unit.end + 2].strip()[:1].islower() and text[unit.end - 1] not in ".?!:":
        after = next((other for other in reading.units[reading.index_of(unit) + 1 :][:1] if other.page == unit.page), None)
        if after is not None and not _KEY.match(reading.unit_text(after)):
            return text[unit.start : after.end]
    return text[unit.start : unit.end]


def _with_answer(reading: Reading, unit: Unit) -> str:
    """A statement with what it goes on with in the next line; a question with what answers it on its line or the line below."""
    if not reading.unit_text(unit).rstrip().endswith("?"):
        return wrapped(reading, unit)
    return asked(reading, unit).text.replace("\n", " ")


def _given_names(cast: Cast) -> list[str]:
    """Given names of the technologists that nobody else of the case has: 'Marisol in the room start to finish'."""
    others = {word for p in (*cast.surgeons, *cast.anesthesia, *cast.professionals, *cast.assistants) for word in p.name.split()}
    given = (p.name.split()[0] for p in cast.technologists if len(p.name.split()) > 1 and "," not in p.name)
    return [name for name in given if len(name) > 2 and name.isalpha() and name not in others]


def about_technologists(reading: Reading, cast: Cast, *, logged: bool = False) -> Iterator[Unit]:
    """Statements that name a technologist, in order of place; entries of a log only if they are wanted."""
    names = [*(p.name for p in cast.technologists), *_given_names(cast)]
    places = [
        *_named_at(reading.text, tuple(names)),
        *(m.start() for by, _ in (*initialled(cast), *(user_names(cast) if logged else ())) for m in by.finditer(reading.text)),
    ]
    units = {unit.start: unit for place in places if (unit := reading.unit_at(place)) is not None}
    for _, unit in sorted(units.items()):
        if unit.kind != "running" and unit.end - unit.start <= _LONGEST and (logged or not _logged(reading.unit_text(unit))):
            yield unit


@functools.lru_cache(maxsize=2)
def _named_at(text: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """Where a technologist is named in a text, by role or by name."""
    patterns = (*map(vocabulary().regex, ("presence.technologist", "presence.runs")), *map(person_named, names))
    return tuple([match.start() for pattern in patterns for match in pattern.finditer(text)])


def _logged(text: str) -> bool:
    """Whether a statement is an entry of a log; a header with times to the second among its labels is none."""
    return LOG_ENTRY.match(text) is not None and not _LABELLED.match(text)


def answered_presence(reading: Reading) -> tuple[Said, ...]:
    """What stands with a label, if it says the whole case, in any layout: 'In-OR technical coverage: uninterrupted'."""
    words, text = vocabulary(), reading.text
    whole, cells = words.regex("presence.whole"), None
    for unit, match in reading.told(words.patterns["presence.label"]):
        if words.regex("presence.not-told").search(reading.unit_text(unit)) or yes_but(reading, unit):
            continue
        cells = cells or Cells(text)
        ends = cells

        def value(low: int, high: int, ends: Cells = ends) -> tuple[int, int] | None:
            stop = max(high, ends.at(low).end) if low < len(text) else high
            found = whole.match(text[low:stop])
            return (low, low + found.end()) if found else None

        if told := beside(cells, match.start(), match.end(), value):
            low, high = min(match.start(), told[0]), max(match.end(), told[1])
            if ticked(reading, unit, low, low) is False or _answer(reading, unit, _NOTHING_OR_NO) or answered_no(reading, unit):
                continue
            word = past(_BEFORE_WORD, text, told[0])
            below = reading.unit_at(word) or unit
            if below is not unit and ticked(reading, below, word, word) is False:
                continue  # 'Technologist in the operating room?' over '[ ] all the time [X] part of the time'
            asks = low + len(text[low:high].rstrip("? \t\n"))
            if _unticked(reading, unit, low) or answer_behind(reading, unit, asks) in ("no", "blank"):
                continue
            said = Said("presence", low, high, unit, "", reading.evidence(low, high))
            if not customary(reading, said):
                return (said,)
    return ()
