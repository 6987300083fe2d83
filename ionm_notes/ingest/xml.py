"""XML of strangers to a tree: no document types, no entities, no network; every XML part is parsed here and nowhere else."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ionm_notes.errors import IonmError

_DOCTYPE = "<!DOCTYPE"
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def local(element: Any) -> str:
    """Name of an element without its namespace; '' for comments and the like. Strict and transitional files agree."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """Value of an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def xml_root(name: str, data: bytes, damaged: str) -> Any:
    """Root element of an XML part of the file `name`.

    Raises `IonmError`: `doc-dtd` where it declares a document type, and the code `damaged` where it is not valid.
    """
    if any(_DOCTYPE.encode(encoding) in data for encoding in _ENCODINGS):
        raise IonmError("doc-dtd", name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IonmError(damaged, name, "a part is not valid XML") from error
    if root is None:
        raise IonmError(damaged, name, "a part is empty")
    # In an encoding that the search above does not know the parser still tells.
    if root.getroottree().docinfo.doctype:
        raise IonmError("doc-dtd", name)
    return root
