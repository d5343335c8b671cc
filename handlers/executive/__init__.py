"""The executive review of a month."""

from functools import partial

from agendas.pages.executive.page import LISTED
from handlers.executive import buttons, command
from handlers.subject import Subject

EXECUTIVE = Subject(
    abm_words={"executive": command.executive_review},
    buttons={
        "executive.opened": buttons.opened,
        "executive.take": buttons.take,
        "executive.ask": buttons.ask,
        **{f"executive.{bucket}": partial(buttons.of_bucket, bucket=bucket) for bucket in LISTED},
    },
)
