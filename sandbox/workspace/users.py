"""People and bots, as stored and as shown by the Web API."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

ORGANISATION = "E0SAMPLES"


@dataclass
class User:
    """One user: a member, guest, external, deactivated account or bot.

    ``name`` is the handle (``ann``), ``real_name`` the full name, ``display_name`` the chosen name (the handle unless
    given). ``team_id`` differs from the workspace's own for people of another workspace. In an organisation
    (Enterprise Grid) people have one id in all of ``teams``, their workspaces, and one ``team_id``: one of them, or
    empty where Slack leaves it out. ``tz`` is an IANA zone. ``quiet_times`` is a do-not-disturb window, from and to in
    epoch seconds, that comes again every day.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str = "Etc/UTC"
    email: str | None = None
    display_name: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = 0
    quiet_times: tuple[int, int] | None = None
    teams: tuple[str, ...] = ()

    @property
    def is_guest(self) -> bool:
        """True for a single- or multi-channel guest."""
        return self.is_restricted or self.is_ultra_restricted

    @property
    def author_team_id(self) -> str:
        """The team shown as the author's in a shared channel: the organisation, else the workspace."""
        return ORGANISATION if self.teams else self.team_id

    def is_external_to(self, team_id: str) -> bool:
        """Return True if they belong to another company than this workspace."""
        return team_id not in (self.team_id, *self.teams)


def user_json(user: User, *, now: datetime, home_team_id: str, with_email: bool) -> dict[str, Any]:
    """Return the user object of ``users.info``; a deactivated user has no zone, an external no locale or email."""
    is_external = user.is_external_to(home_team_id)
    shown: dict[str, Any] = {
        "id": user.id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": _profile(user, with_email=with_email and not is_external),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.team_id:
        shown["team_id"] = user.team_id
    if user.teams:
        shown["enterprise_user"] = _in_organisation(user)
    if is_external:
        shown["is_stranger"] = user.is_stranger
    if user.deleted:
        return shown
    return shown | _living(user, now)


def _in_organisation(user: User) -> dict[str, Any]:
    organisation = {"enterprise_id": ORGANISATION, "enterprise_name": "Samples"}
    return {"id": user.id, **organisation, "is_admin": False, "is_owner": False, "teams": list(user.teams)}


def _living(user: User, now: datetime) -> dict[str, Any]:
    local = now.astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset()
    return {
        "color": "4bbe2e",
        "tz": user.tz,
        "tz_label": local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(user: User, *, with_email: bool) -> dict[str, Any]:
    profile: dict[str, Any] = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name or user.name,
        "display_name_normalized": user.display_name or user.name,
        "avatar_hash": "g000000000",
        "title": "",
    }
    if user.team_id:
        profile["team"] = user.team_id
    if with_email and user.email is not None:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app_id, "always_active": True}
    return profile
