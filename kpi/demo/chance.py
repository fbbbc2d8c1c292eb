"""Chance: drawing days, words and turns, siblings alike."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kpi.demo.days import Flags, Rows

Bands = Sequence[tuple[int, int, float]]  # fewest, most, share


def drawn(bands: Bands, size: int | tuple[int, ...], rng: Generator) -> NDArray[np.int64]:
    """Return whole numbers that lie in each of `bands` as often as its share."""
    low, high, share = (np.array(part) for part in zip(*bands, strict=True))
    band = rng.choice(len(bands), p=share, size=size)
    return rng.integers(low[band], high[band] + 1)


def choose(shares: Mapping[str, float], size: int, rng: Generator) -> NDArray:
    """Return `size` of the words of `shares`, each as often as its share."""
    weight = np.array(list(shares.values()))
    return rng.choice(np.array(list(shares), object), p=weight / weight.sum(), size=size)


def in_turn(shares: NDArray, rng: Generator) -> Flags:
    """Return flags of which each stretch holds its share: chance without luck's long runs."""
    total = np.floor(np.cumsum(shares) + rng.random())
    return np.diff(total, prepend=0) > 0


def together(keys: NDArray, rng: Generator) -> NDArray[np.float64]:
    """Return one random number for each row, the same for rows of one key."""
    unique, inverse = np.unique(keys, return_inverse=True)
    return rng.random(len(unique))[inverse]


def families_first(family: Rows, number: int, rng: Generator) -> Flags:
    """Return flags of `number` rows, those of one family one after another; all if fewer."""
    chosen = np.zeros(len(family), bool)
    order = np.argsort(together(family, rng), kind="stable")
    chosen[order[: max(int(number), 0)]] = True
    return chosen
