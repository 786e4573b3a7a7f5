"""Starts the processes of an office, and stops them together."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from patrols.errors import BeingPrepared, PortInUse, ProcessEnded

# Ctrl-C, a polite request, and a terminal that is closed.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOCK = "being-prepared"
PATIENCE_SECONDS = 10.0
LOOK_SECONDS = 0.5
WEB_PROCESSES, WEB_THREADS = 2, 4


def refuse_port_in_use(host: str, port: int) -> None:
    """Raises `PortInUse`; asked before anything long begins.

    Some systems let a port be taken that is served on all addresses: so it is called, too.
    """
    if answers(host, port):
        raise PortInUse(port=port, host=host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortInUse(port=port, host=host) from error


@contextmanager
def preparing_alone(home: Path) -> Iterator[None]:
    """Raises `BeingPrepared`. The lock goes with the process that holds it, however it ends."""
    with (home / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BeingPrepared(home=home) from error
        yield


def become_web_server(host: str, port: int) -> None:
    """Turns this process into the web server; the site itself lies above this package."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "web.wsgi:app",
        f"--config=python:{__name__}",
        f"--bind={where}",
        "--worker-class=gthread",
        f"--workers={WEB_PROCESSES}",
        f"--threads={WEB_THREADS}",
        "--log-level=warning",
    ]
    os.execv(sys.executable, command)  # noqa: S606 - a fixed list, no shell


def when_ready(server: Any) -> None:
    """Asked by gunicorn, which would start anew, and for ever, when its terminal is closed."""
    server.handle_hup = server.handle_term


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection((host, port), timeout=LOOK_SECONDS).close()
    except OSError:
        return False
    return True


def told_to_stop() -> threading.Event:
    """Set when this process is to end, in whatever way it is told."""
    stop = threading.Event()
    for number in ENDING:
        signal.signal(number, lambda *_: stop.set())
    return stop


def keep_running(
    commands: Iterable[str],
    *,
    ready: Callable[[], bool],
    tell: Callable[[], None],
) -> None:
    """Runs `tandem` commands as child processes until told to stop or until one of them ends.

    `tell` is called once, when they are `ready`. Raises `ProcessEnded` when one ends by itself;
    the others are stopped in either case.
    """
    stop = told_to_stop()
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in commands:
            children[name] = _started(name)
        told = False
        while not stop.wait(LOOK_SECONDS):
            for name, child in children.items():
                if child.poll() is not None:
                    raise ProcessEnded(name=name)
            if not told and ready():
                tell()
                told = True
    finally:
        _stop(children.values())


def _started(name: str) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches it through us, once, and not from the terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "patrols.commands", name],
        start_new_session=True,
    )


def _stop(children: Iterable[subprocess.Popen[bytes]]) -> None:
    running = tuple(children)
    for child in running:
        child.terminate()
    for child in running:
        try:
            child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
