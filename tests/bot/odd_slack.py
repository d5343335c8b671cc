"""A Web API of a few methods that answer whatever a test wants, right or odd."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.intake import HttpServer

WHO_WE_ARE = {"ok": True, "team_id": "T0SAMPLE1", "team": "Sample", "user_id": "U0BOT0001", "bot_id": "B0BOT0001"}


@asynccontextmanager
async def odd_slack(answers: Mapping[str, Any]) -> AsyncIterator[str]:
    """Yield the base URL of the API. An answer is a JSON body or a Response; other methods are unknown."""

    async def answer(request: Request) -> Response:
        given = answers.get(request.path_params["method"], {"ok": False, "error": "unknown_method"})
        return given if isinstance(given, Response) else JSONResponse(given)

    server = HttpServer(
        Starlette(routes=[Route("/api/{method}", answer, methods=["POST", "GET"])]), host="127.0.0.1", port=0
    )
    port = await server.start()
    yield f"http://127.0.0.1:{port}/api/"
    await server.stop()


def plain(text: str, *, kind: str = "text/plain") -> Response:
    return PlainTextResponse(text, media_type=kind)
