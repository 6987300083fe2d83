"""Limbs, nerves and muscles that a statement of their own leaves out of the study before it: 'BLE none.'"""

from __future__ import annotations

import bisect

from ionm_notes.read.modalities.model import Mention
from ionm_notes.read.modalities.sites import fits, is_left_out
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import Hit


def left_out(reading: Reading, mentions: list[Mention], sites: tuple[Hit, ...]) -> list[Mention]:
    """A mention that was not performed for each nerve, muscle or limb that is left out; in units that name no study."""
    starts = [m.start for m in mentions]
    named = {m.unit.start for m in mentions}
    out = []
    for site in sites:
        unit = reading.unit_at(site.start)
        if unit is None or unit.start in named or not is_left_out(reading, unit, site):
            continue
        before = mentions[: bisect.bisect_left(starts, unit.start)]
        near = [
            m for m in before if reading.index_of(unit) - reading.index_of(m.unit) <= _FAR and m.unit.paragraph == unit.paragraph
        ]
        meant = [m for m in near if m.status == "performed" and fits(site, m.modality)]
        if meant:
            out.append(Mention(meant[-1].modality, site.start, site.end, unit, status="not_performed", sites=[site]))
    return out


_FAR = 3
"""Units above within which the study was named."""
