"""Hand-outs from the desk: a document's report, query letter or appeal memo, and the worklist and its findings as files.

They are asked for by forms, so that nothing of a record stands in an address, and each leaves an entry in the trail.
"""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ionm_notes.desk.desk import Form, day_named, desk_of, now, posted, session_of
from ionm_notes.desk.judging import Seen, seen
from ionm_notes.errors import IonmError
from ionm_notes.handout.appeal import Denial, appeal
from ionm_notes.handout.forms import MEDIA, form_named, list_form_named, written
from ionm_notes.handout.lists import LISTS, of_store
from ionm_notes.handout.paper import Paper
from ionm_notes.handout.query import query_letter
from ionm_notes.handout.report import audit_report
from ionm_notes.store import trail
from ionm_notes.store.reviews import reviews_of

MOST_WORDS = 300
"""Characters of what is typed for a memo."""


@posted("coder")
def of_document(request: Request, form: Form) -> Response:
    """The hand-out `kind` ('report.pdf', 'query.docx', 'appeal.docx' ...) of a document, as it is seen under a payer and day."""
    desk, number = desk_of(request), request.path_params["document"]
    kind, _, ending = form.get("kind", "").partition(".")
    view = seen(desk.store, number, form.get("payer", ""), day_named(form.get("on", "")), desk.policy_dir)
    paper = _paper(request, kind, view, form)
    data = written(paper, form_named(f"x.{ending}"))
    detail = {"handout": kind, "form": ending, "payer": view.line["payer"]}
    trail.append(desk.store, session_of(request).user, "exported", f"document {number}", detail, now())
    return Response(data, media_type=MEDIA[ending], headers=_as(f"{kind}-{number}-{view.line['payer']}.{ending}"))


def _paper(request: Request, kind: str, view: Seen, form: Form) -> Paper:
    made, number = now().date(), request.path_params["document"]
    decided = reviews_of(desk_of(request).store, number, view.line["payer"]) if view.stored else {}
    if kind == "report":
        return audit_report(view.line, view.policy, made, decided)
    if kind == "query":
        return query_letter(view.line, made, {key for key, review in decided.items() if review.decision == "dismissed"})
    if kind != "appeal":
        raise IonmError("bad-form", kind[:20], "there is no such hand-out")
    reason, code, claim, said = (form.get(name, "").strip()[:MOST_WORDS] for name in ("reason", "code", "claim", "said"))
    units = form.get("units", "")
    denial = Denial(reason, code.upper(), int(units) if units.isdecimal() and len(units) < 6 else None, claim, said)
    return appeal(view.line, denial, view.policy, made).paper


@posted("coder")
def of_list(request: Request, form: Form) -> Response:
    """The worklist or its findings ('worklist.xlsx', 'findings.csv' ...), filtered and sorted as the session shows them."""
    desk, session = desk_of(request), session_of(request)
    what, ending = form.get("list", "").partition(".")[0], list_form_named(form.get("list", ""))
    if what not in LISTS:
        raise IonmError("bad-form", what[:20], "there is no such list")
    # The private folder of the desk goes with the server, whatever becomes of this answer.
    folder = desk.intake.folder / token_hex(8)
    folder.mkdir(mode=0o700)
    file = folder / f"list.{ending}"
    try:
        rows = of_store(desk.store, what, session.wanted, file, ending, now().date())
        trail.append(desk.store, session.user, "exported", "store", {"handout": what, "form": ending, "rows": rows}, now())
    except BaseException:
        _away(folder)
        raise
    return FileResponse(file, media_type=MEDIA[ending], headers=_as(f"{what}.{ending}"), background=BackgroundTask(_away, folder))


def _as(name: str) -> dict[str, str]:
    """What makes a browser save an answer under a name, which says nothing of a record."""
    return {"content-disposition": f'attachment; filename="{name}"'}


def _away(folder: Path) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


ROUTES = [
    Route("/documents/{document:int}/handout", of_document, methods=["POST"]),
    Route("/worklist/export", of_list, methods=["POST"]),
]
