"""The colours of the drawn day in hand-outs; the desk has its own, for light and dark."""

from __future__ import annotations

BARS = {
    "setup": "#9aa7b4",
    "removal": "#9aa7b4",
    "baseline": "#7fb3c8",
    "monitoring": "#4a83b6",
    "interruption": "#c65b4e",
    "attendance": "#8e5bb0",
    "counted": "#2c8a52",
    "cut": "#c9ced4",
    "conflict-chosen": "#2c8a52",
    "conflict-rejected": "#c65b4e",
}
"""By the kind of a bar (`day.Bar.kind`)."""
