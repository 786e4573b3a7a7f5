"""Who is asking: flask-security signs people in, `patrols.access` knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Flask, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import (
    LoginForm,
    RoleMixin,
    Security,
    UserMixin,
    login_user,
    user_authenticated,
)
from flask_security.datastore import UserDatastore
from flask_wtf import FlaskForm
from wtforms import HiddenField

from patrols.access import accounts, attempts
from patrols.access.accounts import AccountView
from patrols.access.actor import Actor, RoleName
from patrols.errors import DemoOnly, UnknownAccount
from web.office import by_htmx, here, patrols, signed_in

# Everything else takes somebody who is signed in.
PUBLIC = frozenset({"static", "security.login", "language.choose", "identity.sign_in_to_demo"})

SIGN_IN = {
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_LOGIN_USER_TEMPLATE": "identity/sign_in.html",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # One sentence for an unknown address and for a wrong password.
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_FLASH_MESSAGES": False,
    # Addresses are only compared here; offices may use names that exist nowhere else.
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"test_environment": True, "check_deliverability": False},
    "SECURITY_SCRIPT_NONCE_KEY": "nonce",
}

ORDER = (
    RoleName.PLANNER,
    RoleName.COMMANDER,
    RoleName.DEFENCE_LIAISON,
    RoleName.MEMBER,
    RoleName.COORDINATOR,
    RoleName.ADMINISTRATOR,
    RoleName.SYSTEM,
)

blueprint = Blueprint("identity", __name__)


@dataclass(frozen=True, slots=True)
class HeldRole(RoleMixin):
    """A role's name, as flask-security asks for it."""

    name: str


class Person(UserMixin):
    """An account as flask-security sees it; what it does not change, it cannot store."""

    fs_uniquifier = ""  # flask-security asks the class whether it has one

    def __init__(self, account: AccountView) -> None:
        self.email = account.email
        self.name = account.name
        self.password = account.password_hash
        self.active = account.active
        self.fs_uniquifier = account.fs_uniquifier
        self.language = account.language
        self.roles = [HeldRole(role) for role in sorted(account.roles)]

        self.actor: Actor = account.actor


class People(UserDatastore):
    """flask-security's reads, answered by `patrols.access`; it writes nothing."""

    def __init__(self) -> None:
        super().__init__(Person, HeldRole)

    def find_user(self, case_insensitive: bool = False, **named: Any) -> Person | None:
        del case_insensitive  # addresses are kept in small letters
        account = accounts.account_by(patrols().office, **named)
        return Person(account) if account else None

    def put(self, model: Person) -> Person:
        """A stronger hash, say: `patrols.access` alone makes those."""
        return model

    def commit(self) -> None:
        """Nothing is pending: steps keep what they change."""


class SignInForm(LoginForm):
    """Asks whether this attempt is heard at all before any password is looked at."""

    def validate(self, **more: Any) -> bool:
        if self.email.data and self.password.data:
            attempts.begin(patrols().office, client=_client(), email=self.email.data)
        return bool(super().validate(**more))


def init_app(app: Flask) -> None:
    app.config.update(SIGN_IN)
    security = Security(app, People(), login_form=SignInForm)
    security.login_context_processor(lambda: {"demo_accounts": _demo_accounts()})
    user_authenticated.connect(_remember, app)
    app.before_request(_nobody_else)
    app.register_blueprint(blueprint)


def _nobody_else() -> ResponseReturnValue | None:
    """Signed out: to the sign-in page, and from there back to where one was going."""
    if signed_in() or request.endpoint in PUBLIC or request.endpoint is None:
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    if by_htmx():
        return make_response("", 401, {"HX-Redirect": url_for("security.login")})
    return redirect(url_for("security.login", next=back if back != "/" else None))


def _remember(_app: Flask, user: Person, **_more: Any) -> None:
    account_id = user.actor.account_id
    accounts.record_sign_in(patrols().office, account_id=account_id, client=_client())


def _client() -> str:
    return request.remote_addr or ""


def _demo_accounts() -> tuple[AccountView, ...]:
    """In the order in which the story of a week meets them."""
    found = accounts.demo_accounts(patrols().office)
    return tuple(sorted(found, key=lambda a: (min(map(ORDER.index, a.roles)), a.email)))


class DemoForm(FlaskForm):
    account = HiddenField()
    next = HiddenField()


@blueprint.post("/demo/sign-in")
def sign_in_to_demo() -> ResponseReturnValue:
    """One click instead of a password, for the invented persons of a demo office alone."""
    form = DemoForm()
    if not patrols().office.demo:
        raise DemoOnly
    account = accounts.account_by(patrols().office, account_id=cast(str, form.account.data))
    if account is None:
        raise UnknownAccount(account=form.account.data)
    login_user(Person(account), authn_via=["demo"])
    return redirect(here(form.next.data))
