"""Whoever fails to sign in again and again waits, ever longer; nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from patrols.access.accounts import create_account, record_sign_in
from patrols.access.actor import RoleName
from patrols.access.attempts import begin
from patrols.access.records import FailedSignIns
from patrols.errors import TandemError, TooManyAttempts
from patrols.store.office import Office
from tests.databases import DrivenClock
from tests.patrols.procedures.test_at_once import at_once
from tests.people import ADMINISTRATOR

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
CHIEF, OTHER = "chief@example.org", "other@example.org"
MINUTE = timedelta(minutes=1)


def fail(office: Office, times: int = 1, client: str = HERE, email: str = CHIEF) -> None:
    for _ in range(times):
        begin(office, client=client, email=email)


def told_to_wait(office: Office, client: str = HERE, email: str = CHIEF) -> str:
    with pytest.raises(TooManyAttempts) as refusal:
        begin(office, client=client, email=email)
    return str(refusal.value.values["wait"])


def succeed(office: Office, email: str = CHIEF) -> None:
    account_id = create_account(
        office,
        ADMINISTRATOR,
        email=email,
        name="Chief",
        password="correct horse battery",
        roles=[RoleName.PLANNER],
    )
    record_sign_in(office, account_id=account_id, client=HERE)


def test_after_five_failures_one_waits_a_minute_and_is_heard_again(
    office: Office, clock: DrivenClock
) -> None:
    fail(office, times=5)
    assert told_to_wait(office) == "1 min"
    clock.move(MINUTE)
    fail(office)


def test_the_wait_grows_with_every_failure_up_to_an_hour(
    office: Office, clock: DrivenClock
) -> None:
    fail(office, times=5)
    waits = []
    for _ in range(8):
        waits.append(told_to_wait(office))
        clock.move(timedelta(hours=1) if waits[-1] == "1 h" else MINUTE * int(waits[-1][:-4]))
        fail(office)
    assert waits == ["1 min", "2 min", "4 min", "8 min", "16 min", "32 min", "1 h", "1 h"]


def test_being_told_to_wait_does_not_lengthen_the_wait(office: Office, clock: DrivenClock) -> None:
    fail(office, times=5)
    for _ in range(20):
        told_to_wait(office)
    clock.move(MINUTE)
    fail(office)


def test_five_failures_in_more_than_a_quarter_of_an_hour_are_no_reason_to_wait(
    office: Office, clock: DrivenClock
) -> None:
    for _ in range(12):
        fail(office)
        clock.move(MINUTE * 4)


def test_a_quarter_of_an_hour_after_the_wait_all_is_forgotten(
    office: Office, clock: DrivenClock
) -> None:
    fail(office, times=5)
    clock.move(MINUTE * 16)
    fail(office, times=4)


def test_another_account_from_the_same_address_waits_too_but_not_from_elsewhere(
    office: Office,
) -> None:
    fail(office, times=5)
    told_to_wait(office, email=OTHER)
    fail(office, client=ELSEWHERE)


def test_many_accounts_tried_from_one_address_are_counted_together(office: Office) -> None:
    for number in range(5):
        fail(office, email=f"{number}@example.org")
    told_to_wait(office)


def test_a_success_clears_what_failed_before(office: Office) -> None:
    fail(office, times=5)
    succeed(office)
    fail(office, times=5)


def test_a_success_with_another_account_leaves_the_guessed_one_waiting(office: Office) -> None:
    fail(office, times=5)
    succeed(office, email=OTHER)
    told_to_wait(office)
    fail(office, email=OTHER)


def test_an_address_is_the_same_however_it_is_written(office: Office) -> None:
    fail(office, times=5, client="2001:db8::1", email="Chief@Example.org ")
    told_to_wait(office, client="2001:0db8:0:0:ffff::2")
    fail(office, client="2001:db8:0:1::1")


def test_attempts_at_the_same_moment_are_all_counted(office: Office) -> None:
    refused: list[type[TandemError]] = at_once(*[lambda: fail(office)] * 8)
    assert refused == [TooManyAttempts] * 3


def test_neither_addresses_nor_names_are_kept_and_what_is_over_is_removed(
    office: Office, clock: DrivenClock
) -> None:
    fail(office, client=ELSEWHERE, email=OTHER)
    clock.move(MINUTE * 14)
    fail(office, times=2)
    clock.move(MINUTE)
    with office.store.reading() as session:
        kept = " ".join(session.scalars(select(FailedSignIns.subject)))
    assert HERE not in kept
    assert "chief" not in kept
    succeed(office)
    with office.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailedSignIns)) == 0
