"""Makes `ionm_notes/phi/words/english.txt` and `names.txt` from word lists; run it again only to take newer lists.

`python tools/make_words.py AMERICAN_ENGLISH CENSUS_FOLDER`: the first is Debian's `american-english` (package wamerican, from
SCOWL), the second holds `dist.male.first`, `dist.female.first` and `dist.all.last` of the US Census of 1990 (public domain).
English words are kept without the forms that `lexicon.stems` undoes; names are kept where they are English
words as well, and, in `no_words.txt`, where they only look like a form of one: James, Jones.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from ionm_notes.phi.lexicon import stems

ROOT = Path(__file__).resolve().parents[1]

WORDS = ROOT / "ionm_notes" / "phi" / "words"
NAMES_FIRST = re.compile(
    "smith|billy|bob|bobby|brad|carol|chad|chuck|christen|clement|colleen|curt|dick|dirk|dolly|dotty|eddy|ester|fanny"
    "|frank|garret|hank|harry|heather|hector|jack|jasmine|jimmy|john|josh|ken|kitty|laurel|lily|maria|marina"
    "|margarita|martin|marvin|mason|matt|melody|mickey|mike|molly|myrtle|newton|nick|noel|pansy|patsy|patty|peggy"
    "|penny|peter|phoebe|prudence|randy|rob|robin|roger|rosemary|roy|ruby|sally|sandy|sherry|sibyl|sonny|sue|terry"
    "|tom|tony|troy|valentine|victor|viola|violet|wade|waldo|warren"
)
"""Written with a capital, these are names and no words."""
RAREST_SURNAME = 0.001
"""Per cent of people; rarer ones are words far more often than names."""


def main(english: Path, census: Path) -> None:
    listed = english.read_text(encoding="utf-8").split()
    words = {word for word in listed if re.fullmatch(r"[a-zà-ÿ]{2,}", word)}
    given = {line.split()[0].lower() for sex in ("male", "female") for line in _lines(census / f"dist.{sex}.first")}
    last = {line.split()[0].lower() for line in _lines(census / "dist.all.last") if float(line.split()[1]) >= RAREST_SURNAME}
    words = {word for word in words if not NAMES_FIRST.fullmatch(word)}
    _write("english.txt", {word for word in words if not any(stem in words for stem in stems(word))})
    _write("given.txt", given & words)
    _write("surnames.txt", last & words)
    forms = {
        name for name in given | last if not words.isdisjoint({*stems(name), *(two for one in stems(name) for two in stems(one))})
    }
    _write("no_words.txt", forms - words)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def _write(name: str, words: set[str]) -> None:
    lines, line = [], ""
    for word in sorted(words):
        if len(line) + len(word) > 124:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    (WORDS / name).write_text("\n".join([*lines, line]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
