"""From resolved facts to billable minutes with their proof; start with `minutes.count_minutes`."""

from ionm_notes.timeline.minutes import count_minutes

__all__ = ["count_minutes"]
