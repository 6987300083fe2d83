"""Labelled sentences for the model of statements, each with its author: lists of the variety, examples of patterns, own sentences.

A label answers each question of `QUESTIONS`; a question that the author's label leaves open is missing there, and nothing is learned or
measured of it. Authors are kept apart so that each can be left out and read as a stranger's.
"""

from __future__ import annotations

import itertools
import pathlib
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from examples import filled, spoken, ways

from fixtures.variety.writing import PHRASES
from ionm_notes.read.trained.sentences import QUESTIONS
from ionm_notes.read.vocabulary import vocabulary

HERE = pathlib.Path(__file__).resolve().parent
ANSWERS = {answer: question for question, answers in QUESTIONS.items() for answer in answers}
PEOPLE = {"ibarra": "physician", "hathaway": "surgeon", "jamison": "technologist"} | dict.fromkeys(
    ("ashworth", "benavides", "carmody", "delacroix", "eastman", "fairbanks", "gallardo"), "physician"
)
"""The people whom `filled` puts into slots."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with the answers it gives; 'none' where it gives none, no entry where that is not known."""

    text: str
    answers: Mapping[str, str]
    author: str


def answers(told: str, unknown: str = "") -> dict[str, str]:
    """'remote+live' as an answer to every question but those named as unknown."""
    given = {ANSWERS[answer]: answer for answer in told.split("+") if answer != "none"}
    return {question: given.get(question, "none") for question in QUESTIONS if question not in unknown.split()}


# What a list of the variety says ('told'), and what it may say as well ('unknown').
LISTS: dict[str, tuple[str, str]] = {
    "nar_remote_whole": ("remote", "live exclusivity"),
    "nar_nearby_whole": ("nearby", "live"),
    "nar_in_room_whole": ("in_room", "live"),
    "nar_remote_attendance": ("remote", "live course"),
    "nar_nearby_attendance": ("nearby", "live course"),
    "nar_in_room_attendance": ("in_room", "live course"),
    "nar_exclusive_yes": ("exclusive", "live"),
    "nar_exclusive_no": ("shared", "live"),
    "nar_real_time": ("live", "place"),
    "nar_read_afterwards": ("afterwards", "place"),
    "nar_communication": ("communication", "place live"),
    "nar_communication_in_room": ("communication", "place live"),
    "nar_order": ("order", ""),
    "nar_interruption_range": ("break", ""),
    "nar_tech_presence": ("presence", ""),
    "nar_tech_exclusive": ("none", ""),
    "nar_operator": ("none", "place live"),
    "nar_no_professional": ("none", "live course"),
    "nar_handoff": ("handover", "live"),
    "nar_closing": ("none", "order"),
    "log_communication": ("none", "communication live"),
    "log_handoff": ("handover", "place live"),
    "log_interruption_start": ("break", ""),
    "log_interruption_end": ("break", ""),
    "log_professional_on": ("none", "place live course"),
    "log_professional_off": ("none", "place live course"),
    "log_professional_on_in_room": ("none", "place live course"),
    "log_professional_off_in_room": ("none", "place live course"),
}
# Lists of labels with the lists of values that go with them.
FIELDS: dict[tuple[str, str], tuple[str, str]] = {
    ("label_location", "value_remote"): ("remote", "live"),
    ("label_location", "value_nearby"): ("nearby", ""),
    ("label_location", "value_in_room"): ("in_room", ""),
    ("label_exclusive", "value_exclusive_yes"): ("exclusive", ""),
    ("label_exclusive", "value_exclusive_no"): ("shared", ""),
    ("label_real_time", "value_real_time"): ("live", ""),
    ("label_tech_presence", "value_tech_presence"): ("presence", ""),
    ("label_communication", "value_communication"): ("communication", ""),
    ("label_communication", "value_communication_in_room"): ("communication", "place"),
}
OTHER_FIELDS = {
    "label_order": ("order", "{surgeon}"),
    "label_surgeon": ("none", "{surgeon}"),
    "label_professional": ("none", "{prof}"),
    "label_technologist": ("none", "{tech}"),
    "label_setup": ("none", "{t1} - {t2}"),
    "label_baseline": ("none", "{t1} - {t2}"),
    "label_monitoring": ("none", "{t1} - {t2}"),
    "label_interruption": ("break", "{t1} - {t2}"),
    "label_removal": ("none", "{t1} - {t2}"),
    "label_or": ("none", "{t1} - {t2}"),
    "label_total": ("none", "{n}"),
    "label_facility": ("none", "Elm Hospital"),
    "label_procedure": ("none", "C5-C6 fusion"),
    "label_indication": ("none", "cervical myelopathy"),
    "label_mrn": ("none", "1234567"),
    "label_anesthesia": ("none", "propofol, remifentanil"),
    "label_patient": ("none", "Vera Moss"),
    "label_pos": ("none", "21"),
}
# What the examples of a pattern say; near-misses say the contrary of nothing, and only of that question.
PATTERNS = {
    "mode.in_room": "in_room",
    "mode.nearby": "nearby",
    "mode.remote": "remote",
    "supervision.live": "live",
    "supervision.afterwards": "afterwards",
    "supervision.exclusive": "exclusive",
    "supervision.shared": "shared",
    "supervision.communication": "communication",
    "statement.order": "order",
    "place.bare-room": "in_room",
    "place.bare-near": "nearby",
    "place.bare-away": "remote",
}
SILENT = ("event", "composed", "macro", "modality", "people", "statement", "site", "operation", "part")
"""Groups of patterns whose examples say nothing of attendance."""


