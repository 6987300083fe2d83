"""The measure of accuracy: a perfect reading scores everything, and each kind of fault lowers its own figure."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from benchmarks.accuracy import Tally, compare
from fixtures.variety.make import make


@pytest.fixture
def gold() -> dict[str, Any]:
    return next(
        m.gold
        for n in range(50)
        if (m := make("dev", n)).gold["codes"]["medicare"] and m.gold["segments"] and m.plan.mode == "remote"
    )


def printed(gold: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a program would print that reads everything as it is labelled."""
    line = {key: gold[key] for key in ("encounter", "modalities", "segments", "attendance", "minutes", "elements")}
    rules = {payer: [{"rule": r} for r in gold["rules"]["both"] + gold["rules"][payer]] for payer in ("medicare", "commercial")}
    return copy.deepcopy({p: {**line, "codes": gold["codes"][p], "findings": rules[p]} for p in rules})


def figures(tally: Tally) -> dict[str, float | None]:
    return {
        name: tally.figure(name) for name in ("time codes", "minutes", "segments F1", "elements", "wrong supported: documents")
    }


def test_a_perfect_reading_has_every_figure_full(gold: dict[str, Any]) -> None:
    tally = compare(gold, printed(gold))
    wrong = figures(tally).pop("wrong supported: documents")
    assert wrong == 0
    assert {v for k, v in figures(tally).items() if k != "wrong supported: documents"} == {1.0}
    assert not tally.errors


def test_a_document_that_cannot_be_read_answers_nothing(gold: dict[str, Any]) -> None:
    tally = compare(gold, {})
    assert tally.figure("time codes") == 0
    assert tally.figure("segments F1") == 0
    assert tally.figure("wrong supported: documents") == 0


def test_one_lost_segment_lowers_segments_alone(gold: dict[str, Any]) -> None:
    lines = printed(gold)
    for line in lines.values():
        line["segments"] = line["segments"][:-1]
    tally = compare(gold, lines)
    assert tally.figure("segments F1") == pytest.approx(2 * (len(gold["segments"]) - 1) / (2 * len(gold["segments"]) - 1))
    assert tally.figure("minutes") == 1


def test_units_called_supported_against_the_labels_are_counted_by_document(gold: dict[str, Any]) -> None:
    lines = printed(gold)
    for line in lines.values():
        line["codes"] = [{"code": "95940", "units": 99, "status": "supported"}]
    assert compare(gold, lines).figure("wrong supported: documents") == 1
