"""Who did what stands in a chain that shows tampering; what is handed to a payer can be checked without this program."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from paper import Cli

from ionm_notes.cli.noting import who

CHECK = Path(__file__).resolve().parents[2] / "tools" / "check_bundle.py"
NAMED = ("Quillfeather", "LV-4471902", "Vantongeren", "case.txt")


def trail(cli: Cli) -> list[dict[str, str]]:
    return [json.loads(line) for line in cli("db", "trail", "--jsonl").out.splitlines()][::-1]


def tamper(*statements: str) -> None:
    """Writes the file past the triggers, as someone with the file and a tool would."""
    with sqlite3.connect("ionm-notes.db") as db:
        for name in [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
    db.close()


def test_reading_auditing_exporting_and_deleting_leave_an_entry_each(cli: Cli, report: Path) -> None:
    cli("audit", report)
    cli("show", "case.txt")
    cli("codes", "1", "--csv")
    cli("gaps")
    cli("search", "Quillfeather", "--jsonl")
    cli("replay")
    cli("bundle", "case.txt", "--out", "b.json")
    cli("db", "purge", "--document", "case.txt", "--yes")
    found = [(one["action"], one["subject"]) for one in trail(cli)]
    assert found == [
        ("audited", "document 1"),
        ("read", "document 1"),
        ("exported", "document 1"),
        ("read", "store"),
        ("exported", "store"),
        ("read", "store"),
        ("exported", "document 1"),
        ("deleted", "document 1"),
    ]
    assert {one["who"] for one in trail(cli)} == {who()}
    assert [word for word in NAMED if word in json.dumps(trail(cli))] == [], "nothing of a record outlives it in the trail"


def test_the_trail_says_who_did_what_on_a_narrow_terminal_too(cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("audit", report)
    cli("show", "case.txt")
    monkeypatch.setenv("COLUMNS", "80")
    shown, audited = cli("db", "trail").out.splitlines()
    assert [word for word in (who(), "audited", "document 1", "medicare") if word not in audited] == []
    assert [word for word in (who(), "read", "document 1", "show") if word not in shown] == []


def test_an_entry_cannot_be_changed_or_deleted(cli: Cli, report: Path) -> None:
    cli("audit", report)
    with sqlite3.connect("ionm-notes.db") as db:
        for statement in (
            "UPDATE trail SET who = 'nobody'",
            "DELETE FROM trail",
            "INSERT OR REPLACE INTO trail SELECT * FROM trail",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(statement)


def test_verify_says_where_the_chain_breaks(cli: Cli, report: Path) -> None:
    cli("audit", report)
    cli("show", "case.txt")
    cli("gaps")
    whole = cli("db", "verify")
    assert whole.code == 0
    count, head = whole.out.split()
    assert count == "3"
    assert cli("db", "verify", "--head", head).code == 0
    tamper("UPDATE trail SET who = 'somebody else' WHERE id = 2")
    broken = cli("db", "verify")
    assert broken.code == 1
    assert "the trail breaks at entry 2: entry 2 was changed" in broken.out


def test_verify_notices_a_missing_entry_and_with_the_head_a_cut_end(cli: Cli, report: Path) -> None:
    cli("audit", report)
    cli("show", "case.txt")
    cli("gaps")
    head = cli("db", "verify").out.split()[1]
    tamper("DELETE FROM trail WHERE id = 3")
    assert cli("db", "verify").code == 0, "the chain alone cannot tell"
    cut = cli("db", "verify", "--head", head)
    assert cut.code == 1
    assert "cut off" in cut.out
    tamper("DELETE FROM trail WHERE id = 1")
    assert "entry 1 is missing" in cli("db", "verify").out


def test_verify_notices_a_store_that_is_not_sound(cli: Cli, report: Path) -> None:
    cli("audit", report)
    tamper("UPDATE pages SET text = 'another text'")
    broken = cli("db", "verify")
    assert broken.code == 1
    assert "full-text" in broken.out


def check(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The published script in a Python that cannot import anything but the standard library."""
    return subprocess.run([sys.executable, "-I", "-S", str(CHECK), *map(str, arguments)], capture_output=True, text=True)


def test_a_bundle_is_checked_without_ionm_notes(cli: Cli, report: Path) -> None:
    cli("audit", report)
    made = cli("bundle", "case.txt", "--out", "b.json")
    assert made.code == 0, made.err
    key = Path("ionm-notes.db.sign-key")
    assert key.stat().st_mode & 0o777 == 0o600
    good = check("b.json", "--document", report, "--key", Path(f"{key}.pub").read_text())
    assert good.returncode == 0, good.stdout + good.stderr
    assert "G0453 x 10 supported" in good.stdout
    content = json.loads(json.loads(Path("b.json").read_text())["content"])
    assert {"document", "audit", "policy", "trail_head"} <= set(content)
    assert content["audit"]["minutes_proof"]
    assert any(part["topic"] == "G0453" and part["sources"] for part in content["policy"])
    assert cli("bundle", "case.txt", "--out", "b.json").code == 2, "nothing is overwritten"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("minutes", "signature does not hold"),
        ("document", "not the one that was read"),
        ("key", "another key"),
        ("resigned", "adds up to"),
    ],
)
def test_the_script_says_what_does_not_hold(cli: Cli, report: Path, what: str, said: str) -> None:
    from ionm_notes.phi.bundle import signed, signing_key

    cli("audit", report)
    cli("bundle", "case.txt", "--out", "b.json")
    outer = json.loads(Path("b.json").read_text())
    arguments: tuple[object, ...] = ("b.json",)
    if what == "minutes":
        outer["content"] = outer["content"].replace('"remote_exclusive": 1', '"remote_exclusive": 2')
    elif what == "document":
        (report.parent / "other.txt").write_text("another report")
        arguments = ("b.json", "--document", "other.txt")
    elif what == "key":
        arguments = ("b.json", "--key", "00" * 32)
    else:
        content = json.loads(outer["content"])
        content["audit"]["minutes"]["remote_exclusive"] += 30
        outer = json.loads(signed(content, signing_key(Path("ionm-notes.db.sign-key"))))
    Path("b.json").write_text(json.dumps(outer))
    done = check(*arguments)
    assert done.returncode == 1
    assert said in done.stdout


def test_the_scripts_signature_check_agrees_with_the_library() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    space: dict[str, object] = {"__name__": "script"}
    exec(CHECK.read_text(), space)
    holds = space["signature_holds"]
    assert callable(holds)
    for size in range(4):
        key = Ed25519PrivateKey.from_private_bytes(bytes([size]) * 32)
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        message = bytes(range(size * 20))
        value = key.sign(message)
        assert holds(public, message, value)
        assert not holds(public, message + b"x", value)
        assert not holds(public, message, value[:32] + bytes(32))


def test_a_masked_bundle_names_nobody(cli: Cli, report: Path) -> None:
    cli("audit", report)
    assert cli("bundle", "case.txt", "--out", "b.json", "--phi", "none").code == 0
    text = Path("b.json").read_text()
    assert [word for word in (*NAMED, "04/17/2025", "2025-04-17") if word in text] == []
    assert check("b.json").returncode == 0
