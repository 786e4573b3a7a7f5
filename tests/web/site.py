"""The site as a browser sees it: cookies, forms with their token, and what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from patrols.access.accounts import account_by, create_account
from patrols.access.actor import SYSTEM, Actor, RoleName
from patrols.bootstrap import Patrols, read_settings
from patrols.bootstrap.post import FolderMailer
from patrols.rosters import queries
from patrols.store.office import Office
from tests.patrols import story
from tests.people import PLANNER
from web import create_app

PASSWORD = "correct horse battery"
MONDAY_EARLY = "2026-W49-brussels-north-mon-early-1"
MONDAY_LATE = "2026-W49-brussels-north-mon-late-1"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ROLES = {
    "planner": (RoleName.PLANNER,),
    "author": (RoleName.PLANNER, RoleName.COMMANDER),
    "commander": (RoleName.COMMANDER,),
    "liaison": (RoleName.DEFENCE_LIAISON,),
    "coordinator": (RoleName.COORDINATOR,),
    "administrator": (RoleName.ADMINISTRATOR,),
    "member": (RoleName.MEMBER,),
}


def address(who: str) -> str:
    return f"{who}@tandem.example"


def with_accounts(office: Office) -> int:
    """Makes an account for every role, and a draft with one unit on its first duty."""
    roster_id = story.a_draft(office)
    unit = story.staffed(office, roster_id, MONDAY_EARLY)
    problem = queries.problem_of(office, PLANNER, city="brussels", week=story.WEEK)
    member_id = problem.unit(unit).members[0].id
    for who, roles in ROLES.items():
        create_account(
            office,
            SYSTEM,
            email=address(who),
            name=who.capitalize(),
            password=PASSWORD,
            roles=roles,
            areas=("brussels-north", "peterbos") if RoleName.COMMANDER in roles else (),
            member_id=member_id if who == "member" else None,
        )
    return roster_id


@dataclass
class Browser:
    """One person's browser."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=self.headers, buffered=True)

    def post(self, path: str, **form: object) -> TestResponse:
        """Sends a form as one on a page of the site would be sent."""
        filled = {"csrf_token": self.token(), **form}
        return self.client.post(path, data=filled, headers=self.headers)

    def token(self) -> str:
        found = TOKEN.search(self.client.get("/no-such-page").text)
        if found is None:
            found = TOKEN.search(self.client.get("/sign-in").text)
        assert found is not None
        return found[1]

    def sign_in(self, who: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/sign-in", email=address(who), password=password)


class Compiled(BytecodeCache):
    """Templates compiled by an earlier test: each has a site of its own, and all the same ones."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass
class Site:
    """The demo site of Brussels: a draft of 2026-W49 with one unit on its first duty."""

    office: Office
    patrols: Patrols
    roster_id: int

    @cached_property
    def app(self) -> Flask:
        app = create_app(self.patrols)
        app.testing = True
        app.jinja_env.bytecode_cache = COMPILED
        return app

    def browser(self, **headers: str) -> Browser:
        return Browser(
            self.app.test_client(), {k.replace("_", "-"): v for k, v in headers.items()}
        )

    def as_(self, who: str, **headers: str) -> Browser:
        browser = self.browser(**headers)
        account = account_by(self.office, email=address(who))
        assert account is not None
        assert browser.post("/demo/sign-in", account=account.id).status_code == 302
        return browser

    def actor(self, who: str) -> Actor:
        account = account_by(self.office, email=address(who))
        assert account is not None
        return account.actor

    @property
    def roster(self) -> str:
        return f"/rosters/{self.roster_id}"

    @property
    def duty(self) -> str:
        return f"{self.roster}/duties/{MONDAY_EARLY}"

    @property
    def row_version(self) -> int:
        return story.row_version(self.office, self.roster_id)


def patrols_of(office: Office, folder: Path) -> Patrols:
    settings = read_settings({"TANDEM_HOME": str(folder), "TANDEM_DEMO": "1"})
    return Patrols(office, settings, FolderMailer(folder, "tandem@localhost"), "k" * 48)
