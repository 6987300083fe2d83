"""Archives, mails, messages and bundles come apart into named documents; what is no document is named and skipped."""

from __future__ import annotations

import base64
import io
import json
import stat
import zipfile
from email.message import EmailMessage

import makers
import pytest
import pyzipper

from ionm_notes.errors import IonmError
from ionm_notes.ingest import Inner, read_bytes, unpack
from ionm_notes.limits import LIMITS, MIB, Limits

NOTE = b"Intraoperative monitoring\n08:10 Monitoring started\n"


def opened(name: str, data: bytes, limits: Limits = LIMITS, passwords: tuple[str, ...] = ()) -> list[Inner]:
    return list(unpack(name, data, limits, passwords))


def outline(found: list[Inner]) -> dict[str, str]:
    """Name -> 'read', the code of its error, or why it is skipped."""
    return {inner.name: inner.error.code if inner.error else inner.skipped or "read" for inner in found}


def refused(name: str, data: bytes, limits: Limits = LIMITS, passwords: tuple[str, ...] = ()) -> str:
    with pytest.raises(IonmError) as caught:
        opened(name, data, limits, passwords)
    return caught.value.code


def test_a_document_comes_out_as_it_is() -> None:
    for name, make in makers.DOCUMENTS.items():
        data = make()
        assert opened(name, data) == [Inner(name, data)]


@pytest.mark.parametrize("name", makers.CONTAINERS)
def test_every_document_of_a_container_can_be_read(name: str) -> None:
    found = [inner for inner in opened(name, makers.CONTAINERS[name]()) if not inner.skipped]
    assert found
    for inner in found:
        assert inner.name.startswith(f"{name}!")
        assert read_bytes(inner.name, inner.data).pages[0].lines


@pytest.mark.parametrize("name", [name for name in makers.CONTAINERS if name != "c.xml"])
def test_a_container_is_told_by_its_content(name: str) -> None:
    data = makers.CONTAINERS[name]()
    assert len(opened("file", data)) == len(opened(name, data)) > 1
    with pytest.raises(IonmError) as caught:
        read_bytes("file", makers.CONTAINERS["c.zip"]())
    assert caught.value.code == "several-documents"