def of_variety(part: str, most: int, seed: int) -> Iterator[Labelled]:
    """The phrase lists of one part."""
    rng = random.Random(seed)
    lists: dict[str, list[str]] = tomllib.loads((PHRASES / f"{part}.toml").read_text())
    for key, phrases in lists.items():
        if not key.startswith(("nar_", "log_", "head_")):
            continue
        told, unknown = LISTS.get(key, ("none", ""))
        for phrase in phrases:
            yield from (Labelled(filled(way, rng), answers(told, unknown), part) for way in ways(phrase, most, rng))
    for (label, value), (told, unknown) in FIELDS.items():
        pairs = list(itertools.product(lists.get(label, []), lists.get(value, [])))
        for left, right in rng.sample(pairs, min(len(pairs), 2 * most)):
            yield Labelled(f"{left}: {right}", answers(told, unknown), part)
    for label, (told, value) in OTHER_FIELDS.items():
        yield from (Labelled(f"{left}: {filled(value, rng)}", answers(told), part) for left in lists.get(label, []))


def of_patterns() -> Iterator[Labelled]:
    """The examples and near-misses that patterns carry."""
    for name, pattern in vocabulary().patterns.items():
        told = PATTERNS.get(name)
        if told is not None:
            question = ANSWERS[told]
            yield from (Labelled(line, {question: told}, "patterns") for line in pattern.yes)
        elif name.split(".")[0] in SILENT and not name.startswith(
            ("event.professional", "event.attend", "event.handoff", "composed")
        ):
            yield from (Labelled(line, answers("none", "order course"), "patterns") for line in pattern.yes if " " in line)


def of_own(most: int, seed: int) -> Iterator[Labelled]:
    """The sentences beside this file; each made-up writer is an author."""
    rng = random.Random(seed)
    for writer, lists in tomllib.loads((HERE / "sentences.toml").read_text()).items():
        for told, phrases in lists.items():
            for phrase in phrases:
                yield from (Labelled(filled(way, rng), answers(told), f"own {writer}") for way in ways(phrase, most, rng))


def of_voices(most: int, seed: int) -> Iterator[Labelled]:
    """The statements of the made-up writers of `models/voices`."""
    for name, pairs in spoken("statements", most, seed).items():
        yield from (Labelled(text, answers(told), f"voice {name}") for text, told in pairs)


def in_doubt(said: list[Labelled], share: float, seed: int) -> Iterator[Labelled]:
    """Statements of voices, so many of them, in words that leave them open ('whether ... is not recorded'): they answer nothing.

    A statement that answers nothing is put there as well, so that the words of doubt by themselves decide nothing.
    """
    rng = random.Random(seed)
    frames: list[str] = tomllib.loads((HERE / "doubt.toml").read_text())["frames"]
    for one in said:
        if rng.random() < share and not re.search(r"[:|?]", text := one.text.strip()):
            inside = text if re.match(r"(?:I|Dr|[A-Z][A-Z])\b", text) else text[0].lower() + text[1:]
            framed = filled(rng.choice(frames).replace("{s}", inside.rstrip(".!")), rng)
            yield Labelled(framed, dict.fromkeys(one.answers, "none"), one.author)


def without_repeats(found: list[Labelled]) -> list[Labelled]:
    """Each text of an author once."""
    return list({(one.author, re.sub(r"\W+", " ", one.text.lower())): one for one in found}.values())
