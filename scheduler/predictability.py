"""How predictable a roster is: what somebody who watched the past weeks would guess rightly.

An onlooker has watched an area for four weeks and names, for each place and hour of the week to
come, as many units of each force as will be there: those seen there on most of the past four same
weekdays, at the same hour. Among units seen equally often, or never, he draws lots.

Formula      for each area a, local day t, hour h and force f with n units u on duty:
                 seen[u]  = number of k in 1..4 with a duty of u in a on day t - 7 k, starting at
                            most 2 h from h
                 named[u] = chance that u is among the n units of f with the largest seen[u]
             right = sum of named[u] over the units on duty; by chance = n x n / N, with N the
             units of f that may serve in a, or were seen there
Units        expected number of units named rightly, and as a share of the units on duty: 0 to 1
Meaning      right = by chance: nobody learns anything from having watched. right = all: an open
             book. Below chance: whoever expects the same as before is misled.

Only who is where counts. That a unit keeps its hours is good for its people and tells nobody which
place it will be at; that an area is patrolled at all is no secret. Standby is not seen on the
street. What any member of a unit worked counts as the unit's own; times are those of the local
clock; in a longer horizon its earlier weeks count as past. Two hours and four weeks are the
proposal of the preference `repeated-place`, to be confirmed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from scheduler.duties import Duty
from scheduler.forces import DutyKind, Force, Worked
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import Text
from scheduler.sheet import Sheet
from scheduler.wording import Name, Named, Thing, render

WEEKS = range(1, 5)
WITHIN_MINUTES = 120

_ALL_AREAS = Named(
    "",
    Name(
        Thing.AREA,
        "",
        en="All patrol areas together",
        nl="Alle patrouillegebieden samen",
        fr="Toutes les zones de patrouille ensemble",
        de="Alle Streifengebiete zusammen",
    ),
)
_TEXT = Text(
    en="{area}: whoever expects the same as in the past four weeks is right about {right} % of "
    "the units on duty; by chance it would be {chance} %.",
    nl="{area}: wie hetzelfde verwacht als de voorbije vier weken, heeft het juist voor {right} % "
    "van de eenheden in dienst; bij toeval zou het {chance} % zijn.",
    fr="{area} : qui s’attend à la même chose que les quatre dernières semaines a raison pour "
    "{right} % des unités en service ; au hasard, ce serait {chance} %.",
    de="{area}: Wer dasselbe erwartet wie in den letzten vier Wochen, hat bei {right} % der "
    "Einheiten im Dienst recht; durch Zufall wären es {chance} %.",
)
_EMPTY = Text(
    en="{area}: nobody is on duty, so there is nothing to guess.",
    nl="{area}: niemand heeft dienst, dus er valt niets te raden.",
    fr="{area} : personne n’est en service, il n’y a donc rien à deviner.",
    de="{area}: Niemand ist im Dienst, also gibt es nichts zu erraten.",
)
_CHANGE = Text(
    en="{area}: of the units on duty, {after} % can now be guessed from the past four weeks "
    "instead of {before} %.",
    nl="{area}: van de eenheden in dienst is nu {after} % te raden uit de voorbije vier weken, "
    "in plaats van {before} %.",
    fr="{area} : parmi les unités en service, {after} % se devinent désormais d’après les quatre "
    "dernières semaines, au lieu de {before} %.",
    de="{area}: Von den Einheiten im Dienst lassen sich nun {after} % aus den letzten vier Wochen "
    "erraten statt {before} %.",
)


@dataclass(frozen=True, slots=True)
class Predictability:
    """Of so many units on duty in an area, how many an onlooker is expected to name rightly."""

    area: str
    name: Named
    on_duty: int = 0
    right: Fraction = Fraction(0)
    by_chance: Fraction = Fraction(0)

    @property
    def share(self) -> float:
        return float(self.right / self.on_duty) if self.on_duty else 0.0

    @property
    def chance(self) -> float:
        return float(self.by_chance / self.on_duty) if self.on_duty else 0.0

    def plus(self, on_duty: int, right: Fraction, by_chance: Fraction) -> Predictability:
        return replace(
            self,
            on_duty=self.on_duty + on_duty,
            right=self.right + right,
            by_chance=self.by_chance + by_chance,
        )

    def sentence(self, language: str) -> str:
        text = _TEXT if self.on_duty else _EMPTY
        shares = {"right": _percent(self.share), "chance": _percent(self.chance)}
        return render(text.in_(language), {"area": self.name, **shares}, language)


@dataclass(frozen=True, slots=True)
class PredictabilityChange:
    """What a change of the roster does to the predictability of an area."""

    before: Predictability
    after: Predictability

    @property
    def points(self) -> float:
        """So many percentage points more can be guessed; below zero: less."""
        return 100 * (self.after.share - self.before.share)

    def sentence(self, language: str) -> str:
        shares = {"before": _percent(self.before.share), "after": _percent(self.after.share)}
        return render(_CHANGE.in_(language), {"area": self.after.name, **shares}, language)


def predictability(problem: RosterProblem, roster: Roster) -> tuple[Predictability, ...]:
    """A score for each area with something to be seen, in the problem's order of areas."""
    sheet = Sheet(problem, roster)
    watched = _watched(problem, sheet)
    scores = {
        duty.area: Predictability(duty.area, problem.where(duty))
        for duty in problem.duties
        if _visible(duty)
    }
    may_serve = {
        (area, force): _who_may_serve(problem, area, force) for area in scores for force in Force
    }
    for (place, force), there in _on_duty(problem, sheet).items():
        seen = _seen(watched[force], place)
        known = may_serve[place.area, force] | there | seen.keys()
        right, by_chance = _guessed(there, seen, known)
        scores[place.area] = scores[place.area].plus(len(there), right, by_chance)
    return tuple(scores[area.id] for area in problem.areas if area.id in scores)


