"""A request that hangs, crashes or eats memory costs only itself, and memory stays bounded whoever is slow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import Ask, nothing, obey, pool

from ionm_notes.errors import IonmError
from ionm_notes.limits import MIB, Limits
from ionm_notes.workers import Done, Pool
from ionm_notes.workers import pool as pool_module

ECHOES = [Ask("say", str(n)) for n in range(6)]


def answers(asked: list[Ask], **more: object) -> list[bytes | str]:
    """The answer or the error code for each request, in their order."""
    with pool(**more) as workers:
        done = sorted(workers.run(asked), key=lambda each: each.index)
    assert [each.request for each in done] == asked
    return [each.error.code if each.error else each.answer for each in done]


def alone(ask: Ask, **more: object) -> Done[Ask]:
    with pool(workers=1, **more) as workers:
        [done] = workers.run([ask])
    return done


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    # A process that ends between the opening of its file and the reading gives the second of these.
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(true: object, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_every_request_is_answered_and_bad_ones_cost_only_themselves(method: str) -> None:
    bad = [Ask("die", "11"), Ask("refuse", "cut"), Ask("fail"), Ask("exit", "3")]
    assert answers([*ECHOES[:3], *bad, *ECHOES[3:]], method=method) == [
        *(b"0", b"1", b"2"),
        *("reader-died", "damaged-pdf", "internal", "reader-died"),
        *(b"3", b"4", b"5"),
    ]


def test_workers_are_warm_and_a_fresh_one_costs_little() -> None:
    with pool(workers=1) as workers:
        [first] = workers.run([Ask("who")])
        began = time.monotonic()
        [again] = workers.run([Ask("who")])
        assert again.answer == first.answer, "the same process does the next one"
        list(workers.run([Ask("die", "11")]))
        [other] = workers.run([Ask("who")])
        assert other.answer != first.answer
        assert time.monotonic() - began < 1


def test_the_reason_of_a_death_is_told_without_words_of_the_document() -> None:
    assert (alone(Ask("die", "11")).error or IonmError("none")).detail == "ended by SIGSEGV"
    assert (alone(Ask("exit", "3")).error or IonmError("none")).detail == "exit code 3"
    error = alone(Ask("fail")).error
    assert error is not None
    assert (error.code, error.file, error.detail) == ("internal", "fail", "ZeroDivisionError")


def test_a_worker_that_the_system_kills_gets_its_request_tried_once_more(tmp_path: Path) -> None:
    assert alone(Ask("die once", str(tmp_path / "mark"))).answer == b"the second time"
    assert (alone(Ask("die", "9")).error or IonmError("none")).code == "reader-died"


def test_the_death_of_the_nursery_costs_nothing() -> None:
    with pool() as workers:
        results = workers.run([*ECHOES, Ask("sleep", "1"), Ask("sleep", "1"), *ECHOES])
        done = [next(results) for _ in ECHOES]
        os.kill(workers._parent._process.pid, signal.SIGKILL)
        done += results
    assert [each.answer for each in sorted(done, key=lambda each: each.index)] == [
        each.what.encode() for each in [*ECHOES, Ask("sleep", "1"), Ask("sleep", "1"), *ECHOES]
    ]


def test_a_nursery_that_is_dying_while_a_worker_is_asked_for_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pool() as some:
        nursery = some._parent._process
        nursery.kill()
        nursery.join()
        # The system closes what a dying process holds before it tells of its end.
        monkeypatch.setattr(nursery, "is_alive", lambda: True)
        done = [each.answer for each in some.run(ECHOES)]
    assert sorted(done) == sorted(each.what.encode() for each in ECHOES)


def test_one_that_hangs_is_ended_in_time_with_all_that_it_started(tmp_path: Path) -> None:
    began = time.monotonic()
    asked = [ECHOES[0], Ask("start a program", str(tmp_path / "pid")), ECHOES[1], Ask("sleep", "60"), ECHOES[2]]
    assert answers(asked, limits=Limits(document_seconds=0.5)) == [b"0", "timeout", b"1", "timeout", b"2"]
    assert time.monotonic() - began < 5
    wait_until(lambda: gone(int((tmp_path / "pid").read_text())))


def test_a_sign_of_life_gives_more_time_but_not_for_ever() -> None:
    limits = Limits(document_seconds=0.4)
    assert alone(Ask("sleep with beats", "1.2"), limits=limits).answer == b"1.2"
    assert (alone(Ask("sleep with beats", "9"), limits=limits).error or IonmError("none")).code == "timeout"


def test_processor_time_is_bounded_by_the_system() -> None:
    error = alone(Ask("spin"), limits=Limits(cpu_seconds=1)).error
    assert error is not None
    assert (error.code, error.detail) == ("timeout", "more than 1 s of processor time")


def test_memory_is_bounded() -> None:
    asked = [ECHOES[0], Ask("eat", str(900 * MIB)), ECHOES[1]]
    assert answers(asked, limits=Limits(worker_bytes=600 * MIB)) == [b"0", "too-large", b"1"]


def test_files_a_worker_writes_are_bounded(tmp_path: Path) -> None:
    alone(Ask("write", str(tmp_path / "big")), limits=Limits(written_bytes=1_000))
    assert (tmp_path / "big").stat().st_size <= 1_000


def test_an_answer_is_bounded() -> None:
    asked = [Ask("say", "x" * 5_000), ECHOES[0]]
    assert answers(asked, limits=Limits(answer_bytes=1_000)) == ["reader-died", b"0"]


def test_a_worker_is_replaced_after_its_share() -> None:
    with pool(workers=1, limits=Limits(worker_documents=2)) as workers:
        pids = [done.answer for done in workers.run([Ask("who")] * 6)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_results_come_as_they_are_done() -> None:
    with pool() as workers:
        first, *_, last = workers.run([Ask("sleep", "0.5"), *ECHOES])
    assert first.request == ECHOES[0]
    assert last.request.name == "sleep"


def test_no_request_runs_too_far_ahead_of_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "AHEAD", 4)
    with pool() as workers:
        order = [done.index for done in workers.run([Ask("sleep", "0.5"), *ECHOES])]
    assert order.index(0) == 3, "numbers 1 to 3 may pass, the others wait"


def test_nothing_is_handed_out_while_nobody_takes_results() -> None:
    taken = []

    def source() -> Iterator[Ask]:
        for n in range(1_000):
            taken.append(n)
            yield Ask("say", str(n))

    with pool() as workers:
        results = workers.run(source())
        next(results)
        time.sleep(0.3)
        assert len(taken) < 12
        assert len(list(results)) == 999


def test_a_source_may_have_nothing_at_the_moment() -> None:
    def source() -> Iterator[Ask | None]:
        yield ECHOES[0]
        yield None
        yield ECHOES[1]

    with pool() as workers:
        assert [done.answer for done in workers.run(source())] == [b"0", b"1"]


def test_giving_up_ends_the_busy_workers_and_the_pool_goes_on() -> None:
    with pool() as workers:
        results = workers.run([*ECHOES[:2], Ask("sleep", "60"), Ask("sleep", "60")])
        next(results)
        results.close()
        assert sorted(done.answer for done in workers.run(ECHOES)) == [b"0", b"1", b"2", b"3", b"4", b"5"]


def test_what_a_parser_prints_is_no_result(capfd: pytest.CaptureFixture[str]) -> None:
    alone(Ask("print"))
    assert capfd.readouterr().out == ""


def test_where_no_worker_can_start_it_says_so_instead_of_trying_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionm_notes.workers.child.enclose", lambda limits: os._exit(1))
    with pytest.raises(IonmError) as caught:
        alone(Ask("say"))
    assert (caught.value.code, caught.value.detail) == ("reader-died", "the reading process did not start")


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_killed_program_leaves_no_process_behind(tmp_path: Path, method: str) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from asking import Ask, pool\n"
        "if __name__ == '__main__':\n"
        f"    with pool(method={method!r}) as workers:\n"
        "        for done in workers.run([Ask('who'), Ask('who'), Ask('sleep', '60'), Ask('sleep', '60')]):\n"
        "            print(done.answer.decode(), flush=True)\n"
    )
    program = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    pids = [int(program.stdout.readline()) for _ in range(2)]
    assert not any(map(gone, pids))
    time.sleep(0.2)
    program.send_signal(signal.SIGKILL)
    wait_until(lambda: all(map(gone, pids)))
    program.wait()
    # Its output is at an end as well: nobody that was left holds it.
    assert program.stdout.read() == ""


def test_an_interrupt_at_the_terminal_is_left_to_the_program() -> None:
    with pool(workers=1) as workers:
        [first] = workers.run([Ask("who")])
        os.kill(int(first.answer), signal.SIGINT)
        [again] = workers.run([Ask("who")])
    assert again.answer == first.answer


def test_loading_may_fail_because_the_work_will_say_so() -> None:
    def broken() -> None:
        raise ValueError("no pattern")

    with Pool(obey, broken, 1) as workers:
        assert [done.answer for done in workers.run(ECHOES[:1])] == [b"0"]
    with Pool(obey, nothing) as workers:
        assert workers.size >= 1
