"""Where patterns leave a question open, the encoder and a sign in the words answer it together; one of them alone never does."""

from __future__ import annotations

import hashlib
import json
import pathlib
import tomllib

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.trained import encoder, signed_answers
from ionm_notes.read.trained.sentences import QUESTIONS, named
from ionm_notes.read.trained.signs import SIGNED, signed
from ionm_notes.types import Audit
from tests.read.test_trained_statements import REPORT

MODELS = pathlib.Path(__file__).parents[2] / "models"
REST = "Physician location: remote. Real-time monitoring with continuous chat. Dr. Stone ordered the monitoring."


def audits(statement: str) -> tuple[Audit, ...]:
    return audit_payers(read_bytes("report.txt", REPORT.format(statement).encode()), ("medicare", "commercial"))


def test_without_the_encoder_nothing_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_answers, "answered", lambda texts: ())
    for audit in audits(f"{REST} Nobody else's surgery was on her screens while this one ran."):
        assert audit.findings


def test_the_encoder_gives_shares_of_every_answer_and_the_answers_of_a_question_leave_a_rest_for_none() -> None:
    [shares] = encoder.answered((named("I watched every trace as it came, from home.", {}),))
    assert set(shares) == {answer for answers in QUESTIONS.values() for answer in answers}
    for answers in QUESTIONS.values():
        assert 0 <= sum(shares[answer] for answer in answers) <= 1.0001


def test_the_reader_takes_what_the_training_was_set_to() -> None:
    config = tomllib.loads((MODELS / "encoder" / "config.toml").read_text())
    assert (config["longest"], config["precision"]) == (encoder.LONGEST, encoder.PRECISION)


def test_every_answer_with_a_sign_is_one_of_the_questions_and_has_a_share_from_which_it_is_sure() -> None:
    known = {answer for answers in QUESTIONS.values() for answer in answers}
    assert set(SIGNED) <= known
    assert set(encoder.least()) == known
    assert all(share > 0.5 for share in encoder.least().values())


AFAR, ALONE, LIVE, CHAT = "Physician location: remote.", "This case only.", "Real-time monitoring.", "Continuous chat."
TOLD = {
    "I monitored one and one only.": ("exclusivity", AFAR, LIVE, CHAT),
    "Peak simultaneous = 1 for the reader on this account": ("exclusivity", AFAR, LIVE, CHAT),
    "Dr. Wolfe connected himself out of a hotel in which he sojourned for a congress.": ("location_mode", ALONE, LIVE, CHAT),
    "from house, VPN": ("location_mode", ALONE, LIVE, CHAT),
    "I had eyes on the signals as the rod went in, as in at that moment": ("real_time", AFAR, ALONE, CHAT),
}
"""Statements of writers whom no pattern knew when they were written down, with their elements and the rest of a sound record."""


@pytest.mark.parametrize("statement", TOLD)
def test_a_sign_and_the_encoder_together_show_an_element_and_let_the_time_codes_stand(statement: str) -> None:
    element, *rest = TOLD[statement]
    without = audits(" ".join(rest))[0]
    assert without.case.elements[element].state == "absent"
    for audit in audits(" ".join(rest) + "\n\n" + statement):
        shown = audit.case.elements[element]
        assert shown.state == "present"
        assert any(piece.text in statement for piece in shown.evidence)
        assert not [guess for guess in audit.case.guesses if guess.weighty]
        assert {line.status for line in audit.codes if line.kind == "time"} == {"supported"}


LONG = (
    "Dr. Wolfe sat in front of the live traces for those ninety-four minutes and spoke twice with Ms. Eck about the drape;"
    " the firm had her on a 1:1 footing, and no second name was hers."
)


def test_a_clause_of_a_long_sentence_is_weighed_by_itself() -> None:
    for audit in audits(f"{AFAR} {LIVE} {CHAT}\n\n{LONG}"):
        assert audit.case.elements["exclusivity"].state == "present"


