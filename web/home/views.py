from __future__ import annotations

from flask import Blueprint

from web.home.waiting import home
from web.step import page

blueprint = Blueprint("home", __name__, template_folder="templates")
blueprint.add_url_rule("/", "home", page(home, "home/home.html"))
