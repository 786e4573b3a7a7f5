"""The `tandem` command line; each command calls one step, or starts one process."""

from __future__ import annotations

from typing import Any

import click

from patrols.commands.files import bring_in, export
from patrols.commands.running import demo, serve, timetable, worker
from patrols.commands.weekly import draft, publish, sign, submit
from patrols.drawing import draw
from patrols.errors import TandemError
from patrols.explaining import explain
from patrols.solving import check, solve

COMMANDS = (
    demo,
    serve,
    worker,
    timetable,
    draft,
    submit,
    sign,
    publish,
    bring_in,
    export,
    solve,
    check,
    draw,
    explain,
)


class Refusing(click.Group):
    """Says a refusal as one sentence, without a trace of code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TandemError as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=Refusing)
@click.version_option(package_name="tandem", message="%(prog)s %(version)s")
def main() -> None:
    """Lawful weekly rosters for joint patrols, with every gap and reason in words."""


for command in COMMANDS:
    main.add_command(command)
