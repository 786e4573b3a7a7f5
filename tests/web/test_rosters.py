"""The weekly roster through forms: edited, refused, submitted, signed, published, confirmed."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from scheduler.forces import Force
from tests.patrols import story
from tests.people import PLANNER
from tests.web.site import MONDAY_EARLY, MONDAY_LATE, Browser, Site


def units(site: Site, duty_id: str = MONDAY_EARLY) -> tuple[str, ...]:
    return tuple(u.unit_id for u in story.duty(site.office, site.roster_id, duty_id).units)


def edit(
    site: Site, browser: Browser, verb: str, duty_id: str = MONDAY_EARLY, **form: object
) -> TestResponse:
    path = f"{site.roster}/duties/{duty_id}/{verb}"
    return browser.post(path, **{"row_version": site.row_version, **form})


def unlawful(site: Site) -> tuple[str, str]:
    found = queries.candidates(site.office, PLANNER, roster_id=site.roster_id, duty_id=MONDAY_LATE)
    worst = next(c for c in found if not c.lawful)
    return worst.unit_id, worst.violations[0].sentence("en")


def test_the_board_shows_every_patrol_with_its_units_and_its_gaps(site: Site) -> None:
    page = site.as_("planner").get(f"{site.roster}/board").text
    board = queries.board(site.office, PLANNER, roster_id=site.roster_id)
    assert all(f'id="{duty.id}"' in page for duty in board.duties)
    assert units(site)[0] in page
    assert "police team 0 of min. 1" in page
    assert "fictional" in page


def test_a_lawful_edit_is_kept_and_its_worth_told(site: Site) -> None:
    browser = site.as_("planner")
    unit = story.lawful(site.office, site.roster_id, MONDAY_LATE)
    answer = edit(site, browser, "add", MONDAY_LATE, unit=unit)
    assert answer.location == f"{site.roster}/duties/{MONDAY_LATE}"
    assert units(site, MONDAY_LATE) == (unit,)
    told = browser.get(answer.location).text
    assert "Done and lawful." in told
    assert "Better: What is missing to the minimum" in told


def test_an_empty_patrol_is_offered_pairs_and_emptied_again(site: Site) -> None:
    browser = site.as_("planner")
    panel = f"{site.roster}/duties/{MONDAY_LATE}"
    assert "Two units together" in browser.get(panel).text
    found = queries.pairs(site.office, PLANNER, roster_id=site.roster_id, duty_id=MONDAY_LATE)
    pair = [unit.unit_id for unit in found[0]]
    edit(site, browser, "together", MONDAY_LATE, units=pair)
    assert sorted(units(site, MONDAY_LATE)) == sorted(pair)
    assert "Take everybody off this duty" in browser.get(panel).text
    edit(site, browser, "clear", MONDAY_LATE)
    assert units(site, MONDAY_LATE) == ()


def test_a_unit_is_replaced_by_one_that_may_stand_in(site: Site) -> None:
    browser = site.as_("planner")
    first = story.lawful(site.office, site.roster_id, MONDAY_LATE)
    found = queries.candidates(site.office, PLANNER, roster_id=site.roster_id, duty_id=MONDAY_LATE)
    second = next(
        c.unit_id for c in found if c.lawful and c.unit_id != first and c.force is Force.POLICE
    )
    edit(site, browser, "add", MONDAY_LATE, unit=first)
    page = browser.get(f"{site.roster}/duties/{MONDAY_LATE}").text
    assert f'id="by-{first}"' in page
    assert edit(site, browser, "replace", MONDAY_LATE, unit=first, by=second).location
    assert units(site, MONDAY_LATE) == (second,)


def test_htmx_gets_the_panel_anew_and_the_board_is_called(site: Site) -> None:
    browser = site.as_("planner", HX_Request="true")
    unit = story.lawful(site.office, site.roster_id, MONDAY_LATE)
    answer = edit(site, browser, "add", MONDAY_LATE, unit=unit)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "roster-changed"
    assert "<html" not in answer.text
    assert "Done and lawful." in answer.text
    assert f'name="row_version" value="{site.row_version}"' in answer.text


@pytest.mark.parametrize("headers", [{}, {"HX_Request": "true"}])
def test_an_unlawful_edit_is_refused_in_place_with_its_sentence(
    site: Site, headers: dict[str, str]
) -> None:
    unit, sentence = unlawful(site)
    answer = edit(site, site.as_("planner", **headers), "add", MONDAY_LATE, unit=unit)
    assert answer.status_code == 422
    assert 'class="refusal"' in answer.text
    assert sentence.replace("'", "&#39;") in answer.text
    assert units(site, MONDAY_LATE) == ()


def test_two_edits_at_once_are_told_apart(site: Site) -> None:
    browser, seen = site.as_("planner"), site.row_version
    unit = units(site)[0]
    edit(site, browser, "pin", unit=unit, pinned="yes", row_version=seen)
    answer = edit(site, browser, "remove", unit=unit, row_version=seen)
    assert answer.status_code == 409
    assert "Somebody else changed this in the meantime." in answer.text
    assert units(site) == (unit,)


@pytest.mark.parametrize(
    ("verb", "form", "code", "told"),
    [
        ("add", {"unit": "nobody"}, 404, "There is no unit nobody."),
        ("add", {"unit": ""}, 422, "Unit: This field is required."),
        ("add", {"unit": "x", "row_version": "soon"}, 422, "Please check what you filled in."),
        ("role", {"unit": "x", "role": "mascot"}, 422, "Role: Not a valid choice."),
        ("move", {"unit": "x", "to_duty": ""}, 422, "Duty: This field is required."),
    ],
)
def test_what_makes_no_sense_is_told_beside_the_form(
    site: Site, verb: str, form: dict[str, str], code: int, told: str
) -> None:
    answer = edit(site, site.as_("planner"), verb, **form)
    assert (answer.status_code, told in answer.text) == (code, True)


def test_a_unit_is_pinned_given_a_role_moved_and_removed(site: Site) -> None:
    browser, unit = site.as_("planner"), units(site)[0]
    assert edit(site, browser, "pin", unit=unit, pinned="yes").status_code == 302
    assert "pinned" in browser.get(site.duty).text
    assert edit(site, browser, "pin", unit=unit, pinned="no").status_code == 302
    moved = edit(site, browser, "move", unit=unit, to_duty=MONDAY_LATE)
    assert moved.status_code == 302
    assert units(site, MONDAY_LATE) == (unit,)
    assert edit(site, browser, "remove", MONDAY_LATE, unit=unit).status_code == 302
    assert units(site, MONDAY_LATE) == ()


def test_nobody_but_a_planner_is_offered_an_edit(site: Site) -> None:
    page = site.as_("commander").get(site.duty).text
    assert "/remove" not in page
    refused = edit(site, site.as_("commander"), "remove", unit=units(site)[0])
    assert refused.status_code == 403
    assert units(site)


def state(site: Site) -> RosterState:
    return story.header(site.office, site.roster_id).state


def signed(site: Site, who: str, part: str) -> tuple[int, str]:
    answer = site.as_(who).post(f"{site.roster}/sign", part=part, row_version=site.row_version)
    return answer.status_code, answer.text


def test_the_roster_goes_from_draft_to_confirmed(site: Site) -> None:
    planner = site.as_("planner")
    planner.post(f"{site.roster}/submit", row_version=site.row_version)
    assert state(site) is RosterState.SUBMITTED
    early = planner.post(f"{site.roster}/publish", row_version=site.row_version)
    assert early.status_code == 409
    assert "These parts are not signed off yet" in early.text
    assert signed(site, "liaison", "brussels-north")[0] == 403
    assert signed(site, "commander", "brussels-north")[0] == 302
    assert signed(site, "commander", "peterbos")[0] == 302
    assert "✓ Commander" in planner.get(site.roster).text
    assert "Everybody with a duty gets a letter" in planner.get(f"{site.roster}/publishing").text
    out = planner.post(f"{site.roster}/publish", row_version=site.row_version)
    assert (out.status_code, state(site)) == (302, RosterState.PUBLISHED), out.text
    assert "✓ Commander" in planner.get(site.roster).text, "what was signed stays signed"
    member = site.as_("member")
    assert "Your next duty" in member.get("/mine").text
    assert member.post(f"/mine/duties/{MONDAY_EARLY}").location == "/mine"
    assert "You confirmed on" in member.get("/mine").text


def test_nobody_signs_the_roster_that_they_made(site: Site) -> None:
    unit = units(site)[0]
    edit(site, site.as_("author"), "pin", unit=unit, pinned="yes")
    story.submit(site.office, site.roster_id)
    assert "Please sign:" not in site.as_("author").get("/").text
    page = site.as_("author").get(site.roster).text
    assert "You made this roster; a second person must sign it." in page
    assert f'action="{site.roster}/sign"' not in page
    assert f'action="{site.roster}/sign"' in site.as_("commander").get(site.roster).text
    code, text = signed(site, "author", "brussels-north")
    assert code == 403
    assert "You made this roster; a second person must sign it." in text


def test_sending_back_needs_a_reason_and_says_it(site: Site) -> None:
    story.submit(site.office, site.roster_id)
    commander = site.as_("commander")
    silent = commander.post(f"{site.roster}/send-back", reason="")
    assert (silent.status_code, "Reason: This field is required." in silent.text) == (422, True)
    commander.post(f"{site.roster}/send-back", reason="Too few on Friday night")
    assert state(site) is RosterState.DRAFT
    assert "Too few on Friday night" in commander.get(site.roster).text


def test_a_draft_is_asked_for_and_its_run_can_be_cancelled(site: Site) -> None:
    planner = site.as_("planner")
    made = planner.post("/brussels/weeks", week="2026-W50")
    assert made.status_code == 302
    page = planner.get(made.location).text
    assert "waiting its turn" in page
    assert 'hx-trigger="every 2s"' in page
    part = site.as_("planner", HX_Request="true").get("/runs/2")
    assert "<html" not in part.text
    planner.post("/runs/2/cancel")
    assert "cancelled" in planner.get("/runs/2").text


def test_a_week_that_has_begun_is_refused_on_the_page_of_weeks(site: Site) -> None:
    answer = site.as_("planner").post("/brussels/weeks", week="2026-W48")
    assert answer.status_code == 409
    assert "is over or has begun" in answer.text
    assert "<h1>Weeks</h1>" in answer.text


def test_a_published_week_is_changed_by_a_new_version(site: Site) -> None:
    story.brought_out(site.office, site.roster_id)
    planner = site.as_("planner")
    made = planner.post(f"{site.roster}/new-version")
    assert made.status_code == 302
    assert "version 2" in planner.get(made.location).text


@pytest.mark.parametrize("force", Force)
def test_a_force_is_told_by_letter_and_word_not_by_colour_alone(site: Site, force: Force) -> None:
    page = site.as_("planner").get(f"{site.roster}/board").text
    letter = {"police": "P", "military": "M"}[force]
    assert f'<span class="shape {force}" aria-hidden="true">{letter}</span>' in page
