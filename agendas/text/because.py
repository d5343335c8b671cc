"""The reason at the end of a command: `... because TEXT`."""

import re

from agendas.text.evidence import readable

BECAUSE = re.compile(r"(?:^|(?<=\s))because(?=[\s:,]|$)[\s:,]*", re.IGNORECASE)


def split_because(rest: str) -> tuple[str, str | None]:
    """Split at the first `because` into what stands before it and the readable reason after it, or None."""
    found = BECAUSE.search(rest)
    if found is None:
        return rest.strip(), None
    return rest[: found.start()].strip(), readable(rest[found.end() :]).strip()
