"""What an auditor does at the desk, in a real browser (Debian's Chromium, driven by Playwright).

`make test` runs these where a Chromium is found or can be installed. With IONM_NOTES_PICTURES set to a folder, the pictures of
the README are written there.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ionm_notes.store import trail
from ionm_notes.store.database import Store
from ionm_notes.store.users import keep_user

FIXTURES = Path(__file__).parents[2] / "fixtures"
DOCUMENTS, SCAN = FIXTURES / "documents", FIXTURES / "scans" / "b19-typed-scan-tevar.pdf"
CONFLICT, CLEAN = "c09-aneurysm-header-vs-log.pdf", "b01-sterling-tlif-eventlog.pdf"
WORD = "b04-stbrendan-thyroid-template.docx"
LONG = "A very long name of a file, as record systems make them, of Konstantinopolitanopoulou-Featherstonehaugh 2024.txt"
WATCH = """() => {
    window.seen = [];
    const look = () => document.querySelectorAll('.item').forEach(one => window.seen.push(one.dataset.state));
    new MutationObserver(look).observe(document.getElementById('items'), {childList: true, subtree: true});
}"""
DROP = """(given) => {
    const drop = document.getElementById('drop'), carried = new DataTransfer();
    for (const [name, data] of given) carried.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
    for (const kind of ['dragenter', 'dragover', 'drop'])
        drop.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@dataclass(frozen=True)
class Served:
    """A running desk: its start address (works once), its home, and its database."""

    start: str
    home: str
    db: Path


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "ionm_notes.cli.main", "serve", "--db", "desk.db", "--port", "0", *options]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"(http://[\d.:]+)/\S*", server.stderr.readline())
        assert found is not None
        try:
            yield Served(found.group(0), found.group(1), folder / "desk.db")
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), "--payer", "medicare") as desk:
        yield desk


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """One signed-in page for all tests, which follow one another as a morning's work does."""
    shown = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
    faults: list[str] = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    shown.goto(served.start)
    shown.wait_for_url(served.home + "/")
    shown.set_default_timeout(10_000)
    yield shown
    assert faults == []


def open_document(page: Page, served: Served, name: str) -> None:
    page.goto(served.home)
    page.locator("table.worklist a", has_text=name).first.click()
    expect(page.locator("#panel")).to_be_visible()
    page.wait_for_load_state("load")


