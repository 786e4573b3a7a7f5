"""Why nobody more is on a duty, and why one unit is: what if, asked of the checkers alone.

At most three sentences, each naming a rule by its breach or a wish by its level, a unit and a
number. They speak of one change at a time: nobody else moves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from scheduler.candidates import Candidate, candidates
from scheduler.coverage import counted
from scheduler.duties import Duty, Need
from scheduler.explanation import Message
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import Text, Violation
from scheduler.sheet import Sheet
from scheduler.wording import LANGUAGES, Value

MOST_SENTENCES = 3


def why_nobody(
    problem: RosterProblem, sheet: Sheet, duty: Duty, need: Need
) -> tuple[Message, ...]:
    """Why nobody more of those whom a need asks for is on its duty."""
    asked = [unit for unit in problem.units if need.force in (None, unit.force)]
    able = [unit for unit in asked if counted(problem, need, unit, duty)]
    useless = len(asked) - len(able)
    told = (*_useless(problem, need, useless, len(asked)),)
    if not able:
        return told
    found = [c for c in candidates(problem, sheet, duty) if c.units[0] in able]
    free = [candidate for candidate in found if candidate.lawful]
    told += (*_free(problem, free, len(asked)),)
    refused = _refused(problem, found, len(asked))
    return (*islice(refused, MOST_SENTENCES - len(told)), *told)


def why_unit(problem: RosterProblem, sheet: Sheet, duty: Duty, unit: Unit) -> tuple[Message, ...]:
    """Why this unit is on the duty and nobody else is in its place."""
    if any(pin.pair == (unit.id, duty.id) for pin in problem.pinned):
        values: dict[str, Value] = {"unit": problem.who(unit.id)}
        return (Message(_PINNED, values),)
    ranked = candidates(problem, sheet.without(unit.id, duty.id), duty)
    own = next(candidate for candidate in ranked if candidate.units == (unit,))
    others = [candidate for candidate in ranked if candidate is not own]
    told = (*_against(problem, own, others),)
    return (*told, *islice(_refused(problem, others, len(others)), MOST_SENTENCES - len(told)))


def _useless(problem: RosterProblem, need: Need, useless: int, asked: int) -> Iterator[Message]:
    held = problem.what(need.qualification)
    if useless and held:
        yield Message(_USELESS, {"useless": useless, "asked": asked, "qualification": held})


def _free(problem: RosterProblem, free: Sequence[Candidate], asked: int) -> Iterator[Message]:
    """Who might go, and what that would do to the first level that changes."""
    if free:
        best = free[0]
        change = next(((lv, cost) for lv, cost in best.effect.levels if cost), None)
        values: dict[str, Value] = {
            "free": len(free),
            "asked": asked,
            "unit": problem.who(best.units[0].id),
        }
        if change is None:
            yield Message(_FREE, values)
        else:
            level, cost = change
            text = _FREE_DEARER if cost > 0 else _FREE_BETTER
            yield Message(text, {**values, "level": level, "change": abs(cost)})


def _refused(problem: RosterProblem, found: Sequence[Candidate], asked: int) -> Iterator[Message]:
    """For each rule, the one that most units would break first, a unit and its breach."""
    left = {c.units[0].id: c for c in found if not c.lawful}
    while left:
        by_rule: dict[str, list[tuple[str, Violation]]] = defaultdict(list)
        for unit, candidate in left.items():
            for violation in {v.rule: v for v in reversed(candidate.broken)}.values():
                by_rule[violation.rule].append((unit, violation))
        most = max(by_rule.values(), key=len)
        unit, violation = most[0]
        values: dict[str, Value] = {
            "refused": len(most),
            "asked": asked,
            "candidate": problem.who(unit),
        }
        yield Message(_after(_REFUSED, violation.text), {**violation.values, **values})
        for unit, _ in most:
            del left[unit]


def _against(
    problem: RosterProblem, own: Candidate, others: Sequence[Candidate]
) -> Iterator[Message]:
    """How many would do better, and what the next best costs."""
    free = [candidate for candidate in others if candidate.lawful]
    better = [candidate for candidate in free if candidate.costs < own.costs]
    unit = problem.who(own.units[0].id)
    values: dict[str, Value] = {"better": len(better), "free": len(free), "unit": unit}
    yield Message(_BEST if not better else _NOT_BEST, values)
    if free:
        other = problem.who(free[0].units[0].id)
        for (level, ours), (_, theirs) in zip(
            own.effect.levels, free[0].effect.levels, strict=True
        ):
            if ours != theirs:
                change: dict[str, Value] = {
                    "level": level,
                    "change": abs(theirs - ours),
                    "other": other,
                }
                yield Message(_DEARER if theirs > ours else _CHEAPER, {**values, **change})
                return


def _after(prefix: Text, text: Text) -> Text:
    return Text(*(f"{prefix.in_(language)}{text.in_(language)}" for language in LANGUAGES))


_USELESS = Text(
    en="{useless} of {asked} units would not count: nobody present holds “{qualification}”.",
    nl="{useless} van {asked} eenheden tellen niet mee: geen aanwezige heeft “{qualification}”.",
    fr="{useless} unités sur {asked} ne compteraient pas : aucune personne présente n'a "
    "« {qualification} ».",
    de="{useless} von {asked} Einheiten zählen nicht: kein Anwesender hat „{qualification}“.",
)
_REFUSED = Text(
    en="{refused} of {asked} units may not, for instance {candidate}: ",
    nl="{refused} van {asked} eenheden mogen niet, bijvoorbeeld {candidate}: ",
    fr="{refused} unités sur {asked} ne peuvent pas, par exemple {candidate} : ",
    de="{refused} von {asked} Einheiten dürfen nicht, zum Beispiel {candidate}: ",
)
_FREE = Text(
    en="{free} of {asked} units may; {unit} would change nothing in the score.",
    nl="{free} van {asked} eenheden mogen; {unit} zou niets aan de score veranderen.",
    fr="{free} unités sur {asked} peuvent ; {unit} ne changerait rien au score.",
    de="{free} von {asked} Einheiten dürfen; {unit} würde an der Bewertung nichts ändern.",
)
_FREE_DEARER = Text(
    en="{free} of {asked} units may; the best, {unit}, costs {change} on level {level} of the "
    "score.",
    nl="{free} van {asked} eenheden mogen; de beste, {unit}, kost {change} op niveau {level} van "
    "de score.",
    fr="{free} unités sur {asked} peuvent ; la meilleure, {unit}, coûte {change} au niveau "
    "{level} du score.",
    de="{free} von {asked} Einheiten dürfen; die beste, {unit}, kostet {change} auf Stufe {level} "
    "der Bewertung.",
)
_FREE_BETTER = Text(
    en="{free} of {asked} units may; {unit} would gain {change} on level {level} of the score.",
    nl="{free} van {asked} eenheden mogen; {unit} zou {change} winnen op niveau {level} van de "
    "score.",
    fr="{free} unités sur {asked} peuvent ; {unit} ferait gagner {change} au niveau {level} du "
    "score.",
    de="{free} von {asked} Einheiten dürfen; {unit} brächte {change} auf Stufe {level} der "
    "Bewertung.",
)
_PINNED = Text(
    en="{unit} is pinned there.",
    nl="{unit} is daar vastgezet.",
    fr="{unit} y est épinglée.",
    de="{unit} ist dort festgesetzt.",
)
_BEST = Text(
    en="None of the {free} other units that may would make a better roster than {unit}.",
    nl="Geen van de {free} andere eenheden die mogen, geeft een beter dienstrooster dan {unit}.",
    fr="Aucune des {free} autres unités qui peuvent ne donnerait un meilleur tableau de service "
    "que {unit}.",
    de="Keine der {free} anderen Einheiten, die dürfen, ergäbe einen besseren Dienstplan als "
    "{unit}.",
)
_NOT_BEST = Text(
    en="{better} of the {free} other units that may would make a better roster than {unit}.",
    nl="{better} van de {free} andere eenheden die mogen, geven een beter dienstrooster dan "
    "{unit}.",
    fr="{better} des {free} autres unités qui peuvent donneraient un meilleur tableau de service "
    "que {unit}.",
    de="{better} der {free} anderen Einheiten, die dürfen, ergäben einen besseren Dienstplan als "
    "{unit}.",
)
_DEARER = Text(
    en="{other} instead of {unit} would cost {change} more on level {level} of the score.",
    nl="{other} in plaats van {unit} zou {change} meer kosten op niveau {level} van de score.",
    fr="{other} au lieu de {unit} coûterait {change} de plus au niveau {level} du score.",
    de="{other} statt {unit} würde {change} mehr kosten auf Stufe {level} der Bewertung.",
)
_CHEAPER = Text(
    en="{other} instead of {unit} would cost {change} less on level {level} of the score.",
    nl="{other} in plaats van {unit} zou {change} minder kosten op niveau {level} van de score.",
    fr="{other} au lieu de {unit} coûterait {change} de moins au niveau {level} du score.",
    de="{other} statt {unit} würde {change} weniger kosten auf Stufe {level} der Bewertung.",
)
