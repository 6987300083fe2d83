"""Deletes documents for good: rows, full text, kept files and free pages of the store; a certificate says what and how.

Documents under a legal hold stay. What is not in the store is not reached: backups, exports, the disk's own copies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.phi.apply import as_document
from ionm_notes.phi.known import learn
from ionm_notes.store.database import Store
from ionm_notes.store.errors import as_store_error
from ionm_notes.store.trail import append

METHOD = (
    "rows deleted with secure_delete, full-text indexes rebuilt, file rewritten (VACUUM), write-ahead log emptied;"
    " not reached: backups, exports, copies made by the disk or the file system"
)


@dataclass(frozen=True, slots=True)
class Doomed:
    """A document that may be deleted. `held`: the reasons of the legal holds on it."""

    id: int
    name: str
    sha256: str
    day: str
    audits: int
    held: tuple[str, ...]


def of_before(store: Store, day: date) -> list[Doomed]:
    """The documents whose date of service lies before `day`; where none was read, or dates were moved, the day that the
    document was first stored counts."""
    return [one for one in _documents(store) if one.day < day.isoformat()]


def of_name(store: Store, name: str) -> list[Doomed]:
    """The documents of a name."""
    return [one for one in _documents(store) if one.name == name]


def of_patient(store: Store, words: str) -> tuple[list[Doomed], list[Doomed]]:
    """The documents of a patient by name or number, and those that hold the words and do not say that they are the patient's.

    The first are those whose own reading takes the words for the patient; the second a person has to look at.
    """
    match = " ".join('"' + word.replace('"', '""') + '"' for word in words.replace(",", " ").split())
    if not match:
        return [], []
    sql = "SELECT DISTINCT document_id FROM pages JOIN pages_fts ON pages.id = pages_fts.rowid WHERE pages_fts MATCH ?"
    found = {row["document_id"] for row in store.rows(sql, (match,))}
    mine: list[Doomed] = []
    others: list[Doomed] = []
    for one in _documents(store):
        if one.id in found:
            (mine if _names_patient(store, one.id, words) else others).append(one)
    return mine, others


def purge(store: Store, doomed: Sequence[Doomed], basis: Mapping[str, str], who: str, now: datetime) -> dict[str, Any]:
    """Deletes the documents; returns the certificate, which is stored with an entry of the trail for each document.

    Raises `IonmError` `on-hold` if one of them is under a hold; then nothing is deleted.
    """
    if held := [one for one in doomed if one.held]:
        raise IonmError("on-hold", held[0].name, held[0].held[0])
    certificate = {
        "what": "deletion of documents from an ionm-notes database",
        "basis": dict(basis),
        "at": now.isoformat(timespec="seconds"),
        "who": who,
        "documents": [{"id": one.id, "sha256": one.sha256, "audits": one.audits} for one in doomed],
        "method": METHOD,
    }
    with as_store_error(store.path):
        store.db.execute("PRAGMA secure_delete = ON")
    with store.transaction():
        for one in doomed:
            store.db.execute("DELETE FROM documents WHERE id = ?", (one.id,))
            append(store, who, "deleted", f"document {one.id}", {"sha256": one.sha256, "audits": one.audits}, now)
        store.db.execute("DELETE FROM document_files WHERE sha256 NOT IN (SELECT sha256 FROM documents)")
        store.db.execute("DELETE FROM originals WHERE sha256 NOT IN (SELECT original FROM document_files)")
        row = (now.isoformat(timespec="seconds"), who, json.dumps(certificate))
        store.db.execute("INSERT INTO certificates (at, who, certificate) VALUES (?, ?, ?)", row)
        for index in _indexes(store):
            store.db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 -- names are fixed text; every value is a parameter
    _rewrite(store)
    return certificate


def _rewrite(store: Store) -> None:
    """Writes the file anew without its free pages. Raises `IonmError` `store-locked` where another program reads it: what was
    deleted is gone for every reader then, and stays in free pages until the next purge or `VACUUM`."""
    with as_store_error(store.path):
        store.db.execute("VACUUM")
        busy = store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise IonmError("store-locked", str(store.path))


def hold(store: Store, documents: Iterable[int], reason: str, who: str, now: datetime) -> None:
    """Puts documents under a legal hold: they cannot be deleted until it is released."""
    with store.transaction():
        for document in documents:
            row = (document, reason, who, now.isoformat(timespec="seconds"))
            store.db.execute("INSERT INTO holds (document_id, reason, who, at) VALUES (?, ?, ?, ?)", row)
            append(store, who, "held", f"document {document}", {}, now)


def release(store: Store, documents: Iterable[int], who: str, now: datetime) -> int:
    """Releases all holds on documents; returns how many there were."""
    count = 0
    with store.transaction():
        for document in documents:
            sql = "UPDATE holds SET released_at = ?, released_by = ? WHERE document_id = ? AND released_at IS NULL"
            done = store.db.execute(sql, (now.isoformat(timespec="seconds"), who, document)).rowcount
            if done:
                append(store, who, "released", f"document {document}", {"holds": done}, now)
            count += done
    return count


def _documents(store: Store) -> list[Doomed]:
    sql = """SELECT documents.id, name, sha256, phi, substr(first_seen, 1, 10) AS seen,
            (SELECT date_of_service FROM readings WHERE document_id = documents.id ORDER BY id DESC LIMIT 1) AS service,
            (SELECT count(*) FROM audits WHERE document_id = documents.id) AS audits,
            (SELECT json_group_array(reason) FROM holds WHERE document_id = documents.id AND released_at IS NULL) AS held
        FROM documents ORDER BY documents.id"""
    return [
        Doomed(
            row["id"],
            row["name"],
            row["sha256"],
            row["seen"] if row["phi"] == "none" or not row["service"] else row["service"],
            row["audits"],
            tuple(json.loads(row["held"])),
        )
        for row in store.rows(sql)
    ]


def _names_patient(store: Store, document: int, words: str) -> bool:
    """Whether the words are the patient's name (all of them parts of it) or number by the document's own reading."""
    rows = store.rows("SELECT text FROM pages WHERE document_id = ? ORDER BY number", (document,))
    known = learn(as_document("", str(document), [row["text"] for row in rows]), None)
    wanted = {word.strip(".,").lower() for word in words.split()}
    if any(wanted <= person.parts for person in known.people if person.kind == "name"):
        return True
    plain = "".join(c for c in words.lower() if c.isalnum())
    return any("".join(c for c in number.lower() if c.isalnum()) == plain for number in known.numbers)


def _indexes(store: Store) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
    return [row["name"] for row in store.rows(sql)]
