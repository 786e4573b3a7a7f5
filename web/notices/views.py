from __future__ import annotations

from flask import Blueprint

from patrols.notices.queries import inbox
from web.office import patrols
from web.step import page

blueprint = Blueprint("notices", __name__, template_folder="templates")
blueprint.context_processor(lambda: {"by_mail_server": patrols().settings.mail_server is not None})
blueprint.add_url_rule("/letters", "inbox", page(inbox, "notices/inbox.html"))
