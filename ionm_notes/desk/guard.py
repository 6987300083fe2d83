"""What every request passes first: Host, Origin, session and the headers of every answer; read this to judge the safety.

A page of another site can make a browser send requests here. Its name resolves to this machine in an attack by DNS
rebinding, so a request must name a host of ours; and whatever changes something must come from a page of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ionm_notes.desk.sessions import COOKIE, Session, Sessions

SAFE = ("GET", "HEAD")
OPEN = ("/start", "/login", "/static/")
"""Paths that need no session; none of them shows anything of a record."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Nothing to other sites. Not `no-referrer`: with it a browser sends our own forms with the origin `null`.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cache-control": "no-store",
}
"""On every answer. `no-store`: what a browser keeps on its disk is a copy of a patient's record that nobody knows of."""


class Guard:
    """The outermost layer. `hosts` are the values of Host that are ours ('127.0.0.1:8765')."""

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: Iterable[str], secure: bool) -> None:
        self._app, self._sessions, self._hosts = app, sessions, frozenset(hosts)
        self._scheme = "https" if secure else "http"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through to the pages, or answers it itself."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("This address is not served here.", 421)
        if scope["method"] not in SAFE and not self._from_our_page(headers, host):
            return PlainTextResponse("The request does not come from a page of this desk.", 403)
        path = scope["path"]
        session = self._session(headers)
        if session is None and not path.startswith(OPEN):
            if scope["method"] in SAFE:
                return RedirectResponse("/login", 303)
            return PlainTextResponse("Not signed in.", 401)
        scope.setdefault("state", {})["session"] = session
        return None

    def _from_our_page(self, headers: Headers, host: str) -> bool:
        origin = headers.get("origin")
        if origin is not None:
            return origin == f"{self._scheme}://{host}"
        return headers.get("sec-fetch-site") == "same-origin"

    def _session(self, headers: Headers) -> Session | None:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return None
        return self._sessions.find(found.value) if found is not None else None
