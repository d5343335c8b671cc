
"""Every limit as a row: name, surface, what just fits, what is just too much, and the pointer of the refusal."""

from typing import Any

from tests.sandbox.slack.kit import (
    actions,
    bars,
    bullets,
    button,
    card,
    confirm,
    container,
    data_table,
    field,
    home,
    image,
    modal,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    raw,
    rich_text,
    section,
    select,
    table,
    tasks,
    text_input,
)

Row = tuple[str, Any, Any, str]
FEEDBACK = {"text": plain("Good"), "value": "g"}


def feedback(**more: Any) -> dict[str, Any]:
    good = FEEDBACK | more
    element = {"type": "feedback_buttons", "positive_button": good, "negative_button": FEEDBACK}
    return {"type": "context_actions", "elements": [element]}


def icon(**more: Any) -> dict[str, Any]:
    return {"type": "icon_button", "icon": "trash", "text": plain("Remove"), **more}


def icons(count: int) -> dict[str, Any]:
    return {"type": "context_actions", "elements": [icon() for _ in range(count)]}


def check(count: int, kind: str = "checkboxes") -> dict[str, Any]:
    return {"type": kind, "options": options(count)}


def overflow(count: int, **more: Any) -> dict[str, Any]:
    return {"type": "overflow", "options": options(count), **more}


def groups(count: int, label: str = "Group") -> dict[str, Any]:
    each = {"label": plain(label), "options": options(1)}
    return {"type": "static_select", "option_groups": [each] * count}


def cells(length: int) -> list[dict[str, Any]]:
    return [raw("y" * length)]


