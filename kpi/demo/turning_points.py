"""Turning points in care: a new home, a court's order, new terms with carers, days away."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from kpi.demo.chance import choose
from kpi.demo.days import END, OPEN, Days

LEGAL_STATUS = {"V2": 0.38, "C1": 0.48, "L2": 0.06, "L1": 0.08}
AWAY = {"T3": 0.45, "T1": 0.15, "T2": 0.15, "T4": 0.2, "T0": 0.05}


def invent(homes: pd.DataFrame, care: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return, by period and day, what begins an episode: home and place, ls, terms, or away.

    homes: as `placements` gives them · care: child, start, end, alone, adopted
    """
    placed = homes.reset_index(names="home").rename(columns={"start": "day"})
    placed = placed[["period", "day", "home", "place"]]
    laws = _laws(care, placed, rng)
    terms = _new_terms(homes, care, laws, rng)
    events = pd.concat([placed, laws, terms]).groupby(["period", "day"], as_index=False).first()
    events = pd.concat([events, _absences(homes, events, rng)])
    return events.sort_values(["period", "day"], ignore_index=True)


def _laws(care: pd.DataFrame, placed: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return legal statuses: an agreement or an order first, then interim and full care orders."""
    start, end = care["start"].to_numpy(), np.minimum(care["end"].to_numpy(), END + 1)
    count, alone = len(care), care["alone"].to_numpy()
    first = np.where(alone, "V2", choose(LEGAL_STATUS, count, rng))
    agreed, interim = first == "V2", first == "C1"
    after_agreed = 40 + 160 * rng.random(count)
    after_interim = 150 + 140 * rng.random(count)
    then = (start + np.select([agreed, interim], [after_agreed, after_interim], 5)).astype(int)
    turns = np.where(agreed, rng.random(count) < 0.28, rng.random(count) < 0.85) & ~alone
    lastly = then + 170 + (80 * rng.random(count)).astype(int)
    settles = turns & ~interim & (rng.random(count) < 0.75)
    period = np.arange(count)
    second = np.where(interim, "C2", "C1")
    laws = pd.concat(
        [
            pd.DataFrame({"period": period, "day": start, "ls": first}),
            pd.DataFrame({"period": period, "day": then, "ls": second})[turns & (then < end - 3)],
            pd.DataFrame({"period": period, "day": lastly, "ls": "C2"})[
                settles & (lastly < end - 3)
            ],
        ]
    )
    return laws.assign(day=_drawn_to(laws, placed, rng, share=0.17))


def _drawn_to(
    changes: pd.DataFrame, others: pd.DataFrame, rng: Generator, *, share: float, near: int = 60
) -> Days:
    """Return the days of `changes`, a `share` of them moved to the next of `others`, if near.

    Now and then the court's order is what moves the child: both happen on one day.
    """
    key = np.sort((others["period"] * OPEN + others["day"]).to_numpy())
    own = (changes["period"] * OPEN + changes["day"]).to_numpy()
    following = np.append(key, 10 * key[-1])[np.searchsorted(key, own)]
    moved = (following - own < near) & (rng.random(len(changes)) < share)
    return np.where(moved, following, own) % OPEN


def _new_terms(
    homes: pd.DataFrame, care: pd.DataFrame, laws: pd.DataFrame, rng: Generator
) -> pd.DataFrame:
    """Return the days on which carers stayed on new terms: for the long term, or adopting."""
    long = homes[(np.minimum(homes["end"], END) - homes["start"]) > 420]
    adopting = care["adopted"].to_numpy()[long["period"]] & (long["place"] != "A6").to_numpy()
    matched = (long["place"] == "U6").to_numpy() & (rng.random(len(long)) < 0.18)
    changed = matched | adopting
    terms = long[changed].rename(columns={"start": "day"})[["period", "day", "end"]]
    terms = terms.assign(terms=np.where(adopting, "A5", "U4")[changed])
    terms["day"] += rng.integers(200, 400, len(terms))
    by_order = _drawn_to(terms, laws, rng, share=0.8, near=150)
    terms["day"] = np.where(by_order < terms["end"], by_order, terms["day"])
    return terms.drop(columns="end")


def _absences(homes: pd.DataFrame, events: pd.DataFrame, rng: Generator) -> pd.DataFrame:
    """Return some days away and back: a holiday, hospital, respite with other carers."""
    long = homes[np.minimum(homes["end"], END) - homes["start"] > 60]
    long = long[~long["place"].isin(["K3", "H5", "P2"])]
    stays = long.sample(frac=0.16, random_state=rng)
    period, start = stays["period"].to_numpy(), stays["start"].to_numpy()
    room = np.minimum(stays["end"], END).to_numpy() - start - 45
    out = start + 12 + (room * rng.random(len(stays))).astype(int)
    back = out + rng.integers(2, 19, len(stays))
    key = (events["period"] * OPEN + events["day"]).to_numpy()
    clear = np.searchsorted(key, period * OPEN + out - 1) == np.searchsorted(
        key, period * OPEN + back + 2
    )
    away = choose(AWAY, len(stays), rng)
    return pd.concat(
        [
            pd.DataFrame({"period": period, "day": out, "away": away})[clear],
            pd.DataFrame({"period": period, "day": back, "away": ""})[clear],
        ]
    )
