"""The same report says the same in every format; what each format hides or marks is read as a reader would see it."""

from __future__ import annotations

import functools
from collections.abc import Callable

import makers
import pytest
from papers import cells_of, lines_of, rows_of, texts_of
from striprtf.striprtf import rtf_to_text

from ionm_notes.audit import audit_payers
from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit

FIELDS = ("date_of_service", "facility", "procedure", "place_of_service")


def audited(name: str, data: bytes) -> Audit:
    return audit_payers(read_bytes(name, data), ("medicare",))[0]


@functools.cache
def plain() -> Audit:
    return audited("report.txt", makers.txt())


def said(audit: Audit) -> dict[str, object]:
    """What a biller takes from an audit, without where it stands."""
    encounter = audit.case.encounter
    return {
        **{name: getattr(encounter, name) for name in FIELDS},
        "people": [person and person.name for person in (encounter.surgeon, *encounter.professionals, *encounter.technologists)],
        "codes": [(code.code, code.units, code.status) for code in audit.codes],
        "elements": {name: element.state for name, element in audit.case.elements.items()},
    }


@pytest.mark.parametrize("name", makers.DOCUMENTS)
def test_the_same_report_gives_the_same_audit_in_every_format(name: str) -> None:
    assert said(audited(name, makers.DOCUMENTS[name]())) == said(plain())


@pytest.mark.parametrize("name", [name for name in makers.DOCUMENTS if name != "report.md"])
def test_the_content_tells_the_kind_whatever_the_name(name: str) -> None:
    data = makers.DOCUMENTS[name]()
    assert read_bytes("report", data).media_type == read_bytes(name, data).media_type


class TestRtf:
    def lines(self, body: str) -> list[str]:
        return texts_of(read_bytes("a.rtf", f"{{\\rtf1\\ansi {body}}}".encode("latin-1")))

    def test_table_rows_keep_their_cells(self) -> None:
        assert rows_of(read_bytes("a.rtf", makers.rtf())) == [tuple(row) for row in makers.LOG]

    @pytest.mark.parametrize(
        ("body", "text"),
        [
            (r"08:05{\v  secret} started\par", "08:05 started"),
            (r"08:05{\deleted 06:05} started\par", "08:05 started"),
            (r"08:05\v secret\v0  started\par", "08:05 started"),
            (r"caf\'e9 \u8211? \u8217\'92s\par", "café \u2013 \u2019s"),
            (r"a{\pict\wmetafile8 0102abcd}{\*\unknown x}{\object{\*\objdata 00}{\result y}}b\par", "ab"),
            (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt 08:05}} started\par", "08:05 started"),
            ("a\\bin5 }}}}}b\\par", "ab"),
            (r"{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt in a box\par}}\par", "in a box"),
            (r"\u-10179?\u-9002?\par", "\U0001f4d6"),
        ],
    )
    def test_what_is_hidden_or_marked_is_read_as_shown(self, body: str, text: str) -> None:
        assert self.lines(body) == [text]

    def test_headers_notes_and_pages_are_told_apart(self) -> None:
        document = read_bytes("a.rtf", rb"{\rtf1{\header Ashgrove\par}First\par\page Second{\footnote A note}\par}")
        assert [line.kind for line in lines_of(document)] == ["header", "text"]
        assert texts_of(document, 2) == ["A note", "Second"]

    def test_striprtf_reads_the_same_words(self) -> None:
        other = rtf_to_text(makers.rtf().decode()).replace("|", " ").split()
        assert " ".join(texts_of(read_bytes("a.rtf", makers.rtf()))).split() == other

    def test_one_cut_short_is_refused(self) -> None:
        with pytest.raises(IonmError) as caught:
            read_bytes("a.rtf", makers.rtf()[:-1])
        assert caught.value.code == "truncated"


