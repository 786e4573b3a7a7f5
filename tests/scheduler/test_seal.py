from dataclasses import replace

import pytest

from scheduler.errors import InvalidSeal
from scheduler.formats import parse_seal, roster_fingerprint, seal_json
from scheduler.roster import Assignment, Role, Roster
from scheduler.seal import Seal

SEAL = Seal("a1" * 32, "b2" * 32, "c3" * 32, within_percent=2.0, effort=0.4)


def test_the_commitment_opens_with_this_seal_and_with_no_other() -> None:
    commitment = SEAL.commitment()
    assert SEAL.opens(commitment)
    digits = "0123456789abcdef" * 4
    others = [
        replace(SEAL, seed=digits),
        replace(SEAL, problem=digits),
        replace(SEAL, roster=digits),
        replace(SEAL, within_percent=3.0),
        replace(SEAL, effort=0.5),
        replace(SEAL, giving=(1,)),
    ]
    assert not any(other.opens(commitment) for other in others)
    assert replace(SEAL, within_percent=2).opens(commitment)


def test_a_seal_comes_back_from_json_as_it_went() -> None:
    seal = replace(SEAL, giving=(2, 3))
    assert parse_seal(seal_json(seal)) == seal


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"seed": "ff"}, "seed: needs 64 hexadecimal digits"),
        ({"seed": "Z" * 64}, "seed: needs 64 hexadecimal digits"),
        ({"problem": ""}, "problem: needs 64"),
        ({"roster": "1" * 65}, "roster: needs 64"),
        ({"within_percent": -1.0}, "within_percent is -1.0, not between 0 and 100"),
        ({"within_percent": float("nan")}, "within_percent is nan"),
        ({"within_percent": 100.5}, "within_percent is 100.5"),
        ({"effort": 0.0}, "effort is 0.0, not above 0"),
        ({"effort": float("inf")}, "effort is inf"),
        ({"format": "tandem-seal/9"}, "this version of Tandem reads 'tandem-seal/1'"),
    ],
)
def test_a_malformed_seal_is_refused_by_the_name_of_what_is_wrong(
    changes: dict[str, object], fault: str
) -> None:
    with pytest.raises(InvalidSeal) as refused:
        replace(SEAL, **changes)  # type: ignore[arg-type]
    assert fault in str(refused.value)


def test_a_malformed_file_is_no_seal_and_is_not_quoted() -> None:
    text = seal_json(SEAL).replace("0.4", "-0.4")
    with pytest.raises(InvalidSeal, match=r"effort is -0\.4") as refused:
        parse_seal(text)
    assert SEAL.seed not in str(refused.value)
    with pytest.raises(InvalidSeal):
        parse_seal("{")


def test_the_fingerprint_of_a_roster_is_who_is_on_which_duty_in_any_order() -> None:
    pairs = [Assignment("p1", "d1"), Assignment("p2", "d2")]
    roster = Roster(tuple(pairs))
    led = Roster.of(replace(a, role=Role.MEMBER) for a in reversed(pairs))
    assert roster_fingerprint(led) == roster_fingerprint(roster)
    assert roster_fingerprint(roster.without("p1", "d1")) != roster_fingerprint(roster)
