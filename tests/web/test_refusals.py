from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from patrols import errors
from patrols.errors import Invalid, NotAllowed, NotFound, Stale, TandemError, WrongState
from scheduler.wording import Name, Named, Occasion, Shift, Thing
from tests.web.site import Site
from web.refusals import SENTENCES, sentences, status

NAMED = re.compile(r"%\((\w+)\)s")
# A broken rule brings its sentences; the rest is met by the command line alone.
SPEAK_FOR_THEMSELVES = {
    "rule-broken",
    "wrong-settings",
    "not-a-demo",
    "not-prepared",
    "being-prepared",
    "port-in-use",
    "process-ended",
}


def below(kind: type[TandemError]) -> Iterator[type[TandemError]]:
    for found in kind.__subclasses__():
        yield found
        yield from below(found)


EVERY = sorted({e for e in below(TandemError) if e.__module__ == errors.__name__}, key=str)


@pytest.mark.parametrize("error", EVERY, ids=lambda e: e.code)
def test_every_refusal_has_a_sentence_made_of_what_the_error_knows(
    error: type[TandemError],
) -> None:
    if error.code in SPEAK_FOR_THEMSELVES:
        return
    known = set(re.findall(r"\{(\w+)\}", error.sentence))
    assert set(NAMED.findall(str(SENTENCES[error.code]))) <= known


@pytest.mark.parametrize(
    ("family", "code"),
    [(NotFound, 404), (NotAllowed, 403), (WrongState, 409), (Invalid, 422), (Stale, 409)],
)
def test_the_family_gives_the_status(family: type[TandemError], code: int) -> None:
    members = [family, *below(family)]
    values = dict.fromkeys(("kind", "id", "name", "step", "needed", "subject", "state"), "x")
    values |= dict.fromkeys(("key", "fault"), "x")
    assert status(family(**values)) == code
    assert len(members) > 1 or family is Invalid


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "There is no duty X-1."),
        ("nl", "Er is geen dienst X-1."),
        ("fr", "Il n’y a pas de service X-1."),
        ("de", "Es gibt keinen Dienst X-1."),
    ],
)
def test_a_refusal_speaks_the_readers_language(site: Site, language: str, told: str) -> None:
    with site.browser().client.application.test_request_context(), force_locale(language):
        assert sentences(errors.UnknownDuty(duty="X-1")) == (told,)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "the soldiers on this duty: Peterbos 2, Thu 3 Dec night. Renew it"),
        ("nl", "de militairen op deze dienst geldt geen mandaat: Peterbos 2, do 3 dec nacht."),
        ("fr", "les militaires de ce service\xa0: Cité du Peterbos 2, jeu. 3 déc. nuit."),
        ("de", "in diesem Dienst gilt kein Mandat: Peterbos 2, Do. 3. Dez. Nacht."),
    ],
)
def test_a_duty_is_told_by_place_and_time_in_the_readers_language(
    site: Site, language: str, told: str
) -> None:
    name = Name(Thing.AREA, "peterbos", "Peterbos", "Peterbos", "Cité du Peterbos", "Peterbos")
    night = Shift(datetime(2026, 12, 3, 22, tzinfo=UTC), "night")
    refusal = errors.MandateExpired(duty=Occasion(Named("peterbos", name), 2, night))
    with site.browser().client.application.test_request_context(), force_locale(language):
        assert told in sentences(refusal)[0]


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("/nowhere", 404, "What you look for does not exist"),
        ("/rosters/999", 404, "There is no roster 999."),
        ("/rosters/1/duties/never", 404, "There is no duty never."),
        ("/brussels/weeks/soon", 404, "There is no week soon."),
        ("/rosters/1/submit", 405, "What you look for does not exist"),
    ],
)
def test_what_is_not_there_is_told_with_a_way_on(
    site: Site, path: str, code: int, told: str
) -> None:
    answer = site.as_("planner").get(path)
    assert answer.status_code == code
    assert told in answer.text
    assert "To the front page" in answer.text


def test_a_fault_of_ours_is_told_calmly(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = site.as_("planner")
    browser.client.application.testing = False
    browser.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("web.step.render_template", lambda *_a, **_k: 1 / 0)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Something broke here" in answer.text
    assert "ZeroDivision" not in answer.text
