"""A demo office bears a mark; those founded before are known by their accounts

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demo_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("founded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_demo_mark_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_mark")),
    )
    op.execute(
        "INSERT INTO demo_mark (id, founded_at) SELECT 1, min(created_at) FROM accounts"
        " WHERE email LIKE '%@tandem.example' HAVING count(*) > 0"
    )


def downgrade() -> None:
    op.drop_table("demo_mark")
