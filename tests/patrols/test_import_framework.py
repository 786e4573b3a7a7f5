"""`tandem import framework`: all of a file or nothing of it, with everything wrong in it told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.frameworks import FOLDER
from patrols.commands import main

Import = Callable[[str], Result]
SHIPPED = (FOLDER / "planning-basics.toml").read_text(encoding="utf-8")
OF_OURS = SHIPPED.replace('id = "planning-basics"', 'id = "planning-of-ours"')


@pytest.fixture
def bring_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "home"))

    def bring_in(text: str) -> Result:
        file = tmp_path / "ours.toml"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["import", "framework", str(file)])

    return bring_in


def test_a_framework_is_known_from_now_on_and_a_second_time_nothing_new(
    bring_in: Import,
) -> None:
    first, second = bring_in(OF_OURS), bring_in(OF_OURS)
    assert first.output == "ours.toml: planning-of-ours is known from now on.\n"
    assert second.output == "ours.toml: nothing new.\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_other_content_under_a_known_id_is_refused_with_the_remedy(bring_in: Import) -> None:
    refused = bring_in(SHIPPED.replace('confidence = "A"', 'confidence = "M"', 1))
    assert refused.exit_code == 1
    assert "planning-basics is known with other content" in refused.output
    assert 'give the new content a new id and replaces = "planning-basics"' in refused.output


def test_everything_wrong_is_told_at_once_and_nothing_is_loaded(bring_in: Import) -> None:
    refused = bring_in(OF_OURS.replace("sources", "source").replace('confidence = "A"', "", 1))
    assert refused.exit_code == 1
    for fault in ("sources is missing", "confidence is missing", "source is not a known key"):
        assert fault in refused.output
    assert bring_in(OF_OURS).output == "ours.toml: planning-of-ours is known from now on.\n"


def test_what_is_no_toml_is_told_with_its_line(bring_in: Import) -> None:
    refused = bring_in('id = "ours"\nvalid_from = 2026-13-01\n')
    assert refused.exit_code == 1
    assert "(at line 2, column" in refused.output
    assert "Traceback" not in refused.output
