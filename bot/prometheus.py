"""Counters and histograms that any thread may add to, and the text in which Prometheus reads them.

The format: https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from threading import Lock

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SERIES_MOST = 300
"""How many combinations of labels one family keeps; more of them are counted together under `other`."""

OTHER = "other"


class Counter:
    """Only ever grows, by combination of labels."""

    def __init__(self, name: str, meaning: str, *labels: str) -> None:
        self._name = name
        self._meaning = meaning
        self._labels = labels
        self._counts: dict[tuple[str, ...], float] = {}
        self._lock = Lock()

    def add(self, *values: str) -> None:
        """One more of these labels."""
        with self._lock:
            key = _bounded(values, self._counts)
            self._counts[key] = self._counts.get(key, 0) + 1

    def lines(self) -> Iterator[str]:
        """What Prometheus reads of it."""
        with self._lock:
            counts = sorted(self._counts.items())
        yield from _head(self._name, self._meaning, "counter")
        for values, count in counts:
            yield _sample(self._name, dict(zip(self._labels, values, strict=True)), count)


class Histogram:
    """How many observations were at most each of some bounds, their number and their sum, by combination of labels."""

    def __init__(self, name: str, meaning: str, *labels: str, bounds: Sequence[float]) -> None:
        self._name = name
        self._meaning = meaning
        self._labels = labels
        self._bounds = tuple(bounds)
        self._counts: dict[tuple[str, ...], list[int]] = {}
        self._sums: dict[tuple[str, ...], float] = {}
        self._lock = Lock()

    def observe(self, amount: float, *values: str) -> None:
        """One more observation of these labels."""
        place = bisect_left(self._bounds, amount)
        with self._lock:
            key = _bounded(values, self._counts)
            counts = self._counts.get(key)
            if counts is None:
                counts = self._counts[key] = [0] * (len(self._bounds) + 1)
                self._sums[key] = 0.0
            counts[place] += 1
            self._sums[key] += amount

    def lines(self) -> Iterator[str]:
        """What Prometheus reads of it."""
        with self._lock:
            series = [(values, list(counts), self._sums[values]) for values, counts in sorted(self._counts.items())]
        yield from _head(self._name, self._meaning, "histogram")
        for values, counts, total in series:
            labels = dict(zip(self._labels, values, strict=True))
            for bound, count in zip((*map(_number, self._bounds), "+Inf"), accumulate(counts), strict=True):
                yield _sample(f"{self._name}_bucket", labels | {"le": bound}, count)
            yield _sample(f"{self._name}_sum", labels, total)
            yield _sample(f"{self._name}_count", labels, sum(counts))


def readings(
    name: str, meaning: str, amounts: Iterable[tuple[Mapping[str, str], float]], *, kind: str = "gauge"
) -> Iterator[str]:
    """The lines of a family that is read anew each time: pairs of labels and amount."""
    yield from _head(name, meaning, kind)
    for labels, amount in amounts:
        yield _sample(name, labels, amount)


def _bounded(values: tuple[str, ...], known: Mapping[tuple[str, ...], object]) -> tuple[str, ...]:
    if values in known or len(known) < SERIES_MOST:
        return values
    return (OTHER,) * len(values)


def _head(name: str, meaning: str, kind: str) -> tuple[str, str]:
    escaped = meaning.replace("\\", r"\\").replace("\n", r"\n")
    return f"# HELP {name} {escaped}", f"# TYPE {name} {kind}"


def _sample(name: str, labels: Mapping[str, str], amount: float) -> str:
    shown = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    return f"{name}{{{shown}}} {_number(amount)}" if shown else f"{name} {_number(amount)}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(amount: float) -> str:
    return str(int(amount)) if float(amount).is_integer() else repr(float(amount))
