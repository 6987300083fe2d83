"""The trained model fills what patterns leave silent, asks for confirmation, and never makes a unit supported by itself."""

from __future__ import annotations

import hashlib
import json
import pathlib

import pytest

from fixtures.variety.make import make
from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read import read_case
from ionm_notes.read.trained import model as trained
from ionm_notes.read.trained import without_guesses
from ionm_notes.read.trained.order import Entry, beliefs
from ionm_notes.types import Audit

MODELS = pathlib.Path(__file__).parents[2] / "models"
LOG = """Patient: Vera Moss   DOB: 02/03/1960   MRN: 123456
Date of service: 05/06/2025   Inpatient   Facility: Elm Hospital
Surgeon: Kim Stone, MD, who ordered the monitoring   Procedure: C5-C6 fusion   Indication: cervical myelopathy
Interpreting physician: Ada Wolfe, MD, remote, live, this case only, in touch by chat
Technologist: Bo Lind, CNIM, in the room throughout
SSEP median nerve, bilateral; tibial nerve, bilateral

07:05 Start electrode placement
07:31 {setup}
07:35 Baseline recording started
07:50 Baselines complete
07:55 {start}
08:20 Incision
09:10 No change
10:15 No change
11:40 Monitoring ended
11:45 Electrode removal started
11:55 Electrodes removed

Interpretation: no change. Electronically signed by Ada Wolfe, MD 05/06/2025 14:00
"""


def audits(setup: str, start: str) -> tuple[Audit, ...]:
    text = LOG.format(setup=setup, start=start)
    return audit_payers(read_bytes("log.txt", text.encode()), ("medicare", "commercial"))


def time_status(audit: Audit) -> set[str]:
    return {line.status for line in audit.codes if line.kind == "time"}


def test_a_log_that_patterns_read_whole_has_no_guess_and_is_supported() -> None:
    for audit in audits("Electrode placement complete", "Monitoring started"):
        assert audit.case.guesses == ()
        assert time_status(audit) == {"supported"}


def test_a_guess_on_which_no_minute_rests_leaves_the_codes_supported_and_asks_to_be_confirmed() -> None:
    for audit in audits("Leeds secure, patient wired 24 ch", "Monitoring started"):
        assert [g.what for g in audit.case.guesses] == ["end of set-up"]
        assert not audit.case.guesses[0].weighty
        assert time_status(audit) == {"supported"}
        finding = next(f for f in audit.findings if f.rule == "please-confirm")
        assert finding.severity == "info"
        assert "please confirm" in finding.message
        assert "Leeds secure" in finding.evidence[0].text


def test_an_operation_that_pauses_is_no_pause_in_the_monitoring() -> None:
    log = LOG.format(setup="Electrode placement complete", start="Monitoring started")
    for said in ("dissection paused", "surgeon pauses", "distraction on hold"):
        [audit] = audit_payers(read_bytes("log.txt", log.replace("10:15 No change", f"10:15 {said}").encode()), ("medicare",))
        assert not [s for s in audit.case.segments if s.kind == "interruption"], said


def test_a_signature_in_a_log_is_no_coming_of_the_reader() -> None:
    log = LOG.format(setup="Electrode placement complete", start="Monitoring started").partition("Interpretation")[0]
    for signed in ("17:20 Signed: Ada Wolfe, MD", "17:20 Electronically signed by Ada Wolfe, MD"):
        [audit] = audit_payers(read_bytes("log.txt", f"{log}{signed}\n".encode()), ("medicare",))
        assert not [row for row in audit.case.attendance if row.start and f"{row.start:%H:%M}" == "17:20"], signed


def test_what_was_done_within_a_pause_that_the_log_ends_itself_ended_nothing() -> None:
    pause = "09:40 Software not responding. Monitoring stopped\n09:43 Hard restart\n09:52 System back, monitoring resumed\n"
    log = LOG.format(setup="Electrode placement complete", start="Monitoring started").replace("10:15 No", pause + "10:15 No")
    [audit] = audit_payers(read_bytes("log.txt", log.encode()), ("medicare",))
    [told] = [s for s in audit.case.segments if s.kind == "interruption"]
    assert (f"{told.start:%H:%M}", f"{told.end:%H:%M}") == ("09:40", "09:52")
    assert audit.case.guesses == ()
    assert time_status(audit) == {"supported"}


@pytest.mark.parametrize("part", ["train", "dev"])
def test_no_unit_is_supported_where_minutes_rest_on_a_guess(part: str) -> None:
    seen = 0
    for number in range(0, 120, 2):
        made = make(part, number)
        for audit in audit_payers(read_bytes(made.name, made.text.encode()), ("medicare", "commercial")):
            if any(guess.weighty for guess in audit.case.guesses):
                seen += 1
                assert "supported" not in time_status(audit), made.name
                assert any(f.rule == "please-confirm" and f.severity == "warning" for f in audit.findings)
    assert seen or part == "train"


def test_read_by_patterns_alone_there_is_no_guess() -> None:
    text = LOG.format(setup="Leeds secure, patient wired 24 ch", start="Monitoring started").encode()
    with without_guesses():
        assert read_case(read_bytes("log.txt", text)).guesses == ()
    assert read_case(read_bytes("log.txt", text)).guesses


def test_without_the_weights_reading_rests_on_patterns_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionm_notes.read.trained.rows.load", lambda: None)
    text = LOG.format(setup="Leeds secure, patient wired 24 ch", start="Monitoring started").encode()
    assert read_case(read_bytes("log.txt", text)).guesses == ()


def test_the_shipped_weights_are_those_of_the_manifest_and_small() -> None:
    weights = (MODELS / "rows" / "weights.npz").read_bytes()
    manifest = json.loads((MODELS / "rows" / "MANIFEST.json").read_text())
    assert manifest["sha256"] == hashlib.sha256(weights).hexdigest()
    assert len(weights) < 15_000_000


def test_shares_of_all_classes_are_one_together() -> None:
    model = trained.load()
    assert model is not None
    shares = model.entries.shares("Baselines are banked")
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=lambda name: shares[name]).startswith("baseline")


def test_confidence_never_falls_as_the_score_rises() -> None:
    model = trained.load()
    assert model is not None
    values = [model.confidence(n / 50) for n in range(51)]
    assert values == sorted(values)


def test_the_order_of_the_day_decides_between_two_readings_of_an_entry() -> None:
    unsure = {"setup.end": 0.4, "removal.end": 0.4, "other": 0.2}
    entries = [Entry("setup.start", {}), Entry(None, unsure), Entry("monitoring.start", {}), Entry("monitoring.end", {})]
    found = beliefs(entries)
    assert max(found[1], key=lambda name: found[1][name]) == "setup.end"
    assert found[1]["setup.end"] > 0.6


def test_what_patterns_found_is_never_taken_for_anything_else() -> None:
    found = beliefs([Entry("monitoring.start", {"other": 1.0}), Entry(None, {"other": 1.0})])
    assert found[0] == {}
