"""Logs: one line an event, in the chosen form, and no secret in any of them."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from config.logs import set_up_logs
from config.settings import Settings

ADDRESS = "postgresql://tandem:hunter2@db/tandem"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def stream(tmp_path: Path) -> io.StringIO:
    written = io.StringIO()
    settings = Settings.from_environment({"TANDEM_LOG_FORM": "json"}, directory=tmp_path)
    set_up_logs(settings, written)
    return written


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(why: str) -> None:
    raise ConnectionError(why)


def test_an_event_is_one_line_with_level_time_and_facts(stream: io.StringIO) -> None:
    structlog.get_logger("tandem.worker").info("run taken", run=7, areas=("peterbos",))

    (event,) = lines(stream)
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "run taken",
        "level": "info",
        "logger": "tandem.worker",
        "run": 7,
        "areas": ["peterbos"],
    }


def test_events_below_the_level_are_left_out(stream: io.StringIO) -> None:
    structlog.get_logger().debug("detail")

    assert lines(stream) == []


def test_events_of_libraries_come_through_the_same_chain(stream: io.StringIO) -> None:
    logging.getLogger("library").warning("cannot reach %s", ADDRESS)

    (event,) = lines(stream)
    assert event["event"] == "cannot reach postgresql://***@db/tandem"
    assert event["logger"] == "library"


def test_secret_names_are_masked_at_every_depth(stream: io.StringIO) -> None:
    structlog.get_logger().info(
        "sign-in",
        password="hunter2",
        form={"csrf_token": "hunter2", "user": "ann"},
        headers=[{"Cookie": "hunter2"}],
        footprint=3,
    )

    (event,) = lines(stream)
    assert "hunter2" not in stream.getvalue()
    assert event["form"] == {"csrf_token": "***", "user": "ann"}
    assert event["footprint"] == 3


def test_credentials_in_objects_and_tracebacks_are_masked(stream: io.StringIO) -> None:
    try:
        fail(f"no answer from {ADDRESS}")
    except ConnectionError as error:
        structlog.get_logger().exception("database", cause=error)

    (event,) = lines(stream)
    assert "ConnectionError: no answer from postgresql://***@db/tandem" in event["exception"]
    assert "hunter2" not in stream.getvalue()


def test_people_read_plain_lines(tmp_path: Path) -> None:
    written = io.StringIO()
    set_up_logs(Settings.from_environment({}, directory=tmp_path), written)
    try:
        fail("odd")
    except ConnectionError:
        structlog.get_logger().exception("run failed", run=7)

    assert "run failed" in written.getvalue()
    assert "run=7" in written.getvalue()
    assert "ConnectionError: odd" in written.getvalue()
    assert "\x1b[" not in written.getvalue()
