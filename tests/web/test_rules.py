"""The page of rules in force: every rule with its numbers, its source and how sure we are."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from flask_babel import force_locale

from patrols.bootstrap import framework_files
from patrols.procedures.framework_change import import_frameworks
from patrols.rosters.rules_in_force import RulesInForce, rules_in_force
from scheduler.catalogue import parameters_of, rule_classes
from tests.databases import MONDAY
from tests.patrols import story
from tests.people import ADMINISTRATOR, PLANNER
from tests.web.site import Site
from web.rosters.rules import CONFIDENCE, RULES, rule_sentence

SURE = {
    "en": "our proposal: default, to be confirmed",
    "nl": "ons voorstel: standaard, te bevestigen",
    "fr": "notre proposition\xa0: valeur par défaut, à confirmer",
    "de": "unser Vorschlag: Vorgabe, zu bestätigen",
}


def in_force(site: Site) -> RulesInForce:
    return rules_in_force(site.office, PLANNER, roster_id=site.roster_id)


def shown(site: Site, who: str = "planner") -> str:
    return " ".join(unescape(site.as_(who).get(f"{site.roster}/rules").text).split())


def test_every_rule_has_a_name_and_a_sentence_with_all_its_parameters() -> None:
    gaps = {code: set(parameters_of(rule)) for code, rule in rule_classes().items()}
    assert set(RULES) == set(gaps)
    for code, (_, sentence) in RULES.items():
        assert str(sentence).count("%(") == len(gaps[code])
        assert all(f"%({gap})s" in str(sentence) for gap in gaps[code]), code


def test_every_rule_in_force_stands_on_the_page_with_its_source(site: Site) -> None:
    page, view = shown(site), in_force(site)
    rules = [rule for framework in view.frameworks for rule in framework.rules]
    assert {rule.code for rule in rules} <= set(rule_classes())
    assert {rule.confidence for rule in rules} <= set(CONFIDENCE)
    assert page.count("<dt>Exceptions by</dt>") == len(rules)
    assert [rule.source for rule in rules if rule.source not in page] == []
    assert [rule.note.en for rule in rules if rule.note and rule.note.en not in page] == []


@pytest.mark.parametrize(
    "said",
    [
        "Between two duties at least 11 h of rest; with consent,",
        "ends between 20:00 and 23:00, at least 10 h; after an unexpected prolongation at least 8",
        "In any seven days at most 50 h of work, from reporting to release.",
        "somebody “Police lead (inspector or higher)” is there: on the spot.",
        "there: on the spot or within 15 min.",
        "one of these tasks would fall to them: identity checks,",
        "speaks each of these languages: Dutch and French.",
        "<dd>soldiers · static guard</dd>",
        "<dd>everybody · every duty</dd>",
        '<span class="sure">read in the source</span>',
        '<span class="sure unsure">from memory: default, to be confirmed</span>',
        "<dd>zone commander, coordinator</dd>",
        "<dd>nobody</dd>",
    ],
)
def test_parameters_scope_and_confidence_are_in_words(site: Site, said: str) -> None:
    assert said in shown(site)


PATTERNS = """
id = "patterns-of-the-service"
title = { en = "Patterns", nl = "Patronen", fr = "Modèles", de = "Muster" }
valid_from = 2026-11-30
sources = ["Agreement of the service"]
confidence = "A"
"""
A_PATTERN = """
[[rule]]
code = "{}"
parameters = {{ {} }}
scope = {{ forces = ["police"] }}
source = "Agreement of the service"
confidence = "A"
relaxable_by = ["coordinator"]
"""


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        (
            ("days-off", 'dates = ["2026-12-24", "2026-12-31"]'),
            "On these dates no duty starts: 24 Dec 2026 and 31 Dec 2026.",
            "24 déc. 2026 et 31 déc. 2026",
        ),
        (
            ("forbidden-successions", 'successions = ["night>early", "late>market"]'),
            "is not allowed: night → early and late → market.",
            "nuit → matin et après-midi → market",
        ),
        (
            ("maximum-duties-of-a-kind", 'shifts = ["night", "late"], maximum_duties = 4'),
            "at most 4 duties of these shifts: night and late.",
            "nuit et après-midi",
        ),
        (
            ("maximum-duties-of-a-kind", "shifts = [], maximum_duties = 4"),
            "at most 4 duties of these shifts: every shift.",
            "toutes les sortes.",
        ),
        (
            ("minimum-consecutive-duties", "minimum_days = 3, waived_at_edges = true"),
            "at least 3; waived at the edges of a roster: yes.",
            "oui.",
        ),
        (
            ("minimum-consecutive-days-off", "minimum_days = 2, waived_at_edges = false"),
            "at least 2; waived at the edges of a roster: no.",
            "non.",
        ),
    ],
)
def test_patterns_of_the_service_are_told_in_words(
    site: Site, tmp_path: Path, rule: tuple[str, str], english: str, french: str
) -> None:
    file = tmp_path / "patterns.toml"
    text = PATTERNS + A_PATTERN.format(*rule)
    file.write_text(text, encoding="utf-8")
    files = framework_files([file])
    import_frameworks(site.office, ADMINISTRATOR, files=files, monday=MONDAY)
    rules = in_force(site).frameworks[0].rules
    assert english in shown(site)
    application = site.browser().client.application
    with application.test_request_context(), force_locale("fr"):
        assert french in rule_sentence(rules[0])


def test_the_mandate_is_told_with_its_hours_its_cap_and_its_end(site: Site) -> None:
    page = shown(site)
    for said in (
        "Council of Ministers (fictional decision)",
        "Law of 7 December 1998, art. 111 (to be confirmed)",
        "from Mon 28 Sept 2026, 00:00 until Mon 11 Jan 2027, 00:00",
        "45 different soldiers, the reserve included",
        "every day 14:00–02:00 the next day",
        "Mon–Thu, Sun 06:00–22:00; Fri–Sat 06:00–06:00 the next day",
        '<span class="state draft">Fictional</span>',
    ):
        assert said in page


def test_wishes_stand_with_their_level_and_weight(site: Site) -> None:
    page, view = shown(site), in_force(site)
    wishes = [wish for framework in view.frameworks for wish in framework.wishes]
    assert wishes
    assert [wish.text.en for wish in wishes if wish.text.en not in page] == []
    assert "<td>1 · Minimums</td><td>1</td>" in page


@pytest.mark.parametrize(("language", "said"), SURE.items())
def test_the_page_speaks_the_language_of_the_reader(site: Site, language: str, said: str) -> None:
    browser = site.as_("planner")
    browser.post("/language", language=language, back="/")
    page = unescape(browser.get(f"{site.roster}/rules").text)
    titles = [getattr(framework.title, language) for framework in in_force(site).frameworks]
    assert said in page
    assert [title for title in titles if title not in page] == []


def test_the_roster_and_the_board_lead_to_it(site: Site) -> None:
    browser = site.as_("commander")
    for page in (site.roster, f"{site.roster}/board"):
        assert f'href="{site.roster}/rules"' in browser.get(page).text


def test_a_member_reads_the_rules_of_what_is_published(site: Site) -> None:
    member = site.as_("member")
    assert member.get(f"{site.roster}/rules").status_code == 403
    story.brought_out(site.office, site.roster_id)
    assert member.get(f"{site.roster}/rules").status_code == 200
    assert member.get("/rosters/99/rules").status_code == 404
