"""Logs: one line per event with its facts, and never a secret."""

import io
import json
import logging

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.logger import get_bolt_logger

from bot.logs import set_up_logs


def lines(style: str, *, secrets: tuple[str, ...] = ()) -> tuple[io.StringIO, logging.Logger]:
    stream = io.StringIO()
    set_up_logs(level="INFO", style="json" if style == "json" else "text", secrets=secrets, stream=stream)
    return stream, logging.getLogger("cadence.test")


def test_text_shows_the_event_and_its_facts_on_one_line() -> None:
    stream, log = lines("text")
    log.info("letter_sent", extra={"letter": 7})
    assert stream.getvalue().endswith("INFO cadence.test letter_sent letter=7\n")


def test_json_holds_the_same_facts_as_fields() -> None:
    stream, log = lines("json")
    log.info("letter_sent", extra={"letter": 7})
    line = json.loads(stream.getvalue())
    assert (line["event"], line["letter"], line["level"], line["logger"]) == ("letter_sent", 7, "INFO", "cadence.test")


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_traceback_is_kept_and_secrets_are_struck_out_of_it(style: str) -> None:
    stream, log = lines(style, secrets=("xoxb-hidden",))
    try:
        raise ValueError("the token xoxb-hidden is wrong")
    except ValueError:
        log.exception("failed", extra={"token": "xoxb-hidden"})
    assert "xoxb-hidden" not in stream.getvalue()
    assert "the token *** is wrong" in stream.getvalue()


def test_libraries_are_heard_only_when_something_is_wrong() -> None:
    stream, _ = lines("text")
    logging.getLogger("slack_sdk.web").info("a payload")
    bolt = get_bolt_logger(AsyncApp)
    bolt.warning("a choice of ours")
    bolt.error("a listener failed")
    logging.getLogger("slack_sdkish").info("not one of these")
    said = [line.split(maxsplit=3)[3] for line in stream.getvalue().splitlines()]
    assert said == ["a listener failed", "not one of these"]
