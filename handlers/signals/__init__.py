"""Signals: noted by people, shown by account, and sent by programs to a webhook."""

from functools import partial

from agendas.pages.accounts.asked import FILL
from handlers.forms.asking import fill_in
from handlers.signals import buttons, command, submit, webhook
from handlers.subject import Subject

SIGNALS = Subject(
    commands={"/signal": command.signal},
    account_pages={"signals": command.signals},
    abm_words={"signals": webhook.webhook},
    buttons={
        "signals.add": buttons.add,
        "signals.more": buttons.more,
        "signals.record": buttons.record_step,
        "signals.undo": buttons.undo,
        f"{FILL}/{submit.SIGNAL.frame.callback_id}": partial(fill_in, form=submit.SIGNAL),
        "signals.secret": webhook.new_secret,
    },
    forms=(submit.SIGNAL,),
)
