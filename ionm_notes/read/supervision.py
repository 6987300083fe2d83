"""How the professional attended: place, live or afterwards, exclusive or shared, in touch with the room or not.

Each statement is judged with its subject: what is said of the technologist, the patient or the surgeon is not said of
the professional. Empty check boxes state nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ionm_notes.read.answers import answer_behind, only_asked, open_question, without_answer
from ionm_notes.read.block import Blocks, blocks_of
from ionm_notes.read.boxes import BOX, boxes_behind_words, has_boxes, ticked
from ionm_notes.read.case_count import stated_caseloads, ticked_caseloads
from ionm_notes.read.caseload import Named, alone_otherwise, as_letters, named_people, of_another_matter
from ionm_notes.read.contact import answered_link
from ionm_notes.read.contact import of_another_matter as of_other_contact
from ionm_notes.read.denials import denied_at_head, denied_before
from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import words_of
from ionm_notes.read.names import lettered, standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.place import stated_places
from ionm_notes.read.presence import answered_no, yes_but
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said, customary, is_denied, of_another_case, part_around
from ionm_notes.read.slots import slots_in_use
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.subject import of_a_colleague, opens_with_technologist, subject_of, wrote_technologist
from ionm_notes.read.timing import timed
from ionm_notes.read.unnamed import without_subject
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import (
    another_matter,
    another_there,
    by_hands,
    in_letterhead,
    not_of_place,
    only_possible,
    with_whereabouts,
)


@dataclass(frozen=True, slots=True)
class Supervision:
    """All statements by kind."""

    modes: tuple[Said, ...]
    live: tuple[Said, ...]
    afterwards: tuple[Said, ...]
    exclusive: tuple[Said, ...]
    shared: tuple[Said, ...]
    communication: tuple[Said, ...]
    presence: tuple[Said, ...]
    operator: tuple[Said, ...]
    count: int | None


def _unchecked(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether the words at `at` stand beside an empty box."""
    return ticked(reading, unit, at, at) is False


def _unanswered(reading: Reading, unit: Unit, start: int, end: int) -> bool:
    """Whether words are what a form asks, with no or nothing behind them: 'Real-time review by reading MD: ___'."""
    if vocabulary().regex("supervision.of-all").search(reading.text, unit.start, start) and _CLOSED.match(
        reading.text, end, unit.end
    ):
        return False
    if _LEFT_OPEN.match(reading.text, end, unit.end):
        return True
    if vocabulary().regex("supervision.asks-next").match(reading.text, end, unit.end):
        return False  # 'live view on, other open cases: 0' answers how many cases, not whether it was live
    if reading.text[end : end + 1] == "\t" and _BEHIND_HOURS.match(reading.text, unit.start, start):
        return False  # 'Hale | 8:21 | 12:30 | remote, live feed | none': the last cell answers the heading of its own column
    asked = answer_behind(reading, unit, end) in ("no", "blank") or (
        answer_behind(reading, unit, start) == "blank"  # the words reach over the mark that asks
    )
    return asked and not _in_ticked_choice(reading, unit, start)


def _in_ticked_choice(reading: Reading, unit: Unit, at: int) -> bool:
    """Whether words stand in a choice whose box is ticked: 'live link' of '[x] off site, live link  [ ] none'."""
    boxes = list(BOX.finditer(reading.text, unit.start, at)) if has_boxes(reading.text) else []
    if not boxes or boxes_behind_words(reading.unit_text(unit)):
        return False
    return boxes[-1]["on"] is not None and not _ASKS.search(reading.text[boxes[-1].end() : at])


_ASKS = re.compile(r"[:?=\n\t]")
_CELL_OF_TIME = r"[ ]*\d{1,2}[:.h]?\d\d(?:[:.]\d\d)?[ ]?(?:[ap]\.?m?\.?|hrs?|h)?[ ]*"
_BEHIND_HOURS = expression(rf"[^\t\n]*\D[^\t\n]*\t(?:[^\t\n]*\t)?{_CELL_OF_TIME}\t{_CELL_OF_TIME}\t")
"""The cells of somebody's row in a table up to the two that hold the hours."""


