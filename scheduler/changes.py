"""What a repair changes, unit by unit, in a sentence for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.disturbance import Disturbance
from scheduler.duties import Duty
from scheduler.problem import RosterProblem
from scheduler.roster import RosterDiff
from scheduler.rule import Text
from scheduler.wording import Occasion, Value, render


@dataclass(frozen=True, slots=True)
class Change:
    """A unit takes on a duty, no longer has one, or has one instead of the other.

    Of a duty that is gone nothing but what people call it (`freed_from`) can still be told.
    """

    unit: str
    name: str
    duty: str | None = None
    instead_of: str | None = None
    takes_on: Occasion | None = None
    freed_from: Occasion | None = None

    def sentence(self, language: str) -> str:
        values: dict[str, Value] = {"unit": self.name}
        values |= {"new": self.takes_on} if self.takes_on else {}
        values |= {"old": self.freed_from} if self.freed_from else {}
        text = _INSTEAD if len(values) == 3 else _TAKES_ON if self.takes_on else _FREED
        return render(text.in_(language), values, language)


def changes(disturbance: Disturbance, diff: RosterDiff) -> tuple[Change, ...]:
    """By unit and time; a duty of the same days stands for the one that it replaces."""
    before, now = disturbance.before, disturbance.problem
    new: dict[str, list[Duty]] = defaultdict(list)
    old: dict[str, list[Duty]] = defaultdict(list)
    for added in diff.added:
        new[added.unit].append(now.duty(added.duty))
    for removed in diff.removed:
        old[removed.unit].append(before.duty(removed.duty))
    return tuple(
        Change(
            unit,
            before.who(unit),
            duty=takes.id if takes else None,
            instead_of=leaves.id if leaves else None,
            takes_on=now.occasion(takes) if takes else None,
            freed_from=before.occasion(leaves) if leaves else None,
        )
        for unit in sorted({*new, *old})
        for takes, leaves in _paired(before, new[unit], old[unit])
    )


def _paired(
    problem: RosterProblem, new: list[Duty], old: list[Duty]
) -> Iterator[tuple[Duty | None, Duty | None]]:
    left = sorted(new, key=_by_time)
    for leaves in sorted(old, key=_by_time):
        days = {*problem.horizon.days_of(leaves.span)}
        alike = (d for d in left if not days.isdisjoint(problem.horizon.days_of(d.span)))
        takes = next(alike, None)
        if takes is not None:
            left.remove(takes)
        yield takes, leaves
    yield from ((takes, None) for takes in left)


def _by_time(duty: Duty) -> tuple[int, str]:
    return duty.starts_at, duty.id


_TAKES_ON = Text(
    en="{unit} takes on {new}.",
    nl="{unit} neemt {new} op zich.",
    fr="{unit} assure {new}.",
    de="{unit} übernimmt {new}.",
)
_FREED = Text(
    en="{unit} no longer has {old}.",
    nl="{old} vervalt voor {unit}.",
    fr="{unit} n'assure plus {old}.",
    de="{old} entfällt für {unit}.",
)
_INSTEAD = Text(
    en="{unit} takes on {new} instead of {old}.",
    nl="{unit} neemt {new} op zich in plaats van {old}.",
    fr="{unit} assure {new} au lieu de {old}.",
    de="{unit} übernimmt {new} statt {old}.",
)
