"""Brings one stored document to the desk: its line under the payer and day asked for, and again after a correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ionm_notes.audit import judge
from ionm_notes.compare import Clause, Move, clauses, moves, standing_of_audit
from ionm_notes.contract import judged_again
from ionm_notes.desk.facts import Change, corrected, replaced
from ionm_notes.errors import IonmError
from ionm_notes.policy import load_policy, payers
from ionm_notes.policy.payer import PayerPolicy
from ionm_notes.store.codec import case_to_json
from ionm_notes.store.database import Store
from ionm_notes.store.record import Record
from ionm_notes.store.reviews import By, Correction, correct, corrections_of, newest_reading
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Audit, Case

CORRECTED = "corrected by a reviewer: "
"""How the line of a corrected document begins the warning that names what was."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A document under one policy. `stored`: the line is that of a stored audit; `base`: the payer that was audited.

    `moves` and `clauses` say what differs from the base, and in which clauses of the policy; empty for the base itself.
    """

    document: Mapping[str, Any]
    case: Case
    line: Mapping[str, Any]
    policy: PayerPolicy
    base: str
    base_line: Mapping[str, Any]
    stored: bool
    moves: tuple[Move, ...] = ()
    clauses: tuple[Clause, ...] = ()


def seen(store: Store, document: int, payer: str, on: date | None, policy_dir: Path | None) -> Seen:
    """The newest facts of a document under a payer's policy ('' takes the one it was audited for) of a day (None: its own).

    Raises `IonmError`: `not-stored`, `unknown-payer`.
    """
    rows = store.rows("SELECT * FROM documents WHERE id = ?", (document,))
    audits = store.rows("SELECT payer, audit_id FROM worklist WHERE document_id = ? ORDER BY payer <> ?, id", (document, payer))
    if not rows or not audits:
        raise IonmError("not-stored", "", f"document {document}")
    base, stored = audits[0]["payer"], audits[0]["audit_id"]
    case, base_line = store.case_of(stored), store.line(stored)
    if payer and payer not in payers(policy_dir):
        raise IonmError("unknown-payer", "", payer)
    day = on or case.encounter.date_of_service
    policy = load_policy(payer or base, day, policy_dir)
    if payer in ("", base) and on in (None, case.encounter.date_of_service):
        return Seen(rows[0], case, base_line, policy, base, base_line, True)
    minutes = count_minutes(case)
    before_policy = load_policy(base, case.encounter.date_of_service, policy_dir)
    before, after = judge(case, minutes, before_policy), judge(case, minutes, policy)
    line, was = (judged_again(audit, base_line["document"]) for audit in (after, before))
    found = moves(standing_of_audit(before), standing_of_audit(after), before_policy.fee, policy.fee)
    return Seen(rows[0], case, line, policy, base, was, False, found, clauses(before_policy, policy, was, line))


def correct_fact(store: Store, document: int, path: str, value: str, by: By, policy_dir: Path | None) -> Change:
    """Corrects one value, judges the document again for every payer that it was audited for, and keeps all of it.

    Raises `IonmError`: `bad-correction`, `no-reason`, `not-stored`.
    """
    change = corrected(_newest_case(store, document), path, value)
    _keep(store, document, change, by, policy_dir, None)
    return change


def undo_correction(store: Store, document: int, number: int, by: By, policy_dir: Path | None) -> Change:
    """Puts the value back that a correction replaced; later corrections of other values stay.

    Raises `IonmError` `bad-correction` where it was undone before, or its value was corrected again since.
    """
    known: list[Correction] = corrections_of(store, document)
    wanted = next((one for one in known if one.id == number), None)
    if wanted is None or wanted.undone or wanted.undoes is not None:
        raise IonmError("bad-correction", "", "there is no such correction to undo")
    if any(
        later.id > number and not later.undone and later.undoes is None and _meets(later.fact, wanted.fact) for later in known
    ):
        raise IonmError("bad-correction", "", "it was corrected again since; undo that first")
    change = replaced(_newest_case(store, document), wanted.fact, wanted.old, "")
    _keep(store, document, change, by, policy_dir, number)
    return change


def _meets(one: str, other: str) -> bool:
    """Whether two paths touch the same statement, or one moves the numbers of the other's list."""
    return one == other or (one.split(".")[0] == other.split(".")[0] and (one.count(".") == 1 or other.count(".") == 1))


def _newest_case(store: Store, document: int) -> Case:
    try:
        return store.case(newest_reading(store, document))
    except KeyError as error:
        raise IonmError("not-stored", "", f"document {document}") from error


def _keep(store: Store, document: int, change: Change, by: By, policy_dir: Path | None, undoes: int | None) -> None:
    minutes = count_minutes(change.case)
    lines = []
    for row in store.rows("SELECT payer, audit_id FROM worklist WHERE document_id = ? ORDER BY id", (document,)):
        policy = load_policy(row["payer"], change.case.encounter.date_of_service, policy_dir)
        audit: Audit = judge(change.case, minutes, policy)
        lines.append(judged_again(audit, _with_warning(store, document, row["audit_id"], change, undoes)))
    if not lines:
        raise IonmError("not-stored", "", f"document {document}")
    record = Record((), case_to_json(change.case), tuple(lines))
    correct(store, document, {"fact": change.path, "old": change.old, "new": change.new}, record, by, undoes)


def _with_warning(store: Store, document: int, audit: int, change: Change, undoes: int | None) -> Mapping[str, Any]:
    """The document of a line, with a warning that names the values that are a reviewer's."""
    known = store.line(audit)["document"]
    held = [one.fact for one in corrections_of(store, document) if not one.undone and one.undoes is None and one.id != undoes]
    held += [change.path] if undoes is None else []
    warnings = [warning for warning in known["warnings"] if not warning.startswith(CORRECTED)]
    if held:
        warnings.append(CORRECTED + ", ".join(sorted(set(held))))
    return {**known, "warnings": warnings}
