"""Installing into workspaces by OAuth, and the first messages."""

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import DataError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from agendas.rules.access import SLACK_SCOPES
from agendas.verbs.people import ensure_admins, first_admins
from agendas.verbs.reads import admin_ids, members_among
from bot.clock import Clock
from bot.people_sync import load_people, slack_admins
from bot.settings import Settings
from bot.slack_api import UNREACHED, OddAnswer, SlackAway, StartFailed, Workspaces, ask_who_we_are, error_code
from storage import workspaces
from storage.database import Store
from storage.workspaces import Installation

# Onboarding of workspaces: their people, and the first admins.

ADMINS_ADVISED = 2
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
"""Pauses between attempts to reach Slack after a start while it was away."""
BECAUSE = "owner or admin in Slack"

log = logging.getLogger("cadence")


@dataclass(frozen=True, slots=True)
class Onboarding:
    """Stores people and appoints admins. Slack's failures are only logged: who writes to the bot is stored too."""

    settings: Settings
    store: Store
    known: Workspaces
    clock: Clock
    _background: set["asyncio.Task[None]"] = field(default_factory=set, init=False)

    async def start(self) -> None:
        """Load what the first requests need; the rest of a long list of people follows in the background.

        With SLACK_BOT_TOKEN that is the admins, and the first page of people unless Slack asks to wait. While Slack is
        away the start goes on without them, and they are loaded once it is back. Raises StartFailed when Slack refuses
        the token.
        """
        try:
            own = await self.known.know_own(self.clock)
        except SlackAway as away:
            log.warning("slack_away", extra={"error": str(away), "retry_in_seconds": FIRST_PAUSE_SECONDS})
            self._hold(asyncio.create_task(self._start_later()))
            return
        if own is not None:
            await self._load_people(own.id)
            return
        for workspace in await self.store.read(workspaces.active):
            # made here, so that each token is known as its workspace's when Slack refuses it
            await self.known.client_of(workspace.id)
            _warn_of_few_admins(workspace.id, await self._appoint_admins(workspace.id))

    async def stop(self) -> None:
        """Cancel what is still being loaded; it is loaded again each day."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def refresh_all_people(self) -> None:
        for workspace in await self.store.read(workspaces.active):
            await self._refresh(workspace.id, asyncio.Event())

    def refresh_soon(self, workspace_id: str) -> asyncio.Event:
        """Refresh people in the background; return an event set after the first page or once Slack asks to wait."""
        begun = asyncio.Event()
        self._hold(asyncio.create_task(self._guarded(workspace_id, begun)))
        return begun

    async def _start_later(self) -> None:
        """Ask until Slack names the token's workspace. A token refused meanwhile may become valid again."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            try:
                own = await self.known.know_own(self.clock)
            except SlackAway as away:
                log.warning("slack_away", extra={"error": str(away), "retry_in_seconds": pause})
            except StartFailed as refused:
                log.error("token_refused", extra={"to_do": str(refused), "retry_in_seconds": pause})
            except Exception:  # the database may be away as well
                log.exception("workspace_not_known", extra={"error_id": secrets.token_hex(4)})
            else:
                log.info("slack_reached")
                if own is not None:
                    await self._load_people(own.id)
                return

    async def _load_people(self, workspace_id: str) -> None:
        """Appoint admins and load the first page of people, unless Slack asks to wait; load the others meanwhile."""
        await self.refresh_soon(workspace_id).wait()

    def _hold(self, task: "asyncio.Task[None]") -> None:
        """Keep the task until it is done: asyncio itself holds no reference to it."""
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _guarded(self, workspace_id: str, begun: asyncio.Event) -> None:
        """Refresh the people and log any error; set `begun` in any case, so that nobody waits for ever."""
        try:
            await self._refresh(workspace_id, begun)
        except Exception:  # nobody waits for it, and it is done again each day
            log.exception("people_not_learned", extra={"workspace": workspace_id, "error_id": secrets.token_hex(4)})
        finally:
            begun.set()

    async def _refresh(self, workspace_id: str, begun: asyncio.Event) -> None:
        """Refresh the people unless the bot was removed; set `begun` once a page is stored or Slack asks to wait."""
        client = await self.known.client_of(workspace_id)
        if client is None:
            return
        admins = await self._appoint_admins(workspace_id)
        try:
            admins = await self._store_people(client, workspace_id, begun, lacks_admin=not admins)
        except (SlackApiError, *UNREACHED, OddAnswer, DataError) as error:
            code = error_code(error) if isinstance(error, SlackApiError) else ""
            log.warning("people_not_learned", extra={"workspace": workspace_id, "error": code or type(error).__name__})
            admins = await self._appoint_admins(workspace_id)  # some of the people may have been stored
        _warn_of_few_admins(workspace_id, admins)

    async def _store_people(
        self, client: AsyncWebClient, workspace_id: str, begun: asyncio.Event, *, lacks_admin: bool
    ) -> int:
        """Store the people; in a workspace without admins, appoint its Slack owners and admins. Return how many it has.

        They are appointed page by page; where the settings name admins, only at the end, if none of the named exists.
        """

        async def pause(seconds: float) -> None:
            """Wait as long as Slack asks, and let go of those who wait for the first page."""
            begun.set()
            await asyncio.sleep(seconds)

        count, admins, candidates = 0, 0, list[str]()
        async for found in load_people(self.store, client, workspace_id, self.clock, pause=pause):
            count += len(found)
            candidates += slack_admins(found) if lacks_admin else ()
            admins = await self._appoint_admins(workspace_id, () if self.settings.admins else candidates)
            begun.set()
        if not admins:
            admins = await self._appoint_admins(workspace_id, candidates)
        log.info("people_learned", extra={"workspace": workspace_id, "count": count})
        return admins

    async def _appoint_admins(self, workspace_id: str, others: Iterable[str] = ()) -> int:
        """Appoint the admins in the settings and these others; return how many admins there are."""
        return await self.store.write(self._ensure_admins, workspace_id, tuple(others))

    def _ensure_admins(self, session: Session, workspace_id: str, others: tuple[str, ...]) -> int:
        """Appoint the admins of the settings and these others in one transaction; return how many admins there are."""
        named, now = self.settings.admins, self.clock.now()
        if self.settings.is_for_many:
            # the setting names people of all workspaces; only those of this one count here
            named = members_among(session, workspace_id, named)
        first_admins(session, workspace_id, others, now=now, because=BECAUSE)
        return ensure_admins(session, workspace_id, named=named, now=now)


