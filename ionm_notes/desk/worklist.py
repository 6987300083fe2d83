"""The worklist page: drop zone, filters, search, and the list a page at a time.

What is looked for may name a patient, so it travels in the body of a form and lives in the session, never in a URL.
"""

from __future__ import annotations

import re
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ionm_notes.desk.desk import Form, back_to, desk_of, in_fragment, posted, session_of
from ionm_notes.store.schema_worklist import SORTED
from ionm_notes.store.worklist import Place, Reviewed, Wanted, choices, listed

COLUMNS = {
    "name": "Document",
    "payer": "Payer",
    "verdict": "Verdict",
    "date_of_service": "Date",
    "professional": "Professional",
    "codes": "Codes",
    "units": "Units",
    "gaps": "Gaps",
    "reviewed": "Reviewed",
    "audited_at": "Audited",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOST = 200
"""Characters of a filter."""


async def show(request: Request) -> Response:
    """The whole page, as the session left it."""
    return await run_in_threadpool(_page, request)


@posted("viewer")
def change(request: Request, form: Form) -> Response:
    """Takes filters, sorting and paging; answers the list alone to our script."""
    session = session_of(request)
    if "clear" in form:
        session.wanted, session.place = Wanted(), None
    elif "go" in form:
        session.place = _place(form)
    else:
        session.wanted, session.place = _wanted(form, session.wanted), None
    return _page(request) if in_fragment(request) else back_to("/")


def _page(request: Request) -> Response:
    desk, session = desk_of(request), session_of(request)
    values: dict[str, Any] = {
        "listed": listed(desk.store, session.wanted, session.place),
        "wanted": session.wanted,
        "columns": COLUMNS,
        "sorted": SORTED,
    }
    if in_fragment(request):
        return desk.page(request, "rows.html", **values)
    return desk.page(request, "worklist.html", choices=choices(desk.store), items=desk.intake.items(), **values)


def _wanted(form: Form, was: Wanted) -> Wanted:
    def field(name: str) -> str:
        kept: str = getattr(was, name)
        return form.get(name, kept).strip()[:_MOST]

    sort, descending = was.sort, was.descending
    if (column := form.get("sort", "")) in SORTED:
        sort, descending = column, not descending if column == sort else column in ("audited_at", "gaps", "units")
    reviewed = field("reviewed")
    return Wanted(
        payer=field("payer"),
        verdict=field("verdict"),
        since=field("since") if _DATE.fullmatch(field("since")) else "",
        until=field("until") if _DATE.fullmatch(field("until")) else "",
        professional=field("professional"),
        facility=field("facility"),
        code=field("code"),
        rule=field("rule"),
        reviewed=cast("Reviewed", reviewed if reviewed in ("reviewed", "open") else ""),
        words=field("words"),
        sort=sort,
        descending=descending,
    )


def _place(form: Form) -> Place | None:
    value, number = form.get("value", "")[:1_000], form.get("number", "")
    if form["go"] not in ("on", "back") or not number.isdecimal():
        return None
    return Place(value, int(number), form["go"] == "back")


ROUTES = [Route("/", show), Route("/worklist", change, methods=["POST"])]
