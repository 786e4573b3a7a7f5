"""What people fill in about rosters."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length

from patrols.rosters.changes import (
    AddTogether,
    AddUnit,
    Change,
    ChangeRole,
    ClearDuty,
    MoveUnit,
    PinUnit,
    RemoveUnit,
    ReplaceUnit,
)
from scheduler.roster import Role
from web.step import StepForm


def _l(label: str) -> Any:
    """A label that is put into words only when it is shown."""
    return lazy_gettext(label)


ROLES = [(role.value, role.value) for role in Role]


class VersionForm(StepForm):
    """A decision about the roster as it was seen."""

    row_version = IntegerField(validators=[InputRequired()])


class SignForm(VersionForm):
    part = HiddenField(validators=[DataRequired()])


class ReasonForm(StepForm):
    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=500)])


class RequestForm(StepForm):
    week = StringField(_l("Week"), validators=[DataRequired()])


class EditForm(VersionForm):
    """One change to the duty that the address names, with a reason if somebody gave one."""

    reason = StringField(_l("Reason"), validators=[Length(max=500)])

    def given(self, where: dict[str, Any]) -> dict[str, Any]:
        return {
            "roster_id": where["roster_id"],
            "row_version": self.row_version.data,
            "change": self.change(where["duty_id"]),
            "reason": self.reason.data or "",
        }

    def change(self, duty: str) -> Change:
        raise NotImplementedError


class UnitForm(EditForm):
    """A change to what one unit does."""

    unit = StringField(_l("Unit"), validators=[DataRequired()])

    def change(self, duty: str) -> Change:
        return self.change_of(str(self.unit.data), duty)

    def change_of(self, unit: str, duty: str) -> Change:
        raise NotImplementedError


class AddForm(UnitForm):
    def change_of(self, unit: str, duty: str) -> Change:
        return AddUnit(unit, duty)


class TogetherForm(EditForm):
    units = SelectMultipleField(validators=[DataRequired()], validate_choice=False)

    def change(self, duty: str) -> Change:
        return AddTogether(tuple(self.units.data or ()), duty)


class RemoveForm(UnitForm):
    def change_of(self, unit: str, duty: str) -> Change:
        return RemoveUnit(unit, duty)


class ReplaceForm(UnitForm):
    by = StringField(_l("Unit"), validators=[DataRequired()])

    def change_of(self, unit: str, duty: str) -> Change:
        return ReplaceUnit(unit, duty, str(self.by.data))


class ClearForm(EditForm):
    def change(self, duty: str) -> Change:
        return ClearDuty(duty)


class MoveForm(UnitForm):
    to_duty = StringField(_l("Duty"), validators=[DataRequired()])

    def change_of(self, unit: str, duty: str) -> Change:
        return MoveUnit(unit, duty, str(self.to_duty.data))


class PinForm(UnitForm):
    pinned = SelectField(choices=[("yes", "yes"), ("no", "no")])

    def change_of(self, unit: str, duty: str) -> Change:
        return PinUnit(unit, duty, self.pinned.data == "yes")


class RoleForm(UnitForm):
    role = SelectField(_l("Role"), choices=ROLES)

    def change_of(self, unit: str, duty: str) -> Change:
        return ChangeRole(unit, duty, Role(self.role.data))
