"""Reports that were amended: which version counts, and what was changed after signing.

The last signed version counts. A preliminary one gives way to a final one, and an amended one takes the place of the
report it amends only if it is signed; otherwise the signed original stands and the amendment is shown as what it is.
An addendum replaces nothing: it is read with the report, so that what it contradicts stays a contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from ionm_notes.ingest.evidence import evidence
from ionm_notes.parts.model import Part
from ionm_notes.read.names import same_person
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case, Evidence, PacketNote, Proof, Segment, Severity, TimeConflict

_HEAD_LINES = 10
"""Lines at the head of a report in which it says that it is an amended or a preliminary one."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The report parts that do not count, what to say of them, and the times that signed versions give otherwise."""

    superseded: tuple[Part, ...]
    notes: tuple[PacketNote, ...]
    changed_times: tuple[TimeConflict, ...]


def versions(parts: Sequence[Part], read: Callable[[Part], Case]) -> Versions:
    """Which of several versions of a report count. `parts` are those of one patient; `read` reads one of them alone."""
    reports = [part for part in parts if part.kind == "report"]
    marked = {part.numbers: mark for part in reports if (mark := _mark(part, "part.amended"))}
    drafts = {part.numbers: mark for part in reports if (mark := _mark(part, "part.preliminary"))}
    superseded: list[Part] = []
    notes: list[PacketNote] = []
    conflicts: list[TimeConflict] = []
    for later in reports:
        if later.numbers not in marked and not (drafts and later.numbers not in drafts):
            continue
        for earlier in reports:
            amends = later.numbers in marked and earlier.numbers not in marked
            finishes = earlier.numbers in drafts and later.numbers not in drafts
            if earlier is later or earlier in superseded or not (amends or finishes):
                continue
            new, old = read(later), read(earlier)
            if not _same_author(new, old):
                continue
            mark = marked.get(later.numbers) or drafts[earlier.numbers]
            if _signed(old) and not _signed(new):
                superseded.append(later)
                notes.append(_unsigned(mark, later, earlier))
            else:
                superseded.append(earlier)
                notes.append(_changed(mark, new, old, later, earlier))
                if _signed(old):
                    conflicts += _times(new, old)
    return Versions(tuple(superseded), (*notes, *_addenda(parts, read)), tuple(conflicts))


def _mark(part: Part, pattern: str) -> Evidence | None:
    regex = vocabulary().regex(pattern)
    lines = [line for page in part.pages for line in page.lines[:_HEAD_LINES]]
    for line in chain(lines, (line for page in part.pages for line in page.lines if line.kind in ("header", "footer"))):
        match = regex.search(line.text)
        if match:
            return evidence(line, match.start(), match.end())
    return None


def _signed(case: Case) -> date | bool:
    """The date of the signature, or whether there is one at all."""
    valid = [signature for signature in case.signatures if signature.signed and not signature.draft]
    return next((signature.at for signature in valid if signature.at), bool(valid))


def _same_author(one: Case, other: Case) -> bool:
    """Whether two reports can be one professional's; reports of two readers are never versions of each other."""
    a, b = one.encounter.professionals, other.encounter.professionals
    return not a or not b or any(same_person(p.name, q.name) for p in a for q in b)


def _unsigned(mark: Evidence, later: Part, earlier: Part) -> PacketNote:
    message = f"The amended report on {later.place} is not signed; the signed report on {earlier.place} counts"
    return PacketNote("amended-after-signing", message, (mark,))


def _changed(mark: Evidence, new: Case, old: Case, later: Part, earlier: Part) -> PacketNote:
    changes = list(differences(old, new))
    signed = _signed(old)
    when = f", signed on {signed.isoformat()}" if isinstance(signed, date) else ", signed" if signed else ""
    what = "; changed: " + ", ".join(text for text, _ in changes) if changes else "; no fact of the audit was changed"
    message = f"The report on {later.place} counts in place of that on {earlier.place}{when}{what}"
    proof = (mark, *dict.fromkeys(item for _, places in changes for item in places))
    severity: Severity | None = None if signed and changes else "info"
    return PacketNote("amended-after-signing", message, proof, severity)


