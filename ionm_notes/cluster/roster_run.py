"""The way of a roster audit on a cluster: from the tables of a run to findings, by two group-bys of Ray Data."""

from __future__ import annotations

from functools import partial

from ionm_notes.cluster.engine import cluster, engine
from ionm_notes.cluster.folder import Folder
from ionm_notes.cluster.overlaps import HELD, SAME, WORD, Question, answer_in, asked, joined, reports_in, summed
from ionm_notes.cluster.plan import TASK_CORES, readers
from ionm_notes.cluster.run import said
from ionm_notes.cluster.tables import files, finished
from ionm_notes.roster.audit import Answer

BUNCH = 16
"""Files that one task reads."""
PARTITION_DOCUMENTS = 1000
"""Documents for which a partition of a group-by is worth its task."""
MOST_PARTITIONS = 200


def audit_roster(folder: Folder, question: Question) -> Answer:
    """What the documents of a run say together. Raises `IonmError` `no-run`, `cluster-failed`, those of `engine` and the plan."""
    run = finished(folder)
    names = files(run)
    bunches = [names[first : first + BUNCH] for first in range(0, len(names), BUNCH)]
    spread = {"num_partitions": max(1, min(MOST_PARTITIONS, run.documents // PARTITION_DOCUMENTS))}
    whole = {"batch_size": None, "batch_format": "pyarrow"}
    with engine() as data:
        readers(cluster(), 1)
        answers = (
            data.from_items([{"files": bunch} for bunch in bunches], override_num_blocks=max(1, len(bunches)))
            .map_batches(partial(reports_in, uri=folder.uri, question=question), num_cpus=TASK_CORES, **whole)
            .groupby(SAME, **spread)
            .map_groups(joined, batch_format="pyarrow", num_cpus=TASK_CORES)
            .groupby(WORD, **spread)
            .map_groups(partial(asked, question=question), batch_format="pyarrow", num_cpus=TASK_CORES)
        )
        return summed(answer_in(row[HELD]) for row in said(answers.iter_rows()))
