"""What an explanation tells, put in words with the names of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scheduler.coverage import reached
from scheduler.duties import Duty, Need
from scheduler.explanation import Family, Message, Part, Step, Verdict
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment
from scheduler.rule import RuleInForce, Text, Violation
from scheduler.sheet import Sheet
from scheduler.wording import (
    Apart,
    Day,
    Either,
    Moment,
    Named,
    Others,
    Single,
    Strength,
    Thing,
    Value,
)

MOST_NAMED = 4


def title(problem: RosterProblem, code: str) -> Named:
    """What people call a rule."""
    return problem.named(Thing.RULE, code)


def cause(problem: RosterProblem, family: Family, parts: Sequence[Part]) -> Message:
    """A family, and whom and when it is about as far as its parts say."""
    units = dict.fromkeys(problem.who(part.unit) for part in parts if part.unit)
    duties = dict.fromkeys(part.duty for part in parts if part.duty)
    when = dict.fromkeys(_when(problem, part) for part in parts if part.day and not part.duty)
    occasions = (problem.occasion(problem.duty(duty)) for duty in duties)
    where = Apart((named(sorted(units)), named(occasions), named(w for w in when if w)))
    values: dict[str, Value] = {"rule": title(problem, family.code), "where": where}
    return Message(_CAUSE_SOMEWHERE if any(where.lists) else _CAUSE, values)


def _when(problem: RosterProblem, part: Part) -> Day | Moment | None:
    if part.day is None:
        return None
    if part.moment is None or part.unit:
        return Day(problem.horizon.local(problem.horizon.midnight(part.day)))
    return problem.moment(part.moment)


def named(things: Iterable[Single]) -> tuple[Single, ...]:
    """The first few, and how many more there are."""
    every = tuple(things)
    left = len(every) - MOST_NAMED
    return (*every[:MOST_NAMED], Others(left)) if left > 0 else every


def borne(found: Violation) -> Message:
    """What a rule would have to bear."""
    return Message(found.text, found.values)


def relax(
    problem: RosterProblem, in_force: RuleInForce, relaxation: Relaxation, found: Violation
) -> Step:
    """A relaxation to be granted, with the breach that it would excuse."""
    days = problem.horizon.days_of(relaxation.during) if relaxation.during else ()
    where = Apart(
        (
            named(problem.who(unit) for unit in relaxation.units),
            named(problem.occasion(problem.duty(duty)) for duty in relaxation.duties),
            named(Day(problem.horizon.local(problem.horizon.midnight(day))) for day in days),
        )
    )
    values: dict[str, Value] = {
        "rule": title(problem, in_force.code),
        "where": where,
        "authority": Either(
            tuple(problem.named(Thing.AUTHORITY, by) for by in in_force.relaxable_by)
        ),
    }
    return Step(Message(_RELAX, values), in_force.relaxable_by, relaxation, bears=borne(found))


def unpin(problem: RosterProblem, pin: Assignment) -> Step:
    occasion = problem.occasion(problem.duty(pin.duty))
    values: dict[str, Value] = {"unit": problem.who(pin.unit), "occasion": occasion}
    return Step(Message(_UNPIN, values), pin=pin)


def give_up(problem: RosterProblem, duty: Duty, need: Need, before: Sheet, after: Sheet) -> Step:
    """A need that has less than it had."""
    values: dict[str, Value] = {
        "occasion": problem.occasion(duty),
        "there": strength(problem, need, reached(after, need, duty)),
        "before": strength(problem, need, reached(before, need, duty)),
    }
    return Step(Message(_GIVE_UP, values))


def strength(problem: RosterProblem, need: Need, number: int) -> Strength:
    return Strength(number, need.counts, need.force, problem.what(need.qualification))


def verdict(
    problem: RosterProblem, found: Verdict, asked: tuple[Duty, Need, int] | None
) -> Message:
    """What was found on a need that somebody wants met, or on the whole problem."""
    if asked is None:
        return Message(_OF_ALL[found], {})
    duty, need, wanted = asked
    there = strength(problem, need, wanted)
    return Message(_OF_NEED[found], {"occasion": problem.occasion(duty), "asked": there})


def nothing_short() -> Message:
    """Where a gap is asked about, and there is none."""
    return Message(_NOTHING_SHORT, {})


def frame(problem: RosterProblem, within: Span) -> Message:
    """Where the roster was held as it is."""
    values: dict[str, Value] = {
        "begins": problem.moment(within.starts),
        "ends": problem.moment(within.ends),
    }
    return Message(_FRAME, values)


def more(number: int) -> Message:
    """How many things are left unsaid."""
    return Message(_MORE, {"others": Others(number)})


_MORE = Text(en="… and {others}", nl="… en {others}", fr="… et {others}", de="… und {others}")
_CAUSE = Text(en="{rule}", nl="{rule}", fr="{rule}", de="{rule}")
_CAUSE_SOMEWHERE = Text(
    en="{rule}: {where}", nl="{rule}: {where}", fr="{rule} : {where}", de="{rule}: {where}"
)
_RELAX = Text(
    en="Relaxation of “{rule}” for {where}, to be granted by the {authority}.",
    nl="Vrijstelling van “{rule}” voor {where}, te verlenen door: {authority}.",
    fr="Dispense de « {rule} » pour {where}, à accorder par : {authority}.",
    de="Ausnahmegenehmigung von „{rule}“ für {where}, zu erteilen durch: {authority}.",
)
_UNPIN = Text(
    en="{unit} is no longer pinned: {occasion}.",
    nl="{unit} is niet langer vastgezet: {occasion}.",
    fr="{unit} n'est plus épinglée : {occasion}.",
    de="{unit} ist nicht länger festgesetzt: {occasion}.",
)
_GIVE_UP = Text(
    en="{occasion}: {there} instead of {before}.",
    nl="{occasion}: {there} in plaats van {before}.",
    fr="{occasion} : {there} au lieu de {before}.",
    de="{occasion}: {there} statt {before}.",
)
_NOTHING_SHORT = Text(
    en="No need that was asked about falls short of its target.",
    nl="Geen enkele gevraagde behoefte blijft onder haar streefdoel.",
    fr="Aucun des besoins demandés ne reste sous son objectif.",
    de="Kein Bedarf, nach dem gefragt wurde, bleibt unter seinem Ziel.",
)
_FRAME = Text(
    en="With the roster as it is before {begins} and after {ends}.",
    nl="Met het dienstrooster zoals het is voor {begins} en na {ends}.",
    fr="Le tableau de service restant tel quel avant le {begins} et après le {ends}.",
    de="Der Dienstplan bleibt vor {begins} und nach {ends}, wie er ist.",
)
_OF_ALL: Mapping[Verdict, Text] = {
    Verdict.IMPOSSIBLE: Text(
        en="No roster satisfies all rules in force; these clash:",
        nl="Geen enkel dienstrooster leeft alle geldende regels na; deze botsen:",
        fr="Aucun tableau de service ne respecte toutes les règles en vigueur ; celles-ci se "
        "contredisent :",
        de="Kein Dienstplan erfüllt alle geltenden Regeln; diese widersprechen sich:",
    ),
    Verdict.POSSIBLE: Text(
        en="A roster satisfies all rules in force.",
        nl="Een dienstrooster leeft alle geldende regels na.",
        fr="Un tableau de service respecte toutes les règles en vigueur.",
        de="Ein Dienstplan erfüllt alle geltenden Regeln.",
    ),
    Verdict.UNKNOWN: Text(
        en="In the time given neither a roster was found, nor proven that there is none.",
        nl="In de gegeven tijd werd geen dienstrooster gevonden, noch bewezen dat er geen is.",
        fr="Dans le temps donné, aucun tableau de service n'a été trouvé, ni prouvé impossible.",
        de="In der gegebenen Zeit wurde kein Dienstplan gefunden und nicht bewiesen, dass es "
        "keinen gibt.",
    ),
}
_OF_NEED: Mapping[Verdict, Text] = {
    Verdict.IMPOSSIBLE: Text(
        en="{occasion}: {asked} cannot be had as things stand; these clash:",
        nl="{occasion}: {asked} is zoals het nu staat niet mogelijk; deze botsen:",
        fr="{occasion} : {asked}, ce n'est pas possible en l'état ; ceci se contredit :",
        de="{occasion}: {asked} ist derzeit nicht möglich; dies widerspricht sich:",
    ),
    Verdict.POSSIBLE: Text(
        en="{occasion}: {asked} can be had, with every rule respected and no need less met.",
        nl="{occasion}: {asked} is mogelijk, met elke regel nageleefd en geen behoefte minder "
        "ingevuld.",
        fr="{occasion} : {asked}, c'est possible en respectant chaque règle, sans rien ôter à "
        "un autre besoin.",
        de="{occasion}: {asked} ist möglich, ohne Regelverletzung und ohne anderswo weniger zu "
        "decken.",
    ),
    Verdict.UNKNOWN: Text(
        en="{occasion}: whether {asked} can be had was not decided in the time given.",
        nl="{occasion}: of {asked} mogelijk is, werd in de gegeven tijd niet beslist.",
        fr="{occasion} : {asked}, la possibilité n'a pas été tranchée dans le temps donné.",
        de="{occasion}: ob {asked} möglich ist, wurde in der gegebenen Zeit nicht entschieden.",
    ),
}
