"""The named users of a shared machine, with argon2 hashes of their passwords; the desk asks for them with `--users`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from ionm_notes.errors import IonmError
from ionm_notes.store import trail
from ionm_notes.store.database import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("viewer", "coder", "auditor", "admin")
LEAST_PASSWORD = 10
"""Characters of a password; a hash of a shorter one is guessed too soon."""
MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class User:
    """A named user and what they may do."""

    name: str
    role: str
    created: str


def users(store: Store) -> list[User]:
    """All users by name."""
    return [User(**row) for row in store.rows("SELECT name, role, created FROM users ORDER BY name")]


def keep_user(store: Store, name: str, role: str, password: str, by: str, now: datetime) -> None:
    """Adds a user, or gives a known one this role and password.

    Raises `IonmError` `bad-user` for a name, role or password that will not do.
    """
    if not 0 < len(name) <= MOST_NAME or not name.isprintable() or name != name.strip():
        raise IonmError("bad-user", "", f"a name has 1 to {MOST_NAME} printable characters")
    if role not in ROLES:
        raise IonmError("bad-user", "", f"a role is one of {', '.join(ROLES)}")
    if len(password) < LEAST_PASSWORD:
        raise IonmError("bad-user", "", f"a password has at least {LEAST_PASSWORD} characters")
    row = (name, role, _hasher().hash(password), now.isoformat(timespec="seconds"))
    with store.transaction():
        store.db.execute(
            "INSERT INTO users (name, role, password, created) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password",
            row,
        )
        trail.append(store, by, "user-kept", f"user {name}", {"role": role}, now)


def remove_user(store: Store, name: str, by: str, now: datetime) -> None:
    """Removes a user; what they did stays in the trail. Raises `IonmError` `no-user`."""
    with store.transaction():
        if store.db.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount == 0:
            raise IonmError("no-user", "", name)
        trail.append(store, by, "user-removed", f"user {name}", {}, now)


def proved(store: Store, name: str, password: str) -> User | None:
    """The user, if the password is theirs. An unknown name takes as long as a wrong password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    found = store.rows("SELECT name, role, created, password FROM users WHERE name = ?", (name,))
    try:
        _hasher().verify(found[0]["password"] if found else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    return User(found[0]["name"], found[0]["role"], found[0]["created"]) if found else None


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("a password that nobody has")
