"""Requests of the page, made without a browser."""

from typing import Any

import aiohttp


async def get_state(http: aiohttp.ClientSession, **asked: str) -> dict[str, Any]:
    async with http.get("/page/state", params=asked) as answer:
        shown: dict[str, Any] = await answer.json()
        return shown


async def perform(http: aiohttp.ClientSession, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    async with http.post("/page/action", json=body, headers=headers) as answer:
        return answer.status, await answer.json()