def _warn_of_few_admins(workspace_id: str, count: int) -> None:
    """Log that the workspace has no admin, or fewer than advised."""
    facts = {"workspace": workspace_id, "count": count}
    if not count:
        log.warning("no_admin", extra=facts | {"to_do": "name at least one in CADENCE_ADMINS"})
    elif count < ADMINS_ADVISED:
        log.info("few_admins", extra=facts | {"to_do": "make a second person admin with /abm people"})


# Plain pages that a browser shows after an installation.

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


def done_page(workspace: str, *, is_admin: bool) -> Response:
    role = "You are its admin. " if is_admin else ""
    text = (
        f"{role}In Slack, type /abm people to say who does what, "
        "and /review schedule in the channel where the reviews are to be."
    )
    return _html_page(f"Cadence is installed in {workspace}", text, status=200, can_start_again=False)


def cancelled_page() -> Response:
    return _html_page("Cadence is not installed", "The installation was cancelled in Slack.", status=200)


def stale_page() -> Response:
    """Return the page of an installation that this browser did not begin, began too long ago, or has already ended."""
    text = (
        "This page works once, for ten minutes, and only in the browser that began the installation, "
        "which has to accept its cookie."
    )
    return _html_page("Cadence is not installed", text, status=400)


def failed_page(why: str, *, status: int) -> Response:
    return _html_page("Cadence is not installed", why, status=status)


def _html_page(title: str, text: str, *, status: int, can_start_again: bool = True) -> Response:
    link = LINK if can_start_again else ""
    content = PAGE.format(title=escape(title), text=escape(text), link=link)
    return HTMLResponse(content, status_code=status, headers=HEADERS)


# Installing the bot in a workspace by OAuth: the pages on the browser's way to Slack and back.

SCOPES = tuple(SLACK_SCOPES)
"""Permissions that the bot asks a workspace for."""

COOKIE = "cadence_install"
STATE = re.compile(r"[A-Za-z0-9_-]{43}")

install_log = logging.getLogger("cadence.installing")


class InstallFailed(Exception):
    """The bot is not installed; the message says why and what to do.

    `status` is 400 where the browser brought a code that Slack does not take, else 502: Slack or the settings.
    """

    def __init__(self, why: str, *, status: int = 502) -> None:
        self.status = status
        super().__init__(why)


