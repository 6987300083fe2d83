"""Who watched, operated or gave the anesthetic, by the words right before or behind a name."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.names import names_in
from ionm_notes.types import Encounter

HEAD = """NEUROPHYSIOLOGY REPORT
Patient: Geraldine Whitestone  MRN: E104  DOB: 3/22/1960
Date of surgery: 06/06/2023
Primary surgeon: Nathaniel Broussard, MD
Anesthesiologist: R. Dhillon, MD
Monitoring technologist: Coralie Jessup, CNIM
"""


def read(text: str, head: str = HEAD) -> Encounter:
    body = head + text + "\nMonitoring: 08:00 to 10:00\nSSEP and MEP of arms and legs\n"
    return read_case(read_bytes("case.txt", body.encode())).encounter


@pytest.mark.parametrize(
    "text",
    [
        "Author: Finch-Mbeki, Aurelio, MD | Service: Neurophysiology | Author Type: Physician",
        "Staff Aurelio Finch-Mbeki, MD (clinical neurophysiologist, hospital employed).",
        "Neurology: Aurelio Finch-Mbeki MD",
        "Neurologist in attendance | Aurelio Finch-Mbeki, MD",
        "Neurophysiologist in theatre: Aurelio Finch-Mbeki, MD",
        "Reader present: Aurelio Finch-Mbeki, MD",
        "Aurelio Finch-Mbeki, MD, neurologist, watched remotely.",
        "IONM physician - A. Finch-Mbeki, D.O.",
        "Supervising MD | Finch-Mbeki, Aurelio, MD",
        "Interpretation provided by Aurelio Finch-Mbeki, M.D., Ph.D.",
        "Neuromonitoring was supervised in real time by board-certified neurologist Aurelio Finch-Mbeki, MD.",
        "Provider: FINCH-MBEKI, AURELIO MD [Neurophysiology]",
        "Physician overseeing the monitoring: Aurelio Finch-Mbeki, MD, ABPN Clinical Neurophysiology",
        "Name of reader | Aurelio Finch-Mbeki, MD",
        "Reader's name and degree: Aurelio Finch-Mbeki, M.D.",
        "Aurelio Finch-Mbeki, MD supervised the monitoring from his office.",
        "Supervision of the recording was by Aurelio Finch-Mbeki, MD.",
        "Physicians: Aurelio Finch-Mbeki, M.D., sat beside the machine in OR 2",
        "Clinical neurophysiology consult: Aurelio Finch-Mbeki, MD",
        "Physician reading the study was Aurelio Finch-Mbeki, MD, of Lakeside Neurology.",
        "Doctor watching | Aurelio Finch-Mbeki MD | neurologist",
        "Aurelio Finch-Mbeki, MD -- remote neurologist",
        "For all of this time the attending, Dr. Aurelio Finch-Mbeki, MD, was in the OR, watching the traces in real time.",
        "My attending, Dr. Aurelio Finch-Mbeki, MD, sat beside me in the operating room and read every trace as it came.",
        "All of it was followed in real time in the operating room by Aurelio Finch-Mbeki, MD, who had no other case.",
    ],
)
def test_a_noun_a_specialty_or_a_verb_beside_the_name_makes_the_professional(text: str) -> None:
    found = read(text)
    assert ["mbeki" in person.name.lower() and bool(person.credentials) for person in found.professionals] == [True]
    assert [person.name for person in found.technologists] == ["Coralie Jessup"]


@pytest.mark.parametrize(
    "text",
    [
        "Referring neurologist Aurelio Finch-Mbeki, MD",
        "Dr. Aurelio Finch-Mbeki (neurosurgery) assisted.",
        "Monitoring was requested by Aurelio Finch-Mbeki, MD.",
        "Aurelio Finch-Mbeki, MD, resident, closed the wound.",
        "The change was told to Aurelio Finch-Mbeki, MD.",
    ],
)
def test_who_asked_assisted_or_was_told_did_not_watch(text: str) -> None:
    assert read(text).professionals == ()


def test_a_list_of_a_team_gives_every_role_behind_the_name() -> None:
    team = (
        "Team: Nathaniel Broussard, MD (surgeon); R. Dhillon, MD (anesthesia); Aurelio Finch-Mbeki, MD (neurophysiology); "
        "Coralie Jessup, CNIM"
    )
    found = read(team, "\n".join(HEAD.splitlines()[:3]) + "\n")
    assert found.surgeon
    assert found.surgeon.name == "Nathaniel Broussard"
    assert found.anesthesia_provider
    assert found.anesthesia_provider.name == "R. Dhillon"
    assert [person.name for person in found.professionals] == ["Aurelio Finch-Mbeki"]


def test_who_reads_next_in_the_same_list_is_a_professional_too() -> None:
    told = "Tech in the theatre Interpreting physicians Evander Osei-Clarke, MD, then Thessaly Moraine, MD, both remote"
    assert [person.name for person in read(told).professionals] == ["Evander Osei-Clarke", "Thessaly Moraine"]


def test_a_label_in_the_next_cell_but_one_is_nobody_s_name() -> None:
    rows = "<tr><td>Supervising professional</td><td></td><td>Credentials</td></tr>"
    html = f"<html><body><p>Technologist case sheet 03/12/2026</p><table>{rows}</table></body></html>"
    assert read_case(read_bytes("sheet.html", html.encode())).encounter.professionals == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The undersigned is Aurelio Finch-Mbeki, MD, a physician of the department, who took no part in the operation.", True),
        ("The undersigned physician is Aurelio Finch-Mbeki, MD.", True),
        ("The undersigned (Aurelio Finch-Mbeki, MD) attended remotely in real time.", True),
        ("Undersigned: Aurelio Finch-Mbeki, MD", True),
        ("The undersigned is grateful to Dr. Aurelio Finch-Mbeki.", False),
        ("The undersigned was asked by Dr. Aurelio Finch-Mbeki.", False),
        ("The undersigned is Nathaniel Broussard, MD, who operated.", False),
        ("The undersigned is Coralie Jessup, CNIM.", False),
    ],
)
def test_who_the_undersigned_is_watched(text: str, named: bool) -> None:
    assert [person.name.rsplit(maxsplit=1)[-1] for person in read(text).professionals] == (["Finch-Mbeki"] if named else [])


LETTER = """Re: Jane Roe, born 02/03/1960, MRN 123456. Suboccipital decompression on 03/12/2026 by Mark Holloway, MD.

