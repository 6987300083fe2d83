"""Boxes drawn with signs, side by side: each is read from top to bottom, and what its width broke is whole again."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes

PAIR = """\
MONITORING RECORD

{roof}
| Patient: Ida Greenleaf                 | | 12:41 pm  Preparation begins: the    |
| Technologist: Eleanor Bancroft, R. EEG | |       sites are being cleaned        |
|   T., CNIM                             | | 01:16 pm  Last electrode secured     |
|                                        | |                                      |
| STUDIES                                | | 01:20 pm  Baselines begin            |
| SSEP, arms: ulnar nerve                | |                                      |
{roof}
Signed: I. Moss, MD
"""
READ = [
    "MONITORING RECORD",
    "Patient: Ida Greenleaf",
    "Technologist: Eleanor Bancroft, R. EEG T., CNIM",
    "STUDIES",
    "SSEP, arms: ulnar nerve",
    "12:41 pm\tPreparation begins: the sites are being cleaned",
    "01:16 pm\tLast electrode secured",
    "01:20 pm\tBaselines begin",
    "Signed: I. Moss, MD",
]


def lines(text: str) -> list[str]:
    (page,) = read_bytes("note.txt", text.encode()).pages
    return [line.text for line in page.lines]


@pytest.mark.parametrize("corner", ["+", "."])
def test_boxes_side_by_side_are_read_one_after_the_other(corner: str) -> None:
    roof = f"{corner}{'-' * 40}{corner} {corner}{'-' * 38}{corner}"
    assert lines(PAIR.format(roof=roof)) == READ


def test_lines_of_a_box_drawn_with_line_signs_are_read_too() -> None:
    text = PAIR.replace("|", "│").format(roof=f"┌{'─' * 40}┐ ┌{'─' * 38}┐")
    assert lines(text) == READ


def test_a_wall_that_a_lost_letter_moved_is_found() -> None:
    text = PAIR.format(roof=f"+{'-' * 40}+ +{'-' * 38}+").replace("Patient: Ida Greenleaf ", "Patient: Ida Grenleaf ")
    assert lines(text)[1] == "Patient: Ida Grenleaf"


def test_doubled_blanks_move_walls_and_mix_no_boxes() -> None:
    text = PAIR.format(roof=f"+{'-' * 40}+ +{'-' * 38}+").replace("| Patient: Ida Greenleaf ", "|  Patient:  Ida  Greenleaf  ")
    assert [line.split("\t")[0] for line in lines(text)[1:6:4]] == ["Patient: Ida", "12:41 pm"]


def test_a_table_with_walls_between_its_cells_stays_a_table() -> None:
    roof = "+----------+-------+-------+"
    rows = ["| Event    | Began | Ended |", "| Baseline | 08:10 | 08:31 |"]
    assert any("08:10" in line and "08:31" in line for line in lines("\n".join([roof, rows[0], roof, rows[1], roof])))


def test_two_boxes_with_one_wall_are_two_where_each_line_says_something() -> None:
    roof = f"+{'-' * 24}+{'-' * 24}+"
    left = ["Patient: Ida Moss", "Surgeon: Mark Hale, MD", "Date: 2024-05-02"]
    right = ["08:00  Setup begins", "08:20  Setup complete", "08:30  Baselines begin"]
    text = "\n".join([roof, *(f"| {one:<22} | {two:<22} |" for one, two in zip(left, right, strict=True)), roof])
    assert lines(text) == [*left, *(line.replace("  ", "\t") for line in right)]
