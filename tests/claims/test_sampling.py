"""Samples that can be drawn again, and estimates that can be checked by hand."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from command import Cli
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from test_tables import csv_of

from fixtures.claims.make import Scene
from ionm_notes.claims.model import ClaimLine, Effect, Place, Row
from ionm_notes.claims.sampling import draw, drawn_again, estimates, frame_of, plain_plan
from ionm_notes.claims.student import t_quantile
from ionm_notes.errors import IonmError


def claims(count: int, payers: tuple[str, ...] = ("medicare",)) -> list[ClaimLine]:
    return [
        ClaimLine(
            f"C{n}", 1, "95938", payer=payers[n % len(payers)], charge=Decimal(100 + n), source=Place("c.csv", f"row {n}", n)
        )
        for n in range(count)
    ]


def row(line: ClaimLine, effect: Effect, amount: float) -> Row:
    return Row("over-coded", effect, line.code, line, amount=Decimal(str(amount)))


@pytest.mark.parametrize("probability", [0.8, 0.95, 0.975, 0.999])
@pytest.mark.parametrize("freedom", [1, 2, 7, 29, 99, 1000])
def test_the_quantiles_of_t_are_those_of_the_library_for_statistics(probability: float, freedom: int) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(float(stats.t.ppf(probability, freedom)), rel=1e-9)


def test_the_same_seed_draws_the_same_claims_and_another_seed_others() -> None:
    lines = claims(200)
    assert draw(lines, 40, 7) == draw(lines, 40, 7)
    assert draw(lines, 40, 7).chosen != draw(lines, 40, 8).chosen


def test_anybody_can_draw_the_sample_again_with_a_hash_program() -> None:
    plan = draw(claims(50), 5, 123)
    ranked = sorted(range(50), key=lambda n: hashlib.sha256(f"123:c.csv:C{n}".encode()).hexdigest())
    assert [claim.number for claim in plan.chosen] == [f"C{n}" for n in ranked[:5]]


def test_every_claim_is_as_likely_to_be_drawn() -> None:
    lines, drawn = claims(20), [0] * 20
    for seed in range(1000):
        for claim in draw(lines, 5, seed).chosen:
            drawn[int(claim.number[1:])] += 1
    assert stats.chisquare(drawn).pvalue > 0.001


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(0, 60), st.integers(0, 10**6))
def test_a_stratified_sample_has_the_size_asked_for_and_two_of_each_stratum(sizes: list[int], more: int, seed: int) -> None:
    lines = [replace(claims(1)[0], claim=f"{s}-{n}", payer=f"p{s}") for s, size in enumerate(sizes) for n in range(size)]
    least = sum(min(2, size) for size in sizes)
    plan = draw(lines, least + more, seed, "payer")
    assert len(plan.chosen) == min(least + more, len(lines)) == sum(stratum.sample for stratum in plan.strata)
    assert all(min(2, stratum.size) <= stratum.sample <= stratum.size for stratum in plan.strata)


def test_strata_by_amount_hold_equally_many_claims() -> None:
    frame = frame_of(claims(40), "amount")
    assert {claim.stratum for claim in frame if claim.amount < 110} == {"amount 1 of 4"}
    assert [sum(c.stratum == f"amount {n} of 4" for c in frame) for n in (1, 2, 3, 4)] == [10, 10, 10, 10]


def test_the_estimate_is_that_of_the_textbook() -> None:
    """Twelve of a hundred claims, the differences 0 but for three: checked against scipy's own sums."""
    lines = claims(100)
    plan = draw(lines, 12, 5)
    wrong = {claim.number: amount for claim, amount in zip(plan.chosen, (30.0, 45.5, 12.25), strict=False)}
    rows = [row(line, "repay" if line.claim in wrong else "none", wrong.get(line.claim, 0)) for line in lines]
    found = estimates(plan, rows)[0]
    values = [*wrong.values(), *[0.0] * 9]
    mean, error = sum(values) / 12, stats.tstd(values) / 12**0.5 * (1 - 12 / 100) ** 0.5
    reach = float(stats.t.ppf(0.95, 11)) * 100 * error
    assert (found.total, found.error) == (pytest.approx(100 * mean), pytest.approx(100 * error))
    assert (found.low, found.high) == (pytest.approx(100 * mean - reach), pytest.approx(100 * mean + reach))
    assert (found.freedom, found.with_difference) == (11, 3)
    assert "small sample" in found.rough


