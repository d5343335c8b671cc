"""blocks.validate: whether Slack would take these blocks, this message or this view."""

from typing import Any

from sandbox.limits import message_problems, view_problems
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, invalid_arguments
from sandbox.world import World

CHOICES = ("blocks", "message", "view")


def validate(_: World, arguments: Arguments) -> dict[str, Any]:
    """Nothing when all is well, else ``invalid_blocks`` with each problem's pointer and sentence."""
    given = [name for name in CHOICES if arguments.has(name)]
    if len(given) != 1:
        raise invalid_arguments("exactly one of blocks, message and view is needed")
    value = arguments.structure(given[0], error="invalid_blocks_format")
    problems = _problems(given[0], value)
    if problems:
        raise ApiError("invalid_blocks", errors=[_split(problem) for problem in problems])
    return {}


def _problems(name: str, value: Any) -> list[str]:
    if name == "view":
        kind = value.get("type") if isinstance(value, dict) else None
        return view_problems(value, surface="home" if kind == "home" else "modal")
    blocks = value.get("blocks", []) if name == "message" and isinstance(value, dict) else value
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    return message_problems(blocks)


def _split(problem: str) -> dict[str, str]:
    message, _, pointer = problem.partition(" [json-pointer:")
    return {"pointer": pointer.removesuffix("]"), "message": message}
