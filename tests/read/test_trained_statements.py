"""Where patterns find no answer to how the professional attended, a trained model may; a person has to confirm it."""

from __future__ import annotations

import hashlib
import json
import pathlib

import numpy
import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.trained import linear, statements, without_guesses, words
from ionm_notes.read.trained.sentences import plain
from ionm_notes.types import Audit

MODELS = pathlib.Path(__file__).parents[2] / "models"
REPORT = """Patient: Vera Moss   DOB: 02/03/1960   MRN: 123456
Date of service: 05/06/2025   Inpatient   Facility: Elm Hospital
Surgeon: Kim Stone, MD   Procedure: C5-C6 fusion   Indication: cervical myelopathy
Interpreting physician: Ada Wolfe, MD
Technologist: Bo Lind, CNIM
SSEP median nerve, bilateral; tibial nerve, bilateral

07:05 Start electrode placement
07:31 Electrode placement complete
07:35 Baseline recording started
07:50 Baselines complete
07:55 Monitoring started
11:40 Monitoring ended

{}

Interpretation: no change. Electronically signed by Ada Wolfe, MD 05/06/2025 14:00
"""
FAR = "Dr. Wolfe's vantage was a cottage outside the city, the pictures sent to her there."
REST = "She read live and attended to this case only, in touch with the surgeon by chat. Dr. Stone ordered the monitoring."


def audits(statement: str) -> tuple[Audit, ...]:
    return audit_payers(read_bytes("report.txt", REPORT.format(statement).encode()), ("medicare", "commercial"))


def guesses(statement: str) -> list[str]:
    return [guess.what for guess in audits(statement)[0].case.guesses]


def test_a_place_told_in_words_that_no_pattern_knows_is_read_and_no_time_code_is_supported_by_it() -> None:
    for audit in audits(f"{FAR} {REST}"):
        assert {row.mode for row in audit.case.attendance} == {"remote"}
        assert {line.status for line in audit.codes if line.kind == "time"} == {"query"}
        finding = next(f for f in audit.findings if f.rule == "please-confirm")
        assert finding.severity == "warning"
        assert "cottage" in finding.evidence[0].text


def test_patterns_keep_the_answer_that_they_find_anywhere_in_the_document() -> None:
    for audit in audits(f"{FAR} Location of physician: in the operating room."):
        assert {row.mode for row in audit.case.attendance} == {"in_room"}


def test_what_is_told_of_the_technologist_is_not_taken_for_the_professionals() -> None:
    assert guesses("Bo Lind, CNIM, had her vantage in a cottage outside the city, the pictures sent to her there.") == []


@pytest.mark.parametrize(
    "statement",
    [
        "A dedicated electrode set was used for this patient.",
        "The left leg was monitored exclusively with needle electrodes.",
        "The technologist was alone in the room.",
        "A remote history of stroke was noted.",
        "The film was gone over with the family the next day.",
        "Kind regards from the office.",
        "In 2019 an operation had been watched from a cottage by wire, years ago.",
        "The policy says that a physician should look on from another town.",
    ],
)
def test_near_misses_say_nothing_of_attendance(statement: str) -> None:
    assert guesses(statement) == []


def test_two_places_that_exclude_one_another_are_none() -> None:
    beside = "Dr. Wolfe sat in the pantry, a few strides from the theatre."
    assert guesses(beside) != []
    assert not any("place" in what for what in guesses(f"{FAR} {beside}"))


def test_a_statement_of_reading_afterwards_is_asked_and_takes_no_code_away() -> None:
    stated = "Physician: remote, this case only."
    told = "Dr. Wolfe leafed through the stored sweeps at the end of the week."
    codes = [[(line.code, line.units) for line in audit.codes] for audit in audits(stated)]
    for audit, before in zip(audits(f"{stated} {told}"), codes, strict=True):
        assert [(line.code, line.units) for line in audit.codes] == before
        assert any(f.rule == "please-confirm" and f.severity == "warning" for f in audit.findings)


def test_read_by_patterns_alone_or_without_weights_there_is_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_guesses():
        assert guesses(FAR) == []
    monkeypatch.setattr(statements, "load", lambda: None)
    assert guesses(FAR) == []


@pytest.mark.parametrize(("folder", "name"), [("statements", "weights.npz"), ("words", "words.npz")])
def test_the_shipped_files_are_those_of_their_manifests(folder: str, name: str) -> None:
    manifest = json.loads((MODELS / folder / "MANIFEST.json").read_text())
    assert manifest["sha256"] == hashlib.sha256((MODELS / folder / name).read_bytes()).hexdigest()
    assert manifest["licence"] == "Apache-2.0"


def test_the_statements_were_trained_with_the_shipped_words_and_all_models_together_are_small() -> None:
    trained = json.loads((MODELS / "statements" / "MANIFEST.json").read_text())
    assert trained["words_sha256"] == json.loads((MODELS / "words" / "MANIFEST.json").read_text())["sha256"]
    assert sum(path.stat().st_size for path in MODELS.rglob("*.npz")) < 15_000_000


def test_answers_are_given_only_from_a_share_at_which_they_were_right_and_confidence_never_falls() -> None:
    heads = linear.load()
    assert heads is not None
    for head in heads.values():
        assert all(least >= 0.4 for least in head.least)
        values = [head.curve.at(n / 50) for n in range(51)]
        assert values == sorted(values)


def test_words_that_are_used_alike_lie_closer_than_others() -> None:
    def near(first: str, second: str) -> float:
        a, b = (words.vector(word) for word in (first, second))
        return float(a @ b / numpy.linalg.norm(a) / numpy.linalg.norm(b))

    assert near("physician", "doctor") > near("physician", "needle")
    assert near("disconnected", "unplugged") > near("disconnected", "consultant")
    assert near("simultaneously", "concurrently") > near("simultaneously", "hospital")


def test_people_are_written_as_what_they_are_and_small_counts_stay() -> None:
    people = {"wolfe": "physician", "lind": "technologist"}
    text = plain("Dr. Wolfe watched 1 case from 08:10 with Bo Lind, CNIM; 22 needles", people)
    assert text == ["physician", "watched", "1", "case", "from", "clock", "with", "technologist", "00", "needles"]