class TestHtml:
    def lines(self, body: str) -> list[str]:
        return texts_of(read_bytes("a.html", f"<html><body>{body}</body></html>".encode()))

    @pytest.mark.parametrize(
        ("body", "texts"),
        [
            ("<p>08:05<script>x()</script><style>p{}</style> started</p>", ["08:05 started"]),
            ("<p>a<span style='display: none'>b</span><span hidden>c</span>d</p>", ["ad"]),
            ("<p>06:05 <del>07:05</del> started<br>next</p>", ["06:05 started", "next"]),
            ("<p><input type=checkbox checked> In room <input type=checkbox> Remote</p>", ["☒ In room ☐ Remote"]),
            ("<p>Start <input value='08:05'></p><p><select><option>a<option selected>b</select></p>", ["Start 08:05", "b"]),
            ("one&nbsp;two &#8211; three&bogus;", ["one two \u2013 three&bogus;"]),
            ("<pre>07:40   Setup\n08:10   Start</pre>", ["07:40\tSetup", "08:10\tStart"]),
            ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", ["a\tb", "c"]),
        ],
    )
    def test_what_is_hidden_or_marked_is_read_as_shown(self, body: str, texts: list[str]) -> None:
        assert self.lines(body) == texts

    @pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
    def test_the_encoding_that_a_page_states_holds(self, encoding: str) -> None:
        page = f"<html><head><meta charset='{encoding}'></head><body><p>café – 08:05</p></body></html>"
        assert texts_of(read_bytes("a.html", page.encode(encoding))) == ["café \u2013 08:05"]

    def test_a_log_in_a_table_gives_rows(self) -> None:
        assert rows_of(read_bytes("a.html", makers.page(makers.table()))) == [tuple(row) for row in makers.LOG]


def test_markdown_loses_its_marks_and_keeps_lines_and_typed_columns() -> None:
    text = "# Report\n**Start:** 08:05\nsecond line <br> third\n\n    07:40   Setup\n    08:10   Start\n\n- [x] In *room*\n"
    assert texts_of(read_bytes("a.md", text.encode())) == [
        "Report",
        "Start: 08:05",
        "second line",
        "third",
        "07:40\tSetup",
        "08:10\tStart",
        "[x] In room",
    ]


class TestOdt:
    def test_a_table_made_by_another_program_gives_rows(self) -> None:
        assert rows_of(read_bytes("a.odt", makers.odt())) == [tuple(row) for row in makers.LOG]

    @pytest.mark.parametrize(
        ("body", "texts"),
        [
            ("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>", ["a\tb\tc", "d"]),
            ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>", ["kept"]),
            (
                "<text:p>one<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p>"
                "</text:note-body></text:note></text:p>",
                ["one", "note"],
            ),
            ("<text:p>a<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>", ["a", "boxed"]),
            ("<text:p text:style-name='H'>no</text:p><text:p>yes<text:span text:style-name='H'>x</text:span></text:p>", ["yes"]),
            ("<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>", ["item"]),
        ],
    )
    def test_what_is_hidden_or_marked_is_read_as_shown(self, body: str, texts: list[str]) -> None:
        style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        assert texts_of(read_bytes("a.odt", makers.odt(body, styles=style))) == texts


