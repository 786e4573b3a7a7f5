"""What holds for every test: no network, no chance, no time zone of the machine's own."""

from __future__ import annotations

import gc
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from tests.machine import CHROMIUM, TOOLS, in_ci

settings.register_profile("tandem", derandomize=True, deadline=None, database=None)
settings.load_profile("tandem")

# Else a number in any file that is imported may be drawn as an example, and which examples there
# are would depend on every line of the project and on what a test process has loaded.
pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)

# A zone that nobody here lives in: code that leans on the machine's zone shows itself.
os.environ["TZ"] = "Pacific/Auckland"
time.tzset()

HERE = ("127.0.0.1", "::1", "localhost")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a missing tool lets its tests fail; elsewhere they are left out, by name."""
    for tool in TOOLS:
        if tool.path() is None and not in_ci():
            left_out = pytest.mark.skip(reason=f"to run {tool.purpose}: {tool.command()}")
            for item in items:
                if item.get_closest_marker(tool.marker):
                    item.add_marker(left_out)


def pytest_collection_finish() -> None:
    """What importing made is there to stay: to look through it again and again for garbage would
    take more than a quarter of the fast tests' time.
    """
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Sockets reach this machine only."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in HERE:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, which asks nobody for updates."""
    return {
        "executable_path": CHROMIUM.path(),
        "args": [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
