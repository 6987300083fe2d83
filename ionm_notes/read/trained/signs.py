"""The signs of an answer: whether words of `patterns/signs.toml` stand in a statement, without which the encoder's answer is a guess."""

from __future__ import annotations

from ionm_notes.read.vocabulary import vocabulary

SIGNED = ("in_room", "nearby", "remote", "exclusive", "shared", "live", "communication")
"""The answers that have signs."""


_NO_SIGN = {"live": "sign.of-answering", "nearby": "sign.of-a-name", "remote": "sign.of-a-name"}
"""Words that would be a sign of an answer and are none: 'could answer without delay' tells nothing of watching."""


def signed(answer: str, text: str) -> bool:
    """Whether a sign of the answer stands in the text; never for an answer that has none."""
    if answer not in SIGNED:
        return False
    words = vocabulary()
    if (none := _NO_SIGN.get(answer)) is not None:
        text = words.regex(none).sub("", text)
    return words.regex(f"sign.{answer}").search(text) is not None