I followed the case remotely on the live feed. Coralie Jessup, CNIM, did not leave the room. Monitoring ran from 9:26 to 11:51.

"""


@pytest.mark.parametrize(
    ("foot", "named"),
    [
        ("With kind regards,\n\n______________\nAurelio Finch-Mbeki, MD\ndict. AFM / trans. mk", True),
        ("Sincerely,\n\n\nAurelio Finch-Mbeki, MD, PhD\nClinical Neurophysiology", True),
        ("[unsigned]\nAurelio Finch-Mbeki, MD", True),
        ("Signature: ____________ Aurelio Finch-Mbeki, MD", True),
        ("Aurelio Finch-Mbeki, MD (signature pending)", True),
        ("cc: Aurelio Finch-Mbeki, MD", False),
        ("With kind regards,\n\nCoralie Jessup, CNIM\n\n______________\nAurelio Finch-Mbeki, MD", False),
        ("With kind regards,\n\n______________\nMark Holloway, MD", False),
    ],
)
def test_who_wrote_an_unsigned_letter_is_whom_its_first_person_means(foot: str, named: bool) -> None:
    found = read(foot, LETTER).professionals
    assert [person.name.rsplit(maxsplit=1)[-1] for person in found] == (["Finch-Mbeki"] if named else [])


def test_a_technologist_behind_what_looks_like_a_label_is_no_reader() -> None:
    text = (
        "Technologist: Coralie Jessup, CNIM\nReader: Aurelio Finch-Mbeki, MD\n"
        "Addendum 03/13/2026, A. Finch-Mbeki, MD: on request, Ms. Jessup did not leave the operating room.\n"
    )
    found = read(text)
    assert [person.name for person in found.technologists] == ["Coralie Jessup"]
    assert not any("Jessup" in person.name for person in found.professionals)


@pytest.mark.parametrize(
    "name",
    [
        "Li Dell'Orso",
        "Luca dell’Orso",
        "Zoë N'Diaye",
        "Ines Sant'Anna",
        "Ann O'Brien-O'Neil",
        "Jean-Luc d'Arcy",
        "Øyvind Dahl",
        "Ángel Núñez",
        "Željko Marić",
        "Łukasz Wójcik",
        "Nguyễn Thị Hà",
        "Şule Çelik",
        "Siobhán Ó Briain",
        "Ana Șerban",
    ],
)
def test_names_in_any_letters_and_with_what_an_apostrophe_joins_are_whole(name: str) -> None:
    found = read(f"Reader: {name}, MD")
    assert [(person.name, person.credentials) for person in found.professionals] == [(name, ("MD",))]
    found = read("Reader: Ada Hale, MD", HEAD.replace("Coralie Jessup", name))
    assert [(person.name, person.credentials) for person in found.technologists] == [(name, ("CNIM",))]


@pytest.mark.parametrize("text", ["the surgeon's Aim", "PATIENT'S", "Dr. Hale's notes", "it's Baseline"])
def test_an_apostrophe_of_ownership_joins_no_name(text: str) -> None:
    assert not any("'" in found.name for found in names_in(text, 0, len(text)))


@pytest.mark.parametrize("label", ["Oversight physician", "Reader:", "Interpreting physician"])
@pytest.mark.parametrize("heading", ["What I recorded", "When It Was Done", "Which Nerves", "How I Placed Them"])
def test_a_heading_below_an_empty_label_is_nobody(label: str, heading: str) -> None:
    text = f"{label}\n\n{heading}\n\nSSEP of all limbs. I was in the OR the whole time."
    case = read_case(read_bytes("case.txt", f"{HEAD}{text}\nMonitoring: 08:00 to 10:00\n".encode()))
    assert case.encounter.professionals == ()
    assert case.attendance == ()


@pytest.mark.parametrize(
    "text",
    [
        "Members: Sunniva Brecht (tech, OR) / Aurelio Finch-Mbeki DO (reader, remote)",
        "Participants: Sunniva Brecht - technologist; Aurelio Finch-Mbeki, MD - reader",
        "Room members: Sunniva Brecht, tech in OR; Aurelio Finch-Mbeki MD, reader at home",
    ],
)
def test_a_name_without_credentials_is_the_technologists_by_the_word_behind_it(text: str) -> None:
    head = HEAD.replace("Monitoring technologist: Coralie Jessup, CNIM\n", "")
    assert [person.name for person in read(text, head).technologists] == ["Sunniva Brecht"]


@pytest.mark.parametrize(
    "text", ["Elm Valley Hospital, tech room.", "Finch-Mbeki, Aurelio, MD. Harbor Site, tech support called"]
)
def test_a_place_before_the_word_is_nobody(text: str) -> None:
    head = HEAD.replace("Monitoring technologist: Coralie Jessup, CNIM\n", "")
    assert read(text, head).technologists == ()


@pytest.mark.parametrize("caption", ["2. Reading physician", "Interpreting physician", "B. Neurophysiologist"])
def test_the_caption_of_a_section_says_whose_name_stands_below_it(caption: str) -> None:
    text = f"Patient: Jane Roe    MRN: 448812\nDate of surgery: 03/04/2025\n\n{caption}\nName: Ada Hale, MD | Location: remote\n"
    assert [p.name for p in read_case(read_bytes("form.txt", text.encode())).encounter.professionals] == ["Ada Hale"]


def test_whose_name_it_is_stands_over_it_for_anybody() -> None:
    text = "Patient\nName: Jane Roe\nMRN: 448812\nDate of surgery: 03/04/2025\n\nSurgeon:\nName: Paul Cutter, MD\n"
    found = read_case(read_bytes("form.txt", text.encode())).encounter
    assert found.surgeon is not None
    assert (found.surgeon.name, found.professionals) == ("Paul Cutter", ())


def test_a_name_below_another_caption_is_no_reader() -> None:
    text = "Patient: Jane Roe    MRN: 448812\nDate of surgery: 03/04/2025\n\n2. Referring office\nName: Ada Hale, MD\n"
    assert not read_case(read_bytes("form.txt", text.encode())).encounter.professionals


def test_a_hand_over_at_the_machine_names_no_technologist() -> None:
    text = """Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Technologist: Max Teck, CNIM

