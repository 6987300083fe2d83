"""Hand-offs: a stretch without a technologist is told, and minutes of one reader are not billed for another."""

from __future__ import annotations

import pytest
from packet_pages import LOG, REPORT, TOP, document

from ionm_notes.audit import audit_payers, read
from ionm_notes.types import Audit

TWO = [line.replace("Technologist: Per Holm, CNIM", "Technologists: Per Holm, CNIM; Una Delacroix, CNIM") for line in REPORT]
WATCHED = "I watched the waveforms in real time."


def judged(*pages: list[str]) -> Audit:
    return audit_payers(document(*pages), ("medicare",))[0]


def told(audit: Audit, rule: str) -> list[tuple[str, str]]:
    return [(finding.severity, finding.message) for finding in audit.findings if finding.rule == rule]


def with_rows(*rows: str) -> list[str]:
    return ["TECHNOLOGIST LOG", *TOP, "08:02    Monitoring started", *rows, "11:17    Monitoring ended"]


def test_a_stretch_between_two_technologists_is_told_as_a_warning() -> None:
    audit = judged(TWO, with_rows("09:45    P. Holm left the OR", "10:00    U. Delacroix arrived in the OR, took over"))
    assert ("warning", "No technologist is named for 15 min: Per Holm left at 09:45, Una Delacroix came at 10:00") in told(
        audit, "technologist-relief"
    )


@pytest.mark.parametrize(
    ("gone", "came", "minutes"), [("12:50 PM", "1:05 PM", 15), ("11:55 am", "12:10 pm", 15), ("23:50", "00:05", 15)]
)
def test_halves_of_the_day_and_midnight_are_counted_in(gone: str, came: str, minutes: int) -> None:
    audit = judged(TWO, with_rows(f"{gone}    P. Holm left the OR", f"{came}    U. Delacroix arrived in the OR"))
    assert any(f"for {minutes} min" in message for _, message in told(audit, "technologist-relief"))


def test_times_of_two_technologists_in_one_line_are_held_against_each_other() -> None:
    line = "Technologist: Per Holm, CNIM until 09:45; Una Delacroix, CNIM from 10:05"
    audit = judged([part.replace("Technologist: Per Holm, CNIM", "") for part in REPORT[:-1]] + [line, REPORT[-1]])
    assert any("for 20 min" in message for _, message in told(audit, "technologist-relief"))


def test_a_relief_that_came_before_the_first_one_left_is_no_gap() -> None:
    for rows in (
        ("09:40    U. Delacroix arrived in the OR", "09:45    P. Holm left the OR"),
        ("09:45    P. Holm left the OR", "09:45    U. Delacroix took over"),
        ("09:45    Holm: left leg MEP smaller, surgeon told", "10:00    Delacroix took over"),
    ):
        assert not any(severity == "warning" for severity, _ in told(judged(TWO, with_rows(*rows)), "technologist-relief"))


@pytest.mark.parametrize(
    "line",
    [
        "At 10:00 the remote oversight was handed off to Bertram Oyelowo, MD, who watched until the end.",
        "At 10:00 the remote oversight was handed off to Bertram Oyelowo, MD; anesthesia and surgeon informed.",
        "At 10:00 the surgeon was told, and the remote oversight was handed off to Bertram Oyelowo, MD.",
        "Second interpreting physician: Bertram Oyelowo, MD, from 10:00",
    ],
)
def test_a_hand_off_to_another_reader_that_gave_no_minutes_holds_the_time_codes(line: str) -> None:
    audit = judged([*REPORT[:-1], line, REPORT[-1]])
    assert {code.status for code in audit.codes if code.kind == "time"} <= {"query", "not-supported"}
    assert any("Bertram Oyelowo" in message for _, message in told(audit, "time-conflict"))


def test_a_hand_off_among_others_holds_nothing() -> None:
    plain = judged(REPORT)
    for line in (
        "09:10 anesthesia relieved by Nils Orr, MD",
        "Second reader for quality review: Bertram Oyelowo, MD",
        "Scrub relief at 10:00, Dr. Brandvold informed",
        "The patient was handed over to Dr. Brandvold in recovery by nursing",
    ):
        audit = judged([*REPORT[:-1], line, REPORT[-1]])
        assert [(c.code, c.units, c.status) for c in audit.codes] == [(c.code, c.units, c.status) for c in plain.codes]


def test_the_title_of_a_log_is_no_technologist() -> None:
    case = read(document(REPORT, ["TECHNOLOGIST EVENT LOG", *LOG[1:]]))
    assert [person.name for person in case.encounter.technologists] == ["Per Holm"]
