"""The week of the story: its office, its roster, and what one may and may not do to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from patrols import worker
from patrols.access import accounts
from patrols.access.actor import SYSTEM, Actor, RoleName
from patrols.bootstrap import Patrols
from patrols.errors import RuleBroken
from patrols.procedures import weekly_roster
from patrols.rosters import queries
from patrols.rosters.changes import RemoveUnit
from patrols.rosters.views import BoardDuty, BoardUnit, WeekBoard
from patrols.store.office import Office
from scheduler.forces import Force
from tests.patrols import story
from tests.people import PLANNER
from tests.web.site import PASSWORD, address


def an_account(
    office: Office,
    who: str,
    *roles: RoleName,
    areas: tuple[str, ...] = (),
    member_id: str | None = None,
) -> Actor:
    accounts.create_account(
        office,
        SYSTEM,
        email=address(who),
        name=who.capitalize(),
        password=PASSWORD,
        roles=roles,
        areas=areas,
        member_id=member_id,
    )
    found = accounts.account_by(office, email=address(who))
    assert found is not None
    return found.actor


@dataclass(frozen=True, slots=True)
class Week:
    patrols: Patrols
    roster_id: int
    address: str

    @property
    def office(self) -> Office:
        return self.patrols.office

    @property
    def board(self) -> WeekBoard:
        return queries.board(self.office, PLANNER, roster_id=self.roster_id)

    @property
    def path(self) -> str:
        return f"/rosters/{self.roster_id}"

    def with_candidates(self) -> BoardDuty:
        """A duty that some unit may be added to."""
        return next(duty for duty in self.board.duties if any(self._lawful(duty)))

    def _lawful(self, duty: BoardDuty) -> Iterator[str]:
        for candidate in queries.candidates(
            self.office, PLANNER, roster_id=self.roster_id, duty_id=duty.id
        ):
            if candidate.lawful:
                yield candidate.unit_id

    def only_police(self) -> tuple[BoardDuty, BoardUnit]:
        """A joint patrol, and the one police unit that it may not lose."""
        for duty in self.board.duties:
            police = [unit for unit in duty.units if unit.force is Force.POLICE]
            if len(police) == 1 and len(duty.units) > 1:
                return duty, police[0]
        raise AssertionError("the draft has no joint patrol")

    def sentence_against_removing(self, unit: BoardUnit, duty: BoardDuty) -> str:
        with pytest.raises(RuleBroken) as refused:
            weekly_roster.edit(
                self.office,
                PLANNER,
                roster_id=self.roster_id,
                row_version=self.board.row_version,
                change=RemoveUnit(unit.unit_id, duty.id),
            )
        return refused.value.violations[0].sentence("en")

    def duty_of_a_member(self) -> BoardDuty:
        """The week's first duty; somebody on it gets an account."""
        duty = min((d for d in self.board.duties if d.units), key=lambda d: (d.starts_at, d.id))
        problem = queries.problem_of(self.office, PLANNER, city="brussels", week=story.WEEK)
        unit = problem.unit(duty.units[0].unit_id)
        member = problem.present(unit, problem.duty(duty.id))[0]
        an_account(self.office, "member", RoleName.MEMBER, member_id=member.id)
        return duty

    def deliver(self) -> None:
        while worker.deliver_due(self.patrols, threading.Event()):
            pass
