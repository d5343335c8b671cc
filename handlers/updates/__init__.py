"""Updates of accounts: movement, blockers, next actions, decisions, and Undo."""

from functools import partial

from agendas.pages.accounts.asked import FILL
from agendas.rules.access.rights import Deed
from handlers.forms.asking import fill_in
from handlers.subject import Subject
from handlers.updates import buttons, command, decision_form, promises, submit, update
from handlers.updates.series import SKIP

UPDATES = Subject(
    commands={"/move": command.move, "/blocker": command.blocker, "/next": command.next_action},
    buttons={
        "agenda.move": partial(buttons.agenda_form, form=submit.MOVEMENT, deed=Deed.RECORD),
        "agenda.blocker": partial(buttons.agenda_form, form=submit.BLOCKER, deed=Deed.RECORD),
        "agenda.next": partial(buttons.agenda_form, form=submit.NEXT_ACTION, deed=Deed.RECORD),
        "agenda.waiting": partial(buttons.agenda_form, form=submit.WAITING, deed=Deed.RECORD),
        "agenda.update": partial(buttons.agenda_form, form=update.UPDATE, deed=Deed.RECORD),
        "agenda.decide": buttons.decide,
        decision_form.CHANGED: submit.decision_changed,
        "agenda.no_change": buttons.no_change,
        "account.update": partial(buttons.account_form, form=update.UPDATE),
        "updates.start": update.start,
        SKIP: update.skip,
        promises.CHANGED: update.changed,
        "account.move": partial(buttons.account_form, form=submit.MOVEMENT),
        "account.blocker": partial(buttons.account_form, form=submit.BLOCKER),
        "account.next": partial(buttons.account_form, form=submit.NEXT_ACTION),
        "account.waiting": partial(buttons.account_form, form=submit.WAITING),
        **{
            f"{FILL}/{form.frame.callback_id}": partial(fill_in, form=form)
            for form in (submit.MOVEMENT, submit.BLOCKER, submit.NEXT_ACTION, submit.WAITING)
        },
        "undo": buttons.undo,
    },
    forms=(update.UPDATE, submit.MOVEMENT, submit.BLOCKER, submit.NEXT_ACTION, submit.WAITING, submit.DECISION),
)
