"""How much of a patient is stored and handed out: `full`, `limited` or `none`, and the key that moves dates; `mask` does it.

Minimum necessary, 45 CFR 164.502(b). `limited` is a limited data set (164.514(e)): direct identifiers are masked, dates
stay. `none` masks the 18 identifiers of Safe Harbor (164.514(b)(2)) and moves all dates of a patient by the same days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal

Level = Literal["full", "limited", "none"]
LEVELS: tuple[Level, ...] = ("full", "limited", "none")
NOTES: Mapping[Level, str] = {
    "limited": "direct identifiers are masked (--phi limited)",
    "none": "identifiers are masked and all dates moved by the same number of days (--phi none): look up no rule by them",
}
"""What a masked line says of itself among the document's warnings."""
ALIAS = re.compile(r"\bdocument-[0-9a-f]{12}\b")
"""What stands for a document's name."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """What may be stored and handed out. `secret`: from it come the days that dates move by, and names of documents."""

    level: Level = "full"
    secret: bytes = field(default=b"", repr=False)


FULL = Minimum()


def minimum(level: str, key_file: Path | None, db: Path | None) -> Minimum:
    """The level with its secret: of `key_file`, or of the file beside the database, either made if it is missing.

    Without a file and a database the secret is of this run alone. Raises `IonmError` `bad-key-file`.
    """
    import secrets

    from ionm_notes.phi.keys import make_key_file, read_key

    if level == "full":
        return FULL
    file = key_file or (key_beside(db) if db is not None else None)
    if file is None:
        return Minimum(as_level(level), secrets.token_bytes(32))
    key = read_key(file) if file.exists() else make_key_file(file)
    return Minimum(as_level(level), key.secret.encode())


def as_level(word: str) -> Level:
    """A level by its word. `StopIteration` for another word."""
    return next(level for level in LEVELS if level == word)


def key_beside(db: Path) -> Path:
    """Where the secret of a database lies unless another file is given: beside it, not in it."""
    return db.with_name(f"{db.name}.phi-key")


def level_of(line: Mapping[str, Any]) -> Level:
    """At which level a line was written."""
    warnings = line.get("document", {}).get("warnings", ())
    return next((level for level, note in NOTES.items() if note in warnings), "full")


def dates_moved(line: Mapping[str, Any]) -> bool:
    """Whether the dates of a line are not the service's: no rule may be looked up by them."""
    return level_of(line) == "none"


def alias(level: Level, secret: bytes, sha256: str, name: str) -> tuple[str, str]:
    """Under which hash and name a document is kept: its own, or names that say nothing, the same for the same document."""
    import hashlib
    import hmac

    if level == "full":
        return sha256, name
    digest = hmac.new(secret, b"document:" + sha256.encode(), hashlib.sha256).hexdigest()
    parts = name.split("!")  # a document within an archive or mail keeps its place in it
    endings = "".join(PurePath(part).suffix if len(PurePath(part).suffix) <= 6 else "" for part in parts[-1:])
    return (digest if level == "none" else sha256), f"document-{digest[:12]}{endings}"
