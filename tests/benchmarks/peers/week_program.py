"""A frozen week as rows: one decision a unit and duty, time kept by spans that duties share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from tests.benchmarks.peers.program import Program, Variable, ones
from tests.benchmarks.weeks.week import Duty, Rules, Unit, Week

LANGUAGES = ("nl", "fr")
WEEK_MINUTES = 7 * 24 * 60
Interval = tuple[int, int]  # report and release, in minutes from the start


def week_program(week: Week) -> Program:
    """All rules, and the score as three levels."""
    writer = _Writer(week)
    for unit in week.units:
        writer.unit(unit)
    for duty in week.duties:
        writer.crew(duty)
    writer.cap()
    writer.levels()
    return writer.program


class _Writer:
    def __init__(self, week: Week) -> None:
        self.week = week
        self.rules: Rules = week.rules
        self.program = Program()
        self.spans = {d.id: self._span(d.reports_at, d.released_at) for d in week.duties}
        self.there: dict[str, list[tuple[Variable, Unit]]] = {d.id: [] for d in week.duties}
        self.nights: dict[str, list[Variable]] = {}
        self.weekends: dict[str, list[Variable]] = {}
        self.areas: dict[str, list[Variable]] = {}
        self.used: dict[str, Variable] = {}
        self.by_area: dict[str, list[Duty]] = defaultdict(list)
        for duty in week.duties:
            self.by_area[duty.area].append(duty)

    def _span(self, *interval: object) -> Interval:
        begins, ends = interval
        return self.week.moment(begins), self.week.moment(ends)  # type: ignore[arg-type]

    def unit(self, unit: Unit) -> None:
        duties = [duty for area in dict.fromkeys(unit.areas) for duty in self._open(unit, area)]
        taken = {duty.id: self.program.new(meaning=(unit.id, duty.id)) for duty in duties}
        for duty in duties:
            self.there[duty.id].append((taken[duty.id], unit))
        self.nights[unit.id] = [taken[duty.id] for duty in duties if duty.night]
        self.weekends[unit.id] = [taken[duty.id] for duty in duties if duty.weekend]
        self._time(unit, duties, taken)
        self._places(unit, duties, taken)

    def _open(self, unit: Unit, area: str) -> Sequence[Duty]:
        """The duties of an area that a unit may take, as far as it alone can tell."""
        away = [self._span(*interval) for interval in unit.absences]
        past = [self._span(*interval) for interval in unit.past]
        rest = self.rules.rest_minutes
        return [
            duty
            for duty in self.by_area[area]
            if (unit.force == "police" or duty.soldiers_allowed)
            and not any(_overlap(self.spans[duty.id], span) for span in away)
            and not any(
                _overlap(self.spans[duty.id], (begins - rest, ends + rest))
                for begins, ends in past
            )
        ]

    def _time(self, unit: Unit, duties: Sequence[Duty], taken: dict[str, Variable]) -> None:
        """One variable a span, which is at most one of its duties."""
        by_span: dict[Interval, list[Variable]] = defaultdict(list)
        for duty in duties:
            by_span[self.spans[duty.id]].append(taken[duty.id])
        works = {span: self.program.new() for span in sorted(by_span)}
        for span, variables in by_span.items():
            self.program.line((*ones(variables), (works[span], -1)), least=0, most=0)
        past = sorted(self._span(*interval) for interval in unit.past)
        self._rest(works)
        self._rolling(works, past)
        self._weekly_rest(works, past)
        self._nights(duties, taken)

    def _rest(self, works: dict[Interval, Variable]) -> None:
        for moment in {begins for begins, _ in works}:
            active = [
                works[begins, ends]
                for begins, ends in works
                if begins <= moment < ends + self.rules.rest_minutes
            ]
            self.program.line(ones(active), most=1)

    def _rolling(self, works: dict[Interval, Variable], past: Sequence[Interval]) -> None:
        for last in {ends for _, ends in works}:
            window = last - WEEK_MINUTES, last
            known = sum(_shared(span, window) for span in past)
            terms = [(works[span], n) for span in works if (n := _shared(span, window))]
            self.program.line(terms, most=max(self.rules.rolling_7_days_minutes - known, 0))

    def _weekly_rest(self, works: dict[Interval, Variable], past: Sequence[Interval]) -> None:
        for first in range(0, self.week.minutes, WEEK_MINUTES):
            room = first, first + WEEK_MINUTES
            inside = [span for span in works if _overlap(span, room)]
            rests = []
            ends = {end for _, end in (*inside, *past) if room[0] < end}
            for begins in sorted({room[0], *ends}):
                rest = begins, begins + self.rules.weekly_rest_minutes
                if rest[1] <= room[1] and not any(_overlap(span, rest) for span in past):
                    rests.append(self.program.new())
                    for span in inside:
                        if _overlap(span, rest):
                            self.program.line(ones((rests[-1], works[span])), most=1)
            for span in inside if not rests else ():
                self.program.line(ones([works[span]]), most=0)
            if rests:
                self.program.line(ones(rests), least=1)

    def _nights(self, duties: Sequence[Duty], taken: dict[str, Variable]) -> None:
        nights: dict[date, list[Variable]] = defaultdict(list)
        for duty in duties:
            if duty.night:
                nights[duty.starts_at.date()].append(taken[duty.id])
        most = self.rules.nights_in_a_row
        for first in nights:
            row = [first + timedelta(days=n) for n in range(most + 1)]
            if all(day in nights for day in row):
                self.program.line(ones(v for day in row for v in nights[day]), most=most)

    def _places(self, unit: Unit, duties: Sequence[Duty], taken: dict[str, Variable]) -> None:
        groups: dict[str, dict[Interval, list[Variable]]] = defaultdict(lambda: defaultdict(list))
        for duty in duties:
            groups[duty.area][self.spans[duty.id]].append(taken[duty.id])
        self.used[unit.id] = self.program.new()
        self.areas[unit.id] = []
        for spans in groups.values():
            area = self.program.new()
            self.areas[unit.id].append(area)
            for variables in spans.values():
                self.program.line((*ones(variables), (area, -1)), most=0)
            self.program.line(((area, 1), (self.used[unit.id], -1)), most=0)
        self.program.line((*ones(self.areas[unit.id], -1), (self.used[unit.id], 1)), most=0)

    def crew(self, duty: Duty) -> None:
        there, line = self.there[duty.id], self.program.line
        anyone = self.program.new()
        police = [(v, unit) for v, unit in there if unit.force == "police"]
        for variable, _ in there:
            line(((variable, 1), (anyone, -1)), most=0)
        asked = [[v for v, _ in police]]
        asked += [[v for v, unit in there if name in unit.languages] for name in LANGUAGES]
        for name in duty.qualifications:
            asked.append([v for v, unit in police if name in unit.qualifications])
        for some in asked:
            line((*ones(some), (anyone, -1)), least=0)
        line([(v, unit.persons) for v, unit in there], most=duty.persons_maximum)
        ratio = self.rules.soldiers_per_police
        weights = {"military": 1, "police": -ratio}
        line([(v, unit.persons * weights[unit.force]) for v, unit in there], most=0)

    def cap(self) -> None:
        soldiers = [u for u in self.week.units if u.force == "military"]
        deployed = [(self.used[unit.id], unit.persons) for unit in soldiers]
        self.program.line(deployed, most=self.rules.soldiers_cap)

    def levels(self) -> None:
        self.program.level()
        for duty in self.week.duties:
            self._short(duty, "police", duty.police_minimum)
        self.program.level()
        for duty in self.week.duties:
            self._short(duty, "police", duty.police_target)
            self._short(duty, "military", duty.soldiers_target)
        self.program.level()
        for unit in self.week.units:
            self.program.squared(ones(self.nights[unit.id]))
            self.program.squared(ones(self.weekends[unit.id]))
            for area in self.areas[unit.id]:
                self.program.price(3, area)
            self.program.price(-3, self.used[unit.id])

    def _short(self, duty: Duty, force: str, wanted: int) -> None:
        there = [(v, unit.persons) for v, unit in self.there[duty.id] if unit.force == force]
        self.program.short(wanted, there, duty.priority)


def _overlap(one: Interval, other: Interval) -> bool:
    return _shared(one, other) > 0


def _shared(one: Interval, other: Interval) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
