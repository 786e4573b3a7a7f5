"""Browsers that hold every page to silence: nothing on the console, nothing that fails to load."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from patrols import worker
from patrols.access.actor import RoleName
from patrols.procedures import weekly_roster
from tests.browser.serving import served
from tests.browser.week import Week, an_account
from tests.databases import DrivenClock, SqliteDatabases, an_office
from tests.patrols import story
from tests.web.site import PASSWORD, Site, address, patrols_of, with_accounts

SECONDS = 3
expect.set_options(timeout=15_000)  # a busy machine is no fault of a page

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def base_url() -> str:
    """Each test says where it goes; this stands in for pytest-base-url's own, which warns."""
    return ""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo site with a draft in which one unit is on duty; nobody changes its roster."""
    folder = tmp_path_factory.mktemp("browser")
    with SqliteDatabases(folder).copy_of("brussels") as url:
        office = an_office(url, DrivenClock())
        roster_id = with_accounts(office)
        yield Site(office, patrols_of(office, folder), roster_id)
        office.store.close()


@pytest.fixture(scope="session")
def site_address(site: Site) -> Iterator[str]:
    with served(site.patrols) as found:
        yield found


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Week]:
    """A small week, drafted by the worker's own solver process and served."""
    with SqliteDatabases(tmp_path).copy_of("brussels") as url:
        office = an_office(url, DrivenClock())
        patrols = patrols_of(office, tmp_path)
        story.a_small_week(office)
        planner = an_account(
            office, "planner", RoleName.PLANNER, RoleName.COMMANDER, areas=("peterbos",)
        )
        an_account(office, "north", RoleName.COMMANDER, areas=("brussels-north",))
        an_account(office, "west", RoleName.COMMANDER, areas=("peterbos",))
        an_account(office, "liaison", RoleName.DEFENCE_LIAISON)
        roster_id = weekly_roster.request_draft(
            office, planner, city="brussels", week=story.WEEK, seconds=SECONDS
        )
        assert worker.solve_next(patrols, threading.Event())
        with served(patrols) as found:
            yield Week(patrols, roster_id, found)
        office.store.close()


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext]) -> Iterator[Visit]:
    """Opens a browser of one's own at an address, signed in if a name is given."""
    complaints: list[str] = []

    def opened(site_address: str, who: str = "", **more: object) -> Page:
        context = new_context(base_url=site_address, locale="en-GB", **more)
        listen(context, complaints)
        page = context.new_page()
        if who:
            sign_in(page, who)
        return page

    yield opened
    assert complaints == []


def sign_in(page: Page, who: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(address(who))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("/")


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """A refusal is an answer; an error on the console or a file that does not load is not."""

    def answered(response: Response) -> None:
        page_or_part = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= (500 if page_or_part else 400):
            complaints.append(f"{response.status} {response.url}")

    context.on("response", answered)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type in ("error", "warning")
            and "server responded with a status" not in said.text
            else None
        ),
    )
