"""Asks every question across notes; read this for the whole of what `ionm-notes integrity` does. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.integrity.cloned import cloned
from ionm_notes.integrity.logs import copied
from ionm_notes.integrity.model import IntegrityFinding, Note
from ionm_notes.integrity.outliers import outliers
from ionm_notes.integrity.signing import signatures, versions
from ionm_notes.roster.scene import Scene

_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Integrity:
    """All findings, the gravest first, and the persons with too few notes to be held against their peers."""

    findings: tuple[IntegrityFinding, ...]
    too_few: tuple[str, ...]


def audit_integrity(scene: Scene, notes: Sequence[Note]) -> Integrity:
    """Everything that notes say of one another. Raises `IonmError` 'sketches-missing' without datasketch."""
    apart = outliers(scene, notes)
    found = [*cloned(notes), *copied(notes), *signatures(scene), *versions(scene), *apart.findings]
    return Integrity(
        tuple(sorted(found, key=lambda one: (_GRAVITY[one.severity], one.kind, one.documents, one.person))), apart.too_few
    )