def no_serious_violation(page: Page) -> None:
    """axe-core, by its own script: no violation that it calls serious or critical."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html)])"
    )
    assert [one for one in found if one[0] in ("serious", "critical")] == []


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("IONM_NOTES_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def units(page: Page, code: str) -> str:
    return page.locator(f'[data-units="{code}"]').first.inner_text()


def test_the_empty_desk_says_what_to_do(page: Page) -> None:
    expect(page.locator(".empty")).to_contain_text("Nothing is stored yet")
    no_serious_violation(page)


def test_dropped_files_are_read_one_by_one_while_one_watches(page: Page, tmp_path: Path) -> None:
    page.evaluate(WATCH)
    long = tmp_path / LONG
    shutil.copy(DOCUMENTS / "b03-neurovista-mvd-note.txt", long)
    files_given = [
        [path.name, base64.b64encode(path.read_bytes()).decode()] for path in (SCAN, DOCUMENTS / CONFLICT, DOCUMENTS / WORD)
    ]
    page.evaluate(DROP, files_given)
    expect(page.locator(".item")).to_have_count(3)
    page.set_input_files("#pick", [DOCUMENTS / CLEAN, long])
    expect(page.locator(".item")).to_have_count(5)
    began = time.monotonic()
    page.locator("#filters input[name=words]").fill("monitoring")
    expect(page.locator("#total")).to_be_visible()
    assert time.monotonic() - began < 2, "the page answers while files are read"
    page.locator("#filters input[name=words]").fill("")
    expect(page.locator(".state-stored")).to_have_count(5, timeout=60_000)
    assert {"waiting", "reading", "stored"} <= set(page.evaluate("() => window.seen"))
    expect(page.locator("tr[data-row]")).to_have_count(5)


def test_a_file_dropped_twice_and_a_file_that_cannot_be_read_say_so(page: Page, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    page.set_input_files("#pick", [DOCUMENTS / CLEAN, tmp_path / "broken.pdf"])
    expect(page.locator(".state-duplicate")).to_contain_text("the same bytes were audited before")
    expect(page.locator(".state-failed")).to_contain_text("the end of the file is missing")


def test_the_worklist_is_filtered_searched_and_sorted(page: Page, served: Served) -> None:
    page.goto(served.home)
    no_serious_violation(page)
    page.select_option("[name=verdict]", "query first")
    expect(page.locator("tr[data-row]", has_text=CONFLICT)).to_be_visible()
    expect(page.locator("tr[data-row]", has_text=CLEAN)).to_have_count(0)
    page.click("text=Clear")
    page.fill("[name=words]", "pterional")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert "pterional" not in page.url
    page.click("text=Clear")
    expect(page.locator("tr[data-row]")).to_have_count(5)
    page.locator(".sort", has_text="Units").click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Units")
    shown = [int(text) for text in page.locator("tr[data-row] td:nth-child(7)").all_inner_texts()]
    assert shown == sorted(shown, reverse=True)
    picture(page, "worklist")


def test_a_finding_leads_to_its_place_on_the_page(page: Page, served: Served) -> None:
    open_document(page, served, CONFLICT)
    page.locator("[data-rule=time-conflict] h3 .jump").click()
    marked = page.locator("svg .spot.on rect")
    expect(marked).to_have_count(2)
    with Store(served.db) as store:
        row = store.rows("SELECT audit_id FROM worklist WHERE name = ?", (CONFLICT,))[0]
        line = store.line(row["audit_id"])
    wanted = next(finding for finding in line["findings"] if finding["rule"] == "time-conflict")["evidence"]
    pdf = pypdfium2.PdfDocument(DOCUMENTS / CONFLICT)
    width, height = pdf[0].get_size()
    image = page.locator("#sheet-1 img").bounding_box()
    assert image is not None
    drawn = "async () => { const one = document.querySelector('#sheet-1 img'); await one.decode(); return one.naturalWidth }"
    assert page.evaluate(drawn) > width
    text = pdf[0].get_textpage()
    boxes = [one.bounding_box() for one in marked.all()]
    for evidence in wanted:
        x0, top, x1, bottom = evidence["bbox"]
        assert evidence["text"].split()[0] in text.get_text_bounded(x0, height - bottom, x1, height - top)
        scale_x, scale_y = image["width"] / width, image["height"] / height
        want = (image["x"] + x0 * scale_x, image["y"] + top * scale_y, (x1 - x0) * scale_x, (bottom - top) * scale_y)
        near = [b for b in boxes if b and abs(b["x"] - want[0]) < 5 and abs(b["y"] - want[1]) < 5]
        assert near, f"a highlight at {want}, got {boxes}"
        assert abs(near[0]["width"] - want[2]) < 9
        assert abs(near[0]["height"] - want[3]) < 9
    page.evaluate("() => { document.getElementById('say').textContent = '' }")
    picture(page, "document")


def test_a_highlight_shows_what_rests_on_it_and_leads_there(page: Page) -> None:
    page.locator("svg .spot.on").first.click()
    expect(page.locator("#rests")).to_contain_text("code G0453")
    page.locator("#rests a", has_text="finding time-conflict").click()
    expect(page.locator("[data-rule=time-conflict]")).to_be_focused()
    page.locator(".timeline .b-setup").first.hover()
    expect(page.locator("#readout")).to_contain_text("setup 07:21-07:48")
    page.locator(".timeline .b-setup").first.click()
    expect(page.locator("svg .spot.on")).to_have_count(2)
    expect(page.locator(".timeline .b-conflict-rejected")).to_have_count(1)


def test_another_payer_stands_beside_the_first(page: Page) -> None:
    page.select_option("#payer", "commercial")
    expect(page.locator("#compare")).to_contain_text("95941")
    expect(page.locator("#compare")).to_contain_text("G0453")
    page.select_option("#payer", "medicare")
    expect(page.locator("#compare")).to_have_count(0)
    page.fill("[name=on]", "2012-06-01")
    expect(page.locator("#compare")).to_contain_text("policy of 2012-06-01")
    page.fill("[name=on]", "")


def test_a_corrected_time_changes_the_units_and_can_be_taken_back(page: Page, served: Served) -> None:
    open_document(page, served, CLEAN)
    assert units(page, "G0453") == "15"
    group = page.locator("#facts details.group", has_text="Monitoring 07:52-11:38").first
    group.locator("> summary").click()
    fact = group.locator("details.correct").nth(2)
    fact.locator("summary").click()
    fact.locator("[name=value]").fill("2025-03-11T10:38")
    fact.locator("[name=note]").fill("the log says 10:38")
    fact.locator("button").click()
    expect(page.locator('[data-units="G0453"]')).to_have_text("11")
    expect(page.locator("#history")).to_contain_text("the log says 10:38")
    expect(page.locator("#verdict .note")).to_contain_text("corrected by a reviewer")
    page.locator("#history button", has_text="Undo").click()
    expect(page.locator('[data-units="G0453"]')).to_have_text("15")
    with Store(served.db) as store:
        assert [entry.action for entry in trail.entries(store)[:2]] == ["correction-undone", "corrected"]
        assert trail.verify(store).whole
        assert (
            store.rows(
                "SELECT count(*) AS n FROM readings JOIN documents ON documents.id = document_id WHERE name = ?", (CLEAN,)
            )[0]["n"]
            == 3
        )


def test_a_finding_is_dismissed_with_a_reason_and_the_document_marked_reviewed(page: Page, served: Served) -> None:
    open_document(page, served, CONFLICT)
    finding = page.locator("[data-rule=time-conflict]")
    finding.locator("[name=reason]").fill("the workstation's own log was obtained")
    finding.locator("text=Dismiss").click()
    expect(page.locator("[data-rule=time-conflict]")).to_contain_text("dismissed by")
    page.locator("#verdict button", has_text="Mark reviewed").click()
    expect(page.locator("#verdict")).to_contain_text("Reviewed by")
    page.goto(served.home)
    expect(page.locator("tr[data-row]", has_text=CONFLICT).locator("td").nth(7)).to_have_text("1")
    open_document(page, served, CONFLICT)
    page.locator("[data-rule=time-conflict] button", has_text="Undo").click()
    expect(page.locator("[data-rule=time-conflict]")).not_to_contain_text("dismissed by")


def test_the_report_and_the_worklist_are_saved_and_read_back(page: Page, served: Served) -> None:
    open_document(page, served, CONFLICT)
    with page.expect_download() as got:
        page.locator("#handouts button", has_text="Audit report, PDF").click()
    pages = pypdfium2.PdfDocument(got.value.path())
    text = "".join(one.get_textpage().get_text_bounded() for one in pages)
    for words in ("time-conflict", "“Start of monitoring: 0835”", "G0453", "18", "Decision support for trained people"):
        assert words in text, words
    page.goto(served.home)
    page.select_option("[name=verdict]", "query first")
    expect(page.locator("tr[data-row]", has_text=CLEAN)).to_have_count(0)
    names = page.locator("tr[data-row] td:first-child").all_inner_texts()
    with page.expect_download() as got:
        page.locator(".exports button", has_text="Worklist XLSX").click()
    rows = list(openpyxl.load_workbook(BytesIO(got.value.path().read_bytes()))["Worklist"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == names
    assert {row[2] for row in rows} == {"query first"}
    page.click("text=Clear")
    with Store(served.db) as store:
        assert [entry.action for entry in trail.entries(store)[:2]] == ["exported", "exported"]


def test_the_report_as_a_page_is_free_of_serious_violations(browser: Browser, page: Page, served: Served) -> None:
    open_document(page, served, CONFLICT)
    with page.expect_download() as got:
        page.locator("#handouts button", has_text="HTML").click()
    kept = got.value.path().with_suffix(".html")
    shutil.copy(got.value.path(), kept)
    shown = browser.new_page()
    shown.goto(kept.as_uri())
    expect(shown.locator("figure svg .b-counted").first).to_be_visible()
    no_serious_violation(shown)
    shown.close()


def test_the_desk_is_used_with_the_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(served.home)
    expect(page.locator("tr[data-row]")).to_have_count(5)
    page.keyboard.press("/")
    page.keyboard.type("pterional")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    expect(page.locator("[data-finding]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("svg .spot.on").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#rests a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#rests")).to_be_hidden()
    page.locator(".sections a", has_text="Hand-outs").press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    assert got.value.suggested_filename.startswith("report-")
    page.keyboard.press("u")
    page.wait_for_url(served.home + "/")
    page.click("text=Clear")


def test_text_documents_and_scans_show_their_evidence_too(page: Page, served: Served) -> None:
    open_document(page, served, WORD)
    page.locator("#findings .jump").first.click()
    expect(page.locator("mark.spot.on").first).to_be_visible()
    open_document(page, served, SCAN.name)
    expect(page.locator("svg .spot").first).to_be_attached()
    expect(page.locator("#text")).to_contain_text("recognized from a picture")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation_in_a_document(page: Page, served: Served, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    for name in (CONFLICT, WORD):
        open_document(page, served, name)
        no_serious_violation(page)
    if scheme == "dark":
        page.goto(served.home)
        no_serious_violation(page)
        for path in ("/trail", "/dashboard"):
            page.goto(served.home + path)
            no_serious_violation(page)
    page.emulate_media(color_scheme="light")


def test_a_page_at_125_percent_needs_no_sideways_scrolling(browser: Browser, page: Page, served: Served) -> None:
    page.goto(served.home + "/dashboard")
    page.set_viewport_size({"width": 1152, "height": 720})
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    for name in (CONFLICT, LONG[:30]):
        open_document(page, served, name)
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(served.home)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_named_users_sign_in_and_out_by_the_forms_of_the_page(browser: Browser, tmp_path: Path) -> None:
    with Store(tmp_path / "desk.db") as store:
        keep_user(store, "ann", "viewer", "a long password", "root", datetime(2026, 1, 5, tzinfo=UTC))
    with serving(tmp_path, "--users") as desk:
        shown = browser.new_page()
        shown.goto(desk.home)
        no_serious_violation(shown)
        shown.fill("[name=name]", "ann")
        shown.fill("[name=password]", "a long password")
        shown.keyboard.press("Enter")
        shown.wait_for_url(desk.home + "/")
        expect(shown.locator(".who")).to_contain_text("ann (viewer)")
        expect(shown.locator("#drop")).to_have_count(0)
        shown.click("text=Sign out")
        expect(shown.locator(".problem")).to_contain_text("signed out")
        shown.close()