def _asked_beside(reading: Reading, unit: Unit, start: int, end: int) -> bool:
    """Whether words begin a question of their own in a form's row, answered yes: 'Tech: Ana Ruiz | Live view: [X] yes'."""
    before, edge, own = reading.text[unit.start : start].rpartition("\t")
    return bool(edge and before and not own.strip()) and answer_behind(reading, unit, end) == "yes"


_LEFT_OPEN = re.compile(r"[^.;:\t\n_]{0,40}(?:_{2,}|\.{4,})[^\w\t\n]*(?:$|[\t\n])")
"""The rest of a question with a line to write on, and nothing on it: 'Other cases at same time ______'."""
_CLOSED = re.compile(r"[^()\n]{0,90}\)\s*:\s*$")
"""'Readers (all remote):' over a list of them: what the brackets hold is said of everybody below, and not asked."""


def read_supervision(reading: Reading, fields: Fields, cast: Cast, patients: tuple[str, ...] = ()) -> Supervision:
    """Every statement about how the professional attended, and the technologist's presence; `patients`: what the patient is called."""
    words = vocabulary()

    def collect(name: str, what: str, subjects: tuple[str, ...], *, negatable: bool = True, answered: bool = True) -> list[Said]:
        """Statements of one kind; `answered`: a question of a form counts only where its answer is not no."""
        out: list[Said] = []
        for match in reading.matches(words.patterns[name]):
            unit = reading.unit_at(match.start())
            if unit is None or match.start() == match.end() or _unchecked(reading, unit, match.start()):
                continue
            if unit.kind == "running" and what not in ("communication",):
                continue
            begin = match.start() + len(match.group()) - len(match.group().lstrip())
            if negatable and denied_before(reading.text, begin, unit.start):
                continue
            if answered and _unanswered(reading, unit, match.start(), match.end()):
                continue
            role, who = subject_of(reading, unit, match.start(), cast, fields)
            if what == "live" and role == "technologist" and _asked_beside(reading, unit, match.start(), match.end()):
                role, who = "", ""
            if role not in subjects or open_question(reading, unit):
                continue
            low = max(unit.start, match.start() - 50)
            high = min(unit.end, match.end() + 40)
            out.append(Said(what, match.start(), match.end(), unit, who, reading.evidence(*_whole_words(reading, low, high))))
        return out

    anyone = ("professional", "technologist", "other", "")
    loose = ("professional", "")
    modes = collect("mode.remote", "remote", ("professional", ""))
    near = collect("mode.nearby", "nearby", loose)
    # 'in the surgical suite, but not in the room' and 'just outside the operating room' are no places in the room.
    modes += near + [
        m
        for m in collect("mode.in_room", "in_room", loose)
        if _of_professional(reading, m, fields, cast) and not any(n.start < m.end and m.start < n.end for n in near)
    ]
    setting = vocabulary().regex("place.of-service")
    modes = [m for m in modes if not only_asked(reading, m.unit, m.end)]
    modes = [m for m in modes if not setting.search(reading.text, _line_of(reading, m), m.start)]
    modes = [
        m
        for m in modes
        if not (not_of_place(reading, m) or in_letterhead(reading, m) or another_matter(reading, m.unit, m.start, m.end))
    ]
    modes = [m for m in modes if m.what != "in_room" or m.who or not by_hands(reading, m.unit, m.start)]
    modes = _with_fields(reading, blocks_of(reading, fields, cast), modes)
    modes = [m for m in with_whereabouts(reading, fields, cast, modes) if not only_possible(reading, m)]
    afterwards = collect("supervision.afterwards", "afterwards", anyone, negatable=False)
    live, afterwards = timed(
        reading, fields, cast, collect("supervision.live", "live", ("professional", "", "other")), afterwards
    )
    modes, live = (
        [s for s in some if not (customary(reading, s) or of_another_case(reading, s))] for some in (modes, list(live))
    )
    # 'read from the stored file at my office the next morning' tells where somebody read, not from where somebody watched.
    after = {said.unit for said in afterwards} - {said.unit for said in live}
    modes = [m for m in modes if m.unit not in after]
    exclusive = collect("supervision.exclusive", "exclusive", anyone, negatable=False, answered=False)
    exclusive = [
        s
        for s in exclusive
        if not (
            _of_technologist(reading, s, cast)
            or _doubtful_exclusive(reading, s)
            or customary(reading, s)
            or of_another_case(reading, s)
            or _over_two_questions(reading, s)
        )
    ]
    named = named_people(cast, patients)
    exclusive = [s for s in exclusive if not _another_matter(reading, s, named)]
    counted = list(ticked_caseloads(reading, named))
    exclusive, denied = _by_answer(
        reading,
        exclusive,
        [
            s
            for s in collect("supervision.asked", "shared", anyone, negatable=False, answered=False)
            if not (_another_matter(reading, s, named) or denied_at_head(reading.text, s.start, s.unit.start))
        ],
    )
    ticked_rows = {(s.unit.start, s.unit.end) for s in counted}
    exclusive = [s for s in exclusive if (s.unit.start, s.unit.end) not in ticked_rows]
    exclusive += [s for s in counted if s.what == "exclusive"]
    denied = [s for s in denied if (s.unit.start, s.unit.end) not in ticked_rows] + [s for s in counted if s.what == "shared"]
    shared = denied + [
        s
        for s in collect("supervision.shared", "shared", anyone, negatable=False)
        if not any(e.start < s.end and s.start < e.end for e in exclusive)
        and not _heading(reading, s)
        and not _historic(reading, s)
        and not _of_technologist(reading, s, cast)
        and not is_denied(reading, s)
        and not _of_no_part(reading, s)
        and not _another_matter(reading, s, named)
        and not only_asked(reading, s.unit, s.end)
        and not customary(reading, s)
    ]
    for said in slots_in_use(reading, cast):
        (exclusive if said.what == "exclusive" else shared).append(said)
    for said in _unclaimed(reading, cast, named, [*exclusive, *shared, *counted]):
        (exclusive if said.what == "exclusive" else shared).append(said)
    surgeons = {surname(person.name) for person in cast.surgeons} - {surname(person.name) for person in cast.professionals}
    shared = [s for s in shared if s.who not in surgeons]  # 'Surgeon Lou Garner, MD; he ran two rooms that day'
    count = None
    for match in reading.matches(words.patterns["supervision.count"]):
        if shared:
            word = (match["n"] or match["n2"]).lower()
            number = NUMBERS.get(word) or int(word)
            count = number + (1 if match["n2"] else 0)
    silent = list(reading.matches(words.patterns["supervision.no-communication"]))
    communication = [
        s
        for s in collect("supervision.communication", "communication", anyone)
        if not any(n.start() <= s.start < n.end() for n in silent) and not of_other_contact(reading, s)
    ]
    communication += answered_link(reading, fields)
    return Supervision(
        tuple(sorted(modes, key=lambda s: s.start)),
        tuple(live),
        tuple(afterwards),
        tuple(exclusive),
        tuple(shared),
        tuple(communication),
        tuple(_presence(reading, fields, cast)),
        tuple(collect("supervision.operator", "operator", anyone)),
        count,
    )


