"""A plan that a cluster can never carry is refused with numbers, before anything is started that would wait for ever."""

from __future__ import annotations

import pytest

from ionm_notes.cluster.plan import READER_CORES, TASK_CORES, Cluster, readers
from ionm_notes.errors import IonmError


@pytest.mark.parametrize(
    ("cores", "count"), [((2.0,), 2), ((1.0,), 1), ((16.0,), 16), ((4.0, 4.0, 2.0), 10), ((8.0, 0.0), 8), ((3.5,), 3)]
)
def test_each_core_gets_a_reader_and_room_for_fetching_is_left(cores: tuple[float, ...], count: int) -> None:
    total = sum(cores)
    assert readers(Cluster(cores, total)) == count
    assert count * READER_CORES + TASK_CORES <= total


def test_two_readers_of_a_whole_core_on_two_cores_would_leave_none_for_fetching() -> None:
    assert 2 * 1.0 + TASK_CORES > 2.0, "which is why a reader books less than a core"
    assert readers(Cluster((2.0,), 2.0), wanted=2) == 2


def test_more_readers_than_cores_are_refused_and_the_message_says_how_many_fit() -> None:
    with pytest.raises(IonmError) as refused:
        readers(Cluster((2.0, 2.0), 4.0), wanted=5)
    assert refused.value.code == "cluster-too-small"
    assert "room for 4" in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("cores", [(), (0.0,), (0.5,)])
def test_a_cluster_on_which_no_reader_fits_is_refused(cores: tuple[float, ...]) -> None:
    with pytest.raises(IonmError, match="no reader fits"):
        readers(Cluster(cores, sum(cores)))


def test_cores_of_two_machines_are_not_added_up_for_one_reader() -> None:
    with pytest.raises(IonmError, match="no reader fits"):
        readers(Cluster((0.6, 0.6), 1.2))


def test_a_cluster_that_others_use_at_the_moment_is_said_to_be_busy() -> None:
    with pytest.raises(IonmError) as refused:
        readers(Cluster((4.0,), 1.0))
    assert refused.value.code == "cluster-busy"
    assert "1 of 4 are free" in str(refused.value)
    assert readers(Cluster((4.0,), 1.0), wanted=1) == 1
