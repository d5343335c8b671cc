"""Reviews of a channel: its cadence, reviews at once, closing, skipping, moving, and the ledger."""

from functools import partial

from agendas.verbs.delivery import unconfirmed
from agendas.verbs.reviews.recap_file import CSV, HTML, TEXT
from handlers.reviews import (
    brief,
    buttons,
    command,
    date_fields,
    ledger,
    past,
    recap,
    scope_fields,
    sections_form,
    submit,
)
from handlers.subject import Subject

REVIEWS = Subject(
    commands={"/review": command.review},
    buttons={
        "review.schedule": buttons.of_cadence(buttons.schedule),
        "review.preparation": buttons.of_cadence(buttons.preparation),
        "review.agenda": buttons.of_cadence(buttons.sections),
        sections_form.CHANGED: submit.sections_changed,
        sections_form.UP: submit.section_up,
        "review.now": buttons.of_cadence(buttons.now),
        "review.move": buttons.of_cadence(buttons.move),
        "review.skip": buttons.of_cadence(buttons.skip),
        "review.pause": buttons.of_cadence(buttons.pause),
        "review.resume": buttons.of_cadence(buttons.resume),
        "review.hold": buttons.hold,
        "review.add": buttons.add,
        "review.close": buttons.close,
        "brief.add": brief.add,
        "brief.leave_out": brief.leave_out,
        "brief.remind": brief.remind,
        "brief.ask": brief.ask,
        "brief.move": brief.move,
        "recap.attendance": buttons.attendance,
        "recap.details": recap.details,
        "recap.text": recap.sends(TEXT),
        "recap.csv": recap.sends(CSV),
        "recap.print": recap.sends(HTML),
        **dict.fromkeys(("past.open", "past.before", "past.after", "past.more", "past.back"), past.opened),
        "past.account": past.account,
        "past.older": past.older,
        date_fields.PREVIEW: submit.schedule_preview,
        date_fields.ZONES: submit.schedule_preview,
        date_fields.HOLIDAYS: submit.schedule_preview,
        scope_fields.CHANGED: submit.scope_preview,
        scope_fields.SEGMENTS: submit.scope_preview,
        scope_fields.ACCOUNTS: submit.scope_preview,
        "letter.again": partial(ledger.resolve, decide=unconfirmed.post_again),
        "letter.there": partial(ledger.resolve, decide=unconfirmed.leave_it),
        "doubt.again": partial(ledger.resolve_any, decide=unconfirmed.post_again),
        "doubt.there": partial(ledger.resolve_any, decide=unconfirmed.leave_it),
    },
    forms=(
        brief.ASKED,
        submit.SCHEDULE,
        submit.CLOSE,
        submit.ATTENDANCE,
        submit.SKIP,
        submit.MOVE,
        submit.PREPARATION,
        submit.SECTIONS,
    ),
    options={
        date_fields.ZONES: submit.zone_options,
        date_fields.HOLIDAYS: submit.holiday_options,
        scope_fields.SEGMENTS: submit.segment_options,
        scope_fields.ACCOUNTS: submit.account_options,
    },
)
