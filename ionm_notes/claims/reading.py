"""Reads a file of claims or of remittances of any kind that is read; read this to add a format.

The kind is told by what the file holds, not by its name.
"""

from __future__ import annotations

from ionm_notes.claims.model import Claims, Remits
from ionm_notes.claims.tabular import PLAIN, Headings, read_csv, read_xlsx
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits

XLSX_HEAD = b"PK\x03\x04"
_BLANKS = b"\xef\xbb\xbf \r\n\t"
_REMITTANCE = "835"


def read_claims(data: bytes, name: str, headings: Headings = PLAIN, limits: Limits = LIMITS) -> Claims:
    """The claims of a file. What cannot be read in it is among the faults with its place.

    Raises `IonmError` (bad-claims, empty-file) where it holds no claims at all.
    """
    head = data[:64].lstrip(_BLANKS)
    if not head:
        raise IonmError("empty-file", name)
    if data.startswith(XLSX_HEAD):
        return read_xlsx(data, name, headings, limits)
    if head.startswith(b"ISA"):
        from ionm_notes.claims.x12 import read_segments
        from ionm_notes.claims.x12_claims import claims_of

        file = read_segments(data, name, limits)
        kinds = {segment[1] for segment in file.segments if segment.name == "ST"}
        if kinds == {_REMITTANCE}:
            raise IonmError("bad-claims", name, "it is a remittance (835); give it to `ionm-notes denials`")
        claims = claims_of(file)
        if len(claims.lines) > limits.claim_lines:
            raise IonmError("bad-claims", name, f"more than {limits.claim_lines} lines; split the file")
        return claims
    if head.startswith((b"{", b"[")):
        from ionm_notes.claims.fhir_in import read_fhir

        return read_fhir(data, name, limits)
    return read_csv(data, name, headings, limits)


def read_remits(data: bytes, name: str, limits: Limits = LIMITS) -> Remits:
    """The lines of an 835 file. Raises `IonmError` (bad-claims, empty-file) where it is none."""
    from ionm_notes.claims.x12 import read_segments
    from ionm_notes.claims.x12_remits import remits_of

    if not data.strip():
        raise IonmError("empty-file", name)
    file = read_segments(data, name, limits)
    if _REMITTANCE not in {segment[1] for segment in file.segments if segment.name == "ST"}:
        raise IonmError("bad-claims", name, "it is no remittance (835)")
    return remits_of(file)
