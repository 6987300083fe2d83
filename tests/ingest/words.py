"""Word files made part by part, so that a test controls the XML. Synthetic people only."""

from __future__ import annotations

import io
import zipfile

from ionm_notes.ingest import read_bytes
from ionm_notes.types import Document

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def p(*runs: str) -> str:
    """A paragraph of runs; plain words become a run."""
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*content: str, properties: str = "") -> str:
    """A table cell; plain words become a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(c if c.startswith('<') else p(c) for c in content)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def package(body: str, parts: dict[str, str] | None = None, extra: dict[str, bytes] | None = None, head: str = "") -> bytes:
    """A Word file; `parts` maps header1, footer1, footnotes … to their content, `extra` adds raw members."""
    members: dict[str, bytes] = {}
    relations = []
    references = ""
    for name, content in (parts or {}).items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        members[f"word/{name}.xml"] = f"<w:{root} {SPACES}>{content}</w:{root}>".encode()
        relations.append(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>')
        if kind in ("header", "footer"):
            references += f'<w:{kind}Reference r:id="{name}" w:type="default"/>'
    document = f"{head}<w:document {SPACES}><w:body>{body}<w:sectPr>{references}</w:sectPr></w:body></w:document>"
    members["word/document.xml"] = document.encode()
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'.encode()
    main = f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    members["_rels/.rels"] = f'<Relationships xmlns="{_PACKAGE}">{main}</Relationships>'.encode()
    members["[Content_Types].xml"] = b"<Types/>"
    members.update(extra or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(body: str, parts: dict[str, str] | None = None) -> Document:
    return read_bytes("report.docx", package(body, parts))


def texts(body: str, parts: dict[str, str] | None = None) -> list[str]:
    return [line.text for line in read(body, parts).pages[0].lines]