def _line_of(reading: Reading, said: Said) -> int:
    """Where the line of a statement begins: lines of a head without full stops are one unit."""
    return max(said.unit.start, reading.line_starts[reading.line_index(said.start)])


def _clause_of(reading: Reading, said: Said) -> tuple[int, int]:
    """The clause that words stand in, up to the marks that end it."""
    low = max(reading.text.rfind(mark, said.unit.start, said.start) + 1 for mark in ";\t")
    high = min((at for mark in ";\t" if (at := reading.text.find(mark, said.end, said.unit.end)) >= 0), default=said.unit.end)
    return max(low, said.unit.start), high


def _of_no_part(reading: Reading, said: Said) -> bool:
    """Whether it is said that no part of the time was another case's ('No minute of it was shared'), or that none could be opened."""
    words, low = vocabulary(), _clause_of(reading, said)[0]
    none = words.regex("caseload.no-part").search(reading.text, low, said.start)
    return none is not None or words.regex("caseload.barred").search(reading.text[low : said.start]) is not None


def _another_matter(reading: Reading, said: Said, named: Named) -> bool:
    """Whether the clause that words stand in is not of the professional's cases."""
    low, high = _clause_of(reading, said)
    if of_another_matter(reading.text[low:high], said.start - low, said.end - low, named, alone=said.what == "exclusive"):
        return True
    return said.what == "exclusive" and _alone_otherwise(reading, said, named)


