"""One name is not one person: what tells people apart, and what is left open."""

from __future__ import annotations

from roster_day import found, report, seen, who

from ionm_notes.roster.identity import Entry


def test_two_people_of_one_name_are_told_apart_by_their_degrees() -> None:
    assert found(report(reader=who("John Kim", credentials="MD")), report(reader=who("John Kim", credentials="DO"))) == []


def test_two_people_of_one_name_and_degree_are_told_apart_by_npi() -> None:
    one, other = who("John Kim", npi="1234567893"), who("John Kim", npi="1245319599")
    assert found(report(reader=one), report(reader=other)) == []
    assert "overlap" in found(report(reader=one), report(reader=one))


def test_middle_initials_that_differ_make_two_people() -> None:
    assert found(report(reader=who("John A. Kim")), report(reader=who("John B. Kim"))) == []
    assert "overlap" in found(report(reader=who("John A. Kim")), report(reader=who("John Kim")))


def test_a_mention_that_fits_two_people_is_listed_and_held_against_nobody() -> None:
    reports = [report(reader=who("John Kim", credentials=c), name=f"{c or 'bare'}.txt") for c in ("MD", "DO", "")]
    assert found(*reports) == []
    (unclear,) = seen(*reports).people.unclear
    assert (unclear.name, unclear.documents, unclear.candidates) == ("John Kim", ("bare.txt",), ("John Kim, DO", "John Kim, MD"))


def test_the_last_name_first_is_the_same_person() -> None:
    assert "overlap" in found(report(reader=who("Elaine Rusk")), report(reader=who("Rusk, Elaine")))


def test_a_short_name_is_its_only_bearers_at_that_facility() -> None:
    assert "overlap" in found(report(reader=who("Elaine Rusk")), report(reader=who("E. Rusk")))
    elsewhere = seen(report(reader=who("Elaine Rusk")), report(reader=who("E. Rusk", facility="Thornhill")))
    assert [one.name for one in elsewhere.people.unclear] == ["E. Rusk"]


def test_a_short_name_of_two_bearers_is_unclear() -> None:
    reports = [report(reader=who(name)) for name in ("Elaine Rusk", "Edgar Rusk", "E. Rusk")]
    (unclear,) = seen(*reports).people.unclear
    assert unclear.candidates == ("Edgar Rusk", "Elaine Rusk")


def test_the_users_file_settles_who_is_who() -> None:
    reports = [report(reader=who("John Kim", facility=f), facility=f) for f in ("Larkmoor Valley Hospital", "Thornhill")]
    assert "overlap" in found(*reports)
    entries = [Entry("Kim, John", (), "larkmoor", "101"), Entry("John Kim", (), "Thornhill", "102")]
    assert found(*reports, entries=entries) == []


def test_the_person_says_what_joins_the_mentions() -> None:
    people = seen(report(reader=who("Elaine Rusk")), report(reader=who("E. Rusk"))).people.persons
    assert people["Elaine Rusk"].basis == "short name, one bearer"
    assert seen(report(), report()).people.persons["Hesper Vantongeren"].basis == "name and credentials"
