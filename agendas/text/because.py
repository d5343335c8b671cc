"""The reason at the end of a command: `... because TEXT`, and for an account `... now: TEXT, motion: TEXT`."""

import re

from agendas.text.evidence import readable

BECAUSE = re.compile(r"(?:^|(?<=\s))because(?=[\s:,]|$)[\s:,]*", re.IGNORECASE)


PART = re.compile(r"(?<!\S)(?:(?:and\s+)?why\s+)?(now|motion)\s*:\s*", re.IGNORECASE)


def split_because(rest: str) -> tuple[str, str | None]:
    """Split at the first `because` into what stands before it and the readable reason after it, or None."""
    found = BECAUSE.search(rest)
    if found is None:
        return rest.strip(), None
    return rest[: found.start()].strip(), readable(rest[found.end() :]).strip()


def split_parts(reason: str) -> tuple[str, str, str]:
    """Split a reason at `now:` and `motion:`, in either order: why this account, why now, and which motion.

    Parts that are not named are empty; only the first of two `now:` begins a part.
    """
    begins: dict[str, re.Match[str]] = {}
    for found in PART.finditer(reason):
        begins.setdefault(found[1].casefold(), found)
    marks = sorted(begins.items(), key=lambda mark: mark[1].start())
    ends = [*(found.start() for _, found in marks), len(reason)]
    parts = {name: reason[found.end() : end].strip(" ,;\n") for (name, found), end in zip(marks, ends[1:], strict=True)}
    return reason[: ends[0]].strip(" ,;\n"), parts.get("now", ""), parts.get("motion", "")
