"""Document to Case: `read_case` is all that the other stages call."""

from ionm_notes.read.case import read_case

__all__ = ["read_case"]
