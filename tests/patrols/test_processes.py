from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from patrols import processes
from patrols.bootstrap import Patrols
from patrols.commands import main
from patrols.errors import PortInUse, ProcessEnded

Child = subprocess.Popen[bytes]

WAYS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """What is told to this process is told to the tests again afterwards."""
    before = {number: signal.getsignal(number) for number in WAYS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """The processes that were started, which do as little as their names say."""
    started: list[Child] = []

    def start(name: str) -> Child:
        seconds = 0 if name == "short-lived" else 60
        started.append(subprocess.Popen(["sleep", str(seconds)]))
        return started[-1]

    monkeypatch.setattr(processes, "_started", start)
    return started


@pytest.mark.parametrize("way", WAYS)
def test_an_office_ends_whole_however_it_is_told(
    children: list[Child], way: signal.Signals
) -> None:
    processes.keep_running(
        ("sleeper", "other sleeper"), ready=lambda: True, tell=lambda: os.kill(os.getpid(), way)
    )
    assert [child.returncode for child in children] == [-signal.SIGTERM] * 2


def test_an_office_that_loses_a_process_ends_whole(children: list[Child]) -> None:
    with pytest.raises(ProcessEnded, match="short-lived"):
        processes.keep_running(("sleeper", "short-lived"), ready=lambda: False, tell=lambda: None)
    assert [child.returncode for child in children] == [-signal.SIGTERM, 0]


def test_a_port_that_somebody_serves_is_in_use_even_where_it_can_be_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as everywhere:
        everywhere.bind(("", 0))
        everywhere.listen()
        port = everywhere.getsockname()[1]
        monkeypatch.setattr(socket.socket, "bind", lambda *_: None)
        with pytest.raises(PortInUse, match=str(port)):
            processes.refuse_port_in_use("127.0.0.1", port)
    processes.refuse_port_in_use("127.0.0.1", port)


def test_a_worker_ends_when_its_terminal_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = []

    def work(_: Patrols, stop: threading.Event) -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        stopped.append(stop.wait(5))

    monkeypatch.setenv("TANDEM_HOME", str(tmp_path))
    monkeypatch.setattr("patrols.worker.work", work)
    assert CliRunner().invoke(main, ["worker"]).exit_code == 0
    assert stopped == [True]


@pytest.mark.slow
def test_a_web_server_ends_when_its_terminal_is_closed(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "TANDEM_HOME": str(tmp_path), "TANDEM_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "patrols.commands", "serve"], env=environ
    ) as running:
        while not processes.answers("127.0.0.1", port):
            assert running.poll() is None
            time.sleep(0.1)
        running.send_signal(signal.SIGHUP)
        assert running.wait(20) == 0
    assert not processes.answers("127.0.0.1", port)
