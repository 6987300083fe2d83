"""That the technologist stayed, where the clause itself names nobody: by who wrote it, or by whom the words before it are about.

'I was in the OR the whole time' is the technologist's where the message, the entry or the note is: it stands behind the user name
of a log, below 'Note by: ...', or above the technologist's own name. 'She never left the room' and 'In OR 6 from hook-up to the end'
are of the one whom the statement before them is about. What could be the professional's or the surgeon's own says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ionm_notes.read.boxes import BOX, only_ticked
from ionm_notes.read.clause_cuts import clauses
from ionm_notes.read.messages import names_speaker
from ionm_notes.read.own_notes import technologist_writes
from ionm_notes.read.people import Cast
from ionm_notes.read.presence import LETTERS, Named, initialled, named_in, plain, wrapped
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.said import Said
from ionm_notes.read.things import spelled
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import tells_of_reader

_LETTERS = {"presence.self": "I", "presence.pronoun": "U", **LETTERS}
_ENDS = re.compile(r"[;|\t]|(?<!\bpt)\.\s|,\s+(?:and\s+)?(?=I\s)")
"""What ends a part of a statement that is weighed for itself."""
_STAYS = re.compile(
    r"^[^NLBDPK:]*(?:[HRS][^NLBDPK:]*W|W[^NLBDPK:]*R)[^BDPK:]*$"  # 'been in here since hookup', 'stays in OR 6 till the end'
    r"|^[^BDPK:]*N[.]{0,2}L[.]{0,2}R[^BDPK:]*$"  # 'did not leave the operating room'
    r"|^[.]?N[.]{1,2}W[.]{0,2}I[.]{0,2}L[.]{0,3}R[^BDPK:]*$"  # 'at no point from hook-up to removal was I out of the room'
    r"|^[.U]{0,3}N[.]{1,4}L[.]{0,4}R[.]*$"  # 'there was no minute without one of them in OR 3'
    r"|^[.]{0,3}S[.]{0,2}R:V[^BDPKNL:]*$|^[.]{0,3}[SH][.]{0,2}R:[.]?W[^BDPKNL:]*$"  # 'Stayed in OR | yes, from hook-up on'
    r"|^[.]?R:?[.]?W[^BDPK:]*$"  # 'In OR   [x] start to finish'
    r"|R[^NBDPK:]{0,3}N[.]{0,2}L[^BDPK:]*$"  # 'in the operating room without leaving it'
)
_OWN_WORDS = re.compile(r"[.:]{0,4}K[K.,:]{0,9}[:(](?=[.V,]{0,3}I)|I,K[K,]{0,4}(?=[^,]*R)")
"""'Technologist's statement: I ...', 'Tech: Jo Fenn, CNIM (me, in the OR ...', 'I, Jo Fenn, CNIM, was in the OR ...'."""
_SPEAKER = re.compile(r"[.]?K[K.,()]{0,6}?(?::|(?=I))")
"""Who wrote a message, before its words."""
_COMMENT = re.compile(r"[.]{1,3}:(?=.)")
"""What a program calls the words of an entry."""
_ALONE = {who: re.compile(rf"[-—–.]?{who}[{who},.:]{{0,9}}$") for who in "KP"}
"""A name with nothing but credentials, as under a note."""
_OF_ANOTHER = re.compile(r"^[(]?[.]?(?:[HSRNLWU]|[.][HSRNLU])")
_WHERE = re.compile(r"\W*(?:location|place|where|position|station|whereabouts|presence|attendance)\s*[:=]\s*", re.I)
"""A label of whoever the statement before is about: 'Location: OR 4, at the bedside from positioning to extubation.'"""
_ELECTRODES = re.compile(r"\b(?:electrodes?|leads?|needles?|hook-?\s?up|set-?\s?up)\b", re.I)
_STAMP = re.compile(r"(?:\W*+\d[\d:.hH/-]*+\s*+(?:[ap]\.?m?\.?(?=[\W_]))?+)++[\W_]*")
_FIRST_WORDS = re.compile(r"[\w.'’-]+")
_SENTENCES = 5
"""Sentences before a pronoun in which the one it means may be named."""
_BACK, _WORDS = 14, 3
"""Statements before a note in which the line that says who wrote it may stand; words behind its time that may be its writer."""


def stayed_unnamed(reading: Reading, cast: Cast, modes: Sequence[Said] = ()) -> tuple[Said, ...]:
    """The first statement of that kind. `modes`: the places told, of which one may tell of the reader as of somebody else."""
    if not cast.technologists:
        return ()
    named = [*named_in(cast), *initialled(cast)]
    for number in _about_a_stay(reading):
        unit, text = reading.units[number], wrapped(reading, reading.units[number])
        writer = _writer(text, cast)
        speaks = vocabulary().regex("presence.reader-speaks")
        chosen = only_ticked(text) if BOX.search(text) else text
        whole = [(0, len(chosen))] if chosen.count("\t") == 1 else []  # 'In OR | [x] start to finish'
        for low, high in [*clauses(chosen, _ENDS), *whole]:
            letters = spelled(plain(chosen[low:high]), _LETTERS, named)[0]
            told = _OWN_WORDS.match(letters)
            letters = letters[told.end() :] if told else letters
            if writer == "K" and (speaker := _SPEAKER.match(letters)):
                letters = letters[speaker.end() :]  # '8:05 Deshawn: in the OR, staying here till the end'
            if writer and chosen[low:high].rstrip().endswith("?"):
                continue  # 'are you staying in the OR all day?'
            if writer == "K" and (label := _COMMENT.match(letters)):
                letters = letters[label.end() :]  # 'CASE CLOSE | comment: stayed in OR 3 from connect to close'
            if writer == "K" and "I" in (said := letters.rpartition(":")[2]):
                letters = said  # '3:33 PM Deshawn: fyi for the file: I stayed in the OR ...'
            if label := _WHERE.match(chosen[low:high]):
                letters = spelled(plain(chosen[low + label.end() : high]), _LETTERS, named)[0]
            if not _STAYS.search(letters) or (writer != "K" and "I" in letters and speaks.search(text)):
                continue
            unsaid = "U" not in letters and _OF_ANOTHER.search(letters) is not None  # 'Did not step out of OR 2.'
            own = (
                ("I" in letters or unsaid)
                and not writer
                and _by_hands(reading, unit, unit.start + low, cast, modes, unsaid=unsaid)
            )
            if told or own or (writer or _meant(reading, number, text[:low], letters, named)) == "K":
                start, end = unit.start + low, unit.start + high
                return (Said("presence", start, min(end, unit.end), unit, "", reading.evidence(start, end)),)
    return ()


def _about_a_stay(reading: Reading) -> Iterator[int]:
    """Numbers of the statements that name a place in the room and the whole of a time, or leaving."""
    words = vocabulary()
    whole, leaves = words.regex("presence.all"), words.regex("presence.leaves")
    last = -1
    for match in words.regex("presence.place").finditer(reading.text):
        unit = reading.unit_at(match.start())
        if unit is None or unit.start <= last or unit.kind == "running":
            continue
        last = unit.start
        number = reading.index_of(unit)
        text = wrapped(reading, reading.units[number])
        if whole.search(text) or leaves.search(text):
            yield number


def _by_hands(reading: Reading, unit: Unit, at: int, cast: Cast, modes: Sequence[Said], *, unsaid: bool) -> bool:
    """Whether the technologist wrote a statement: by what stands round it, or as one who tells of the reader as of somebody else.

    `unsaid`: the statement has no 'I', so that only a heading or a signature can tell.
    """
    if technologist_writes(reading, unit, at, cast):
        return True
    if not unsaid and not cast.professionals and vocabulary().regex("presence.no-reader").search(reading.text):
        return True  # a record that says that nobody read is the technologist's own
    return not unsaid and (tells_of_reader(reading, modes) or _set_up_by_writer(reading, unit))


def _set_up_by_writer(reading: Reading, unit: Unit) -> bool:
    """Whether the same page tells of the set-up as of the writer's own work: 'I hooked him up'."""
    hands = vocabulary().regex("presence.own-hands").finditer(reading.text)
    return any((other := reading.unit_at(match.start())) is not None and other.page == unit.page for match in hands)


def _writer(text: str, cast: Cast) -> str:
    """Who wrote a message or an entry: 'K' the technologist, 'X' somebody else, '' not told."""
    stamp = _STAMP.match(text)
    if stamp is None:
        return ""
    for word in list(_FIRST_WORDS.finditer(text, stamp.end(), stamp.end() + 60))[:_WORDS]:
        for letter, people in (("K", cast.technologists), ("X", (*cast.professionals, *cast.surgeons, *cast.anesthesia))):
            if any(names_speaker(word.group(), person.name) for person in people):
                return letter
    return ""


def _meant(reading: Reading, number: int, before: str, letters: str, named: Named) -> str:
    """Whom a clause without a name means: 'K' the technologist."""
    if "I" in letters:
        return "K" if _first(before, named) == "K" or _signed(reading, number, named) or _noted(reading, number, named) else ""
    if not _OF_ANOTHER.search(letters):
        return ""
    if not before.strip() and number:
        if reading.units[number - 1].paragraph != reading.units[number].paragraph and _signed(reading, number, named, "P"):
            return ""
        before = reading.unit_text(reading.units[number - 1])
        hands = _ELECTRODES.search(reading.unit_text(reading.units[number])) is not None
        if letters.startswith(("U", ".U")) and _first(before, named) not in (("K",) if hands else ("K", "D")):
            return _spoken_of(reading, number, named)
    return _first(before, named)


def _spoken_of(reading: Reading, number: int, named: Named) -> str:
    """Whom 'he' or 'she' means where the sentence before is about the writer: the one the sentences before name, if it is one alone."""
    words = vocabulary()
    for unit in reversed(reading.units[max(0, number - _SENTENCES) : number]):
        if unit.paragraph != reading.units[number].paragraph:
            return ""
        text = reading.unit_text(unit)
        found = {letter for pattern, letter in named if pattern.search(text)}
        found |= {"K"} if words.regex("presence.technologist").search(text) else set()
        found |= {"D"} if words.regex("presence.other-person").search(text) else set()
        if _ELECTRODES.search(reading.unit_text(reading.units[number])):
            found -= {"D"}  # 'He was in the room from the first electrode to the last'
        if found:
            return "K" if found == {"K"} else ""
    return ""


def _first(text: str, named: Named) -> str:
    """The first person that a text names."""
    letters = spelled(plain(text), _LETTERS, named)[0]
    return next((letter for letter in letters if letter in "KPDI"), "")


def _signed(reading: Reading, number: int, named: Named, who: str = "K") -> bool:
    """Whether the name or initials of the technologist, or of `who`, stand alone below a note."""
    for unit in reading.units[number + 1 : number + 2]:
        text = reading.unit_text(unit)
        letters = spelled(plain(text), _LETTERS, named)[0]
        if _ALONE[who].match(letters):
            return True
    return False


def _noted(reading: Reading, number: int, named: Named) -> bool:
    """Whether the nearest line before a note that says who wrote it names the technologist."""
    author = vocabulary().regex("presence.author")
    for unit in reversed(reading.units[max(0, number - _BACK) : number]):
        text = reading.unit_text(unit)
        for match in author.finditer(text):
            if who := _first(text[match.end() : match.end() + 60], named):
                return who == "K"
    return False
