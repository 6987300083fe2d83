"""Two pages on one sheet are parted at their gutter, and a wide table is not."""

from __future__ import annotations

import numpy as np
import pytest

from ionm_notes.ingest.ocr.engine import Gray, Quad
from ionm_notes.ingest.ocr.straighten import straighten

WIDTH, HEIGHT = 3_400, 2_200
COLUMNS = {"left": (150, 1_500), "right": (1_900, 3_250)}


def quad(low: float, high: float, top: float) -> Quad:
    return np.array([(low, top), (high, top), (high, top + 30), (low, top + 30)], dtype=np.float32)


class Eyes:
    """Stands for the engine: finds a line wherever the picture is dark enough, and knows what is upright."""

    def __init__(self) -> None:
        self.looked_at: list[tuple[int, int]] = []

    def find(self, image: Gray) -> list[Quad]:
        self.looked_at.append((image.shape[1], image.shape[0]))
        whole = image.shape[1] == WIDTH
        spans = COLUMNS.values() if whole else [(150, image.shape[1] - 200)]
        return [quad(low, high, top) for top in range(400, 1_800, 100) for low, high in spans]

    def upside_down(self, crops: list[Gray]) -> bool:
        return False


def sheet_with_line(at: float | None) -> Gray:
    """An empty sheet, with a dark bar from edge to edge at a share of its height."""
    image = np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)
    if at is not None:
        image[round(at * HEIGHT) : round(at * HEIGHT) + 20] = 0
    return image


@pytest.mark.parametrize("at", [None, 0.03, 0.1, 0.93], ids=["no bar", "at the edge", "letterhead", "foot"])
def test_pages_side_by_side_are_parted_whatever_runs_along_their_edges(at: float | None) -> None:
    eyes = Eyes()
    sheets = straighten(sheet_with_line(at), eyes)
    assert [sheet.image.shape[1] for sheet in sheets] == [1_700, 1_700]
    # Each page is looked at by itself: on the whole sheet its lines were half as large.
    assert eyes.looked_at == [(WIDTH, HEIGHT), (1_700, HEIGHT), (1_700, HEIGHT)]
    assert sheets[1].back[0, 2] == 1_700


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_a_table_whose_rules_run_across_stays_whole(at: float) -> None:
    assert len(straighten(sheet_with_line(at), Eyes())) == 1
