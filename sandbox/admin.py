"""Administration of the workspace: people, channels, and the installation of the app."""

import secrets
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from sandbox.slack import Authorization, Slack
from sandbox.workspace import Channel, Kind, User, user_json

OTHER_TEAM = "T0ELSEWHERE"


class Admin:
    """Changes to the workspace, with the events that Slack sends for them."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    def add_user(
        self, name: str, *, guest: bool = False, external: bool = False, announced: bool = False, **traits: Any
    ) -> User:
        """Add a person with this handle; ``traits`` are fields of ``User`` (``real_name``, ``tz``, ``deleted`` ...).

        ``external`` people are of OTHER_TEAM unless ``traits`` have a ``team_id``; ``announced`` sends ``team_join``.
        """
        if external:
            traits.setdefault("team_id", OTHER_TEAM)
        user = self.slack.workspace.add_user(name, is_restricted=guest, **traits)
        if announced:
            self.slack.events.workspace_wide("team_join", {"user": self._user_json(user)})
        return user

    def add_channel(
        self,
        name: str,
        *,
        members: list[User] | None = None,
        private: bool = False,
        shared: bool = False,
        archived: bool = False,
        with_bot: bool = True,
    ) -> Channel:
        """Add a channel with these people, and the bot unless ``with_bot`` is false; sends no events."""
        workspace = self.slack.workspace
        ids = [user.id for user in members or []] + ([workspace.bot.id] if with_bot else [])
        kind: Kind = "private" if private else "public"
        channel = workspace.add_channel(name.removeprefix("#"), kind=kind, members=ids, shared=shared)
        channel.is_archived = archived
        return channel

    def invite(self, channel: Channel, user: User, *, by: User | None = None) -> None:
        """Add a person or the bot to a channel, unless they are in it; sends ``member_joined_channel``."""
        if user.id in channel.members:
            return
        self.slack.join_channel(channel, user, inviter=by)

    def remove(self, channel: Channel, user: User) -> None:
        """Remove somebody from a channel; sends ``member_left_channel``, and ``channel_left`` for the bot."""
        channel.members.remove(user.id)
        self.slack.workspace.changes.happened()
        self.slack.events.member_changed("member_left_channel", channel, user.id)
        if user.id == self.slack.workspace.bot.id:
            self.slack.events.bot_left(channel)

    def archive(self, channel: Channel, *, by: User, archived: bool = True) -> None:
        """Archive a channel, or bring it back; sends ``channel_archive`` or ``channel_unarchive``."""
        channel.is_archived = archived
        self.slack.workspace.changes.happened()
        kind = "channel_archive" if archived else "channel_unarchive"
        self.slack.events.channel_changed(kind, channel, by.id)

    def restrict(self, channel: Channel, *, restricted: bool = True) -> None:
        """Let only managers post in a channel, or everybody again; sends no event."""
        channel.is_read_only = restricted
        self.slack.workspace.changes.happened()

    def share(self, channel: Channel, *, shared: bool = True) -> None:
        """Share a channel with another company, or stop; sends ``channel_shared`` or ``channel_unshared``."""
        channel.is_shared = shared
        self.slack.workspace.changes.happened()
        self.slack.events.sharing_changed(channel, OTHER_TEAM)

    def rename(self, channel: Channel, name: str, *, by: User) -> None:
        """Rename a channel; sends ``channel_rename``."""
        channel.name = name
        self.slack.workspace.changes.happened()
        self.slack.events.channel_changed("channel_rename", channel, by.id)

    def change_user(self, user: User, **traits: Any) -> None:
        """Change fields of a person (``tz``, ``real_name``, ``deleted`` ...); sends ``user_change``."""
        for name, value in traits.items():
            if not hasattr(user, name):
                raise AttributeError(f"A user has no {name}.")
            setattr(user, name, value)
        user.updated = int(self.slack.workspace.now().timestamp())
        self.slack.workspace.changes.happened()
        self.slack.events.workspace_wide("user_change", {"user": self._user_json(user), "cache_ts": user.updated})

    def allow_app(self, address: str, *, by: User, declined: Collection[str] = ()) -> str:
        """Return the query of the redirect to the app after a person consented on Slack's page at ``address``.

        ``declined`` are optional scopes that the person does not give. Raises ValueError when the page shows an error
        instead, or offers no such choice: wrong app or scopes.
        """
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if not address.startswith(f"{self.slack.origin}/oauth/v2/authorize?"):
            raise ValueError(f"{address} is not where Slack asks.")
        if query.get("client_id") != self.slack.client_id:
            raise ValueError("There is no app with this client_id.")
        scopes = query.get("scope", "")
        if not scopes or not set(scopes.split(",")) <= self.slack.workspace.manifest.bot_scopes:
            raise ValueError(f"The app has not all of these scopes: {scopes or 'none'}.")
        if not set(declined) <= self.slack.workspace.manifest.optional_scopes:
            raise ValueError(f"These scopes cannot be declined: {', '.join(sorted(declined))}.")
        scopes = ",".join(scope for scope in scopes.split(",") if scope not in declined)
        code = secrets.token_hex(8)
        now, redirect_uri = self.slack.workspace.now(), query.get("redirect_uri", "")
        self.slack.authorizations[code] = Authorization(by.id, scopes, redirect_uri, now)
        return urlencode({"code": code, "state": query.get("state", "")})

    def uninstall_app(self) -> None:
        """Uninstall the app: sends ``tokens_revoked`` and ``app_uninstalled``, nothing until it is installed again.

        Its token is answered with ``account_inactive``.
        """
        self.slack.revoke_token("account_inactive")
        self.slack.events.workspace_wide("app_uninstalled", {})
        self.slack.workspace.is_installed = False

    def revoke_token(self) -> None:
        """Revoke the app's token, answered with ``token_revoked``, and keep the app; sends ``tokens_revoked``."""
        self.slack.revoke_token("token_revoked")

    def change_channel_id(self, channel: Channel) -> None:
        """Give a channel another id, as sharing a private one may do; sends ``channel_id_changed``."""
        workspace, old = self.slack.workspace, channel.id
        channel.id = workspace.ids.new("C")
        workspace.channels[channel.id] = workspace.channels.pop(old)
        for message in channel.messages:
            message.channel_id = channel.id
        workspace.changes.happened()
        ids = {"old_channel_id": old, "new_channel_id": channel.id}
        self.slack.events.workspace_wide("channel_id_changed", ids)

    def delete_channel(self, channel: Channel, *, by: User) -> None:
        """Delete a channel with everything in it; sends ``channel_deleted``."""
        del self.slack.workspace.channels[channel.id]
        self.slack.workspace.changes.happened()
        self.slack.events.channel_changed("channel_deleted", channel, by.id)

    def channel_state(self, name: str) -> Channel:
        """Return the channel with this name, with or without ``#``; raises KeyError when there is none."""
        channel = self.slack.workspace.channel_named(name)
        if channel is None:
            names = sorted(c.name for c in self.slack.workspace.channels.values() if not c.is_im)
            raise KeyError(f"There is no channel {name!r}; there are {names}.")
        return channel

    def _user_json(self, user: User) -> dict[str, Any]:
        workspace = self.slack.workspace
        return user_json(
            user,
            now=workspace.now(),
            home_team_id=workspace.team.id,
            with_email="users:read.email" in self.slack.scopes,
        )
