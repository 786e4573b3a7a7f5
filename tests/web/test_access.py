"""Who may open what: the same table as the steps, seen from outside."""

from __future__ import annotations

import pytest

from tests.patrols import story
from tests.web.site import Site

OFFICE = ("planner", "commander", "liaison", "coordinator", "administrator")
REVIEW = ("/rosters/1", "/rosters/1/board", "/runs/1", "/journal")


@pytest.mark.parametrize("who", OFFICE)
def test_the_office_reads_drafts_and_has_no_duties_of_its_own(site: Site, who: str) -> None:
    browser = site.as_(who)
    assert {page: browser.get(page).status_code for page in REVIEW} == dict.fromkeys(REVIEW, 200)
    assert browser.get("/mine").status_code == 403
    assert 'href="/mine"' not in browser.get("/").text


def test_a_member_reads_no_draft(site: Site) -> None:
    browser = site.as_("member")
    for page in REVIEW:
        answer = browser.get(page)
        assert answer.status_code == 403
        assert "Your account may not do this." in answer.text


def test_a_member_reads_the_published_board_and_their_own_page(site: Site) -> None:
    story.brought_out(site.office, site.roster_id)
    member = site.as_("member")
    assert member.get("/rosters/1/board").status_code == 200
    assert member.get("/brussels/weeks/2026-W49").status_code == 200
    assert member.get("/mine").status_code == 200


@pytest.mark.parametrize("who", ["member", "planner"])
def test_every_link_of_the_front_page_opens(site: Site, who: str) -> None:
    story.brought_out(site.office, site.roster_id)
    browser = site.as_(who)
    page = browser.get("/").text
    links = {part.split('"')[0] for part in page.split('href="')[1:]}
    pages = {link for link in links if link.startswith("/") and not link.startswith("/static")}
    assert len(pages) > 2
    assert {link: browser.get(link).status_code for link in pages} == dict.fromkeys(pages, 200)


def test_what_waits_depends_on_who_asks(site: Site) -> None:
    assert "Look at the board" in site.as_("planner").get("/").text
    assert "Nothing at the moment." in site.as_("commander").get("/").text
    story.submit(site.office, site.roster_id)
    assert "Please sign:" in site.as_("commander").get("/").text
    assert "Not signed yet:" in site.as_("planner").get("/").text
    assert "Please sign:" not in site.as_("liaison").get("/").text


def test_empty_screens_say_so(site: Site) -> None:
    assert "No letter yet." in site.as_("planner").get("/letters").text
    assert "No duty has been published for you." in site.as_("member").get("/mine").text
    assert "There is no roster for this week yet." in (
        site.as_("planner").get("/brussels/weeks/2027-W10").text
    )
