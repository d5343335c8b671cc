"""The executive review of a month, and meetings of executives."""

from functools import partial

from agendas.pages.accounts.asked import FILL
from agendas.pages.executive.page import LISTED
from handlers.executive import buttons, command, met
from handlers.forms.asking import fill_in
from handlers.subject import Subject

EXECUTIVE = Subject(
    abm_words={"executive": command.executive_review},
    account_words={"met": met.words},
    buttons={
        "executive.opened": buttons.opened,
        "executive.take": buttons.take,
        "executive.ask": buttons.ask,
        "executive.met": met.add,
        f"{FILL}/{met.MET.frame.callback_id}": partial(fill_in, form=met.MET),
        **{f"executive.{bucket}": partial(buttons.of_bucket, bucket=bucket) for bucket in LISTED},
    },
    forms=(met.MET,),
)
