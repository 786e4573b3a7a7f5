"""What rules and authorities are called, in a word or two and four languages.

The vocabulary of a problem may call them otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.wording import Name, Thing

_RULES: Mapping[str, tuple[str, str, str, str]] = {
    "absence": ("Absence", "Afwezigheid", "Absence", "Abwesenheit"),
    "authorised-area": (
        "Authorised areas",
        "Toegelaten gebieden",
        "Zones autorisées",
        "Zugelassene Gebiete",
    ),
    "authorised-hours": (
        "Authorised hours",
        "Toegelaten uren",
        "Heures autorisées",
        "Zugelassene Zeiten",
    ),
    "complete-weekends": (
        "Complete weekends",
        "Volledige weekends",
        "Week-ends complets",
        "Ganze Wochenenden",
    ),
    "consecutive-nights": (
        "Nights in a row",
        "Nachten na elkaar",
        "Nuits d'affilée",
        "Nächte in Folge",
    ),
    "days-off": ("Days off", "Vrije dagen", "Jours libres", "Freie Tage"),
    "firm-minimum": ("Firm minimums", "Vaste minima", "Minimums fermes", "Feste Mindestzahlen"),
    "forbidden-successions": (
        "Order of shifts",
        "Volgorde van de diensten",
        "Ordre des services",
        "Reihenfolge der Dienste",
    ),
    "forbidden-tasks": (
        "Forbidden tasks",
        "Verboden taken",
        "Tâches interdites",
        "Verbotene Aufgaben",
    ),
    "force-ratio": (
        "Soldiers per police officer",
        "Militairen per politieambtenaar",
        "Militaires par policier",
        "Soldaten je Polizeibeamten",
    ),
    "freeze-before-duty": ("Freeze", "Bevriezing", "Gel", "Festschreibung"),
    "hours-in-24h": (
        "Hours in 24 hours",
        "Uren in 24 uur",
        "Heures en 24 heures",
        "Stunden in 24 Stunden",
    ),
    "hours-in-rolling-week": (
        "Hours in seven days",
        "Uren in zeven dagen",
        "Heures en sept jours",
        "Stunden in sieben Tagen",
    ),
    "hours-in-reference-period": (
        "Hours in the reference period",
        "Uren in de referentieperiode",
        "Heures dans la période de référence",
        "Stunden im Bezugszeitraum",
    ),
    "language-pair": ("Languages", "Talen", "Langues", "Sprachen"),
    "lent-area": (
        "Lent units",
        "Uitgeleende eenheden",
        "Unités mises à disposition",
        "Überlassene Einheiten",
    ),
    "mandate-cap": (
        "Cap of the mandate",
        "Maximum van het mandaat",
        "Plafond du mandat",
        "Obergrenze des Mandats",
    ),
    "maximum-consecutive-days-off": (
        "Most days off in a row",
        "Hoogste aantal vrije dagen na elkaar",
        "Nombre maximal de jours libres d'affilée",
        "Höchstzahl freier Tage in Folge",
    ),
    "maximum-consecutive-duties": (
        "Most days worked in a row",
        "Hoogste aantal gewerkte dagen na elkaar",
        "Nombre maximal de jours prestés d'affilée",
        "Höchstzahl geleisteter Tage in Folge",
    ),
    "maximum-duties-of-a-kind": (
        "Most duties of one kind",
        "Hoogste aantal diensten van één soort",
        "Nombre maximal de services d'une même sorte",
        "Höchstzahl von Diensten einer Art",
    ),
    "maximum-weekends": (
        "Most weekends worked",
        "Hoogste aantal gewerkte weekends",
        "Nombre maximal de week-ends prestés",
        "Höchstzahl geleisteter Wochenenden",
    ),
    "minimum-consecutive-days-off": (
        "Fewest days off in a row",
        "Laagste aantal vrije dagen na elkaar",
        "Nombre minimal de jours libres d'affilée",
        "Mindestzahl freier Tage in Folge",
    ),
    "minimum-consecutive-duties": (
        "Fewest days worked in a row",
        "Laagste aantal gewerkte dagen na elkaar",
        "Nombre minimal de jours prestés d'affilée",
        "Mindestzahl geleisteter Tage in Folge",
    ),
    "minimum-rest": ("Daily rest", "Dagelijkse rust", "Repos journalier", "Tägliche Ruhezeit"),
    "minutes-in-horizon": (
        "Hours of the contract",
        "Uren van het contract",
        "Heures du contrat",
        "Stunden des Vertrags",
    ),
    "need-maximum": (
        "No more than asked for",
        "Niet meer dan gevraagd",
        "Pas plus que demandé",
        "Nicht mehr als verlangt",
    ),
    "one-place-at-a-time": (
        "One place at a time",
        "Op één plaats tegelijk",
        "Un seul endroit à la fois",
        "Nur an einem Ort zugleich",
    ),
    "patrol-size": ("Size", "Omvang", "Taille", "Größe"),
    "police-lead": (
        "Police lead",
        "Politieleiding",
        "Direction policière",
        "Polizeiliche Leitung",
    ),
    "protected-place": (
        "Protected places",
        "Beschermde plaatsen",
        "Lieux protégés",
        "Geschützte Orte",
    ),
    "protected-training": (
        "Protected training",
        "Beschermde training",
        "Entraînement protégé",
        "Geschützte Ausbildung",
    ),
    "required-qualification": (
        "Qualifications",
        "Kwalificaties",
        "Qualifications",
        "Qualifikationen",
    ),
    "roe-briefing": (
        "Briefing before going out",
        "Briefing voor vertrek",
        "Briefing avant la sortie",
        "Einweisung vor dem Ausrücken",
    ),
    "rotation-length": ("Rotation", "Rotatie", "Rotation", "Rotation"),
    "searcher-within-reach": (
        "Search by an officer of the same sex",
        "Fouille door iemand van hetzelfde geslacht",
        "Fouille par une personne du même sexe",
        "Durchsuchung durch eine Person gleichen Geschlechts",
    ),
    "weekends-in-a-row": (
        "Weekends in a row",
        "Weekends na elkaar",
        "Week-ends d'affilée",
        "Wochenenden in Folge",
    ),
    "weekly-rest": (
        "Weekly rest",
        "Wekelijkse rust",
        "Repos hebdomadaire",
        "Wöchentliche Ruhezeit",
    ),
}
_BESIDE: Mapping[str, tuple[str, str, str, str]] = {
    "pins": (
        "What is pinned",
        "Wat is vastgezet",
        "Ce qui est épinglé",
        "Was festgesetzt ist",
    ),
    "needs": (
        "What other needs have",
        "Wat andere behoeften hebben",
        "Ce que d'autres besoins ont",
        "Was anderswo gedeckt ist",
    ),
}
_AUTHORITIES: Mapping[str, tuple[str, str, str, str]] = {
    "commander": (
        "zone commander",
        "gebiedsverantwoordelijke",
        "responsable de secteur",
        "Gebietsverantwortlicher",
    ),
    "coordinator": ("coordinator", "coördinator", "coordinateur", "Koordinator"),
    "defence-liaison": (
        "Defence liaison officer",
        "verbindingsofficier van Defensie",
        "officier de liaison de la Défense",
        "Verbindungsoffizier der Verteidigung",
    ),
}

TITLES: Mapping[tuple[Thing, str], Name] = {
    (thing, key): Name(thing, key, *said)
    for thing, names in (
        (Thing.RULE, {**_RULES, **_BESIDE}),
        (Thing.AUTHORITY, _AUTHORITIES),
    )
    for key, said in names.items()
}
