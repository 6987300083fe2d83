"""One value changed in one data file changes the units and the explanation, with no code touched."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ionm_notes.codes.units import units, units_in_words
from ionm_notes.policy import load_policy
from ionm_notes.policy.explain import explain_topic
from ionm_notes.policy.store import DATA

DAY = date(2025, 3, 14)


def change(folder: Path, file: str, before: str, after: str) -> Path:
    """The user's own copy of a shipped table with one value changed."""
    text = (DATA / file).read_text(encoding="utf-8")
    changed, count = re.subn(before, after, text, count=1, flags=re.DOTALL)
    assert count == 1
    (folder / file).write_text(changed, encoding="utf-8")
    return folder


def told(minutes: int, folder: Path | None = None) -> tuple[int, str, str]:
    """Units of exclusive remote minutes on Medicare, the sum in words, and the code's explanation."""
    policy = load_policy("medicare", DAY, folder)
    code = policy.time_code("remote_exclusive")
    assert code is not None
    rule = (code.minutes_per_unit, code.minimum, code.remainder)
    explanation = explain_topic(code.code, policy)
    assert explanation is not None
    return units(minutes, *rule), units_in_words(minutes, *rule), "\n".join(explanation.lines)


def test_another_threshold_gives_other_units_and_says_so(tmp_path: Path) -> None:
    change(tmp_path, "time_codes.toml", r'(code = "G0453".*?remainder = )8', r"\g<1>5")
    shipped, own = told(35), told(35, tmp_path)
    assert (shipped[0], own[0]) == (2, 3)
    assert shipped[1] != own[1]
    assert "one more from 8 over" in shipped[2]
    assert "one more from 5 over" in own[2]


@pytest.mark.parametrize(
    ("file", "before", "after", "topic", "words"),
    [
        ("limits.toml", r'(name = "late-signature-days"\nvalue = )30', r"\g<1>14", "late-signature-days", "14."),
        ("items.toml", r'(name = "TOF"\ncode = ")95937', r"\g<1>95999", "TOF", "95999"),
        (
            "necessity.toml",
            r'(tag = "sinus-surgery"\nposition = ")not_necessary',
            r"\g<1>doubtful",
            "sinus-surgery",
            "sources differ",
        ),
        ("studies.toml", r'(key = "vep"\ncode = ")95930', r"\g<1>95933", "vep", "95933"),
        ("places.toml", r'(code = "24"\nstanding = ")accepted', r"\g<1>error", "POS 24", "Not accepted"),
        ("codes.toml", r'(code = "95930"\nname = ")VEP', r"\g<1>Flash", "95930", "Flash"),
    ],
)
def test_each_table_answers_with_its_changed_value(
    tmp_path: Path, file: str, before: str, after: str, topic: str, words: str
) -> None:
    change(tmp_path, file, before, after)
    asked = [explain_topic(topic, load_policy("medicare", DAY, folder)) for folder in (None, tmp_path)]
    said = [f"{found.title}\n" + "\n".join(found.lines) for found in asked if found]
    assert [words in text for text in said] == [False, True]


def test_a_changed_value_shows_in_the_version(tmp_path: Path) -> None:
    change(tmp_path, "limits.toml", "value = 30", "value = 31")
    assert load_policy("medicare", DAY, tmp_path).version != load_policy("medicare", DAY).version
