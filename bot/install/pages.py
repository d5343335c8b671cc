"""Plain pages that a browser shows after an installation."""

from html import escape

from starlette.responses import HTMLResponse, Response

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p>{link}</body>
</html>
"""
# relative, for proxies that serve the bot below a path of their own
LINK = '<p><a href="install">Start again</a></p>'

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def done(workspace: str, *, is_admin: bool) -> Response:
    """Return the page of a successful installation, with what to do next."""
    role = "You are its admin. " if is_admin else ""
    text = (
        f"{role}In Slack, type /abm people to say who does what, "
        "and /review schedule in the channel where the reviews are to be."
    )
    return _page(f"Cadence is installed in {workspace}", text, status=200, can_start_again=False)


def cancelled() -> Response:
    """Return the page of an installation cancelled on Slack's page."""
    return _page("Cadence is not installed", "The installation was cancelled in Slack.", status=200)


def stale() -> Response:
    """Return the page of an installation that this browser did not begin, began too long ago, or has already ended."""
    text = (
        "This page works once, for ten minutes, and only in the browser that began the installation, "
        "which has to accept its cookie."
    )
    return _page("Cadence is not installed", text, status=400)


def failed(why: str, *, status: int) -> Response:
    """Return the page of a failed installation, with the reason and what to do."""
    return _page("Cadence is not installed", why, status=status)


def _page(title: str, text: str, *, status: int, can_start_again: bool = True) -> Response:
    link = LINK if can_start_again else ""
    content = PAGE.format(title=escape(title), text=escape(text), link=link)
    return HTMLResponse(content, status_code=status, headers=HEADERS)
