"""What a form or a table states where it asks for the professional's other cases, or counts them: 'Others watched: ☒ none ☐ one'.

A question is known by the things it names (`patterns/caseload.toml`): cases and at once, others, a number, exclusive attention, sharing.
Its answer is a number, yes or no, rooms by number, or the words of a ticked box. Sentences are taken by `caseload.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ionm_notes.read.answers import BLANK
from ionm_notes.read.boxes import BOX, only_ticked
from ionm_notes.read.caseload import Caseload, Named, as_letters, caseload, names_patient
from ionm_notes.read.clause_cuts import clauses
from ionm_notes.read.expression import blank, expression
from ionm_notes.read.messages import user_name, words_of
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.things import HUMP
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 400
"""Characters of the longest statement that is taken thing by thing."""
_SIGN = re.compile(r"[:?=\t|☐☒☑\[]|\(\s?[xX]?\s{0,3}\)|(?<=[\w)])\s+[-–—]\s+(?=\w)")
_BARE_SIGN = expression(
    r"(?<=\w)(?<!\bOR)(?<!\bOT)(?<!\broom)(?<!\brm)(?<!\btheatre)(?<!\btheater)(?<!\bsuite)\s+(?=(?:\d|[YN]|yes|no|none|nil|x\s?\d|n\s?=\s?\d)\W*$)"
)
"""The end of a label that is parted from its answer by a space alone: 'excl y', 'maxSimultaneousSessions 1'."""
_LABEL = 90
"""Characters of the longest label of a form."""
_MANY_CASES = re.compile(
    r"\b(?:cases|patients|pts|rooms|rms|operations|screens|feeds|streams|sessions|encounters|theat(?:re|er)s|ORs|lists|case\s?load)\b",
    re.I,
)
_CHOICE = 12
"""Characters of the longest choice that stands before its box."""
_LOWEST = re.compile(
    r"\A\W*[xX]?\W*(?:1|one|this(?:\s+(?:one|case|patient))?)\b(?=.*(?:\b2\b|\btwo\b))(?!.*\b(?:0|none|nil|zero)\b)", re.I | re.S
)
"""The choices of a form that begin with one and go on to two."""
_BESIDE_THIS = re.compile(r"\b(?:conc|concurr\w*|simul\w*|overlapping|parallel)\b", re.I)
_THIS_ONE = re.compile(
    r"\bthis\s+(?:one|case|patient)\b[^:]{0,12}\b(?:incl\w*|counted|too)\b|\bincl(?:uding|\.)?\s+this\b|\bincluded\b", re.I
)
_CLOCK = expression(r"^\s*\[[A-Z][A-Z ]+\]|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)", cased=True)
"""What no sign of a form is in: the mark of who wrote a line, and clock times."""
_WIDE_SPACE = re.compile(r"\t(?=(?:of|for|by|with|at|in|during)\b[^\t:]{0,40}:)", re.I)
"""A wide space within a label, taken for the edge of a cell: 'Concurrent cases   of the reader: nil'."""
_RATIO = expression(r"(?<![\d:])1\s?:\s?(\d)(?![\d:])", cased=True)
_IN_A_YEAR = re.compile(r"\b(?:per|a|this|last|each)\s+(?:week|month|year|quarter)\b|\b(?:week|month|annual|year)ly\b", re.I)
_OPERATIONS = re.compile(r"\b(?:procedures?|operations?|surger(?:y|ies))\b", re.I)
_NUMBERS = {
    "none": 0,
    "no": 0,
    "n": 0,
    "nil": 0,
    "zero": 0,
    "0": 0,
    "false": 0,
    "negative": 0,
    "never": 0,
    "nope": 0,
    "nah": 0,
    "nobody": 0,
    "nothing": 0,
    "1": 1,
    "this": 1,
    "single": 1,
    "only": 1,
    "sole": 1,
    "just": 1,
    "ours": 1,
    "several": 3,
    "multiple": 3,
    "both": 2,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    "6": 6,
    "7": 7,
    "8": 8,
    "more": 3,
    "many": 3,
    "yes": 2,
    "y": 2,
    "true": 2,
    "present": 2,
    "positive": 2,
    "yep": 2,
    "yeah": 2,
    "yup": 2,
    "checked": 2,
    "ticked": 2,
    "confirmed": 2,
    "affirmed": 2,
    "attested": 2,
    "agreed": 2,
} | NUMBERS
_YES = frozenset(("yes", "y", "true", "positive", "present", "checked", "ticked", "confirmed", "affirmed", "attested", "agreed"))
_NO = frozenset(("no", "n", "none", "false", "negative", "never", "nil"))
_ANSWER_WORD = re.compile(
    r"\W*(?:(?:case\s+)?(?:was|were|is)\s+)?(?:the\s+|a\s+|only\s+(?=one|1)|just\s+(?=one|1)|x\s?(?=\d)|n\s?=\s?(?=\d))?(?P<word>[a-z]+|\d)(?!\w)",
    re.I,
)
_WITH_MORE = re.compile(
    r"\bthis\b[^;\n]{0,24}(?:(?:\+|\bplus\b|\band\b|&)\s*(?:\d|one|two|three|another|others?)|(?:\+|\bplus\b)\s*\w)"
    r"|\bthis\b[^\n]{0,24}?[;,]\s*(?:and\s+)?(?:\d|one|two|three|four|several|a\s+few)\s+(?:more|others?|further|additional|elsewhere|rooms|cases|patients)\b",
    re.I,
)
"""'this + 2 at another facility', 'this patient, plus OR 9', 'this one; two more'."""

_QUESTIONS = re.compile(r"(?<=[.;])\s+(?=[A-Z][\w ]+:|[\[☐☒☑])|\t(?=[^\W\d_][\w ]+(?::|\s[\[(☐☒☑]))")
"""Where the next question of a line begins: 'Place: [x] remote. Other cases: [x] 0 [ ] 1'."""

_LAST_ASKED = re.compile(r"(?<=[.;])\s+(?=[A-Z][\w ’'-]+:\s)")
"""Where the one question of a statement begins, behind sentences that are none."""

_NEXT_QUESTION = r"\t(?!\s*[\[(☐☒☑])"
"""Where a cell begins that is no further choice of the question before it."""
_OF_THIS_CASE = re.compile(
    r"\W*(?:(?:1|one)\W{1,3}(?:only\W{1,2})?(?:this|ours|the\s+present)\b|(?:\d\W{0,3})?this\s+(?:one|case|patient|pt|room)\b(?=\W{1,3}(?:\+|plus\b))"
    r"|\d\W{1,3}this\b(?=[^;\n]{0,16}(?:\+|\bplus\b|\band\b)))",
    re.I,
)
"""An answer that counts this case: 'Encounters joined in the interval: 1 (this one)', 'assigned: 3 (this pt + 2)'."""
_LABELS = re.compile(r"(?<=[\w.)])\s+(?=[A-Z][\w'’ /]{2,40}:\s{2,}\S)|(?<=:)\s+(?=[A-Z][\w'’ ]{2,80}[:=]\s*[\[\d])")
"""Where the next label of a form begins on a line that was read as a sentence: 'Place:    OR 4, in person Cases followed:    1'."""
_PATIENTS = re.compile(r"TC(?:[;,]\.{1,3})*")
"""This patient's name, and those of others behind it, as letters."""
_ROOMS = re.compile(r"\s*(?:[,+&;]|\band\b)\s*")
_ROOM = re.compile(
    r"\W*(?:(?:[A-Z][\w.’']+\s){0,2}(?:OR|OT|[Rr]oom|[Rr]m|[Tt]heat(?:re|er)|[Ss]uite)\s?#?|(?:[A-Z][\w.’']+\s){1,2})\d{1,2}\W*$"
)
"""A room by its number: 'OR 6', 'Mercy 2'."""
Kind = Literal["others", "all", "alone", "divided", "way"]