class OAuthInstaller:
    """Serves the pages, and has the people of a new workspace loaded in the background."""

    def __init__(self, onboarding: Onboarding) -> None:
        self._onboarding = onboarding
        self._settings = onboarding.settings
        self._store = onboarding.store
        self._clock = onboarding.clock

    @property
    def routes(self) -> list[Route]:
        """The routes where an installation begins, and where Slack sends the browser back to."""
        return [Route("/slack/install", self._start_oauth), Route("/slack/oauth_redirect", self._end_oauth)]

    async def _start_oauth(self, _request: Request) -> Response:
        """Store the attempt, tie it to this browser by a cookie, and send the browser to Slack's page."""
        state = secrets.token_urlsafe(32)
        await self._store.write(workspaces.begin_attempt, state, self._clock.now())
        query = urlencode({"client_id": self._settings.client_id, "scope": ",".join(SCOPES), "state": state})
        # Slack's authorization page is a sibling of its Web API
        response = RedirectResponse(
            f"{self._settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize?{query}", 302
        )
        response.headers["cache-control"] = "no-store"
        lasts = int(workspaces.ATTEMPT_LASTS.total_seconds())
        response.set_cookie(COOKIE, state, max_age=lasts, secure=True, httponly=True, samesite="lax")
        return response

    async def _end_oauth(self, request: Request) -> Response:
        """Install the bot, and answer with the page for what came of the attempt: stale, cancelled, failed or done."""
        if not await self._is_under_way(request):
            return stale_page()
        if "error" in request.query_params:
            install_log.info("install_cancelled")
            return cancelled_page()
        try:
            installation = await self._installation(request.query_params.get("code", ""))
        except InstallFailed as failure:
            install_log.warning("install_failed", extra={"error": str(failure)})
            return failed_page(str(failure), status=failure.status)
        is_admin = await self._store.write(self._save, installation)
        install_log.info("installed", extra={"workspace": installation.workspace_id})
        self._onboarding.refresh_soon(installation.workspace_id)
        return done_page(installation.name, is_admin=is_admin)

    async def _is_under_way(self, request: Request) -> bool:
        """Return whether this browser was sent to Slack and comes back for the first time."""
        state = request.query_params.get("state", "")
        mine = request.cookies.get(COOKIE, "")
        if not STATE.fullmatch(state) or not hmac.compare_digest(state.encode(), mine.encode()):
            return False
        return await self._store.write(workspaces.end_attempt, state, self._clock.now())

    async def _installation(self, code: str) -> Installation:
        """Exchange the code; return the workspace with its token encrypted. Raises InstallFailed."""
        known, settings = self._onboarding.known, self._settings
        if not code:
            raise InstallFailed(f"The address has no code of Slack's. {NEW_CODE}", status=400)
        try:
            answer = await known.client().oauth_v2_access(
                client_id=settings.client_id, client_secret=settings.client_secret, code=code
            )
            granted = _granted(answer.data)
            found = await ask_who_we_are(known.client(granted.bot_token))
        except SlackApiError as error:
            why = error_code(error) or "no answer"
            status = 400 if why in CODE_REFUSED else 502
            problem = f"Slack refused the installation ({why}). {REMEDIES.get(why, START_AGAIN)}"
            raise InstallFailed(problem, status=status) from error
        except UNREACHED as error:
            raise InstallFailed("Slack cannot be reached now. Start again in a few minutes.") from error
        except (OddAnswer, AttributeError) as error:
            raise InstallFailed(f"Slack's answer cannot be understood. {START_AGAIN}") from error
        if found.workspace_id != granted.workspace_id:
            raise InstallFailed(f"Slack's answers name two workspaces. {START_AGAIN}")
        return replace(
            found,
            bot_token=known.sealing.seal(granted.bot_token),
            scopes=granted.scopes,
            installed_by=granted.installed_by,
        )

    def _save(self, session: Session, installation: Installation) -> bool:
        """Store the installation; appoint its person admin if there is none; return whether they are one."""
        now, zone = self._clock.now(), self._settings.time_zone
        workspace = workspaces.save_installation(session, installation, time_zone=zone, now=now)
        if installation.installed_by and not admin_ids(session, workspace.id):
            first_admins(session, workspace.id, [installation.installed_by], now=now, because="installed Cadence")
        return installation.installed_by in admin_ids(session, workspace.id)


START_AGAIN = "Start again."
NEW_CODE = "A code works once, for ten minutes: start again, and let Slack send the browser back by itself."
CODE_REFUSED = ("invalid_code", "code_expired", "code_already_used", "bad_redirect_uri")
"""Slack's errors for a code that is made up, used up, too old, or of another address."""
REMEDIES = {
    **dict.fromkeys(CODE_REFUSED, NEW_CODE),
    "bad_client_secret": "Whoever runs Cadence has to check CADENCE_CLIENT_SECRET.",
    "invalid_client_id": "Whoever runs Cadence has to check CADENCE_CLIENT_ID.",
}


def _granted(answer: Any) -> Installation:
    """Return Slack's grant: the plain token, its workspace and its scopes. Raises InstallFailed and OddAnswer."""
    if not isinstance(answer, dict):
        raise OddAnswer("the answer is no object")
    if answer.get("is_enterprise_install"):
        raise InstallFailed("Cadence works in one workspace at a time. Start again and choose a workspace, not all.")
    if answer.get("refresh_token"):
        raise InstallFailed(
            "The app renews its tokens, which cannot be switched off again. "
            "Whoever runs Cadence has to make the app anew from app.yaml, with token rotation off."
        )
    team, person = answer.get("team") or {}, answer.get("authed_user") or {}
    granted = Installation(
        workspace_id=team.get("id") or "",
        name=team.get("name") or "",
        url="",
        bot_user_id=answer.get("bot_user_id") or "",
        bot_id="",
        bot_token=answer.get("access_token") or "",
        scopes=answer.get("scope") or "",
        installed_by=person.get("id") or "",
    )
    if not granted.workspace_id or not granted.bot_token:
        raise OddAnswer("the answer has no token or workspace")
    return granted
