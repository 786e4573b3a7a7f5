"""The worker: solves queued runs in a child process, and hands letters to the post.

Both happen outside any transaction. Killed at any moment, it leaves rows that another takes up.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import structlog

from patrols.access.actor import SYSTEM
from patrols.notices.mail import Failure, failure, message
from patrols.procedures import computing, notices
from patrols.procedures.computing import Task
from patrols.procedures.notices import Delivery
from scheduler.errors import ModelDisagrees
from scheduler.formats import parse_problem
from scheduler.outcome import Drafted, Incumbent, Infeasible, Outcome, OutOfTime

if TYPE_CHECKING:
    from patrols.bootstrap import Patrols
    from patrols.store.office import Office

    Step = Callable[[Patrols, threading.Event], bool]

IDLE_SECONDS = 1.0
BEAT_SECONDS = 1.0
GRACE_SECONDS = 60.0

log = structlog.get_logger(__name__)
_processes = multiprocessing.get_context("spawn")


class SolverDied(RuntimeError):
    """The child process ended without a word, or took far longer than it was given."""


def work(patrols: Patrols, stop: threading.Event) -> None:
    """Solves and delivers until told to stop."""
    solving = threading.Thread(target=_repeat, args=(solve_next, patrols, stop), name="solving")
    solving.start()
    _repeat(deliver_due, patrols, stop)
    solving.join()


def _repeat(step: Step, patrols: Patrols, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            busy = step(patrols, stop)
        except Exception:  # a worker outlives any one failure, and says it
            log.exception("step failed", step=getattr(step, "__name__", ""))
            busy = False
        if not busy:
            stop.wait(IDLE_SECONDS)


def solve_next(patrols: Patrols, stop: threading.Event) -> bool:
    """One queued run, if there is one."""
    task = computing.take_run(patrols.office, SYSTEM)
    if task is None:
        return False
    log.debug("run taken", run=task.run_id, seconds=task.seconds)
    solve_task(patrols.office, task, patrols.settings.cores, stop)
    return True


def solve_task(office: Office, task: Task, cores: int, stop: threading.Event) -> None:
    """Whatever happens to the child, the run ends as a fact."""
    try:
        outcome = solve_apart(office, task, cores, stop)
        if outcome is not None:
            ended = computing.record_outcome(office, SYSTEM, run_id=task.run_id, outcome=outcome)
            log.debug("run ended", run=task.run_id, state=ended)
    except (SolverDied, ModelDisagrees) as error:
        log.error("run failed", run=task.run_id, error=str(error))  # noqa: TRY400 - said in full
        computing.fail_run(office, SYSTEM, run_id=task.run_id, error=str(error))


def solve_apart(office: Office, task: Task, cores: int, stop: threading.Event) -> Outcome | None:
    """The child's outcome; None when the run was cancelled or the worker told to stop."""
    ours, theirs = _processes.Pipe(duplex=False)
    child = _processes.Process(target=_child, args=(theirs, task, cores), daemon=True)
    child.start()
    theirs.close()
    try:
        return _follow(office, task, ours, stop)
    except EOFError:
        child.join(IDLE_SECONDS)
        raise SolverDied(f"the solver's process ended with code {child.exitcode}") from None
    finally:
        child.kill()
        child.join()
        ours.close()


def _follow(office: Office, task: Task, ours: Connection, stop: threading.Event) -> Outcome | None:
    deadline = time.monotonic() + task.seconds + GRACE_SECONDS
    heard: list[Incumbent] = []
    while not stop.is_set():
        if ours.poll(BEAT_SECONDS):
            match ours.recv():
                case Incumbent() as incumbent:
                    heard.append(incumbent)
                    if ours.poll(0):  # several at once are told at once
                        continue
                case Drafted() | Infeasible() | OutOfTime() as outcome:
                    computing.record_progress(office, SYSTEM, run_id=task.run_id, incumbents=heard)
                    return outcome
                case str() as broken:
                    raise SolverDied(broken)
        goes_on = computing.record_progress(office, SYSTEM, run_id=task.run_id, incumbents=heard)
        if not goes_on:
            return None
        heard.clear()
        if time.monotonic() > deadline:
            raise SolverDied(f"no outcome {GRACE_SECONDS:.0f} s after its {task.seconds} s")
    return None


def _child(theirs: Connection, task: Task, cores: int) -> None:
    """Runs in a process of its own, the only one that loads the solver."""
    from scheduler.planner import Budget, draft  # noqa: PLC0415 - loads the solver here alone

    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        budget = Budget(seconds=float(task.seconds), cores=cores, seed=task.seed)
        theirs.send(draft(parse_problem(task.problem), budget, theirs.send))
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 - told to the parent, which fails the run
        theirs.send(f"{type(error).__name__}: {error}")


def _end_with_parent() -> None:
    """A solver whose worker was killed must not go on heating the room."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def deliver_due(patrols: Patrols, stop: threading.Event) -> bool:
    """Sends what is due; a post that cannot be reached is not asked again for the whole batch."""
    batch = notices.claim_due(patrols.office, SYSTEM)
    unreachable: Failure | None = None
    for delivery in batch:
        failed = unreachable or _failed(patrols, delivery)
        if failed and failed.of_the_post:
            unreachable = failed
        notices.record_delivery(
            patrols.office,
            SYSTEM,
            notice_id=delivery.notice_id,
            error=failed.error if failed else "",
            for_good=failed is not None and failed.for_good,
        )
    if unreachable:
        log.warning("post unreachable", error=unreachable.error, letters=len(batch))
    return bool(batch) and not unreachable and not stop.is_set()


def _failed(patrols: Patrols, delivery: Delivery) -> Failure | None:
    try:
        patrols.mailer.send(message(delivery, patrols.office.base_url))
    except (OSError, ValueError) as error:
        return failure(error)
    return None
