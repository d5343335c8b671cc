"""What a browser shows once Slack sent it back from an installation: short plain pages."""

from html import escape

from starlette.responses import HTMLResponse, Response

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p>{link}</body>
</html>
"""
# relative, so that it is right behind a proxy that puts the bot below a path of its own
LINK = '<p><a href="install">Start again</a></p>'

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def done(workspace: str, *, is_admin: bool) -> Response:
    """The bot is installed, and what to do next."""
    role = "You are its admin. " if is_admin else ""
    text = (
        f"{role}In Slack, type /abm people to say who does what, "
        "and /review schedule in the channel where the reviews are to be."
    )
    return _page(f"Cadence is installed in {workspace}", text, status=200, can_start_again=False)


def cancelled() -> Response:
    """Somebody said no on Slack's page."""
    return _page("Cadence is not installed", "The installation was cancelled in Slack.", status=200)


def stale() -> Response:
    """The browser did not begin this installation, or too long ago, or ended it already."""
    text = (
        "This page counts once, for ten minutes, and only in the browser that began the installation, "
        "which has to accept its cookie."
    )
    return _page("Cadence is not installed", text, status=400)


def failed(why: str) -> Response:
    """It did not work, and why."""
    return _page("Cadence is not installed", why, status=502)


def _page(title: str, text: str, *, status: int, can_start_again: bool = True) -> Response:
    link = LINK if can_start_again else ""
    content = PAGE.format(title=escape(title), text=escape(text), link=link)
    return HTMLResponse(content, status_code=status, headers=HEADERS)
