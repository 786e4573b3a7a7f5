"""Nothing in the repository points at the machine or the mirror that it was made with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import name, versioned

# Taken apart, so that this file does not contain what it looks for.
HOSTS = (
    ("py", "pi.org"),
    ("files.python", "hosted.org"),
    ("registry.npm", "js.org"),
    ("registry.yarn", "pkg.com"),
    ("deb.", "debian.org"),
    ("security.", "debian.org"),
)
FOLDERS = (("wo", "rk"), ("ro", "ot"), ("ho", r"me/\w+"), ("Us", r"ers/\w+"), ("op", "t/pypi"))
LEAK = re.compile(
    "|".join(re.escape(a + b) for a, b in HOSTS)
    + r"|(?<![\w.>}-])/(?:"
    + "|".join(a + b for a, b in FOLDERS)
    + r")/"
)


@pytest.mark.parametrize("path", versioned(), ids=name)
def test_a_file_names_no_registry_and_no_path_of_a_machine(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="ignore")
    assert LEAK.findall(text) == []
