from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from argon2 import PasswordHasher

from patrols.access.accounts import (
    account_by,
    create_account,
    demo_accounts,
    record_sign_in,
    set_language,
)
from patrols.access.actor import RoleName
from patrols.errors import Invalid, NotAllowed, TandemError, UnknownAccount, UnknownMember
from patrols.journal.queries import entries
from patrols.store.office import Office
from tests.people import ADMINISTRATOR, PLANNER

PASSWORD = "correct horse battery"


def created(office: Office, **more: Any) -> str:
    said: dict[str, Any] = {
        "email": "Chief@Example.org ",
        "name": "Chief",
        "password": PASSWORD,
        "roles": [RoleName.COMMANDER],
        "areas": ["peterbos"],
        "language": "nl",
    }
    return create_account(office, ADMINISTRATOR, **{**said, **more})


def test_an_account_is_found_by_what_identifies_it(brussels: Office) -> None:
    account_id = created(brussels)
    found = account_by(brussels, email="CHIEF@example.org")
    assert found is not None
    assert found.id == account_id
    assert found.actor.areas == {"peterbos"}
    assert found.actor.roles == {RoleName.COMMANDER}
    assert account_by(brussels, fs_uniquifier=found.fs_uniquifier) == found
    assert account_by(brussels, account_id=account_id) == found
    assert account_by(brussels, email="nobody@example.org") is None


def test_the_password_is_kept_as_an_argon2id_hash(brussels: Office) -> None:
    account = account_by(brussels, account_id=created(brussels))
    assert account is not None
    assert account.password_hash.startswith("$argon2id$")
    assert PasswordHasher().verify(account.password_hash, PASSWORD)


def test_a_member_s_account_knows_their_unit(brussels: Office) -> None:
    account_id = created(brussels, roles=[RoleName.MEMBER], areas=[], member_id="P-5339-001")
    account = account_by(brussels, account_id=account_id)
    assert account is not None
    assert account.actor.unit_id == "5339-A"


@pytest.mark.parametrize(
    ("more", "refusal", "named"),
    [
        ({"email": "chief"}, Invalid, "no e-mail address"),
        ({"password": "short"}, Invalid, "at least 12 characters"),
        ({"areas": ["atlantis"]}, Invalid, "no patrol area atlantis"),
        ({"member_id": "P-0"}, UnknownMember, "P-0"),
        ({"language": "en_GB"}, Invalid, "en, nl, fr, de"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    brussels: Office, more: dict[str, Any], refusal: type[TandemError], named: str
) -> None:
    with pytest.raises(refusal, match=named):
        created(brussels, **more)
    assert demo_accounts(brussels) == ()


def test_one_address_has_one_account(brussels: Office) -> None:
    created(brussels)
    with pytest.raises(Invalid, match="already has an account"):
        created(brussels, email="chief@example.org")


def test_only_administrators_make_accounts(brussels: Office) -> None:
    with pytest.raises(NotAllowed):
        create_account(
            brussels, PLANNER, email="a@b.c", name="A", password=PASSWORD, roles=[], language="en"
        )


def test_somebody_chooses_their_own_language(brussels: Office) -> None:
    account = account_by(brussels, account_id=created(brussels))
    assert account is not None
    set_language(brussels, account.actor, language="fr")
    changed = account_by(brussels, account_id=account.id)
    assert changed is not None
    assert changed.language == "fr"
    with pytest.raises(Invalid, match="language"):
        set_language(brussels, account.actor, language="tlh")
    with pytest.raises(UnknownAccount):
        set_language(brussels, PLANNER, language="fr")


def test_a_sign_in_is_remembered_and_journalled(brussels: Office) -> None:
    account_id = created(brussels)
    record_sign_in(brussels, account_id=account_id)
    account = account_by(brussels, account_id=account_id)
    assert account is not None
    assert account.signed_in_at == brussels.now()
    steps = [entry.step for entry in entries(brussels, ADMINISTRATOR, kind="account")]
    assert steps == ["accounts.record_sign_in", "accounts.create_account"]


def test_demo_accounts_are_listed_in_a_demo_only(brussels: Office) -> None:
    created(brussels)
    assert [account.name for account in demo_accounts(brussels)] == ["Chief"]
    assert demo_accounts(replace(brussels, demo=False)) == ()
