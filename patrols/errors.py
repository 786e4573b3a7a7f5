"""Refusals as facts in domain words, in five families; each says its English sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from scheduler.wording import render

if TYPE_CHECKING:
    from scheduler.rule import Violation


class TandemError(Exception):
    """`code` names the fact for translators, `values` fill its sentence."""

    code: ClassVar[str]
    sentence: ClassVar[str]

    def __init__(self, **values: Any) -> None:
        self.values: Mapping[str, Any] = values
        super().__init__(render(self.sentence, values, "en"))


class NotFound(TandemError):
    """What was named does not exist."""

    code = "not-found"
    sentence = "There is no {kind} {id}."


class NotAllowed(TandemError):
    """The actor may not take this step."""

    code = "not-allowed"
    sentence = "{name} may not do this ({step}): it takes {needed}."


class WrongState(TandemError):
    """What was named is past or before the point at which this could be done."""

    code = "wrong-state"
    sentence = "{subject} is {state}; this needs it to be {needed}."


class Invalid(TandemError):
    """What was given cannot be right."""

    code = "invalid"
    sentence = "{key}: {fault}."


class Stale(TandemError):
    """What was decided upon has changed since it was read."""

    code = "stale"
    sentence = "{subject} has changed since you opened it; look again."


class UnknownCity(NotFound):
    code = "unknown-city"
    sentence = "There is no city {city}; there are {known}."


class UnknownUnit(NotFound):
    code = "unknown-unit"
    sentence = "There is no unit {unit}."


class UnknownMember(NotFound):
    code = "unknown-member"
    sentence = "There is no member {member}."


class UnknownDuty(NotFound):
    code = "unknown-duty"
    sentence = "There is no duty {duty}."


class UnknownRoster(NotFound):
    code = "unknown-roster"
    sentence = "There is no roster {roster}."


class UnknownRun(NotFound):
    code = "unknown-run"
    sentence = "There is no run {run}."


class UnknownAccount(NotFound):
    code = "unknown-account"
    sentence = "There is no account {account}."


class NotYourCommand(NotAllowed):
    code = "not-your-command"
    sentence = "{name} does not answer for {part}; its own commander does this."


class NotYourDuty(NotAllowed):
    code = "not-your-duty"
    sentence = "{name} is not on this duty, and only those who are can do this."


class NeedsSecondPerson(NotAllowed):
    code = "needs-second-person"
    sentence = "{name} made this roster; a second person signs it."


class DemoOnly(NotAllowed):
    code = "demo-only"
    sentence = "This exists in the demo office only."


class TooManyAttempts(NotAllowed):
    code = "too-many-attempts"
    sentence = "Too many sign-ins failed; wait {wait}, then try again."


class RosterAlreadyPublished(WrongState):
    code = "roster-already-published"
    sentence = "Version {version} of {city} {week} is published; start a new version instead."


class DraftAlreadyOpen(WrongState):
    code = "draft-already-open"
    sentence = "{city} {week} already has version {version}, which is {state}; finish that first."


class WeekInThePast(WrongState):
    code = "week-in-the-past"
    sentence = "{week} is over or has begun; choose a later week."


class DutyInThePast(WrongState):
    code = "duty-in-the-past"
    sentence = "{duty} began at {starts_at}; what has begun is not changed."


class FrameworkNotInForce(WrongState):
    code = "framework-not-in-force"
    sentence = "No framework is in force for {week}; import one that is valid then."


class MandateExpired(WrongState):
    code = "mandate-expired"
    sentence = "No mandate is in force for the soldiers on {duty}; renew it or remove them."


class SignaturesMissing(WrongState):
    code = "signatures-missing"
    sentence = "These parts are not signed off yet: {parts}."


class InputsChangedMeanwhile(Stale):
    code = "inputs-changed-meanwhile"
    sentence = "Somebody else changed this in the meantime; look again and repeat your change."


class RuleBroken(Invalid):
    """`violations` hold the sentence of each broken rule, in four languages."""

    code = "rule-broken"
    sentence = "{sentences}"

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__(sentences=" ".join(v.sentence("en") for v in self.violations))


class FaultyFile(Invalid):
    """Nothing of the file was taken over; `faults` names every fault in it, one sentence each."""

    code = "faulty-file"
    sentence = "{file} was not imported; mend this and try again:\n{listed}"

    def __init__(self, file: str, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(file=file, listed="\n".join(f"  {fault}" for fault in self.faults))


class DatabaseUnusable(Invalid):
    code = "database-unusable"
    sentence = "The database {place} cannot be used: {reason}."


class WrongSettings(Invalid):
    code = "wrong-settings"
    sentence = "{reason}"


class UnknownWeek(NotFound):
    code = "unknown-week"
    sentence = "{week} is not an ISO week; write it as 2026-W50."


class NoDuties(NotFound):
    code = "no-duties"
    sentence = "{city} has no duties in {week}; request a draft of that week first."


class UnknownPart(NotFound):
    code = "unknown-part"
    sentence = "This roster has no part {part} to sign; its parts are {parts}."


class NotOnDuty(NotFound):
    code = "not-on-duty"
    sentence = "{unit} is not on {duty} in this roster."


class AlreadyOnDuty(WrongState):
    code = "already-on-duty"
    sentence = "{unit} is already on {duty}."


class AlreadySigned(WrongState):
    code = "already-signed"
    sentence = "{part} is already signed off by {name}."


class WeekIsOver(WrongState):
    code = "week-is-over"
    sentence = "{week} is over; its roster stays as it is."


class DoubleBooked(WrongState):
    code = "double-booked"
    sentence = "A unit of this roster is already on a published duty at the same time."


class RoleNotPossible(Invalid):
    code = "role-not-possible"
    sentence = "{unit} cannot be {role} on {duty}."


class ReasonMissing(Invalid):
    code = "reason-missing"
    sentence = "Give a reason, so that the author knows what to change."


class FrameworkChanged(Stale):
    code = "framework-changed"
    sentence = "Submitted under {frameworks}, no longer in force for {week}; send it back first."


class NotADemo(WrongState):
    code = "not-a-demo"
    sentence = "This data folder holds a real office; set TANDEM_HOME to another for the demo."


class NotPrepared(WrongState):
    code = "not-prepared"
    sentence = "{week} could not be drafted in the time given; start again, it goes on from here."


class BeingPrepared(WrongState):
    code = "being-prepared"
    sentence = "The demo in {home} is being prepared by another process; wait until it is served."


class PortInUse(WrongState):
    code = "port-in-use"
    sentence = "Port {port} of {host} is in use; stop what uses it, or set TANDEM_PORT to another."


class ProcessEnded(WrongState):
    code = "process-ended"
    sentence = "The {name} process ended by itself; its last words stand above."
