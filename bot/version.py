"""Which version of the program this is."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """The version of the installed package, `unknown` where it is not installed."""
    try:
        return version("cadence")
    except PackageNotFoundError:
        return "unknown"