def test_strata_are_weighed_by_their_size() -> None:
    lines = claims(30, ("a", "b", "b"))
    plan = draw(lines, 9, 1, "payer")
    rows = [row(line, "repay", 10 if line.payer == "a" else 4) for line in lines]
    found = estimates(plan, rows)[0]
    assert (found.total, found.error) == (10 * 10 + 20 * 4, 0)


def test_open_lines_and_underpayments_have_estimates_of_their_own() -> None:
    lines = claims(4)
    plan = draw(lines, 4, 1)
    rows = [row(lines[0], "repay", 10), row(lines[1], "open", 5), row(lines[2], "collect", 3), row(lines[3], "correct", 1)]
    assert [found.total for found in estimates(plan, rows)] == [10, 16, 7]
    assert [found.rough for found in estimates(plan, rows)] == ["", "", ""], "all claims were looked at"


def test_where_money_is_not_known_nothing_is_estimated() -> None:
    lines = claims(4)
    rows = [replace(row(line, "repay", 1), amount=None) for line in lines]
    assert estimates(draw(lines, 4, 1), rows)[0].total is None


def test_the_lower_limit_is_under_the_truth_about_nineteen_times_in_twenty() -> None:
    chance = random.Random(4)
    lines = claims(300)
    truth = {line.claim: chance.choice([0.0, 0.0, 20.0, 40.0, 60.0]) for line in lines}
    rows = [row(line, "repay", truth[line.claim]) for line in lines]
    under = sum((estimates(draw(lines, 60, seed), rows)[0].low or 0) <= sum(truth.values()) for seed in range(300))
    assert 0.91 <= under / 300 <= 0.98


def test_a_plan_is_refused_for_other_claims_and_when_it_was_changed() -> None:
    lines = claims(40)
    told = json.loads(json.dumps(plain_plan(draw(lines, 6, 3))))
    assert drawn_again(told, lines, "plan.json") == draw(lines, 6, 3)
    for wrong, claims_ in ((told, lines[:-1]), ({**told, "chosen": told["chosen"][1:]}, lines), ({}, lines)):
        with pytest.raises(IonmError) as refused:
            drawn_again(wrong, claims_, "plan.json")
        assert refused.value.code == "bad-sample"
    with pytest.raises(IonmError, match="at least"):
        draw(lines, 1, 3)


def test_a_sample_is_drawn_compared_and_extrapolated(cli: Cli, tmp_path: Path, practice: list[Scene]) -> None:
    made = [scene for scene in practice if scene.kind in ("supported", "over-coded", "unsupported-study")]
    (tmp_path / "reports").mkdir()
    for scene in made:
        for name, text in scene.reports.items():
            (tmp_path / "reports" / name).write_text(text)
    (tmp_path / "claims").mkdir()
    for number, half in enumerate((made[::2], made[1::2])):
        (tmp_path / "claims" / f"{number}.csv").write_bytes(csv_of([line for scene in half for line in scene.lines]))
    drawn = cli("sample", "claims/1.csv", "claims/0.csv", "--size", "4", "--seed", "11", "--out", "plan.json", "--jsonl")
    chosen = [json.loads(line)["claim"] for line in drawn.out.splitlines()]
    assert (drawn.code, len(chosen)) == (0, 4)
    assert json.loads((tmp_path / "plan.json").read_text())["seed"] == 11
    done = cli("compare", "claims", "reports", "--payer", "medicare", "--sample", "plan.json", "--jsonl")
    *rows, _, estimate = map(json.loads, done.out.splitlines())
    assert {row["claim"] for row in rows} == set(chosen)
    assert estimate["estimate"]["formula"].startswith("T = sum N*y")
    assert estimate["estimate"]["seed"] == 11
    first = estimate["estimate"]["totals"][0]
    assert first["what"] == "overpaid"
    assert first["lower_limit"] <= first["total"] <= first["upper_limit"]
