"""Who asked for monitoring is told by an order's own name, in a form or in a sentence; what else is asked for is none."""

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

Monitoring: 08:10 - 11:30

"""


def _ordered(said: str) -> bool:
    case = read_case(read_bytes("note.txt", f"{HEAD}{said}\n\nSSEP and MEP were recorded. No changes were seen.\n".encode()))
    return case.elements["order"].state == "present"


@pytest.mark.parametrize(
    "said",
    [
        "08:06\tAna: morning doc. Dr. Vale MD asked for us, clipping of an aneurysm.",
        "Dr. Vale asked for it in his order of 5/22/2024.",
        "Dr. Vale asked for testing when he booked the case because of the hardware involved.",
        "The request came from Dr. Vale's office the day before.",
        "Physician order verified: Yes",
        "Neurosurgery, inpatient | Surgeon and ordering physician: Oscar Vale, MD",
        "Dr. Vale referred the patient to this service for mapping and monitoring.",
        "Referred by Dr. Vale for IONM.",
        "Requested by the spinal unit surgeon.",
        "REQ SURG: Dr. Vale",
        "Requesting surgeon: Dr. Vale",
        "order.source = Dr. Vale",
        "Performed upon written order of the surgeon.",
        "[x] Surgeon's written order attached  [ ] no order",
        "Order #: 882731 (Dr. Vale)",
        "Requisition signed by Dr. Vale is in the chart.",
        "IOM per Dr. Vale",
        "Who asked for monitoring? Dr. Vale",
        "Order on file? Y - signed by surgeon",
        "per srgn ord",
        "Dr. Vale opted for neuromonitoring because of the deformity.",
        "Dr. Vale advised IONM.",
        "Why monitored\nDr. Vale asked for it in his order of 02/22/2025.",
        "Referred by Dr. Vale for spinal cord monitoring.",
        "I was engaged upon your referral for intraoperative monitoring.",
        "The nerves were monitored at the urging of Dr. Vale.",
    ],
)
def test_an_order_by_any_name_is_an_order(said: str) -> None:
    assert _ordered(said)


@pytest.mark.parametrize(
    "said",
    [
        "The patient was referred for surgery.",
        "Pain was referred to the left leg.",
        "REQ BED",
        "Who ordered the MRI? Dr. Vale",
        "At your request we halted monitoring during the vertebroplasty.",
        "Physical therapy ordered by Dr. Vale.",
        "Dr. Vale ordered lunch.",
        "Dr. Vale asked that we hold the MEPs.",
        "Surgeon was advised of the MEP change.",
        "The surgeon chose to proceed in spite of the loss.",
        "[ ] Surgeon's written order attached",
        "Ordered by: _____",
        "Order of levels exposed: L3 to L5.",
        "The surgeon asked for motor evoked potentials to be repeated after correction.",
        "Dr. Vale asked for MEPs after each screw.",
        "A repeat MEP was requested by the surgeon at 10:10.",
        "Monitoring was not requested by the surgeon.",
        "The order for monitoring could not be found.",
        "Nobody ordered the study.",
        "The order of the tests was SSEP, MEP, EMG.",
        "Work order 1192 for the amplifier.",
        "From 09:41 to 09:56 I was called to the ward and did not watch.",
    ],
)
def test_what_else_is_asked_for_is_no_order_for_monitoring(said: str) -> None:
    assert not _ordered(said)


@pytest.mark.parametrize(
    "said",
    [
        "Surgeon: Oscar Vale, MD (ordering provider)",
        "Surgeon: Oscar Vale, MD (order on chart 03-01-2025)    Procedure: laminoplasty",
        "Surgeon: Oscar Vale, MD (ordered IONM)\tTech: Ana Ruiz, CNIM",
        "SURGEON: OSCAR VALE MD, WANTS RLN MON",
        "Surgeon: Oscar Vale, MD, ordered by him 02/28",
        "Surgeon: Oscar Vale, MD (his order, 2/28)",
        "Surgeon Oscar Vale, MD, at whose written request this service was given.",
        "Surgeon: Oscar Vale, MD, by whose order I took part",
        "The surgeon was Oscar Vale, MD, who ordered it.",
        "Surgeon: Dr. Vale, who called the service at 9:20 PM for spinal cord monitoring",
        "SURGEON\tOscar Vale, MD (he placed the IONM consult 2025-03-01)",
        "Consult to intraop neuromonitoring placed 03/01/2025 by O. Vale, MD: facial EMG.",
        "Hospital Mercy\tOrdered by [x] surgeon [ ] other",
        "Anesthesia\tPropofol\tOrdered\tVerbal order Dr. Vale 20:15, cosigned",
        "requestedBy\tO. Vale MD, standing order ENT-7",
        "case.order\tyes - entered by Vale 2025-03-01",
        "The nerves were monitored on your request.",
        "The monitoring had been sought by Dr. Vale.",
        "Dr. Vale asked for nerve action potentials to decide between neurolysis and graft.",
    ],
)
def test_what_stands_beside_the_surgeon_or_in_one_cell_is_an_order(said: str) -> None:
    assert _ordered(said)


@pytest.mark.parametrize(
    "said",
    [
        "Order on file: no",
        "Surgeon's order on chart: ____",
        "Surgeon: Oscar Vale, MD (order not found)",
        "Surgeon: Oscar Vale, MD (ordered CT)",
        "Surgeon: Oscar Vale, MD, ordered by anesthesia",
        "Surgeon: Oscar Vale, MD, his order not found",
        "Surgeon: Oscar Vale, MD, his order for MRI",
        "Surgeon: Oscar Vale, MD, who ordered a second unit of blood.",
        "Surgeon: Oscar Vale, MD (second in order)",
        "Ordered by\t[ ] surgeon\t[ ] other",
        "case.order\tno",
        "Order: second case of the day",
    ],
)
def test_a_blank_a_no_and_another_order_beside_the_surgeon_are_not(said: str) -> None:
    assert not _ordered(said)
