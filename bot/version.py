"""The version of the program."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """Return the version of the installed package, `unknown` when it is not installed."""
    try:
        return version("cadence")
    except PackageNotFoundError:
        return "unknown"
