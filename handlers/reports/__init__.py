"""Pages of the program as files."""

from agendas.pages.admin.report_buttons import AS_CSV, AS_HTML
from agendas.verbs.reports.files import CSV, HTML
from handlers.reports.files import sends
from handlers.subject import Subject

REPORTS = Subject(buttons={AS_HTML: sends(HTML), AS_CSV: sends(CSV)})
