from __future__ import annotations

from flask import Blueprint

from patrols.journal.queries import entries
from web.journal.changes import changes
from web.step import page

blueprint = Blueprint("journal", __name__, template_folder="templates")
blueprint.add_app_template_filter(changes)

journal_page = page(entries, "journal/journal.html")
blueprint.add_url_rule("/journal", "entries", journal_page)
blueprint.add_url_rule("/journal/<kind>/<subject>", "of", journal_page)
