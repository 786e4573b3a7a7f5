"""What gunicorn serves: `web.wsgi:app`, configured by the environment."""

from patrols.bootstrap import open_patrols, read_settings
from web import create_app

app = create_app(open_patrols(read_settings()))
