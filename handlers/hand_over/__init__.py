"""Everything that a person answers for, handed over to others."""

from agendas.pages.admin.hand_over import UNDO
from handlers.forms.form import Form
from handlers.hand_over import command, form
from handlers.subject import Subject

HAND_OVER = Subject(
    abm_words={"hand": command.hand_over},
    buttons={UNDO: command.undo},
    forms=(Form(form.FRAME, command.previewed), Form(form.SURE, command.confirmed)),
)
