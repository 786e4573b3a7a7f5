"""What holds in a browser alone: keys, focus, narrow windows, and pages that everybody can use."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import Visit
from tests.web.site import MONDAY_EARLY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "": ("/sign-in",),
    "planner": (
        "/",
        "/brussels/weeks",
        "/brussels/weeks/2026-W49",
        "/brussels/weeks/2027-W03",
        "/rosters/1",
        "/rosters/1/board",
        "/rosters/1/rules",
        "/rosters/1/rules",
        "/rosters/1/publishing",
        f"/rosters/1/duties/{MONDAY_EARLY}",
        "/runs/1",
        "/letters",
        "/journal",
        "/no-such-page",
    ),
    "member": ("/", "/mine"),
}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def planner(visit: Visit, site_address: str) -> Page:
    return visit(site_address, "planner")


def test_arrow_keys_leaf_through_the_weeks(planner: Page) -> None:
    planner.goto("/brussels/weeks/2026-W49")
    planner.keyboard.press("ArrowRight")
    planner.wait_for_url("**/brussels/weeks/2026-W50")
    planner.keyboard.press("ArrowLeft")
    planner.wait_for_url("**/brussels/weeks/2026-W49")


def test_another_language_shows_the_same_page(visit: Visit, site_address: str) -> None:
    page = visit(site_address, "coordinator")
    page.goto("/rosters/1/board?day=1")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("columnheader", name="Patrouillegebied")).to_be_visible()
    assert page.url == f"{site_address}/rosters/1/board?day=1"


def test_the_panel_takes_the_focus_and_gives_it_back(planner: Page) -> None:
    planner.goto("/rosters/1/board")
    duty = planner.locator(f"a.duty[id='{MONDAY_EARLY}']")
    duty.focus()
    planner.keyboard.press("Enter")
    panel = planner.get_by_role("complementary", name="Duty")
    expect(panel.get_by_role("heading").first).to_be_focused()
    panel.get_by_role("button", name="Pin").click()
    expect(panel.get_by_role("status")).to_contain_text("Done and lawful.")
    expect(panel.get_by_role("heading").first).to_be_focused()
    panel.get_by_role("button", name="Unpin").click()
    expect(panel.get_by_role("button", name="Unpin")).to_have_count(0)
    planner.keyboard.press("Escape")
    expect(panel.get_by_role("heading")).to_have_count(0)
    expect(duty).to_be_focused()


def test_the_reason_goes_along_with_whichever_edit_is_made(planner: Page) -> None:
    why = planner.get_by_label("Reason for a change")
    deeds = {
        deed: planner.locator(f".deeds button:text-matches('^{deed}')")
        for deed in ("Pin", "Unpin")
    }
    pages = ("/rosters/1/board", f"/rosters/1/duties/{MONDAY_EARLY}")
    for page in pages:
        planner.goto(page)
        if page.endswith("board"):
            planner.locator(f"a.duty[id='{MONDAY_EARLY}']").click()
        for deed, undone in (("Pin", "Unpin"), ("Unpin", "Pin")):
            why.fill(f"{deed} on {page}")
            deeds[deed].click()
            expect(deeds[undone]).to_be_visible()
            expect(why).to_have_value("")
    planner.goto("/journal/roster/1")
    for page in pages:
        for deed in deeds:
            expect(planner.get_by_text(f"{deed} on {page}", exact=True)).to_be_visible()


def test_a_phone_shows_one_day_at_a_time(visit: Visit, site_address: str) -> None:
    page = visit(site_address, "planner", viewport=PHONE)
    page.goto("/rosters/1/board")
    monday = page.locator(f"a.duty[id='{MONDAY_EARLY}']")
    expect(monday).to_be_visible()
    page.get_by_role("navigation", name="Days").get_by_role("link").nth(1).click()
    expect(monday).to_be_hidden()
    expect(page.locator(f"a.duty[id='{MONDAY_EARLY.replace('mon', 'tue')}']")).to_be_visible()


def test_nothing_on_a_phone_is_wider_than_the_phone(visit: Visit, site_address: str) -> None:
    for who, paths in PAGES.items():
        page = visit(site_address, who, viewport=PHONE)
        for language in ("en", "nl", "fr", "de"):
            if who:
                page.locator(f"button[name=language][value={language}]").click()
            for path in paths:
                page.goto(path)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= PHONE["width"], f"{path} in {language} is {wide} wide"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_every_page(
    visit: Visit, site_address: str, scheme: Literal["light", "dark"]
) -> None:
    for who, paths in PAGES.items():
        page = visit(site_address, who, color_scheme=scheme)
        for path in paths:
            page.goto(path)
            assert faults(page) == [], f"{path} as {who or 'nobody'}"


def test_everybody_can_use_the_panel(planner: Page) -> None:
    planner.goto("/rosters/1/board")
    planner.locator(f"a.duty[id='{MONDAY_EARLY}']").click()
    planner.locator("details.unlawful summary").click()
    assert faults(planner) == []


def test_axe_would_find_something(planner: Page) -> None:
    planner.goto("/letters")
    planner.locator("h1").evaluate("title => title.style.setProperty('color', '#bbb')")
    planner.locator("main").evaluate("main => main.append(document.createElement('button'))")
    assert {fault.partition(":")[0] for fault in faults(planner)} == {
        "button-name",
        "color-contrast",
    }
