"""Bring the front-end files that package-lock.json pins into static/vendor."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "web" / "static" / "vendor"

# Each file stands beside the licence that it is shipped under.
FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "DejaVuSans.ttf": "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf": "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
    "DejaVuSansCondensed.ttf": "dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf",
    "DejaVuSansCondensed-Bold.ttf": "dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf",
    "DejaVu.LICENSE": "dejavu-fonts-ttf/LICENSE",
}


def main() -> int:
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: remove .venv and run `make install` again to get one with it.")
        return 1
    subprocess.run([npm, "ci", "--silent"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copyfile(PACKAGES / source, VENDOR / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
