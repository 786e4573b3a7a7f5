"""A tiny instance and a tiny week in the public formats, made for the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

INSTANCE = """\
# Nine days from a Monday, two shifts.
SECTION_HORIZON
9

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,600,E

SECTION_STAFF
A,E=9|L=9,4320,1920,4,2,2,1
B,E=9|L=0,4320,1440,4,2,2,1
C,E=9|L=2,3360,960,3,1,1,1
D,L=9,4320,1200,5,2,3,0

SECTION_DAYS_OFF
A,2
C,5,6

SECTION_SHIFT_ON_REQUESTS
A,0,E,2
A,2,E,5
B,3,L,4
B,4,E,1

SECTION_SHIFT_OFF_REQUESTS
C,1,E,3
D,8,L,2

SECTION_COVER
0,E,2,100,1
0,L,1,100,1
1,E,1,100,1
1,L,1,100,1
2,E,1,100,2
3,E,2,100,1
3,L,1,50,1
4,E,1,100,1
5,L,1,100,1
6,E,0,100,7
7,E,1,100,1
7,L,1,100,1
8,E,2,100,1
8,L,1,100,1
"""

# Who works what on the nine days; lawful, and as good as can be.
BEST = {"A": "EE...LLLL", "B": "..EEE..EE", "C": "L..EL...E", "D": "ELLLL...."}
BEST_PENALTY = 9

MONDAY = datetime.fromisoformat("2026-12-07T00:00:00+01:00")
SHIFTS = {"early": (6, 14), "late": (14, 22), "night": (22, 30)}


def when(day: int, hour: float) -> str:
    """Hours may be below 0 or beyond 24."""
    return (MONDAY + timedelta(days=day, hours=hour)).isoformat()


def a_duty(day: int, shift: str, area: str = "park", **more: Any) -> dict[str, Any]:
    """A patrol that reports 20 minutes early and is released 10 minutes late."""
    first, last = SHIFTS[shift]
    return {
        "id": f"{area}-{day}-{shift}",
        "area": area,
        "priority": 2 if area == "park" else 1,
        "night": shift == "night",
        "weekend": day % 7 >= 5,
        "reports_at": when(day, first - 1 / 3),
        "starts_at": when(day, first),
        "ends_at": when(day, last),
        "released_at": when(day, last + 1 / 6),
        "police_minimum": 2,
        "police_target": 3,
        "soldiers_target": 2,
        "soldiers_allowed": area == "park",
        "persons_maximum": 7,
        "qualifications": ["searcher"] if shift == "early" else [],
        **more,
    }


def a_unit(name: str, persons: int, *languages: str, **more: Any) -> dict[str, Any]:
    """Police for a name with p, else soldiers; in both areas."""
    return {
        "id": name,
        "force": "police" if name.startswith("p") else "military",
        "persons": persons,
        "city": "city-1",
        "areas": ["park", "station"],
        "languages": list(languages),
        "qualifications": [],
        "absences": [],
        "past": [],
        **more,
    }


def a_week(**more: Any) -> dict[str, Any]:
    """Five days with work in a horizon of a week; four police units and two of soldiers."""
    days = (0, 1, 2, 3, 6)
    worked = [[when(-1, 21 + 2 / 3), when(0, 6 + 1 / 6)], [when(-3, 6), when(-3, 14)]]
    return {
        "format": "tandem-week/1",
        "name": "tiny",
        "starts_at": when(0, 0),
        "ends_at": when(7, 0),
        "areas": [
            {"id": "park", "city": "city-1", "priority": 2},
            {"id": "station", "city": "city-1", "priority": 1},
        ],
        "units": [
            a_unit("p1", 2, "nl", qualifications=["searcher"], past=worked),
            a_unit("p2", 3, "fr", "nl", absences=[[when(1, 0), when(2, 6)]]),
            a_unit("p3", 2, "fr", qualifications=["searcher"]),
            a_unit("p4", 2, "nl", areas=["station"]),
            a_unit("m1", 3, "nl", "fr", qualifications=["searcher"]),
            a_unit("m2", 4, "fr", areas=["park"]),
        ],
        "duties": [
            a_duty(day, shift, area)
            for day in days
            for shift in SHIFTS
            for area in ("park", "station")
        ],
        "rules": {
            "rest_minutes": 660,
            "rolling_7_days_minutes": 2400,
            "weekly_rest_minutes": 2880,
            "nights_in_a_row": 1,
            "soldiers_per_police": 2,
            "soldiers_cap": 6,
        },
        **more,
    }


def week_text(week: Mapping[str, Any] | None = None) -> str:
    return json.dumps(a_week() if week is None else week)
