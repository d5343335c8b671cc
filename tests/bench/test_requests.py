"""A load of requests is counted right, and a wrong answer or a lost row makes its figure fail."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench import payloads
from bench.figures import BenchFailed
from bench.load import Found, Load, send
from bench.requests import KINDS, Round, check, check_rows, figure

FOUND = Found(
    p50=1.0, per_second=900.0, evenness=0.9, answered=500, errors=0, shortest_body=2_000, processor_seconds=0.1
)
CARD = KINDS[0]


@asynccontextmanager
async def server(*, refuses: bytes = b"none", cuts: bytes = b"none") -> AsyncIterator[int]:
    """The port of a server that refuses bodies that end so, and cuts the connection after others."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            body = await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]))
            if body.endswith(cuts):
                break
            status = b"500 No" if body.endswith(refuses) else b"200 OK"
            writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 2\r\n\r\nok")
        writer.close()

    async def answer_until_it_leaves(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    serving = await asyncio.start_server(answer_until_it_leaves, "127.0.0.1", 0)
    yield serving.sockets[0].getsockname()[1]
    serving.close()


async def test_a_load_counts_its_answers_and_those_that_are_errors() -> None:
    async with server(refuses=b"0") as port:
        found = await send(Load((port,), "number=@N@", "secret", 200, connections=4, first_number=1))
    assert (found.answered, found.errors, found.shortest_body) == (200, 20, 2)
    assert found.per_second > 0
    assert found.evenness > 0


async def test_a_connection_that_is_cut_off_is_an_error() -> None:
    async with server(cuts=b"7") as port:
        found = await send(Load((port,), "number=@N@", "secret", 20, first_number=1))
    assert (found.answered, found.errors) == (6, 1)


def test_an_answer_that_failed_or_says_nothing_and_a_lost_row_fail_the_figure() -> None:
    check(FOUND, shortest=2_000, least=2_000)
    check_rows(FOUND, 500)
    with pytest.raises(BenchFailed, match="1 of 500 requests failed"):
        check(dataclasses.replace(FOUND, errors=1), shortest=2_000, least=2_000)
    with pytest.raises(BenchFailed, match="an answer of 1999 bytes"):
        check(FOUND, shortest=1_999, least=2_000)
    with pytest.raises(BenchFailed, match="500 answers, but 499 rows written"):
        check_rows(FOUND, 499)


def test_a_figure_is_the_median_of_the_even_rounds_and_says_when_none_was_even() -> None:
    uneven, least = dataclasses.replace(FOUND, evenness=0.7), Round(0.25, FOUND)
    pairs = [(least, Round(each, found)) for each, found in ((4.0, FOUND), (9.0, FOUND), (5.0, FOUND), (1.0, uneven))]
    found = figure(CARD, pairs)
    assert (found.measured, found.floor, found.ratio, found.reach) == (5.0, 0.25, 20.0, CARD.reach)
    assert "uneven" not in found.note
    assert "the load was uneven" in figure(CARD, pairs[3:]).note


def test_payloads_keep_the_places_for_their_numbers() -> None:
    body = payloads.command("/move", "firm@M@ moved, call @N@")
    assert "command=%2Fmove" in body
    assert "@M@" in body
    assert body.count("@N@") == 2
    assert payloads.choice_in_form().count("@N@") == 2
    assert payloads.question("what is stalled?").count("@M@") == 2


def test_the_page_on_performance_names_each_figure_with_its_reach() -> None:
    page = (Path(__file__).parents[2] / "docs/performance.md").read_text()
    for kind in KINDS:
        assert f"| {kind.name} | {kind.reach:g} \u00d7 |" in page