def _alone_otherwise(reading: Reading, said: Said, named: Named) -> bool:
    """Whether what is called alone in a clause is something else than the professional's case."""
    low, high = _clause_of(reading, said)
    if low > said.unit.start and reading.text[low - 1] == "\t":
        label = reading.text[max(reading.text.rfind("\t", said.unit.start, low - 1) + 1, said.unit.start) : low - 1].strip()
        own = "P" in as_letters(reading.text[low : said.start], named)[0]  # 'Tech: Roy, CNIM | Reader: Fox, MD, this case only'
        if not own and (not label or set(as_letters(label, named)[0]) & {"K", "P"} == {"K"}):
            return bool(label)  # 'Technologist ratio | 1:1'
    return alone_otherwise(reading.text[low:high], said.start - low, said.end - low, named)


def _unclaimed(reading: Reading, cast: Cast, named: Named, claimed: list[Said]) -> list[Said]:
    """What is said of other cases in words that no pattern knows, where patterns say nothing of it in the same statement."""
    taken = {said.unit.start for said in claimed}
    parts = {part_around(reading, said) for said in claimed}
    return [
        said
        for said in stated_caseloads(reading, cast, named)
        if (said.unit.start not in taken or (len(cast.professionals) > 1 and part_around(reading, said) not in parts))
        and not (
            said.what == "exclusive"
            and (
                without_answer(reading, said.unit)
                or _of_two(reading, said)
                or _alone_otherwise(reading, said, named)
                or of_another_case(reading, said)
            )
        )
        and not _of_technologist(reading, said, cast)
        and not _ruled(reading, said)
        and not customary(reading, said)
        and not _historic(reading, said)
        and not _heading(reading, said)
    ]


def _with_fields(reading: Reading, blocks: Blocks, modes: list[Said]) -> list[Said]:
    """The places said, with those of a form's own field for the place in place of what patterns see in its words."""
    for placed in stated_places(reading, blocks):
        modes = [m for m in modes if not (m.start < placed.end and placed.start < m.end)]
        modes.append(Said(placed.mode, placed.start, placed.end, placed.unit, "", reading.evidence(placed.start, placed.end)))
    return modes


