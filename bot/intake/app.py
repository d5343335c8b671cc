"""Bolt, as this program uses it."""

from slack_bolt.async_app import AsyncApp

from bot.settings import Settings
from bot.slack_api.workspaces import Workspaces
from handlers.unknown import OnlyReadable

NOT_INSTALLED = "Cadence was removed from this workspace. Ask an admin of the workspace to install it again."


def bolt_app(settings: Settings, known: Workspaces) -> AsyncApp:
    """Bolt, which does the work before it answers, so that a crash is seen and not lost.

    Signatures are checked before Bolt reads a request (`bot/intake/http.py`). What Bolt would add to events of
    assistants is not used here, and Bolt fails at one that lacks its thread.
    """
    return AsyncApp(
        name="cadence.app",
        signing_secret=settings.signing_secret,
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        before_authorize=OnlyReadable(),
        client=known.client(),
        authorize=known.authorizing(),  # type: ignore[arg-type]  # one of these is called like the functions named
        user_facing_authorize_error_message=NOT_INSTALLED,
        process_before_response=True,
    )
