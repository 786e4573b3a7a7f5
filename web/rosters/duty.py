"""One duty of a draft with all that may be done to it: what the edit panel shows."""

from __future__ import annotations

from dataclasses import dataclass

from patrols.access import policy
from patrols.access.actor import Actor
from patrols.bootstrap import Office
from patrols.errors import UnknownDuty
from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.views import BoardArea, BoardDuty, BoardShift, CandidateView, WeekBoard
from scheduler.forces import DutyKind
from scheduler.roster import Role


@dataclass(frozen=True, slots=True)
class DutyPanel:
    """`candidates`, and `elsewhere` to move a unit to, are empty when nothing may change.

    `pairs` are offered for an empty duty: two units that make a whole patrol together.
    """

    board: WeekBoard
    duty: BoardDuty
    area: BoardArea
    shift: BoardShift
    editable: bool
    candidates: tuple[CandidateView, ...]
    pairs: tuple[tuple[CandidateView, ...], ...]
    elsewhere: tuple[BoardDuty, ...]

    @property
    def lawful(self) -> tuple[CandidateView, ...]:
        return tuple(c for c in self.candidates if c.lawful)

    @property
    def unlawful(self) -> tuple[CandidateView, ...]:
        return tuple(c for c in self.candidates if not c.lawful)

    @property
    def stand_ins(self) -> tuple[CandidateView, ...]:
        """Who may take somebody's place: nothing but the duty's own make-up speaks against it."""
        return tuple(
            c
            for c in self.candidates
            if all(v.unit is None and v.duty == self.duty.id for v in c.violations)
        )

    def area_of(self, duty: BoardDuty) -> BoardArea:
        return next(area for area in self.board.areas if area.id == duty.area)

    @property
    def roles(self) -> tuple[Role, ...]:
        """What a unit can be on a duty of this kind."""
        return ROLES[self.duty.kind]


ROLES = {
    DutyKind.PATROL: (Role.POLICE_LEAD, Role.DEPUTY, Role.MILITARY_LEAD, Role.MEMBER),
    DutyKind.GUARD: (Role.GUARD, Role.MILITARY_LEAD, Role.POLICE_LEAD),
    DutyKind.STANDBY: (Role.STANDBY,),
    DutyKind.POST: tuple(Role),
}


def panel(office: Office, actor: Actor, *, roster_id: int, duty_id: str) -> DutyPanel:
    board = queries.board(office, actor, roster_id=roster_id)
    duty = board.duty(duty_id)
    if duty is None:
        raise UnknownDuty(duty=duty_id)
    editable = board.state is RosterState.DRAFT and policy.may(actor, "weekly_roster.edit")
    return DutyPanel(
        board=board,
        duty=duty,
        area=next(area for area in board.areas if area.id == duty.area),
        shift=next(shift for shift in board.shifts if shift.id == duty.shift),
        editable=editable,
        candidates=(
            queries.candidates(office, actor, roster_id=roster_id, duty_id=duty_id)
            if editable
            else ()
        ),
        pairs=(
            queries.pairs(office, actor, roster_id=roster_id, duty_id=duty_id)
            if editable and not duty.units
            else ()
        ),
        elsewhere=_like(board, duty) if editable else (),
    )


def _like(board: WeekBoard, duty: BoardDuty) -> tuple[BoardDuty, ...]:
    """Other duties of the same day first, then of the days around it."""
    others = (other for other in board.duties if other.id != duty.id)
    near = (other for other in others if abs((other.day - duty.day).days) <= 1)
    return tuple(sorted(near, key=lambda o: (abs((o.day - duty.day).days), o.starts_at, o.area)))
