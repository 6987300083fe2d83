#!/usr/bin/env python3
"""What patterns alone make of single labelled wordings: the made-up writers of `models/voices`, or any folder of such files.

    python benchmarks/wordings.py                                   # all voices: recall by question and class
    python benchmarks/wordings.py --writers 'nurse|lawyer' --show place
    python benchmarks/wordings.py --show 'entry setup'              # entries of logs that are missed, confused or invented
    python benchmarks/wordings.py --voices FOLDER                   # voices that nobody tuned on

Each wording stands alone in a short report with everything else a report needs, and is read without the trained models. A
document needs several of these to be understood at once, so that its own figure is about their product.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import re
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionm_notes.types import Document

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "models" / "rows"), str(ROOT / "models" / "statements")]
HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960
Surgeon: Mark Hathaway, MD
{who}
Technologist: Jonas Jamison, CNIM

"""
SHAPES = {
    "statement": HEAD
    + "Monitoring: 08:00 - 10:00\n\n{text}\n\nSSEP and MEP were recorded from upper and lower limbs. No changes were seen.\n",
    "entry": HEAD + "Time    Event\n07:05   Patient in room\n08:15   {text}\n09:50   Patient out of room\n",
    "interval": HEAD + "{text}: 08:15 - 09:20\n\nSSEP and MEP were recorded.\n",
}
STRUCTURE = {
    f"{kind}.{end}"
    for kind in ("setup", "baseline", "monitoring", "interruption", "removal", "professional")
    for end in ("start", "end")
}
INTERVALS = {"setup", "baseline", "monitoring", "interruption", "removal", "attend"}
PHYSICIANS = ("Ashworth", "Benavides", "Carmody", "Delacroix", "Eastman", "Fairbanks", "Gallardo", "Ibarra")
EIGHT_FIFTEEN = 8 * 60 + 15


@dataclass(frozen=True, slots=True)
class Wording:
    """One labelled wording: its writer, its shape (statement, entry, interval), its question and the answer it gives."""

    writer: str
    shape: str
    question: str
    answer: str
    text: str


def wordings(folder: pathlib.Path, most: int) -> list[Wording]:
    """Every wording of every writer, of each choice at most so many; a statement once for each question."""
    import random

    from examples import filled, ways
    from labelled import answers

    rng = random.Random(5)
    found: list[Wording] = []
    for path in sorted(folder.glob("*.toml")):
        told = tomllib.loads(path.read_text())
        for section, shape in (("entries", "entry"), ("intervals", "interval"), ("statements", "statement")):
            for label, phrases in told.get(section, {}).items():
                texts = [filled(way, rng) for phrase in phrases for way in ways(phrase, most, rng)]
                asked = answers(label) if shape == "statement" else {shape: label}
                found += [Wording(path.stem, shape, q, a, t.strip(" :")) for t in texts for q, a in asked.items()]
    return found


def heard(wording: Wording) -> str:
    """What patterns alone answer to the wording's question; 'none' where nothing."""
    from ionm_notes.ingest import read_bytes
    from ionm_notes.read.trained import without_guesses

    names = [name for name in PHYSICIANS if name in wording.text] or ["Ashworth"]
    who = "\n".join(f"Interpreting neurophysiologist: Anna {name}, MD" for name in names)
    document = read_bytes("wording.txt", SHAPES[wording.shape].format(who=who, text=wording.text).encode())
    with without_guesses():
        return _statement(document, wording.question) if wording.shape == "statement" else _event(document, wording.shape)


def _statement(document: Document, question: str) -> str:
    from ionm_notes.read.case import read_case

    case = read_case(document)
    modes = {row.mode for row in case.attendance} - {"unstated"}
    in_room = modes == {"in_room"}  # being in the room is live, and in touch, without a word about it
    present = {name for name, element in case.elements.items() if element.evidence}
    alone = (
        case.exclusive
        if case.exclusive is not None
        else next((a.exclusive for a in case.attendance if a.exclusive is not None), None)
    )
    part = {
        "handover": case.handed_over or len({row.professional for row in case.attendance}) > 1,
        "break": any(row.kind == "interruption" for row in case.segments) or case.times_unread,
        "away": case.attendance_unread or any(not row.whole_case for row in case.attendance),
    }
    return {
        "place": "+".join(sorted(modes)) or "none",
        "exclusivity": {True: "exclusive", False: "shared", None: "none"}[alone],
        "live": "afterwards" if case.read_afterwards else "live" if case.real_time and not in_room else "none",
        "communication": "communication" if "communication" in present and not in_room else "none",
        "presence": "presence" if "technologist_presence" in present else "none",
        "order": "order" if "order" in present else "none",
        "course": next((name for name, holds in part.items() if holds), "none"),
    }[question]


