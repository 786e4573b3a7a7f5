"""Run by Alembic's commands, on the connection and inside the transaction of the caller."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator


def _plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Revisions name the database's types: they must still run when ours have changed."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    render_as_batch=True,
    render_item=_plain_type,
    compare_server_default=True,
    transactional_ddl=True,
)
context.run_migrations()
