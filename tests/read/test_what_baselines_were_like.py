"""What the baselines were like is told in a column, under a heading, or behind the sentence that says when they were taken."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Oscar Vale, MD
Technologist: Ana Ruiz, CNIM
Interpreting physician: Dana Whitfield, MD

"""


def _told(text: str) -> str:
    element = read_case(read_bytes("note.txt", f"{HEAD}{text}\n".encode())).elements["baseline_findings"]
    return element.evidence[0].text if element.evidence else ""


def test_a_column_of_baselines_is_read_below_its_head() -> None:
    table = "Study\tSites\tReference recording\tCourse\nSSEP arms\tulnar nerve, wrists\tN20 18.9 ms left\tno change\n"
    assert "N20 18.9 ms left" in _told(table)


def test_a_column_that_holds_hours_alone_tells_nothing_of_responses() -> None:
    assert _told("Phase\tSet-up\tBaseline\tMonitoring\nfrom\t07:10\t07:48 - 07:58\t08:05\nto\t07:40\t-\t11:20\n") == ""


@pytest.mark.parametrize(
    "text",
    [
        "REFERENCE FINDINGS\nMedian responses are symmetrical and of normal latency.\n",
        "MODALITIES AND BASELINES\nMotor evoked potentials were present in both hands.\n",
        "We collected our baselines from 7:36 to 7:48. The N20 response was there on both sides, 1.4 microvolts for the left.\n",
        "Baselines were shot from 7:44 to 7:58. Posterior tibial SSEPs were well formed.\n",
        "EMG of the right leg was quiet at start.\n",
        "Before dissection vagal stimulation on the right gave a compound response of 720 microvolts; the left gave nothing.\n",
        "Before the tumor was touched the facial response was 1.2 mV and of normal shape.\n",
        "Visual potentials, right and left eye, at baseline were of small but repeatable amplitude, 3.1 microvolts right.\n",
        "The tibial responses at baseline measured 0.8 microvolts left and 1.1 right and were reproducible.\n",
        "Findings. At baseline EMG was quiet and the action potential measured 85 microvolts.\n",
    ],
)
def test_a_heading_or_the_sentence_before_says_that_they_are_baselines(text: str) -> None:
    assert _told(text) != ""


@pytest.mark.parametrize(
    "text",
    [
        "Baselines were taken from 7:44 to 7:58. The final responses remained normal throughout.\n",
        "Baselines were taken from 7:44 to 7:58. The patient was then turned prone.\n",
        "At the last run all was at baseline.\n",
        "Responses similar to those at baseline were present at closing.\n",
        "The closing traces were the same as at baseline was the normal rule.\n",
        "The nerve conducted as well at the end as it did at the start.\n",
    ],
)
def test_what_came_later_is_not_what_baselines_were_like(text: str) -> None:
    assert _told(text) == ""


@pytest.mark.parametrize(
    "text", ["At baseline all of them were easily obtained.", "Baseline MEPs were elicited without difficulty."]
)
def test_how_easily_baselines_came_tells_what_they_were_like(text: str) -> None:
    assert _told(text)


def test_that_baselines_were_obtained_tells_nothing_of_them() -> None:
    assert not _told("Baselines were obtained.")


@pytest.mark.parametrize(
    "text",
    [
        "Before dissection the right vagus was stimulated at 1 mA with a vocalis response of 640 microvolts.",
        "The vagus on the left gave 480 microvolts at the start.",
        "Before: SSEP N20 delayed, 24 ms. NAP small. EMG still.",
        "before - all SSEPs reproducible; EMG quiet",
        "Pre-resection stimulation of the facial nerve at 0.1 mA gave 900 uV in orbicularis oris.",
        "Visual evoked potentials, right and left eye, at baseline were of small but repeatable amplitude.",
        "The study began with normal N20 and small P37.",
        "At hook-up, legs absent, arms present.",
        "Test\tWhere\tBase\tCase\nSSEP\tUlnar\tOk, R tib low amp\tNo chg\n",
    ],
)
def test_the_time_of_first_responses_stands_in_any_place(text: str) -> None:
    assert _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "After dissection the right vagus gave 640 microvolts.",
        "Before closing the nerve gave 500 uV.",
        "Before surgery the cord function was normal clinically.",
        "Before discharge the patient was well.",
        "At the start of monitoring the surgeon was informed.",
        "The response was the same as at the start, 480 uV.",
    ],
)
def test_what_is_told_of_the_end_or_of_the_patient_is_no_first_response(text: str) -> None:
    assert _told(text) == ""
