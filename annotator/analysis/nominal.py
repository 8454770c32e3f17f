"""Agreement on categories, from counts: observed agreement, kappa, pi, Fleiss' kappa, S and nominal alpha.

All of them need only how often each pair of annotators agrees and how often each annotator used each category. Both can
be added up over articles, so a bootstrap costs one multiplication. Every function takes counts with any leading axes
(the replicates) and returns one number for each, NaN where the measure is undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from msgspec import Struct

from annotator.analysis.assignment import Numbers


class Counts(Struct, frozen=True):
    """Items that every annotator put into one category each.

    ``agree`` has the shape (…, pairs): on how many items both of a pair agree, pairs as (0, 1), (0, 2) … (1, 2) ….
    ``used`` has the shape (…, annotators, categories): how many items an annotator put there.
    """

    agree: Numbers
    used: Numbers

    @property
    def items(self) -> Numbers:
        """How many items there are."""
        total: Numbers = self.used[..., 0, :].sum(axis=-1)
        return total

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs of annotators, as ``agree`` has them."""
        coders = self.used.shape[-2]
        return [(i, j) for i in range(coders) for j in range(i + 1, coders)]


Statistic = Callable[[Counts], Numbers]


def counts(labels: Sequence[Sequence[Hashable]]) -> Counts:
    """Count labels, one sequence for each annotator, all of one length; raises ValueError when they are not."""
    categories = {label: number for number, label in enumerate(dict.fromkeys(x for row in labels for x in row))}
    used = np.zeros((len(labels), len(categories)))
    for coder, row in enumerate(labels):
        for label in row:
            used[coder, categories[label]] += 1
    pairs = [(a, b) for at, a in enumerate(labels) for b in labels[at + 1 :]]
    agree = [sum(x == y for x, y in zip(a, b, strict=True)) for a, b in pairs]
    return Counts(np.array(agree, dtype=np.float64), used)


def observed(of: Counts) -> Numbers:
    """Observed agreement: the share of items on which two annotators agree, averaged over all pairs of annotators.

    Artstein & Poesio 2008, Inter-coder agreement for computational linguistics, sections 2.2 and 2.5; for more than
    two annotators as in Fleiss 1971.
    """
    with np.errstate(invalid="ignore"):
        share: Numbers = of.agree.mean(axis=-1) / of.items
    return share


def cohen_kappa(of: Counts) -> Numbers:
    """Cohen's kappa (Cohen 1960, A coefficient of agreement for nominal scales): chance from each one's own habits.

    For more than two annotators the mean over their pairs (Light 1971).
    """
    shares = _shares(of)
    expected = np.stack([(shares[..., i, :] * shares[..., j, :]).sum(axis=-1) for i, j in of.pairs], axis=-1)
    return np.asarray(_corrected(_by_pair(of), expected).mean(axis=-1))


def scott_pi(of: Counts) -> Numbers:
    """Scott's pi (Scott 1955, Reliability of content analysis): chance from the habits both have together.

    For more than two annotators the mean over their pairs; Fleiss' kappa is the other way to have many.
    """
    shares = _shares(of)
    both = [((shares[..., i, :] + shares[..., j, :]) ** 2).sum(axis=-1) / 4 for i, j in of.pairs]
    return np.asarray(_corrected(_by_pair(of), np.stack(both, axis=-1)).mean(axis=-1))


def bennett_s(of: Counts) -> Numbers:
    """S of Bennett, Alpert & Goldstein 1954: chance as if all categories that were used by anybody were as likely."""
    used = (of.used.sum(axis=-2) > 0).sum(axis=-1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _corrected(observed(of), 1 / used)


def fleiss_kappa(of: Counts) -> Numbers:
    """Fleiss' kappa (Fleiss 1971, Measuring nominal scale agreement among many raters); with two, Scott's pi."""
    expected = (_shares(of).mean(axis=-2) ** 2).sum(axis=-1)
    return _corrected(observed(of), expected)


def alpha_nominal(of: Counts) -> Numbers:
    """Krippendorff's alpha for nominal data without missing values (Krippendorff 2011, section B).

    1 - D_o / D_e with the coincidence matrix's totals n_c over all annotators; chance without replacement. Data with
    missing values go through ``krippendorff.alpha``.
    """
    coders = of.used.shape[-2]
    totals = of.used.sum(axis=-2)
    values = totals.sum(axis=-1)
    # Each agreeing pair counts twice in the matrix, divided by the annotators minus one.
    return from_coincidences(2 * of.agree.sum(axis=-1) / (coders - 1), totals, values)


def from_coincidences(agreeing: Numbers, totals: Numbers, values: Numbers) -> Numbers:
    """Nominal alpha from a coincidence matrix: its diagonal's sum, its margins n_c (…, categories) and their sum n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        disagreeing = values**2 - (totals**2).sum(axis=-1)
        alpha: Numbers = 1 - (values - 1) * (values - agreeing) / disagreeing
    return np.where(disagreeing > 0, alpha, np.nan)


def _shares(of: Counts) -> Numbers:
    with np.errstate(invalid="ignore"):
        shares: Numbers = of.used / of.items[..., None, None]
    return shares


def _by_pair(of: Counts) -> Numbers:
    with np.errstate(invalid="ignore"):
        shares: Numbers = of.agree / of.items[..., None]
    return shares


def _corrected(agreement: Numbers, chance: Numbers) -> Numbers:
    """Agreement beyond chance, (A_o - A_e) / (1 - A_e); undefined when chance agreement is 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        corrected: Numbers = (agreement - chance) / (1 - chance)
    return np.where(chance < 1, corrected, np.nan)
