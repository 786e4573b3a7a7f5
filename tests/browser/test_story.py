"""The whole story of a week, as the people in it live it, in browsers of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import Visit
from tests.browser.week import Week

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWN = "You made this roster; a second person must sign it."
PETERBOS, NORTH = "Peterbos", "Brussels-North station"


def test_a_week_goes_from_draft_to_confirmed(week: Week, visit: Visit) -> None:
    planner = visit(week.address, "planner")
    see_the_draft(planner, week)
    edit_lawfully(planner, week)
    be_refused(planner, week)
    submit(planner, week)
    be_refused_a_signature(planner, week)
    sign(visit(week.address, "north"), NORTH)
    sign(visit(week.address, "west"), PETERBOS)
    sign(visit(week.address, "liaison"), "Defence (all soldiers)")
    duty = week.duty_of_a_member()
    publish(planner, week)
    week.deliver()
    confirm(visit(week.address, "member"), f"{duty.starts_at:%H:%M}")
    see_it_confirmed(planner, week)


def see_the_draft(page: Page, week: Week) -> None:
    page.get_by_role("link", name="Week 2026-W49 version 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("draft")
    page.get_by_role("link", name="Week board").click()
    board = week.board
    assert any(duty.units for duty in board.duties), "the solver put nobody on duty"
    for duty in board.duties:
        for unit in duty.units:
            expect(cell(page, duty.id)).to_contain_text(unit.name)


def edit_lawfully(page: Page, week: Week) -> None:
    duty = week.with_candidates()
    panel = opened(page, duty.id)
    candidate = panel.locator(".candidates button").first
    name = candidate.locator("b").inner_text()
    candidate.click()
    expect(panel.get_by_role("status")).to_contain_text("Done and lawful.")
    expect(cell(page, duty.id)).to_contain_text(name)


def be_refused(page: Page, week: Week) -> None:
    duty, unit = week.only_police()
    sentence = week.sentence_against_removing(unit, duty)
    before = week.board
    panel = opened(page, duty.id)
    panel.get_by_role("button", name=f"Remove {unit.name}").click()
    expect(panel.get_by_role("alert")).to_contain_text(sentence)
    expect(cell(page, duty.id)).to_contain_text(unit.name)
    assert week.board == before
    assert faults(page) == []


def submit(page: Page, week: Week) -> None:
    page.get_by_role("link", name="Roster and signatures").click()
    page.get_by_role("button", name="Submit for signatures").click()
    expect(page.get_by_role("status")).to_contain_text("Submitted.")


def be_refused_a_signature(page: Page, week: Week) -> None:
    """The page offers none; whoever asks all the same gets the same answer."""
    row = part_of(page, PETERBOS)
    expect(row).to_contain_text(OWN)
    expect(row.get_by_role("button")).to_have_count(0)
    token = page.locator("input[name=csrf_token]").first.input_value()
    answer = page.request.post(
        f"{week.address}{week.path}/sign",
        form={"csrf_token": token, "row_version": week.board.row_version, "part": "peterbos"},
    )
    assert (answer.status, OWN in answer.text()) == (403, True)


def sign(page: Page, part: str) -> None:
    page.get_by_role("link", name=f"Please sign: {part}").click()
    assert faults(page) == []
    page.get_by_role("button", name=f"Sign {part}").click()
    expect(page.get_by_role("status")).to_contain_text("Signed.")
    expect(part_of(page, part)).to_contain_text("✓")


def part_of(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Signatures").get_by_role("row").filter(has_text=name)


def publish(page: Page, week: Week) -> None:
    page.goto(week.path)
    page.get_by_role("link", name="Publish …").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish week 2026-W49, version 1?")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("Published.")
    expect(part_of(page, PETERBOS)).to_contain_text("✓ West")
    assert faults(page) == []


def confirm(page: Page, starts: str) -> None:
    page.get_by_role("link", name="My duties").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your next duty")
    duty = page.get_by_role("article")
    expect(duty).to_contain_text(starts)
    assert faults(page) == []
    duty.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("Confirmed. Thank you.")
    expect(duty).to_contain_text("You confirmed on")


def see_it_confirmed(page: Page, week: Week) -> None:
    page.goto(week.path)
    expect(page.locator(".path")).to_contain_text("Confirmed 1 of")
    page.get_by_role("link", name="Letters").click()
    letter = page.locator("details.letter").filter(has_text="member@tandem.example")
    letter.locator("summary").click()
    expect(letter).to_contain_text("Your duties in week 2026-W49")
    expect(letter).to_contain_text("seen")


def cell(page: Page, duty: str) -> Locator:
    return page.locator(f"a.duty[id='{duty}']")


def opened(page: Page, duty: str) -> Locator:
    """The panel of that duty, once it is there."""
    cell(page, duty).click()
    panel = page.get_by_role("complementary", name="Duty")
    expect(cell(page, duty)).to_have_attribute("aria-current", "true")
    return panel
