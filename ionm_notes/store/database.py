"""Opens the store and writes documents into it, each in one transaction; read this to keep or replay audits."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from ionm_notes import plain_json
from ionm_notes.errors import IonmError
from ionm_notes.light_imports import without_table_libraries
from ionm_notes.phi.level import level_of
from ionm_notes.store.codec import case_from_json
from ionm_notes.store.errors import as_store_error, database_errors
from ionm_notes.store.opening import connect
from ionm_notes.store.record import Owned, Record, Row, policy_columns, rows_of_audit, rows_of_reading
from ionm_notes.store.schema import MIGRATION_NAMES, migrations
from ionm_notes.store.schema_worklist import FILL
from ionm_notes.types import Case

with without_table_libraries():
    from sqlite_utils import Database


_EVIDENCE = (
    "INSERT INTO evidence (reading_id, audit_id, owner, owner_id, page, text, x0, top, x1, bottom)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Store:
    """One SQLite file of documents, readings and audits. Use it as a context manager; it closes the file."""

    def __init__(self, path: Path, create: bool = True, durable: bool = False) -> None:
        """Opens the file, creating it (mode 0600: it holds patients' records) and bringing its tables up to date.

        `durable`: what is stored outlives a power cut as well, at the price of waiting for the disk each time.
        Raises `IonmError` if the file is missing and `create` is false, is no database, or cannot be opened or written; if it
        is encrypted and there is no key, or the wrong one.
        """
        self.path = path
        if not create and not path.exists():
            raise IonmError("store-missing", str(path))
        connection = connect(path)
        with as_store_error(path):
            self.db = Database(connection)
            try:
                self._prepare(durable)
            except BaseException:
                self.close()
                raise

    def _prepare(self, durable: bool) -> None:
        self.db.execute("PRAGMA foreign_keys = ON")
        if self.db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            self.db.execute("PRAGMA journal_mode = WAL")
        # In WAL mode with NORMAL a power cut may lose the last transactions, never half of one; a killed program loses none.
        self.db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        newer = {done.name for done in migrations.applied(self.db)} - MIGRATION_NAMES
        if newer:
            raise IonmError("store-newer", str(self.path), ", ".join(sorted(newer)))
        pending = migrations.pending(self.db)
        while pending:
            try:
                migrations.apply(self.db)
            except database_errors():
                # Somebody who opened the file at the same time may have been first with a step; it is done then, and not again.
                if len(migrations.pending(self.db)) == len(pending):
                    raise
            pending = migrations.pending(self.db)

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes the file."""
        self.close()

    def close(self) -> None:
        """Closes the file; what was not committed is gone."""
        self.db.close()

    def add(self, record: Record, now: datetime) -> tuple[int, ...]:
        """Stores one document with all its audits in one transaction, beside what is there; returns the audits' ids.

        `now` is when it was audited. Raises `IonmError` if the file is locked, read-only, full or damaged; then nothing
        of this document is stored.
        """
        if not record.lines:
            raise ValueError("a document without audits has nothing to store")
        at = now.isoformat(timespec="seconds")
        with self.transaction():
            document = self._document(record, at)
            first = record.lines[0]
            reading = self._insert(
                "readings",
                {
                    "document_id": document,
                    "read_at": at,
                    "tool_version": first["tool_version"],
                    "date_of_service": first["encounter"]["date_of_service"],
                    "place_of_service": first["encounter"]["place_of_service"],
                    "case_json": record.case_json,
                },
            )
            self._insert_owned(rows_of_reading(first), reading, None)
            return tuple(self._audit(line, document, reading, at) for line in record.lines)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction that takes its lock at once, so that two writers wait instead of failing half-way.

        One within another is part of it: all stands or all falls.
        """
        if self.db.conn.in_transaction:
            yield
            return
        with as_store_error(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    def _document(self, record: Record, at: str) -> int:
        meta: Mapping[str, Any] = record.lines[0]["document"]
        known = self.db.execute("SELECT id FROM documents WHERE sha256 = ? AND name = ?", (meta["sha256"], meta["name"]))
        if row := known.fetchone():
            return int(row[0])
        row = {key: meta[key] for key in ("sha256", "name", "media_type", "text_source", "pages")}
        document = self._insert("documents", {**row, "first_seen": at, "phi": level_of(record.lines[0])})
        for number, text in enumerate(record.pages, 1):
            sure = json.dumps(record.sureness[number - 1]) if record.sureness else None
            self._insert("pages", {"document_id": document, "number": number, "text": text, "sureness": sure})
        return document

    def _audit(self, line: Mapping[str, Any], document: int, reading: int, at: str) -> int:
        audit = self._insert(
            "audits",
            {
                "reading_id": reading,
                "document_id": document,
                "payer": line["payer"],
                "policy_version": line["policy_version"],
                "tool_version": line["tool_version"],
                "audited_at": at,
                "verdict": line["verdict"]["id"],
                **policy_columns(line),
                **line["minutes"],
                "line": zlib.compress(plain_json.written(line), 1),
            },
        )
        self._insert_owned(rows_of_audit(line), reading, audit)
        if not policy_columns(line)["what_if"]:
            self.db.execute(FILL.format(chosen="audits.id = ?"), (audit,))
        return audit

    def _insert_owned(self, rows: Iterable[Owned], reading: int, audit: int | None) -> None:
        link: Row = {"reading_id": reading} if audit is None else {"audit_id": audit}
        proofs: list[tuple[Any, ...]] = []
        for owned in rows:
            owner = self._insert(owned.table, {**link, **owned.row})
            for item in owned.evidence:
                box = item["bbox"] or (None, None, None, None)
                proofs.append((reading, audit, owned.table, owner, item["page"], item["text"], *box))
        self.db.conn.executemany(_EVIDENCE, proofs)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        # Not sqlite-utils' insert: it looks at the schema for every row, and a document has hundreds.
        columns = ", ".join(f'"{column}"' for column in row)
        marks = ", ".join("?" * len(row))
        done = self.db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 -- names are fixed text; every value is a parameter
        return int(done.lastrowid or 0)

    def line(self, audit: int) -> dict[str, Any]:
        """The line of the contract as it was when the audit was made. `KeyError` if there is no such audit."""
        with as_store_error(self.path):
            row = self.db.execute("SELECT line FROM audits WHERE id = ?", (audit,)).fetchone()
        if row is None:
            raise KeyError(audit)
        line: dict[str, Any] = plain_json.read(zlib.decompress(row[0]))
        return line

    def case(self, reading: int) -> Case:
        """The facts of a reading, for judging again without the document. `KeyError` if there is no such reading."""
        with as_store_error(self.path):
            row = self.db.execute("SELECT case_json FROM readings WHERE id = ?", (reading,)).fetchone()
        if row is None:
            raise KeyError(reading)
        return case_from_json(row[0])

    def case_of(self, audit: int) -> Case:
        """The facts that an audit judged. `KeyError` if there is no such audit."""
        found = self.rows("SELECT reading_id FROM audits WHERE id = ?", (audit,))
        if not found:
            raise KeyError(audit)
        return self.case(found[0]["reading_id"])

    def each(self, sql: str, parameters: Iterable[object] = ()) -> Iterator[dict[str, Any]]:
        """The rows of a query one after another, as they are read: for lists that are long."""
        with as_store_error(self.path):
            yield from self.db.query(sql, tuple(parameters))

    def rows(self, sql: str, parameters: Iterable[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """The rows of a query as dicts by column; parameters by place or name. Raises `IonmError` if the file cannot be read."""
        with as_store_error(self.path):
            return list(self.db.query(sql, parameters if isinstance(parameters, dict) else tuple(parameters)))