def asked(text: str, named: Named = ()) -> Caseload | None:
    """What a form states where it asks for other cases or for their number: 'Others watched meanwhile: ☒ none ☐ one'."""
    text = _WIDE_SPACE.sub(" ", _CLOCK.sub(blank, text))
    sign = _SIGN.search(_RATIO.sub(blank, text)) or _BARE_SIGN.search(text)
    if sign is None or sign.start() > _LABEL or _IN_A_YEAR.search(text, 0, sign.start()):
        return None
    label, value = text[: sign.start()], text[sign.start() :].lstrip(":?=\t|–— ").removeprefix("- ")
    chosen = _chosen(value)
    if (
        chosen is None
        or BLANK.match(chosen)
        or not label.strip()
        or not (_answers(chosen) or _way(label, chosen) or vocabulary().regex("caseload.numbered").fullmatch(chosen))
        or vocabulary().regex("caseload.another-matter").search(label)
    ):
        return None
    letters, _ = as_letters(HUMP.sub(" ", label), named)
    if "P" in letters and "K" not in letters and _of_rooms(label) and all(map(_ROOM.match, rooms := _ROOMS.split(chosen))):
        return Caseload("exclusive" if len(rooms) == 1 else "shared", 0, len(text.rstrip()))
    if "K" not in letters and "P" in letters and {"J", "Q"} & set(letters) and names_patient(chosen, named):
        listed = as_letters(chosen.rstrip(" .;"), named)[0]
        if _PATIENTS.fullmatch(listed):
            return Caseload("shared" if len(listed) > len("TC") else "exclusive", 0, len(text.rstrip()))
    kind = _kind(letters, label)
    if kind is None and "K" not in letters and {"C", "A", "Q", "J"} & set(letters) and _OF_THIS_CASE.match(chosen):
        kind = "all"
    if kind is None:
        return None
    if vocabulary().regex("caseload.numbered").fullmatch(chosen):
        several = kind == "others" or (kind == "all" and len(_ROOMS.split(chosen)) > 1)
        return Caseload("shared", 0, len(text.rstrip())) if several else None
    rooms = _ROOMS.split(_ASIDE.sub("", chosen).rstrip(" ."))
    if kind == "all" and len(rooms) > 1 and all(map(_ROOM.match, rooms)):
        return Caseload("shared", 0, len(text.rstrip()))  # 'Cases under oversight: OR 3 (this patient), OR 7, OR 9'
    alone = _answered(
        kind, letters, label, chosen, fewest_is_one=BOX.search(value) is not None and _LOWEST.search(value) is not None
    )
    return None if alone is None else Caseload("exclusive" if alone else "shared", 0, len(text.rstrip()))


