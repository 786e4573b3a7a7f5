"""How needs are counted, and how a shortfall is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.coverage import NeedsMissed, contributions, counted, reached, shortfalls
from scheduler.duties import Area, Count, Need
from scheduler.forces import Force, Qualification
from scheduler.moments import Span
from scheduler.sheet import Sheet
from scheduler.statement import Statement
from scheduler.terms import Literal, Term
from scheduler.wording import Name, Thing
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, soldiers, taken

AWAY = Span(at("Mon 06:00"), at("Mon 07:00"))
LATER = Span(at("Thu 06:00"), at("Thu 07:00"))
TRIO = a_unit(
    "p1",
    a_member("m1", holds=("radio",), absences=(AWAY, LATER)),
    a_member("m2", holds=("radio",)),
    a_member("m3", holds=(Qualification("radio", at("Mon 06:00")),)),
)


def sentences(need: Need, *units: str, **more: Any) -> list[str]:
    duty = a_duty(starts="Thu 22:00", ends="Fri 06:00", needs=(need,), **more)
    crews = [a_unit("p1"), a_unit("p2"), soldiers("s1")]
    problem = replace(a_problem(crews, [duty]), areas=(Area("peterbos", "brussels", "Peterbos"),))
    sheet = Sheet(problem, taken(problem, *((unit, "duty") for unit in units)))
    (found,) = shortfalls(problem, sheet)
    return [found.sentence(language) for language in ("en", "nl", "fr", "de")]


@pytest.mark.parametrize(
    ("need", "number"),
    [
        (a_need(), 1),
        (a_need(None), 1),
        (a_need(Force.MILITARY), 0),
        (a_need(qualification="radio"), 1),
        (a_need(qualification="lead"), 0),
        (a_need(counts=Count.PERSONS), 2),
        (a_need(counts=Count.PERSONS, qualification="radio"), 1),
        (a_need(Force.MILITARY, counts=Count.PERSONS), 0),
    ],
)
def test_a_unit_counts_with_its_present_holders_of_the_asked_force(
    need: Need, number: int
) -> None:
    problem = a_problem([TRIO], [a_duty(before=30, needs=(need,))])
    duty = problem.duties[0]
    assert counted(problem, need, TRIO, duty) == number
    assert reached(Sheet(problem, taken(problem, ("p1", "duty"))), need, duty) == number


def test_a_shortfall_below_the_target_says_what_was_wished_for() -> None:
    need = a_need(minimum=1, target=2)
    assert sentences(need, "p1", shift="night") == [
        "Peterbos, Thu 3 Dec night: 1 police team, 2 wished for (minimum 1)",
        "Peterbos, do 3 dec nacht: 1 politieploeg, streefdoel 2 (minimum 1)",
        "Peterbos, jeu. 3 déc. nuit : 1 équipe de police, objectif 2 (minimum 1)",
        "Peterbos, Do. 3. Dez. Nacht: 1 Polizeiteam, Ziel 2 (Minimum 1)",
    ]


def test_a_shortfall_below_the_minimum_says_what_is_needed() -> None:
    need = a_need(Force.MILITARY, minimum=2, target=3)
    english, dutch, french, german = sentences(need, "p1", shift="late")
    assert english == (
        "Peterbos, Thu 3 Dec late: no team of soldiers, at least 2 needed (3 wished for)"
    )
    assert dutch == (
        "Peterbos, do 3 dec late dienst: geen ploeg militairen, minstens 2 nodig (streefdoel 3)"
    )
    assert french == (
        "Peterbos, jeu. 3 déc. après-midi : aucune équipe de militaires, il en faut au moins 2 "
        "(objectif 3)"
    )
    assert german == (
        "Peterbos, Do. 3. Dez. Spätdienst: kein Soldatenteam, mindestens 2 nötig (Ziel 3)"
    )


def test_persons_and_their_qualification_are_named() -> None:
    need = a_need(None, target=2, counts=Count.PERSONS, qualification="radio")
    english, dutch, french, german = sentences(need, shift="early")
    assert english.endswith("early: nobody with “radio”, 2 wished for (minimum 0)")
    assert dutch.endswith("vroege dienst: niemand met “radio”, streefdoel 2 (minimum 0)")
    assert french.endswith("matin : aucune personne avec « radio », objectif 2 (minimum 0)")
    assert german.endswith("Frühdienst: niemand mit „radio“, Ziel 2 (Minimum 0)")


def test_several_persons_stand_in_the_plural() -> None:
    need = a_need(Force.MILITARY, minimum=4, target=4, counts=Count.PERSONS)
    assert "3 soldiers, at least 4 needed" in sentences(need, "s1")[0]


def test_the_second_patrol_of_a_shift_has_its_number_and_a_duty_without_shift_its_time() -> None:
    assert sentences(a_need(), number=2)[0].startswith("Peterbos 2, Thu 3 Dec, 22:00: no police")


def test_a_place_and_a_qualification_are_called_by_their_names_where_these_are_known() -> None:
    need = a_need(qualification="radio")
    names = (
        Name(Thing.AREA, "peterbos", "the Peterbos", "het Peterbos", "le Peterbos", "Peterbos"),
        Name(Thing.QUALIFICATION, "radio", "Radio user", "Radio", "Opérateur radio", "Funker"),
    )
    duty = a_duty(starts="Thu 22:00", ends="Fri 06:00", needs=(need,), shift="night", number=2)
    problem = a_problem([a_unit("p1")], [duty], vocabulary=names)
    (found,) = shortfalls(problem, Sheet(problem, taken(problem)))
    assert found.sentence("en").startswith(
        "the Peterbos 2, Thu 3 Dec night: no police team with “Radio user”"
    )
    assert found.sentence("fr").startswith(
        "le Peterbos 2, jeu. 3 déc. nuit : aucune équipe de police avec « Opérateur radio »"
    )


def test_a_shift_of_the_services_own_keeps_its_name() -> None:
    assert sentences(a_need(), shift="market")[2].startswith("Peterbos, jeu. 3 déc. market : ")


def test_every_need_of_an_empty_roster_is_named_in_the_problems_order() -> None:
    needs = a_need(minimum=1, target=2), a_need(None, target=3)
    duties = a_duty("b", needs=needs, before=30), a_duty("a", needs=(a_need(),))
    problem = a_problem([TRIO], duties)
    found = list(shortfalls(problem, Sheet(problem, taken(problem))))
    assert [(s.duty, s.need, s.missing, s.below_minimum) for s in found] == [
        ("b", "police", 2, 1),
        ("b", "anybody", 3, 0),
        ("a", "police", 1, 0),
    ]
    assert (found[0].force, found[0].counts, found[0].area) == (
        Force.POLICE,
        Count.TEAMS,
        "peterbos",
    )
    assert found[0].starts.isoformat() == "2026-11-30T06:00:00+01:00"


def test_what_is_there_is_not_missing() -> None:
    need = a_need(minimum=1, target=4, maximum=6, counts=Count.PERSONS)
    problem = a_problem([TRIO], [a_duty(needs=(need,))])
    (found,) = shortfalls(problem, Sheet(problem, taken(problem, ("p1", "duty"))))
    assert (found.there, found.target) == (2, 4)
    assert (found.missing, found.below_minimum) == (2, 0)


def test_only_who_adds_to_a_need_stands_in_its_sum() -> None:
    need = a_need(counts=Count.PERSONS)
    problem = a_problem([soldiers("s1"), TRIO], [a_duty(needs=(need,))])
    statement = Statement(problem)
    there = contributions(problem, statement, need, problem.duties[0])
    assert there == (Term(2, some(statement.taken("p1", "duty"))),)


def some(literal: Literal | None) -> Literal:
    assert literal is not None
    return literal


def test_a_wish_on_needs_has_to_say_what_is_enough() -> None:
    with pytest.raises(NotImplementedError):
        NeedsMissed().wanted(a_need())


def test_a_need_that_is_met_is_not_listed() -> None:
    room = a_need(maximum=2), a_need(Force.MILITARY, target=0)
    problem = a_problem([TRIO], [a_duty(needs=room)])
    assert not list(shortfalls(problem, Sheet(problem, taken(problem, ("p1", "duty")))))
