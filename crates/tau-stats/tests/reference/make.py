"""Reference values for tau-stats, from scipy, statsmodels and krippendorff.

Run by hand when an estimator changes: python make.py > reference.json. The inputs are made here from
a fixed seed, so that neither side can be fitted to the other.
"""

import json
from importlib.metadata import version
from math import comb

import krippendorff
import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(20261121)


def interval(low, high):
    return [float(low), float(high)]


def effective_wilson(values, total):
    """Wilson's interval at the effective sample size, with t for z: the libraries' form of it is the
    normal one, so the quantile's square scales the sample. At 0 or 1 the tasks are counted."""
    tasks, rate = len(values), float(np.mean(values))
    alone = rate * (1 - rate) / total
    if alone > 0:
        effective = total / max(1.0, np.var(values, ddof=1) / tasks / alone)
    else:
        effective = tasks
    scale = (stats.norm.ppf(0.975) / stats.t.ppf(0.975, tasks - 1)) ** 2
    return proportion_confint(
        rate * effective * scale, effective * scale, alpha=0.05, method="wilson"
    )


def flats():
    """Nothing flipped: every task passes (or fails) on both sides, or changes by the same amount. Newcombe's
    square-root form on the two Wilson intervals."""
    for tasks, attempts, before, after in [(12, 3, 3, 3), (30, 2, 0, 0), (20, 4, 3, 2)]:
        drawn = [[[1] * s + [0] * (attempts - s)] * tasks for s in (before, after)]
        p0, p1 = before / attempts, after / attempts
        (l0, u0), (l1, u1) = (
            effective_wilson(np.full(tasks, p), tasks * attempts) for p in (p0, p1)
        )
        yield {
            "baseline": drawn[0],
            "treated": drawn[1],
            "interval": interval(
                p1 - p0 - np.hypot(p1 - l1, u0 - p0), p1 - p0 + np.hypot(u1 - p1, p0 - l0)
            ),
        }


def plans():
    """The smallest drop that is found with 80 % power, before any data (w = 0.2, m = 0.15)."""
    for tasks, trials in [(20, 3), (50, 3), (50, 5), (115, 5)]:
        quantiles = stats.t.ppf(0.975, tasks - 1) + stats.t.ppf(0.8, tasks - 1)
        yield [tasks, trials, float(quantiles * np.sqrt((0.2**2 + 0.3 / trials) / tasks))]


def studies():
    """Tasks by attempts under two conditions, with the paired t interval and pass^k."""
    for tasks, attempts in [(10, 3), (24, 1), (50, 5), (115, 3)]:
        p = random.beta(2, 1.5, tasks)
        drawn = [
            (random.random((tasks, attempts)) < rate[:, None]).astype(int)
            for rate in (p, np.clip(p - 0.15, 0, 1))
        ]
        means = [d.mean(axis=1) for d in drawn]
        difference = stats.ttest_rel(means[1], means[0]).confidence_interval(0.95)
        rate = float(means[0].mean())
        total = tasks * attempts
        wilson = effective_wilson(means[0], total)
        k = min(2, attempts)
        values, treated = (
            np.array([comb(int(s), k) / comb(attempts, k) for s in d.sum(axis=1)]) for d in drawn
        )
        both = stats.ttest_rel(treated, values).confidence_interval(0.95)
        yield {
            "baseline": drawn[0].tolist(),
            "treated": drawn[1].tolist(),
            "rate": rate,
            "rate_interval": interval(*wilson),
            "difference": float((means[1] - means[0]).mean()),
            "difference_interval": interval(
                max(-1, difference.low), min(1, difference.high)
            ),
            "k": k,
            "pass_k": float(np.mean(values)),
            "pass_k_interval": interval(*effective_wilson(values, total)),
            "pass_k_difference": float((treated - values).mean()),
            "pass_k_difference_interval": interval(max(-1, both.low), min(1, both.high)),
        }


def sign_flips():
    """Exact permutation tests of the mean of differences."""
    for tasks in (6, 10, 13):
        d = np.round(random.normal(-0.2, 0.4, tasks) * 4) / 4
        found = stats.permutation_test(
            (d,), lambda x, axis: np.mean(x, axis=axis), permutation_type="samples",
            n_resamples=np.inf, alternative="two-sided", vectorized=True,
        )
        # Ties at rounding distance count, as they do in the crate.
        signs = np.array(np.meshgrid(*[[-1, 1]] * tasks)).reshape(tasks, -1)
        sums = np.abs((signs * d[:, None]).sum(axis=0))
        exact = float((sums >= abs(d.sum()) - 1e-9).mean())
        assert abs(exact - float(found.pvalue)) < 1e-9, (exact, found.pvalue)
        yield {"differences": d.tolist(), "p": exact}


