"""Parameters that make each rule bite on a micro-week about as often as not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from random import Random

from scheduler.forces import DutyKind, Force
from scheduler.moments import DAY_MINUTES, Span
from scheduler.rule import Parameter, Scope
from tests.builders import SHIFTS
from tests.scheduler.micro_duties import AREAS
from tests.scheduler.micro_weeks import MONDAYS

Sample = Callable[[Random], dict[str, Parameter]]

_SAMPLES: dict[str, Sample] = {
    "balance-of-hours": lambda rng: {"double_after_minutes": rng.choice((0, 300, 480, 1000))},
    "consecutive-nights": lambda rng: {"maximum_nights": rng.choice((0, 1, 1, 2))},
    "days-off": lambda rng: {
        "dates": tuple(
            (monday + timedelta(days=rng.randrange(14))).isoformat()
            for monday in MONDAYS
            for _ in range(4)
        )
    },
    "even-duties-of-a-kind": lambda rng: {
        "shifts": rng.choice(((), ("night",), ("early", "late"))),
        "kinds": rng.choice(((), ("patrol", "guard"))),
    },
    "forbidden-successions": lambda rng: {
        "successions": tuple(
            rng.sample([f"{first}>{then}" for first in SHIFTS for then in SHIFTS], 6)
        )
    },
    "force-ratio": lambda rng: {"soldiers_per_officer": rng.randint(1, 2)},
    "forbidden-tasks": lambda _: {"tasks": ("arrest",)},
    "freeze-before-duty": lambda rng: {"freeze_minutes": rng.choice((0, 0, 60, 1440))},
    "hours-in-24h": lambda rng: {"maximum_minutes": rng.choice((600, 720, 900))},
    "hours-in-rolling-week": lambda rng: {"maximum_minutes": rng.choice((1200, 1800, 3000))},
    "hours-in-reference-period": lambda rng: {
        "weekly_minutes": rng.choice((300, 600, 1500)),
        "months": rng.choice((1, 2)),
        "total_minutes": rng.choice((0, 0, 6000)),
    },
    "language-pair": lambda rng: {"languages": rng.choice((("fr",), ("nl", "fr")))},
    "late-change": lambda rng: {
        "urgent_minutes": 24 * 60,
        "urgent_price": rng.choice((2, 4)),
        "soon_minutes": 72 * 60,
        "soon_price": rng.choice((1, 2)),
    },
    "maximum-consecutive-days-off": lambda rng: {"maximum_days": rng.choice((1, 2, 3))},
    "maximum-consecutive-duties": lambda rng: {"maximum_days": rng.choice((1, 1, 2))},
    "maximum-duties-of-a-kind": lambda rng: {
        "shifts": rng.choice(((), ("night",), ("early", "late"))),
        "maximum_duties": rng.choice((1, 2)),
    },
    "maximum-weekends": lambda rng: {"maximum_weekends": rng.choice((0, 0, 0, 0, 1))},
    "minimum-consecutive-days-off": lambda rng: {
        "minimum_days": rng.choice((2, 2, 3)),
        "waived_at_edges": rng.random() < 0.5,
    },
    "minimum-consecutive-duties": lambda rng: {
        "minimum_days": rng.choice((2, 2, 3)),
        "waived_at_edges": rng.random() < 0.5,
    },
    "minimum-rest": lambda rng: {
        "rest_minutes": rng.choice((660, 600)),
        "consent_rest_minutes": rng.choice((600, 300)),
        "consent_ends_from_minute": 17 * 60,
        "consent_ends_until_minute": 23 * 60,
        "overrun_rest_minutes": rng.choice((480, 300)),
    },
    "minutes-in-horizon": lambda rng: {
        "minimum_minutes": rng.choice((0, 0, 0, 480)),
        "maximum_minutes": rng.choice((960, 1440, 2400)),
    },
    "patrol-size": lambda rng: {
        "minimum_persons": rng.randint(1, 3),
        "maximum_persons": rng.randint(4, 6),
    },
    "police-lead": lambda rng: {
        "qualification": "police-lead",
        "reach_minutes": rng.choice((0, 15, 30)),
    },
    "protected-training": lambda rng: {"margin_minutes": rng.choice((0, 60, 720))},
    "repeated-place": lambda rng: {"within_minutes": rng.choice((120, 240, 720))},
    "roe-briefing": lambda _: {"qualification": "roe-briefing"},
    "rotation-length": lambda rng: {
        "maximum_days": rng.choice((1, 1, 2)),
        "away_days": rng.choice((2, 3, 5)),
    },
    "searcher-within-reach": lambda rng: {
        "qualification": "female-searcher",
        "reach_minutes": rng.choice((0, 15, 30)),
    },
    "weekends-in-a-row": lambda rng: {
        "maximum_weekends": rng.choice((1, 1, 2)),
        "rest_after_minutes": rng.choice((3000, 3600)),
    },
    "weekly-rest": lambda rng: {"rest_minutes": rng.choice((4500, 6000, 7500))},
    "worst-off-first": lambda rng: {
        "night_points": rng.choice((1, 2)),
        "weekend_points": rng.choice((0, 2)),
        "holiday_points": 3,
        "doubling_points": rng.choice((1, 4)),
    },
}


def some_parameters(rng: Random, code: str) -> dict[str, Parameter]:
    """A fresh set of parameters for one rule or preference; none where it has none."""
    return _SAMPLES[code](rng) if code in _SAMPLES else {}


def some_scope(rng: Random) -> Scope:
    """Everybody and everything, more often than not."""
    if rng.random() < 0.7:
        return Scope()
    begins, ends = rng.choice((-28, 1, 2, 3)), rng.choice((4, 5, 60))
    whole = Scope(
        forces=(rng.choice(tuple(Force)),),
        kinds=(DutyKind.PATROL, DutyKind.POST),
        contracts=("",),
        units=("U0", "U1"),
        areas=AREAS[:2],
        during=Span(begins * DAY_MINUTES, ends * DAY_MINUTES),
    )
    named = rng.sample([field.name for field in fields(Scope)], k=rng.choice((1, 1, 2)))
    return Scope(**{name: getattr(whole, name) for name in named})
