"""What happened at each clock time of a record; `driver.py` shows how."""

from ionm_notes.read.events.days import overnight
from ionm_notes.read.events.driver import read_events
from ionm_notes.read.events.model import Event, Hit, Times, cells_of, column_of
from ionm_notes.read.events.times import read_times
from ionm_notes.read.events.wording import classify

__all__ = ["Event", "Hit", "Times", "cells_of", "classify", "column_of", "overnight", "read_events", "read_times"]
