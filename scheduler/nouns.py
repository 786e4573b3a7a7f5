"""What teams and persons are called: none of them, one, several."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.duties import Count
from scheduler.forces import Force

NOUNS: Mapping[tuple[Count, Force | None], Mapping[str, tuple[str, str, str]]] = {
    (Count.TEAMS, None): {
        "en": ("no team", "team", "teams"),
        "nl": ("geen ploeg", "ploeg", "ploegen"),
        "fr": ("aucune équipe", "équipe", "équipes"),
        "de": ("kein Team", "Team", "Teams"),
    },
    (Count.TEAMS, Force.POLICE): {
        "en": ("no police team", "police team", "police teams"),
        "nl": ("geen politieploeg", "politieploeg", "politieploegen"),
        "fr": ("aucune équipe de police", "équipe de police", "équipes de police"),
        "de": ("kein Polizeiteam", "Polizeiteam", "Polizeiteams"),
    },
    (Count.TEAMS, Force.MILITARY): {
        "en": ("no team of soldiers", "team of soldiers", "teams of soldiers"),
        "nl": ("geen ploeg militairen", "ploeg militairen", "ploegen militairen"),
        "fr": ("aucune équipe de militaires", "équipe de militaires", "équipes de militaires"),
        "de": ("kein Soldatenteam", "Soldatenteam", "Soldatenteams"),
    },
    (Count.PERSONS, None): {
        "en": ("nobody", "person", "persons"),
        "nl": ("niemand", "persoon", "personen"),
        "fr": ("aucune personne", "personne", "personnes"),
        "de": ("niemand", "Person", "Personen"),
    },
    (Count.PERSONS, Force.POLICE): {
        "en": ("no police officer", "police officer", "police officers"),
        "nl": ("geen politieambtenaar", "politieambtenaar", "politieambtenaren"),
        "fr": (
            "aucun fonctionnaire de police",
            "fonctionnaire de police",
            "fonctionnaires de police",
        ),
        "de": ("kein Polizeibeamter", "Polizeibeamter", "Polizeibeamte"),
    },
    (Count.PERSONS, Force.MILITARY): {
        "en": ("no soldier", "soldier", "soldiers"),
        "nl": ("geen militair", "militair", "militairen"),
        "fr": ("aucun militaire", "militaire", "militaires"),
        "de": ("kein Soldat", "Soldat", "Soldaten"),
    },
}
