"""Open actions, blockers and asks, each settled where it is shown."""

from agendas.pages.open_items.of_review import ACTIONS, BLOCKERS
from handlers.open_items import buttons, lists, of_review, submit
from handlers.subject import Subject

OPEN_ITEMS = Subject(
    buttons={
        "actions.mine": lists.mine,
        "actions.more": lists.mine,
        "waiting.mine": lists.waiting,
        "waiting.more": lists.waiting,
        ACTIONS: of_review.opened,
        BLOCKERS: of_review.opened,
        "action.done": buttons.done,
        "action.move": buttons.move,
        "action.edit": buttons.edit,
        "action.drop": buttons.drop,
        "blocker.resolve": buttons.resolve,
        "blocker.acknowledge": buttons.acknowledge,
        "blocker.answer": buttons.answer_blocker,
        "ask.answer": buttons.answer,
        "ask.answered": buttons.answered,
    },
    forms=(submit.MOVE, submit.EDIT, submit.DROP, submit.ANSWER, submit.ANSWER_BLOCKER, submit.RESOLVE),
)