def _by_answer(reading: Reading, exclusive: list[Said], asked: list[Said]) -> tuple[list[Said], list[Said]]:
    """Statements of exclusivity that stand, and those of other cases, once the answers of a form are heeded.

    `asked`: places where a form asks for other cases; 'no' there states exclusivity, 'yes' denies it.
    """
    kept, shared = [], []
    for said in exclusive:
        if _own_tick(reading, said):
            kept.append(said)
            continue
        answer = answer_behind(reading, said.unit, said.end)
        asks = next((a for a in asked if a.start < said.end and said.start < a.end), None)
        if asks is not None or answer == "blank" or without_answer(reading, said.unit):
            continue
        if answer == "no" or (answer is None and _denied_in_last_cell(reading, said)):
            shared.append(replace(said, what="shared"))
        else:
            kept.append(said)
    for said in asked:
        answer = answer_behind(reading, said.unit, said.end)
        without = _WITHOUT.search(reading.text[max(said.unit.start, said.start - 24) : said.start]) is not None
        if answer not in ("yes", "no"):
            continue
        if (answer == "yes") == without:
            kept.append(replace(said, what="exclusive"))  # 'Other cases: no', 'Reader without other cases: yes'
        else:
            shared.append(replace(said, what="shared"))
    return kept, shared


def _denied_in_last_cell(reading: Reading, said: Said) -> bool:
    """Whether the last cell of a row of three says no to the words in the first: 'Exclusive attention | Dr. Hale | No'."""
    cells = reading.text[said.start : said.unit.end].split("\t")
    return len(cells) == _OF_QUESTION and _BARE_NO.fullmatch(cells[-1]) is not None


_OF_QUESTION = 3
"""Cells of a row that asks, says of whom, and answers."""
_BARE_NO = re.compile(r"\W*(?:no|n|false)\W*", re.I)
_WITHOUT = re.compile(r"\b(?:without|no|free\s+(?:of|from)|not)\s+(?:\w+\s+)?$", re.I)


def _over_two_questions(reading: Reading, said: Said) -> bool:
    """Whether words are of two questions of a form: '[X] yes [ ] no | other cases: [X] none' does not offer 'no other cases'."""
    return "\t" in reading.text[said.start : said.end] and BOX.search(reading.text, said.unit.start, said.unit.end) is not None


def _own_tick(reading: Reading, said: Said) -> bool:
    """Whether a ticked box stands right before the words: '☒ this one only' is an answer, and asks for none."""
    box = next(reversed(list(BOX.finditer(reading.text, said.unit.start, said.end))), None)
    return box is not None and box["on"] is not None and not reading.text[box.end() : max(said.start, box.end())].strip()


def _whole_words(reading: Reading, low: int, high: int) -> tuple[int, int]:
    while low > 0 and not reading.text[low - 1].isspace() and reading.text[low - 1] != "\n":
        low -= 1
    while high < len(reading.text) and not reading.text[high].isspace():
        high += 1
    return low, high


def _of_professional(reading: Reading, said: Said, fields: Fields, cast: Cast) -> bool:
    """In-room words count only where the professional is meant, or a form asks for the professional's place."""
    before = reading.text[max(said.unit.start, said.start - 90) : said.start]
    if another_there(before):
        return False
    if said.who:
        return True
    behind = reading.text[said.end : min(said.unit.end, said.end + 60)]
    if re.match(r"[^.;]{0,24}\bby\b", behind) and vocabulary().regex("subject.technologist").search(behind):
        return False  # 'Continuous presence in the OR was by Jerome Eckhart, CNIM'
    if re.search(
        r"\b(?:findings|results|events|course|happenings|responses|what\s+happened|electrodes?|leads?|incision|induc\w+|machine|headbox|speaker|intercom|loudspeaker|microphone|camera|placed|transport\w*|intubat\w+|case|neurophysiologic|monitoring)\s+(?:was\s+|were\s+)?(?:\w+\s+)?$",
        before,
        re.I,
    ):
        return False
    if vocabulary().regex("subject.professional").search(before) or without_subject(reading, said.unit, said.start, cast):
        return True
    if re.match(
        r"\s+(?:physician|professional|neurologist|md)?\s*(?:supervision|oversight|attendance)\s+by\b",
        reading.text[said.end :],
        re.I,
    ):
        return True
    section = fields.section_at(said.start)
    return section in ("professional", "mode", "supervision", "own-place") or bool(
        BOX.search(before[-6:]) and section not in ("technologist",)
    )


