"""Quantiles of Student's t distribution, without a library for statistics; read this only to check them."""

from __future__ import annotations

from functools import cache
from math import exp, lgamma, log, log1p

_STEPS = 400
_SMALL = 1e-15


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """The value under which Student's t with so many degrees of freedom lies with this probability (over one half).

    Raises ValueError outside these. By bisection on the distribution; exact to ten digits.
    """
    if not 0.5 < probability < 1 or freedom < 1:
        raise ValueError(f"no quantile of t for {probability} and {freedom} degrees of freedom")
    low, high = 0.0, 1.0
    while _cumulative(high, freedom) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _cumulative(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def _cumulative(t: float, freedom: int) -> float:
    """The distribution of t for t >= 0."""
    return 1 - _beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function by its continued fraction (Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            step = c * d
            value *= step
        if abs(step - 1) < _SMALL:
            break
    return value


def _away(value: float) -> float:
    """The value, kept from zero, by which it is divided."""
    return value if abs(value) > 1e-300 else 1e-300
