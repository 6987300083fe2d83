"""Says how many readers a cluster can carry, before anything is started; pure arithmetic over its machines.

Ray waits for ever, and in silence, where what was asked for can never be placed: two readers of a whole core each on two
cores leave none for the tasks that bring the documents. So each reader books a little less than a core, and a plan that
does not fit is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.errors import IonmError

READER_CORES = 0.9
"""What one reader books of a core; the rest is for the tasks beside it."""
TASK_CORES = 0.1
"""What a task books that brings documents or writes tables: it mostly waits for files."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cores of each machine that is there, and how many cores are booked by nobody at the moment."""

    cores: tuple[float, ...]
    free: float


def readers(cluster: Cluster, wanted: int | None = None) -> int:
    """How many readers to start: `wanted`, or one for each core. Raises `IonmError` `cluster-too-small`, `cluster-busy`.

    A reader must find its place on one machine, and beside all of them a task must find one.
    """
    most = sum(_on(cores) for cores in cluster.cores)
    total = sum(cluster.cores)
    if not most:
        raise IonmError("cluster-too-small", detail=f"its {len(cluster.cores)} machines offer {total:g} cores, no reader fits")
    count = most if wanted is None else wanted
    if count > most:
        need = f"{count} readers need a core each, the {len(cluster.cores)} machines have room for {most}"
        raise IonmError("cluster-too-small", detail=f"{need} ({_listed(cluster.cores)} cores)")
    needed = count * READER_CORES + TASK_CORES
    if cluster.free + 1e-6 < needed:
        raise IonmError("cluster-busy", detail=f"{count} readers need {needed:.1f} cores, {cluster.free:g} of {total:g} are free")
    return count


def _on(cores: float) -> int:
    """Readers that fit on one machine with a task beside them."""
    return max(0, int((cores - TASK_CORES) / READER_CORES + 1e-6)) if cores < 1 else int(cores)


def _listed(cores: Sequence[float]) -> str:
    shown = ", ".join(f"{one:g}" for one in cores[:8])
    return shown + (" ..." if len(cores) > 8 else "")
