import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import ROOT


def test_nobody_imports_what_the_contracts_of_setup_cfg_forbid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    verdict = lint_imports(config_filename="setup.cfg", no_cache=True)
    assert verdict == EXIT_STATUS_SUCCESS, capsys.readouterr().out
