"""The journal as people read it."""

from __future__ import annotations

from tests.patrols import story
from tests.web.site import MONDAY_EARLY, Site


def shown(site: Site) -> str:
    return " ".join(site.as_("planner").get(f"/journal/roster/{site.roster_id}").text.split())


def test_a_step_tells_what_it_changed_and_passes_over_what_stayed(site: Site) -> None:
    story.submit(site.office, site.roster_id)
    page = shown(site)
    assert "<dt>state</dt><dd><del>draft</del> waiting for signatures</dd>" in page
    assert "<del>1</del> 1" not in page
    story.sign_all(site.office, site.roster_id)
    assert '<span class="muted">part:</span> brussels-north' in shown(site)


def test_the_reason_for_an_edit_is_asked_for_and_kept(site: Site) -> None:
    browser = site.as_("planner")
    assert 'id="why"' in browser.get(site.duty).text
    assert 'id="why"' not in site.as_("commander").get(site.duty).text
    unit = story.duty(site.office, site.roster_id, MONDAY_EARLY).units[0].unit_id
    form = {"unit": unit, "pinned": "yes", "row_version": site.row_version}
    browser.post(f"{site.duty}/pin", **form, reason="They know the station")
    assert "<q>They know the station</q>" in shown(site)


def test_a_reason_of_many_pages_is_refused_and_can_be_shortened(site: Site) -> None:
    unit = story.duty(site.office, site.roster_id, MONDAY_EARLY).units[0].unit_id
    form = {"unit": unit, "pinned": "yes", "row_version": site.row_version}
    answer = site.as_("planner").post(f"{site.duty}/pin", **form, reason="long " * 101)
    assert answer.status_code == 422
    assert "Reason: Field cannot be longer than 500 characters." in answer.text
    assert 'value="long long' in answer.text
