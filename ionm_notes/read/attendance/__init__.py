"""When and how each professional attended; `driver.py` shows how it is read."""

from ionm_notes.read.attendance.absences import absences
from ionm_notes.read.attendance.contested import contested
from ionm_notes.read.attendance.course import handovers
from ionm_notes.read.attendance.coverage import Covered, courses_of_watches
from ionm_notes.read.attendance.driver import read_attendance, said_proof
from ionm_notes.read.attendance.duty import live_by_lists, not_of_lists, rows_of_lists
from ionm_notes.read.attendance.entries import with_turns
from ionm_notes.read.attendance.gaps import beside_gaps, gaps, not_in_gaps, without_gaps
from ionm_notes.read.attendance.ledger import beside_rows, read_ledger
from ionm_notes.read.attendance.left_out import lengths_unread
from ionm_notes.read.attendance.lengths import attended_length
from ionm_notes.read.attendance.loads_told import loads_told, parted_by
from ionm_notes.read.attendance.merging import beside_ledger
from ionm_notes.read.attendance.model import Attended
from ionm_notes.read.attendance.parcelled import Parcelled, parcelled
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.taken_back import of_another_day
from ionm_notes.read.attendance.told import told_spells, without_rows

__all__ = [
    "Attended",
    "Covered",
    "Parcelled",
    "Scene",
    "absences",
    "attended_length",
    "beside_gaps",
    "beside_ledger",
    "beside_rows",
    "contested",
    "courses_of_watches",
    "gaps",
    "handovers",
    "lengths_unread",
    "live_by_lists",
    "loads_told",
    "not_in_gaps",
    "not_of_lists",
    "of_another_day",
    "parcelled",
    "parted_by",
    "read_attendance",
    "read_ledger",
    "rows_of_lists",
    "said_proof",
    "told_spells",
    "with_turns",
    "without_gaps",
    "without_rows",
]
