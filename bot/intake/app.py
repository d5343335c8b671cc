"""The Bolt app and its options."""

from slack_bolt.async_app import AsyncApp

from bot.settings import Settings
from bot.slack_api.workspaces import Workspaces
from handlers.edge.payloads.guard import OnlyReadable

NOT_INSTALLED = "Cadence is not installed in this workspace. Ask an admin of the workspace to install it."


def bolt_app(settings: Settings, known: Workspaces) -> AsyncApp:
    """Return a Bolt app that does the work before it answers, so that a person sees a crash.

    Signatures are checked before Bolt parses a request (`bot.intake.http`). Bolt's arguments for assistant events
    are switched off: they are not used, and Bolt fails at an event without its thread.
    """
    return AsyncApp(
        name="cadence.app",
        signing_secret=settings.signing_secret,
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        before_authorize=OnlyReadable(),
        client=known.client(),
        # an AsyncAuthorize is documented and handled, but missing in the parameter's type
        authorize=known.authorizing(),  # type: ignore[arg-type]
        user_facing_authorize_error_message=NOT_INSTALLED,
        process_before_response=True,
    )
