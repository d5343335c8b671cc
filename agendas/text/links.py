"""Web addresses: the host that one leads to, and the page that several ways to write it mean."""

from urllib.parse import parse_qsl, urlencode, urlsplit


def host_of(link: str) -> str:
    """Return the host that a link leads to, without `www.`; '' where it names none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def page_of(link: str) -> str:
    """Return the page that a link leads to, alike for all ways to write it; the link itself where it names no host.

    Scheme, `www.`, a closing slash, the marks of campaigns (`utm_...`) and a place within the page make no other page.
    """
    host = host_of(link)
    if not host:
        return link
    parts = urlsplit(link)
    port = parts.netloc.rpartition("@")[2].partition(":")[2]
    asked = [(name, value) for name, value in parse_qsl(parts.query, True) if not name.startswith("utm_")]
    # mail and other programs in the browser keep the page itself behind the mark: `#inbox/17f3`
    route = parts.fragment if "/" in parts.fragment else ""
    return f"{host}:{port}{parts.path.rstrip('/')}?{urlencode(asked)}#{route}"
