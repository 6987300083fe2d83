"""Mails (EML, MHT): what is attached, and the text of the mail itself where it is more than a covering note."""

from __future__ import annotations

import email
import email.header
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from ionm_notes.errors import IonmError
from ionm_notes.ingest.containers.inner import MARK, Budget, Inner, ending_of, label
from ionm_notes.ingest.txt import decode

_SHORT, _LONG = 200, 2_500
"""Letters of a text beside something attached: below the first it is a covering note ('please find attached'); up to the
second, which takes in the usual legal footer, it is one where it holds fewer than `_FEWEST_CLOCKS` clock times."""
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b|\b(?!19|20)[012]\d[0-5]\d\b")
_FEWEST_CLOCKS = 3
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_LITTER_NAMES = """
    application/pkcs7-signature application/x-pkcs7-signature application/pgp-signature text/calendar text/x-vcard
    text/vcard message/delivery-status message/disposition-notification text/css text/javascript application/javascript
"""
_LITTER = frozenset(_LITTER_NAMES.split())
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.IGNORECASE | re.DOTALL)


def parts(name: str, data: bytes, budget: Budget) -> Iterator[Inner]:
    """The documents of a mail: its text first, then what is attached, in order.

    Raises `IonmError`: `damaged-mail`, `encrypted-mail`, `too-deep`, `zip-limits`.
    """
    if data.count(b"boundary") > 10 * budget.limits.containers + 200:
        raise IonmError("too-deep", name, "parts within parts without end")
    try:
        mail = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n\t "), policy=email.policy.compat32)
        leaves = list(_leaves(name, mail, 0, budget))
    except RecursionError as error:
        raise IonmError("too-deep", name, "parts within parts without end") from error
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise IonmError("damaged-mail", name, type(error).__name__) from error
    attached = [leaf for leaf in leaves if not leaf.is_text and not leaf.skipped]
    number = 0
    for leaf in leaves:
        number += not leaf.is_text
        own = label(leaf.filename) or (f"text{leaf.suffix}" if leaf.is_text else f"attachment-{number}{leaf.suffix}")
        inner = f"{name}{MARK}{own}"
        if leaf.is_text and attached and leaf.is_note:
            yield Inner(inner, skipped="the covering note of a mail")
        elif leaf.skipped:
            yield Inner(inner, skipped=leaf.skipped)
        elif leaf.data.strip() or not leaf.is_text:
            budget.take(inner, len(leaf.data))
            yield Inner(inner, leaf.data)


class _Leaf:
    """One part of a mail that holds no further parts."""

    __slots__ = ("data", "filename", "is_note", "is_text", "skipped", "suffix")

    def __init__(self, part: Message, data: bytes, is_text: bool, skipped: str = "") -> None:
        self.filename = _filename(part)
        self.suffix = ending_of(part.get_content_type())
        self.data, self.is_text, self.skipped = data, is_text, skipped
        self.is_note = is_text and _is_note(_TAG.sub(" ", decode(data)[0]))


def _is_note(text: str) -> bool:
    """Whether a text only says that something is attached."""
    letters = sum(map(str.isalpha, text))
    return letters < _SHORT or (letters < _LONG and len(set(_CLOCK.findall(text))) < _FEWEST_CLOCKS)


def _leaves(name: str, part: Message, depth: int, budget: Budget) -> Iterator[_Leaf]:
    if depth > budget.limits.containers * 4:
        raise IonmError("too-deep", name, "parts within parts without end")
    kind = part.get_content_type()
    if kind in _LOCKED and not _is_signed_only(part):
        raise IonmError("encrypted-mail", name)
    if kind == "message/rfc822" or (part.is_multipart() and kind.startswith("message/")):
        # A forwarded mail is a container of its own, which is taken apart in its turn.
        for inner in part.get_payload() if part.is_multipart() else ():
            if isinstance(inner, Message):
                yield _Leaf(part, inner.as_bytes(), False, "" if kind == "message/rfc822" else "a report of the mail system")
        return
    if part.is_multipart():
        held = [one for one in part.get_payload() if isinstance(one, Message)]
        for one in [_best(held)] if kind == "multipart/alternative" and held else held:
            yield from _leaves(name, one, depth + 1, budget)
        return
    yield _leaf(part, kind)


def _leaf(part: Message, kind: str) -> _Leaf:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    disposition = part.get_content_disposition()
    if kind in _LITTER:
        return _Leaf(part, data, False, "a part of the mail program, not a document")
    if kind.startswith("image/") and disposition != "attachment" and (part.get("Content-ID") or disposition == "inline"):
        return _Leaf(part, data, False, "a picture within the text of the mail")
    is_text = kind in ("text/plain", "text/html") and disposition != "attachment" and not _filename(part)
    return _Leaf(part, _as_utf8(data, part) if is_text else data, is_text)


def _as_utf8(data: bytes, part: Message) -> bytes:
    """The bytes of a text in UTF-8, if the mail states their encoding rightly."""
    charset = part.get_content_charset() or ""
    try:
        return data.decode(charset).encode() if charset else data
    except (LookupError, ValueError):
        return data


def _best(alternatives: list[Message]) -> Message:
    """The one of several forms of the same text to read: HTML keeps tables, which plain text loses."""
    for kind in ("text/html", "multipart/related", "multipart/mixed", "text/plain"):
        for one in alternatives:
            if one.get_content_type() == kind:
                return one
    return alternatives[-1]


def _is_signed_only(part: Message) -> bool:
    return str(part.get_param("smime-type") or "").lower() == "signed-data"


def _filename(part: Message) -> str:
    found = part.get_filename()
    if not found:
        return ""
    try:
        pieces = email.header.decode_header(found)
        return "".join(piece.decode(code or "utf-8", "replace") if isinstance(piece, bytes) else piece for piece, code in pieces)
    except (LookupError, ValueError):
        return found
