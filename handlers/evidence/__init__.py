"""Evidence: of a claimed step, and whose act it is."""

from functools import partial

from agendas.facts.evidence import EvidenceActor
from handlers.evidence import buttons, submit
from handlers.subject import Subject

EVIDENCE = Subject(
    buttons={
        "evidence.add": buttons.add,
        "agenda.evidence": buttons.add_on_agenda,
        "evidence.theirs": partial(buttons.judge, actor=EvidenceActor.BUYER),
        "evidence.ours": partial(buttons.judge, actor=EvidenceActor.US),
        "evidence.shows": buttons.shows_step,
    },
    forms=(submit.EVIDENCE,),
)