_ASIDE = re.compile(r"\s*\([^()]*\)")


def _of_rooms(label: str) -> bool:
    """Whether a label asks for the rooms of a reader, or for the load."""
    return _ROOMS_OF.search(label) is not None or vocabulary().regex("caseload.asked-load").search(label) is not None


_ROOMS_OF = re.compile(r"\b(?:rooms|rms|theat(?:re|er)s|suites|ORs)\b", re.I)


def _way(label: str, value: str) -> bool:
    """Whether a form asks in which way the professional attended, and says one case or several: 'Attention mode: SINGLE'."""
    words = vocabulary()
    ways = (words.regex(f"caseload.choice-{way}") for way in ("sole", "shared"))
    return words.regex("caseload.asked-way").search(label) is not None and any(way.match(value) for way in ways)


def _kind(letters: str, label: str) -> Kind | None:
    """What a label asks for: other cases, the number of all, whether there was one alone, or whether attention was shared."""
    things = set(letters)
    if "K" in things or "MQ" in letters:
        return None  # 'office, 2 screens' counts no cases
    if vocabulary().regex("caseload.asked-way").search(label):
        return "way"
    if vocabulary().regex("caseload.asked-sharing").search(label) and things & {"a", "P", "A", "m"} and "N" not in things:
        return "divided"
    if vocabulary().regex("caseload.asked-sole").search(label) and not things & {"O", "S", "N", "#"}:
        return "alone"
    if things & {"N"}:
        return None
    if vocabulary().regex("caseload.asked-load").search(label):
        return "all"
    if "Z" in things and things & {"C", "Q", "J"}:
        return "others"  # 'More than one case during this time?'
    of_others, several = "O" in things, _MANY_CASES.search(label) is not None
    at_once = "S" in things or (several and not {"#", "Q", "J", "A", "P"}.isdisjoint(things))
    by_name = not {"C", "Q", "J", "a", "G"}.isdisjoint(things) or (of_others and bool({"A", "q"} & things))
    if vocabulary().regex("caseload.asked-concurrency").search(label):
        return "others"
    if not by_name or not (of_others or at_once):
        return None
    if _OPERATIONS.search(label) and "S" not in things and not {"A", "P"} & things:
        return None
    return "others" if of_others or ("S" in things and not several and "#" not in things) else "all"


