from __future__ import annotations

from dataclasses import dataclass

from scheduler.reach import OfficerWithinReach
from scheduler.rule import Text, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceLead(OfficerWithinReach):
    """A police officer fit to lead is on the duty, or within reach of it, from start to end.

    Formula      for every stretch of [starts_d, ends_d) between starts and ends of duties in
                 reach: somebody in scope on d  =>  some lead on a duty there that covers it
    Units        minutes on the way; 0 means on the duty itself
    Source       practice since 2015: always under police command (domain record, rules 1 and 16)
    Formulation  One clause per stretch (scheduler/reach.py); a duty helps only while it lasts.
    """

    code = "police-lead"
    text = Text(
        en="{area}: from {moment} no police lead {reach}.",
        nl="{area}: vanaf {moment} geen politieleiding {reach}.",
        fr="{area} : dès {moment}, aucun responsable policier {reach}.",
        de="{area}: ab {moment} keine polizeiliche Leitung {reach}.",
    )

    qualification: str = parameter()
    reach_minutes: int = parameter(unit="min", at_least=0, at_most=240)