def differences(old: Case, new: Case) -> Iterator[tuple[str, Proof]]:
    """Each fact that two versions of a report give otherwise, in words, with where the new one says it."""
    names = {"date_of_service": "date of service", "place_of_service": "place of service", "procedure": "procedure"}
    for name, words in names.items():
        before, after = getattr(old.encounter, name), getattr(new.encounter, name)
        if before != after and after is not None:
            yield f"{words} {before or 'not stated'} to {after}", new.encounter.evidence.get(name, ())
    for kind in ("setup", "baseline", "monitoring", "interruption", "removal"):
        before_part, after_part = _segment(old, kind), _segment(new, kind)
        for end in ("start", "end"):
            was, now = _clock(before_part, end), _clock(after_part, end)
            if was != now:
                yield f"{end} of {kind} {was} to {now}", after_part.evidence if after_part else ()
    yield from _manner(old, new)
    did, does = _studies(old), _studies(new)
    for study in sorted(set(does) - set(did)):
        yield f"{study} added", does[study]
    for study in sorted(set(did) - set(does)):
        yield f"{study} taken out", ()


def _manner(old: Case, new: Case) -> Iterator[tuple[str, Proof]]:
    """How the professional attended, and statements that a payer asks for and that only the later version makes."""
    was, now = {a.mode for a in old.attendance}, {a.mode for a in new.attendance}
    if was != now and now:
        places = tuple(item for a in new.attendance for item in a.evidence[:1])
        yield f"attendance {' and '.join(sorted(was)) or 'not stated'} to {' and '.join(sorted(now))}", places
    for name in ("real_time", "communication", "exclusivity", "order", "technologist_presence", "indication"):
        before, after = old.elements.get(name), new.elements.get(name)
        if before and after and before.state == "absent" and after.state == "present":
            yield f"{name.replace('_', ' ')} now stated", after.evidence


def _studies(case: Case) -> Mapping[str, Proof]:
    return {
        " ".join(part for part in (m.modality, m.region or "", "and".join(m.sides)) if part): m.evidence[:1]
        for m in case.modalities
        if m.status == "performed"
    }


def _segment(case: Case, kind: str) -> Segment | None:
    return next((segment for segment in case.segments if segment.kind == kind), None)


def _clock(segment: Segment | None, end: str) -> str:
    moment: datetime | None = getattr(segment, end) if segment else None
    return moment.strftime("%H:%M") if moment else "not stated"


def _times(new: Case, old: Case) -> Iterator[TimeConflict]:
    """The ends of monitoring that two signed versions give differently."""
    one, other = _segment(new, "monitoring"), _segment(old, "monitoring")
    if one is None or other is None:
        return
    for end in ("start", "end"):
        taken, left = _clock(one, end), _clock(other, end)
        if taken != left and "not stated" not in (taken, left):
            why = "the amended report counts, but a signed report said otherwise before"
            yield TimeConflict(f"the {end} of monitoring", taken, left, why, (*one.evidence, *other.evidence))


def _addenda(parts: Sequence[Part], read: Callable[[Part], Case]) -> Iterator[PacketNote]:
    for part in parts:
        if part.kind != "addendum":
            continue
        signed = _signed(read(part))
        shown = (part.title,) if part.title else ()
        if not signed:
            message = f"The addendum on {part.place} is not signed, and so adds nothing to the signed report"
            yield PacketNote("amended-after-signing", message, shown)
            continue
        when = f" on {signed.isoformat()}" if isinstance(signed, date) else ""
        message = f"An addendum on {part.place} was signed{when}; what it states was added after the report"
        yield PacketNote("amended-after-signing", message, shown, "info")
