from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest

from patrols import worker
from patrols.access.actor import SYSTEM
from patrols.bootstrap import Patrols, load, open_patrols, read_settings
from patrols.notices.lifecycle import NoticeState
from patrols.notices.outbox import Addressee, Subject, owe
from patrols.notices.queries import inbox
from patrols.procedures import computing, weekly_roster
from patrols.rosters.lifecycle import RosterState
from patrols.runs.lifecycle import RunState
from patrols.runs.queries import run_state
from patrols.store.office import Office
from tests.databases import MONDAY, DrivenClock
from tests.patrols import story
from tests.people import PLANNER


@dataclass(slots=True)
class Post:
    """Takes letters, or raises what it is told to: for all, or for the first `refused`."""

    refusal: OSError | ValueError | None = None
    refused: int = 1_000
    asked: int = 0
    taken: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        self.asked += 1
        if self.refusal is not None and self.asked <= self.refused:
            raise self.refusal
        self.taken.append(message)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def running(brussels: Office, post: Post, tmp_path: Path) -> Patrols:
    settings = read_settings({"TANDEM_HOME": str(tmp_path), "TANDEM_DEMO": "1"})
    return Patrols(brussels, settings, post, "")


ADDRESS = "agent@tandem.example"


def owed(office: Office, *addresses: str) -> None:
    with office.store.transaction() as work:
        for version, address in enumerate(addresses):
            owe(
                work.session,
                Addressee("P-5339-001", "Agent Ünal", address, "de"),
                Subject("roster", "brussels 2026-W49", version),
                subject="Ihre Dienste",
                body="Guten Tag\n",
                at=office.now(),
            )


def test_letters_are_handed_to_the_post(running: Patrols, post: Post) -> None:
    owed(running.office, ADDRESS)
    assert worker.deliver_due(running, threading.Event())
    assert not worker.deliver_due(running, threading.Event())
    [message] = post.taken
    assert message["To"] == "Agent Ünal <agent@tandem.example>"
    assert (message["Content-Language"], message["Subject"]) == ("de", "Ihre Dienste")
    assert message["Message-ID"].startswith("<notice-1@")


def test_a_dead_server_is_asked_once_for_the_whole_batch(
    running: Patrols, post: Post, clock: DrivenClock
) -> None:
    owed(running.office, ADDRESS, ADDRESS, ADDRESS)
    post.refusal = ConnectionRefusedError(111, "Connection refused")
    worker.deliver_due(running, threading.Event())
    assert post.asked == 1
    states = {letter.state for letter in inbox(running.office, PLANNER)}
    assert states == {NoticeState.FAILED_FOR_NOW}
    post.refusal = None
    clock.move(timedelta(hours=1))
    worker.deliver_due(running, threading.Event())
    assert len(post.taken) == 3


def test_one_refused_address_does_not_hold_up_the_others(running: Patrols, post: Post) -> None:
    owed(running.office, ADDRESS, ADDRESS)
    post.refusal = SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})
    worker.deliver_due(running, threading.Event())
    assert post.asked == 2
    states = {letter.state for letter in inbox(running.office, PLANNER)}
    assert states == {NoticeState.FAILED_FOR_GOOD}


@pytest.mark.parametrize(
    ("refusal", "state"),
    [
        (SMTPRecipientsRefused({ADDRESS: (450, b"mailbox busy")}), NoticeState.FAILED_FOR_NOW),
        (SMTPDataError(451, b"try again"), NoticeState.FAILED_FOR_NOW),
        (SMTPDataError(554, b"looks like spam"), NoticeState.FAILED_FOR_GOOD),
        (SMTPSenderRefused(550, b"not you", "tandem@localhost"), NoticeState.FAILED_FOR_NOW),
        (ValueError("not to be written out"), NoticeState.FAILED_FOR_NOW),
    ],
)
def test_one_refused_letter_does_not_hold_up_the_others(
    running: Patrols, post: Post, refusal: OSError | ValueError, state: NoticeState
) -> None:
    owed(running.office, ADDRESS, ADDRESS, ADDRESS)
    post.refusal, post.refused = refusal, 1
    assert worker.deliver_due(running, threading.Event())
    found = Counter(letter.state for letter in inbox(running.office, PLANNER))
    assert found == {state: 1, NoticeState.SENT: 2}


