"""Imports: a file given, questions about it, and its writing once it is confirmed."""

from functools import partial

from handlers.imports import command, submit
from handlers.subject import Subject

IMPORTS = Subject(
    abm_words={"import": command.import_file},
    buttons={
        "import.apply": command.apply,
        "import.name": partial(command.apply, names_accounts=True),
        "import.answer": command.answer,
        "import.reasons": command.answer,
        "import.template": command.send_template,
        "import.past": command.show_past,
        "import.undo": command.undo,
        "naming.name": command.name_typed,
        "naming.reasons": command.reasons_of_typed,
        "naming.undo": command.undo_naming,
    },
    forms=(submit.GIVE, submit.ANSWER, submit.REASONS),
)
