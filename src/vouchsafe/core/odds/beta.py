"""A chance that is itself not known for sure: the Beta distribution, its mean and its interval."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, log1p


@dataclass(frozen=True, slots=True)
class Beta:
    """Belief about a chance, worth `a + b` outcomes of which `a` were hits."""

    a: float
    b: float

    @classmethod
    def of(cls, mean: float, weight: float) -> Beta:
        """The belief with this mean that counts as much as `weight` outcomes."""
        return cls(mean * weight, (1 - mean) * weight)

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    def after(self, hits: int, misses: int) -> Beta:
        """The belief once these outcomes have been seen."""
        return Beta(self.a + hits, self.b + misses)

    def interval(self, share: float = 0.8) -> tuple[float, float]:
        """The middle `share` of the belief: from its (1 - share) / 2 quantile to its opposite."""
        tail = (1 - share) / 2
        return quantile(self.a, self.b, tail), quantile(self.a, self.b, 1 - tail)


@lru_cache(maxsize=4096)
def quantile(a: float, b: float, share: float) -> float:
    """The chance below which `share` of Beta(a, b) lies, to about 1e-12."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if below(a, b, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def below(a: float, b: float, x: float) -> float:
    """The share of Beta(a, b) below `x`: the regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast only on the near side of the mean
        return 1 - below(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _continued_fraction(a, b, x)


def _continued_fraction(a: float, b: float, x: float) -> float:
    """1 / (1 + d1 / (1 + d2 / (1 + …))), worked out from its far end (NIST DLMF 8.17.22).

    It settles after a few times the square root of the larger parameter.
    """
    tail = 1.0
    for m in range(20 + int(3 * max(a, b) ** 0.5), 0, -1):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m - 1) * (a + b + m - 1) * x / ((a + 2 * m - 2) * (a + 2 * m - 1))
        tail = 1 + odd / (1 + even / tail)
    return 1 / tail
