"""What changed during the operation; that somebody was told of it is found by `telling.py`."""

from __future__ import annotations

import re

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.statements.baselines import AT_BASELINE, baselines_in
from ionm_notes.read.statements.findings_told import finding_told
from ionm_notes.read.statements.lasting import no_event
from ionm_notes.read.statements.model import clip, told_units
from ionm_notes.read.statements.telling import told_to_surgeon
from ionm_notes.read.statements.told_by_name import told_by_name
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof


def _is_baseline_talk(text: str, section: str | None) -> bool:
    if _ENTRY_OF_BASELINES.match(text) and not _LATER_TIME.search(text, 14) and not AT_BASELINE.search(text):
        return True
    if re.match(r"\W*(?:(?:at|by|around|about)\s+)?\d{1,2}[:.]?\d{2}\b", text, re.I) or expression(
        r"\b(?:no (?:alert|change)s?|during (?:the )?(?:case|operation|surgery)|clamp\w*|incision)\b"
    ).search(text):
        return False
    return section == "baseline" or (
        any(True for _ in baselines_in(text))
        and not AT_BASELINE.search(text)
        and not re.search(r"\d{1,2}[:.]?\d{2}\s+(?!.*baseline)", text)
    )


_TIME = r"\W*(?:\d{1,2}[-/ ](?:\d{1,2}|[A-Z]{3})(?:[-/ ]\d{2,4})?\s+|\d{4}-\d\d-\d\d\s+)?(?:(?:at|by|around|about)\s+)?\d{1,2}[:.]?\d{2}\b(?:\s*[ap]\.?m\b\.?)?"
_ENTRY_OF_BASELINES = expression(
    rf"{_TIME}(?:\s*(?:to|until|-|–)?{_TIME})?\W*(?:(?:all|initial|pre-?\w+)\s+)?(?:base-?\s?lines?|bls?|bsln?s?)\b"
)
"""'12.52 to 13.03 baselines: tibial SEP right smaller': what the first responses were like, by the clock."""
_LATER_TIME = expression(r"(?<![\d.])\d{1,2}[:.]\d{2}\b(?!\s*(?:[mµu]|%))")


def read_changes(reading: Reading, fields: Fields, cast: Cast) -> tuple[Proof, Proof]:
    """A change of signals during the operation, and that the team was told of something."""
    change: Proof = ()
    told: Proof = ()
    others = _no_surgeons(cast)
    within = -1
    for unit, text in told_units(reading):
        section = fields.section_at(unit.start)
        aside = unit.kind == "sentence" and section in _NOT_THE_COURSE and not _CLOCK.search(text)
        if aside and section != "modalities":
            continue
        heard = told_to_surgeon(text, others) if not (told and change) else None
        if (
            heard is None
            and not told
            and (pronoun := vocabulary().regex("statement.told.pronoun").search(text))
            and _change(text)
        ):
            heard = pronoun
        if aside and not (heard and (_change(text) or unit.paragraph == within)):
            continue
        if heard and of_failure(text):
            heard = None
        told = told or _at(reading, unit, heard, 50, 70)
        if heard and not change and (acted_upon(text) or finding_told(reading, unit, text, heard)):
            change = _at(reading, unit, heard, 60, 80)
        found = None
        if not change and not _is_baseline_talk(text, None if heard or _below(reading, unit, text) else section):
            found = _change(text)
            change = _at(reading, unit, found, 60, 80)
        elif section == "modalities" and not told:
            found = _change(text)
        if found:
            within = unit.paragraph  # 'At 11:06 the MEPs fell by 80 %. I told Dr. Hale', below the names of the studies
        if told and change:
            break
    if change and not told:
        told = told_by_name(reading, cast, _change)
    return change, told


def _below(reading: Reading, unit: Unit, text: str) -> bool:
    """Whether a statement with a clock time begins a line of its own, below a sentence that ended: 'Event 1 09:40 amplitude -60 %'."""
    return _CLOCK.search(text) is not None and reading.text[max(0, unit.start - 3) : unit.start].endswith((".\n", ". \n"))


def _no_surgeons(cast: Cast) -> Expression | None:
    """An expression for those of the case, by title and surname, to whom a word is none to the surgeon."""
    operating = {surname(person.name) for person in (*cast.surgeons, *cast.assistants)}
    names = {surname(person.name) for person in (*cast.professionals, *cast.anesthesia, *cast.technologists)} - operating - {""}
    if not names:
        return None
    letters = {name[0] for name in names} - {name[0] for name in operating if name}  # 'Dr. N. told by chat'
    who = [*map(re.escape, sorted(names)), *map(re.escape, sorted(letters))]
    return Expression(rf"\b(?:(?:Dr|Doctor|Mr|Mrs|Ms|Miss|Prof|Professor)\.?\s+)(?:\w+\s+)?(?:{'|'.join(who)})\b")


def of_failure(text: str) -> bool:
    """Whether a statement tells of apparatus that failed, and of no change of signals."""
    return vocabulary().regex("statement.told.of-failure").search(text) is not None and _change(text) is None


def acted_upon(text: str) -> bool:
    """Whether the surgical side acted upon what it was told, which was then a change: 'Surgeon told, retractor moved'."""
    words = vocabulary()
    return words.regex("stated.reaction").search(text) is not None and not words.regex("statement.told.of-apparatus").search(text)


