"""Reports, queries and memos say what the audit says, quote the record, and look the same each time."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from lines import CLEAN, CONFLICT, NOTE, line_of

from ionm_notes.codes.gaps import MISSING
from ionm_notes.errors import IonmError
from ionm_notes.handout.appeal import Denial, appeal, reasons
from ionm_notes.handout.forms import FORMS, Form, written
from ionm_notes.handout.paper import Grid, Paper, Quotes, Section, Text
from ionm_notes.handout.query import query_letter, questions
from ionm_notes.handout.report import audit_report
from ionm_notes.handout.sources import policy_of
from ionm_notes.limitation import STATEMENT
from ionm_notes.policy.people import people_tables
from ionm_notes.rules import RULES
from ionm_notes.rules.gaps import GAPS
from ionm_notes.store.reviews import Review, finding_key

MADE = date(2026, 1, 5)
EVIL = '<script>alert(1)</script><img src="file:///etc/passwd">'


def text_of(data: bytes, form: Form) -> str:
    """All words of a hand-out, white space folded away: where a line breaks is not its business."""
    if form == "pdf":
        pdf = pypdfium2.PdfDocument(data)
        words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    elif form == "docx":
        document = docx.Document(BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        words = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    else:
        words = data.decode()
    return re.sub(r"[\s\u00ad\ufffe]+", "", words)


def fold(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("form", ["pdf", "html", "docx"])
@pytest.mark.parametrize("name", [CONFLICT, NOTE])
def test_the_report_gives_each_code_minute_and_gap_with_its_evidence_rule_remedy_and_sources(name: str, form: Form) -> None:
    line = line_of(name)
    text = text_of(written(audit_report(line, policy_of(line), MADE), form), form)
    if form == "html":
        text = text.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')
    said = [line["document"]["name"], line["verdict"]["sentence"], STATEMENT, line["document"]["sha256"]]
    for finding in line["findings"]:
        said += [finding["rule"], finding["message"], finding["remedy"], *finding["citations"]]
        said += [f"p. {item['page']}: “{item['text']}”" for item in finding["evidence"]]
    for code in line["codes"]:
        said += [code["code"], code["rationale"], *(f"“{item['text']}”" for item in code["evidence"])]
    for proof in line["minutes_proof"]:
        said += [proof["why"], *(f"“{item['text']}”" for item in proof["evidence"])]
    assert [one for one in said if fold(one) not in text] == []


def test_the_page_draws_the_day_and_runs_nothing() -> None:
    line = line_of(CONFLICT)
    page = written(audit_report(line, policy_of(line), MADE), "html").decode()
    assert '<g class="b-counted"><title>08:12-12:38 266 min counted, remote exclusive' in page
    assert '<g class="b-conflict-rejected">' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "http" not in re.sub(r"<li>.*?</li>|<meta[^>]*>", "", page), "addresses stand in the list of sources only, as text"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_audit_and_day_give_the_same_bytes(form: Form) -> None:
    line = line_of(CLEAN)
    first, second = (written(audit_report(line, policy_of(line), MADE), form) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("form", FORMS)
def test_what_a_document_holds_is_text_whatever_it_looks_like(form: Form) -> None:
    line = line_of(CONFLICT)
    line["document"]["name"] = f"{EVIL}\x07\u202e.pdf"
    line["findings"][0]["evidence"][0]["text"] = f"{EVIL} Łódź Μαρία 手術 {'x' * 3_000}"
    line["codes"][0]["rationale"] = "long " * 6_000
    text = text_of(written(audit_report(line, policy_of(line), MADE), form), form)
    assert ("&lt;script&gt;alert(1)&lt;/script&gt;" if form == "html" else "<script>alert(1)</script>") in text
    assert "ŁódźΜαρία" in text
    assert ("[U+624B][U+8853]" if form == "pdf" else "手術") in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_decisions_of_reviewers_stand_in_the_report_and_a_dismissed_finding_asks_nothing() -> None:
    line = line_of(CONFLICT)
    key = finding_key(next(one for one in line["findings"] if one["rule"] == "pos-not-accepted"))
    line["codes"] = []
    decided = {
        key: Review("dismissed", "the claim form says 21", "ann", "2026-01-05T08:00:00"),
        "": Review("reviewed", "seen", "ann", "2026-01-05T08:01:00"),
    }
    text = written(audit_report(line, policy_of(line), MADE, decided), "html").decode()
    assert "dismissed by ann, 2026-01-05 08:00 UTC: the claim form says 21" in text
    assert "Reviewed by ann" in text
    assert "place" in [one.row.id for one in questions(line)]
    assert "place" not in [one.row.id for one in questions(line, {key})]


# --- the query letter ----------------------------------------------------------------------------------------------

LEADING = re.compile(
    r"\b(bill|billing|billed|pay|payment|payer|paid|reimburs\w*|code|codes|unit|units|claim|charge|support\w*|deni\w*|appeal"
    r"|medicare|commercial|please confirm|confirm that|should have|needs? to state|in order to|required|exclusive\w*|undivided"
    r"|you (were|did|had) (in|at|attend|watch))\b|\$|\b9\d{4}\b|\bG\d{4}\b",
    re.IGNORECASE,
)
"""Words that tell which answer is wished for, or that money hangs on it."""


def words_of(paper: Paper) -> list[str]:
    """What the letter says itself: everything but the quotations and the facts of the record."""
    found: list[str] = [paper.title, paper.foot]

    def walk(block: object) -> None:
        match block:
            case Section(title, blocks, _):
                found.append(title)
                for inner in blocks:
                    walk(inner)
            case Text(words, _):
                found.append(words)

    for block in paper.blocks:
        walk(block)
    return found


@pytest.mark.parametrize("name", [CONFLICT, NOTE, "b27-anesth-oversight-prelim.docx"])
def test_a_query_asks_and_never_suggests_the_answer(name: str) -> None:
    letter = query_letter(line_of(name), MADE)
    assert [words for words in words_of(letter) if LEADING.search(words)] == []
    said = "\n".join(words_of(letter))
    assert [gap.title for gap in GAPS.values() if len(gap.title) > 20 and gap.title in said] == []
    assert [message for message in (one["message"] for one in line_of(name)["findings"]) if message in said] == []


def test_no_question_of_the_data_leads_and_each_asks() -> None:
    for row in people_tables().queries:
        assert not LEADING.search(row.ask), row.id
        assert row.ask.count("?") >= 1, row.id
        assert len(row.choices) != 1, f"{row.id}: one choice is a suggestion"


def test_every_gap_and_every_element_has_its_question_and_every_cause_is_known() -> None:
    about = {name for row in people_tables().queries for name in row.about}
    asked_of_payers = {"eeg-site-unsettled"}
    assert (set(MISSING) | set(GAPS)) - about == asked_of_payers
    assert about - set(MISSING) - set(GAPS) - set(RULES) == {"allocation-without-times"}


def test_the_letter_quotes_the_record_and_leaves_room_for_the_answer() -> None:
    line = line_of(CONFLICT)
    text = text_of(written(query_letter(line, MADE), "docx"), "docx")
    quotations = ("p. 1: “0812 MONITORING BEGINS”", "p. 1: “Start of monitoring: 0835”")
    for words in (*quotations, "☐ Inpatient", "☐ Other:", "☐ Cannot be determined", "____", "Signature"):
        assert fold(words) in text, words
    assert "266" not in text


def test_a_record_that_leaves_nothing_open_needs_no_query() -> None:
    with pytest.raises(IonmError, match="nothing open"):
        query_letter(line_of(CLEAN), MADE)


# --- the appeal memo -----------------------------------------------------------------------------------------------


def standing(line: dict[str, Any], **denied: Any) -> tuple[str, str]:
    found = appeal(line, Denial(**denied), policy_of(line), MADE)
    return found.standing, " ".join(found.because)


def test_a_supported_line_is_defended_with_what_the_record_states() -> None:
    line = line_of(CLEAN)
    found = appeal(line, Denial("overlapping-attention", "G0453", 15, "A-17", "CO-50"), policy_of(line), MADE)
    assert found.standing == "defensible"
    text = text_of(written(found.paper, "pdf"), "pdf")
    attended = line["element_evidence"]["exclusivity"][0]
    for words in ("A-17", "CO-50", f"p. {attended['page']}: “{attended['text']}”", "226 min", "07:52-11:38", "e1:", STATEMENT):
        assert fold(words) in text, words


def test_only_the_supported_part_of_the_units_is_defended() -> None:
    assert standing(line_of(CLEAN), reason="over-mue", code="G0453", units=18)[0] == "in part"


def test_a_line_that_is_open_is_not_defended_before_the_question_is_answered() -> None:
    how, why = standing(line_of(CONFLICT), reason="overlapping-attention", code="G0453", units=18)
    assert how == "open"
    assert "which of the contradicting times is right" in why


def test_what_the_record_does_not_support_is_not_defended() -> None:
    assert standing(line_of(CLEAN), reason="hourly-remote-on-medicare", code="95941", units=4)[0] == "not defensible"
    line = line_of(CLEAN)
    line["codes"][0] |= {"edit": "denied", "edit_reason": "beside X"}
    assert standing(line, reason="hard-pairs", code=line["codes"][0]["code"])[0] == "not defensible"


def test_a_finding_that_says_what_the_payer_says_is_never_argued_away() -> None:
    line = line_of(CONFLICT)
    how, why = standing(line, reason="wrong-place", code="G0453")
    assert how == "not defensible"
    assert "Place of service 11" in why
    how, _ = standing(line, reason="wrong-place", code="95938")
    assert how == "open", "the line itself is supported, but the finding stands"


def test_a_reason_that_no_rule_looks_for_is_left_to_a_person() -> None:
    assert standing(line_of(CLEAN), reason="surgeon-owned", code="G0453")[0] == "not judged"


def test_a_rule_serves_as_a_reason_and_an_unknown_reason_is_refused() -> None:
    assert standing(line_of(CLEAN), reason="units-per-hour", code="G0453")[0] == "defensible"
    with pytest.raises(IonmError, match="report reasons"):
        standing(line_of(CLEAN), reason="because")


def test_every_denial_reason_makes_a_memo_and_names_what_answers_it() -> None:
    line = line_of(NOTE)
    for row in reasons():
        assert row.shown_by or not row.rule, row.id
        assert set(row.shown_by) <= {*GAPS, "minutes", "codes"}, row.id
        assert appeal(line, Denial(row.id), policy_of(line), MADE).paper.blocks


def test_blocks_of_a_paper_hold_no_empty_table() -> None:
    line = line_of(NOTE)
    for paper in (audit_report(line, policy_of(line), MADE), query_letter(line, MADE)):
        for block in paper.blocks:
            inner = block.blocks if isinstance(block, Section) else (block,)
            assert all(one.rows for one in inner if isinstance(one, Grid))
            assert all(one.items for one in inner if isinstance(one, Quotes))
