from __future__ import annotations

import pytest

from tests.web.site import Site

TITLES = {
    "en": "Waiting for you",
    "nl": "Wacht op u",
    "fr": "En attente de votre part",
    "de": "Wartet auf Sie",
}


@pytest.mark.parametrize(
    ("asked", "greeting"),
    [
        ("nl-BE,nl;q=0.9", "Aanmelden"),
        ("fr-BE,fr;q=0.9,en;q=0.5", "Se connecter"),
        ("de", "Anmelden"),
        ("en-GB", "Sign in"),
        ("ja", "Sign in"),
    ],
)
def test_a_stranger_reads_what_the_browser_asks_for(site: Site, asked: str, greeting: str) -> None:
    assert f"<h1>{greeting}</h1>" in site.browser(Accept_Language=asked).get("/sign-in").text


@pytest.mark.parametrize("language", TITLES)
def test_a_choice_holds_on_every_machine_once_signed_in(site: Site, language: str) -> None:
    answer = site.as_("planner").post("/language", language=language, back="/journal?x=1")
    assert answer.location == "/journal?x=1"
    page = site.as_("planner", Accept_Language="ja").get("/").text
    assert f'<html lang="{language}">' in page
    assert TITLES[language] in page


def test_a_strangers_choice_is_kept_by_the_browser(site: Site) -> None:
    browser = site.browser(Accept_Language="nl")
    browser.post("/language", language="de", back="/sign-in")
    assert "<h1>Anmelden</h1>" in browser.get("/sign-in").text


def test_an_unknown_language_is_refused(site: Site) -> None:
    assert site.as_("planner").post("/language", language="tlh").status_code == 400


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "\\\\e"])
def test_nobody_is_led_elsewhere_by_choosing_a_language(site: Site, back: str) -> None:
    assert site.as_("planner").post("/language", language="nl", back=back).location == "/"


@pytest.mark.parametrize(
    ("language", "area", "day"),
    [
        ("nl", "Station Brussel-Noord", "ma 30 nov"),
        ("fr", "Gare de Bruxelles-Nord", "lun. 30 nov."),
        ("de", "Bahnhof Brüssel-Nord", "Mo. 30. Nov."),
        ("en", "Brussels-North station", "Mon 30 Nov"),
    ],
)
def test_the_board_speaks_the_readers_language(
    site: Site, language: str, area: str, day: str
) -> None:
    browser = site.as_("planner")
    browser.post("/language", language=language)
    page = browser.get(f"{site.roster}/board").text
    assert area in page
    assert day in page
