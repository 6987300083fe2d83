"""Packets: one file (or several of one case) that holds documents of several kinds; `split` is what other stages call.

`split.py` cuts a document into parts, `copies.py` finds pages that stand twice, `patients.py` tells whose page it is,
`versions.py` which version of a report counts, `entitled.py` which part may state which fact, and `packet.py` reads a
packet into one Case. An ordinary document of one part never goes further than `packet.read_packet`'s first lines.
"""

from ionm_notes.parts.model import Part, PartKind
from ionm_notes.parts.split import split

__all__ = ["Part", "PartKind", "split"]
