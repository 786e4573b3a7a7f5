"""How values stand in a sentence, in the four languages."""

from __future__ import annotations

from itertools import product

import pytest

from scheduler.duties import Count
from scheduler.forces import Force
from scheduler.wording import (
    LANGUAGES,
    Minutes,
    Moment,
    Name,
    Named,
    Reach,
    Spoken,
    Strength,
    Thing,
    Value,
    show,
)
from tests.builders import WEEK, at

ARREST = Name(Thing.TASK, "arrest", "arrests", "aanhoudingen", "arrestations", "Festnahmen")
NIGHT = Moment(WEEK.local(at("Thu 22:05")))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (NIGHT, ["Thu 3 Dec, 22:05", "do 3 dec 22:05", "jeu. 3 déc. 22:05", "Do. 3. Dez. 22:05"]),
        (Minutes(450), ["7 h 30"] * 4),
        (Reach(0), ["on the spot", "ter plaatse", "sur place", "vor Ort"]),
        (
            Reach(15),
            [
                "on the spot or within 15 min",
                "ter plaatse of binnen 15 min",
                "sur place ou à moins de 15 min",
                "vor Ort oder innerhalb von 15 min",
            ],
        ),
        (Spoken("de"), ["German", "Duits", "allemand", "Deutsch"]),
        (Spoken("??"), ["??"] * 4),
        (Force.MILITARY, ["soldiers", "militairen", "militaires", "Soldaten"]),
        (("a", "b"), ["a and b", "a en b", "a et b", "a und b"]),
        ("Peterbos", ["Peterbos"] * 4),
        (Named("arrest", ARREST), ["arrests", "aanhoudingen", "arrestations", "Festnahmen"]),
        (Named("arrest"), ["arrest"] * 4),
        (
            (Named("arrest", ARREST), Named("b")),
            ["arrests and b", "aanhoudingen en b", "arrestations et b", "Festnahmen und b"],
        ),
        (
            Strength(2, Count.PERSONS, qualification=Named("arrest", ARREST)),
            [
                "2 persons with “arrests”",
                "2 personen met “aanhoudingen”",
                "2 personnes avec « arrestations »",
                "2 Personen mit „Festnahmen“",
            ],
        ),
        (3, ["3"] * 4),
    ],
)
def test_a_value_is_shown_as_people_write_it(value: Value, shown: list[str]) -> None:
    assert [show(value, language) for language in LANGUAGES] == shown


@pytest.mark.parametrize(("counts", "force"), tuple(product(Count, (None, *Force))))
def test_every_strength_has_words_for_none_one_and_several(
    counts: Count, force: Force | None
) -> None:
    for language in LANGUAGES:
        none, one, two = (show(Strength(n, counts, force), language) for n in (0, 1, 2))
        assert none not in ("", one, two)
        assert (one[:2], two[:2]) == ("1 ", "2 ")
