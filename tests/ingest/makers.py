"""The same short report in every format that is read, and containers of them. Synthetic people only."""

from __future__ import annotations

import base64
import html
import io
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

from docx import Document as Word
from papers import Sheet

LINES = (
    "INTRAOPERATIVE NEUROMONITORING REPORT",
    "Patient: Dora Blythe",
    "Date of birth: 04/12/1961",
    "MRN: 5518824",
    "Date of service: 03/14/2025",
    "Facility: Ashgrove General Hospital, inpatient",
    "Surgeon: Paul Iverness, MD",
    "Procedure: L4-L5 lumbar fusion with instrumentation",
    "Interpreting physician: Mara Holst, MD. Technologist: Ben Cole, CNIM, in the operating room throughout.",
    "SSEP of both tibial nerves and free-running EMG of both tibialis anterior muscles were monitored.",
    "Dr. Holst watched in real time from a remote site, this one case only, with chat to the room.",
)
LOG = (
    ("07:40", "Electrodes placed"),
    ("08:00", "Baselines obtained"),
    ("08:10", "Monitoring started"),
    ("10:45", "Monitoring ended, no changes"),
)
SIGNED = "Electronically signed by Mara Holst, MD, 03/14/2025 11:20"


def txt() -> bytes:
    return "\n".join([*LINES, "", *(f"{time}   {what}" for time, what in LOG), "", SIGNED]).encode()


def rtf(lines: Sequence[str] = LINES, log: Sequence[Sequence[str]] = LOG) -> bytes:
    def plain(text: str) -> str:
        return "".join(char if ord(char) < 128 and char not in "\\{}" else f"\\u{ord(char)}?" for char in text)

    rows = "".join(
        "\\trowd\\cellx2000\\cellx9000 " + "".join(f"\\pard\\intbl {plain(cell)}\\cell" for cell in row) + "\\row\n"
        for row in log
    )
    body = "".join(f"\\pard {plain(line)}\\par\n" for line in lines)
    head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}{\\colortbl;\\red0\\green0\\blue0;}\n"
    return (head + body + rows + f"\\pard {plain(SIGNED)}\\par}}").encode("ascii")


def table(log: Sequence[Sequence[str]] = LOG) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in log) + "</table>"


def page(inner: str = "") -> bytes:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in LINES) + table() + f"<p>{SIGNED}</p>"
    return f"<!DOCTYPE html><html><head><title>x</title><meta charset=utf-8></head><body>{inner or body}</body></html>".encode()


def markdown() -> bytes:
    head, *rest = LINES
    labelled = [f"**{line.partition(':')[0]}:**{line.partition(':')[2]}  " if ":" in line[:25] else f"\n{line}" for line in rest]
    rows = ["| time | event |", "|---|---|", *(f"| {time} | {what} |" for time, what in LOG)]
    return "\n".join([f"# {head}", "", *labelled, "", *rows, "", f"*{SIGNED}*"]).encode()


def odt(body: str = "", extra: dict[str, bytes] | None = None, styles: str = "") -> bytes:
    """An OpenDocument text, made by hand where a body is given and by odfdo otherwise."""
    if not body:
        from odfdo import Document, Paragraph, Table

        document = Document("text")
        document.body.clear()
        for line in LINES:
            document.body.append(Paragraph(line))
        rows = Table("log", width=2, height=len(LOG))
        for number, row in enumerate(LOG):
            rows.set_row_values(number, list(row))
        document.body.append(rows)
        document.body.append(Paragraph(SIGNED))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "draw")
    )
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def docx() -> bytes:
    document = Word()
    for line in LINES:
        document.add_paragraph(line)
    rows = document.add_table(rows=0, cols=2)
    for row in LOG:
        cells = rows.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.add_paragraph(SIGNED)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf() -> bytes:
    sheet = Sheet()
    for number, line in enumerate((*LINES, *("   ".join(row) for row in LOG), SIGNED)):
        sheet.text(60, 60 + 18 * number, line)
    return sheet.done()


HEADER = (
    "MSH|^~\\&|NEURO|ASH|EHR|ASH|20250314113000||{kind}|41|P|2.5\rPID|1||5518824^^^ASH^MR||Blythe^Dora||19610412|F\rPV1|1|I\r"
)


