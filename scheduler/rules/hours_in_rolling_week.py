from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scheduler.hours import HoursInWindow
from scheduler.moments import DAY_MINUTES
from scheduler.rule import Text, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursInRollingWeek(HoursInWindow):
    """A unit works at most `maximum_minutes` in any 7 days of 24 hours, from report to release.

    Formula      for every clock and every release r:
                 sum of minutes of x[u,d] and certain work in [r - 168 h, r) <= maximum
    Units        elapsed minutes; what straddles the window counts with its part in it
    Source       RPPol (RD 30 Mar 2001) art. VI.I.4 §2: 50 h a week at most
    Formulation  One sum per clock and distinct release, where the fullest window ends; certain
                 work is taken off the maximum first, not modelled.
    """

    code = "hours-in-rolling-week"
    text = Text(
        en="{unit} works {worked} in the 7 days up to {ends}; at most {maximum} is allowed.",
        nl="{unit} werkt {worked} in de 7 dagen tot {ends}; hoogstens {maximum} is toegestaan.",
        fr="{unit} preste {worked} dans les 7 jours qui précèdent {ends} ; le maximum est de "
        "{maximum}.",
        de="{unit} leistet {worked} in den 7 Tagen bis {ends}; höchstens {maximum} sind zulässig.",
    )

    window_minutes: ClassVar[int] = 7 * DAY_MINUTES
    maximum_minutes: int = parameter(unit="min", at_least=0, at_most=7 * DAY_MINUTES)
