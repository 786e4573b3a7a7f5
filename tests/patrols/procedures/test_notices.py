from __future__ import annotations

from datetime import timedelta

import pytest

from patrols.access.actor import SYSTEM
from patrols.errors import NotAllowed, NotFound
from patrols.notices.lifecycle import NoticeState
from patrols.notices.outbox import Addressee, Subject, owe
from patrols.notices.queries import inbox
from patrols.notices.views import Letter
from patrols.procedures import notices
from patrols.store.office import Office
from tests.databases import DrivenClock
from tests.people import PLANNER

SOMEBODY = Addressee("P-5339-001", "P-5339-001", "p-5339-001@tandem.example", "fr")


def owed(office: Office, to: Addressee = SOMEBODY, version: int = 1) -> None:
    with office.store.transaction() as work:
        about = Subject("roster", "brussels 2026-W49", version)
        owe(work.session, to, about, subject="Hello", body="Text\n", at=office.now())


def letter(office: Office) -> Letter:
    return inbox(office, PLANNER)[0]


def test_a_notice_is_claimed_sent_and_done(office: Office) -> None:
    owed(office)
    [delivery] = notices.claim_due(office, SYSTEM)
    assert (delivery.address, delivery.language) == (SOMEBODY.address, "fr")
    assert notices.claim_due(office, SYSTEM) == ()
    notices.record_delivery(office, SYSTEM, notice_id=delivery.notice_id)
    assert letter(office).state is NoticeState.SENT
    assert letter(office).sent_at is not None


def test_a_dead_mail_server_loses_nothing_and_is_asked_ever_more_rarely(
    office: Office, clock: DrivenClock
) -> None:
    owed(office)
    waited = []
    for _ in range(4):
        [delivery] = notices.claim_due(office, SYSTEM)
        notices.record_delivery(
            office, SYSTEM, notice_id=delivery.notice_id, error="connection refused"
        )
        waited.append(0)
        while not (again := notices.claim_due(office, SYSTEM)):
            clock.move(timedelta(minutes=1))
            waited[-1] += 1
        for claimed in again:
            notices.record_delivery(
                office, SYSTEM, notice_id=claimed.notice_id, error="connection refused"
            )
        clock.move(timedelta(hours=2))
    assert waited == sorted(waited)
    assert waited[0] >= 1
    assert letter(office).state is NoticeState.FAILED_FOR_NOW


def test_a_claim_that_nobody_reports_on_is_claimed_again(
    office: Office, clock: DrivenClock
) -> None:
    owed(office)
    [first] = notices.claim_due(office, SYSTEM)
    clock.move(notices.LOST_AFTER)
    [second] = notices.claim_due(office, SYSTEM)
    assert first.notice_id == second.notice_id


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    office: Office, clock: DrivenClock
) -> None:
    owed(office)
    [delivery] = notices.claim_due(office, SYSTEM)
    notices.record_delivery(
        office, SYSTEM, notice_id=delivery.notice_id, error="unknown user", for_good=True
    )
    clock.move(timedelta(days=2))
    assert notices.claim_due(office, SYSTEM) == ()
    assert letter(office).state is NoticeState.FAILED_FOR_GOOD


def test_who_has_no_address_is_owed_a_notice_that_says_so(office: Office) -> None:
    owed(office, Addressee("M-0001", "M-0001", "", "nl"))
    assert letter(office).state is NoticeState.FAILED_FOR_GOOD
    assert notices.claim_due(office, SYSTEM) == ()


def test_a_batch_has_an_end_and_the_rest_follows(office: Office) -> None:
    for version in range(5):
        owed(office, version=version)
    assert len(notices.claim_due(office, SYSTEM, limit=3)) == 3
    assert len(notices.claim_due(office, SYSTEM, limit=3)) == 2


def test_only_the_office_delivers(office: Office) -> None:
    with pytest.raises(NotAllowed):
        notices.claim_due(office, PLANNER)
    with pytest.raises(NotFound):
        notices.record_delivery(office, SYSTEM, notice_id=7)
