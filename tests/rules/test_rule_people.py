"""When two names are one person's."""

from __future__ import annotations

import pytest

from ionm_notes.rules.people import same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Rusk", "Elaine Rusk MD"),
        ("K. Soto CNIM", "Kim Soto"),
        ("Reed, Ada", "Ada Reed, M.D."),
        ("R. Okafor", "Rafael Okafor"),
        ("Dr. B", "Anil Bhatt"),
        ("P.S.", "Priit Saar"),
        ("Ezekiel Thornbury, DO", "ezekiel thornbury"),
    ],
)
def test_these_names_are_one_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elaine Rusk", "Anil Bhatt"),
        ("Ada Reed", "Ben Reed"),
        ("B. Reed", "Ada Reed"),
        ("Dr. B", "Elaine Rusk"),
        ("", "Ada Reed"),
    ],
)
def test_these_names_are_two_people(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)
