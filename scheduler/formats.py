"""Problems, rosters and seals as JSON, versioned; every fault of a file at once.

The same frozen dataclasses are validated, written and described (JSON Schema in docs/formats).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scheduler.catalogue import preference, rule
from scheduler.errors import InvalidParameters, InvalidProblem, InvalidRoster, InvalidSeal
from scheduler.outcome import Level
from scheduler.problem import PROBLEM_FORMAT, RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.seal import SEAL_FORMAT, Seal

ROSTER_FORMAT = "tandem-roster/1"


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster on paper: of which problem, and what the solver could say of it.

    `commitment` is what the seal of a roster that was drawn opens.
    """

    assignments: tuple[Assignment, ...]
    format: str = ROSTER_FORMAT
    problem: str = ""
    status: str = ""
    levels: tuple[Level, ...] = ()
    seconds: float | None = None
    commitment: str = ""


_PROBLEM = TypeAdapter(RosterProblem)
_ROSTER = TypeAdapter(RosterFile)
_SEAL = TypeAdapter(Seal)


def problem_json(problem: RosterProblem) -> str:
    """Canonical: equal problems give equal text."""
    return json.dumps(_PROBLEM.dump_python(problem, mode="json"), sort_keys=True, indent=1)


def fingerprint(problem: RosterProblem) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(problem_json(problem).encode()).hexdigest()


def parse_problem(text: str | bytes) -> RosterProblem:
    """Raises `InvalidProblem` with every fault: syntax, fields, contradictions, parameters."""
    try:
        problem = _PROBLEM.validate_json(text, strict=True)
    except ValidationError as error:
        raise InvalidProblem(_faults(error)) from None
    faults = [] if problem.format == PROBLEM_FORMAT else [_format(problem.format, PROBLEM_FORMAT)]
    faults += parameter_faults(problem)
    if faults:
        raise InvalidProblem(faults)
    return problem


def roster_json(file: RosterFile) -> str:
    return json.dumps(_ROSTER.dump_python(file, mode="json"), indent=1)


def parse_roster(text: str | bytes) -> RosterFile:
    """Raises `InvalidRoster` with every fault of the file."""
    try:
        file = _ROSTER.validate_json(text, strict=True)
    except ValidationError as error:
        raise InvalidRoster(_faults(error)) from None
    if file.format != ROSTER_FORMAT:
        raise InvalidRoster([_format(file.format, ROSTER_FORMAT)])
    return file


def roster_in(file: RosterFile) -> Roster:
    return Roster.of(file.assignments)


def roster_fingerprint(roster: Roster) -> str:
    """SHA-256 of who is on which duty; equal for rosters that differ in roles alone."""
    return hashlib.sha256(json.dumps(sorted(roster.pairs)).encode()).hexdigest()


def seal_json(seal: Seal) -> str:
    """With the seed in it: for those alone who may open the seal."""
    return json.dumps(_SEAL.dump_python(seal, mode="json"), indent=1)


def parse_seal(text: str | bytes) -> Seal:
    """Raises `InvalidSeal` with every fault of the file."""
    try:
        return _SEAL.validate_json(text, strict=True)
    except ValidationError as error:
        raise InvalidSeal(_faults(error)) from None


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each format, by its name."""
    return {
        PROBLEM_FORMAT: _PROBLEM.json_schema(),
        ROSTER_FORMAT: _ROSTER.json_schema(),
        SEAL_FORMAT: _SEAL.json_schema(),
    }


def parameter_faults(problem: RosterProblem) -> Iterator[str]:
    """Rules and preferences in force that the catalogue cannot make."""
    for in_force in problem.rules:
        try:
            rule(in_force)
        except InvalidParameters as error:
            yield from (f"rules, {error.code}: {fault}" for fault in error.faults)
    for wish in problem.preferences:
        try:
            preference(wish)
        except InvalidParameters as error:
            yield from (f"preferences, {error.code}: {fault}" for fault in error.faults)


def _format(found: str, known: str) -> str:
    return f"format is {found!r}; this version of Tandem reads {known!r}"


def _faults(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        cause = detail.get("ctx", {}).get("error")
        where = ".".join(str(part) for part in detail["loc"])
        if isinstance(cause, InvalidProblem | InvalidSeal):
            yield from cause.faults
        else:
            yield f"{where}: {detail['msg']}" if where else detail["msg"]


def write_schemas(folder: Path) -> None:
    """One file for each format, as published in docs/formats."""
    for name, schema in schemas().items():
        file = folder / f"{name.replace('/', '-')}.schema.json"
        file.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n", encoding="utf-8")
