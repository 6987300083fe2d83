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


def audit_roster(folder: Folder, question: Question) -> Answer:
    """What the documents of a run say together. Raises `IonmError` `no-run`, `cluster-failed`, those of `engine` and the plan."""
    names = files(finished(folder))
    whole = {"batch_size": None, "batch_format": "pyarrow"}
    with engine() as data:
        readers(cluster(), 1)
        answers = (
            data.from_items([{"file": name} for name in names], override_num_blocks=max(1, len(names)))
            .map_batches(partial(reports_in, uri=folder.uri, question=question), num_cpus=TASK_CORES, **whole)
            .groupby(SAME)
            .map_groups(joined, batch_format="pyarrow", num_cpus=TASK_CORES)
            .groupby(WORD)
            .map_groups(partial(asked, question=question), batch_format="pyarrow", num_cpus=TASK_CORES)
        )
        return summed(answer_in(row[HELD]) for row in said(answers.iter_rows()))
