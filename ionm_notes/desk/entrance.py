"""The way in and out: the start URL, signing in by name and password, signing out."""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ionm_notes.desk.desk import desk_of, form_of, now
from ionm_notes.desk.sessions import COOKIE, ROLES, Session
from ionm_notes.store import trail
from ionm_notes.store.users import proved

TRIES, PAUSE_SECONDS = 5, 30.0
"""Wrong passwords for a name before it has to wait, and for how long."""
_wrong: dict[str, list[float]] = {}


async def start(request: Request) -> Response:
    """Trades the one-time token of the start URL for a session."""
    desk = desk_of(request)
    session = None if desk.named else desk.sessions.redeem(request.query_params.get("token", ""), desk.local)
    if session is None:
        return desk.page(request, "entrance.html", 403, problem="This start address is used up or wrong.")
    # A page that leads on, not a redirect: a strict cookie is not sent on one that began at another site.
    return _with_cookie(request, desk.page(request, "started.html"), session)


async def login_page(request: Request) -> Response:
    """Asks for name and password, or says how to get in where there are no named users."""
    return desk_of(request).page(request, "entrance.html", problem="")


async def login(request: Request) -> Response:
    """Begins the session of a named user."""
    desk = desk_of(request)
    form = await form_of(request)
    name, password = form.get("name", "")[:200], form.get("password", "")[:1_000]
    if not desk.named:
        return desk.page(request, "entrance.html", 403, problem="This desk has no named users.")
    if _must_wait(name):
        return desk.page(request, "entrance.html", 429, problem="Too many wrong passwords; wait half a minute.")
    user = await run_in_threadpool(lambda: proved(desk.store, name, password))
    if user is None:
        _wrong.setdefault(name, []).append(time.monotonic())
        return desk.page(request, "entrance.html", 403, problem="Name or password is wrong.")
    _wrong.pop(name, None)
    # Of the roles that there are; a word that was written into the store by hand may do the least of them.
    role = next((one for one in ROLES if one == user.role), ROLES[0])
    await run_in_threadpool(lambda: trail.append(desk.store, user.name, "signed-in", f"user {user.name}", {}, now()))
    return _with_cookie(request, desk.page(request, "started.html"), desk.sessions.begin(user.name, role))


async def logout(request: Request) -> Response:
    """Ends the session."""
    desk = desk_of(request)
    desk.sessions.end(request.state.session.key)
    request.state.session = None
    answer = desk.page(request, "entrance.html", problem="You are signed out.")
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _with_cookie(request: Request, answer: Response, session: Session) -> Response:
    answer.set_cookie(COOKIE, session.key, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return answer


def _must_wait(name: str) -> bool:
    since = time.monotonic() - PAUSE_SECONDS
    if len(_wrong) > 1_000:
        _wrong.clear()
    recent = [moment for moment in _wrong.get(name, []) if moment > since]
    if recent:
        _wrong[name] = recent
    else:
        _wrong.pop(name, None)
    return len(recent) >= TRIES


ROUTES = [
    Route("/start", start),
    Route("/login", login_page),
    Route("/login", login, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
]
