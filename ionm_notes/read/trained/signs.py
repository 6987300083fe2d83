"""The signs of an answer: whether words of `patterns/signs.toml` stand in a statement, without which the encoder's answer is a guess."""

from __future__ import annotations

from ionm_notes.read.vocabulary import vocabulary

SIGNED = ("in_room", "nearby", "remote", "exclusive", "shared", "live", "communication")
"""The answers that have signs."""


def signed(answer: str, text: str) -> bool:
    """Whether a sign of the answer stands in the text; never for an answer that has none."""
    return answer in SIGNED and vocabulary().regex(f"sign.{answer}").search(text) is not None
