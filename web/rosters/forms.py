"""What people fill in about rosters."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from patrols.rosters.changes import AddUnit, Change, ChangeRole, MoveUnit, PinUnit, RemoveUnit
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
    """One change to the duty that the address names."""

    unit = StringField(_l("Unit"), validators=[DataRequired()])

    def given(self, where: dict[str, Any]) -> dict[str, Any]:
        return {
            "roster_id": where["roster_id"],
            "row_version": self.row_version.data,
            "change": self.change(str(self.unit.data), where["duty_id"]),
        }

    def change(self, unit: str, duty: str) -> Change:
        raise NotImplementedError


class AddForm(EditForm):
    def change(self, unit: str, duty: str) -> Change:
        return AddUnit(unit, duty)


class RemoveForm(EditForm):
    def change(self, unit: str, duty: str) -> Change:
        return RemoveUnit(unit, duty)


class MoveForm(EditForm):
    to_duty = StringField(_l("Duty"), validators=[DataRequired()])

    def change(self, unit: str, duty: str) -> Change:
        return MoveUnit(unit, duty, str(self.to_duty.data))


class PinForm(EditForm):
    pinned = SelectField(choices=[("yes", "yes"), ("no", "no")])

    def change(self, unit: str, duty: str) -> Change:
        return PinUnit(unit, duty, self.pinned.data == "yes")


class RoleForm(EditForm):
    role = SelectField(_l("Role"), choices=ROLES)

    def change(self, unit: str, duty: str) -> Change:
        return ChangeRole(unit, duty, Role(self.role.data))
