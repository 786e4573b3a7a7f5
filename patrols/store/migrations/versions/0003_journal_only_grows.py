"""The journal refuses a change or a removal"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

POSTGRESQL = (
    """
    CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'journal_only_grows';
    END
    $$
    """,
    """
    CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows()
    """,
    """
    CREATE TRIGGER journal_only_grows_whole BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()
    """,
)
SQLITE = """
CREATE TRIGGER journal_only_grows_{event} BEFORE {event} ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal_only_grows');
END
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL:
            op.execute(statement)
    else:
        for event in ("update", "delete"):
            op.execute(SQLITE.format(event=event))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER journal_only_grows_whole ON journal")
        op.execute("DROP TRIGGER journal_only_grows ON journal")
        op.execute("DROP FUNCTION journal_only_grows")
    else:
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER journal_only_grows_{event}")
