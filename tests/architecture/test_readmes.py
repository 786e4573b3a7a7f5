import re
from pathlib import Path

import pytest

from tests.architecture.sources import HOUSES, ROOT, files, name

PACKAGES = [path.parent for path in files(*HOUSES, pattern="__init__.py")] + [ROOT / "tests"]


@pytest.mark.parametrize("package", PACKAGES, ids=name)
def test_a_package_says_in_three_sentences_what_it_is_and_may_not_do(package: Path) -> None:
    text = (package / "README.md").read_text(encoding="utf-8")
    body = re.sub(r"`[^`]*`", "code", re.sub(r"(?m)^#.*$", "", text))
    sentences = re.findall(r"[.!?](?=\s|$)", body)
    assert 1 <= len(sentences) <= 3
