"""Web addresses: the host that one leads to."""

from urllib.parse import urlsplit


def host_of(link: str) -> str:
    """Return the host that a link leads to, without `www.`; '' where it names none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
