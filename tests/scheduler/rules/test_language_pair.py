"""Somebody on the duty speaks each language in which the public is served."""

from __future__ import annotations

from dataclasses import replace

from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

BRUSSELS = in_force("language-pair", languages=("nl", "fr"))
FRENCH = a_unit("p1", languages=("fr",))


def test_one_who_speaks_both_is_enough() -> None:
    both = a_unit("p1", a_member("m1", languages=("fr", "nl")), a_member("m2"))
    assert allowed(a_problem([both], [a_duty()], [BRUSSELS]), ("p1", "duty"))


def test_a_soldier_may_speak_the_other_language() -> None:
    problem = a_problem([FRENCH, soldiers("s1", languages=("nl",))], [a_duty()], [BRUSSELS])
    assert not allowed(problem, ("s1", "duty"))
    assert allowed(problem, ("p1", "duty"), ("s1", "duty"))


def test_the_missing_language_is_named_in_the_readers_own() -> None:
    (found,) = breaches(a_problem([FRENCH], [a_duty(before=20)], [BRUSSELS]), ("p1", "duty"))
    assert (found.unit, found.duty) == (None, "duty")
    assert found.sentence("en").startswith("peterbos, Mon 30 Nov, 06:00: ")
    assert [found.sentence(language).split(": ")[1] for language in ("en", "nl", "fr", "de")] == [
        "nobody present on this duty speaks Dutch.",
        "niemand van de aanwezigen in deze dienst spreekt Nederlands.",
        "dans ce service, personne ne parle néerlandais.",
        "niemand der Anwesenden in diesem Dienst spricht Niederländisch.",
    ]


def test_who_is_away_speaks_to_nobody() -> None:
    away = a_member("m1", languages=("nl",), absences=(Span(at("Mon 07:00"), at("Mon 08:00")),))
    unit = a_unit("p1", away, a_member("m2", languages=("fr",)))
    assert not allowed(a_problem([unit], [a_duty()], [BRUSSELS]), ("p1", "duty"))
    earlier = a_duty("duty", "Mon 08:00", "Mon 16:00")
    for before, good in ((0, True), (1, False)):
        duty = replace(earlier, reports_at=earlier.starts_at - before)
        assert allowed(a_problem([unit], [duty], [BRUSSELS]), ("p1", "duty")) is good


def test_an_empty_duty_is_silent() -> None:
    assert allowed(a_problem([FRENCH], [a_duty()], [BRUSSELS]))


def test_the_rule_of_one_city_does_not_bind_elsewhere() -> None:
    rule = in_force("language-pair", Scope(areas=("matonge",)), languages=("nl", "fr"))
    assert allowed(a_problem([FRENCH], [a_duty()], [rule]), ("p1", "duty"))


def test_a_pair_touches_its_own_duty_only() -> None:
    units = FRENCH, a_unit("p2", languages=("fr",))
    problem = a_problem(units, [a_duty("duty"), a_duty("other")], [BRUSSELS])
    assert near(problem, ("p1", "duty"), ("p1", "duty"), ("p2", "other")) == ["language-pair"]
