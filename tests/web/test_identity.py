from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from patrols.bootstrap import Patrols
from patrols.journal.queries import entries
from tests.databases import DrivenClock
from tests.people import PLANNER
from tests.web.site import PASSWORD, Site, address

WRONG = "This address and password do not belong together."


def test_whoever_is_signed_out_is_led_to_the_sign_in_page_and_back(site: Site) -> None:
    browser = site.browser()
    answer = browser.get(site.roster + "?day=2")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")
    back = browser.post(answer.location, email=address("planner"), password=PASSWORD)
    assert back.location == site.roster + "?day=2"
    assert browser.get(back.location).status_code == 200


def test_a_part_of_a_page_is_not_answered_with_the_sign_in_page(site: Site) -> None:
    answer = site.browser(HX_Request="true").get(site.duty)
    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["HX-Redirect"] == "/sign-in"


def test_a_sign_in_is_remembered_in_the_journal(site: Site) -> None:
    assert site.browser().sign_in("planner").location == "/"
    account = site.actor("planner").account_id
    newest, *_ = entries(site.office, PLANNER, kind="account", subject=account)
    assert newest.step == "accounts.record_sign_in"


@pytest.mark.parametrize(("who", "password"), [("planner", "wrong"), ("nobody", PASSWORD)])
def test_an_unknown_address_and_a_wrong_password_are_told_alike(
    site: Site, who: str, password: str
) -> None:
    browser = site.browser()
    answer = browser.sign_in(who, password)
    assert WRONG in answer.text
    assert browser.get("/").status_code == 302


def test_nobody_is_led_to_another_site_after_signing_in(site: Site) -> None:
    form = {"email": address("planner"), "password": PASSWORD}
    away = site.browser().post("/sign-in?next=https://elsewhere.example/", **form)
    assert "elsewhere" not in (away.location or "")
    demo = {"account": site.actor("planner").account_id, "next": "//elsewhere.example"}
    assert site.browser().post("/demo/sign-in", **demo).location == "/"


def test_signing_out_takes_a_button_not_a_link(site: Site) -> None:
    browser = site.as_("planner")
    assert browser.get("/sign-out").status_code >= 400
    assert browser.get("/").status_code == 200
    browser.post("/sign-out")
    assert browser.get("/").status_code == 302


def test_the_demo_offers_its_people_with_one_click(site: Site) -> None:
    page = site.browser().get("/sign-in").text
    assert all(who.capitalize() in page for who in ("planner", "liaison", "member"))
    assert "Planner" in site.as_("planner").get("/").text


def test_outside_the_demo_nobody_is_offered_and_no_click_suffices(site: Site) -> None:
    earnest = replace(site, patrols=_earnest(site))
    account = site.actor("planner").account_id
    browser = earnest.browser()
    browser.client.environ_base["wsgi.url_scheme"] = "https"
    assert "Liaison" not in browser.get("/sign-in").text
    assert browser.post("/demo/sign-in", account=account).status_code == 403


def test_cookies_are_for_this_host_and_https_alone_outside_the_demo(site: Site) -> None:
    [demo] = site.browser().get("/sign-in").headers.getlist("Set-Cookie")
    [earnest] = (
        replace(site, patrols=_earnest(site))
        .browser()
        .client.get("/sign-in", base_url="https://tandem.example")
        .headers.getlist("Set-Cookie")
    )
    assert demo.startswith("tandem=")
    assert "Secure" not in demo
    assert earnest.startswith("__Host-tandem=")
    for wanted in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert wanted in earnest
    assert "Domain" not in earnest


def _earnest(site: Site) -> Patrols:
    return replace(site.patrols, office=replace(site.office, demo=False))


def test_who_fails_too_often_is_told_to_wait_and_nothing_of_it_is_logged(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    browser = site.browser()
    caplog.set_level(logging.DEBUG)
    for _ in range(5):
        assert WRONG in browser.sign_in("planner", "wrong horse battery").text
    refused = browser.sign_in("planner")
    assert refused.status_code == 429
    assert "Too many sign-ins failed. Wait 1 min, then try again." in refused.text
    assert browser.get("/").status_code == 302
    assert "planner" not in caplog.text
    assert "horse" not in caplog.text
    assert isinstance(site.office.clock, DrivenClock)
    site.office.clock.move(timedelta(minutes=1))
    assert browser.sign_in("planner").location == "/"


def test_colleagues_behind_a_known_proxy_are_counted_one_by_one(site: Site) -> None:
    settings = replace(site.patrols.settings, proxies=1)
    behind = replace(site, patrols=replace(site.patrols, settings=settings))
    here, there = (behind.browser(X_Forwarded_For=f"192.0.2.{n}") for n in (1, 2))
    answers = [here.sign_in("nobody", "wrong horse battery").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert there.sign_in("planner").status_code == 302


def test_without_one_nobody_changes_address_by_saying_so(site: Site) -> None:
    browsers = [site.browser(X_Forwarded_For=f"192.0.2.{n}") for n in range(6)]
    answers = [b.sign_in("nobody", "wrong horse battery").status_code for b in browsers]
    assert answers == [200] * 5 + [429]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "Te veel mislukte aanmeldingen. Wacht 1 min en probeer opnieuw."),
        ("fr", "Trop de connexions échouées. Attendez 1 min, puis réessayez."),
        ("de", "Zu viele fehlgeschlagene Anmeldungen. Warten Sie 1 min"),
    ],
)
def test_waiting_is_asked_for_in_the_reader_s_language(
    site: Site, language: str, told: str
) -> None:
    browser = site.browser(Accept_Language=language)
    for _ in range(5):
        browser.sign_in("nobody", "wrong horse battery")
    assert told in browser.sign_in("nobody").text
