"""Where the key of an encrypted store comes from: a key file, the keyring of the system, or the person at the terminal.

Never the command line (other users see it) and never an environment variable (child processes and crash reports hold it);
the environment may name the key *file*. A key is shown in no message, log or `repr`.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ionm_notes.errors import IonmError

SERVICE = "ionm-notes"
"""The name under which the keyring keeps our keys; the user name of an entry is the salt of the store's file."""
SHORTEST = 12
"""Characters that a passphrase made up by a person must have at least."""
_RAW = re.compile(r"[0-9a-fA-F]{64}")
_LONGEST_FILE = 4096

NewKey = Literal["file", "keyring", "prompt"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: 64 hexadecimal digits are taken as they are, anything else is a passphrase (SQLCipher: 256,000 rounds)."""

    secret: str = field(repr=False)

    @property
    def literal(self) -> str:
        """The key as an SQL string."""
        text = f"x'{self.secret}'" if _RAW.fullmatch(self.secret) else self.secret
        return "'" + text.replace("'", "''") + "'"


@dataclass(slots=True)
class Choice:
    """What the options of this run say: a key file, and whether new stores are to be encrypted."""

    file: Path | None = None
    encrypt: bool = False
    known: dict[str, Key] = field(default_factory=dict, repr=False)
    """Keys given in this run by salt, so that a person is asked once."""


CHOICE = Choice()


def private(db: Path, encrypt: bool, less: bool = False) -> None:
    """What holds for a run that keeps patients' records from others' eyes: the store is encrypted where `encrypt` says so,
    and no page that is recognised is kept in the clear in the cache. `less`: identifiers are masked in what is kept.
    """
    from ionm_notes.store.opening import is_encrypted

    CHOICE.encrypt = encrypt
    if less or encrypt or CHOICE.file is not None or (db.exists() and is_encrypted(db)):
        from ionm_notes.ingest.ocr.cache import VARIABLE

        os.environ.setdefault(VARIABLE, "off")


def key_of(path: Path) -> Key:
    """The key of an existing encrypted store.

    Raises `IonmError` `key-needed` where there is none to be had, `bad-key-file`.
    """
    salt = salt_of(path)
    if CHOICE.file is not None:
        return read_key(CHOICE.file)
    if salt in CHOICE.known:
        return CHOICE.known[salt]
    if stored := from_keyring(salt):
        return Key(stored)
    if not sys.stdin.isatty():
        raise IonmError("key-needed", str(path))
    key = Key(_ask(f"Key of {path.name}: "))
    CHOICE.known[salt] = key
    return key


def new_key(path: Path, source: NewKey | None = None, file: Path | None = None) -> Key:
    """A key for a store that is about to be encrypted: of a file (made if it is missing), for the keyring, or asked for twice.

    Raises `IonmError` `key-needed`, `bad-key-file`, `weak-key`.
    """
    if source is None:
        file = CHOICE.file
    if file is not None:
        return read_key(file) if file.exists() else make_key_file(file)
    if source == "keyring":
        return Key(_random())
    if not sys.stdin.isatty():
        raise IonmError("key-needed", str(path))
    first = _ask(f"New key of {path.name} ({SHORTEST} characters or more): ")
    if len(first) < SHORTEST:
        raise IonmError("weak-key", str(path), f"it has {len(first)} characters, {SHORTEST} are the least")
    if _ask("The same again: ") != first:
        raise IonmError("weak-key", str(path), "the second time it was another")
    return Key(first)


def remember(path: Path, key: Key, source: NewKey | None) -> None:
    """Keeps the key of a store that now exists: for this run, and in the keyring where that is its place.

    Raises `IonmError` `keyring-failed`.
    """
    salt = salt_of(path)
    CHOICE.known[salt] = key
    if source == "keyring":
        try:
            import keyring

            keyring.set_password(SERVICE, salt, key.secret)
            if keyring.get_password(SERVICE, salt) != key.secret:
                raise IonmError("keyring-failed", str(path), "it does not give back what it was given")
        except IonmError:
            raise
        except Exception as error:  # each system's keyring has errors of its own
            raise IonmError("keyring-failed", str(path), type(error).__name__) from error


def read_key(file: Path) -> Key:
    """The key in a file: its first line. Raises `IonmError` `bad-key-file`; others must not be able to read the file."""
    try:
        mode = file.stat().st_mode
        with file.open("rb") as opened:
            data = opened.read(_LONGEST_FILE + 1)
    except OSError as error:
        raise IonmError("bad-key-file", str(file), error.strerror or "system error") from error
    if os.name == "posix" and mode & 0o077:
        raise IonmError("bad-key-file", str(file), f"others may read it: its mode is {mode & 0o777:03o}, give it 600")
    try:
        line = data.decode().partition("\n")[0].strip("\r")
    except UnicodeDecodeError as error:
        raise IonmError("bad-key-file", str(file), "it is not UTF-8 text") from error
    if not line or len(data) > _LONGEST_FILE or "\0" in line:
        raise IonmError("bad-key-file", str(file), "its first line must be the key")
    return Key(line)


def make_key_file(file: Path) -> Key:
    """Writes a random key of 256 bits into a new file that its owner alone may read. Raises `IonmError` `bad-key-file`,
    `not-writable`."""
    from ionm_notes.phi.scratch import private_file

    key = Key(_random())
    try:
        with private_file(file) as opened:
            opened.write(f"{key.secret}\n".encode())
    except FileExistsError as error:
        raise IonmError("bad-key-file", str(file), "there is such a file already") from error
    return key


def salt_of(path: Path) -> str:
    """The salt of an encrypted file as hexadecimal digits: SQLCipher's, its first 16 bytes; no secret."""
    from ionm_notes.store.opening import head

    return head(path).hex()


def from_keyring(salt: str) -> str | None:
    """The key that the keyring has for a store; None where it has none or there is no keyring."""
    try:
        import keyring

        return keyring.get_password(SERVICE, salt)
    except Exception:
        return None  # no keyring on this machine, or it is locked: the person is asked instead


def _ask(question: str) -> str:
    from getpass import getpass

    return getpass(question, stream=sys.stderr)


def _random() -> str:
    import secrets  # not above: every start of the program would pay for it

    return secrets.token_hex(32)
