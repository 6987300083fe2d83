"""From minutes and performed studies to suggested code lines; start with `assemble.suggest_codes`."""

from ionm_notes.codes.assemble import suggest_codes
from ionm_notes.codes.gaps import what_would_change

__all__ = ["suggest_codes", "what_would_change"]
