"""Many small pieces of work, each in a fork of one prepared process, as many at once as cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from resource import struct_rusage
from typing import NoReturn, TypeVar

# Those that this process may use, where the system tells (`taskset -c 0` leaves one).
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

_Task = TypeVar("_Task")


def forked(
    tasks: Iterable[_Task], work: Callable[[_Task], int]
) -> Iterator[tuple[_Task, int, struct_rusage]]:
    """Each task with the wait status and the use of the child that did it, in order of end."""
    running: dict[int, _Task] = {}
    for task in tasks:
        running[os.fork() or _do(task, work)] = task
        if len(running) == CORES:
            yield _ended(running)
    while running:
        yield _ended(running)


def _do(task: _Task, work: Callable[[_Task], int]) -> NoReturn:
    status = 1
    try:
        status = work(task)
    finally:
        os._exit(status)


def _ended(running: dict[int, _Task]) -> tuple[_Task, int, struct_rusage]:
    child, status, usage = os.wait3(0)
    return running.pop(child), status, usage
