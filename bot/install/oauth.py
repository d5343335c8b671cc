"""Installing the bot in a workspace by OAuth: the pages on the browser's way to Slack and back."""

import hmac
import logging
import re
import secrets
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from agendas.rules.access.permissions import PERMISSIONS
from agendas.verbs.people.rights import first_admins
from agendas.verbs.reads.people import admin_ids
from bot.install.onboarding import Onboarding
from bot.install.pages import cancelled, done, failed, stale
from bot.slack_api.errors import UNREACHED, OddAnswer, error_code
from bot.slack_api.workspaces import ask_who_we_are
from storage import workspaces
from storage.workspaces import Installation

SCOPES = tuple(PERMISSIONS)
"""Permissions that the bot asks a workspace for."""

COOKIE = "cadence_install"
STATE = re.compile(r"[A-Za-z0-9_-]{43}")

log = logging.getLogger("cadence.installing")


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
        return [Route("/slack/install", self._begin), Route("/slack/oauth_redirect", self._end)]

    async def _begin(self, _request: Request) -> Response:
        state = secrets.token_urlsafe(32)
        await self._store.write(workspaces.begin_attempt, state, self._clock.now())
        asked = urlencode({"client_id": self._settings.client_id, "scope": ",".join(SCOPES), "state": state})
        # Slack's authorization page is a sibling of its Web API
        response = RedirectResponse(
            f"{self._settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize?{asked}", 302
        )
        response.headers["cache-control"] = "no-store"
        lasts = int(workspaces.ATTEMPT_LASTS.total_seconds())
        response.set_cookie(COOKIE, state, max_age=lasts, secure=True, httponly=True, samesite="lax")
        return response

    async def _end(self, request: Request) -> Response:
        if not await self._is_under_way(request):
            return stale()
        if "error" in request.query_params:
            log.info("install_cancelled")
            return cancelled()
        try:
            installation = await self._installation(request.query_params.get("code", ""))
        except InstallFailed as failure:
            log.warning("install_failed", extra={"error": str(failure)})
            return failed(str(failure), status=failure.status)
        is_admin = await self._store.write(self._save, installation)
        log.info("installed", extra={"workspace": installation.workspace_id})
        self._onboarding.refresh_soon(installation.workspace_id)
        return done(installation.name, is_admin=is_admin)

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
            told = f"Slack refused the installation ({why}). {REMEDIES.get(why, START_AGAIN)}"
            raise InstallFailed(told, status=status) from error
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


def _granted(said: Any) -> Installation:
    """Return Slack's grant: the plain token, its workspace and its scopes. Raises InstallFailed and OddAnswer."""
    if not isinstance(said, dict):
        raise OddAnswer("the answer is no object")
    if said.get("is_enterprise_install"):
        raise InstallFailed("Cadence works in one workspace at a time. Start again and choose a workspace, not all.")
    if said.get("refresh_token"):
        raise InstallFailed(
            "The app renews its tokens, which cannot be switched off again. "
            "Whoever runs Cadence has to make the app anew from app.yaml, with token rotation off."
        )
    team, person = said.get("team") or {}, said.get("authed_user") or {}
    granted = Installation(
        workspace_id=team.get("id") or "",
        name=team.get("name") or "",
        url="",
        bot_user_id=said.get("bot_user_id") or "",
        bot_id="",
        bot_token=said.get("access_token") or "",
        scopes=said.get("scope") or "",
        installed_by=person.get("id") or "",
    )
    if not granted.workspace_id or not granted.bot_token:
        raise OddAnswer("the answer has no token or workspace")
    return granted
