"""Word files are read in document order, as they would print with all changes accepted."""

from __future__ import annotations

import io

import docx
import pytest
from words import STRICT, p, package, r, read, tbl, tc, texts, tr

from ionm_notes.ingest import read_bytes

LOG = (("07:15", "Setup", "Electrodes on"), ("07:42", "Baseline", "Baselines complete"))


def box(content: str) -> str:
    return f"<w:txbxContent>{content}</w:txbxContent>"


def choice(choice_content: str, fallback: str) -> str:
    branches = f'<mc:Choice Requires="wps">{choice_content}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return f"<mc:AlternateContent>{branches}</mc:AlternateContent>"


def test_paragraphs_and_tables_come_in_order_and_a_table_row_is_one_line() -> None:
    document = read(p("Before") + tbl(*(tr(*row) for row in LOG)) + p("After"))
    lines = document.pages[0].lines
    assert [line.text for line in lines] == ["Before", *("\t".join(row) for row in LOG), "After"]
    assert [line.kind for line in lines] == ["text", "row", "row", "text"]
    assert len({line.block for line in lines[1:3]}) == 1
    assert len({line.block for line in lines}) == 3


def test_a_file_of_python_docx_reads_the_same() -> None:
    made = docx.Document()
    made.add_paragraph("Before")
    table = made.add_table(rows=2, cols=3)
    for row, values in zip(table.rows, LOG, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    made.sections[0].header.paragraphs[0].text = "Harbor Neuromonitoring"
    out = io.BytesIO()
    made.save(out)
    lines = read_bytes("report.docx", out.getvalue()).pages[0].lines
    assert [(line.kind, line.text) for line in lines] == [
        ("header", "Harbor Neuromonitoring"),
        ("text", "Before"),
        *(("row", "\t".join(row)) for row in LOG),
    ]


def test_paragraphs_of_a_cell_are_joined_in_their_row() -> None:
    assert texts(tbl(tr("07:15", "Setup", tc("Electrode placement", "begins")))) == ["07:15\tSetup\tElectrode placement begins"]


def test_a_cell_merged_across_or_down_is_told_once() -> None:
    across = tr("07:15", tc("A remark over two columns", properties='<w:gridSpan w:val="2"/>'))
    first = tr(tc("Screws", properties='<w:vMerge w:val="restart"/>'), "L4 left 14 mA")
    second = tr(tc("Screws", properties="<w:vMerge/>"), "L4 right 16 mA")
    assert texts(tbl(across, first, second)) == ["07:15\tA remark over two columns", "Screws\tL4 left 14 mA", "\tL4 right 16 mA"]


def test_rows_of_a_nested_table_follow_the_text_around_it() -> None:
    inner = tbl(tr("a", "b"), tr("c", "d"))
    assert texts(tbl(tr("outer", tc("text", inner, "")))) == ["outer\ttext", "a\tb", "c\td"]


def test_a_cell_that_is_a_small_form_gives_its_lines() -> None:
    row = tr(tc("Patient: Dora Blythe", "DOB: 01/02/1960"), tc("Surgeon: Ana Sole, MD", "Room: 4"))
    assert texts(tbl(row)) == ["Patient: Dora Blythe", "DOB: 01/02/1960", "Surgeon: Ana Sole, MD", "Room: 4"]


def test_entries_stacked_in_one_row_become_rows() -> None:
    row = tr(tc("07:15", "07:42"), tc("Electrodes on", "Baselines complete"))
    assert texts(tbl(row)) == ["07:15\tElectrodes on", "07:42\tBaselines complete"]


def test_a_table_of_one_cell_is_text() -> None:
    document = read(tbl(tr(tc("First paragraph of prose.", "Second paragraph."))))
    assert [(line.kind, line.text) for line in document.pages[0].lines] == [
        ("text", "First paragraph of prose."),
        ("text", "Second paragraph."),
    ]


def test_headers_and_footers_are_known_as_such_and_unused_ones_left_out() -> None:
    document = read(p("Body"), {"header1": p("Case 5512"), "footer1": p("Page 1")})
    assert [(line.kind, line.text) for line in document.pages[0].lines] == [
        ("header", "Case 5512"),
        ("text", "Body"),
        ("footer", "Page 1"),
    ]


IN_BOX = box(p("In the box"))
DRAWN = f"<w:drawing><wps:txbx>{IN_BOX}</wps:txbx></w:drawing>"
OLD = f"<w:pict><v:textbox>{IN_BOX}</v:textbox></w:pict>"


@pytest.mark.parametrize("anchored", [choice(DRAWN, OLD), OLD, choice("", OLD)], ids=["both", "old", "fallback only"])
def test_a_text_box_is_read_once_after_its_paragraph(anchored: str) -> None:
    assert texts(p("Anchor", f"<w:r>{anchored}</w:r>") + p("After")) == ["Anchor", "In the box", "After"]


def test_tracked_changes_are_taken_as_accepted() -> None:
    changed = p(
        "Monitoring ended at ",
        '<w:del w:id="1"><w:r><w:delText>11:30</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{r("11:15")}</w:ins>',
    )
    moved = p(f"<w:moveFrom>{r('Moved words')}</w:moveFrom>") + p(f"<w:moveTo>{r('Moved words')}</w:moveTo>")
    assert texts(changed + moved) == ["Monitoring ended at 11:15", "Moved words"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Monitoring ended ')}</w:p>"
    assert texts(first + p("at 11:15")) == ["Monitoring ended at 11:15"]


def test_a_deleted_row_and_a_deleted_cell_are_gone() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('08:00')}{tc('Deleted')}</w:tr>"
    cell = tr("07:15", "Setup", tc("Deleted", properties="<w:cellDel/>"))
    assert texts(tbl(gone, cell)) == ["07:15\tSetup"]


def test_hidden_text_and_field_codes_are_not_read() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    assert texts(p("Seen ", hidden, field, "too")) == ["Seen too"]


def test_check_boxes_of_every_kind_show_their_state() -> None:
    state = '<w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
    control = f"<w:sdt>{state}<w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>"
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    form = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    old = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    assert texts(p(control, " SSEP ", symbol, " EEG ", old, " MEP")) == ["☒ SSEP ☐ EEG ☒ MEP"]


def test_tabs_part_cells_and_breaks_part_lines_of_one_paragraph() -> None:
    document = read(p("07:15", "<w:r><w:tab/></w:r>", "Setup", "<w:r><w:br/></w:r>", "second line"))
    lines = document.pages[0].lines
    assert [(line.text, line.kind) for line in lines] == [("07:15\tSetup", "row"), ("second line", "text")]
    assert lines[0].block == lines[1].block


def test_content_controls_around_rows_cells_and_paragraphs_are_seen_through() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    table = tbl(control(tr("07:15", "Setup")), f"<w:tr>{control(tc('07:42'))}{tc(control(p('Baseline')))}</w:tr>")
    assert texts(control(p("In a control")) + table) == ["In a control", "07:15\tSetup", "07:42\tBaseline"]


def test_footnotes_are_read_without_words_separators() -> None:
    notes = f'<w:footnote w:type="separator">{p("----")}</w:footnote><w:footnote w:id="2">{p("A note.")}</w:footnote>'
    assert texts(p("Body"), {"footnotes": notes}) == ["Body", "A note."]


def test_a_strict_file_reads_as_the_usual_ones_do() -> None:
    body = p("Body") + tbl(tr("a", "b"))
    other = f'<w:document xmlns:w="{STRICT}"><w:body>{body}</w:body></w:document>'.encode()
    strict = package("", extra={"word/document.xml": other})
    assert read_bytes("a.docx", package(body)).pages == read_bytes("a.docx", strict).pages


def test_words_stand_where_their_offsets_say_and_have_no_box() -> None:
    for line in read(p("  Two   blanks ") + tbl(tr("07:15", "", "End"))).pages[0].lines:
        assert line.text.split() == [line.text[word.start : word.end] for word in line.words]
        assert all(word.bbox is None for word in line.words)
