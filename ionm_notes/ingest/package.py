"""The ZIP and XML side of Word and OpenDocument files: checked before anything is unpacked, unpacked in memory, no entities.

python-docx would unpack every part (pictures, style sheets) before a limit could act, and is 20 times slower.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.xml import attribute, xml_root
from ionm_notes.limits import Limits

_CHUNK = 1 << 16

MACROS = "macros in the file were left alone"
"""What is said of a file that holds programs."""


class Package:
    """An opened Word or OpenDocument file that hands out parsed XML parts within the limits."""

    def __init__(self, name: str, data: bytes, limits: Limits, damaged: str = "damaged-docx") -> None:
        """Checks the directory; `damaged` is the code for a broken file of this format.

        Raises `IonmError`: `truncated`, the code `damaged`, `zip-limits`, `encrypted-zip`.
        """
        self.name, self._limits, self._unpacked, self._damaged = name, limits, 0, damaged
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            code = "truncated" if b"PK\x05\x06" not in data[-66_000:] else damaged
            raise IonmError(code, name, "the directory of the ZIP is missing or broken") from error
        self._check()

    def _check(self) -> None:
        infos, limits = self._zip.infolist(), self._limits
        if len(infos) > limits.zip_members:
            raise IonmError("zip-limits", self.name, f"{len(infos):,} parts; the limit is {limits.zip_members:,}")
        total = sum(info.file_size for info in infos)
        if total > limits.zip_bytes:
            raise IonmError("zip-limits", self.name, f"{total:,} bytes unpacked; the limit is {limits.zip_bytes:,}")
        for info in infos:
            if info.flag_bits & 1:
                raise IonmError("encrypted-zip", self.name)
            if info.file_size > limits.zip_ratio_from and info.file_size > limits.zip_ratio * max(1, info.compress_size):
                raise IonmError("zip-limits", self.name, f"a part packed more than {limits.zip_ratio} : 1")
        self._names = {info.filename for info in infos}

    def holds(self, *folders: str) -> bool:
        """Whether a part lies in one of these folders (named with the slash at their end)."""
        return any(name.startswith(folders) for name in self._names)

    def read(self, part: str) -> bytes:
        """Bytes of a part, counted while they are unpacked: the directory's sizes can lie."""
        out = bytearray()
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    out += chunk
                    self._unpacked += len(chunk)
                    if len(out) > self._limits.part_bytes or self._unpacked > self._limits.zip_bytes:
                        raise IonmError("zip-limits", self.name, "a part is far larger than any report's")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise IonmError(self._damaged, self.name, "a part cannot be unpacked") from error
        return bytes(out)

    def part(self, part: str) -> Any | None:
        """Root element of an XML part, None where there is no such part.

        Raises `IonmError`: `doc-dtd`, `damaged-docx`, `zip-limits`.
        """
        if part not in self._names:
            return None
        return xml_root(self.name, self.read(part), self._damaged)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id -> (kind, path of the target inside the package); links outside are left out."""
        folder, base = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        out: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            target = attribute(relation, "Target") or ""
            if attribute(relation, "TargetMode") == "External":
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            out[attribute(relation, "Id") or ""] = ((attribute(relation, "Type") or "").rpartition("/")[2], path)
        return out

    def main_part(self) -> str:
        """Path of the document part. Raises `IonmError` `damaged-docx` where there is none."""
        for kind, path in self.relations("").values():
            if kind == "officeDocument" and path in self._names:
                return path
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise IonmError("damaged-docx", self.name, "it holds no document part")