08:18  Monitoring on. Dr. Ada Hale, MD, in OR 2
09:32  Handover at the machine: Dr. Hale leaves, Dr. Ivo Moss, MD, takes over in OR 2
11:41  Monitoring off

e-signed Ada Hale, MD 03/04/2025 18:10
e-signed Ivo Moss, MD 03/04/2025 18:25
"""
    assert {p.name for p in read_case(read_bytes("log.txt", text.encode())).encounter.professionals} == {"Ada Hale", "Ivo Moss"}


@pytest.mark.parametrize(
    "listed",
    [
        "Evander Osei-Clarke, MD / Thessaly Moraine, DO | Reader",
        "Evander Osei-Clarke, MD and Thessaly Moraine, DO - interpreting physicians",
        "The opinion on the recordings is that of Evander Osei-Clarke, MD and Thessaly Moraine, DO.",
    ],
)
def test_what_stands_behind_or_before_a_list_of_names_is_of_all_of_them(listed: str) -> None:
    assert {person.name for person in read(listed).professionals} == {"Evander Osei-Clarke", "Thessaly Moraine"}


def test_who_stands_before_a_reader_in_another_part_of_a_line_is_none() -> None:
    found = read("Asked by Evander Osei-Clarke, MD. Thessaly Moraine, DO (reader)")
    assert [person.name for person in found.professionals] == ["Thessaly Moraine"]


def test_the_surgeons_name_is_told_in_a_sentence() -> None:
    head = "\n".join(line for line in HEAD.splitlines() if "surgeon" not in line) + "\n"
    told = "The surgeon's name is Herman Hutchins, MD. The opinion on the recordings is that of Evander Osei-Clarke, DO."
    found = read(told, head)
    assert found.surgeon is not None
    assert found.surgeon.name == "Herman Hutchins"
    assert [person.name for person in found.professionals] == ["Evander Osei-Clarke"]
