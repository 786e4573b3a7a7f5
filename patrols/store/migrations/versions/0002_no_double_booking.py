"""A published unit cannot be in two places at once

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A range of unit names serves where an exclusion constraint would need an extension for equality.
POSTGRESQL = (
    'CREATE TYPE unit_range AS RANGE (subtype = text, collation = "C")',
    """
    ALTER TABLE assignments ADD CONSTRAINT no_double_booking EXCLUDE USING gist (
        unit_range(unit_id::text, unit_id::text, '[]') WITH &&,
        tstzrange(reports_at, released_at) WITH &&
    ) WHERE (live)
    """,
)
SQLITE = """
CREATE TRIGGER no_double_booking_{event} BEFORE {event} ON assignments WHEN NEW.live
BEGIN
    SELECT RAISE(ABORT, 'no_double_booking') FROM assignments AS other
    WHERE other.live AND other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id
      AND other.reports_at < NEW.released_at AND NEW.reports_at < other.released_at;
END
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL:
            op.execute(statement)
    else:
        for event in ("insert", "update"):
            op.execute(SQLITE.format(event=event))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE assignments DROP CONSTRAINT no_double_booking")
        op.execute("DROP TYPE unit_range")
    else:
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER no_double_booking_{event}")
