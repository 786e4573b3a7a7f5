"""An instance of Curtois and Qu as rows: their published formulation, and a stronger one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tests.benchmarks.nrp.instance import Cover, Employee, Instance
from tests.benchmarks.peers.program import Program, Variable, ones

Cells = dict[tuple[int, str], Variable]  # (day, shift) of one person


def published(instance: Instance) -> Program:
    """The rows that Curtois and Qu give with their instances."""
    return _Writer(instance).program


def strengthened(instance: Instance) -> Program:
    """With the starts of work and of time off, and what follows for totals by day and person.

    Of the formulations that were compared, plain CP-SAT does best with this one.
    """
    writer = _Writer(instance)
    for person in instance.staff:
        writer.starts(person)
        writer.days_worked(person)
    writer.totals()
    return writer.program


class _Writer:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.program = Program()
        self.program.level()
        self.cells: dict[str, Cells] = {}
        self.by_day: dict[int, list[tuple[Variable, int]]] = defaultdict(list)
        for person in instance.staff:
            self.cells[person.id] = self._cells(person)
            self._contract(person)
            self._runs(person)
        for cover in instance.covers:
            self._cover(cover)
        self._requests()

    def _cells(self, person: Employee) -> Cells:
        limits = dict(person.contract.maximum_shifts)
        return {
            (day, shift.id): self.program.new(meaning=(person.id, str(day), shift.id))
            for day in range(self.instance.days)
            if day not in person.days_off
            for shift in self.instance.shifts
            if limits.get(shift.id) != 0
        }

    def _on(self, person: Employee, day: int) -> list[tuple[Variable, int]]:
        cells = self.cells[person.id]
        return ones(v for s in self.instance.shifts if (v := cells.get((day, s.id))) is not None)

    def _contract(self, person: Employee) -> None:
        contract, cells, line = person.contract, self.cells[person.id], self.program.line
        for day in range(self.instance.days):
            line(self._on(person, day), most=1)
        for shift, most in contract.maximum_shifts:
            if most < self.instance.days:
                line(ones(v for (_, s), v in cells.items() if s == shift), most=most)
        lengths = {shift.id: shift.minutes for shift in self.instance.shifts}
        minutes = [(v, lengths[shift]) for (_, shift), v in cells.items()]
        line(minutes, least=contract.minimum_minutes, most=contract.maximum_minutes)
        for shift_ in self.instance.shifts:
            for day in range(self.instance.days - 1):
                this = cells.get((day, shift_.id))
                later = [cells.get((day + 1, name)) for name in shift_.not_before]
                if this is not None and shift_.not_before:
                    line(ones([this, *(v for v in later if v is not None)]), most=1)

    def _runs(self, person: Employee) -> None:
        contract, days, line = person.contract, self.instance.days, self.program.line
        most = contract.maximum_consecutive_shifts
        for first in range(days - most):
            line(self._between(person, range(first, first + most + 1)), most=most)
        for length in range(1, contract.minimum_consecutive_shifts):
            for first in range(1, days - length):  # 0 1 1 0 with so many ones
                edges = self._between(person, (first - 1, first + length))
                run = self._between(person, range(first, first + length))
                line((*edges, *((v, -1) for v, _ in run)), least=1 - length)
        for length in range(1, contract.minimum_consecutive_days_off):
            for first in range(1, days - length):  # 1 0 0 1 with so many zeros
                edges = self._between(person, (first - 1, first + length))
                run = self._between(person, range(first, first + length))
                line((*run, *((v, -1) for v, _ in edges)), least=-1)
        weekends = [self.program.new() for _ in self.instance.weekends]
        for weekend, both in zip(weekends, self.instance.weekends, strict=True):
            for day in both:
                line((*self._on(person, day), (weekend, -1)), most=0)
        line(ones(weekends), most=contract.maximum_weekends)

    def _between(self, person: Employee, days: Iterable[int]) -> list[tuple[Variable, int]]:
        return [term for day in days for term in self._on(person, day)]

    def _cover(self, cover: Cover) -> None:
        there = self._there(cover)
        under = self.program.new(cover.needed)
        over = self.program.new(len(there))
        total = (*there, (under, 1), (over, -1))
        self.program.line(total, least=cover.needed, most=cover.needed)
        self.program.price(cover.under, under)
        self.program.price(cover.over, over)
        self.by_day[cover.day] += [(under, 1), (over, -1)]

    def _there(self, cover: Cover) -> Sequence[tuple[Variable, int]]:
        key = cover.day, cover.shift
        return ones(v for c in self.cells.values() if (v := c.get(key)) is not None)

    def _requests(self) -> None:
        for request in self.instance.requests:
            cell = self.cells[request.employee].get((request.day, request.shift))
            if request.wanted:
                self.program.constant(request.weight)
            if cell is not None:
                self.program.price(-request.weight if request.wanted else request.weight, cell)

    def starts(self, person: Employee) -> None:
        """Starts of work and of time off from day 1 on; what just started goes on."""
        contract, line = person.contract, self.program.line
        works = [self._on(person, day) for day in range(self.instance.days)]
        begins: list[Variable] = []
        stops: list[Variable] = []
        for before, now in pairwise(works):
            begins.append(self.program.new())
            stops.append(self.program.new())
            turn = (*((v, -1) for v, _ in now), *before)
            line((*turn, (begins[-1], 1), (stops[-1], -1)), least=0, most=0)
            up = begins[-max(contract.minimum_consecutive_shifts, 1) :]
            down = stops[-max(contract.minimum_consecutive_days_off, 1) :]
            line((*ones(up), *((v, -1) for v, _ in now)), most=0)
            line((*ones(down), *now), most=1)

    def days_worked(self, person: Employee) -> None:
        """How many days the hours of the contract come to."""
        lengths = [shift.minutes for shift in self.instance.shifts]
        least = -(-person.contract.minimum_minutes // max(lengths))
        most = person.contract.maximum_minutes // min(lengths)
        days = self._between(person, range(self.instance.days))
        self.program.line(days, least=least, most=most)

    def totals(self) -> None:
        """By day: who works, less what is too much, plus what is missing, is what is asked."""
        asked: dict[int, dict[str, int]] = defaultdict(dict)
        for cover in self.instance.covers:
            asked[cover.day][cover.shift] = cover.needed
        for day, shifts in asked.items():
            if len(shifts) == len(self.instance.shifts):
                working = [t for person in self.instance.staff for t in self._on(person, day)]
                total = sum(shifts.values())
                self.program.line((*working, *self.by_day[day]), least=total, most=total)