def clustered():
    """Cluster-robust standard error of a mean; statsmodels' small-sample factor is taken apart."""
    for clusters in (12, 30):
        groups = random.integers(0, clusters, 120)
        values = random.random(120) + groups / clusters
        fit = OLS(values, np.ones(120)).fit(
            cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True}
        )
        present = len(set(groups.tolist()))
        # statsmodels: C/(C-1) * (N-1)/(N-1); with one regressor the second factor is 1.
        half = stats.t.ppf(0.975, present - 1) * float(fit.bse[0])
        mean = float(values.mean())
        yield {
            "rows": [[int(g), float(v)] for g, v in zip(groups, values)],
            "mean": mean,
            "standard_error": float(fit.bse[0]),
            "interval": interval(mean - half, mean + half),
        }


def slopes():
    """Per-task least squares, then a t interval over the slopes."""
    for tasks, levels in [(12, [0, 1, 2, 3, 4]), (40, [0, 2, 3])]:
        table = random.integers(0, 2, (tasks, len(levels), 3))
        y = table.mean(axis=2)
        b = np.array([stats.linregress(levels, row).slope for row in y])
        low, high = stats.t.interval(0.95, tasks - 1, b.mean(), stats.sem(b))
        yield {
            "levels": levels,
            "attempts": table.tolist(),
            "slope": float(b.mean()),
            "interval": interval(low, high),
        }


def kappas():
    for size in (20, 200):
        one = random.integers(0, 3, size)
        other = np.where(random.random(size) < 0.7, one, random.integers(0, 3, size))
        table = np.zeros((3, 3))
        for a, b in zip(one, other):
            table[a, b] += 1
        found = cohens_kappa(table)
        yield {
            "pairs": [[int(a), int(b)] for a, b in zip(one, other)],
            "kappa": float(found.kappa),
            "interval": interval(max(-1, found.kappa_low), min(1, found.kappa_upp)),
        }


def alphas():
    for raters, size in [(2, 30), (4, 60)]:
        truth = random.integers(0, 5, size)
        table = np.array(
            [np.clip(truth + random.integers(-1, 2, size), 0, 4) for _ in range(raters)], float
        )
        table[random.random(table.shape) < 0.15] = np.nan
        units = [[None if np.isnan(v) else float(v) for v in unit] for unit in table.T]
        yield {
            "units": units,
            "alpha": {
                scale: float(krippendorff.alpha(table, level_of_measurement=scale))
                for scale in ("nominal", "ordinal", "interval")
            },
        }


def measures():
    """Turns, calls, money or time of two conditions, paired by task; attempts may differ in number."""
    for tasks in (11, 60):
        usual = random.gamma(3, 4, tasks)
        sides = [
            [
                np.round(random.gamma(9, usual[i] * factor / 9, random.integers(1, 4)), 3)
                for i in range(tasks)
            ]
            for factor in (1.0, 1.2)
        ]
        means = [np.array([values.mean() for values in side]) for side in sides]
        found = stats.ttest_rel(means[1], means[0]).confidence_interval(0.95)
        yield {
            "baseline": [values.tolist() for values in sides[0]],
            "treated": [values.tolist() for values in sides[1]],
            "difference": float((means[1] - means[0]).mean()),
            "interval": interval(found.low, found.high),
        }


print(
    json.dumps(
        {
            "made_with": {
                "scipy": scipy.__version__,
                "statsmodels": statsmodels.__version__,
                "numpy": np.__version__,
                "krippendorff": version("krippendorff"),
            },
            "studies": list(studies()),
            "sign_flips": list(sign_flips()),
            "mcnemar": [
                [b, f, float(mcnemar([[0, b], [f, 0]], exact=True).pvalue)]
                for b, f in [(0, 0), (1, 0), (3, 9), (12, 12), (40, 21)]
            ],
            "holm": [
                {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()}
                for p in ([0.01, 0.04, 0.03], [0.5], [0.2, 0.2, 0.001, 0.9])
            ],
            "clustered": list(clustered()),
            "slopes": list(slopes()),
            "kappas": list(kappas()),
            "alphas": list(alphas()),
            "flats": list(flats()),
            "plans": list(plans()),
            "measures": list(measures()),
        }
    )
)
