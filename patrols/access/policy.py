"""Who may do what: one table of step × role × relation, and the one question every step asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from patrols.access.actor import DEFENCE, Actor, RoleName
from patrols.errors import NeedsSecondPerson, NotAllowed, NotYourCommand, NotYourDuty, TandemError
from scheduler.wording import Named


class Relation(StrEnum):
    """How the actor stands to what the step is about."""

    OWN_AREA = "own-area"
    DEFENCE_PART = "defence-part"
    NOT_AUTHOR = "not-author"
    CONCERNED = "concerned"
    PUBLISHED = "published"


Relations = frozenset[Relation]
Grants = Mapping[RoleName, Relations]


def _to(*roles: RoleName, only: Collection[Relation] = ()) -> Grants:
    return dict.fromkeys(roles, frozenset(only))


_MEMBER, _PLANNER, _COMMANDER, _LIAISON, _COORDINATOR, _ADMINISTRATOR, _SYSTEM = RoleName
_REVIEWERS = (_PLANNER, _COMMANDER, _LIAISON, _COORDINATOR)
_OFFICE = (*_REVIEWERS, _ADMINISTRATOR)
_PLANNING = _to(_PLANNER, _COORDINATOR)
_READING = _to(*_OFFICE)
_READING_PUBLISHED = {**_READING, **_to(_MEMBER, only=[Relation.PUBLISHED])}
_LOADING = _to(_COORDINATOR, _ADMINISTRATOR, _SYSTEM)
_RUNNING = _to(_SYSTEM)
_ANYONE = _to(*RoleName)

TABLE: Mapping[str, Grants] = {
    # the weekly roster
    "weekly_roster.request_draft": {**_PLANNING, **_to(_SYSTEM)},
    "weekly_roster.edit": _PLANNING,
    "weekly_roster.submit": _PLANNING,
    "weekly_roster.new_version": _PLANNING,
    "weekly_roster.send_back": _to(*_REVIEWERS),
    "weekly_roster.sign": {
        _COMMANDER: frozenset({Relation.OWN_AREA, Relation.NOT_AUTHOR}),
        _LIAISON: frozenset({Relation.DEFENCE_PART, Relation.NOT_AUTHOR}),
    },
    "weekly_roster.publish": _PLANNING,
    "weekly_roster.acknowledge": _to(_MEMBER, only=[Relation.CONCERNED]),
    "weekly_roster.acknowledge_week": _to(_MEMBER),
    "rosters.weeks": _to(*_OFFICE, _MEMBER, _SYSTEM),
    "rosters.board": _READING_PUBLISHED,
    "rosters.current_board": _READING_PUBLISHED,
    "rosters.rules_in_force": _READING_PUBLISHED,
    "rosters.roster_page": _READING,
    "rosters.candidates": _PLANNING,
    "rosters.pairs": _PLANNING,
    "rosters.my_duties": _to(_MEMBER),
    "rosters.roster_rows": {**_READING, **_to(_SYSTEM)},
    "rosters.next_undrafted": _RUNNING,
    "rosters.problem_of": _to(*_OFFICE, _SYSTEM),
    # computing
    "computing.take_run": _RUNNING,
    "computing.record_progress": _RUNNING,
    "computing.record_outcome": _RUNNING,
    "computing.fail_run": _RUNNING,
    "computing.cancel_run": _PLANNING,
    "computing.release_lost_runs": _RUNNING,
    "runs.run_state": _READING,
    "turns.take_turn": _RUNNING,
    # notices
    "notices.claim_due": _RUNNING,
    "notices.record_delivery": _RUNNING,
    "notices.inbox": _ANYONE,
    # people and data
    "founding.found_demo": _RUNNING,
    "accounts.create_account": _to(_ADMINISTRATOR, _SYSTEM),
    "accounts.set_language": _ANYONE,
    "journal.entries": _READING,
    "sick_call.report_absence": {
        **_to(_PLANNER, _COMMANDER, _LIAISON, _COORDINATOR),
        **_to(_MEMBER, only=[Relation.CONCERNED]),
    },
    "imports.import_forces": _LOADING,
    "imports.import_absences": _LOADING,
    "imports.import_coverage": _LOADING,
    "imports.import_history": _LOADING,
    "framework_change.import_frameworks": _LOADING,
    "reference_data.load_reference": _LOADING,
}

# Which refusal says best what is missing; the first that applies.
_REFUSALS: Mapping[Relation, type[TandemError]] = {
    Relation.OWN_AREA: NotYourCommand,
    Relation.DEFENCE_PART: NotYourCommand,
    Relation.NOT_AUTHOR: NeedsSecondPerson,
    Relation.CONCERNED: NotYourDuty,
}


def require(
    actor: Actor,
    step: str,
    *,
    part: str = "",
    called: Named | None = None,
    authors: Collection[str] = (),
    members: Collection[str] = (),
    published: bool = False,
) -> None:
    """Passes, or raises the `NotAllowed` that says best why not.

    `part` is the area (or `DEFENCE`) that the step is about, `called` what people call it,
    `authors` the accounts that made what is reviewed, `members` those whom the step concerns.
    """
    grants = TABLE[step]
    held = _relations(actor, part, authors, members, published=published)
    missing = [grants[role] - held for role in sorted(actor.roles) if role in grants]
    if not all(missing) and missing:
        return
    fewest = min(missing, key=len, default=frozenset())
    refusal = next(
        (fact for relation, fact in _REFUSALS.items() if relation in fewest), NotAllowed
    )
    raise refusal(
        name=actor.name, part=called or part, step=step, needed=", ".join(sorted(grants))
    )


def may(actor: Actor, step: str) -> bool:
    """Whether some role of the actor is granted the step at all: for menus and buttons."""
    return any(role in TABLE[step] for role in actor.roles)


def _relations(
    actor: Actor,
    part: str,
    authors: Collection[str],
    members: Collection[str],
    *,
    published: bool,
) -> Relations:
    facts = {
        Relation.OWN_AREA: part in actor.areas,
        Relation.DEFENCE_PART: part == DEFENCE,
        Relation.NOT_AUTHOR: actor.account_id not in authors,
        Relation.CONCERNED: actor.member_id is not None and actor.member_id in members,
        Relation.PUBLISHED: published,
    }
    return frozenset(relation for relation, holds in facts.items() if holds)