def _event(document: Document, shape: str) -> str:
    from ionm_notes.read.attendance import with_turns
    from ionm_notes.read.events import read_events, read_times
    from ionm_notes.read.fields import read_fields
    from ionm_notes.read.people import read_cast
    from ionm_notes.read.reading import lay_out
    from ionm_notes.read.vocabulary import vocabulary

    reading = lay_out(document)
    times = read_times(reading)
    events = with_turns(reading, times, read_events(reading, times), read_cast(reading, read_fields(reading), ()))
    here = [event for event in events if event.first == EIGHT_FIFTEEN]
    if shape == "interval":
        kinds = {"attend" if event.kind == "professional" else event.kind for event in here} & INTERVALS
        return "+".join(sorted(kinds)) or "none"
    if any(event.kind == "handoff" for event in here):
        return "handoff"
    kinds = {f"{'professional' if e.kind == 'attend' else e.kind}.{'start' if e.phase == 'point' else e.phase}" for e in here}
    if {"professional.start", "professional.end"} <= kinds:
        return "handoff"
    if "professional.start" in kinds and vocabulary().regex("turn.takes-over").search(reading.text):
        return "handoff"  # these words end the attendance of whoever was there
    return "+".join(sorted(kinds & STRUCTURE)) or "none"


def verdict(wording: Wording, answer: str) -> str:
    """'hit', 'quiet', 'missed', 'invented' or 'confused'."""
    silent = wording.answer == "none" or (wording.shape == "entry" and wording.answer not in STRUCTURE | {"handoff"})
    silent |= wording.shape == "interval" and wording.answer == "other"
    if silent:
        return "quiet" if answer == "none" else "invented"
    return "hit" if answer == wording.answer else "missed" if answer == "none" else "confused"


def main() -> None:
    """Reads, counts, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voices", type=pathlib.Path, default=ROOT / "models" / "voices", help="a folder of voices")
    parser.add_argument("--writers", default="", help="an expression for the names of writers")
    parser.add_argument("--only", default="", help="an expression for question and answer, such as 'place' or 'entry setup'")
    parser.add_argument(
        "--show", default=None, metavar="QUESTION", help="print the wordings that are not understood, of questions like this"
    )
    parser.add_argument("--most", type=int, default=1, help="ways of reading a wording with choices")
    options = parser.parse_args()
    asked = [w for w in wordings(options.voices, options.most) if re.search(options.writers, w.writer)]
    asked = [w for w in asked if re.search(options.only, f"{w.question} {w.answer}")]
    counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
    with ProcessPoolExecutor() as pool:
        for wording, answer in zip(asked, pool.map(heard, asked, chunksize=16), strict=True):
            how = verdict(wording, answer)
            counts[wording.question, answer if how == "invented" and wording.shape == "statement" else wording.answer, how] += 1
            if (
                options.show is not None
                and how not in ("hit", "quiet")
                and re.search(options.show, f"{wording.question} {wording.answer} {answer}")
            ):
                print(f"{how:9}{wording.question} {wording.answer} -> {answer} | {wording.writer} | {wording.text}")
    print(f"{'':38}{'hit':>6}{'missed':>8}{'confused':>10}{'invented':>10}{'recall':>9}")
    for question, answer in sorted({(q, a) for q, a, _ in counts} - {(q, "none") for q, _, _ in counts}):
        hit, missed, confused, invented = (counts[question, answer, how] for how in ("hit", "missed", "confused", "invented"))
        of = hit + missed + confused
        print(f"{question + ' ' + answer:38}{hit:6}{missed:8}{confused:10}{invented:10}{f'{hit / of:9.1%}' if of else ''}")


if __name__ == "__main__":
    main()