_TECHNOLOGIST = expression(r"\b(?:tech\w*|CNIM)\b")


def _of_technologist(reading: Reading, said: Said, cast: Cast) -> bool:
    text = reading.text[said.unit.start : said.start]
    written = said.unit.kind == "row" and words_of(reading.unit_text(said.unit), cast.technologists) is not None
    if written or opens_with_technologist(text, cast) or of_a_colleague(text, cast) or wrote_technologist(text, cast):
        return True
    if vocabulary().regex("caseload.own").search(reading.text, said.start, min(said.unit.end, said.end + 3)):
        return False  # '... beside the tech, and this was the only case I had'
    written_to = vocabulary().regex("subject.written-to")
    for beside in ("unnamed.with", "caseload.link-to-room"):  # 'in rm w/ tech, live, 1:1', 'IM window to the tech open, one case'
        text = vocabulary().regex(beside).sub(lambda found: " " * len(found.group()), text)
    tech = [m.end() for m in _TECHNOLOGIST.finditer(text) if not written_to.search(text[: m.start()])] + [
        m.end() for p in cast.technologists for m in standing(surname(p.name)).finditer(text)
    ]
    other = [m.end() for m in vocabulary().regex("subject.professional").finditer(text)] + [
        m.end() for p in cast.professionals for m in lettered(surname(p.name)).finditer(text)
    ]
    return (
        bool(tech)
        and (not other or max(tech) > max(other))
        and bool(re.search(r"\b(?:assigned|attend|technolog|tech)\b", text[-80:], re.I))
        and "\t" not in text
    )


RULE = expression(
    r"\b(?:requires?|(?<!as )required|typically|usually|customar\w+|per\s+polic(?:y|ies)|our\s+(?:practice|policy)|guidelines?|may|"
    r"(?:cannot|can\s?not|could\s+not|unable)\b(?![^.;\n]{0,60}\b(?:and|but|so|then)\s+(?:(?:I|s?he|therefore|instead|then)\s+)?"
    r"(?:followed|watched|read|sat|viewed|observed|kept|stayed|was|had)\b)|should|must|shall|ought\s+to|(?:supposed|expected|obliged)\s+to)\b"
)
"""What is asked for, allowed or usual is not what was done."""


def _ruled(reading: Reading, said: Said) -> bool:
    """Whether words stand in what is required, allowed or usual."""
    return RULE.search(reading.text[max(said.unit.start, said.start - 80) : min(said.unit.end, said.end + 24)]) is not None


_ALSO = re.compile(r"\bnot\s+(?:split|divid)|\btogether\b", re.I)
"""'Both were up together and I did not split that time': of two cases, which the same statement names."""


def _of_two(reading: Reading, said: Said) -> bool:
    around = reading.text[max(said.unit.start, said.start - 30) : said.end + 24]
    return (
        _ALSO.search(around) is not None and vocabulary().regex("sharing.other").search(reading.unit_text(said.unit)) is not None
    )


def _doubtful_exclusive(reading: Reading, said: Said) -> bool:
    around = reading.text[max(said.unit.start, said.start - 30) : said.end + 24]
    word = reading.text[said.start : said.end].lower()
    if vocabulary().regex("supervision.bare-label").fullmatch(reading.unit_text(said.unit)):
        return True
    if re.match(r"one\s+(?:case|patient)", word) and re.search(r"\bthan\s+$", reading.text[: said.start][-6:]):
        return True
    if _ruled(reading, said) or _of_two(reading, said) or denied_before(reading.text, said.start, said.unit.start):
        return True
    return bool(
        expression(
            r"\b(?:not|non)[\s-]+(?:exclusive|dedicated|undivided|1:1|(?:\w+\s+){0,2}one[\s-]+(?:to|on|for)[\s-]+one)|more than one|waiting\s+room|"
            r"exclusively\s+(?:in|on)\s+the\s+(?:left|right)|dedicated\s+(?:phone|line|channel)"
        ).search(around)
    )


