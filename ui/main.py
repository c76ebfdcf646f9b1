"""The console script `indsteer`: the core's commands, plus those that need a screen.

Qt is imported only by the commands that need it. The start order is told in `ui/app.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from indsteer.cli import main as core
from indsteer.cli import told


class DefaultToOpen(click.Group):
    """Without a command, or with a file's name in its place, the program opens."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A first argument that is no command is a file to open."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["open", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=DefaultToOpen, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version=__import__("indsteer").__version__, prog_name="indsteer")
@click.pass_context
def main(context: click.Context) -> None:
    """Steer a public service's operation. Without a command the program opens."""
    if context.invoked_subcommand is None:
        context.invoke(open_program)


@main.command("open")
@click.argument("file", type=click.Path(path_type=Path), required=False)
def open_program(file: Path | None = None) -> None:
    """Open the program, on FILE when given."""
    from ui.app import run

    sys.exit(run(file))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def tour(folder: Path) -> None:
    """Do the main job on the sample without a screen and leave the review PDF and page pictures in FOLDER."""
    from ui.tour import run_tour

    with told():
        sys.exit(run_tour(folder))


for command in core.commands.values():
    main.add_command(command)

if __name__ == "__main__":
    main()