MESSAGE_ROWS: list[Row] = [
    ("blocks of a message", [section()] * 50, [section()] * 51, "/blocks"),
    ("block_id", [section(block_id="b" * 255)], [section(block_id="b" * 256)], "/blocks/0/block_id"),
    (
        "action_id",
        [actions(button(action_id="a" * 255))],
        [actions(button(action_id="a" * 256))],
        "/blocks/0/elements/0/action_id",
    ),
    ("section text", [section("x" * 3000)], [section("x" * 3001)], "/blocks/0/text/text"),
    ("section text, least", [section("x")], [section("")], "/blocks/0/text/text"),
    (
        "section fields",
        [{"type": "section", "fields": [mrkdwn("x")] * 10}],
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "/blocks/0/fields",
    ),
    (
        "section field",
        [{"type": "section", "fields": [mrkdwn("x" * 2000)]}],
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "/blocks/0/fields/0/text",
    ),
    ("section without text or fields", [section()], [{"type": "section"}], "/blocks/0"),
    ("section expand", [section(expand=True)], [section(expand="yes")], "/blocks/0/expand"),
    (
        "header",
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "header", "text": plain("x" * 151)}],
        "/blocks/0/text/text",
    ),
    (
        "header is plain",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": mrkdwn("x")}],
        "/blocks/0/text/type",
    ),
    (
        "context elements",
        [{"type": "context", "elements": [mrkdwn("x")] * 10}],
        [{"type": "context", "elements": [mrkdwn("x")] * 11}],
        "/blocks/0/elements",
    ),
    (
        "context takes texts and images",
        [{"type": "context", "elements": [image()]}],
        [{"type": "context", "elements": [button()]}],
        "/blocks/0/elements/0/type",
    ),
    ("context_actions", [icons(5)], [icons(6)], "/blocks/0/elements"),
    (
        "feedback text",
        [feedback(text=plain("x" * 75))],
        [feedback(text=plain("x" * 76))],
        "/blocks/0/elements/0/positive_button/text/text",
    ),
    (
        "feedback value",
        [feedback(value="x" * 2000)],
        [feedback(value="x" * 2001)],
        "/blocks/0/elements/0/positive_button/value",
    ),
    (
        "icon_button text",
        [icons(1)],
        [{"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash"}]}],
        "/blocks/0/elements/0",
    ),
    (
        "icon_button audience",
        [{"type": "context_actions", "elements": [icon(visible_to_user_ids=["U1"] * 10)]}],
        [{"type": "context_actions", "elements": [icon(visible_to_user_ids=["U1"] * 11)]}],
        "/blocks/0/elements/0/visible_to_user_ids",
    ),
    ("actions elements", [actions(*[button()] * 25)], [actions(*[button()] * 26)], "/blocks/0/elements"),
    (
        "actions take no multi-select",
        [actions(select())],
        [actions(select("multi_static_select"))],
        "/blocks/0/elements/0/type",
    ),
    (
        "actions take no text input",
        [actions(select("users_select"))],
        [actions(text_input())],
        "/blocks/0/elements/0/type",
    ),
    (
        "section takes a multi-select",
        [section(accessory=select("multi_static_select"))],
        [section(accessory=text_input())],
        "/blocks/0/accessory/type",
    ),
    (
        "input label",
        [field(text_input(), label=plain("x" * 2000))],
        [field(text_input(), label=plain("x" * 2001))],
        "/blocks/0/label/text",
    ),
    (
        "input hint",
        [field(text_input(), hint=plain("x" * 2000))],
        [field(text_input(), hint=plain("x" * 2001))],
        "/blocks/0/hint/text",
    ),
    ("input takes no button", [field(text_input())], [field(button())], "/blocks/0/element/type"),
    ("image_url", [image(image_url="h" * 3000)], [image(image_url="h" * 3001)], "/blocks/0/image_url"),
    ("image alt_text", [image(alt_text="x" * 2000)], [image(alt_text="x" * 2001)], "/blocks/0/alt_text"),
    (
        "image alt_text is required",
        [image()],
        [{"type": "image", "image_url": "https://sample.example/a.png"}],
        "/blocks/0",
    ),
    ("image title", [image(title=plain("x" * 2000))], [image(title=plain("x" * 2001))], "/blocks/0/title/text"),
    (
        "markdown",
        [{"type": "markdown", "text": "x" * 12000}],
        [{"type": "markdown", "text": "x" * 12001}],
        "/blocks/0/text",
    ),
    (
        "markdown in all",
        [{"type": "markdown", "text": "x" * 6000}] * 2,
        [{"type": "markdown", "text": "x" * 6001}] * 2,
        "/blocks",
    ),
    ("table rows", [table(100)], [table(101)], "/blocks/0/rows"),
    ("table columns", [table(1, 20)], [table(1, 21)], "/blocks/0/rows/0"),
    (
        "table column settings",
        [table(1, column_settings=[{"align": "left"}] * 20)],
        [table(1, column_settings=[{"align": "left"}] * 21)],
        "/blocks/0/column_settings",
    ),
    (
        "table characters",
        [table(0) | {"rows": [cells(2500)] * 4}],
        [table(0) | {"rows": [cells(2501)] * 4}],
        "/blocks/0/rows",
    ),
    ("one table per message", [table(1)], [table(1), table(1)], "/blocks"),
    ("data_table rows, most", [data_table(201)], [data_table(202)], "/blocks/0/rows"),
    ("data_table rows, least", [data_table(2)], [data_table(1)], "/blocks/0/rows"),
    ("data_table columns", [data_table(2, 20)], [data_table(2, 21)], "/blocks/0/rows/0"),
    (
        "data_table rows are even",
        [data_table(2)],
        [data_table(2) | {"rows": [[raw("x")], [raw("x")] * 2]}],
        "/blocks/0/rows",
    ),
    (
        "data_table header has no rich text",
        [data_table(0) | {"rows": [[raw("x")], [rich_text()]]}],
        [data_table(0) | {"rows": [[rich_text()], [raw("x")]]}],
        "/blocks/0/rows/0/0",
    ),
    (
        "data_table caption is required",
        [data_table(2)],
        [{"type": "data_table", "rows": [[raw("x")]] * 2}],
        "/blocks/0",
    ),
    (
        "data_table page_size, most",
        [data_table(2, page_size=100)],
        [data_table(2, page_size=101)],
        "/blocks/0/page_size",
    ),
    ("data_table page_size, least", [data_table(2, page_size=1)], [data_table(2, page_size=0)], "/blocks/0/page_size"),
    (
        "data_table characters",
        [data_table(0) | {"rows": [cells(2000)] * 10}],
        [data_table(0) | {"rows": [cells(2001)] * 10}],
        "/blocks/0/rows",
    ),
    (
        "data_tables in all",
        [data_table(0) | {"rows": [cells(2000)] * 5}] * 2,
        [data_table(0) | {"rows": [cells(2001)] * 5}] * 2,
        "/blocks",
    ),
    (
        "raw_number has value and text",
        [data_table(0) | {"rows": [[raw("x")], [{"type": "raw_number", "value": 1, "text": "1"}]]}],
        [data_table(0) | {"rows": [[raw("x")], [{"type": "raw_number", "value": 1}]]}],
        "/blocks/0/rows/1/0",
    ),
    ("charts per message", [pie(1)] * 2, [pie(1)] * 3, "/blocks"),
    ("chart title", [pie(1) | {"title": "x" * 50}], [pie(1) | {"title": "x" * 51}], "/blocks/0/title"),
    ("pie segments", [pie(12)], [pie(13)], "/blocks/0/chart/segments"),
    (
        "pie segment above zero",
        [pie(1)],
        [pie(1) | {"chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]}}],
        "/blocks/0/chart/segments/0/value",
    ),
    (
        "pie label",
        [pie(1) | {"chart": {"type": "pie", "segments": [{"label": "x" * 20, "value": 1}]}}],
        [pie(1) | {"chart": {"type": "pie", "segments": [{"label": "x" * 21, "value": 1}]}}],
        "/blocks/0/chart/segments/0/label",
    ),
    ("chart series", [bars(12)], [bars(13)], "/blocks/0/chart/series"),
    ("chart categories", [bars(1, 20)], [bars(1, 21)], "/blocks/0/chart/axis_config/categories"),
    ("chart axis label", [bars(x_label="x" * 50)], [bars(x_label="x" * 51)], "/blocks/0/chart/axis_config/x_label"),
    ("card title", [card(title=plain("x" * 150))], [card(title=plain("x" * 151))], "/blocks/0/title/text"),
    ("card subtitle", [card(subtitle=plain("x" * 150))], [card(subtitle=plain("x" * 151))], "/blocks/0/subtitle/text"),
    ("card body", [card(body=plain("x" * 200))], [card(body=plain("x" * 201))], "/blocks/0/body/text"),
    ("card subtext", [card(subtext=plain("x" * 200))], [card(subtext=plain("x" * 201))], "/blocks/0/subtext/text"),
    ("card buttons", [card(actions=[button()] * 3)], [card(actions=[button()] * 4)], "/blocks/0/actions"),
    ("card says something", [card()], [{"type": "card", "subtitle": plain("x")}], "/blocks/0"),
    (
        "card has one icon",
        [card(icon=image())],
        [card(icon=image(), slack_icon={"type": "icon", "name": "star"})],
        "/blocks/0",
    ),
    (
        "carousel",
        [{"type": "carousel", "elements": [card()] * 10}],
        [{"type": "carousel", "elements": [card()] * 11}],
        "/blocks/0/elements",
    ),
    (
        "carousel, least",
        [{"type": "carousel", "elements": [card()]}],
        [{"type": "carousel", "elements": []}],
        "/blocks/0/elements",
    ),
    ("container children", [container(*[section()] * 10)], [container(*[section()] * 11)], "/blocks/0/child_blocks"),
    (
        "container title",
        [container(title=plain("x" * 150))],
        [container(title=plain("x" * 151))],
        "/blocks/0/title/text",
    ),
    ("container has a title", [container()], [{"type": "container", "child_blocks": [section()]}], "/blocks/0"),
    (
        "container subtitle",
        [container(subtitle=plain("x" * 150))],
        [container(subtitle=plain("x" * 151))],
        "/blocks/0/subtitle/text",
    ),
    ("container width", [container(width="full")], [container(width="huge")], "/blocks/0/width"),
    (
        "container children are plain blocks",
        [container(table(1))],
        [container(container())],
        "/blocks/0/child_blocks/0/type",
    ),
    (
        "container fold",
        [container(is_collapsible=True, default_collapsed=True)],
        [container(default_collapsed=True)],
        "/blocks/0",
    ),
    (
        "container divider",
        [container(has_header_divider=True)],
        [container(has_header_divider=True, is_collapsible=True)],
        "/blocks/0",
    ),
    ("plan tasks", [tasks(50)], [tasks(51)], "/blocks/0/tasks"),
    ("plan title is a string", [tasks(1)], [tasks(1, title=plain("Plan"))], "/blocks/0/title"),
    ("pending only inside a plan", [tasks(1)], [tasks(1)["tasks"][0]], "/blocks/0/status"),
    ("list indent", [rich_text(bullets(indent=8))], [rich_text(bullets(indent=9))], "/blocks/0/elements/0/indent"),
    (
        "button text",
        [actions(button(text=plain("x" * 75)))],
        [actions(button(text=plain("x" * 76)))],
        "/blocks/0/elements/0/text/text",
    ),
    (
        "button value",
        [actions(button(value="x" * 2000))],
        [actions(button(value="x" * 2001))],
        "/blocks/0/elements/0/value",
    ),
    ("button url", [actions(button(url="h" * 3000))], [actions(button(url="h" * 3001))], "/blocks/0/elements/0/url"),
    (
        "button accessibility_label",
        [actions(button(accessibility_label="x" * 75))],
        [actions(button(accessibility_label="x" * 76))],
        "/blocks/0/elements/0/accessibility_label",
    ),
    (
        "button agent_prompt",
        [actions(button(agent_prompt="x" * 4000))],
        [actions(button(agent_prompt="x" * 4001))],
        "/blocks/0/elements/0/agent_prompt",
    ),
    (
        "button style",
        [actions(button(style="danger"))],
        [actions(button(style="default"))],
        "/blocks/0/elements/0/style",
    ),
    (
        "option text",
        [actions(select(options=[option(text=plain("x" * 75))]))],
        [actions(select(options=[option(text=plain("x" * 76))]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        "option value",
        [actions(select(options=[option(value="x" * 150)]))],
        [actions(select(options=[option(value="x" * 151)]))],
        "/blocks/0/elements/0/options/0/value",
    ),
    (
        "option description",
        [actions(select(options=[option(description=plain("x" * 75))]))],
        [actions(select(options=[option(description=plain("x" * 76))]))],
        "/blocks/0/elements/0/options/0/description/text",
    ),
    (
        "option url only in overflow",
        [actions(overflow(1) | {"options": [option(url="https://sample.example")]})],
        [actions(select(options=[option(url="https://sample.example")]))],
        "/blocks/0/elements/0/options/0",
    ),
    (
        "select options",
        [actions(select(options=options(100)))],
        [actions(select(options=options(101)))],
        "/blocks/0/elements/0/options",
    ),
    ("select options, least", [actions(select())], [actions(select(options=[]))], "/blocks/0/elements/0/options"),
    ("select needs options", [actions(select())], [actions({"type": "static_select"})], "/blocks/0/elements/0"),
    ("option groups", [actions(groups(100))], [actions(groups(101))], "/blocks/0/elements/0/option_groups"),
    (
        "option group label",
        [actions(groups(1, "x" * 75))],
        [actions(groups(1, "x" * 76))],
        "/blocks/0/elements/0/option_groups/0/label/text",
    ),
    (
        "select placeholder",
        [actions(select(placeholder=plain("x" * 150)))],
        [actions(select(placeholder=plain("x" * 151)))],
        "/blocks/0/elements/0/placeholder/text",
    ),
    (
        "initial option is offered",
        [actions(select(initial_option=option(1)))],
        [actions(select(initial_option=option(5)))],
        "/blocks/0/elements/0",
    ),
    (
        "min_query_length",
        [actions(select("external_select", min_query_length=0))],
        [actions(select("external_select", min_query_length=-1))],
        "/blocks/0/elements/0/min_query_length",
    ),
    (
        "max_selected_items",
        [section(accessory=select("multi_users_select", max_selected_items=1))],
        [section(accessory=select("multi_users_select", max_selected_items=0))],
        "/blocks/0/accessory/max_selected_items",
    ),
    ("overflow options", [actions(overflow(5))], [actions(overflow(6))], "/blocks/0/elements/0/options"),
    ("checkboxes", [actions(check(10))], [actions(check(11))], "/blocks/0/elements/0/options"),
    (
        "radio buttons",
        [actions(check(10, "radio_buttons"))],
        [actions(check(11, "radio_buttons"))],
        "/blocks/0/elements/0/options",
    ),
    (
        "text min_length",
        [field(text_input(min_length=3000))],
        [field(text_input(min_length=3001))],
        "/blocks/0/element/min_length",
    ),
    (
        "text max_length",
        [field(text_input(max_length=3000))],
        [field(text_input(max_length=3001))],
        "/blocks/0/element/max_length",
    ),
    (
        "text max_length, least",
        [field(text_input(max_length=1))],
        [field(text_input(max_length=0))],
        "/blocks/0/element/max_length",
    ),
    (
        "text initial value",
        [field(text_input(initial_value="x" * 3000))],
        [field(text_input(initial_value="x" * 3001))],
        "/blocks/0/element/initial_value",
    ),
    (
        "date form",
        [actions({"type": "datepicker", "initial_date": "2026-12-04"})],
        [actions({"type": "datepicker", "initial_date": "4 Dec"})],
        "/blocks/0/elements/0/initial_date",
    ),
    (
        "time form",
        [actions({"type": "timepicker", "initial_time": "09:30"})],
        [actions({"type": "timepicker", "initial_time": "9:30"})],
        "/blocks/0/elements/0/initial_time",
    ),
    (
        "confirm title",
        [actions(button(confirm=confirm(title=plain("x" * 100))))],
        [actions(button(confirm=confirm(title=plain("x" * 101))))],
        "/blocks/0/elements/0/confirm/title/text",
    ),
    (
        "confirm text",
        [actions(button(confirm=confirm(text=plain("x" * 300))))],
        [actions(button(confirm=confirm(text=plain("x" * 301))))],
        "/blocks/0/elements/0/confirm/text/text",
    ),
    (
        "confirm yes",
        [actions(button(confirm=confirm(confirm=plain("x" * 30))))],
        [actions(button(confirm=confirm(confirm=plain("x" * 31))))],
        "/blocks/0/elements/0/confirm/confirm/text",
    ),
    (
        "confirm no",
        [actions(button(confirm=confirm(deny=plain("x" * 30))))],
        [actions(button(confirm=confirm(deny=plain("x" * 31))))],
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    ("unknown block", [section()], [{"type": "sparkline"}], "/blocks/0/type"),
    ("unknown key", [section()], [section(colour="red")], "/blocks/0"),
    ("null field", [section()], [section(accessory=None)], "/blocks/0"),
    ("alert only in modals", [section()], [{"type": "alert", "text": plain("x")}], "/blocks/0/type"),
    ("file_input only in modals", [field(text_input())], [field({"type": "file_input"})], "/blocks/0/element/type"),
    (
        "block ids are unique",
        [section(block_id="a"), section(block_id="b")],
        [section(block_id="a"), section(block_id="a")],
        "/blocks/1/block_id",
    ),
    (
        "block ids are unique inside containers",
        [section(block_id="a"), container(section(block_id="b"))],
        [section(block_id="a"), container(section(block_id="a"))],
        "/blocks/1/child_blocks/0/block_id",
    ),
    (
        "action ids are unique in a block",
        [actions(button(action_id="a"), button(action_id="b"))],
        [actions(button(action_id="a"), button(action_id="a"))],
        "/blocks/0/elements/1/action_id",
    ),
    ("one focus", [field(text_input(focus_on_load=True))], [field(text_input(focus_on_load=True))] * 2, "/blocks/1"),
]

MODAL_ROWS: list[Row] = [
    ("blocks of a modal", modal(*[section()] * 100), modal(*[section()] * 101), "/view/blocks"),
    ("modal title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25)), "/view/title/text"),
    ("modal title is required", modal(), {"type": "modal", "blocks": []}, "/view"),
    ("modal submit", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25)), "/view/submit/text"),
    ("modal close", modal(close=plain("x" * 24)), modal(close=plain("x" * 25)), "/view/close/text"),
    (
        "private_metadata",
        modal(private_metadata="x" * 3000),
        modal(private_metadata="x" * 3001),
        "/view/private_metadata",
    ),
    ("callback_id", modal(callback_id="x" * 255), modal(callback_id="x" * 256), "/view/callback_id"),
    ("external_id", modal(external_id="x" * 255), modal(external_id="x" * 256), "/view/external_id"),
    (
        "input needs submit",
        modal(field(text_input())),
        {"type": "modal", "title": plain("x"), "blocks": [field(text_input())]},
        "/view",
    ),
    (
        "alert",
        modal({"type": "alert", "text": plain("x" * 200)}),
        modal({"type": "alert", "text": plain("x" * 201)}),
        "/view/blocks/0/text/text",
    ),
    (
        "alert level",
        modal({"type": "alert", "text": plain("x"), "level": "info"}),
        modal({"type": "alert", "text": plain("x"), "level": "loud"}),
        "/view/blocks/0/level",
    ),
    (
        "file_input files",
        modal(field({"type": "file_input", "max_files": 10})),
        modal(field({"type": "file_input", "max_files": 11})),
        "/view/blocks/0/element/max_files",
    ),
    (
        "rich_text_input lines",
        modal(field({"type": "rich_text_input", "max_lines": 100})),
        modal(field({"type": "rich_text_input", "max_lines": 101})),
        "/view/blocks/0/element/max_lines",
    ),
    *(
        (f"no {block['type']} in a modal", modal(section()), modal(block), "/view/blocks/0/type")
        for block in (
            container(),
            table(1),
            data_table(2),
            pie(1),
            {"type": "carousel", "elements": [card()]},
            {"type": "markdown", "text": "x"},
            feedback(),
            tasks(1),
        )
    ),
    ("a Home is no modal", modal(), home(), "/view/type"),
    ("unknown key of a modal", modal(), modal(size="large"), "/view"),
]

HOME_ROWS: list[Row] = [
    ("blocks of a Home", home(*[section()] * 100), home(*[section()] * 101), "/view/blocks"),
    (
        "Home private_metadata",
        home(private_metadata="x" * 3000),
        home(private_metadata="x" * 3001),
        "/view/private_metadata",
    ),
    ("a Home has no title", home(), home(title=plain("x")), "/view"),
    *(
        (f"no {block['type']} in a Home", home(container(), data_table(2), pie(1)), home(block), "/view/blocks/0/type")
        for block in ({"type": "markdown", "text": "x"}, feedback(), tasks(1), {"type": "alert", "text": plain("x")})
    ),
]
