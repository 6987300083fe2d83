"""A signed, self-contained file of one audit, which a payer can check without ionm-notes: `tools/check_bundle.py` does it.

`content` holds the hash of the document, the line of the audit with the proof of its minutes, and what the policy says of
its codes, with sources. The signature is Ed25519 (RFC 8032) over the content's bytes as they stand in the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ionm_notes.errors import IonmError
from ionm_notes.limitation import in_full

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "ionm-notes bundle 1"


def content_of(line: Mapping[str, Any], policy: list[dict[str, Any]], trail_head: str, now: datetime) -> dict[str, Any]:
    """What is signed. `trail_head` is the head of the store's trail, so that the bundle can be found in it later."""
    document = line["document"]
    return {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "document": {key: document[key] for key in ("name", "sha256", "pages")},
        "audit": dict(line),
        "policy": policy,
        "trail_head": trail_head,
        "limitation": in_full(),
    }


def policy_excerpt(line: Mapping[str, Any], policy_dir: Path | None) -> list[dict[str, Any]]:
    """What the policy of the line's day says of each of its codes and findings, with the sources; and which policy that is."""
    from ionm_notes.policy import load_policy
    from ionm_notes.policy.explain import explain_topic

    on = line["policy"]["on"]
    policy = load_policy(line["payer"], date.fromisoformat(on) if on else None, policy_dir)
    topics = dict.fromkeys([code["code"] for code in line["codes"]] + [finding["rule"] for finding in line["findings"]])
    out: list[dict[str, Any]] = [{"topic": "policy", "title": policy.title, "version": policy.version, "on": on}]
    for topic in topics:
        found = explain_topic(topic, policy)
        sources = found.sources if found else policy.refs(topic)
        cited = [{"id": one.id, "title": one.title, "says": one.paraphrase, "href": one.href} for one in sources]
        out.append({"topic": topic, "says": list(found.lines) if found else [], "sources": cited})
    return out


def signed(content: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """The bundle as text. The content is held as a string, so that exactly its bytes are signed and checked."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    text = json.dumps(content, ensure_ascii=True, sort_keys=True, indent=1)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    signature = {"algorithm": "Ed25519", "public_key": public, "value": key.sign(text.encode()).hex()}
    return json.dumps({"bundle": FORMAT, "content": text, "signature": signature}, indent=1) + "\n"


def signing_key(file: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file, made (mode 600) with its public half beside it if the file is missing.

    Raises `IonmError`: `signing-missing`, `bad-sign-key`.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise IonmError("signing-missing", str(file)) from error
    if not file.exists():
        return _made(file, Ed25519PrivateKey.generate())
    try:
        mode = file.stat().st_mode
        if os.name == "posix" and mode & 0o077:
            raise IonmError("bad-sign-key", str(file), f"others may read it: its mode is {mode & 0o777:03o}, give it 600")
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise IonmError("bad-sign-key", str(file), type(error).__name__) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise IonmError("bad-sign-key", str(file), "it is of another kind")
    return key


def _made(file: Path, key: Ed25519PrivateKey) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    from ionm_notes.phi.scratch import private_file

    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    try:
        with private_file(file) as opened:
            opened.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.with_name(file.name + ".pub").write_text(public + "\n")
    except OSError as error:
        raise IonmError("bad-sign-key", str(file), error.strerror or "system error") from error
    return key
