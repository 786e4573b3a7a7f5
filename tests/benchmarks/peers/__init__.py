"""Other solvers on the same problems, in the same seconds, judged by the same judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class PeerCommand:
    """Where a peer's command is, and the package that makes it possible."""

    name: str
    module: str
    package: str

    @property
    def present(self) -> bool:
        return find_spec(self.package) is not None


PEERS: Mapping[str, PeerCommand] = {
    "cp-sat": PeerCommand("plain CP-SAT", "tests.benchmarks.peers.cp_sat", "ortools"),
    "highs": PeerCommand("HiGHS", "tests.benchmarks.peers.highs", "highspy"),
}
