"""Words of the field that recognition tends to maim ('amplifer', 'sgnals', '!eft', 'MEp'), and their repair.

The words are those of `patterns/*.toml`: its phrases and the lines that its patterns must match. A word is changed only
where it is none of them and becomes one by a single slip of the kind that faxes cause: a thin letter lost or taken for
another, a small letter read for the capital of the same shape. Names and numbers are never touched.
"""

from __future__ import annotations

import functools
import re
import tomllib

from ionm_notes.pattern_files import patterns_folder

SHORTEST = 5
"""Shorter words are one slip away from too many others; 'left' and 'right' are taken up nevertheless."""
SURE = 0.95
"""Words all of whose letters are surer than this are left as read; of the maimed ones measured none was."""
_ALSO = frozenset({"left", "live", "limb", "limbs"})
_THIN = "iltrfj"
_SLIPS = {"i": "l", "l": "i", "!": "li", "|": "li", "1": "li", "0": "o", "c": "e", "e": "c", "t": "l", "f": "t"}
_WORD = re.compile(r"[A-Za-z]{4,}")
_STEM = re.compile(r"(?<![\\\w])[a-z]{6,}")
_ENDINGS = ("", "s", "e", "d", "ed", "es", "ing", "ly", "ely", "ion", "ions", "ation")
"""What the stems in expressions ('exclusiv') go on with."""
_CORE = re.compile(r"^([(\[\"']*)(.*?)([)\]\"',.;:]*)$")
_SAME_SHAPE = frozenset("cmopsuvwxzk")


@functools.cache
def known_words() -> frozenset[str]:
    """Lower-case words of the pattern files."""
    words: set[str] = set()
    for path in patterns_folder().glob("*.toml"):
        for entries in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for entry in entries if isinstance(entries, list) else []:
                phrases = entry.get("any", ()) if entry.get("kind") == "phrase" else ()
                # Words with a capital may be names, and a name is no word of the field.
                words.update(word for line in (*entry.get("yes", ()), *phrases) for word in _WORD.findall(line) if word.islower())
                stems = () if phrases else (stem for source in entry.get("any", ()) for stem in _STEM.findall(source))
                words.update(stem + ending for stem in stems for ending in _ENDINGS)
    return frozenset(word for word in words if len(word) >= SHORTEST) | _ALSO


def repaired(text: str, sure: float) -> str:
    """A recognised word, put right where it is one slip away from exactly one word of the field.

    `sure`: least confidence of its letters. Where the engine was sure of all of them, 'here' is not 'there' maimed.
    """
    match = _CORE.match(text)
    if match is None:
        return text
    before, core, after = match.groups()
    mended = _capitals(core) or (_spelled(core) if sure < SURE else None)
    return f"{before}{mended}{after}" if mended else text


def _capitals(core: str) -> str | None:
    """'MEp' and 'REpORT' in capitals; 'MEPs', 'TcMEP' and 'McKay' are as they should be."""
    small = [char for char in core if char.islower()]
    capitals = sum(char.isupper() for char in core)
    if not core.isalpha() or capitals < 2 or not small or len(small) * 3 > len(core) or core[1:2] == "c":
        return None
    if any(char not in _SAME_SHAPE for char in small) or (core[-1] == "s" and len(small) == 1):
        return None
    return core.upper()


def _spelled(core: str) -> str | None:
    lower = core.lower()
    if len(core) < 4 or lower in known_words() or not (core[1:].islower() or core.isupper()):
        return None
    if sum(char.isalpha() for char in core) < len(core) - 1:
        return None
    found = {word for word in _one_slip(lower) if word in known_words()}
    if len(found) != 1:
        return None
    word = found.pop()
    return word.upper() if core.isupper() else word.capitalize() if core[0].isupper() else word


def _one_slip(word: str) -> set[str]:
    """Words that this one may be with a thin letter lost, or with one letter taken for another of its shape."""
    out = {word[:at] + thin + word[at:] for at in range(len(word) + 1) for thin in _THIN}
    for at, char in enumerate(word):
        out |= {word[:at] + other + word[at + 1 :] for other in _SLIPS.get(char, "")}
    return out | {word.replace("rn", "m"), word.replace("m", "rn")}
