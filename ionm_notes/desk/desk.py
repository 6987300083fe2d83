"""What all handlers share: the store of the running thread, the templates, sessions, the intake and the drawing worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ionm_notes import __version__
from ionm_notes.desk import evidence
from ionm_notes.desk.intake import Intake
from ionm_notes.desk.pictures import Pictures
from ionm_notes.desk.sessions import Role, Session, Sessions
from ionm_notes.errors import IonmError
from ionm_notes.handout.words import clock, plain, span_words
from ionm_notes.limitation import STATEMENT
from ionm_notes.scorecards.compute import By, Card
from ionm_notes.store.database import Store

HERE = Path(__file__).parent
FORM_BYTES = 64 * 1024
"""The longest form: a note and a few fields."""
Form = Mapping[str, str]


@dataclass(frozen=True)
class Desk:
    """One running desk. `named`: users sign in with name and password; `local` is who uses it where they do not."""

    db: Path
    intake: Intake
    pictures: Pictures
    payers: tuple[str, ...]
    policy_dir: Path | None = None
    named: bool = False
    local: str = "local"
    sessions: Sessions = field(default_factory=Sessions)
    added_up: dict[str, tuple[dict[str, Any], Mapping[By, tuple[Card, ...]]]] = field(default_factory=dict)
    """By payer: the state of the store and the scorecards of it (`dashboards.py`)."""
    _stores: threading.local = field(default_factory=threading.local)

    @property
    def store(self) -> Store:
        """The store, opened once for each thread: a connection is not to be shared between threads."""
        store: Store | None = getattr(self._stores, "store", None)
        if store is None:
            store = self._stores.store = Store(self.db)
        return store

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page or a part of one. Everything that is put into it is escaped."""
        session = session_of(request) if request.state.session is not None else None
        text = TEMPLATES.get_template(template).render(session=session, desk=self, path=request.url.path, **values)
        return HTMLResponse(text, status)


TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.filters.update(plain=plain, clock=clock, span=span_words)
TEMPLATES.globals.update(version=__version__, limitation=STATEMENT, kinds=evidence.KINDS)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def desk_of(request: Request) -> Desk:
    """The desk that serves a request."""
    desk: Desk = request.app.state.desk
    return desk


def session_of(request: Request) -> Session:
    """The session of a request; the guard has let none through without one."""
    session: Session = request.state.session
    return session


def in_fragment(request: Request) -> bool:
    """Whether our script asks for a part of the page, rather than the browser for a page."""
    return request.headers.get("x-fragment") == "1"


def allowed(request: Request, role: Role) -> None:
    """Raises an error 403 where the user may not do what this role may do."""
    if not session_of(request).may(role):
        raise HTTPException(403, f"This needs the role {role}; yours is {session_of(request).role}.")


def posted(role: Role) -> Callable[[Callable[[Request, Form], Response]], Callable[[Request], Coroutine[Any, Any, Response]]]:
    """A handler of a form, for users of at least this role; it runs in a thread, with the fields by name."""

    def wrap(handler: Callable[[Request, Form], Response]) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        @wraps(handler)
        async def handle(request: Request) -> Response:
            allowed(request, role)
            return await run_in_threadpool(handler, request, await form_of(request))

        return handle

    return wrap


async def form_of(request: Request) -> Form:
    """The fields of a form; error 413 for a long one, 400 for one that is none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise HTTPException(413, "The form is too long.")
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200, strict_parsing=bool(body)))
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error


def day_named(text: str) -> date | None:
    """A day of a form or a query. Raises `IonmError` `bad-date`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise IonmError("bad-date", "", f"'{text[:20]}' is no date") from error


def back_to(path: str) -> Response:
    """Sends the browser to a page after a form was taken."""
    return RedirectResponse(path, 303)