def _chosen(value: str) -> str | None:
    """The answer: what stands behind the label, or behind the one box that is ticked; None where several are or none is."""
    boxes = list(BOX.finditer(value))
    if not boxes:
        return value
    on = [box for box in boxes if box["on"]]
    if len(on) != 1:
        return None
    if (before := value[: boxes[0].start()].strip(" \t:")) and len(before) <= _CHOICE and not value[boxes[-1].end() :].strip():
        ahead = max((box.end() for box in boxes if box.end() <= on[0].start()), default=0)  # 'Yes [ ]  No [x]'
        return value[ahead : on[0].start()].strip(" \t:")
    behind = next((box.start() for box in boxes if box.start() >= on[0].end()), len(value))
    return value[on[0].end() : behind]


def _answers(value: str) -> bool:
    """Whether a value begins like an answer: a number, yes or no, 'this', or rooms by number."""
    word = _ANSWER_WORD.match(value.lstrip("("))
    return (word is not None and word["word"].lower() in _NUMBERS) or vocabulary().regex("caseload.numbered-room").match(
        value
    ) is not None


def _answered(kind: Kind, letters: str, label: str, value: str, *, fewest_is_one: bool = False) -> bool | None:
    """Whether the answer says that there was this case alone; None where it says neither.

    `fewest_is_one`: the form offers one, two and more, and not none, so that one is this case.
    """
    word = _ANSWER_WORD.match(value.lstrip("("))
    said = word["word"].lower() if word else ""
    if kind in ("alone", "divided"):
        if said not in _YES | _NO:
            return None
        return (said in _YES) == (kind == "alone")
    if kind == "way":
        sole, shared = (vocabulary().regex(f"caseload.choice-{way}").match(value) for way in ("sole", "shared"))
        return None if (sole is None) == (shared is None) else sole is not None
    if _WITH_MORE.search(value) or (kind == "others" and vocabulary().regex("caseload.numbered-room").match(value)):
        return False
    counted = re.search(r"\bn\s?=\s?(\d)\b|\(x\s?(\d)\)", value, re.I)
    number = int(counted[1] or counted[2]) if counted else _NUMBERS.get(said)
    if number is None or word is None:
        return None
    if said in _YES and not counted:
        number = 2
        if kind == "all" and "S" not in letters:
            return None
    counts_this = (
        (fewest_is_one and "#" in letters and "O" not in letters)
        or _THIS_ONE.search(label) is not None
        or said == "this"
        or re.search(r"\bthis\b", value, re.I) is not None
    )
    more = vocabulary().regex("caseload.one-more").match(value.lstrip("("), word.end())
    if number == 1 and not counts_this and ((kind == "others" and "O" in letters) or more):
        number = 2  # one other case
    together = _BESIDE_THIS.search(label) is not None and vocabulary().regex("caseload.all-at-once").search(label) is None
    if number == 1 and together and not counts_this and not re.search(r"\bmax", label, re.I):
        return None  # 'Simultaneous cases: 1' may mean this one, or one more
    if number == 0 and not (kind == "others" or "S" in letters):
        return None
    return number < 2


