"""A file is taken when it has arrived whole, and is never lost between its folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ionm_notes.cli.inbox import EMPTY_PATIENCE, Inbox, Taken
from ionm_notes.errors import IonmError

SETTLE = 3.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def box(folder: Path):
    opened = Inbox(folder, SETTLE)
    with opened.alone():
        yield opened


def put(path: Path, text: str = "report") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(taken: list[Taken]) -> list[str]:
    return [str(each.place) for each in taken]


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


def test_a_file_is_taken_once_it_has_not_changed_for_a_while(box: Inbox, folder: Path) -> None:
    put(folder / "a.txt")
    assert box.look(0) == []
    assert box.look(SETTLE - 0.1) == []
    assert names(box.look(SETTLE)) == ["a.txt"]
    assert tree(folder) == ["working/a.txt"]
    assert box.look(SETTLE * 9) == [], "and only once"


def test_a_file_that_grows_is_waited_for(box: Inbox, folder: Path) -> None:
    path = put(folder / "a.txt")
    for seconds in range(6):
        with path.open("a") as file:
            file.write("more")
        assert box.look(float(seconds)) == []
    assert box.waiting == 1
    assert box.look(7.9) == []
    assert names(box.look(8)) == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes")
def test_a_copy_that_stalls_is_waited_for_as_long_as_it_is_open(box: Inbox, folder: Path) -> None:
    with (folder / "a.txt").open("w") as file:
        file.write("half")
        file.flush()
        assert box.look(0) == box.look(60) == box.look(600) == []
    assert box.look(601) == []
    assert names(box.look(604)) == ["a.txt"]


def test_an_empty_file_is_given_time_to_be_filled(box: Inbox, folder: Path) -> None:
    put(folder / "a.txt", "")
    assert box.look(0) == box.look(SETTLE) == box.look(SETTLE * EMPTY_PATIENCE - 1) == []
    assert names(box.look(SETTLE * EMPTY_PATIENCE)) == ["a.txt"]


def test_an_empty_file_of_yesterday_will_not_be_filled(box: Inbox, folder: Path) -> None:
    os.utime(put(folder / "a.txt", ""), (1e9, 1e9))
    box.look(0)
    assert names(box.look(SETTLE)) == ["a.txt"]


@pytest.mark.parametrize(
    "name", [".a.pdf", "~$a.docx", "a.pdf.part", "a.PDF.crdownload", "a.tmp", "a.pdf.reason.txt", ".x/a.pdf"]
)
def test_unfinished_and_hidden_files_are_left_alone(box: Inbox, folder: Path, name: str) -> None:
    put(folder / name)
    box.look(0)
    assert box.look(600) == []
    assert tree(folder) == [name]


def test_links_and_pipes_are_left_alone(box: Inbox, folder: Path, tmp_path: Path) -> None:
    (folder / "link.pdf").symlink_to(put(tmp_path / "secret.pdf"))
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.pdf")
    box.look(0)
    assert box.look(600) == []


def test_what_is_named_as_ours_is_left_alone(folder: Path) -> None:
    box = Inbox(folder, SETTLE, frozenset({put(folder / "audits.db").absolute()}))
    with box.alone():
        box.look(0)
        assert box.look(600) == []


def test_folders_keep_their_names_all_the_way(box: Inbox, folder: Path) -> None:
    put(folder / "march" / "room 2" / "a.txt")
    put(folder / "march" / "b.txt")
    box.look(0)
    taken = box.look(SETTLE)
    assert names(taken) == ["march/b.txt", "march/room 2/a.txt"]
    for each in taken:
        box.finish(each)
    assert tree(folder) == ["done/march/b.txt", "done/march/room 2/a.txt"]
    assert list((folder / "working").iterdir()) == [folder / "working" / ".lock"], "nothing is left behind"


def test_a_failure_lies_beside_its_reason_and_nothing_is_overwritten(box: Inbox, folder: Path) -> None:
    for now in (0, 10):
        put(folder / "a.txt")
        box.look(now)
        [taken] = box.look(now + SETTLE)
        box.finish(taken, "it is damaged")
    assert tree(folder) == [f"failed/a{number}.txt{end}" for number in ("-2", "") for end in ("", ".reason.txt")]
    assert (folder / "failed" / "a.txt.reason.txt").read_text() == "it is damaged"


def test_a_second_file_of_the_name_waits_for_the_first(box: Inbox, folder: Path) -> None:
    put(folder / "a.txt", "first")
    box.look(0)
    [first] = box.look(SETTLE)
    put(folder / "a.txt", "second")
    box.look(10)
    assert box.look(10 + SETTLE) == []
    box.finish(first)
    [second] = box.look(20)
    assert second.path.read_text() == "second"
    box.finish(second)
    assert tree(folder) == ["done/a-2.txt", "done/a.txt"]


def test_what_was_written_to_while_it_was_read_is_read_again(box: Inbox, folder: Path) -> None:
    put(folder / "a.txt")
    box.look(0)
    [taken] = box.look(SETTLE)
    assert box.unchanged(taken)
    taken.path.write_text("more than before")
    assert not box.unchanged(taken)
    box.give_back(taken)
    assert box.look(4) == []
    [again] = box.look(4 + SETTLE)
    assert (again.place, again.state == taken.state) == (taken.place, False)


def test_a_run_that_was_killed_is_taken_up_where_it_stood(folder: Path) -> None:
    killed = Inbox(folder, SETTLE)
    with killed.alone():
        put(folder / "sub" / "a.txt")
        killed.look(0)
        killed.look(SETTLE)
    assert tree(folder) == ["working/sub/a.txt"]
    fresh = Inbox(folder, SETTLE)
    with fresh.alone():
        fresh.look(0)
        [taken] = fresh.look(SETTLE)
        fresh.finish(taken)
    assert tree(folder) == ["done/sub/a.txt"]


def test_a_second_watcher_is_kept_out_until_the_first_is_gone(folder: Path) -> None:
    with Inbox(folder, SETTLE).alone(), pytest.raises(IonmError) as caught, Inbox(folder, SETTLE).alone():
        pass
    assert caught.value.code == "inbox-busy"
    with Inbox(folder, SETTLE).alone():
        pass


def test_a_file_that_somebody_takes_away_is_no_failure(box: Inbox, folder: Path) -> None:
    put(folder / "a.txt")
    box.look(0)
    [taken] = box.look(SETTLE)
    taken.path.unlink()
    assert not box.unchanged(taken)
    box.finish(taken)
    assert tree(folder) == []


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    put(folder / "done", "a file in the way")
    with pytest.raises(IonmError) as caught, Inbox(folder, SETTLE).alone():
        pass
    assert caught.value.code == "inbox-failed"
