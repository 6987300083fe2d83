"""The trail for admins: who did what, newest first, and whether the chain is whole."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ionm_notes.desk.desk import allowed, desk_of
from ionm_notes.store.trail import entries, verify

PAGE = 200
"""Entries of a page."""


async def show(request: Request) -> Response:
    """A page of the trail; `before` is the number of the entry to go on from."""
    allowed(request, "admin")
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    desk, before = desk_of(request), request.query_params.get("before", "")
    found = entries(desk.store, None, PAGE, int(before) if before.isdecimal() and len(before) < 18 else None)
    return desk.page(request, "trail.html", entries=found, verified=verify(desk.store), more=len(found) == PAGE)


ROUTES = [Route("/trail", show)]
