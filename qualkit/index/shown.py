"""Which headings are proposed for a passage, and which passages get none. Both bounds follow from the study.

**Silence.** The study is read once more with the headings shuffled: what each step says of a heading is given to
another step of the same talk. A passage stays without a heading where it fits the headings as badly as the worst
quarter of the shuffled passages does.

**Several headings.** The best one is proposed; a further one where its chance is at least half of the best F1 that the
chances let expect, since less likely ones would take more precision than they bring recall (Lipton, Elkan &
Naryanaswamy 2014, doi 10.1007/978-3-662-44851-9_15).

`silence` moves both: at 0 every passage gets three headings, at 1 they are as above, at 2 half of the shuffled passages
must be beaten, at 4 all of them.
"""

from dataclasses import dataclass

import numpy as np

from qualkit.index.interface import Floats

MOST = 3  # headings a passage
BEATEN = 0.25  # share of the shuffled passages that a passage must fit better than, at silence 1


@dataclass(frozen=True)
class Bounds:
    """`fit`: of a passage that gets headings at all; `further`: the chance of a heading after the first."""

    fit: float
    further: float


def bounds(chances: Floats, shuffled: Floats, silence: float = 1.0) -> Bounds:
    """`chances`: passages x headings; `shuffled`: passages, how well each fits shuffled headings."""
    share = min(1.0, BEATEN * silence)
    fit = float(np.quantile(shuffled, share)) if share > 0 and len(shuffled) else 0.0
    return Bounds(fit, silence * best_f1(chances) / 2)


def best_f1(chances: Floats) -> float:
    """The F1 that is expected where just those headings are shown that make it as large as it can be."""
    likely = np.sort(chances[chances > 0])[::-1]
    if not len(likely):
        return 0.0
    count = np.arange(1, len(likely) + 1)
    return float((2 * np.cumsum(likely) / (count + likely.sum())).max())


def shown(chances: Floats, fits: Floats, least: Bounds) -> list[list[int]]:
    """For each passage the headings to show, best first. `fits`: passages."""
    order = np.argsort(-chances, axis=1, kind="stable")[:, :MOST]
    return [
        [int(n) for place, n in enumerate(best) if fit >= least.fit and (place == 0 or row[n] >= least.further)]
        for row, fit, best in zip(chances, fits, order, strict=True)
    ]
