"""The few distributions that pilots need, on scipy's special functions: `scipy.stats` takes seconds to import."""

from typing import Any


def binomial(counts: Any, n: int, p: float) -> Any:
    """The chance of each of these counts out of `n`, for one share `p`."""
    import numpy as np
    from scipy.special import gammaln, xlog1py, xlogy

    k = np.asarray(counts, dtype=float)
    return np.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + xlogy(k, p) + xlog1py(n - k, -p))


def normal_below(z: float) -> float:
    """The standard normal below `z`."""
    from scipy.special import ndtr

    return float(ndtr(z))


def normal_edge(below: float) -> float:
    """Where the standard normal has this much below it."""
    from scipy.special import ndtri

    return float(ndtri(below))


def student_edge(below: float, freedom: float) -> float:
    """The same for Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, below))


def shifted_student_above(edge: float, freedom: float, shift: float) -> float:
    """The noncentral t above `edge`."""
    from scipy.special import nctdtr

    return 1.0 - float(nctdtr(freedom, shift, edge))


def beta_edge(below: float, a: float, b: float) -> float:
    """Where the beta distribution has this much below it."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, below))


def chi_squared_edge(below: float, freedom: float) -> float:
    """Where chi-squared has this much below it."""
    from scipy.special import gammaincinv

    return 2.0 * float(gammaincinv(freedom / 2, below))


def chi_squared_below(value: float, freedom: float) -> float:
    """Chi-squared below `value`."""
    from scipy.special import gammainc

    return float(gammainc(freedom / 2, value / 2))


def f_edge(below: float, over: float, under: float) -> float:
    """Where the F distribution has this much below it."""
    from scipy.special import fdtri

    return float(fdtri(over, under, below))


def f_below(value: float, over: float, under: float) -> float:
    """The F distribution below `value`."""
    from scipy.special import fdtr

    return float(fdtr(over, under, value))
