"""The trail tells who did what, and shows where somebody tampered with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from sample_case import NOW

from ionm_notes.store import trail
from ionm_notes.store.database import Store
from ionm_notes.store.record import Record

Make = Callable[..., Record]


def filled(store: Store) -> None:
    trail.append(store, "ann", "review", "document 1", {"reason": "seen"}, NOW)
    trail.append(store, "bo", "correct", "document 2", {"correction": 4}, NOW)
    trail.append(store, "ann", "undo", "document 2", {"correction": 4}, NOW)


def test_each_entry_follows_the_one_before_it(store: Store) -> None:
    filled(store)
    newest, middle, first = trail.entries(store)
    assert (first.previous, middle.previous, newest.previous) == (trail.FIRST, first.hash, middle.hash)
    assert trail.verify(store) == trail.Verified(3, newest.hash)
    assert [entry.who for entry in trail.entries(store, "document 2")] == ["ann", "bo"]
    assert trail.entries(store, before=newest.id, limit=1) == [middle]


def test_an_empty_trail_is_whole(store: Store) -> None:
    assert trail.verify(store).whole
    assert trail.verify(store).head == trail.FIRST


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE trail SET who = 'eve' WHERE id = 2",
        "DELETE FROM trail WHERE id = 2",
        "INSERT OR REPLACE INTO trail SELECT id, at, 'eve', action, subject, detail, previous, hash FROM trail WHERE id = 2",
    ],
)
def test_an_entry_cannot_be_changed_or_deleted(store: Store, tampering: str) -> None:
    filled(store)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.db.execute(tampering)
    assert trail.verify(store).entries == 3


@pytest.mark.parametrize(
    ("tampering", "where"),
    [
        ("UPDATE trail SET who = 'eve' WHERE id = 2", 2),
        ("UPDATE trail SET detail = '{}' WHERE id = 1", 1),
        ("DELETE FROM trail WHERE id = 2", 2),
        ("UPDATE trail SET previous = hash WHERE id = 3", 3),
    ],
)
def test_who_writes_the_file_past_the_triggers_breaks_the_chain(store: Store, tampering: str, where: int) -> None:
    filled(store)
    for name in ("update", "delete"):
        store.db.execute(f"DROP TRIGGER trail_no_{name}")
    store.db.execute(tampering)
    found = trail.verify(store)
    assert not found.whole
    assert found.broken_at == where
    assert f"entry {where}" in found.why


def test_an_entry_falls_with_the_transaction_it_is_part_of(store: Store) -> None:
    def half_way() -> None:
        with store.transaction():
            trail.append(store, "ann", "review", "document 1", {}, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert trail.entries(store) == []


def test_reviews_are_never_changed_and_go_only_with_their_document(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    row = (1, "medicare", "late-entry", "dismissed", "a copy", "ann", NOW.isoformat())
    store.db.execute(
        "INSERT INTO reviews (document_id, payer, finding, decision, reason, who, at) VALUES (?, ?, ?, ?, ?, ?, ?)", row
    )
    for statement in ("UPDATE reviews SET decision = 'accepted'", "DELETE FROM reviews"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.db.execute(statement)
    store.db.execute("DELETE FROM documents WHERE id = 1")
    assert store.rows("SELECT * FROM reviews") == []
