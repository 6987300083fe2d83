"""Keeps audits in the store as they come, and tells what a run before has kept already; what `--resume` and `watch` rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ionm_notes import __version__
from ionm_notes.cli.batch import Job, Outcome, Part
from ionm_notes.cli.noting import who
from ionm_notes.errors import IonmError
from ionm_notes.phi.level import alias
from ionm_notes.store.database import Store
from ionm_notes.store.queries import audits_of
from ionm_notes.store.trail import append


class Keeper:
    """Stores the outcomes of one job; `once`: what is stored already is not stored again.

    The same audit is one of the same bytes under the same name, for the same payer, by the same version of the program
    and of the policy. Everything else is a new audit and is kept beside the old one.
    """

    def __init__(self, store: Store, job: Job, once: bool) -> None:
        self._store, self._job, self._once = store, job, once

    def held(self, path: Path) -> tuple[int, ...] | None:
        """The stored audits of a file for all payers of the job, in their order; None where one of them is missing.

        A file that cannot be read is not held; a file of several documents is not known by its own name.
        """
        from ionm_notes.ingest import load

        try:
            sha256 = hashlib.sha256(load(path)).hexdigest()
        except IonmError:
            return None  # the worker says what is wrong with it
        known = self._known(*alias(self._job.phi.level, self._job.phi.secret, sha256, path.name))
        return tuple(known[payer] for payer in self._job.payers) if set(self._job.payers) <= set(known) else None

    def again(self, path: Path, audits: tuple[int, ...]) -> Outcome:
        """The outcome of a file as it was stored; it holds nothing to store."""
        return Outcome(path, (Part(tuple(self._store.line(audit) for audit in audits)),))

    def keep(self, outcome: Outcome, now: datetime) -> int:
        """Stores each document of a file in a transaction of its own; returns how many audits were not there before.

        Raises `IonmError` as `Store.add` does.
        """
        added = 0
        for record in (part.record for part in outcome.parts):
            if record is None:
                continue
            lines = record.lines
            if self._once:
                document: Mapping[str, Any] = lines[0]["document"]
                known = self._known(document["sha256"], document["name"])
                lines = tuple(line for line in lines if line["payer"] not in known)
            if lines:
                with self._store.transaction():
                    audits = self._store.add(replace(record, lines=lines), now)
                    document = self._store.rows("SELECT document_id FROM audits WHERE id = ?", audits[:1])[0]["document_id"]
                    detail = {"audits": list(audits), "payers": [line["payer"] for line in lines]}
                    append(self._store, who(), "audited", f"document {document}", detail, now)
                added += len(lines)
        return added

    def _known(self, sha256: str, name: str) -> dict[str, int]:
        """The newest audit by payer that was made by this program under the policy of today."""
        from ionm_notes.policy import load_policy

        found: dict[str, int] = {}
        for row in audits_of(self._store, sha256, name):
            if row["payer"] not in self._job.payers or row["tool_version"] != __version__:
                continue
            day = date.fromisoformat(row["date_of_service"]) if row["date_of_service"] else None
            if row["policy_version"] == load_policy(row["payer"], day, self._job.policy_dir).version:
                found[row["payer"]] = row["id"]
        return found