_OF_OTHERS = ("body", "anesthetic", "history")
_NOT_THE_COURSE = ("indication", "procedure", "billing", "order", "anesthesia", "modalities", "patient")
_CLOCK = expression(r"\d{1,2}[:.]\d{2}|^\W*[0-2]\d[0-5]\d\b(?=\W*[:–-]|\s*h)", cased=True)
_CLAUSE_START = re.compile(r"[.;]\s|\b(?:but|however|except)\b|,\s(?=which|then|and\s+(?:then|the))", re.I)


def _at(reading: Reading, unit: Unit, match: re.Match[str] | None, before: int, after: int) -> Proof:
    return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), before, after),) if match else ()


def _change(text: str) -> re.Match[str] | None:
    """A change of a signal in one statement: not denied, not a threshold or a fear, not of the pressure or the machine."""
    words = vocabulary()
    if event := _event(text):
        return event
    if not words.regex("statement.change.signal").search(text):
        return None
    if words.regex("statement.no-change").fullmatch(text.strip(" .")):
        return None
    trifle = -1
    for match in words.regex("statement.change").finditer(text):
        begins = [m.end() for m in _CLAUSE_START.finditer(text, 0, match.start())]
        if max(begins, default=0) <= trifle and not words.regex("stated.signal").search(text, trifle, match.end()):
            continue  # 'single burst, triceps, gone in 2 s, not an alert'
        clause = text[max(begins, default=0) : match.start()]
        rest = text[match.end() :]
        stop = re.search(r"[.;]", rest)
        after = rest[: stop.start() if stop else 60]
        if words.regex("statement.change.unreal").search(clause[-60:]):
            continue
        if words.regex("statement.change.only-set").match(text, match.end()):
            continue
        if any(m.start() <= match.start() < m.end() for m in words.regex("statement.change.given-up").finditer(text)):
            continue  # 'MEP not done: requested, but dropped because anesthesia wished to give relaxant'
        minor = words.regex("statement.change.minor").search(clause) and words.regex("statement.change.of-no-matter").search(text)
        trifle = match.end() if minor else trifle
        if words.regex("statement.change.denied").match(after) and not re.search("lost|gone|absent", match.group(), re.I):
            continue
        if words.regex("statement.change.before").match(after) or not _of_signals(
            text[: match.end() + len(after)], clause, match
        ):
            continue
        if minor or (not clause.strip() and words.regex("statement.change.of-no-matter").search(text)):
            continue
        others = ("body", "history") if words.regex("statement.change.of-activity").match(match.group()) else _OF_OTHERS
        if any(words.regex(f"statement.change.of-{other}").search(clause) for other in others) or no_event(text, match):
            continue
        if words.regex("statement.change.of-machine").search(clause[-30:]) and re.match(
            "lost|flat|loss|gone|down", match.group(), re.I
        ):
            continue
        return match
    return None


def _of_signals(until: str, clause: str, match: re.Match[str]) -> bool:
    """Whether the words of a change are of signals, which its clause or one before it names: not of bones, not of two sides or paths.

    'Reduced; SSEP steady' is of a fracture; 'left trunk: absent; lateral cord: present' is what two stimulations gave.
    """
    words = vocabulary()
    reduced = re.match(r"reduc", match.group(), re.I) is not None
    until = (
        until[: match.end()] + until[match.end() :].partition(":")[0] if reduced else until
    )  # 'reduction of the slip: SSEP held'
    if not words.regex("statement.change.signal").search(until) or words.regex("statement.change.of-complaint").search(clause):
        return False
    if (
        re.match(r"absent", match.group(), re.I)
        and re.search(r":\s*$", clause)
        and re.search(r":\s*present\b", match.string, re.I)
    ):
        return False
    return not (reduced and words.regex("statement.change.of-operation").search(clause))


def _event(text: str) -> re.Match[str] | None:
    """Words that of themselves tell of a change of signals ('criteria for a warning were met'): not denied, not of other things."""
    words = vocabulary()
    for match in words.regex("statement.change.event").finditer(text):
        begins = [m.end() for m in _CLAUSE_START.finditer(text, 0, match.start())]
        clause, after = text[max(begins, default=0) : match.start()], text[match.end() : match.end() + 40].partition(".")[0]
        if words.regex("statement.change.event-unreal").search(clause[-60:]) or words.regex("statement.change.denied").match(
            after
        ):
            continue
        other = words.regex("stated.not-of-signals")
        if not (
            other.search(clause[-30:])
            or other.match(after.lstrip(), 0)
            or (re.match(r"\s+(?:in|of)\b", after) and other.search(after))
        ):
            return match
    return None


def no_change(reading: Reading, fields: Fields) -> Proof:
    """The statement that signals did not change."""
    calm, unreal = vocabulary().regex("statement.no-change"), vocabulary().regex("statement.no-change.unreal")
    for unit, text in told_units(reading):
        section = fields.section_at(unit.start)
        if section in ("indication", "procedure", "anesthesia") or (
            section == "baseline" and not vocabulary().regex("statement.whole-case").search(text)
        ):
            continue
        match = next(
            (m for m in calm.finditer(text) if not (_of_other_things(text, m.end()) or unreal.search(text[: m.start()]))), None
        )
        if match and not _is_baseline_talk(text[: match.end()], section):
            return (clip(reading, unit, unit.start + match.start(), unit.start + match.end()),)
    return ()


def _of_other_things(text: str, at: int) -> bool:
    """'No change of position', 'no alarm of the anesthesia machine'."""
    behind = _WHOSE.match(text, at)
    return behind is not None and vocabulary().regex("stated.not-of-signals").match(text, behind.end()) is not None


_WHOSE = re.compile(r"\s+(?:of|in|with|on)\s+(?:(?:the|his|her|any)\s+)?", re.I)