def test_a_clause_is_of_what_its_sentence_is_of() -> None:
    for audit in audits(
        f"{AFAR} {LIVE} {CHAT}\n\nIn Dr. Stone's second case that day I was at my desk and had nobody else there."
    ):
        assert audit.case.exclusive is None


def test_an_answer_stands_against_a_weak_one_to_the_same_question_and_not_against_a_strong_one() -> None:
    assert not signed_answers._gainsays(0.6, 0.98)
    assert signed_answers._gainsays(0.6, 0.9)
    assert signed_answers._gainsays(0.85, 0.99)


@pytest.mark.parametrize("statement", TOLD)
def test_without_the_sign_or_without_the_encoder_they_show_nothing_that_is_billed(
    statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, *rest = TOLD[statement]
    record = " ".join(rest) + "\n\n" + statement
    for witness, silent in (("signed", lambda answer, text: False), ("answered", lambda texts: ())):
        with monkeypatch.context() as changed:
            changed.setattr(signed_answers, witness, silent)
            assert "supported" not in {line.status for line in audits(record)[0].codes if line.kind == "time"}


@pytest.mark.parametrize(
    "statement",
    [
        "The surgeon had no other patient that day.",
        "The physician was not exclusively dedicated to this patient.",
        "Technologist to remain in the OR for the whole case per protocol.",
        "No order for monitoring was found.",
        "Only the left tibial nerve was stimulated at the end.",
        "The anesthetist stood at the head of the table throughout and watched the screens.",
        "The reader shall attend to one case at a time.",
        "The family was kept informed by telephone.",
        "Number of cases open to the reader: ____",
        "Interpretation was rendered by Ada Wolfe, MD.",
        "The technologist communicated with the surgeon in person before the draping.",
        "Real-time navigation was used for the screws.",
    ],
)
def test_near_misses_show_nothing(statement: str) -> None:
    before = {name: element.state for name, element in audits(AFAR)[0].case.elements.items()}
    after = {name: element.state for name, element in audits(f"{AFAR}\n\n{statement}")[0].case.elements.items()}
    attended = ("location_mode", "exclusivity", "real_time", "technologist_presence", "order")
    assert {name: after[name] for name in attended} == {name: before[name] for name in attended}


def test_other_cases_told_beside_sole_attention_leave_a_doubt_and_the_time_codes_wait() -> None:
    record = f"{AFAR} {ALONE} {LIVE} {CHAT}\n\nDr. Wolfe watched a lumbar case at another hospital beside it."
    for audit in audits(record):
        assert "supported" not in {line.status for line in audit.codes if line.kind == "time"} or any(
            finding.rule == "concurrent-cases" for finding in audit.findings
        )


def test_a_word_alone_says_nothing() -> None:
    assert signed("exclusive", "only the left tibial nerve")
    for audit in audits(f"{REST} Only the left tibial nerve was stimulated at the end."):
        assert audit.case.exclusive is None


def test_the_shipped_encoder_is_that_of_its_manifest_and_all_models_together_are_small() -> None:
    manifest = json.loads((MODELS / "encoder" / "MANIFEST.json").read_text())
    assert manifest["sha256"] == hashlib.sha256((MODELS / "encoder" / "encoder.onnx").read_bytes()).hexdigest()
    assert manifest["licence"] == "Apache-2.0"
    shipped = [path for path in MODELS.rglob("*") if path.suffix in (".npz", ".onnx") or path.name == "pieces.txt"]
    assert sum(path.stat().st_size for path in shipped) < 15_000_000


@pytest.mark.parametrize(
    "said",
    [
        "The reader could be reached by a message on the screen, and could answer without delay.",
        "Dr. Stone was immediately available.",
        "Dr. Stone was in immediate contact with the room.",
        "instant messaging with the technologist",
    ],
)
def test_how_soon_somebody_answers_is_no_sign_of_watching(said: str) -> None:
    assert not signed("live", said)
    assert signed("live", f"{said} The traces were before her as they came.")