def hl7(segments: Sequence[str] = (), kind: str = "ORU^R01") -> bytes:
    """A message; by default an ORU with the report as text, its first lines told by the header alone."""
    text = [line for line in LINES if not line.startswith(("Patient:", "Date of birth", "MRN:", "Date of service"))]
    text += ["", *(f"{time}   {what}" for time, what in LOG), "", SIGNED]
    obx = [f"OBX|{n}|TX|IOM^Report||{line}||||||F" for n, line in enumerate(text, 1)]
    body = list(segments) or ["OBR|1|A1||IOM^INTRAOPERATIVE NEUROMONITORING|||202503140810||||||||||||||||||F", *obx]
    return (HEADER.format(kind=kind) + "\r".join(body) + "\r").encode()


def ed(data: bytes, subtype: str = "PDF", number: int = 1) -> str:
    return f"OBX|{number}|ED|IOM^Report||^application^{subtype}^Base64^{base64.b64encode(data).decode()}||||||F"


def cda(body: str = "") -> bytes:
    """A clinical document; `body` stands in place of its sections."""
    lines = "".join(
        f"<paragraph>{html.escape(line)}</paragraph>" for line in LINES if not line.startswith(("Patient:", "Date of"))
    )
    rows = "<tbody>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in LOG) + "</tbody>"
    section = f"<component><section><title>Report</title><text>{lines}<table>{rows}</table></text></section></component>"
    return f"""<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Neuromonitoring</title>
<recordTarget><patientRole><id extension="5518824"/><patient><name><given>Dora</given><family>Blythe</family></name>
<birthTime value="19610412"/></patient></patientRole></recordTarget>
<legalAuthenticator><time value="202503141120"/><signatureCode code="S"/><assignedEntity><assignedPerson><name><given>Mara</given>
<family>Holst</family><suffix>MD</suffix></name></assignedPerson></assignedEntity></legalAuthenticator>
<documentationOf><serviceEvent><effectiveTime><low value="202503140740"/></effectiveTime></serviceEvent></documentationOf>
<component>{body or f"<structuredBody>{section}</structuredBody>"}</component></ClinicalDocument>""".encode()


def wrapped_cda(data: bytes, media_type: str = "application/pdf") -> bytes:
    inner = base64.b64encode(data).decode()
    return cda(f'<nonXMLBody><text mediaType="{media_type}" representation="B64">{inner}</text></nonXMLBody>')


def attachment(data: bytes, media_type: str = "application/pdf", title: str = "") -> dict[str, object]:
    held: dict[str, object] = {"contentType": media_type, "data": base64.b64encode(data).decode()}
    return {**held, "title": title} if title else held


def reference(data: bytes, media_type: str = "application/pdf", title: str = "") -> dict[str, object]:
    held = attachment(data, media_type, title)
    return {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": held}]}


def narrative() -> dict[str, object]:
    """A DiagnosticReport that is narrative alone."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in LINES[5:]) + table() + f"<p>{SIGNED}</p>"
    return {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": {"text": "Intraoperative neuromonitoring"},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2025-03-14T08:10:00-05:00",
        "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'},
    }


PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": "Blythe", "given": ["Dora"]}],
    "birthDate": "1961-04-12",
    "identifier": [{"value": "5518824"}],
}


def bundle(*resources: dict[str, object]) -> bytes:
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    ).encode()


def mail(attached: dict[str, bytes], text: str = "Please find the report attached.", as_html: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@example.org", "audit@example.org", "Report"
    message["Date"] = "Fri, 14 Mar 2025 12:00:00 -0500"
    message.set_content(text)
    if as_html:
        message.add_alternative(as_html, subtype="html")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


DOCUMENTS = {
    "report.txt": txt,
    "report.rtf": rtf,
    "report.html": page,
    "report.md": markdown,
    "report.odt": odt,
    "report.docx": docx,
    "report.pdf": pdf,
    "report.hl7": hl7,
    "report.xml": cda,
}
"""Files that are documents themselves."""
CONTAINERS = {
    "c.zip": lambda: zipped({"a/report.pdf": pdf(), "b.rtf": rtf()}),
    "c.eml": lambda: mail({"report.pdf": pdf(), "b.rtf": rtf()}),
    "c.hl7": lambda: hl7([ed(pdf()), ed(rtf(), "RTF", 2)], "MDM^T02"),
    "c.xml": lambda: wrapped_cda(pdf()),
    "c.json": lambda: bundle(dict(PATIENT), reference(pdf()), narrative()),
}
"""Files that hold documents."""
