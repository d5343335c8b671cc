"""What arrives from Slack: every command, button, form, shortcut and event, on one screen."""

import re

from slack_bolt.async_app import AsyncApp

from handlers import (
    drafts,
    home,
    messages,
    notices,
    shortcuts,
    submit_fit,
    submit_group,
    submit_list,
    submit_plays,
    submit_reviews,
    submit_subjects,
    submit_updates,
)
from handlers.buttons import BUTTONS
from handlers.commands import imports, signals
from handlers.commands.abm import OTHER_COMMANDS, abm
from handlers.commands.settings import save_settings
from handlers.deps import Deps
from handlers.edge import Edge
from handlers.modals import (
    blocker,
    choose,
    contact,
    decision,
    fit,
    import_file,
    list_change,
    movement,
    narrative,
    next_action,
    own_play,
    people,
    play,
    product,
    profile,
    review,
    schedule,
    settings,
    signal,
    swap,
)
from handlers.routes import Routes
from handlers.submit_swap import swap_submitted

COMMANDS = {"/abm": abm} | {f"/{word}": handler for word, handler in OTHER_COMMANDS.items()}

FORMS = {
    movement.FRAME.callback_id: submit_updates.movement_form,
    blocker.FRAME.callback_id: submit_updates.blocker_form,
    next_action.FRAME.callback_id: submit_updates.next_action_form,
    decision.FRAME.callback_id: submit_updates.decision_form,
    choose.FRAME.callback_id: submit_updates.choose_form,
    profile.NOMINATE.callback_id: submit_list.nominate_form,
    profile.EDIT.callback_id: submit_list.edit_form,
    signal.FRAME.callback_id: signals.submit,
    list_change.FRAME.callback_id: submit_list.list_change_form,
    contact.ADD.callback_id: submit_group.add_contact_form,
    contact.EDIT.callback_id: submit_group.edit_contact_form,
    contact.LEFT.callback_id: submit_group.contact_left_form,
    play.CHOOSE.callback_id: submit_plays.choose_play_form,
    play.START.callback_id: submit_plays.start_play_form,
    play.END.callback_id: submit_plays.end_play_form,
    own_play.ADD.callback_id: submit_plays.add_play_form,
    own_play.CHANGE.callback_id: submit_plays.change_play_form,
    product.FRAME.callback_id: submit_subjects.product_form,
    narrative.FRAME.callback_id: submit_subjects.narrative_form,
    swap.FRAME.callback_id: swap_submitted,
    people.FRAME.callback_id: submit_list.person_form,
    settings.FRAME.callback_id: save_settings,
    fit.FRAME.callback_id: submit_fit.fit_form,
    import_file.GIVE.callback_id: imports.file_given,
    import_file.ANSWER.callback_id: imports.answers_given,
    schedule.FRAME.callback_id: submit_reviews.schedule_form,
    review.CLOSE.callback_id: submit_reviews.close_form,
    review.SKIP.callback_id: submit_reviews.skip_form,
    review.MOVE.callback_id: submit_reviews.move_form,
}

IN_FORMS = {
    "draft": drafts.keep,
    schedule.PREVIEW: submit_reviews.schedule_preview,
    schedule.ZONES: submit_reviews.schedule_preview,
    "ask.pick": messages.picked,
}

CHOICES = frozenset({"field", choose.ACCOUNTS})

SHORTCUTS = {
    "account_update": shortcuts.account_update,
    "log_to_account": shortcuts.log_to_account,
    "ask_cadence": messages.ask_about_message,
}

OPTIONS = {schedule.ZONES: submit_reviews.zone_options, choose.ACCOUNTS: shortcuts.accounts_like}

EVENTS = {
    "message": messages.direct_message,
    "app_mention": messages.mention,
    "app_home_opened": home.opened,
}

NOTICES = {
    "channel_archive": notices.channel_archived,
    "channel_unarchive": notices.channel_back,
    "channel_id_changed": notices.channel_id_changed,
    "channel_shared": notices.channel_shared,
    "channel_unshared": notices.channel_unshared,
    "group_archive": notices.channel_archived,
    "group_unarchive": notices.channel_back,
    "member_joined_channel": notices.member_joined,
    "user_change": notices.person_changed,
    "app_uninstalled": notices.app_uninstalled,
    "tokens_revoked": notices.tokens_revoked,
}

ROUTES = Routes(
    tables={
        "command": COMMANDS,
        "button": BUTTONS | IN_FORMS,
        "form": FORMS,
        "form_closed": dict.fromkeys(FORMS, drafts.closed),
        "shortcut": SHORTCUTS,
        "options": OPTIONS,
        "event": EVENTS,
    },
    notices=NOTICES,
    choices=CHOICES,
    refuse_event=messages.refuse_event,
)


def register(app: AsyncApp, deps: Deps) -> Edge:
    """The edge, listening to everything the app hears: one listener per kind of payload, a table behind each.

    Bolt tries listeners one by one, so their number is what each request pays for. The app has to be made with
    `before_authorize=OnlyReadable()`.
    """
    edge = Edge(deps, ROUTES)
    anything = re.compile(".*", re.DOTALL)
    app.command(anything)(edge.act)
    app.action(anything)(edge.act)
    app.view_submission(anything)(edge.act)
    app.view_closed(anything)(edge.act)
    app.shortcut(anything)(edge.act)
    app.options(anything)(edge.act)
    app.event(anything)(edge.event)
    return edge
