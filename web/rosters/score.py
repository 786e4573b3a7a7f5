"""What a change did to the roster's score, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from patrols.rosters.changes import EditResult
from scheduler.catalogue import preference_classes
from web.language import language


def told(edit: EditResult) -> str:
    """`Done. Better: fair nights 4 → 3. Worse: target missed 11 → 12.`"""
    wishes = preference_classes()
    before = {part.code: part for part in edit.score_before.parts}
    after = {part.code: part for part in edit.score_after.parts}
    moved = [code for code in after if code in before and after[code].value != before[code].value]
    better = [code for code in moved if after[code].value < before[code].value]
    worse = [code for code in moved if code not in better]

    def listed(codes: list[str]) -> str:
        return "; ".join(
            f"{wishes[code].text.in_(language())} {before[code].value} → {after[code].value}"
            for code in codes
        )

    sentences = [_("Done and lawful.")]
    if better:
        sentences.append(_("Better: %(what)s.", what=listed(better)))
    if worse:
        sentences.append(_("Worse: %(what)s.", what=listed(worse)))
    if not moved:
        sentences.append(_("The score stays the same."))
    return " ".join(sentences)
