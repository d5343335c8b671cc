"""The form that makes an account private to a channel, and public again."""

from agendas.verbs.privacy.mark import FIELD
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.fields import account_line, channel, small
from handlers.forms.form import AccountFacts, Frame, form

FRAME = Frame("private_account", "Who may see it", "Save")
NOTE = (
    "Its members alone find the account, in every list, answer and count; admins are no exception. It is reviewed in "
    "that channel only. What was posted elsewhere before stays in Slack; the open review there does not show it any "
    "more. You have to be in the channel, and Cadence too."
)


def build(facts: AccountFacts) -> View:
    """The form with the channel that the account is private to."""
    chosen = channel(
        FIELD,
        "Private to",
        initial=facts.account.private_channel,
        hint="A private channel. Leave it empty, and everybody sees the account.",
        kinds=("private",),
    )
    return form(FRAME, facts.origin, [account_line(facts.account), chosen, small(NOTE)])


def read(view: View) -> str:
    """The channel chosen, empty for none."""
    return values_of(view).get(FIELD, "")
