"""Draws the roster's reports from the newest audits of a store; read this to see which facts the checks rest on.

Documents whose dates were moved (`--phi none`) are left out: their minutes are not those of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from ionm_notes.phi.shapes import is_npi
from ionm_notes.roster.concurrency import minute_of
from ionm_notes.roster.model import Attended, Counted, Minutes, Named, Quote, Report, Signed, Suggested
from ionm_notes.rules.people import name_words, same_person
from ionm_notes.store.database import Store
from ionm_notes.store.queries import Filter, dates_moved, latest_audits
from ionm_notes.types import Role

OPERATOR_RULE = "monitor-is-operator"
"""The rule by which one note says that the operating team monitored."""
_TEN_DIGITS = re.compile(r"(?<!\d)[12]\d{9}(?!\d)")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?\s*(am|pm)?(?![\d:])", re.I)
_ROLES: tuple[tuple[Role, str], ...] = (
    ("professional", "professionals"),
    ("technologist", "technologists"),
    ("assistant", "assistants"),
    ("surgeon", "surgeon"),
    ("anesthesia", "anesthesia_provider"),
)


def stored(store: Store, wanted: Filter) -> list[dict[str, Any]]:
    """The newest audits that are looked at, by document: all that are wanted but those whose dates were moved."""
    moved = dates_moved(store)
    return [row for row in latest_audits(store, wanted) if row["document_id"] not in moved]


def load(store: Store, rows: Iterable[Mapping[str, Any]]) -> Iterator[Report]:
    """The reports of the audits that `stored` listed, one for each document."""
    for document, same in groupby(rows, key=lambda row: row["document_id"]):
        audits = [store.line(row["id"]) for row in same]
        pages = [row["text"] for row in store.rows("SELECT text FROM pages WHERE document_id = ? ORDER BY number", (document,))]
        yield report(document, audits, pages)


def report(document: int, lines: Sequence[Mapping[str, Any]], pages: Sequence[str]) -> Report:
    """What the roster takes of one document: its audits as lines of the contract, one for each payer, and its text by page."""
    line, text = lines[0], "\n".join(pages)
    encounter = line["encounter"]
    counting = line["counted_monitoring"]
    pauses = tuple(span for s in line["segments"] if s["kind"] == "interruption" and (span := _span(s)))
    day = encounter["date_of_service"]
    return Report(
        document=document,
        name=line["document"]["name"],
        day=date.fromisoformat(day) if day else None,
        facility=encounter["facility"] or "",
        patient=_patient(line),
        payers=tuple(one["payer"] for one in lines),
        people=tuple(_people(encounter, text)),
        attended=tuple(_attended(line, pauses)),
        counted=tuple(_counted(line)),
        monitoring=_span(counting),
        pauses=pauses,
        monitored=tuple(q for s in line["segments"] if s["kind"] == "monitoring" for q in _quotes(line, s["evidence"])),
        allocated=tuple(span for one in line["allocated"] if (span := _span(one))),
        operator_monitors=any(finding["rule"] == OPERATOR_RULE for finding in line["findings"]),
        suggested=tuple(_suggested(lines)),
        signed=tuple(_signed(line, text)),
    )


def _people(encounter: Mapping[str, Any], text: str) -> Iterator[Named]:
    facility = encounter["facility"] or ""
    for role, field in _ROLES:
        stated = encounter[field]
        for person in stated if isinstance(stated, list) else [stated] if stated else []:
            name, credentials = (person, []) if isinstance(person, str) else (person["name"], person["credentials"])
            yield Named(name, tuple(credentials) or _credentials(name, text), role, facility, _npi(name, text))


def _credentials(name: str, text: str) -> tuple[str, ...]:
    """The credentials behind a name in the text, for roles of which the line gives the name alone."""
    from ionm_notes.read.names import names_in

    at = text.find(name)
    found = names_in(text, at, min(len(text), at + len(name) + 30))[:1] if at >= 0 else []
    return found[0].credentials if found else ()


def _npi(name: str, text: str) -> str:
    """The one valid NPI on a line that names the person; '' where there is none, or several."""
    words = name_words(name)
    numbers = {
        number
        for shown in text.splitlines()
        if words and words[-1] in shown.casefold()
        for number in _TEN_DIGITS.findall(shown)
        if is_npi(number)
    }
    return numbers.pop() if len(numbers) == 1 else ""


def _patient(line: Mapping[str, Any]) -> tuple[str, ...]:
    """The words of the patient's name and the figures of a second identifier; empty unless both are there."""
    proof = line["element_evidence"].get("patient_identity", [])
    if len(proof) < 2:
        return ()
    name = name_words(proof[0]["text"].partition(":")[2] or proof[0]["text"])
    figures = "".join(re.findall(r"\d+", proof[1]["text"]))
    return (*sorted(name), figures) if name and figures else ()


