"""Evidence: of a claimed step, and whose act it is."""

from functools import partial

from agendas.facts.evidence import EvidenceActor
from handlers.evidence import buttons, submit, whose_act
from handlers.subject import Subject

EVIDENCE = Subject(
    buttons={
        "evidence.add": buttons.add,
        "agenda.evidence": buttons.add_on_agenda,
        "evidence.theirs": partial(buttons.judge, actor=EvidenceActor.BUYER),
        "evidence.ours": partial(buttons.judge, actor=EvidenceActor.US),
        "evidence.shows": buttons.shows_step,
        "evidence.person": buttons.credit,
        "evidence.people": buttons.choose_people,
        "whose_act.account": whose_act.open_account,
    },
    forms=(submit.EVIDENCE, submit.PEOPLE, whose_act.WHOSE_ACT),
)
