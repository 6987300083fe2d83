"""HTML pages to `Document`: parsed by lxml without network; scripts, styles and hidden parts are left out."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from ionm_notes.errors import IonmError
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.markup import Markup
from ionm_notes.ingest.sniff import HTML
from ionm_notes.ingest.txt import decode
from ionm_notes.limits import Limits
from ionm_notes.types import Document

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_STATED_WITHIN = 4096


def read_html(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads an HTML page. Raises `IonmError`: `damaged-html`, `too-deep`, `too-large`, `no-text`."""
    text, note = html_text(data)
    flow = Flow(name, limits)
    read_html_into(flow, text)
    return flow.document(sha256, HTML, (*warnings, note) if note else warnings)


def read_html_into(flow: Flow, text: str) -> None:
    """Puts an HTML page, or a part of one, into a flow. Raises `IonmError` as `read_html` does."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise IonmError("damaged-html", flow.name, "it cannot be parsed") from error
    # The parser goes no deeper than 255 and leaves the rest out, which must not pass in silence.
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise IonmError("too-deep", flow.name, "more levels than an HTML page has")
    if root is not None:
        Markup(flow).read(root)


def html_text(data: bytes) -> tuple[str, str]:
    """The text of a page in the encoding that it states, where it states one, and a note where it was guessed."""
    stated = _CHARSET.search(data[:_STATED_WITHIN])
    if stated is None or data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or data.startswith(codecs.BOM_UTF8):
        return decode(data)
    try:
        codec = codecs.lookup(stated.group(1).decode())
        if codec._is_text_encoding and not codec.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode")):
            return data.decode(codec.name, "replace"), ""
    except (LookupError, ValueError):
        pass
    return decode(data)
