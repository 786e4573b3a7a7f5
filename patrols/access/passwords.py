"""Hashes passwords with argon2id, in the library's current recommended strength."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher

from patrols.errors import Invalid

SHORTEST = 12


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """Raises `Invalid` for one that is too short."""
    if len(password) < SHORTEST:
        raise Invalid(key="password", fault=f"needs at least {SHORTEST} characters")
    return _hasher().hash(password)
