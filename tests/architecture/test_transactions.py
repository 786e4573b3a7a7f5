from tests.architecture.sources import HOUSES, calls, files, name

UNIT_OF_WORK = "patrols/store/unit_of_work.py"
SESSION_VERBS = {"commit", "execute", "flush", "rollback", "scalar", "scalars"}


def test_only_the_unit_of_work_commits() -> None:
    commits = {
        f"{name(path)}:{line}"
        for path in files(*HOUSES, pattern="*.py")
        for verb, line in calls(path)
        if verb == "commit" and name(path) != UNIT_OF_WORK
    }
    assert commits == set()


def test_the_web_holds_no_database_session() -> None:
    uses = {
        f"{name(path)}:{line} .{verb}()"
        for path in files("web", pattern="*.py")
        for verb, line in calls(path)
        if verb in SESSION_VERBS
    }
    assert uses == set()