class TestZip:
    def test_names_from_inside_are_labels_and_never_paths(self) -> None:
        names = ["../../etc/a.txt", "/b.txt", "C:\\x\\c.txt", "d/./e.txt", "f\u202etxt.txt", "g!h.txt", "k" * 300 + ".txt"]
        found = list(outline(opened("z.zip", makers.zipped(dict.fromkeys(names, NOTE)))))
        assert found[:6] == [
            "z.zip!etc/a.txt",
            "z.zip!b.txt",
            "z.zip!x/c.txt",
            "z.zip!d/e.txt",
            "z.zip!ftxt.txt",
            "z.zip!g_h.txt",
        ]
        assert len(found[6]) < 220

    def test_litter_links_and_foreign_types_are_skipped_with_the_reason(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", NOTE)
            archive.writestr("__MACOSX/._a.txt", b"x")
            archive.writestr("Thumbs.db", b"x")
            archive.writestr("sheet.xlsx", makers.zipped({"xl/workbook.xml": b"<w/>"}))
            archive.writestr("notes.csv", b"a,b\n")
            link = zipfile.ZipInfo("link.txt")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
        found = outline(opened("z.zip", out.getvalue()))
        assert found["z.zip!a.txt"] == "read"
        assert {name for name, state in found.items() if state == "read"} == {"z.zip!a.txt"}
        assert "link" in found["z.zip!link.txt"]
        assert "Excel" in found["z.zip!sheet.xlsx"]

    def test_one_broken_member_costs_itself(self) -> None:
        data = bytearray(makers.zipped({"a.txt": NOTE * 50, "b.txt": NOTE}))
        for place in range(60, 80):
            data[place] ^= 0xFF
        assert outline(opened("z.zip", bytes(data))) == {"z.zip!a.txt": "damaged-zip", "z.zip!b.txt": "read"}

    def test_an_archive_of_word_files_is_no_word_file(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("report.docx", makers.docx())
        assert list(outline(opened("z.zip", out.getvalue()))) == ["z.zip!report.docx"]

    def test_without_any_document_it_says_so(self) -> None:
        assert refused("z.zip", makers.zipped({"a.csv": b"1,2"})) == "nothing-inside"
        assert refused("z.zip", makers.zipped({})) == "nothing-inside"
        assert refused("z.zip", makers.zipped({"a.txt": NOTE})[:-30]) == "damaged-zip"


class TestPasswords:
    def locked(self, strong: bool) -> bytes:
        out = io.BytesIO()
        with pyzipper.AESZipFile(out, "w", pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES if strong else None) as archive:
            if strong:
                archive.setpassword(b"sesame")
            archive.writestr("a.txt", NOTE * 20)
        return out.getvalue()

    def test_a_zip_locked_by_aes_opens_with_one_of_the_passwords(self) -> None:
        data = self.locked(strong=True)
        assert outline(opened("z.zip", data)) == {"z.zip!a.txt": "encrypted-zip"}
        assert outline(opened("z.zip", data, passwords=("wrong",))) == {"z.zip!a.txt": "wrong-password"}
        assert opened("z.zip", data, passwords=("wrong", "sesame"))[0].data == NOTE * 20

    def test_a_zip_locked_in_the_old_way_opens_too(self) -> None:
        data = zip_crypto("a.txt", NOTE, b"sesame")
        assert outline(opened("z.zip", data)) == {"z.zip!a.txt": "encrypted-zip"}
        assert outline(opened("z.zip", data, passwords=("wrong",))) == {"z.zip!a.txt": "wrong-password"}
        assert opened("z.zip", data, passwords=("sesame",))[0].data == NOTE


class TestMail:
    def test_a_covering_note_is_skipped_and_a_report_in_the_text_is_not(self) -> None:
        assert outline(opened("m.eml", makers.mail({"a.txt": NOTE}))) == {
            "m.eml!text.txt": "the covering note of a mail",
            "m.eml!a.txt": "read",
        }
        whole = makers.txt().decode()
        assert outline(opened("m.eml", makers.mail({"a.txt": NOTE}, whole))) == {"m.eml!text.txt": "read", "m.eml!a.txt": "read"}
        assert outline(opened("m.eml", makers.mail({}, "short"))) == {"m.eml!text.txt": "read"}

    def test_of_two_forms_of_the_text_the_one_with_tables_is_read(self) -> None:
        found = opened("m.eml", makers.mail({}, "as text", makers.page().decode()))
        assert [inner.name for inner in found] == ["m.eml!text.html"]
        assert read_bytes(found[0].name, found[0].data).media_type == "text/html"

    def test_forwarded_mails_archives_in_mails_and_pictures_in_the_text(self) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Fw"
        message.set_content("<p>see below <img src='cid:logo'></p>", subtype="html")
        message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<logo>")
        message.add_attachment(makers.zipped({"in.txt": NOTE}), maintype="application", subtype="zip", filename="z.zip")
        inner = EmailMessage()
        inner["From"], inner["To"], inner["Subject"] = "c@example.org", "a@example.org", "Report"
        inner.set_content("here it is")
        inner.add_attachment(NOTE, maintype="text", subtype="plain", filename="blätter.txt")
        message.add_attachment(inner)
        found = outline(opened("m.eml", message.as_bytes()))
        assert [name for name, state in found.items() if state == "read"] == [
            "m.eml!z.zip!in.txt",
            "m.eml!attachment-3.eml!blätter.txt",
        ]
        assert "a picture within the text of the mail" in found.values()

    def test_an_encrypted_mail_is_refused(self) -> None:
        data = b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; x=y\n\nAAAA\n"
        assert refused("m.eml", data) == "encrypted-mail"


class TestMessages:
    def test_a_file_of_many_messages_gives_a_document_for_each(self) -> None:
        data = makers.hl7() + makers.hl7([makers.ed(makers.pdf())])
        assert list(outline(opened("b.hl7", data))) == ["b.hl7!1.hl7", "b.hl7!2.hl7!1.pdf"]

    def test_text_beside_an_embedded_document_is_a_document_too_if_it_is_a_report(self) -> None:
        text = [f"OBX|{n}|TX|R||{line}||||||F" for n, line in enumerate(makers.LINES, 2)]
        found = opened("m.hl7", makers.hl7([makers.ed(makers.pdf()), *text]))
        assert [inner.name for inner in found] == ["m.hl7!text.hl7", "m.hl7!1.pdf"]
        assert b"JVBERi0" not in found[0].data
        short = opened("m.hl7", makers.hl7([makers.ed(makers.pdf()), "OBX|2|TX|R||see attached||||||F"]))
        assert [inner.name for inner in short] == ["m.hl7!1.pdf"]

    def test_documents_sent_as_mere_text_or_with_broken_lines_are_found(self) -> None:
        coded = base64.b64encode(makers.pdf()).decode()
        assert opened("m.hl7", makers.hl7([f"OBX|1|TX|R||{coded}||||||F"]))[0].data == makers.pdf()
        broken = makers.ed(makers.pdf()).replace(coded[60:], "\\.br\\" + coded[60:])
        assert opened("m.hl7", makers.hl7([broken]))[0].data == makers.pdf()

    def test_one_that_is_kept_elsewhere_or_ill_coded_is_skipped_with_the_reason(self) -> None:
        data = makers.hl7(["OBX|1|RP|R||http://ehr/1.pdf", "OBX|2|ED|R||^AP^PDF^Base64^@@@", makers.ed(NOTE, "TXT", 3)])
        found = outline(opened("m.hl7", data))
        assert list(found.values()) == [
            "it is kept elsewhere, and the message only points to it",
            "it is not well encoded",
            "read",
        ]


class TestFhir:
    def test_a_reference_to_a_binary_in_the_bundle_is_followed_once(self) -> None:
        binary = {
            "resourceType": "Binary",
            "id": "b1",
            "contentType": "application/pdf",
            "data": base64.b64encode(makers.pdf()).decode(),
        }
        pointing = {"resourceType": "DocumentReference", "content": [{"attachment": {"url": "Binary/b1", "title": "Report"}}]}
        found = opened("b.json", makers.bundle(pointing, binary))
        assert [(inner.name, inner.data == makers.pdf()) for inner in found] == [("b.json!1-Report.pdf", True)]

    def test_a_reference_out_of_the_file_is_not_followed(self) -> None:
        pointing = {
            "resourceType": "DocumentReference",
            "content": [{"attachment": {"url": "https://ehr.example.org/Binary/b1"}}],
        }
        assert refused("b.json", makers.bundle(pointing)) == "nothing-inside"

    def test_several_forms_of_one_document_are_one_document(self) -> None:
        both = makers.reference(makers.pdf())
        both["content"] = [{"attachment": makers.attachment(NOTE, "text/plain")}, *both["content"]]
        assert [inner.name for inner in opened("b.json", makers.bundle(both))] == ["b.json!1.pdf"]

    def test_a_narrative_becomes_a_page_with_patient_and_date(self) -> None:
        found = opened("b.json", makers.bundle(dict(makers.PATIENT), makers.narrative()))
        page = read_bytes(found[0].name, found[0].data).pages[0]
        assert [line.text for line in page.lines][:5] == [
            "Intraoperative neuromonitoring",
            "Patient: Dora Blythe",
            "Date of birth: 1961-04-12",
            "MRN: 5518824",
            "Date of service: 2025-03-14",
        ]

    def test_a_resource_alone_contained_ones_and_a_line_for_each_are_read(self) -> None:
        one = makers.reference(makers.pdf())
        assert len(opened("r.json", json.dumps(one).encode())) == 1
        assert len(opened("r.json", json.dumps({"resourceType": "Patient", "contained": [one]}).encode())) == 1
        lines = "\n".join(json.dumps(resource) for resource in (one, one))
        assert len(opened("r.ndjson", lines.encode())) == 2


def test_the_depth_number_and_size_of_what_is_inside_are_bounded() -> None:
    nested = NOTE
    for _ in range(8):
        nested = makers.zipped({"a.zip" if nested != NOTE else "a.txt": nested})
    assert "too-deep" in outline(opened("z.zip", nested)).values()
    many = makers.zipped({f"{n}.txt": NOTE for n in range(30)})
    assert refused("z.zip", many, Limits(zip_members=20)) == "zip-limits"
    assert refused("z.zip", many, Limits(inner_documents=20)) == "zip-limits"
    assert refused("z.zip", many, Limits(zip_bytes=200)) == "zip-limits"
    twice = makers.zipped({"a.zip": many, "b.zip": many})
    assert refused("z.zip", twice, Limits(zip_bytes=len(NOTE) * 40)) == "zip-limits"
    big = makers.zipped({"a.txt": b"x" * (6 * MIB), "b.txt": NOTE})
    assert outline(opened("z.zip", big)) == {"z.zip!a.txt": "zip-limits", "z.zip!b.txt": "read"}


def zip_crypto(name: str, data: bytes, password: bytes) -> bytes:
    """A ZIP of one stored member, locked in the way that came with PKZIP 2; no library writes it any more."""
    import zlib

    table = [0] * 256
    for number in range(256):
        value = number
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table[number] = value
    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        step(byte)
    crc = zlib.crc32(data)
    out = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + data:
        temp = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (((temp * (temp ^ 1)) >> 8) & 0xFF))
        step(byte)
    plain = bytearray(makers_stored(name, bytes(out)))
    for mark, flags, crc_at, size_at in ((b"PK\x03\x04", 6, 14, 22), (b"PK\x01\x02", 8, 16, 24)):
        at = plain.rindex(mark)
        plain[at + flags] |= 1
        plain[at + crc_at : at + crc_at + 4] = crc.to_bytes(4, "little")
        plain[at + size_at : at + size_at + 4] = len(data).to_bytes(4, "little")
    return bytes(plain)


def makers_stored(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, data)
    return out.getvalue()
