"""Other solvers on the same problems, in the same seconds, judged by the same judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from shutil import which


@dataclass(frozen=True, slots=True)
class PeerCommand:
    """Where a peer's command is, what it needs here, and which files it takes."""

    name: str
    module: str
    package: str
    program: str = ""
    takes: tuple[str, ...] = (".txt", ".json")

    @property
    def present(self) -> bool:
        there = find_spec(self.package) is not None
        return there and (not self.program or which(self.program) is not None)


PEERS: Mapping[str, PeerCommand] = {
    "cp-sat": PeerCommand("plain CP-SAT", "tests.benchmarks.peers.cp_sat", "ortools"),
    "highs": PeerCommand("HiGHS", "tests.benchmarks.peers.highs", "highspy"),
    "timefold": PeerCommand(
        "Timefold", "tests.benchmarks.peers.timefold", "timefold", "java", takes=(".txt",)
    ),
}
