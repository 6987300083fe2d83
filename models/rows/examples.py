"""Labelled examples for the row model: wordings of the variety's parts, of made-up writers, own entries, and the examples of patterns."""

from __future__ import annotations

import itertools
import pathlib
import random
import re
import tomllib
from collections.abc import Iterator

from fixtures.variety.writing import PHRASES, bank
from ionm_notes.read.vocabulary import vocabulary

ENTRY_KEYS = {
    f"log_{kind}_{end}": f"{kind}.{end}"
    for kind in ("setup", "baseline", "monitoring", "interruption", "removal")
    for end in ("start", "end")
}
ENTRY_KEYS |= {
    "log_professional_on": "professional.start",
    "log_professional_on_in_room": "professional.start",
    "log_professional_off": "professional.end",
    "log_professional_off_in_room": "professional.end",
    "log_handoff": "handoff",
    "log_communication": "communication",
    "log_no_change": "no-change",
    "log_recovered": "no-change",
    "log_last": "no-change",
    "log_alert": "change",
    "log_alert_untold": "change",
    "log_surgical_step": "surgical-step",
    "log_closing": "surgical-step",
    "log_anesthesia": "anesthesia",
    "log_tof": "other",
    "log_screw_stim": "other",
    "log_chat_other": "other",
}
INTERVAL_KEYS = {f"nar_{kind}_range": kind for kind in ("setup", "baseline", "monitoring", "interruption", "removal")}
INTERVAL_KEYS |= {
    "nar_remote_attendance": "attend",
    "nar_in_room_attendance": "attend",
    "nar_nearby_attendance": "attend",
    "nar_or_times": "other",
    "nar_incision": "other",
    "nar_mapping": "other",
}
LABEL_KEYS = {f"label_{kind}": kind for kind in ("setup", "baseline", "monitoring", "interruption", "removal")} | {
    "label_attendance": "attend",
    "label_attendance_in_room": "attend",
    "label_or": "other",
}
PATTERN_KINDS = {
    "patient.in": "other",
    "patient.out": "other",
    "incision": "surgical-step",
    "closure": "surgical-step",
    "anesthesia": "anesthesia",
    "signals": "no-change",
    "signals.on": "no-change",
    "professional.on": "professional.start",
    "professional.off": "professional.end",
}
VOICES = pathlib.Path(__file__).resolve().parents[1] / "voices"
NAMES = ("Ashworth", "Benavides", "Carmody", "Delacroix", "Eastman", "Fairbanks", "Gallardo")


def parts() -> list[str]:
    """The parts of the variety, each by an author of its own; never the test part."""
    return sorted(path.stem for path in PHRASES.glob("*.toml") if not path.stem.startswith("test"))


def voices() -> dict[str, dict[str, dict[str, list[str]]]]:
    """What each made-up writer of `models/voices` says, by name: 'entries', 'intervals' and 'statements' by class."""
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted(VOICES.glob("*.toml"))}


def spoken(section: str, most: int, seed: int) -> dict[str, list[tuple[str, str]]]:
    """The wordings of one section with their class, by writer."""
    rng = random.Random(seed)
    return {
        name: [
            (filled(way, rng), label)
            for label, phrases in told.get(section, {}).items()
            for phrase in phrases
            for way in ways(phrase, most, rng)
        ]
        for name, told in voices().items()
    }


def own(most: int, seed: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The entries beside this file with their class, and the statements with an interval with theirs."""
    rng = random.Random(seed)
    lists = tomllib.loads((pathlib.Path(__file__).parent / "entries.toml").read_text())
    spans = lists.pop("intervals")
    found = [
        [(filled(way, rng), label) for label, phrases in told.items() for phrase in phrases for way in ways(phrase, most, rng)]
        for told in (lists, spans)
    ]
    return found[0], found[1]


def ways(phrase: str, most: int, rng: random.Random) -> list[str]:
    """Ways of reading a phrase with choices, at most so many."""
    pieces = [part.split("|") if n % 2 else [part] for n, part in enumerate(re.split(r"<([^<>]*)>", phrase))]
    found = ["".join(way) for way in itertools.product(*pieces)]
    return rng.sample(found, most) if len(found) > most else found


def filled(text: str, rng: random.Random) -> str:
    """The phrase with names and times in its slots."""
    name = rng.choice(NAMES)
    slots = {
        "prof": f"Dr. {name}",
        "prof1": "Dr. Ibarra",
        "surgeon": "Dr. Hathaway",
        "tech": "Jonas Jamison, CNIM",
        "mod": "VEP",
        "n": "100",
    }
    slots |= {"t": "08:15", "t1": "08:15", "t2": "09:20"}
    return re.sub(r"\{(\w+)\}", lambda m: slots.get(m[1], ""), text)


def noisy(text: str, rng: random.Random) -> str:
    """The wording in other letters, with a slip, or with initials before it."""
    kind = rng.randrange(4)
    if kind == 0:
        return text.upper()
    if kind == 1:
        return text.lower()
    if kind == 2 and len(text) > 6:
        at = rng.randrange(1, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return f"{rng.choice('ABCDEFG')}{rng.choice('HIJKLM')} {text}"


def entries(part: str, most: int, seed: int) -> list[tuple[str, str]]:
    """Entries of a log with their class."""
    rng = random.Random(seed)
    return [
        (filled(way, rng), ENTRY_KEYS[key])
        for key, phrases in bank(part).items()
        if key in ENTRY_KEYS
        for phrase in phrases
        for way in ways(phrase, most, rng)
    ]


def intervals(part: str, most: int, seed: int) -> list[tuple[str, str]]:
    """Statements with an interval, the clock times left out, with the class of the interval."""
    rng = random.Random(seed)
    keys = INTERVAL_KEYS | LABEL_KEYS
    found = []
    for key, phrases in bank(part).items():
        for phrase in phrases if key in keys else ():
            found += [(filled(re.sub(r"\{t[12]?\}", " ", way), rng), keys[key]) for way in ways(phrase, most, rng)]
    return found


def from_patterns() -> Iterator[tuple[str, str]]:
    """The lines that the event patterns must match."""
    for pattern in vocabulary().group("event"):
        kind = pattern.id.removeprefix("event.")
        label = PATTERN_KINDS.get(kind, kind)
        for line in pattern.yes:
            if label in set(ENTRY_KEYS.values()):
                yield line, label
