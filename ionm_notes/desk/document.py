"""The document view: page images or text with evidence marked, and beside it everything that rests on that evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ionm_notes.desk.desk import Desk, Form, back_to, day_named, desk_of, now, posted, session_of
from ionm_notes.desk.evidence import Spot, Spots, TextLine, marked
from ionm_notes.desk.facts import facts_of, words_of
from ionm_notes.desk.judging import Seen, correct_fact, seen, undo_correction
from ionm_notes.errors import IonmError
from ionm_notes.handout.appeal import reasons
from ionm_notes.handout.day import LABEL, ROW, TOP, WIDTH, day_of
from ionm_notes.handout.words import plain
from ionm_notes.policy import payers
from ionm_notes.report.summary import COLUMN_WORDS, units_words
from ionm_notes.store import originals
from ionm_notes.store.reviews import By, Decision, corrections_of, decide, finding_id, finding_key, reviews_of
from ionm_notes.store.trail import entries

MOST_TEXT_PAGES = 40
"""Pages whose text is sent with the view; of a longer document, only those that prove something."""
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: its size in points where it can be drawn, its spots, and its text."""

    number: int
    size: tuple[float, float] | None
    spots: list[Spot]
    text: list[TextLine] | None
    recognized: bool


async def show(request: Request) -> Response:
    """The view under the payer and day of the query; without them, as the document was audited."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    number, payer, on = request.path_params["document"], request.query_params.get("payer", ""), request.query_params.get("on", "")
    return _shown(request, number, payer, on)


def _shown(request: Request, number: int, payer: str, on: str) -> Response:
    desk = desk_of(request)
    view = seen(desk.store, number, payer, day_named(on), desk.policy_dir)
    spots = Spots(view.line)
    pages = _pages(desk, view, spots)
    kept = reviews_of(desk.store, number, view.line["payer"]) if view.stored else {}
    findings = [
        (index, finding, finding_id(finding), kept.get(finding_key(finding)))
        for index, finding in enumerate(view.line["findings"])
    ]
    findings.sort(
        key=lambda item: (item[3] is not None and item[3].decision == "dismissed", SEVERITIES.index(item[1]["severity"]))
    )
    facts = facts_of(view.case)
    anchored = {fact.anchor: fact.path for fact in reversed(facts) if not fact.anchor.startswith(("element-", "doubtful-"))}
    return desk.page(
        request,
        "document.html",
        view=view,
        line=view.line,
        spots=spots,
        pages=pages,
        drawn=any(page.size for page in pages),
        day=day_of(view.line),
        drawing={"width": WIDTH, "label": LABEL, "row": ROW, "top": TOP},
        findings=findings,
        reviewed=kept.get(""),
        groups={fact.group: [one for one in facts if one.group == fact.group] for fact in facts},
        anchored={fact.anchor: anchored.get(fact.anchor) for fact in facts},
        others=_others(view.line, anchored),
        corrections=corrections_of(desk.store, number),
        words_of=words_of,
        history=entries(desk.store, f"document {number}", 50),
        payers=payers(desk.policy_dir),
        reasons=reasons(),
        on=on if day_named(on) else "",
        references=view.policy.data.references,
        column_words=COLUMN_WORDS,
        units_words=units_words,
        rests_json=rests_json,
    )


def _others(line: Mapping[str, Any], shown: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What was read beside the values that can be corrected: its place in the page, its name and its value."""
    found = []
    for name in line["encounter_evidence"]:
        if f"fact-{name}" not in shown:
            value = line["encounter"].get(name)
            words = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
            found.append((f"fact-{name}", plain(name), words))
    for number, charge in enumerate(line["billing"]):
        code = "-".join([charge["code"], *charge["modifiers"]])
        found.append((f"charge-{number}", "charge", code + ("" if charge["units"] is None else f" x {charge['units']}")))
    return found


def rests_json(spot: Spot) -> str:
    """What rests on a spot, for our script."""
    return json.dumps([[rest.anchor, rest.words] for rest in spot.rests])


