"""What the tests need that no Python package brings: `make test` runs this before them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tool:
    """A program of the machine, the tests that need it, and how a person gets it."""

    marker: str
    purpose: str
    programs: tuple[str, ...]
    debian: str
    macos: str

    def path(self) -> str | None:
        return next(filter(None, map(shutil.which, self.programs)), None)

    def command(self) -> str:
        if sys.platform == "darwin":
            return f"brew install {self.macos}"
        return f"sudo apt-get install {self.debian}"

    def install(self) -> None:
        """As root on Debian only; a failure leaves the tool missing, which the caller reports."""
        print(f"Installing Debian's {self.debian}: {self.purpose} need it.", flush=True)
        unattended = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for request in (["update"], ["install", "--no-install-recommends", self.debian]):
            command = ["apt-get", "--yes", "-qq", *request]
            subprocess.run(command, stdout=subprocess.DEVNULL, env=unattended, check=False)


CHROMIUM = Tool(
    marker="browser",
    purpose="the browser tests",
    programs=(
        "chromium",
        "chromium-browser",
        "google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    debian="chromium",
    macos="--cask chromium",
)
PDFTOTEXT = Tool(
    marker="pdf",
    purpose="the tests that read a printed page",
    programs=("pdftotext",),
    debian="poppler-utils",
    macos="poppler",
)
TOOLS = (CHROMIUM, PDFTOTEXT)


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


def may_install() -> bool:
    return Path("/etc/debian_version").exists() and os.geteuid() == 0


def main() -> int:
    for tool in TOOLS:
        if tool.path() is None and may_install():
            tool.install()
    missing = [tool for tool in TOOLS if tool.path() is None]
    for tool in missing:
        print(f"Left out: {tool.purpose}; to run them: {tool.command()}")
    return 1 if missing and in_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
