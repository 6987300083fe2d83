"""The trail: who did what, when and why, in a chain of hashes that shows where it was tampered with.

Each entry carries the hash of the one before it, and its own hash over that and its content. Triggers refuse to change
or delete an entry; someone who writes the file past them breaks the chain, and `verify` says where. Entries cut off at the
end leave a chain that is whole: note the head that `verify` gives elsewhere to notice that too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ionm_notes.store.database import Store

FIRST = "0" * 64
"""What stands in place of the hash before the first entry."""
_NEWEST = 1 << 62
_COLUMNS = "id, at, who, action, subject, detail, previous, hash"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `at` is in UTC; `subject` names what was acted on ('document 12', 'user ann').

    `detail` says how and why; values of a record stay out of it, because an entry outlives the document: it names the row
    (a correction, say) that holds them.
    """

    id: int
    at: str
    who: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found: how many entries hold, the hash of the last of them, and where and why the chain breaks."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is broken."""
        return self.broken_at is None


def append(store: Store, who: str, action: str, subject: str, detail: Mapping[str, Any], now: datetime) -> Entry:
    """Adds an entry at the end of the chain; within a transaction of `store` it stands or falls with that.

    Raises `IonmError` where the file cannot be written.
    """
    at = now.isoformat(timespec="seconds")
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with store.transaction():
        last = store.rows("SELECT id, hash FROM trail ORDER BY id DESC LIMIT 1")
        number, previous = (last[0]["id"] + 1, last[0]["hash"]) if last else (1, FIRST)
        own = _hash(number, previous, at, who, action, subject, text)
        row = (number, at, who, action, subject, text, previous, own)
        store.db.execute(f"INSERT INTO trail ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 -- names are fixed text; every value is a parameter
    return Entry(number, at, who, action, subject, dict(detail), previous, own)


def verify(store: Store) -> Verified:
    """Walks the chain from its first entry; `broken_at` is the number of the first entry that does not fit."""
    count, head = 0, FIRST
    for row in store.db.query(f"SELECT {_COLUMNS} FROM trail ORDER BY id"):  # noqa: S608 -- names are fixed text; every value is a parameter
        number = row["id"]
        if number != count + 1:
            return Verified(count, head, count + 1, f"entry {count + 1} is missing")
        if row["previous"] != head:
            return Verified(count, head, number, f"entry {number} does not follow entry {count}")
        content = (row["at"], row["who"], row["action"], row["subject"], row["detail"])
        if _hash(number, head, *content) != row["hash"]:
            return Verified(count, head, number, f"entry {number} was changed")
        count, head = number, row["hash"]
    return Verified(count, head)


def entries(store: Store, subject: str | None = None, limit: int = 200, before: int | None = None) -> list[Entry]:
    """The newest entries first, of one subject or of all; `before` is the number to go on from."""
    sql = f"SELECT {_COLUMNS} FROM trail WHERE id < ?1 AND (?2 IS NULL OR subject = ?2) ORDER BY id DESC LIMIT ?3"  # noqa: S608 -- names are fixed text; every value is a parameter
    rows = store.rows(sql, (_NEWEST if before is None else before, subject, limit))
    return [Entry(**{**row, "detail": json.loads(row["detail"])}) for row in rows]


def _hash(number: int, previous: str, *content: str) -> str:
    """SHA-256 over the number, the hash before it and the content, parted so that no two contents read alike."""
    return hashlib.sha256(json.dumps([number, previous, *content], ensure_ascii=False).encode()).hexdigest()
