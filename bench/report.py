"""What came of a round, in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

PROMISED: Final[Mapping[str, tuple[float, float]]] = {
    "GET /products": (500.0, 150.0),
    "PUT /cart": (50.0, 400.0),
    "POST /checkouts": (50.0, 400.0),
}
"""At least so many a second, of which nineteen in twenty within so many milliseconds."""

SHOWN_WITHIN_SECONDS: Final = 2.0
DELIVERED_WITHIN_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How one call did."""

    per_second: float
    p50_ms: float
    p95_ms: float
    errors: int

    @classmethod
    def of(cls, stat: Mapping[str, Any]) -> "Figures":
        """Read what locust wrote of a call."""
        times = {float(ms): int(count) for ms, count in stat["response_times"].items()}
        seconds = max(1e-9, stat["last_request_timestamp"] - stat["start_time"])
        return cls(
            per_second=round(stat["num_requests"] / seconds, 1),
            p50_ms=percentile(times, 0.50),
            p95_ms=percentile(times, 0.95),
            errors=int(stat["num_failures"]),
        )


@dataclass(frozen=True, slots=True)
class Round:
    """One round: every call's figures, and what was seen beside them."""

    calls: Mapping[str, Figures]
    seconds_to_show: Sequence[float]
    seconds_to_deliver: float
    oversold: int
    kept_share: float | None
    """How many of the lists were answered out of what was kept."""

    def broken(self) -> list[str]:
        """What is not as promised."""
        wrong = [
            f"{name}: {figures.per_second}/s, p95 {figures.p95_ms:.0f} ms, {figures.errors} errors"
            for name, figures in self.calls.items()
            if _is_less(name, figures)
        ]
        wrong += [f"{self.oversold} listings oversold"] if self.oversold else []
        slowest = max(self.seconds_to_show, default=0.0)
        wrong += [f"a price shown after {slowest:.1f} s"] if slowest > SHOWN_WITHIN_SECONDS else []
        late = self.seconds_to_deliver > DELIVERED_WITHIN_SECONDS
        return wrong + ([f"events delivered after {self.seconds_to_deliver:.0f} s"] if late else [])


def percentile(times: Mapping[float, int], share: float) -> float:
    """The time within which this share was answered."""
    left = share * sum(times.values())
    for ms in sorted(times):
        left -= times[ms]
        if left <= 0:
            return ms
    return 0.0


def medians(rounds: Sequence[Round]) -> Round:
    """The median of every figure over some rounds; what may never happen is the worst of them: errors, overselling."""
    calls = {name: _middle([one.calls[name] for one in rounds]) for name in sorted(rounds[0].calls)}
    return Round(
        calls=calls,
        seconds_to_show=[median(max(one.seconds_to_show, default=0.0) for one in rounds)],
        seconds_to_deliver=median(one.seconds_to_deliver for one in rounds),
        oversold=max(one.oversold for one in rounds),
        kept_share=median(one.kept_share or 0.0 for one in rounds),
    )


def _middle(told: Sequence[Figures]) -> Figures:
    return Figures(
        per_second=median(one.per_second for one in told),
        p50_ms=median(one.p50_ms for one in told),
        p95_ms=median(one.p95_ms for one in told),
        errors=max(one.errors for one in told),
    )


def _is_less(name: str, figures: Figures) -> bool:
    rate, p95 = PROMISED.get(name, (0.0, float("inf")))
    return figures.per_second < rate or figures.p95_ms > p95 or figures.errors > 0
