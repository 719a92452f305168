"""Which headings are proposed for a passage, and which passages get none: a threshold that follows from the study.

A heading is proposed where its chance is at least half of the best F1 that the chances let expect: showing a heading
less likely than that would take more precision than it brings recall (Lipton, Elkan & Naryanaswamy 2014, doi
10.1007/978-3-662-44851-9_15). A study that can be read clearly gets a high threshold and is silent on the rest; where
everything is unclear the threshold is low, and the best guess is still shown. Two headings are proposed where both
reach it.
"""

import numpy as np

from qualkit.index.interface import Floats

MOST = 3  # headings a passage


def threshold(chances: Floats, silence: float = 1.0) -> float:
    """The least chance of a heading that is shown. `chances`: passages x headings.

    `silence` moves it: 2 shows only what is twice as likely, 0 shows three headings for every passage.
    """
    likely = np.sort(chances[chances > 0])[::-1]
    if not len(likely):
        return 0.0
    shown = np.arange(1, len(likely) + 1)
    best = float((2 * np.cumsum(likely) / (shown + likely.sum())).max())
    return silence * best / 2


def shown(chances: Floats, least: float) -> list[list[int]]:
    """For each passage the headings to show, best first."""
    order = np.argsort(-chances, axis=1, kind="stable")[:, :MOST]
    return [[int(n) for n in best if row[n] > 0 and row[n] >= least] for row, best in zip(chances, order, strict=True)]