_PARTS = r"[\t;|]|,(?=\s*conc|\s*(?:\w+\s)?load\s*[:=]?\s*\d\W*$)"
"""Marks between clauses; 'remote, concurrency n = 3' and 'attached, desk load 3' have two."""
_WORTH = expression(
    r"\b(?:only|other|others|another|else|elsewhere|second|third|fourth|additional|further|more|no|none|not|never|nobody|nothing|neither|nor|nil|zero|without|sole|solely|alone|just|"
    r"single|(?:wall|desk|board|screens?)\s?:|exclusiv\w*|excl|undivided|full|entire|whole|wholly|entirely|dedicated|one|two|three|four|five|several|multiple|both|conc\w*|simul\w*|number|count|"
    r"also|too|as\s+well|same\s+time|parallel|us|all\s+(?:I|he|she|yours|ours|eyes)|shared|divided|split|any|confined|restricted|limited|juggl\w*|flit\w*|toggl\w*|alternat\w*|alongside|next\s+to|apportion\w*|\w+-(?:booked|tasked)|bunch|overlapping|over|beside|besides|"
    r"\w+n.t|(?:case|work)?-?load|x?[2-9]|1|max\w*|caseload|how\s+many)(?![^\W_])|ExclusiveAtt|[Cc]oncurren|[Ss]imultan"
)
"""Without one of these words a statement says nothing of other cases; most statements end here."""


def stated_caseloads(reading: Reading, cast: Cast, named: Named) -> Iterator[Said]:
    """What every statement of a document says of the professional's other cases."""
    words = vocabulary()
    heading: list[str] = []
    question = ""
    for unit in reading.units:
        if unit.kind == "running" or unit.end - unit.start > _LONGEST:
            continue
        if question and (answer := _answered_by_writer(reading, unit, cast, question, named)) is not None:
            yield _said(reading, unit, answer)
            question = ""
            continue
        question = _question(reading, unit, cast) if reading.text[unit.end - 1] == "?" else ""
        heading, counted = _below(reading, unit, heading, cast)
        if counted is not None:
            yield _said(reading, unit, counted)
            continue
        if not _WORTH.search(reading.text, unit.start, unit.end):
            continue
        text = reading.unit_text(unit)
        begin = words_of(text, cast.professionals) if unit.kind == "row" else None
        speaks = words.regex("caseload.named").search(text) is not None
        if begin is None and speaks and (cell := _WRITER.match(text)) and as_letters(cell["who"], named)[0] == "P":
            begin = cell.end()
        told = (
            _told_by_writer(text, begin, named) if begin is not None else _quoted(text, named) or _keyed(unit, text, cast, named)
        )
        if told or speaks or (_OF_NAME.search(text) and names_patient(text, named)):
            found = told or list(_told(_with_answer(reading, unit, text), named))
            if found and unit.kind == "row" and words_of(text, (*cast.technologists, *cast.surgeons)) is not None:
                continue  # 'Ortiz: I'm only on this room today' is said by somebody else
            yield from (_said(reading, unit, one) for one in found)


_WRITER = re.compile(r"[^\t]*\d[^\t]*\t(?P<who>[^\t\d]{2,28})\t(?=[^\t]+$)")
"""The second of three cells of a log, which may say who wrote the entry."""
_OF_NAME = expression(r"\b(?:only|alone|all|just|solely|nobody|besides?|and)\b")
"""Without one of these words a name says nothing of how many there were."""


def _told_by_writer(text: str, begin: int, named: Named) -> list[Caseload]:
    """What the sentences of a professional's own message say, of which the writer is the subject: 'only you today'."""
    found = []
    words = vocabulary()
    for low, high in clauses(text[begin:], r"[.;!?](?=\s|$)|[\t|]"):
        clause = text[begin + low : begin + high]
        counted = asked(clause, named) if "=" in clause or ":" in clause else None
        one = (
            counted or _chatted(clause) or caseload(clause, named, by_writer=True)
        )  # 'OTHER_VIEWERS_OPEN=0' is no 'other viewers'
        if one is not None and not words.regex("caseload.writer-until").search(clause):
            found.append(Caseload(one.what, begin + low + one.start, begin + low + one.end))
    return found


