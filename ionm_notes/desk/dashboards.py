"""The dashboard: open gaps by rule, month, professional and facility; units suggested against those charged."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ionm_notes.desk import charts
from ionm_notes.desk.desk import desk_of
from ionm_notes.store.sums import by_month, charged, gaps_by, gaps_by_rule
from ionm_notes.store.worklist import choices


async def show(request: Request) -> Response:
    """The sums of one payer's audits; the first payer where the query names none that is stored."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    desk = desk_of(request)
    payers = choices(desk.store)["payer"]
    wanted = request.query_params.get("payer", "")
    payer = wanted if wanted in payers else next(iter(payers), "")
    rules = gaps_by_rule(desk.store, payer)
    months = by_month(desk.store, payer)
    return desk.page(
        request,
        "dashboard.html",
        payers=payers,
        payer=payer,
        rules=rules,
        months=months,
        groups=[(title, gaps_by(desk.store, payer, title.lower())) for title in ("Professional", "Facility")],
        charged=charged(desk.store, payer),
        pareto=charts.pareto("Open gaps by rule", [(row["rule"], row["gaps"]) for row in rules]),
        trend=charts.trend(
            "Documents and open gaps each by month", [(row["month"], row["documents"], row["gaps"]) for row in months]
        ),
        chart=charts,
    )


ROUTES = [Route("/dashboard", show)]