@pytest.mark.parametrize(
    "address",
    ["jan janssens@x", "müller@x", "jan@münchen.example", "a..b@x", "a@", "@", "a@[1", "a@x\nb"],
)
def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(
    running: Patrols, post: Post, address: str
) -> None:
    owed(running.office, address, ADDRESS, ADDRESS)
    assert worker.deliver_due(running, threading.Event())
    assert len(post.taken) == 2
    found = Counter(letter.state for letter in inbox(running.office, PLANNER))
    assert found == {NoticeState.FAILED_FOR_GOOD: 1, NoticeState.SENT: 2}


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPConnectError(421, b"closing down"),
        SMTPServerDisconnected("gone"),
        SMTPAuthenticationError(535, b"wrong password"),
        SMTPHeloError(550, b"who are you"),
        SMTPNotSupportedError("no STARTTLS"),
        TimeoutError("timed out"),
    ],
)
def test_what_keeps_every_letter_from_going_is_not_tried_with_each(
    running: Patrols, post: Post, refusal: OSError
) -> None:
    owed(running.office, ADDRESS, ADDRESS, ADDRESS)
    post.refusal = refusal
    assert not worker.deliver_due(running, threading.Event())
    assert post.asked == 1
    states = {letter.state for letter in inbox(running.office, PLANNER)}
    assert states == {NoticeState.FAILED_FOR_NOW}


@pytest.mark.slow
def test_a_queued_run_is_solved_in_a_child_process(running: Patrols) -> None:
    office = running.office
    story.a_small_week(office)
    roster_id = story.a_request(office)
    assert worker.solve_next(running, threading.Event())
    assert not worker.solve_next(running, threading.Event())
    assert story.header(office, roster_id).state is RosterState.DRAFT
    view = run_state(office, PLANNER, run_id=1)
    assert view.state is RunState.FINISHED
    assert view.levels[0].level == 1
    assert len(story.duty(office, roster_id, story.MONDAY_EARLY).units) >= 1


@pytest.mark.slow
def test_a_run_that_is_cancelled_or_interrupted_stops_its_child(running: Patrols) -> None:
    office = running.office
    roster_id = weekly_roster.request_draft(
        office, PLANNER, city="brussels", week=story.WEEK, seconds=600
    )
    cancel = threading.Timer(4, computing.cancel_run, (office, PLANNER), {"run_id": 1})
    cancel.start()
    began = time.monotonic()
    worker.solve_next(running, threading.Event())
    assert time.monotonic() - began < 60
    assert story.header(office, roster_id).state is RosterState.FAILED


@pytest.mark.slow
def test_a_child_that_dies_without_a_word_fails_the_run(
    running: Patrols, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = running.office
    story.a_small_week(office)
    roster_id = story.a_request(office)
    monkeypatch.setattr(worker, "_child", _dies)
    worker.solve_next(running, threading.Event())
    assert story.header(office, roster_id).state is RosterState.FAILED
    assert "ended with code 3" in (run_state(office, PLANNER, run_id=1).error or "")


def _dies(*_: object) -> None:
    os._exit(3)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Patrols, dict[str, str]]]:
    """An office on disk, as other processes find it."""
    environ = {"TANDEM_HOME": str(tmp_path), "TANDEM_DEMO": "1"}
    opened = open_patrols(read_settings(environ), DrivenClock())
    load(opened.office, MONDAY)
    yield opened, {**os.environ, **environ}
    opened.office.store.close()


@pytest.mark.slow
def test_a_worker_killed_mid_run_leaves_a_run_that_another_finishes(
    home: tuple[Patrols, dict[str, str]],
) -> None:
    patrols, environ = home
    office = patrols.office
    story.a_small_week(office)
    roster_id = weekly_roster.request_draft(
        office, PLANNER, city="brussels", week=story.WEEK, seconds=3
    )
    killed = subprocess.Popen([sys.executable, "-m", "patrols.commands", "worker"], env=environ)
    while run_state(office, PLANNER, run_id=1).state is RunState.QUEUED:
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    view = run_state(office, PLANNER, run_id=1)
    assert view.state is RunState.RUNNING
    assert view.started_at is not None
    clock = DrivenClock(view.started_at + timedelta(hours=1))
    later = Office(office.store, clock, office.holidays, demo=True)
    assert computing.release_lost_runs(later, SYSTEM) == (1,)
    worker.solve_next(patrols, threading.Event())
    assert story.header(office, roster_id).state is RosterState.DRAFT
