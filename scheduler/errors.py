"""Faults of the data handed to the scheduler: facts in domain words, all at once."""

from __future__ import annotations

from collections.abc import Iterable


class InvalidProblem(ValueError):
    """The problem contradicts itself; `faults` names every contradiction, one sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class InvalidRoster(ValueError):
    """The roster names what the problem does not hold; `faults` lists every such name."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class InvalidParameters(ValueError):
    """A rule or preference got parameters that it cannot have; one sentence for each fault."""

    def __init__(self, code: str, faults: Iterable[str]) -> None:
        self.code = code
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{code}: {fault}" for fault in self.faults))


class ModelDisagrees(RuntimeError):
    """The solver's roster breaks a rule by the checkers, or costs less than its own bound.

    A bug of ours, never a user's fault.
    """

    def __init__(self, violations: Iterable[object]) -> None:
        self.violations = tuple(violations)
        super().__init__("the model and the checkers disagree: " + repr(self.violations[:5]))


class InvalidSeal(ValueError):
    """A seal is malformed, or was made for something else; `faults` lists every reason."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))
