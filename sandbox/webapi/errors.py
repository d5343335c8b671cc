"""Errors of the Web API."""

from typing import Any


class ApiError(Exception):
    """Slack's error code, with further fields of the response (``needed``, ``response_metadata`` ...)."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    @property
    def answer(self) -> dict[str, Any]:
        """The response body."""
        return {"ok": False, "error": self.code, **self.more}


class RateLimited(ApiError):
    """``ratelimited``: the method may be called again in this many seconds."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("ratelimited")
        self.retry_after_seconds = retry_after_seconds


def invalid_arguments(*messages: str) -> ApiError:
    """Return ``invalid_arguments`` with its messages."""
    return ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {text}" for text in messages]})


def invalid_blocks(problems: list[str], code: str = "invalid_blocks") -> ApiError:
    """Return ``invalid_blocks`` with its problems, in both places where Slack puts them."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    return ApiError(code, errors=problems, response_metadata={"messages": messages})
