"""What holds for every page: tokens, headers, nothing from elsewhere, no write on a read."""

from __future__ import annotations

import re
import sqlite3

import pytest
from flask import render_template
from sqlalchemy import event

from tests.web.site import MONDAY_EARLY, Site

PAGES = (
    "/",
    "/brussels/weeks",
    "/brussels/weeks/2026-W49",
    "/brussels/weeks/2027-W03",
    "/rosters/1",
    "/rosters/1/board",
    "/rosters/1/publishing",
    f"/rosters/1/duties/{MONDAY_EARLY}",
    "/runs/1",
    "/letters",
    "/journal",
    "/journal/roster/1",
)


def content(site: Site) -> list[str]:
    database = site.office.store.engine.url.database
    assert database
    with sqlite3.connect(database) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_every_form_is_refused_without_its_token_and_changes_nothing(site: Site) -> None:
    browser = site.as_("planner")
    before = content(site)
    rules = browser.client.application.url_map.iter_rules()
    posts = [rule for rule in rules if rule.methods and "POST" in rule.methods]
    values = {"roster_id": 1, "duty_id": MONDAY_EARLY, "run_id": 1, "city": "brussels"}
    assert len(posts) > 14
    for rule in posts:
        built = rule.build(values)
        assert built is not None
        if rule.endpoint.startswith("security."):
            continue  # told by its own page; see below
        answer = browser.client.post(built[1], data={"row_version": 1})
        assert answer.status_code == 400, rule
        assert "Load it again." in answer.text
    assert content(site) == before


def test_nobody_signs_in_or_out_without_the_token(site: Site) -> None:
    browser = site.as_("planner")
    assert browser.client.post("/sign-out").status_code == 400
    assert browser.get("/").status_code == 200
    form = {"email": "planner@tandem.example", "password": "correct horse battery"}
    stranger = site.browser()
    stranger.client.post("/sign-in", data=form)
    assert stranger.get("/").status_code == 302


def test_looking_changes_nothing(site: Site) -> None:
    browser = site.as_("planner")
    before = content(site)
    for page in PAGES:
        assert browser.get(page).status_code == 200, page
    assert content(site) == before


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_answer_is_closed_to_the_outside(site: Site, path: str) -> None:
    headers = site.as_("planner").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_nonce_is_new_for_every_answer(site: Site) -> None:
    browser = site.browser()
    policies = {browser.get("/sign-in").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_a_page_has_no_inline_style_or_script_and_nothing_from_elsewhere(site: Site) -> None:
    browser = site.as_("planner")
    for page in PAGES:
        text = browser.get(page).text
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)", text) == [], page
        assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", text) == [], page


def test_static_files_may_be_kept_because_their_address_changes_with_them(site: Site) -> None:
    text = site.browser().get("/sign-in").text
    [style] = re.findall(r'href="(/static/tandem\.css\?v=[0-9a-f]{12})"', text)
    assert "max-age=31536000" in site.browser().get(style).headers["Cache-Control"]


def test_a_members_page_is_light_enough_for_a_bad_line(site: Site) -> None:
    browser = site.as_("member")
    page = browser.get("/mine")
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    size = len(page.data) + sum(len(browser.get(path).data) for path in set(loaded))
    assert size < 100_000


def test_a_template_reads_nothing_more_from_the_database(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[str] = []
    rendering = False

    def drawn(*args: object, **values: object) -> str:
        nonlocal rendering
        rendering = True
        try:
            return render_template(*args, **values)  # type: ignore[arg-type]
        finally:
            rendering = False

    def heard(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if rendering:
            late.append(statement)

    monkeypatch.setattr("web.step.render_template", drawn)
    event.listen(site.office.store.engine, "before_cursor_execute", heard)
    browser = site.as_("planner")
    assert {browser.get(page).status_code for page in PAGES} == {200}
    assert late == []
