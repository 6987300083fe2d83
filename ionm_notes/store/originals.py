"""The files that documents were read from, kept in the store so that their pages can be shown beside the evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from ionm_notes.store.database import Store


def keep(store: Store, name: str, data: bytes, documents: Iterable[str], now: datetime) -> None:
    """Keeps a file once, as the one that the documents of these hashes were read from. Raises `IonmError` as `Store.add`."""
    sha256 = hashlib.sha256(data).hexdigest()
    row = (sha256, name, len(data), now.isoformat(timespec="seconds"), data)
    with store.transaction():
        store.db.execute("INSERT INTO originals VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
        for document in documents:
            store.db.execute("INSERT INTO document_files VALUES (?, ?) ON CONFLICT DO NOTHING", (document, sha256))


def original(store: Store, document: str) -> tuple[str, bytes] | None:
    """Name and bytes of the file that the document of this hash is, or was in; None where it was not kept."""
    found = store.rows(
        "SELECT name, bytes FROM originals JOIN document_files ON original = originals.sha256 WHERE document_files.sha256 = ?"
        " ORDER BY kept_at DESC LIMIT 1",
        (document,),
    )
    return (found[0]["name"], found[0]["bytes"]) if found else None


def known(store: Store, sha256: str) -> int | None:
    """The newest document of these bytes, or the first that the archive of these bytes held; None where there is none."""
    found = store.rows(
        "SELECT max(id) AS id FROM documents WHERE sha256 = ?1 UNION ALL SELECT min(documents.id) FROM documents"
        " JOIN document_files ON document_files.sha256 = documents.sha256 WHERE original = ?1",
        (sha256,),
    )
    return next((row["id"] for row in found if row["id"] is not None), None)
