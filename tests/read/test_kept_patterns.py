"""What start-up derives from the pattern files is kept for the next run, and not believed where it may be of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionm_notes import kept
from ionm_notes.errors import IonmError
from ionm_notes.pattern_files import patterns_folder
from ionm_notes.read import hastened, vocabulary
from ionm_notes.read.vocabulary import Pattern, Vocabulary

ENTRY = '[[pattern]]\nid = "{id}"\nkind = "regex"\nany = ["{any}"]\ntags = {{ gate = ["curtain"], weight = 2 }}\n'


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and nothing remembered of other runs."""
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(hastened, "_WRITTEN", {})
    return tmp_path / "cache"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A small folder of patterns."""
    folder = tmp_path / "patterns"
    folder.mkdir()
    (folder / "macros.toml").write_text('[macros]\nRISE = "up|away"\n')
    (folder / "a.toml").write_text(ENTRY.format(id="a.one", any="curtain (?:{{RISE}})").replace("{{", "{").replace("}}", "}"))
    return folder


def files(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def read(folder: Path, own: Path | None = None) -> list[Pattern]:
    return list(Vocabulary(folder, own, keep=True).patterns.values())


def test_the_second_run_reads_what_the_first_kept_and_it_is_the_same(
    cache: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(shipped)
    assert len(files(cache)) == 1
    monkeypatch.setattr(vocabulary, "_entries", None)  # nothing is parsed any more
    assert read(shipped) == first


def test_the_shipped_patterns_come_back_as_they_are_and_as_they_are_hastened(cache: Path) -> None:
    fresh = Vocabulary(patterns_folder())
    quick = {p.source: hastened.hastened(p.source) for p in fresh.patterns.values()}
    assert read(patterns_folder()) == list(fresh.patterns.values())
    again = Vocabulary(patterns_folder(), keep=True)
    assert list(again.patterns.values()) == list(fresh.patterns.values())
    assert hastened._WRITTEN
    assert hastened._WRITTEN.items() <= quick.items()


@pytest.mark.parametrize("change", ["the words", "a macro", "another file", "a file's name", "a file less"])
def test_a_changed_file_is_read_anew(cache: Path, shipped: Path, change: str) -> None:
    (shipped / "b.toml").write_text(ENTRY.format(id="b.one", any="blinds"))
    before = read(shipped)
    if change == "the words":
        (shipped / "a.toml").write_text(ENTRY.format(id="a.one", any="shutter"))
    elif change == "a macro":
        (shipped / "macros.toml").write_text('[macros]\nRISE = "down"\n')
    elif change == "another file":
        (shipped / "c.toml").write_text(ENTRY.format(id="c.one", any="door"))
    elif change == "a file's name":
        (shipped / "b.toml").rename(shipped / "d.toml")
    else:
        (shipped / "b.toml").unlink()
    now = read(shipped)
    assert now != before
    assert now == list(Vocabulary(shipped).patterns.values())


def test_other_code_does_not_believe_what_this_code_kept(cache: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(shipped)
    other = cache.parent / "hastened.py"
    other.write_bytes(Path(hastened.__file__).read_bytes() + b"\n")
    monkeypatch.setattr(hastened, "__file__", str(other))
    read(shipped)
    assert len(files(cache)) == 2


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"\0" + data[41:], lambda data: data[32:]]
)
def test_a_damaged_file_is_not_believed_and_written_again(cache: Path, shipped: Path, harm: object) -> None:
    assert callable(harm)
    first = read(shipped)
    [file] = files(cache)
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert read(shipped) == first
    assert file.read_bytes() == whole


def test_what_was_kept_for_something_else_is_not_believed_under_another_name(cache: Path, shipped: Path) -> None:
    read(shipped)
    [file] = files(cache)
    (shipped / "a.toml").write_text(ENTRY.format(id="a.one", any="shutter"))
    now = read(shipped)
    [other] = set(files(cache)) - {file}
    other.write_bytes(file.read_bytes())
    assert read(shipped) == now


def test_a_file_that_others_may_write_is_not_believed(cache: Path, shipped: Path) -> None:
    read(shipped)
    [file] = files(cache)
    file.chmod(0o666)
    assert kept.load(file.name) is None


def test_where_nothing_can_be_written_or_it_is_turned_off_everything_is_read_anew(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = list(Vocabulary(shipped).patterns.values())
    (tmp_path / "file").write_text("no folder")
    made: list[str] = []
    monkeypatch.setattr(hastened, "hastened", lambda source: made.append(source) or source)
    for named in (str(tmp_path / "file" / "cache"), "off"):
        monkeypatch.setenv(kept.VARIABLE, named)
        assert read(shipped) == plain
    assert made == []  # nor is anything made that cannot be kept


def test_nothing_half_written_stays_and_few_files_are_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.save("one", fails)
    assert files(cache) == []
    for number in range(kept.MOST_FILES + 3):
        kept.save(f"{number:064x}", lambda: b"data")
    assert len(files(cache)) == kept.MOST_FILES
    assert kept.load(f"{kept.MOST_FILES + 2:064x}") == b"data"


def test_a_folder_of_ones_own_works_with_and_without_what_was_kept(cache: Path, shipped: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.toml").write_text(ENTRY.format(id="a.one", any="shutter").replace("kind", "extend = true\nkind"))
    without = read(shipped)
    first, second = read(shipped, own), read(shipped, own)
    assert first == second == list(Vocabulary(shipped, own).patterns.values()) != without
    assert first[0].gate == ("curtain", "curtain")
    assert read(shipped) == without
    with pytest.raises(IonmError):
        Vocabulary(shipped, tmp_path / "gone", keep=True)


def test_an_expression_of_ones_own_that_cannot_be_is_still_named_by_the_check(cache: Path, shipped: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.toml").write_text('[[pattern]]\nid = "mine"\nkind = "regex"\nany = ["a))"]\n')
    for _ in range(2):
        with pytest.raises(IonmError, match="mine"):
            Vocabulary(shipped, own, keep=True).check()
