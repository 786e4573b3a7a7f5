"""The letters page says whether letters leave this machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from patrols.bootstrap import read_settings
from tests.web.site import Site


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ({}, "No mail server is set, so no letter leaves this machine;"),
        (
            {"TANDEM_SMTP_URL": "smtp://mail.example"},
            "A mail server is set: these letters do leave this machine,",
        ),
    ],
)
def test_the_page_tells_whether_letters_leave_this_machine(
    site: Site, tmp_path: Path, server: dict[str, str], said: str
) -> None:
    settings = read_settings({"TANDEM_HOME": str(tmp_path), "TANDEM_DEMO": "1", **server})
    site.patrols = replace(site.patrols, settings=settings)
    page = site.as_("planner").get("/letters").text
    assert said in page
    assert page.count("this machine") == 1
