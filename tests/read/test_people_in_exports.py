"""People, signatures and words of entries as programs of hospitals export them."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes
from ionm_notes.read.names import names_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Performed By: Lindqvist, MD, Harald (02/18/2025 12:44 MST)", "Lindqvist, Harald"),
        ("Lindqvist, MD, Harald - Neurology", "Lindqvist, Harald"),
        ("Kerr, MD, Ana R\n", "Kerr, Ana R"),
        ("Hale, MD, Neurophysiology (remote)", "Hale"),
        ("Hale, MD, Roth, DO", "Hale"),
    ],
)
def test_a_given_name_may_stand_behind_the_degree(text: str, name: str) -> None:
    assert next(found.name for found in names_in(text, 0, len(text)) if found.credentials) == name


EXPORT = """Result Type:    IONM Report - Physician
Performed By:   Lindqvist, MD, Harald (February 18, 2025 12:44 MST)
Encounter Info: 60017745, Palo Duro General Hospital, Inpatient

Patient: MACKLIN, BEATRICE   MRN: 00883412   DOB: 04/30/1948
Right carotid endarterectomy. Surgeon: Roderick Tsosie, MD, who requested monitoring. Date of surgery 02/18/2025.
Technologist: Priscilla Amaro, R. EP T., in the room throughout.
I watched this study live from the remote reading suite. My attention was given to this patient alone during the entire recording.
I talked with the operating room over an open audio line.

Baseline tracings ....... 08:40 - 08:55
Monitoring .............. 08:55 - 11:20

{history}
"""


def line_of(history: str) -> dict[str, list[dict[str, str]]]:
    document = read_bytes("export.txt", EXPORT.format(history=history).encode())
    (audit,) = audit_payers(document, ("medicare",))
    return to_contract(audit, document)


def test_a_physician_who_performed_a_report_is_no_technologist() -> None:
    line = line_of("Electronically Signed on 02/18/2025 12:51 MST\n____________\nLindqvist, MD, Harald - Neurology")
    assert [(row["professional"], row["start"][11:], row["end"][11:]) for row in line["attendance"]] == [
        ("Lindqvist, Harald", "08:55", "11:20")
    ]
    assert "no-professional" not in {finding["rule"] for finding in line["findings"]}


def test_a_reminder_of_a_draft_is_over_with_a_signature_in_a_later_row() -> None:
    rows = [
        "2025-02-18 12:02 hlindqvist report created",
        "2025-04-02 08:00 system reminder: report not finalized",
        "2025-04-19 14:47 hlindqvist ELECTRONICALLY SIGNED - Harald Lindqvist, MD",
    ]
    signed, unsigned = (
        line_of("\n".join(rows)),
        line_of("\n".join([rows[0], rows[2], "2025-04-20 08:00 system report not finalized"])),
    )
    assert "unsigned" not in {finding["rule"] for finding in signed["findings"]}
    assert "late-signature" in {finding["rule"] for finding in signed["findings"]}
    assert "unsigned" in {finding["rule"] for finding in unsigned["findings"]}


def test_a_finding_that_was_relayed_relieves_nobody() -> None:
    document = read_bytes(
        "log.txt",
        (
            EXPORT.format(history="Electronically signed by Harald Lindqvist, MD, 02/18/2025 12:51")
            + "\nDr. Lindqvist was connected from 08:55 to 11:20.\n\n08:55 monitoring started\n"
            "09:58 right N20 down. Relayed to surgeon, Dr. Lindqvist agrees\n11:20 monitoring stopped\n"
        ).encode(),
    )
    (audit,) = audit_payers(document, ("medicare",))
    assert [row["start"][11:] for row in to_contract(audit, document)["attendance"]] == ["08:55"]
