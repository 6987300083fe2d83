"""The application of the desk: its routes, how errors are answered, and its life from start to end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ionm_notes.desk import dashboards, document, entrance, handouts, trail_page, worklist
from ionm_notes.desk.desk import HERE, Desk, desk_of, in_fragment
from ionm_notes.desk.guard import Guard
from ionm_notes.desk.uploads import take_file
from ionm_notes.errors import IonmError

STATUS = {"store-locked": 503, "not-stored": 404, "no-such-page": 404}


def build(desk: Desk, hosts: Iterable[str], secure: bool = False) -> Starlette:
    """The application. `hosts`: values of the Host header that are ours; `secure`: it is served by TLS."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        desk.intake.start()
        try:
            yield
        finally:
            desk.intake.stop()
            desk.pictures.close()

    app = Starlette(
        routes=[
            *entrance.ROUTES,
            *worklist.ROUTES,
            *document.ROUTES,
            *handouts.ROUTES,
            *dashboards.ROUTES,
            *trail_page.ROUTES,
            Route("/files", take_file, methods=["POST"]),
            Route("/events", events),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(Guard, sessions=desk.sessions, hosts=hosts, secure=secure)],
        exception_handlers={HTTPException: _refused, IonmError: _failed, Exception: _broken},
        lifespan=life,
    )
    app.state.desk = desk
    return app


async def events(request: Request) -> Response:
    """What becomes of the dropped files, as it happens."""
    return StreamingResponse(desk_of(request).intake.news(), media_type="text/event-stream")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, str(error.detail))


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, IonmError)
    return _told(request, STATUS.get(error.code, 500 if error.code == "internal" else 400), str(error))


def _broken(request: Request, error: Exception) -> Response:
    # Never the error itself: it may quote a record.
    return _told(request, 500, f"Something went wrong inside ({type(error).__name__}).")


def _told(request: Request, status: int, words: str) -> Response:
    if in_fragment(request) or getattr(request.state, "session", None) is None:
        return JSONResponse({"error": words}, status)
    return desk_of(request).page(request, "error.html", status, words=words)
