"""Photographs of every screen, for eyes: `make screens`.

They show a copy of a demo office, so that looking changes nothing in it: the one in `--home`,
else that of `make run`, which is prepared first where there is none.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from patrols import demo
from patrols.access.accounts import account_by, set_language
from patrols.access.actor import DEFENCE, Actor, RoleName
from patrols.bootstrap import Patrols, open_patrols, read_settings
from patrols.procedures import weekly_roster
from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.views import BoardDuty, WeekBoard
from patrols.rosters.weeks import shifted
from patrols.store.office import Office
from scheduler.forces import Force
from scheduler.wording import LANGUAGES
from tests.browser.serving import served
from tests.machine import CHROMIUM

FOLDER = Path(__file__).resolve().parent.parent / ".screens"
SIZES = {"wide": (1440, 900), "phone": (360, 740)}
SCHEMES = ("light", "dark")
PLANNER, COMMANDER, SOLDIER = "planner", "commander.5341", "soldier"


@dataclass(frozen=True, slots=True)
class Screen:
    """One page as one person sees it, after pressing `first` on it, once `until` is there."""

    name: str
    who: str
    path: str
    first: tuple[str, ...] = ()
    until: str = "main"
    in_four: bool = False
    on_paper: bool = False


@dataclass
class Photographer:
    """Takes pictures into a folder, and keeps what was taken."""

    browser: Browser
    office: Office
    address: str
    folder: Path
    wanted: frozenset[str]
    taken: list[Path] = field(default_factory=list)

    def take_all(self, screens: tuple[Screen, ...]) -> None:
        """Each screen wide and on a phone, light and dark; some in the other languages too."""
        for screen in screens:
            if self.wanted and screen.name not in self.wanted:
                continue
            for size, scheme in product(SIZES, SCHEMES):
                self._take(screen, size, scheme, "en")
            if screen.in_four:
                for size, language in product(SIZES, LANGUAGES[1:]):
                    self._take(screen, size, "light", language)
            if screen.on_paper:
                self._print(screen)

    def _print(self, screen: Screen) -> None:
        """As it comes out of a printer, page by page where pdftoppm is at hand."""
        with self._opened(screen, "wide", "light", "en") as page:
            path = self.folder / f"{screen.name}-print.pdf"
            page.pdf(path=path, prefer_css_page_size=True, print_background=False)
        self.taken.append(path)
        if shutil.which("pdftoppm"):
            subprocess.run(
                ["pdftoppm", "-r", "110", "-png", path, path.with_suffix("")], check=True
            )
            self.taken += sorted(self.folder.glob(f"{screen.name}-print-*.png"))

    def _take(self, screen: Screen, size: str, scheme: str, language: str) -> None:
        with self._opened(screen, size, scheme, language) as page:
            path = self.folder / f"{screen.name}-{size}-{scheme}-{language}.png"
            # A panel is fixed to the window, so such a screen is taken as it is seen.
            page.screenshot(path=path, full_page=not screen.first)
        self.taken.append(path)

    @contextmanager
    def _opened(self, screen: Screen, size: str, scheme: str, language: str) -> Iterator[Page]:
        width, height = SIZES[size]
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=f"{language}-BE",
        )
        page = context.new_page()
        if screen.who:
            person = actor(self.office, screen.who)
            set_language(self.office, person, language=language)
            page.goto("/sign-in")
            page.locator(f"button[name=account][value='{person.account_id}']").click()
        page.goto(screen.path)
        for pressed in screen.first:
            page.locator(pressed).first.click()
        page.locator(screen.until).first.wait_for()
        yield page
        context.close()


def actor(office: Office, who: str) -> Actor:
    account = account_by(office, email=f"{who}@tandem.example")
    assert account is not None, f"{who} has no account here: is this a prepared demo office?"
    return account.actor


def before_review(office: Office, draft: WeekBoard) -> tuple[Screen, ...]:
    """What there is to see while a draft is looked at."""
    at = f"/rosters/{draft.roster_id}"
    board = f"{at}/board"
    short, led = _shortest(draft), _led_by_one(draft)
    lead = next(unit for unit in led.units if unit.force is Force.POLICE)
    remove = f"#panel form[action$='/remove'] button[value='{lead.unit_id}']"
    day = f"?day={draft.days.index(led.day)}"
    return (
        Screen("sign-in", "", "/sign-in", in_four=True),
        Screen("home", PLANNER, "/", in_four=True),
        Screen("home-soldier", SOLDIER, "/"),
        Screen("weeks", PLANNER, "/brussels/weeks"),
        Screen("empty-week", PLANNER, f"/brussels/weeks/{shifted(draft.week, 4)}"),
        Screen("board", PLANNER, board, in_four=True, on_paper=True),
        Screen("panel", PLANNER, board + day, (_opener(led),), "#panel h2"),
        Screen("panel-refused", PLANNER, board + day, (_opener(led), remove), "#panel .refusal"),
        Screen("duty", PLANNER, f"{at}/duties/{short.id}", in_four=True),
        Screen("roster", PLANNER, at, in_four=True, on_paper=True),
        Screen("rules", PLANNER, f"{at}/rules", in_four=True),
        Screen("rules", PLANNER, f"{at}/rules", in_four=True),
        Screen("mine", SOLDIER, "/mine", in_four=True),
        Screen("letters", PLANNER, "/letters", ("details.letter summary",)),
        Screen("journal", PLANNER, "/journal", in_four=True),
        Screen("refused", SOLDIER, "/no-such-page"),
    )


def beside_it(office: Office, draft: WeekBoard) -> tuple[Screen, ...]:
    """The week before, which is published, and the week after, which waits to be computed."""
    planner = actor(office, PLANNER)
    run = queries.roster_page(office, planner, roster_id=draft.roster_id).run
    before, after = shifted(draft.week, -1), shifted(draft.week, 1)
    published = queries.current_board(office, planner, city=demo.CITY, week=before).roster_id
    asked = weekly_roster.request_draft(office, planner, city=demo.CITY, week=after)
    return (
        Screen("board-published", COMMANDER, f"/rosters/{published}/board"),
        Screen("roster-published", COMMANDER, f"/rosters/{published}"),
        Screen("roster-requested", PLANNER, f"/rosters/{asked}"),
        *((Screen("run", PLANNER, f"/runs/{run.run_id}", in_four=True),) if run else ()),
    )


def in_review(office: Office, draft: WeekBoard) -> tuple[Screen, ...]:
    """What there is to see once the draft is submitted."""
    weekly_roster.submit(
        office, actor(office, PLANNER), roster_id=draft.roster_id, row_version=draft.row_version
    )
    return (
        Screen("home-commander", COMMANDER, "/", in_four=True),
        Screen("roster-submitted", COMMANDER, f"/rosters/{draft.roster_id}", in_four=True),
    )


def signed(office: Office, draft: WeekBoard) -> tuple[Screen, ...]:
    """What there is to see once everybody has signed."""
    page = queries.roster_page(office, actor(office, PLANNER), roster_id=draft.roster_id)
    people = [actor(office, account.who) for account in demo.ACCOUNTS]
    for part in page.sign_offs:
        weekly_roster.sign(
            office,
            next(person for person in people if _answers_for(person, part.part)),
            roster_id=draft.roster_id,
            part=part.part,
            row_version=page.header.row_version,
        )
    return (Screen("publishing", PLANNER, f"/rosters/{draft.roster_id}/publishing", in_four=True),)


def _answers_for(person: Actor, part: str) -> bool:
    return part in person.areas or (part == DEFENCE and person.is_(RoleName.DEFENCE_LIAISON))


def _shortest(board: WeekBoard) -> BoardDuty:
    """The duty that lacks most."""
    return max(board.duties, key=lambda d: sum(need.target - need.there for need in d.needs))


def _led_by_one(board: WeekBoard) -> BoardDuty:
    """A joint patrol, which is unlawful without its one police unit."""
    forces = {duty.id: [unit.force for unit in duty.units] for duty in board.duties}
    return next(
        duty
        for duty in board.duties
        if forces[duty.id].count(Force.POLICE) == 1 and Force.MILITARY in forces[duty.id]
    )


def _opener(duty: BoardDuty) -> str:
    return f"a.duty[id='{duty.id}']"


def photograph(patrols: Patrols, folder: Path, wanted: frozenset[str]) -> list[Path]:
    office = patrols.office
    lines = queries.weeks(office, actor(office, PLANNER), city=demo.CITY)
    newest = next(line.newest for line in lines if line.newest.state is RosterState.DRAFT)
    draft = queries.board(office, actor(office, PLANNER), roster_id=newest.roster_id)
    with served(patrols) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM.path(), args=["--no-sandbox", "--disable-quic"]
        )
        photographer = Photographer(browser, office, address, folder, wanted)
        for scene in (before_review, beside_it, in_review, signed):
            photographer.take_all(scene(office, draft))
        browser.close()
    return photographer.taken


@contextmanager
def copied(home: Path) -> Iterator[Patrols]:
    """A copy of the demo office in that folder, prepared there first if need be."""
    environ = {**os.environ, "TANDEM_DEMO": "1", "TANDEM_LOG_LEVEL": "warning"}
    original = open_patrols(read_settings({**environ, "TANDEM_HOME": str(home)}))
    if not demo.prepared(original.office):
        print(f"Preparing a demo office in {home}; this takes some minutes.", flush=True)
        demo.prepare(original, lambda what: print(f"  {what}", flush=True))
    original.office.store.close()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(home, Path(folder) / "office")
        patrols = open_patrols(read_settings({**environ, "TANDEM_HOME": str(copy)}))
        yield patrols
        patrols.office.store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Photograph every screen into .screens/.")
    default = read_settings({**os.environ, "TANDEM_DEMO": "1"}).home
    parser.add_argument("--home", type=Path, default=default, help="a demo office's data folder")
    parser.add_argument("screens", nargs="*", help="only these, such as board or roster")
    asked = parser.parse_args()
    if CHROMIUM.path() is None:
        print(f"Photographs need a Chromium: {CHROMIUM.command()}")
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with copied(asked.home) as patrols:
        taken = photograph(patrols, FOLDER, frozenset(asked.screens))
    print("\n".join(str(path.relative_to(FOLDER.parent)) for path in taken))
    return 0


if __name__ == "__main__":
    sys.exit(main())