def _chatted(clause: str) -> Caseload | None:
    """What a clause of a professional's own message says in the words of a chat: 'just you', 'still had both'."""
    words = vocabulary()
    found = {
        what: match
        for what, name in (("exclusive", "alone"), ("shared", "shared"))
        if (match := words.regex(f"caseload.writer-{name}").search(clause)) is not None
    }
    if len(found) != 1 or words.regex("caseload.writer-other-time").search(clause):
        return None
    what, match = found.popitem()
    return Caseload("exclusive" if what == "exclusive" else "shared", *match.span())


def _quoted(text: str, named: Named) -> list[Caseload]:
    """What words that an entry quotes of the professional say to the room."""
    found = []
    for quoted in vocabulary().regex("caseload.quoted").finditer(text) if '"' in text or "“" in text else ():
        one = caseload(quoted["words"], named, by_writer=True) if as_letters(quoted["who"], named)[0].endswith("P") else None
        if one is not None:
            low = quoted.start("words")
            found.append(Caseload(one.what, low + one.start, low + one.end))
    return found


_KEY = re.compile(r"""(?P<key>[^=\t|;]{2,60})=\s?(?:"[^"]*"|[^\s=;|]+)""")


def _keyed(unit: Unit, text: str, cast: Cast, named: Named) -> list[Caseload]:
    """What the keys of a program's entry count, each with its value: 'ahale attached view=live open_cases_this_user=1'."""
    if ('":' in text or '="' in text) and max(text.count('":'), text.count('="')) >= _KEYS:
        if any(user_name(p.name).search(text) for p in cast.technologists):
            return []
        pairs = (match for form in (_JSON_KEY, _XML_KEY) for match in form.finditer(text))
        told = [(key, asked(f"{key['key']}: {key['value']}", named)) for key in pairs]
        return [Caseload(one.what, *key.span()) for key, one in told if one is not None]
    if unit.kind != "row" or text.count("=") < _KEYS or any(user_name(p.name).search(text) for p in cast.technologists):
        return []
    keys = ((key, asked(key.group().strip(), named)) for key in _KEY.finditer(text) if _MANY_CASES.search(key["key"]))
    return [Caseload(one.what, *key.span()) for key, one in keys if one is not None]


_JSON_KEY = re.compile(r"""["'](?P<key>[A-Za-z][\w. -]{2,40})["']\s?:\s?["']?(?P<value>\w{1,12})["']?(?=\s?[,}\]])""")
"""'"max_parallel_cases":1'."""
_XML_KEY = re.compile(r"""(?<![\w.-])(?P<key>[A-Za-z][\w.-]{2,40})=["'](?P<value>\w{1,12})["']""")
"""'otherCases="0"'."""
_KEYS = 2
"""Keys from which on an entry is a program's."""
_LAST_SIGN = re.compile(r".*[:\t>|]\s*", re.S)


def _question(reading: Reading, unit: Unit, cast: Cast) -> str:
    """What somebody else than the professional asks in a message, '' where nothing is asked: 'are you on other cases?'."""
    if unit.kind != "row" or reading.text[unit.end - 1] != "?" or not _WORTH.search(reading.text, unit.start, unit.end):
        return ""
    text = reading.unit_text(unit)
    return "" if words_of(text, cast.professionals) is not None else _LAST_SIGN.sub("", text).rstrip("?")


def _answered_by_writer(reading: Reading, unit: Unit, cast: Cast, question: str, named: Named) -> Caseload | None:
    """What the professional's message says in answer to a question about other cases: 'nope', 'yes, two'."""
    text = reading.unit_text(unit)
    begin = words_of(text, cast.professionals) if unit.kind == "row" else None
    if begin is not None and vocabulary().regex("caseload.how-many").search(question):
        question = "Number of patients at once"
    found = None if begin is None else asked(f"{question}: {text[begin:]}", named)
    return None if found is None else Caseload(found.what, begin or 0, len(text.rstrip()))


