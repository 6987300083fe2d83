"""JSON between the program's own processes comes back as it went, whatever is in it."""

from __future__ import annotations

import json

import pytest

from ionm_notes import plain_json


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, 1.0, 0.1 + 0.2, 1e-7, 1e300, -0.0, True, None, ""]},
        {"text": 'naïve – ☒ \u2028 \x00 " \\ 𝄞'},
        {"half of a pair": "\ud83d", "whole": "\U0001f600"},
        {"long": 2**70, "longer": -(2**64)},
    ],
)
def test_what_is_written_is_read_again(value: object) -> None:
    read = plain_json.read(plain_json.written(value))
    assert read == value
    assert repr(read) == repr(value)
    assert plain_json.read(json.dumps(value, ensure_ascii=True).encode()) == value  # as stores of before hold it


def test_what_is_no_json_is_refused() -> None:
    for data in (b"", b" ", b"{", b'{"a": 1} b', b"\xff"):
        with pytest.raises(ValueError, match=r"Expecting|Extra|codec"):
            plain_json.read(data)
