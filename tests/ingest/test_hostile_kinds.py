"""Each kind of hostile file, made here: what it tries does not happen, and it costs seconds and little memory at most.

A file is read in a child process with bounds (`boxed.py`), so that the protection is what is tested: without it the child
would hang, flood or fetch, and the test would say so.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import makers
import pytest
from boxed import must_end_well, timed
from PIL import Image

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes, unpack
from ionm_notes.limits import LIMITS, MIB, Limits

sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures" / "hostile"))
import bombs
from make import laughs, plain_pdf, raw_pdf, word, zipped

SECRET = "the words of a file that no report may reach"
NOTE = b"Intraoperative monitoring\n08:10 Monitoring started\n"


def held_to(allowed: set[str], name: str, data: bytes, limits: Limits = LIMITS, mib: int = 400) -> None:
    """Fails unless reading ends with one of the outcomes, in three seconds of processor time and `mib` MiB of memory more."""

    def work(tried: Path) -> None:
        found = timed(name, data, tried, limits=limits)
        assert found <= allowed, found

    must_end_well(work, memory=mib * MIB)


def png(size: tuple[int, int]) -> bytes:
    return bombs.png(*size)


@pytest.mark.parametrize(
    ("name", "make", "limits"),
    [
        ("size.txt", lambda: NOTE * 9, Limits(file_bytes=300)),
        ("lines.txt", lambda: NOTE * 9, Limits(document_lines=10)),
        ("lines.docx", lambda: word("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20), Limits(document_lines=10)),
        ("lines.rtf", lambda: b"{\\rtf1 " + b"\\trowd a\\cell b\\cell\\row " * 20 + b"}", Limits(document_lines=10)),
        ("lines.hl7", lambda: bombs.message("OBX|1|TX|R||x\r" * 20), Limits(document_lines=10)),
        ("lines.html", lambda: makers.page("<table>" + "<tr><td>a<td>b" * 20 + "</table>"), Limits(document_lines=10)),
        ("pixels.png", lambda: png((2_000, 2_000)), Limits(page_pixels=3_000_000)),
        ("characters.pdf", plain_pdf, Limits(page_chars=20)),
    ],
)
def test_a_file_over_a_limit_is_refused(name: str, make: Callable[[], bytes], limits: Limits) -> None:
    data = make()
    held_to({"too-large"}, name, data, limits)
    if name != "pixels.png":
        # The limit is what refuses it: within the usual ones it is read.
        held_to({"read"}, name, data)


class TestBombs:
    def test_a_zip_bomb_of_one_member(self) -> None:
        held_to({"zip-limits"}, "flat.zip", zipped({"a.txt": bytes(40 * MIB)}))

    def test_a_zip_bomb_of_archives_in_archives(self) -> None:
        held_to({"zip-limits", "too-deep"}, "nested.zip", bombs.nested_zip())

    def test_a_zip_bomb_whose_members_share_their_data(self) -> None:
        held_to({"zip-limits"}, "overlapping.zip", bombs.overlapping_zip())

    def test_a_zip_bomb_within_a_mail(self) -> None:
        data = makers.mail({"bomb.zip": zipped({"a.txt": bytes(40 * MIB)}), "b.txt": NOTE})
        held_to({"zip-limits", "read", "skipped"}, "m.eml", data)

    def test_a_pdf_bomb_of_packed_content(self) -> None:
        # Four hundred thousand letters in a kilobyte. What floods memory before a letter is counted meets the worker's own fence:
        # `tests/workers/test_reading.py`.
        held_to({"too-large"}, "a.pdf", bombs.glyphs(400_000))

    def test_a_pdf_bomb_of_pages(self) -> None:
        held_to({"too-many-pages"}, "pages.pdf", raw_pdf([b""], copies=200_000))

    def test_a_pdf_page_too_large_to_be_drawn(self) -> None:
        held_to({"no-text-layer"}, "huge.pdf", bombs.huge_page())

    def test_a_picture_bomb(self) -> None:
        held_to({"too-large"}, "huge.png", png((20_000, 20_000)))

    @pytest.mark.parametrize("name", ["laughs.docx", "laughs.odt", "laughs.xml"])
    def test_an_xml_bomb_of_entities(self, name: str) -> None:
        held_to({"doc-dtd"}, name, bombs.BOMBS[name][0]())

    def test_a_bomb_of_entities_in_a_page(self) -> None:
        held_to({"read"}, "laughs.html", f"{laughs()}<html><p>&a9; stays</p></html>".encode())

    @pytest.mark.parametrize(
        "name",
        ["deep.xml", "deep.odt", "deep.html", "quotes.md", "parts-within.eml", "mails-within.eml", "deep.json", "bundles.json"],
    )
    def test_parts_within_parts(self, name: str) -> None:
        make, allowed = bombs.BOMBS[name]
        held_to(set(allowed), name, make())

    @pytest.mark.parametrize("name", ["digits.json", "groups.rtf", "bin.rtf", "headers.eml", "crowded-500000.zip"])
    def test_numbers_and_lists_without_end(self, name: str) -> None:
        make, allowed = bombs.BOMBS[name]
        held_to(set(allowed), name, make())

    def test_a_table_that_says_it_repeats_a_billion_times(self) -> None:
        name = "repeated-cells.odt"
        held_to({"read"}, name, bombs.BOMBS[name][0]())

    @pytest.mark.parametrize("make", [bombs.xref_loop, bombs.kids_loop, bombs.tiff_loop], ids=lambda make: make.__name__)
    def test_a_list_that_leads_back_to_itself(self, make: Callable[[], bytes]) -> None:
        allowed = {"read", "damaged-pdf", "no-text-layer", "damaged-picture", "too-many-pages"}
        held_to(allowed, "a.tif" if make is bombs.tiff_loop else "a.pdf", make())

    def test_a_cross_reference_that_goes_round_over_two_tables(self) -> None:
        data = plain_pdf()
        start = data.rindex(b"xref\n0")
        first = data.replace(b"trailer\n<<", b"trailer\n<< /Prev %010d" % 0, 1)
        second = len(first)
        first = first.replace(b"/Prev %010d" % 0, b"/Prev %010d" % second, 1)
        tail = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 9 /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (start, second)
        held_to({"read", "damaged-pdf"}, "two.pdf", first + tail)


class TestEntitiesFromOutside:
    """A file beside the document holds words; no way of naming it may bring them in."""

    def named(self, tmp_path: Path) -> str:
        path = tmp_path / "secret.txt"
        path.write_text(SECRET, encoding="utf-8")
        return f'<!DOCTYPE d [<!ENTITY x SYSTEM "{path.as_uri()}"><!ENTITY % y SYSTEM "{path.as_uri()}"> %y;]>'

    @pytest.mark.parametrize(
        ("name", "make"),
        [
            ("a.docx", lambda head: word("<w:p><w:r><w:t>&x; stays as it is</w:t></w:r></w:p>", head=head)),
            ("a.odt", lambda head: bombs.odt("<text:p>&x; stays as it is</text:p>", head=head)),
            ("a.xml", lambda head: bombs.cda("<text>&x; stays as it is</text>", head=head)),
        ],
    )
    def test_xml_that_names_a_file_is_refused(self, name: str, make: Callable[[str], bytes], tmp_path: Path) -> None:
        with pytest.raises(IonmError) as caught:
            read_bytes(name, make(self.named(tmp_path)))
        assert caught.value.code == "doc-dtd"

    def test_a_page_that_names_files_is_read_without_them(self, tmp_path: Path) -> None:
        uri = (tmp_path / "secret.txt").as_uri()
        head = self.named(tmp_path)
        inside = f'<p>&x; stays</p><iframe src="{uri}">x</iframe><object data="{uri}">y</object><img src="{uri}">'
        document = read_bytes("a.html", f"{head}<html><body>{inside}</body></html>".encode())
        text = "\n".join(line.text for page in document.pages for line in page.lines)
        assert "stays" in text
        assert SECRET not in text

    def test_a_resource_that_points_to_a_file_is_not_followed(self, tmp_path: Path) -> None:
        self.named(tmp_path)
        content = [{"attachment": {"url": (tmp_path / "secret.txt").as_uri(), "contentType": "text/plain"}}]
        data = makers.bundle({"resourceType": "DocumentReference", "content": content}, makers.reference(NOTE, "text/plain"))
        found = [inner for inner in unpack("b.json", data) if not inner.skipped]
        assert [inner.data for inner in found] == [NOTE]

    def test_a_field_of_a_word_processor_that_takes_in_a_file_takes_in_none(self, tmp_path: Path) -> None:
        self.named(tmp_path)
        field = b'{\\field{\\*\\fldinst INCLUDETEXT "%s"}{\\fldrslt shown}} as it stands' % bytes(tmp_path / "secret.txt")
        document = read_bytes("a.rtf", b"{\\rtf1\\ansi Monitoring " + field + b"\\par}")
        assert [line.text for line in document.pages[0].lines] == ["Monitoring shown as it stands"]


class TestWhatWouldRun:
    def test_scripts_and_programs_of_a_pdf_are_left_alone_and_its_files_named(self) -> None:
        # The script never ends and opens an address, the page starts a shell: were any of it run, the child would not come back.
        held_to({"read"}, "active.pdf", bombs.active_pdf())
        document = read_bytes("active.pdf", bombs.active_pdf())
        assert document.warnings == ("files embedded in the PDF, not read: 1",)
        assert [line.text for line in document.pages[0].lines] == [
            "Signals were stable and no change was told to the surgeon at any time."
        ]

    def test_macros_are_left_alone_and_named(self) -> None:
        document = read_bytes("report.docm", bombs.macros())
        assert document.warnings == ("macros in the file were left alone",)
        assert len(document.pages[0].lines) == 1

    def test_macros_of_an_opendocument_file_are_left_alone_and_named(self) -> None:
        script = b'<script:module xmlns:script="http://openoffice.org/2000/script">Sub Main: Shell "sh": End Sub</script:module>'
        data = makers.odt("<text:p>Monitoring started at 08:10</text:p>", extra={"Basic/Standard/Module1.xml": script})
        document = read_bytes("report.odt", data)
        assert document.warnings == ("macros in the file were left alone",)
        assert [line.text for line in document.pages[0].lines] == ["Monitoring started at 08:10"]

    def test_a_program_within_a_word_file_is_no_text(self) -> None:
        data = word("<w:p><w:r><w:t>Monitoring started</w:t></w:r></w:p>", extra={"word/embeddings/oleObject1.bin": b"MZ" * 500})
        assert [line.text for line in read_bytes("a.docx", data).pages[0].lines] == ["Monitoring started"]

    def test_scripts_of_a_page_are_no_text(self) -> None:
        body = "<p>Monitoring started</p><script>document.write('billed')</script><p onclick='x()'>and ended</p>"
        assert [line.text for line in read_bytes("a.html", makers.page(body)).pages[0].lines] == [
            "Monitoring started",
            "and ended",
        ]


WAYS_OUT = ["../../out.txt", "/out.txt", "C:\\out.txt", "..\\..\\out.txt", "a/../../out.txt", "./../out.txt"]


class TestWaysOutOfAnArchive:
    @pytest.mark.parametrize("way", WAYS_OUT)
    def test_a_name_that_leads_out_writes_nothing_and_is_a_label(
        self, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inner = tmp_path / "a" / "b"
        inner.mkdir(parents=True)
        monkeypatch.chdir(inner)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(zipfile.ZipInfo(way), NOTE)
        before = sorted(tmp_path.rglob("*"))
        (found,) = unpack("z.zip", out.getvalue())
        assert read_bytes(found.name, found.data).pages
        assert sorted(tmp_path.rglob("*")) == before
        label = found.name.partition("!")[2]
        assert not label.startswith(("/", "\\"))
        assert ".." not in label
        assert ":" not in label

    def test_an_attachment_whose_name_leads_out_is_a_label(self) -> None:
        found = [inner for inner in unpack("m.eml", makers.mail({"../../etc/out.txt": NOTE})) if not inner.skipped]
        assert ".." not in found[0].name

    def test_a_part_of_a_word_file_that_leads_out_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "header1.xml").write_text(f"<hdr><p><r><t>{SECRET}</t></r></p></hdr>", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="../../header1.xml"/>'
            "</Relationships>"
        )
        space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        body = f'<w:p><w:r><w:t>Monitoring started</w:t></w:r></w:p><w:sectPr><w:headerReference {space} r:id="r1"/></w:sectPr>'
        document = read_bytes("a.docx", word(body, extra={"word/_rels/document.xml.rels": relations.encode()}))
        assert [line.text for line in document.pages[0].lines] == ["Monitoring started"]


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (40, 40), 255).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("report.pdf", makers.rtf(), "application/rtf"),
        ("report.docx", makers.odt("<text:p>Monitoring started</text:p>"), "application/vnd.oasis.opendocument.text"),
        ("report.txt", makers.page(), "text/html"),
        ("report.jpg", plain_pdf(), "application/pdf"),
        ("report.rtf", makers.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_wrong_ending_is_told_and_the_content_read(name: str, data: bytes, media_type: str) -> None:
    document = read_bytes(name, data)
    assert document.media_type == media_type
    assert "the name says" in document.warnings[0]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(200), "HEIC"),
        ("photo.jpg", b"\x00\x00\x00\x18ftypmif1" + bytes(200), "HEIC"),
        ("page.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(range(256)), "WebP"),
        ("page.bmp", b"BM" + bytes(200), "bitmap"),
    ],
)
def test_pictures_of_other_kinds_are_named_with_a_way_out(name: str, data: bytes, what: str) -> None:
    with pytest.raises(IonmError) as caught:
        read_bytes(name, data)
    assert what in str(caught.value)
    assert "save" in str(caught.value)


def test_text_that_begins_like_a_picture_is_text() -> None:
    document = read_bytes("report.txt", b"BM Hospital, intraoperative monitoring\n08:10 Monitoring started\n")
    assert len(document.pages[0].lines) == 2


def test_a_picture_under_the_name_of_a_report_goes_to_recognition() -> None:
    held_to({"no-text-layer"}, "report.pdf", _picture("PNG"))


def test_the_bounds_of_these_tests_are_real() -> None:
    """Without its limit a bomb does what it is made for, and the box says so."""
    loose = replace(LIMITS, page_pixels=10**12)
    bomb = png((13_000, 13_000))
    held_to({"too-large"}, "huge.png", bomb, mib=100)
    with pytest.raises(AssertionError, match="memory ran out"):
        held_to({"too-large"}, "huge.png", bomb, loose, mib=100)
