#!/usr/bin/env python3
"""Checks a bundle of ionm-notes with nothing but Python 3.8 or newer: `python check_bundle.py FILE [--document REPORT]`.

It checks that the content was signed with the key the bundle names and was not changed since, that the key is the one you
were told (--key), that the report is the one that was read (--document), and that the proof of minutes adds up. Exit code 0:
all of that holds; 1: something does not; 2: not a bundle. It does not check whether the rules were applied rightly.
"""

import argparse
import hashlib
import json
import sys

# Ed25519 as in RFC 8032, section 6, for checking alone.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return (e * f, g * h, f * g, e * h)


def times(n, a):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, a)
        a, n = add(a, a), n >> 1
    return out


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, a)))


def minutes_faults(audit):
    """What of the proof does not add up: counted lines by column against the minutes of the audit."""
    sums = {}
    for line in audit["minutes_proof"]:
        if line.get("column"):
            sums[line["column"]] = sums.get(line["column"], 0) + line["minutes"]
    for column, stated in audit["minutes"].items():
        if stated is not None and stated != sums.get(column, 0):
            yield "minutes %s: %s stated, the proof adds up to %s" % (column, stated, sums.get(column, 0))


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ask.add_argument("bundle")
    ask.add_argument("--document", help="the report that the bundle is about")
    ask.add_argument("--key", help="the public key that you were told, 64 hexadecimal digits")
    given = ask.parse_args()
    try:
        with open(given.bundle, encoding="utf-8") as file:
            outer = json.load(file)
        text, sign = outer["content"], outer["signature"]
        content = json.loads(text)
        public, value = bytes.fromhex(sign["public_key"]), bytes.fromhex(sign["value"])
        audit, document = content["audit"], content["document"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print("not a bundle: %s" % error)
        return 2
    faults = []
    if not signature_holds(public, text.encode(), value):
        faults.append("the signature does not hold: the bundle was changed, or another key signed it")
    if given.key and given.key.strip().lower() != public.hex():
        faults.append("another key signed it: %s" % public.hex())
    if given.document:
        with open(given.document, "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() != document["sha256"]:
                faults.append("the report is not the one that was read")
    faults += minutes_faults(audit)
    for fault in faults:
        print(fault)
    if faults:
        return 1
    print("%s, %s, made %s: holds" % (document["name"], audit["payer"], content["made_at"]))
    for code in audit["codes"]:
        print("  %s x %s %s" % (code["code"], code["units"], code["status"]))
    if not given.key:
        print("signed with %s: compare it with the key you were told" % public.hex())
    if not given.document:
        print("the report was not compared; its SHA-256 is %s" % document["sha256"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
