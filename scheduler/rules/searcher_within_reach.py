from __future__ import annotations

from dataclasses import dataclass

from scheduler.reach import OfficerWithinReach
from scheduler.rule import Text, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class SearcherWithinReach(OfficerWithinReach):
    """An officer who may search women is on the duty, or within reach of it, all the time.

    Formula      for every stretch of [starts_d, ends_d) between starts and ends of duties in
                 reach: somebody in scope on d  =>  a police unit on a duty there that covers it
                 has a present member with `qualification`, in date when that duty starts
    Units        minutes on the way; 0 means on the duty itself
    Source       a search is done by somebody of the same sex: Police Function Act art. 28, from
                 memory; 15 minutes are a proposed default, to be confirmed
    Formulation  One clause per stretch (scheduler/reach.py); a duty helps only while it lasts.
    """

    code = "searcher-within-reach"
    text = Text(
        en="{area}: from {moment} no officer “{qualification}” {reach}.",
        nl="{area}: vanaf {moment} geen politieambtenaar “{qualification}” {reach}.",
        fr="{area} : dès {moment}, aucun fonctionnaire de police « {qualification} » {reach}.",
        de="{area}: ab {moment} kein Polizeibeamter „{qualification}“ {reach}.",
    )

    qualification: str = parameter()
    reach_minutes: int = parameter(unit="min", at_least=0, at_most=240)
