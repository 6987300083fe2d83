"""Finds the audits that a person means: files are audited on the spot, anything else is looked up in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ionm_notes.cli.noting import note_read
from ionm_notes.cli.settings import SETTINGS
from ionm_notes.errors import IonmError
from ionm_notes.phi.level import FULL, Minimum

if TYPE_CHECKING:
    from ionm_notes.store.database import Store


def lines_for(
    references: Sequence[str], payers: Sequence[str] | None, db: Path, policy_dir: Path | None, least: Minimum = FULL
) -> list[dict[str, Any]]:
    """The audit lines for files, folders, globs, stored names or audit numbers, in the order given.

    A file is audited afresh and not stored. Without `payers` a stored document gives all its newest audits. Error lines
    stand for files that could not be read. `least`: identifiers beyond it are masked. Raises `IonmError` (not-stored,
    store-missing, unknown-payer).
    """
    lines: list[dict[str, Any]] = []
    for reference in references:
        fresh = _audited(reference, payers, policy_dir, least)
        # A name with no file and no database behind it is a mistyped file, not a lost database.
        if fresh is None and not db.exists():
            raise IonmError("missing-file", reference)
        lines.extend(stored(reference, payers, db, policy_dir, least) if fresh is None else fresh)
    return lines


def stored_lines(db: Path, payer: str | None, since: date | None, until: date | None) -> list[dict[str, Any]]:
    """The newest audit lines of the whole store, by document and payer."""
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import Filter, latest_audits

    with Store(db, create=False) as store:
        rows = latest_audits(store, Filter(payer=payer, since=since, until=until))
        note_read(store, (row["document_id"] for row in rows))
        return [store.line(row["id"]) for row in rows]


def parse_date(text: str | None) -> date | None:
    """A date of an option. Raises `IonmError` (bad-date)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise IonmError("bad-date", detail=f"'{text}' is no date") from error


def _audited(
    reference: str, payers: Sequence[str] | None, policy_dir: Path | None, least: Minimum
) -> list[dict[str, Any]] | None:
    from ionm_notes.cli.inputs import expand

    paths = expand([reference])
    if paths == [Path(reference)] and not paths[0].exists():
        return None
    from ionm_notes.cli.batch import Job, audit_files
    from ionm_notes.cli.payers import chosen_payers

    job = Job(chosen_payers(payers, policy_dir), policy_dir, SETTINGS.debug, phi=least)
    return [line for outcome in audit_files(paths, job) for line in outcome.lines]


def stored(
    reference: str, payers: Sequence[str] | None, db: Path, policy_dir: Path | None = None, least: Minimum = FULL
) -> list[dict[str, Any]]:
    """The audit lines of a stored document (name, or name without ending) or of one audit (number).

    With the payer 'all', its facts are judged for every known payer. `least`: identifiers beyond it are masked. Raises
    `IonmError` (store-missing, not-stored).
    """
    from ionm_notes.cli.payers import EVERY, chosen_payers
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import find_audits

    with Store(db, create=False) as store:
        if EVERY in (payers or ()):
            from ionm_notes.replay import for_payers

            every = chosen_payers(payers, policy_dir)
            # One audit of a document will do: its facts are the same for every payer.
            audits = {row["document_id"]: row["id"] for row in find_audits(store, reference)}
            if not audits:
                raise IonmError("not-stored", detail=f"'{reference}'")
            note_read(store, audits)
            lines = (line for audit in audits.values() for line in for_payers(store, audit, every, policy_dir))
            return [masked(store, line, least) for line in lines]
        rows = [row for row in find_audits(store, reference) if not payers or row["payer"] in payers]
        if not rows:
            raise IonmError("not-stored", detail=f"'{reference}'")
        note_read(store, (row["document_id"] for row in rows))
        return [masked(store, store.line(row["id"]), least) for row in rows]


def only(lines: Sequence[dict[str, Any]], reference: str) -> dict[str, Any]:
    """The one audit line that a reference means. Raises `IonmError` `usage` where it means several."""
    if len(lines) > 1:
        which = ", ".join(f"{line['document']['name']} for {line['payer']}" for line in lines)
        raise IonmError("usage", detail=f"'{reference}' means {len(lines)} audits ({which}); give an audit's number or --payer")
    return lines[0]


def masked(store: Store, line: dict[str, Any], least: Minimum) -> dict[str, Any]:
    """A stored line with what goes beyond `least` masked, as the stored text of its document tells it."""
    if least.level == "full":
        return line
    from ionm_notes.phi.apply import masked_again
    from ionm_notes.store.queries import newest_case, pages_of

    document = line["document"]
    where = (store, document["sha256"], document["name"])
    return masked_again(line, pages_of(*where), newest_case(*where), least)