class TestHl7:
    def test_escapes_and_repetitions_are_undone(self) -> None:
        data = makers.hl7([r"OBX|1|FT|R^R||one\.br\two \T\ three~four \X41\ \H\bold\N\||||||F"])
        assert texts_of(read_bytes("a.hl7", data))[-3:] == ["one", "two & three", "four A bold"]

    def test_a_coded_or_measured_observation_keeps_its_label(self) -> None:
        data = makers.hl7(["OBX|1|NM|A^Age||63|a|||||F", "OBX|2|CWE|B^Mode||R^Remote||||||F", "NTE|1||a note"])
        assert texts_of(read_bytes("a.hl7", data))[-3:] == ["Age: 63 a", "Mode: Remote", "a note"]

    def test_an_observation_with_a_time_of_its_own_is_an_entry_of_that_time(self) -> None:
        told = (("0705", "Leads  on"), ("0731", "Leads secured"), ("0740", "Monitoring on"), ("1040", "Monitoring off"))
        entries = [f"OBX|{n}|TX|IOM^Entry||{what}||||||F|||20250314{at}00" for n, (at, what) in enumerate(told, 1)]
        found = texts_of(read_bytes("a.hl7", makers.hl7([*entries, "OBX|5|TX|IOM^Entry||no time||||||F"])))
        assert found[-5:] == ["2025-03-14 07:05\tLeads on", *found[-4:-1], "no time"]
        assert found[-2] == "2025-03-14 10:40\tMonitoring off"

    def test_the_time_of_the_whole_message_leads_no_line(self) -> None:
        lines = [f"OBX|{n}|TX|IOM^Report||line {n} of it||||||F|||202503141200" for n in range(1, 7)]
        assert texts_of(read_bytes("a.hl7", makers.hl7(lines)))[-1] == "line 6 of it"

    def test_an_identifier_in_words_names_its_value_and_a_code_does_not(self) -> None:
        data = makers.hl7(["OBX|1|ST|Operating Surgeon^^L||Paul Ode, MD||||||F", "OBX|2|ST|8251-1^^LN||a line||||||F"])
        assert texts_of(read_bytes("a.hl7", data))[-2:] == ["Operating Surgeon: Paul Ode, MD", "a line"]

    def test_a_message_is_one_below_the_line_of_a_fax(self) -> None:
        found = read_bytes("a.txt", b"FAX 555-0100 P. 1/1\n" + makers.hl7().replace(b"\r", b"\n"))
        assert found.media_type == "application/hl7-v2"

    def test_a_preliminary_report_says_so_and_a_signed_one_by_whom(self) -> None:
        order = "OBR|1|A|||||20250314||||||||||||||||||P"
        assert "Document status: PRELIMINARY REPORT" in texts_of(read_bytes("a.hl7", makers.hl7([order, "OBX|1|TX|R||text"])))
        signed = "TXA|1|OP|TX|20250314|||||||||||||LA|||||9^Holst^Mara^^^^MD^^^^^^^^202503141120"
        found = texts_of(read_bytes("a.hl7", makers.hl7([signed, "OBX|1|TX|R||text"], "MDM^T02")))
        assert "Date of service: 2025-03-14" in found
        assert found[-1].startswith("Electronically signed by Mara Holst")
        assert found[-1].endswith("2025-03-14 11:20")

    def test_lines_broken_within_a_field_and_frames_of_sending_are_borne(self) -> None:
        data = b"\x0b" + makers.hl7(["OBX|1|TX|R||one\nbroken off||||||F"]) + b"\x1c\r"
        assert texts_of(read_bytes("a.hl7", data))[-2:] == ["one", "broken off"]

    def test_an_export_with_the_first_line_of_a_message_above_it_stays_text(self) -> None:
        text = makers.HEADER.format(kind="ORU").split("\r")[0] + "\nStart | 08:05\nStop | 10:45\nSurgeon | Paul Iverness\n"
        assert read_bytes("a.txt", text.encode()).media_type == "text/plain"


def test_a_clinical_document_gives_patient_date_sections_and_signature() -> None:
    texts = texts_of(read_bytes("a.xml", makers.cda()))
    assert texts[:5] == [
        "Neuromonitoring",
        "Patient: Dora Blythe",
        "Date of birth: 1961-04-12",
        "MRN: 5518824",
        "Date of service: 2025-03-14",
    ]
    assert texts[-1] == "Electronically signed by Mara Holst, MD 2025-03-14 11:20"
    assert "07:40\tElectrodes placed" in texts


@pytest.mark.parametrize(
    ("name", "make"), [(name, make) for name, make in makers.DOCUMENTS.items() if name not in ("report.pdf",)]
)
def test_cells_words_and_text_of_a_line_agree(name: str, make: Callable[[], bytes]) -> None:
    document = read_bytes(name, make())
    for line in (line for page in document.pages for line in page.lines):
        assert "\t".join(cells_of(line)) == line.text
        assert all(line.text[word.start : word.end].strip() for word in line.words)
    blocks = [line.block for line in lines_of(document)]
    assert blocks == sorted(blocks)