def _attended(line: Mapping[str, Any], pauses: Sequence[Minutes]) -> Iterator[Attended]:
    for spell in line["attendance"]:
        if (stay := _span(spell)) is None:
            continue
        for start, end in without(stay, pauses):
            quotes = _quotes(line, spell["evidence"])
            yield Attended(spell["professional"], start, end, spell["mode"], spell["exclusive"], quotes)


def _quotes(line: Mapping[str, Any], evidence: Iterable[Mapping[str, Any]]) -> tuple[Quote, ...]:
    return tuple(Quote(line["document"]["name"], item["page"], item["text"]) for item in evidence)


def _counted(line: Mapping[str, Any]) -> Iterator[Counted]:
    for stretch in line["minutes_proof"]:
        span = _span(stretch)
        if stretch["column"] is not None and span is not None:
            yield Counted(stretch["professional"], *span, stretch["column"])


def _suggested(lines: Sequence[Mapping[str, Any]]) -> Iterator[Suggested]:
    for line in lines:
        for code in line["codes"]:
            if code["kind"] == "time" and code["units"]:
                yield Suggested(line["payer"], code["code"], code["professional"], code["units"])


def _signed(line: Mapping[str, Any], text: str) -> Iterator[Signed]:
    for signature in line["signatures"]:
        if signature["signed"] and not signature["draft"] and signature["by"] and signature["at"]:
            moment = datetime.fromisoformat(signature["at"])
            timed = len(signature["at"]) > len("YYYY-MM-DD")
            yield Signed(signature["by"], moment.date(), moment if timed else _clock(signature, moment, text))


def _clock(signature: Mapping[str, Any], day: datetime, text: str) -> datetime | None:
    """The clock time behind a signature's date on its line; None where there is none, or the signature stands twice."""
    said = " ".join(signature["evidence"][0]["text"].split()) if signature["evidence"] else ""
    flat = " ".join(text.split())
    if not said or flat.count(said) != 1:
        return None
    behind = flat[flat.index(said) + len(said) :][:16]
    match = _CLOCK.search(said[-24:] + behind)
    if match is None:
        return None
    hour = int(match[1]) % 12 + 12 * (match[3].lower() == "pm") if match[3] else int(match[1])
    return day.replace(hour=hour, minute=int(match[2]))


def _span(stated: Mapping[str, Any]) -> Minutes | None:
    """Start and end as minutes; None where one is missing or the end does not come after the start."""
    if not stated["start"] or not stated["end"]:
        return None
    start, end = (minute_of(datetime.fromisoformat(stated[edge])) for edge in ("start", "end"))
    return (start, end) if start < end else None


def without(stay: Minutes, pauses: Iterable[Minutes]) -> Iterator[Minutes]:
    """The parts of a stay outside some spans."""
    start, end = stay
    for gone, back in sorted(pauses):
        if start < gone < end:
            yield start, gone
        if gone < end and back > start:
            start = max(start, back)
    if start < end:
        yield start, end


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names within one document may be one person's."""
    return one == other or (one is not None and other is not None and same_person(one, other))
