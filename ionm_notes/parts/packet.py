"""Reads a packet into one Case: every fact from the part that may state it, and what the parts say against each other.

An ordinary document of one part is read as it stands, by the function that is handed in; only what its make-up says of
itself (relief of the technologist, a night of the clock change, clocks of two zones) is added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ionm_notes.ingest.evidence import evidence
from ionm_notes.parts.clock_change import with_clock_change
from ionm_notes.parts.copies import is_fax_line
from ionm_notes.parts.disagreements import compared
from ionm_notes.parts.entitled import Reading, completed, day_told
from ionm_notes.parts.model import CORE, Part, place
from ionm_notes.parts.patients import other_patient, owner
from ionm_notes.parts.relief import relief_notes, technologist_gaps, unread_handoffs
from ionm_notes.parts.rewriting import with_times
from ionm_notes.parts.split import split
from ionm_notes.parts.versions import Versions, versions
from ionm_notes.parts.zones import one_clock
from ionm_notes.read.names import same_person
from ionm_notes.types import Case, Document, Line, PacketNote, PartSeen, PartUse, Proof, TimeConflict

Reader = Callable[[Document], Case]
_NO_LETTERS = re.compile(r"[\d\W]+")
_RANK = {"report": 0, "addendum": 0, "unknown": 0, "technologist_log": 1, "audit_trail": 2}


def read_packet(document: Document, read_alone: Reader) -> Case:
    """The facts of a document. `read_alone` reads one that has a single part."""
    parts = split(document)
    document, notes = one_clock(document, parts)
    pages = {page.number: page for page in document.pages}
    parts = tuple(replace(part, pages=tuple(pages[number] for number in part.numbers)) for part in parts)
    own = [part for part in parts if part.copy_of is None]
    if len(parts) < 2:
        case = read_alone(document)
    elif len(own) == 1:
        own = [_unlined(part) for part in own]
        case = _told(read_alone(_of(document, own)), parts, {})
    else:
        case = _Packet(document, parts, read_alone).case()
    told = (*notes, *case.notes, *relief_notes(document, case), *technologist_gaps(document, case))
    case = replace(case, pages=len(document.pages), notes=told, conflicts=(*case.conflicts, *unread_handoffs(document, case)))
    return with_clock_change(case)


def _of(document: Document, parts: Sequence[Part]) -> Document:
    """The document with nothing but the pages of some parts, in the order of the parts."""
    return replace(document, pages=tuple(page for part in parts for page in part.pages))


def _unlined(part: Part) -> Part:
    """The part with lines that run over pages of other parts only (the same patient's block, say) as its own text again."""
    if not any(line.kind in ("header", "footer") for page in part.pages for line in page.lines):
        return part
    pages = []
    on_pages = Counter(words for page in part.pages for words in {_plain(line.text) for line in page.lines})
    for page in part.pages:
        lines = tuple(
            _as_text(line) if line.kind in ("header", "footer") and on_pages[_plain(line.text)] < 2 else line
            for line in page.lines
        )
        pages.append(replace(page, lines=lines))
    return replace(part, pages=tuple(pages))


def _plain(text: str) -> str:
    return _NO_LETTERS.sub(" ", text).strip().casefold()


def _as_text(line: Line) -> Line:
    if is_fax_line(line.text):
        return line
    return replace(line, kind="row" if len(line.cells) > 1 else "text")


def _told(case: Case, parts: Sequence[Part], uses: dict[tuple[int, ...], PartUse]) -> Case:
    """The Case with the list of parts, and a note for each page that stands twice."""
    seen, notes = [], []
    for part in parts:
        use: PartUse = "copy" if part.copy_of is not None else uses.get(part.numbers, "read")
        seen.append(PartSeen(part.name, part.numbers, part.title.text if part.title else "", use))
        if part.copy_of is not None:
            line = next((line for line in part.pages[0].lines if line.kind in ("text", "row")), part.pages[0].lines[0])
            first = next(page for other in parts for page in other.pages if page.number == part.copy_of)
            message = f"{part.place.capitalize()} repeats {place((first,))}; it was read once"
            notes.append(PacketNote("duplicate-page", message, (evidence(line, 0, len(line.text)),)))
    return replace(case, parts=tuple(seen), notes=(*case.notes, *notes))


@dataclass(slots=True)
class _Packet:
    """One packet on its way to a Case."""

    document: Document
    parts: tuple[Part, ...]
    read_alone: Reader
    cases: dict[tuple[int, ...], Case] = field(default_factory=dict)
    """What was read already, by the numbers of the pages."""

    def read(self, *parts: Part) -> Case:
        """The Case of some parts by themselves."""
        pages = tuple(number for part in parts for number in part.numbers)
        if pages not in self.cases:
            self.cases[pages] = self.read_alone(_of(self.document, parts))
        return self.cases[pages]

    def case(self) -> Case:
        """The Case of the whole packet."""
        own = [_unlined(part) for part in self.parts if part.copy_of is None]
        uses: dict[tuple[int, ...], PartUse] = {}
        foreign = self._foreign(own)
        if not self._of_this_operation(own, foreign):
            uses.update({part.numbers: "other-patient" for part, _ in foreign})
        mine = [part for part in own if part.numbers not in uses]
        found = versions(mine, self.read) if any(part.kind in ("report", "addendum") for part in mine) else Versions((), (), ())
        uses.update({part.numbers: "superseded" for part in found.superseded})
        mine = [part for part in mine if part.numbers not in uses]
        core = [part for part in mine if part.kind in CORE]
        if not core:
            # Nothing of the monitoring record is there: the part that tells most is read for what it is.
            core = mine[:1] if len(mine) == 1 else [max(mine, key=lambda part: sum(len(page.lines) for page in part.pages))]
        core = sorted(core, key=lambda part: _RANK.get(part.kind, 0))
        case = self.read(*core)
        others: list[Reading] = [(part, self.read(part)) for part in mine if part not in core and part.kind != "fax_cover"]
        day, others = _with_day(case, others)
        if case.encounter.date_of_service is None and day is not None:
            case = _on_day(case, day)
        case = compared(completed(case, others), others)
        if foreign and (uses or len(case.patients) < 2):
            first = case.patients[:1] or (self._proof_of(core),)
            case = replace(case, patients=(*first, *dict.fromkeys(proof for _, proof in foreign)))
        case = replace(case, notes=(*found.notes, *case.notes), conflicts=(*case.conflicts, *_undecided(case, found)))
        return _told(case, self.parts, uses)

    def _foreign(self, parts: Sequence[Part]) -> list[tuple[Part, Proof]]:
        """Parts of another patient than the first part of the monitoring record is of, each with what names that patient."""
        owners = [(part, owner(self.document, part)) for part in parts if part.kind not in ("fax_cover", "correspondence")]
        main = next((who for part, who in owners if part.kind == "report" and who.names), None)
        main = main or next((who for part, who in owners if part.kind in CORE and who.names), None)
        if main is None:
            return []
        return [(part, who.proof) for part, who in owners if who is not main and who.proof and other_patient(main, who)]

    def _of_this_operation(self, own: Sequence[Part], foreign: Sequence[tuple[Part, Proof]]) -> bool:
        """Whether parts under another patient's name tell of this operation all the same: a wrong label on the log.

        The remaining pages then give no times of the monitoring, or the very same, and both tell of the same day and of the same
        surgeon or professional; of the same technologist, where the times are the same. The names stay in contradiction, so
        that every code waits for an answer.
        """
        theirs = [part for part, _ in foreign]
        ours = [part for part in own if part not in theirs and part.kind != "fax_cover"]
        if not theirs or not ours:
            return False
        one, other = self.read(*ours), self.read(*theirs)
        own_times, told = _monitored(one), _monitored(other)
        if not told or own_times not in ((), told):
            return False
        day, days = one.encounter.date_of_service, other.encounter.date_of_service
        people, others = (_known_people(case, technologists=bool(own_times)) for case in (one, other))
        return day is not None and day == days and any(same_person(a, b) for a in people for b in others)

    def _proof_of(self, parts: Sequence[Part]) -> Proof:
        return next((who.proof for part in parts if (who := owner(self.document, part)).proof), ())


def _monitored(case: Case) -> tuple[tuple[datetime, datetime], ...]:
    """The monitoring of which both ends are told."""
    return tuple((s.start, s.end) for s in case.segments if s.kind == "monitoring" and s.start and s.end)


def _known_people(case: Case, *, technologists: bool) -> list[str]:
    """Surgeon, professionals and, if asked, technologists by name."""
    people = (case.encounter.surgeon, *case.encounter.professionals, *(case.encounter.technologists if technologists else ()))
    return [person.name for person in people if person is not None]


def _undecided(case: Case, found: Versions) -> list[TimeConflict]:
    """Times that signed versions give differently, where no log decides between them."""
    monitoring = next((segment for segment in case.segments if segment.kind == "monitoring"), None)
    return [] if monitoring is not None and monitoring.origin == "log" else list(found.changed_times)


def _with_day(case: Case, others: list[Reading]) -> tuple[date | None, list[Reading]]:
    """The day of service of the packet, and the other parts on it: a part without a date is read on no particular day."""
    day = day_told(case, others)
    if day is None:
        return None, others
    placed = [(part, other if other.encounter.date_of_service else _on_day(other, day)) for part, other in others]
    return day, placed


def _on_day(case: Case, day: date) -> Case:
    """A Case that states no date, with its clock times on `day`."""
    from ionm_notes.read.case import UNKNOWN_DAY

    start = datetime.combine(UNKNOWN_DAY, datetime.min.time())
    return with_times(case, lambda at: datetime.combine(day, datetime.min.time()) + (at - start) if at.year < 1901 else at)
