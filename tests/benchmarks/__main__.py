"""`make bench` and `make bench-long`: measure, and write docs/performance.md.

The brief one solves the Brussels week, asks for answers, and gives each public problem some
seconds. The long one runs every public problem to the full; what was run before stays in the
folder of results, so it can be stopped and taken up again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.answers import HEADING as ANSWERS
from tests.benchmarks.answers import answers_section
from tests.benchmarks.brussels_section import HEADING as BRUSSELS
from tests.benchmarks.brussels_section import brussels_section
from tests.benchmarks.page import PAGE, write_section
from tests.benchmarks.plan import WHERE, Planned, brief, long, public_files
from tests.benchmarks.public_section import BRIEF, LONG, public_section, run_all
from tests.benchmarks.runs import OURS, ROOT, Kept


def main() -> None:
    asked = _asked()
    if not public_files():
        sys.stdout.write(f"no public problems: {WHERE} names no folder that has them\n")
    if asked.long:
        _long(Kept(asked.results), asked.only)
    else:
        _brief()
    sys.stdout.write(f"written: {PAGE.relative_to(ROOT)}\n")


def _brief() -> None:
    write_section(BRUSSELS, brussels_section())
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder))
        planned = list(brief(public_files()))
        if list(run_all(planned, kept)):
            write_section(BRIEF, public_section(planned, kept))
            write_section(ANSWERS, answers_section(_rosters(planned, kept)))


def _rosters(planned: Sequence[Planned], kept: Kept) -> dict[Path, Path]:
    """Each week of which we made a roster, with it."""
    weeks = [one for one in planned if one.run.solver == OURS and not one.of_shifts]
    rosters = {one.file: kept.roster(one.run) for one in weeks}
    return {file: roster for file, roster in rosters.items() if roster.exists()}


def _long(kept: Kept, only: str) -> None:
    """The tables are written anew after each run, from all that is kept."""
    planned = list(long(public_files()))
    for _ in run_all([one for one in planned if only in one.file.stem], kept):
        write_section(LONG, public_section(planned, kept))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", allow_abbrev=False)
    parser.add_argument("--long", action="store_true", help="every problem to the full")
    parser.add_argument(
        "--only", default="", help="with --long: run those with this in their name"
    )
    parser.add_argument("--results", type=Path, default=ROOT / ".bench", help="kept results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
