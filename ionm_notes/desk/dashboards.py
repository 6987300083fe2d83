"""The dashboard: the scorecards of one payer's audits as charts and tables; units suggested against those charged."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ionm_notes.desk import charts
from ionm_notes.desk.desk import Desk, desk_of
from ionm_notes.scorecards.compute import EVERY, By, Card, cards
from ionm_notes.scorecards.paper import TITLES, rate_words
from ionm_notes.store.sums import charged
from ionm_notes.store.worklist import choices

TOP = 25
"""Rows of a list; `ionm-notes scorecard` prints all."""


async def show(request: Request) -> Response:
    """The sums of one payer's audits; the first payer where the query names none that is stored."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    desk = desk_of(request)
    payers = choices(desk.store)["payer"]
    wanted = request.query_params.get("payer", "")
    payer = wanted if wanted in payers else next(iter(payers), "")
    found = _cards(desk, payer)
    whole = next(iter(found["all"]), None)
    rules = whole.top if whole else ()
    months = [month for month in whole.months if month.month] if whole else []
    return desk.page(
        request,
        "dashboard.html",
        payers=payers,
        payer=payer,
        rules=rules,
        groups=[(TITLES[by], found[by][:TOP]) for by in EVERY],
        rate_words=rate_words,
        charged=charged(desk.store, payer),
        pareto=charts.pareto("Open gaps by rule", [(gap.rule, gap.gaps) for gap in rules]),
        trend=charts.trend(
            "Documents and open gaps each by month", [(month.month, month.documents, month.gaps) for month in months]
        ),
        chart=charts,
    )


def _cards(desk: Desk, payer: str) -> Mapping[By, tuple[Card, ...]]:
    """The cards of a payer, added up anew only when an audit, a review or a document came or went since."""
    (state,) = desk.store.rows(_STATE)
    kept = desk.added_up.get(payer)
    if kept is None or kept[0] != state:
        kept = desk.added_up[payer] = (state, cards(desk.store, payer, ("all", *EVERY)))
    return kept[1]


_STATE = """SELECT (SELECT max(id) FROM audits) AS audits, (SELECT max(id) FROM reviews) AS reviews,
    (SELECT count(*) FROM worklist) AS rows"""

ROUTES = [Route("/dashboard", show)]
