"""Who is at the desk: the one-time token of the start URL, sessions and what each role may do."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ionm_notes.store.worklist import Place, Wanted

Role = Literal["viewer", "coder", "auditor", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "coder", "auditor", "admin")
"""From the least to the most: a viewer looks, a coder also adds documents and makes hand-outs, an auditor also decides and
corrects, an admin also sees the trail and the users."""
COOKIE = "ionm_session"
IDLE_SECONDS = 8 * 3600.0
"""A session that nobody used for a working day is over."""
MOST_SESSIONS = 200


@dataclass(slots=True)
class Session:
    """One browser of one user, with what its worklist shows; kept in memory only."""

    key: str
    user: str
    role: Role
    used: float
    wanted: Wanted = field(default_factory=Wanted)
    place: Place | None = None

    def may(self, role: Role) -> bool:
        """Whether the user may do what this role may do."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Sessions:
    """The sessions of one server. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._token: str | None = None

    def new_token(self) -> str:
        """A token for the start URL; the one before it is void."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    def redeem(self, token: str, user: str) -> Session | None:
        """A session for who brings the token, once; None for any other."""
        if self._token is None or not secrets.compare_digest(self._token.encode(), token.encode()):
            return None
        self._token = None
        return self.begin(user, "admin")

    def begin(self, user: str, role: Role) -> Session:
        """A new session of a user who has proved who they are."""
        now = self._clock()
        for key in [key for key, known in self._sessions.items() if known.used + IDLE_SECONDS < now]:
            del self._sessions[key]
        while len(self._sessions) >= MOST_SESSIONS:
            del self._sessions[min(self._sessions.values(), key=lambda known: known.used).key]
        session = Session(secrets.token_urlsafe(32), user, role, now)
        self._sessions[session.key] = session
        return session

    def find(self, key: str) -> Session | None:
        """The session of a cookie, None where there is none or it has been idle for too long."""
        session, now = self._sessions.get(key), self._clock()
        if session is None or session.used + IDLE_SECONDS < now:
            self._sessions.pop(key, None)
            return None
        session.used = now
        return session

    def end(self, key: str) -> None:
        """Ends a session."""
        self._sessions.pop(key, None)

    def end_of(self, user: str) -> None:
        """Ends all sessions of a user (removed, or given another password or role)."""
        for key in [key for key, session in self._sessions.items() if session.user == user]:
            del self._sessions[key]