def in_all(scores: Iterable[Predictability]) -> Predictability:
    """The areas taken together: every unit on duty counts the same, wherever it is."""
    total = Predictability("", _ALL_AREAS)
    for score in scores:
        total = total.plus(score.on_duty, score.right, score.by_chance)
    return total


def predictability_change(
    problem: RosterProblem, before: Roster, after: Roster
) -> tuple[PredictabilityChange, ...]:
    """For each area of which more or less can be guessed than before, what changed."""
    both = zip(predictability(problem, before), predictability(problem, after), strict=True)
    return tuple(PredictabilityChange(old, new) for old, new in both if old.share != new.share)


class _Place(NamedTuple):
    """Where and when a duty begins, as somebody on the street sees it."""

    area: str
    day: int
    minute: int


_Watched = Mapping[tuple[str, int], Sequence[tuple[int, str]]]


def _place(problem: RosterProblem, work: Duty | Worked) -> _Place:
    starts = problem.horizon.local(work.starts_at)
    return _Place(work.area, starts.toordinal(), starts.hour * 60 + starts.minute)


def _visible(work: Duty | Worked) -> bool:
    return work.kind is not DutyKind.STANDBY


def _on_duty(problem: RosterProblem, sheet: Sheet) -> Mapping[tuple[_Place, Force], set[str]]:
    """Who begins where and when; nobody can tell the two patrols of one hour apart."""
    there: dict[tuple[_Place, Force], set[str]] = defaultdict(set)
    for placed in sheet.placed:
        if _visible(placed.duty):
            there[_place(problem, placed.duty), placed.unit.force].add(placed.unit.id)
    return there


def _watched(problem: RosterProblem, sheet: Sheet) -> Mapping[Force, _Watched]:
    """By force, area and day, who began at which minute, before the horizon and within it."""
    watched: dict[Force, dict[tuple[str, int], list[tuple[int, str]]]] = {
        force: defaultdict(list) for force in Force
    }
    for unit in problem.units:
        clocks = dict.fromkeys(member.clock for member in unit.members)
        works: list[Duty | Worked] = [placed.duty for placed in sheet.by(unit)]
        works += (work for clock in clocks for work in problem.clock(clock).worked)
        for work in works:
            if _visible(work):
                place = _place(problem, work)
                watched[unit.force][place.area, place.day].append((place.minute, unit.id))
    return watched


def _seen(watched: _Watched, place: _Place) -> Counter[str]:
    """In how many of the past weeks each unit was there at that hour."""
    seen: Counter[str] = Counter()
    for week in WEEKS:
        began = watched.get((place.area, place.day - 7 * week), ())
        seen.update({u for minute, u in began if abs(minute - place.minute) <= WITHIN_MINUTES})
    return seen


def _who_may_serve(problem: RosterProblem, area: str, force: Force) -> set[str]:
    units = (unit for unit in problem.units if unit.force is force)
    return {unit.id for unit in units if not unit.areas or area in unit.areas}


def _guessed(
    there: AbstractSet[str], seen: Mapping[str, int], known: AbstractSet[str]
) -> tuple[Fraction, Fraction]:
    """How many of those there are named rightly: by who was seen most, and by chance."""
    left, right = len(there), Fraction(0)
    for weeks in (*reversed(WEEKS), 0):
        alike = {u for u, n in seen.items() if n == weeks} if weeks else known - seen.keys()
        named = min(left, len(alike))
        if named:
            right += Fraction(named * len(alike & there), len(alike))
        left -= named
    return right, Fraction(len(there) ** 2, len(known))


def _percent(share: float) -> int:
    return round(100 * share)
