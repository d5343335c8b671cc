"""The addresses that the executive review is mailed to."""

from agendas.pages.admin.mail import ADD, AGAIN, CODE, REMOVE
from handlers.mail import buttons, command, submit
from handlers.subject import Subject

MAIL = Subject(
    abm_words={"mail": command.mail},
    buttons={ADD: buttons.add, CODE: buttons.code, REMOVE: buttons.remove, AGAIN: buttons.again},
    forms=(submit.ADDRESS, submit.CODE),
)