HISTORIC = re.compile(
    r"\b(?:previous|prior|earlier|years?|ago|history|last\s+(?:week|month|year)|of the (?:department|service))\b", re.I
)
"""Another time, or others' work."""


def _historic(reading: Reading, said: Said) -> bool:
    around = reading.text[max(said.unit.start, said.start - 40) : said.end + 30]
    return HISTORIC.search(around) is not None


def _heading(reading: Reading, said: Said) -> bool:
    """Whether the words head a column of a table: a row of short cells without a figure or an answer states nothing.

    Nor does a cell in capitals beside others that are answered: 'CONTACT Two-way chat | OTHER CASES WATCHED' is a form's question.
    """
    text = reading.unit_text(said.unit)
    cells = text.split("\t")
    place = text.count("\t", 0, said.start - said.unit.start)
    if len(cells) > 1 and cells[place].isupper() and not text.isupper():
        return True
    ticked_one = any(box["on"] for box in BOX.finditer(text))
    return (
        len(cells) > 2
        and not ticked_one
        and all(len(cell) < 48 for cell in cells)
        and not re.search(r"\d|\b(?:yes|no|none|y|n)\b", text, re.I)
    )


def _only_hands(fields: Fields, cast: Cast) -> bool:
    """Whether a record asks for a professional and names none ('Reading physician: (not assigned)'): its 'I' is the technologist."""
    asked = any(not field.heading for field in fields.of("professional"))
    return asked and bool(cast.technologists) and not cast.professionals


def _presence(reading: Reading, fields: Fields, cast: Cast) -> list[Said]:
    """Statements that the technologist was in the room throughout."""
    words = vocabulary()
    out: list[Said] = []
    names = [surname(p.name) for p in cast.technologists]
    for unit, match in reading.told(words.patterns["presence.throughout"]):
        if _unchecked(reading, unit, match.start()):
            continue
        if _unanswered(reading, unit, match.start(), match.end()):
            continue
        cell_low = max(reading.text.rfind("\t", unit.start, match.start()) + 1, unit.start)
        if cell_low > unit.start:
            # 'Technologist in OR' in the cell before is the label of 'entire case'.
            label = max(reading.text.rfind("\t", unit.start, cell_low - 1) + 1, unit.start)
            if words.regex("subject.technologist").search(reading.text, label, cell_low):
                cell_low = label
        cell_high = reading.text.find("\t", match.end(), unit.end)
        near = [
            m
            for m in words.regex("presence.room").finditer(reading.text, cell_low, cell_high if cell_high > 0 else unit.end)
            if abs(m.start() - match.start()) < 110 and not _unchecked(reading, unit, m.start())
        ]
        near = [m for m in near if not denied_before(reading.text, m.start(), unit.start)]
        told = reading.text[
            unit.start : max(match.end(), near[-1].end() if near else 0, cell_high if cell_high > 0 else unit.end)
        ]
        if not near or words.regex("presence.not-told").search(told) or answered_no(reading, unit) or yes_but(reading, unit):
            continue
        first = min(near[0].start(), match.start())
        role, who = subject_of(reading, unit, first, cast, fields)
        if role != "technologist" and not (role == "professional" and not who and _only_hands(fields, cast)):
            inside = reading.text[unit.start : unit.end].lower()
            behind = reading.text[first : unit.end].lower()
            named = any(name in inside for name in names) or words.regex("presence.technologist").search(inside)
            if role == "professional" or not named or (role == "other" and not any(n in behind for n in names)):
                continue
        said = Said(
            "presence",
            first,
            max(near[-1].end(), match.end()),
            unit,
            who,
            reading.evidence(*_whole_words(reading, max(unit.start, first - 40), max(near[0].end(), match.end()))),
        )
        if not (customary(reading, said) or open_question(reading, unit)):
            out.append(said)
    return out
