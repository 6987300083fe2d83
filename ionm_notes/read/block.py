"""Which lines of a form go with the professional: 'Hours: 07:55 - 10:40' two lines below 'Reader: Ada Hale, MD' is of that reader.

A label of a form often names nobody. It goes with the nearest line that does, above it, or with one beside it that says where the
professional was or what other cases there were; a line of somebody else between them ends the block.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ionm_notes.read.fields import Fields
from ionm_notes.read.names import lettered, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.types import Person

_ABOVE, _BESIDE = 5, 3
"""Lines above a label within which the professional is named, and on both sides within which something is said of him or her."""
_LONGEST = 160
"""Characters of the longest line of a form; a longer one is a paragraph and ends the block."""
_OTHERS = ("technologist", "surgeon", "anesthesia", "assistant")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The lines of a document that name the professional or say something of him or her, and those of somebody else."""

    named: frozenset[int]
    said: frozenset[int]
    others: frozenset[int]

    def hold(self, reading: Reading, unit: Unit) -> bool:
        """Whether a line stands in the block of the professional."""
        index = reading.index_of(unit)
        above = reading.units[max(0, index - _ABOVE) : index][::-1]
        if unit.start in self.others:
            return False
        below = reading.units[index + 1 : index + 1 + _BESIDE]
        return self._reaches(above, unit, named=True) or self._reaches(below, unit, named=False)

    def _reaches(self, units: Iterable[Unit], unit: Unit, *, named: bool) -> bool:
        for distance, other in enumerate(units, 1):
            if other.kind == "running":
                continue
            if other.start in self.named and named:
                return True
            if other.start in self.others or other.page != unit.page or other.end - other.start > _LONGEST:
                return False
            if other.start in self.said and distance <= _BESIDE:
                return True
        return False


def blocks_of(reading: Reading, fields: Fields, cast: Cast, said: Iterable[Unit] = ()) -> Blocks:
    """The blocks of a document. `said`: statements of the professional's place or other cases."""

    def lines(*names: str) -> frozenset[int]:
        units = (reading.unit_at(field.start) for field in fields.of(*names))
        return frozenset(unit.start for unit in units if unit is not None)

    def naming(people: Iterable[Person]) -> frozenset[int]:
        places = (match.start() for person in people for match in lettered(surname(person.name)).finditer(reading.lower))
        units = (reading.unit_at(place) for place in places)
        return frozenset(unit.start for unit in units if unit is not None and unit.end - unit.start <= _LONGEST)

    named = lines("professional") | naming(cast.professionals)
    others = lines(*_OTHERS) | naming((*cast.technologists, *cast.surgeons, *cast.anesthesia))
    return Blocks(named, frozenset(unit.start for unit in said), others - named)
