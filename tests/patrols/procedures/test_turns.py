from __future__ import annotations

from datetime import timedelta

from patrols.access.actor import SYSTEM
from patrols.procedures.turns import take_turn
from patrols.store.office import Office
from tests.databases import DrivenClock

MINUTE = timedelta(minutes=1)


def test_a_job_has_one_turn_in_each_stretch_whoever_asks(
    office: Office, clock: DrivenClock
) -> None:
    def turn(job: str = "a job") -> bool:
        return take_turn(office, SYSTEM, job=job, every=MINUTE)

    assert [turn(), turn(), turn("another")] == [True, False, True]
    clock.move(MINUTE)
    assert [turn(), turn()] == [True, False]