def _pages(desk: Desk, view: Seen, spots: Spots) -> list[PageView]:
    document = view.line["document"]
    sizes = _sizes(desk, document)
    with_text = set(spots.pages()) if document["pages"] > MOST_TEXT_PAGES else None
    texts = desk.store.rows(
        "SELECT number, text, sureness FROM pages WHERE document_id = ? ORDER BY number", (view.document["id"],)
    )
    found = []
    for row in texts:
        number = row["number"]
        here = spots.on(number)
        size = sizes[number - 1] if number <= len(sizes) else None
        sure = json.loads(row["sureness"]) if row["sureness"] else []
        wanted = with_text is None or number in with_text
        text = marked(row["text"], here, sure) if wanted else None
        found.append(PageView(number, size, here, text, any(one is not None for one in sure)))
    return found


def _sizes(desk: Desk, document: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The sizes of all pages, file by file; nothing where the file was not kept or has no pages to draw."""
    found: list[tuple[float, float]] = []
    for file in _files(document):
        kept = originals.original(desk.store, file["sha256"])
        try:
            sizes = desk.pictures.sizes(kept[0], file["sha256"], kept[1]) if kept else []
        except IonmError:
            sizes = []
        if len(sizes) != file["pages"]:
            return []
        found += sizes
    return found


def _files(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return document.get("files") or [document]


async def picture(request: Request) -> Response:
    """The picture of one page of a document."""
    return await run_in_threadpool(_picture, request)


def _picture(request: Request) -> Response:
    desk, number, page = desk_of(request), request.path_params["document"], request.path_params["page"]
    document = seen(desk.store, number, "", None, desk.policy_dir).line["document"]
    for file in _files(document):
        if page <= file["pages"]:
            kept = originals.original(desk.store, file["sha256"])
            if kept is None:
                break
            data, kind = desk.pictures.page(kept[0], file["sha256"], page, kept[1])
            return Response(data, media_type=kind)
        page -= file["pages"]
    raise IonmError("no-such-page", "", str(request.path_params["page"]))


@posted("auditor")
def review(request: Request, form: Form) -> Response:
    """Takes a decision about a finding, or about the document."""
    desk, number, payer = desk_of(request), request.path_params["document"], form.get("payer", "")
    decisions: dict[str, Decision] = {"accept": "accepted", "dismiss": "dismissed", "reviewed": "reviewed", "undo": "open"}
    if form.get("decision") not in decisions:
        raise IonmError("bad-correction", "", "there is no such decision")
    key = None
    view = seen(desk.store, number, payer, None, desk.policy_dir)
    if not view.stored:
        raise IonmError("bad-correction", "", f"the document was not audited for {payer}")
    if "finding" in form:
        keys = {finding_id(finding): finding_key(finding) for finding in view.line["findings"]}
        if form["finding"] not in keys:
            raise IonmError("bad-correction", "", "there is no such finding any more")
        key = keys[form["finding"]]
    why = form.get("reason", "").strip() or {"reviewed": "reviewed", "undo": "undone"}.get(form["decision"], "")
    decide(desk.store, number, view.line["payer"], key, decisions[form["decision"]], By(session_of(request).user, now(), why))
    return _again(request, form)


@posted("auditor")
def correct(request: Request, form: Form) -> Response:
    """Takes a corrected value, or takes one back; the document is judged again at once."""
    desk, number = desk_of(request), request.path_params["document"]
    by_whom = session_of(request).user
    if form.get("undo", "").isdecimal():
        by = By(by_whom, now(), form.get("note", "").strip() or "undone")
        undo_correction(desk.store, number, int(form["undo"]), by, desk.policy_dir)
    else:
        by = By(by_whom, now(), form.get("note", "").strip())
        correct_fact(desk.store, number, form.get("fact", ""), form.get("value", ""), by, desk.policy_dir)
    return _again(request, form)


def _again(request: Request, form: Form) -> Response:
    """The view as it is now, for our script; a browser without it is sent there."""
    number, payer = request.path_params["document"], form.get("payer", "")
    if request.headers.get("x-fragment") == "1":
        return _shown(request, number, payer, "")
    known = payer in payers(desk_of(request).policy_dir)
    return back_to(f"/documents/{number}" + (f"?payer={payer}" if known else ""))


ROUTES = [
    Route("/documents/{document:int}", show),
    Route("/documents/{document:int}/pages/{page:int}", picture),
    Route("/documents/{document:int}/review", review, methods=["POST"]),
    Route("/documents/{document:int}/correct", correct, methods=["POST"]),
]
