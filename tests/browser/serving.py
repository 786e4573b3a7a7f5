"""The site on a port of this machine, for a browser that is one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from patrols.bootstrap import Patrols
from web import create_app


class Quiet(WSGIRequestHandler):
    """Tells nobody which page was asked for."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - named above us
        pass


@contextmanager
def served(patrols: Patrols) -> Iterator[str]:
    """Serves on a free port, and gives the address."""
    app = create_app(patrols)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, name="web")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