def _below(reading: Reading, unit: Unit, heading: list[str], cast: Cast) -> tuple[list[str], Caseload | None]:
    """The heading of the table that a unit stands in, and what the row of a professional says below the name of a column.

    'Reader | Seat | Patients open' over 'Ada Hale, MD | Offsite | 1 (this case)'.
    """
    if unit.kind != "row":
        return [], None
    cells = reading.unit_text(unit).split("\t")
    words, low = vocabulary().regex("ledger.cases"), reading.lower[unit.start : unit.end]
    if len(cells) > 2 and not any(letter.isdigit() for letter in low) and any(words.search(cell.strip()) for cell in cells):
        return cells, None
    if len(cells) != len(heading) or not any(surname(person.name) in low for person in cast.professionals):
        return heading, None
    columns = [(name.strip(), cell.strip()) for name, cell in zip(heading, cells, strict=True) if words.search(name.strip())]
    found = next(filter(None, (asked(f"{name}\t{cell}") for name, cell in columns)), None)
    return heading, None if found is None else Caseload(found.what, 0, len(reading.unit_text(unit).rstrip()))


def _with_answer(reading: Reading, unit: Unit, text: str) -> str:
    """A question with the answer that stands behind it on its line, which ends no sentence of its own, or on the line below."""
    if not text.rstrip().endswith("?"):
        return text
    end = reading.text.find("\n", unit.end)
    if end >= 0 and not reading.text[unit.end : end].strip():
        end = reading.text.find("\n", end + 1)
    return text + reading.text[unit.end : len(reading.text) if end < 0 else end].replace("\n", " ")


def _told(text: str, named: Named) -> Iterator[Caseload]:
    """What a statement, a row or one of its cells says; the offsets are those of the statement."""
    if (whole := asked(text, named)) is not None:
        yield whole
        return
    if "; " in text and (none := vocabulary().regex("caseload.none-came").search(text)) is not None:
        yield Caseload("exclusive", *none.span("none"))
        return
    if (ticked := _ticked_words(text)) is not None:
        yield ticked
        return
    if (chosen := _ticked_cell(text)) is not None:
        yield chosen
        return
    if (chosen := _ticked_pair(text, named)) is not None:
        yield chosen
        return
    boxes = list(BOX.finditer(text))
    for low, high in clauses(text, _NEXT_QUESTION) if boxes and "\t" in text else ():
        if (one := asked(text[low:high], named)) is not None:  # 'Live: [X] yes [ ] no | Other cases: [X] none [ ] one'
            yield Caseload(one.what, low, high)
            return
    if boxes and sum(box["on"] is not None for box in boxes) != 1:
        return
    cells = list(clauses(text, _PARTS))
    in_row = "\t" in text and not BOX.search(text)
    for (low, _), (_, high) in pairwise(cells) if in_row else ():
        if (pair := asked(text[low:high], named)) is not None:  # 'rooms in her viewer | 3 | Blue Heron OR 2, ...'
            yield Caseload(pair.what, low, high)
            return
    for low, high in clauses(text, _LABELS) if not in_row and text.count(":") > 1 else ():
        if (one := asked(text[low:high], named)) is not None:
            yield Caseload(one.what, low, high)
            return
    for low, high in clauses(text, _LAST_ASKED) if not boxes and text.count(":") == 1 else ():
        if low and (one := asked(text[low:high], named)) is not None:
            yield Caseload(one.what, low, high)  # 'Live feed, chat. Cases beside his name on the board: one, this one.'
            return
    speaks = vocabulary().regex("caseload.named")
    ticked_only = only_ticked(text)
    for low, high in cells:
        spoken = len(cells) == 1 or speaks.search(text, low, high) is not None or names_patient(text[low:high], named)
        if len(cells) > 1 and not (spoken and _WORTH.search(text, low, high)):
            continue
        if in_row and text[low:high].isupper() and not text.isupper():
            continue  # 'CONTACT Two-way chat | OTHER CASES WATCHED': what a form asks, and nobody answered
        found = caseload(ticked_only[low:high], named) or (asked(text[low:high], named) if in_row or len(cells) > 1 else None)
        if found is not None:
            yield Caseload(found.what, low + found.start, low + found.end)


