"""The one place where form, CSRF, language, procedure and refusal meet.

A view is a declaration. `page` is one query and one template; `step` is form → step → where next.
A refused step is told on the page that its form stands on, with the status of its family.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect

from patrols.errors import Invalid, TandemError
from web.office import actor, by_htmx, patrols
from web.refusals import sentences, status

Page = Callable[..., ResponseReturnValue]

csrf = CSRFProtect()


class StepForm(FlaskForm):
    """What a person fills in for a step; `given` is what the step is called with."""

    def given(self, where: dict[str, Any]) -> dict[str, Any]:
        filled = {field.name: field.data for field in self if field.name != "csrf_token"}
        return where | filled


class FormRefused(Invalid):
    """The form itself is at fault; no step was asked for anything."""

    code = "form-refused"
    sentence = "{faults}"


def page(query: Callable[..., Any], template: str, partial: str | None = None) -> Page:
    """One query, one template; htmx gets `partial` alone."""

    def view(**where: Any) -> ResponseReturnValue:
        read = query(patrols().office, actor(), **where)
        chosen = partial if partial and by_htmx() else template
        return render_template(chosen, view=read, alone=chosen == template)

    return view


def step(
    act: Callable[..., Any],
    form: type[StepForm],
    *,
    shown_on: Page,
    then: Callable[..., str],
    said: Callable[[Any], str],
) -> Page:
    """One step of a procedure behind a form.

    `shown_on` is the page with the form, `then` where a browser goes when it is done (htmx gets
    that page anew), `said` the sentence that tells so.
    """

    def view(**where: Any) -> ResponseReturnValue:
        filled = form()
        try:
            if not filled.validate_on_submit():
                raise FormRefused(faults=_faults(filled))
            done = act(patrols().office, actor(), **filled.given(where))
        except TandemError as refusal:
            g.refusal = sentences(refusal)
            return make_response(shown_on(**where), status(refusal))
        if by_htmx():
            g.said = said(done)
            return make_response(shown_on(**where), {"HX-Trigger": "roster-changed"})
        flash(said(done))
        return redirect(then(done, **where))

    return view


def _faults(form: FlaskForm) -> str:
    """Each fault with the label of its field, so that it reads without seeing the form."""
    return " ".join(
        f"{form[name].label.text}: {fault}"
        for name, faults in form.errors.items()
        if name
        for fault in faults
    )
