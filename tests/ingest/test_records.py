"""Exports of programs in text files come out as `time | words` and `label | value`, with evidence as it stands in the file."""

from __future__ import annotations

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes
from ionm_notes.ingest.evidence import evidence

_ROWS = (
    ("07:05:11", "Leads on"),
    ("07:28:40", "Leads done"),
    ("07:42:10", "Set stored"),
    ("09:15:00", "Leads out"),
    ("09:20:00", "Dressing"),
)
_STYLES = {
    "json lines": '{{"ts": "2025-03-12T{0}", "seq": {n}, "event": "{1}"}}',
    "quoted commas": '"EVENT","{n:03}","2025-03-12T{0}","{1}"',
    "log with levels": "2025-03-12 {0},026 INFO  [room-1] {1}",
    "syslog": "Mar 12 {0} cart7.local ionm[77]: {1}",
    "key and value": 'ts={0} level=info msg="{1}"',
    "attributes": '<event time="{0}" text="{1}"/>',
    "elapsed beside clock": "+0h{n:02}m | {0} | {1}",
    "brackets": "[2025-03-12 {0}] [INFO] {1}",
}


@pytest.mark.parametrize("style", _STYLES)
def test_an_event_of_an_export_is_a_time_and_words(style: str) -> None:
    text = "\n".join(_STYLES[style].format(*row, n=n) for n, row in enumerate(_ROWS, 1))
    lines = read_bytes("log.txt", text.encode()).pages[0].lines
    assert [line.text.split("\t")[-1] for line in lines] == [words for _, words in _ROWS]
    assert all(row[0] in line.text.split("\t")[0] and len(line.cells) == 2 for line, row in zip(lines, _ROWS, strict=True))


@pytest.mark.parametrize("style", _STYLES)
def test_evidence_of_a_record_stands_so_in_the_file(style: str) -> None:
    text = "\n".join(_STYLES[style].format(*row, n=n) for n, row in enumerate(_ROWS, 1))
    for line in read_bytes("log.txt", text.encode()).pages[0].lines:
        assert evidence(line, 0, len(line.text)).text in " ".join(text.split())


def test_sentences_with_commas_are_no_records() -> None:
    prose = "The leads went on, the set was stored, and all was well."
    lines = read_bytes("note.txt", "\n".join([prose] * 6).encode()).pages[0].lines
    assert all(len(line.cells) == 1 and not line.written for line in lines)


_LONGER = [(f"{8 + n // 6:02}:{n * 10 % 60:02}:05", f"Monitoring note {n}") for n in range(10)]


@pytest.mark.parametrize(
    ("suffix", "style"), [(".csv", "quoted commas"), (".jsonl", "json lines"), (".json", "json lines"), (".xml", "attributes")]
)
def test_an_export_of_monitoring_is_read_under_its_own_name(suffix: str, style: str) -> None:
    text = "\n".join(_STYLES[style].format(*row, n=n) for n, row in enumerate(_LONGER, 1))
    if suffix == ".xml":
        text = f'<?xml version="1.0"?>\n<log>\n{text}\n</log>'
    assert "Monitoring note 3" in " ".join(line.text for line in read_bytes("log" + suffix, text.encode()).pages[0].lines)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("claims.csv", "claim,code,units\n" + "\n".join(f"{n},95940,{n}" for n in range(20))),
        (
            "facts.json",
            '{\n  "segments": [\n'
            + "\n".join(f'    "start": "2025-03-12T0{n}:00", ' for n in range(9))
            + '\n  "monitoring": 1\n]}',
        ),
    ],
)
def test_other_files_of_such_names_are_refused_as_before(name: str, text: str) -> None:
    with pytest.raises(IonmError):
        read_bytes(name, text.encode())
