"""`audit --case` and `audit --group`: files of one case are audited together; `text` names the parts of a packet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from command import Cli

PACKETS = Path(__file__).parents[2] / "fixtures" / "packets"
PAIR = [PACKETS / "k06-report.pdf", PACKETS / "k06-log.txt"]


def printed(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_files_given_as_one_case_are_one_line_and_name_their_files(cli: Cli) -> None:
    ran = cli("audit", "--case", *PAIR, "--jsonl", "--workers", 1)
    (line,) = printed(ran.out)
    assert ran.code == 0
    assert line["document"]["name"] == "k06-report.pdf + k06-log.txt"
    assert (line["codes"][0]["code"], line["codes"][0]["units"]) == ("G0453", 13)
    assert line["codes"][0]["evidence"][0]["file"] == "k06-log.txt"


def test_a_case_is_kept_and_shown_again(cli: Cli) -> None:
    cli("audit", "--case", *PAIR, "--workers", 1)
    ran = cli("codes", 1)
    assert ran.code == 0
    assert "G0453" in ran.out


def test_a_case_of_which_one_file_cannot_be_read_is_not_audited_without_it(cli: Cli) -> None:
    ran = cli("audit", "--case", *PAIR, "gone.txt", "--jsonl", "--workers", 1)
    (line,) = printed(ran.out)
    assert ran.code == 1
    assert line["error"]["code"] == "missing-file"
    assert line["document"]["name"] == "k06-report.pdf + k06-log.txt + gone.txt"


def test_files_of_one_patient_and_day_are_found_and_others_stay_alone(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for path in (*PAIR, PACKETS / "k01-fax-cover-report-log.pdf"):
        shutil.copy(path, folder)
    ran = cli("audit", "--group", folder, "--jsonl", "--workers", 1)
    names = [line["document"]["name"] for line in printed(ran.out)]
    assert sorted(names) == ["k01-fax-cover-report-log.pdf", "k06-log.txt + k06-report.pdf"]


def test_ways_of_putting_files_together_that_exclude_each_other_are_refused(cli: Cli) -> None:
    assert cli("audit", "--case", "--group", *PAIR).code == 2
    assert cli("audit", "--case", "--resume", *PAIR).code == 2


def test_the_text_of_a_packet_is_printed_part_by_part(cli: Cli) -> None:
    ran = cli("text", PACKETS / "k05-pages-twice.pdf")
    heads = [line for line in ran.out.splitlines() if line.startswith("==")]
    assert heads == [
        "== professional report, pages 1 to 2 ==",
        "== claim or charge sheet, page 3 ==",
        "== professional report, page 4, a copy of page 1: read once ==",
        "== professional report, page 5, a copy of page 2: read once ==",
        "== claim or charge sheet, page 6, a copy of page 3: read once ==",
    ]
