"""What repairs are ranked by first: posts left open, people who hear of a change, short notice.

Each is priced for the model and measured from the roster, as any preference is. They count from
the roster that was told, so that what was open before is nobody's fault now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from scheduler.catalogue import preference, preferences_of
from scheduler.coverage import NeedsMissed, contributions, reached
from scheduler.disturbance import Disturbance
from scheduler.duties import Duty, Need
from scheduler.forces import Member
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, PreferenceInForce
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions, Literal

Pair = tuple[str, str]


class Met(NamedTuple):
    """A need as it was, and how many were there."""

    need: Need
    there: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Preference):
    """What is missing to the needs of `duties` beyond what was missing before, by priority.

    `missed` are what counts as missing, each with its weight; `before` how each need was met.
    """

    missed: tuple[tuple[int, NeedsMissed], ...]
    before: Mapping[tuple[str, str], Met]
    duties: frozenset[str]

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for duty in self._looked_at(problem):
            for need in duty.needs:
                there = contributions(problem, on, need, duty)
                for weight, missed in self.missed:
                    owed = self._owed(missed, duty, need)
                    cost.shortfall(owed, there, weight * duty.priority)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        duties = self._looked_at(problem)
        return sum(self.at(d, sheet) for d in duties if near is None or d.id == near.duty)

    def _looked_at(self, problem: RosterProblem) -> Iterator[Duty]:
        return (duty for duty in problem.duties if duty.id in self.duties)

    def at(self, duty: Duty, sheet: Sheet) -> int:
        """What is missing on one duty."""
        there = {need: reached(sheet, need, duty) for need in duty.needs}
        return duty.priority * sum(
            weight * max(0, self._owed(missed, duty, need) - count)
            for need, count in there.items()
            for weight, missed in self.missed
        )

    def opens(self, duty: Duty, need: Need, there: int) -> bool:
        """Whether more is missing than before when so many are there."""
        return any(self._owed(missed, duty, need) > there for _, missed in self.missed)

    def _owed(self, missed: NeedsMissed, duty: Duty, need: Need) -> int:
        """What there has to be, so that no more is missing than before."""
        met = self.before.get((duty.id, need.id))
        short = max(0, missed.wanted(met.need) - met.there) if met else 0
        return missed.wanted(need) - short


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleChanged(Preference):
    """How many people have other duties than they were told; `told` says which, by member."""

    told: Mapping[str, frozenset[str]]

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        changed: Counter[Literal] = Counter()
        for member in everybody(problem):
            told = self.told.get(member.id, frozenset())
            there: dict[str, list[Literal]] = defaultdict(list)
            for choice in on.by(member):
                there[choice.duty.id].append(choice.taken)
            lost = [~on.any_of(there.get(duty, ())) for duty in sorted(told)]
            new = [on.any_of(taken) for duty, taken in there.items() if duty not in told]
            changed[on.any_of((*lost, *new))] += 1
        for literal, people in changed.items():
            cost.each(people, literal)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        members = problem.unit(near.unit).members if near else everybody(problem)
        return sum(1 for _ in self.among(members, problem, sheet))

    def among(
        self, members: Iterable[Member], problem: RosterProblem, sheet: Sheet
    ) -> Iterator[str]:
        """Those whose duties differ from what they were told."""
        for member in members:
            works = {
                placed.duty.id
                for unit in problem.units_of(member)
                for placed in sheet.by(unit)
                if not member.away(placed.duty.span)
            }
            if works != self.told.get(member.id, frozenset()):
                yield member.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortNotice(Preference):
    """How many assignments come or go at short notice.

    `late` are the duties that begin so soon, `told` who was on them, those that are gone too.
    """

    told: frozenset[Pair]
    late: frozenset[str]

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        missing = set(self.told)
        for duty in self._late(problem):
            for choice in on.at(duty):
                pair = choice.unit.id, duty.id
                cost.each(1, ~choice.taken if pair in missing else choice.taken)
                missing.discard(pair)
        cost.constant(len(missing))

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        pairs = {(p.unit.id, d.id) for d in self._late(problem) for p in sheet.on(d)}
        changed = pairs ^ self.told
        return len(changed & {(near.unit, near.duty)} if near else changed)

    def _late(self, problem: RosterProblem) -> Iterator[Duty]:
        return (duty for duty in problem.duties if duty.id in self.late)


@dataclass(frozen=True, slots=True)
class Leading:
    """The criteria that come before the score: the first are `opened`, then come the others."""

    opened: tuple[Opened, ...]
    people: PeopleChanged
    notice: ShortNotice

    @property
    def all(self) -> tuple[Preference, ...]:
        return *self.opened, self.people, self.notice

    def with_posts_on(self, names: AbstractSet[str]) -> Leading:
        """The same, where it is known that no post is opened on any other duty."""
        posts = (replace(post, duties=post.duties & names) for post in self.opened)
        return replace(self, opened=tuple(posts))


def leading(disturbance: Disturbance, duties: Collection[Duty] | None = None) -> Leading:
    """What repairs of this are ranked by; with `duties` only what happens on them is looked at.

    As no criterion can be below what it is on some duties alone, these give a lower bound.
    """
    before, now = disturbance.before, disturbance.problem
    sheet = Sheet(before, disturbance.told)
    looked_at = now.duties if duties is None else tuple(duties)
    known = [before.duty(duty.id) for duty in looked_at if before.has_duty(duty.id)]
    met = {(d.id, n.id): Met(n, reached(sheet, n, d)) for d in known for n in d.needs}
    gone = [duty for duty in before.duties if not now.has_duty(duty.id)]
    told: dict[str, set[str]] = defaultdict(set)
    late = {duty.id for duty in (*looked_at, *gone) if _late(now, duty)}
    pairs = set()
    for duty in (*known, *gone):
        for placed in sheet.on(duty):
            pairs |= {placed.assignment.pair} if duty.id in late else set()
            for member in before.present(placed.unit, duty):
                told[member.id].add(duty.id)
    names = frozenset(duty.id for duty in looked_at)
    return Leading(
        tuple(Opened(missed=missed, before=met, duties=names) for missed in _posts(now)),
        PeopleChanged(told={member: frozenset(duties) for member, duties in told.items()}),
        ShortNotice(told=frozenset(pairs), late=frozenset(late)),
    )


def _posts(problem: RosterProblem) -> Iterator[tuple[tuple[int, NeedsMissed], ...]]:
    """What counts as an open post: what the problem's first levels are about, while they are
    about nothing else; without such levels the minimums, then the targets.
    """
    levels: dict[int, list[tuple[int, Preference]]] = defaultdict(list)
    for in_force, wish in preferences_of(problem):
        levels[in_force.level].append((in_force.weight, wish))
    first = takewhile(_about_posts, (levels[level] for level in sorted(levels)))
    own = (
        [(1, preference(PreferenceInForce(code, 1)))]
        for code in ("minimum-missed", "target-missed")
    )
    for wishes in [*first] or own:
        yield tuple((w, wish) for w, wish in wishes if isinstance(wish, NeedsMissed))


def _about_posts(wishes: Iterable[tuple[int, Preference]]) -> bool:
    return all(isinstance(wish, NeedsMissed) for _, wish in wishes)


def _late(problem: RosterProblem, duty: Duty) -> bool:
    """Whether who hears of it now hears of it at shorter notice than the wishes in force name."""
    notices = (
        minutes
        for wish in problem.preferences
        if wish.code == "late-change"
        and isinstance(minutes := wish.parameters.get("soon_minutes"), int)
    )
    told = problem.frozen_until if problem.told_at is None else problem.told_at
    return told is not None and duty.reports_at - told < max(notices, default=0)


def everybody(problem: RosterProblem) -> Iterable[Member]:
    """Everybody once, by service number."""
    return {member.id: member for unit in problem.units for member in unit.members}.values()
