"""Reads of rosters for screens and exports."""

from __future__ import annotations

from patrols.access.actor import Actor
from patrols.rosters.views import (
    CandidateView,
    MyDuties,
    RosterPage,
    RosterRow,
    WeekBoard,
    WeekLine,
)
from patrols.store.office import Office
from scheduler.problem import RosterProblem


def weeks(office: Office, actor: Actor, *, city: str) -> tuple[WeekLine, ...]:
    """Newest week first."""
    raise NotImplementedError


def board(office: Office, actor: Actor, *, roster_id: int) -> WeekBoard:
    raise NotImplementedError


def current_board(office: Office, actor: Actor, *, city: str, week: str) -> WeekBoard:
    """The published roster of the week, else the newest that the actor may see; NotFound."""
    raise NotImplementedError


def roster_page(office: Office, actor: Actor, *, roster_id: int) -> RosterPage:
    raise NotImplementedError


def candidates(
    office: Office, actor: Actor, *, roster_id: int, duty_id: str
) -> tuple[CandidateView, ...]:
    """Lawful ones first, those who know the area before others."""
    raise NotImplementedError


def my_duties(office: Office, actor: Actor) -> MyDuties:
    raise NotImplementedError


def roster_rows(office: Office, actor: Actor, *, roster_id: int) -> tuple[RosterRow, ...]:
    raise NotImplementedError


def problem_of(office: Office, actor: Actor, *, city: str, week: str) -> RosterProblem:
    raise NotImplementedError