def _ticked_words(text: str) -> Caseload | None:
    """What the one ticked box of a choice between one case and several says: '[ ] one-on-one [x] multiple', '[X] shared reader'."""
    boxes = list(BOX.finditer(text))
    chosen = _chosen(text[boxes[0].start() :]) if boxes and not text[: boxes[0].start()].strip(" \t") else None
    if chosen is None:
        return None
    words = vocabulary()
    offered = words.regex("caseload.asked-sole").search(text) is not None
    if words.regex("caseload.choice-shared").match(chosen) and (offered or words.regex("caseload.asked-sharing").search(chosen)):
        return Caseload("shared", 0, len(text.rstrip()))
    return None


def _ticked_cell(text: str) -> Caseload | None:
    """A ticked cell of a row that says more than one case, whatever other boxes the row has: '[ ] this case only | [x] more than one: 2'."""
    words = vocabulary()
    for low, high in clauses(text, r"\t") if "\t" in text else ():
        box = BOX.match(text, low, high)
        if box is None or not box["on"] or not words.regex("caseload.case").search(text, box.end(), high):
            continue
        if words.regex("caseload.choice-shared").match(text, box.end(), high):
            return Caseload("shared", box.end(), high)
    return None


def _ticked_pair(text: str, named: Named) -> Caseload | None:
    """What a ticked box says beside an empty one of the other meaning, among whatever boxes: '[x] one patient [ ] more than one'."""
    boxes = list(BOX.finditer(text))
    if len(boxes) < 2 or "K" in as_letters(text[: boxes[0].start()], named)[0]:
        return None
    ends = [*(box.start() for box in boxes[1:]), len(text.rstrip())]
    choices = [(box["on"] is not None, box.end(), end) for box, end in zip(boxes, ends, strict=True)]
    words = vocabulary()

    def means(low: int, high: int) -> Literal["exclusive", "shared"] | None:
        sole, shared = (words.regex(f"caseload.choice-{way}").match(text, low, high) for way in ("sole", "shared"))
        return None if (sole is None) == (shared is None) else "exclusive" if sole else "shared"

    found = {
        (what, low, high)
        for one, other in pairwise(choices)
        for (on, low, high), (also, *place) in ((one, other), (other, one))
        if on and not also and (what := means(low, high)) and means(*place) not in (None, what)
    }
    if len(found) != 1 or not words.regex("caseload.case").search(text):
        return None
    what, low, high = found.pop()
    return Caseload(what, low, high)


def _said(reading: Reading, unit: Unit, found: Caseload) -> Said:
    low, high = unit.start + found.start, unit.start + found.end
    return Said(found.what, low, high, unit, "", reading.evidence(low, high))


_OFFERS = expression(r"[☐☒☑\[]|\b(?:case\s?load|cases?|patients?)\b[^\n]{0,60}[:=]\s*this\b")


def ticked_caseloads(reading: Reading, named: Named) -> Iterator[Said]:
    """Where a form offers numbers of cases with boxes, or adds others to this one: what its answer says."""
    if _OFFERS.search(reading.text) is None:
        return
    for unit in reading.units:
        if unit.kind == "running" or not _OFFERS.search(reading.text, unit.start, unit.end):
            continue
        text = reading.unit_text(unit)
        if not BOX.search(text) and not _WITH_MORE.search(text):
            continue
        if not _WORTH.search(text):
            continue
        found = asked(text, named) or next(filter(None, (asked(part, named) for part in _QUESTIONS.split(text)[1:])), None)
        if found is not None:
            yield _said(reading, unit, found)
