"""What an installation may set, read once from the environment; nonsense is refused at once."""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from config import environment as env
from config.environment import MailServer

LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMS = ("console", "json")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only compared with
DAY_SECONDS = 86_400
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class InvalidSettings(ValueError):
    """The environment says something that cannot be; one line for each faulty variable."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(("Tandem cannot start with these settings:", *faults)))


class UnusableHome(Exception):
    """The data folder cannot be used; the message is one sentence with the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Frozen for the life of the process; what is secret is not shown by `repr`.

    `secret_key` is None where the environment gives none: `ensure_secret` then keeps one.
    """

    home: Path
    host: str
    port: int
    base_url: str
    proxies: int
    database_url: str = field(repr=False)
    secret_key: str | None = field(repr=False)
    demo: bool
    mail_server: MailServer | None
    mail_from: str
    cores: int
    solve_seconds: int
    log_level: str
    log_form: str

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], directory: Path | None = None
    ) -> "Settings":
        """Raises `InvalidSettings` naming every faulty variable; an empty one counts as unset.

        Relative folders start at `directory`, by default the current one.
        """
        read = (given := env.Environment(environ)).read
        within = directory or Path.cwd()
        home = read("TANDEM_HOME", env.folder(within), within / ".tandem")
        host = read("TANDEM_HOST", env.host, "127.0.0.1")
        port = read("TANDEM_PORT", env.whole(1, 65_535), 8000)
        settings = cls(
            home=home,
            host=host,
            port=port,
            base_url=read("TANDEM_BASE_URL", env.base_url, _local_address(host, port)),
            proxies=read("TANDEM_PROXIES", env.whole(0, 8), 0),
            database_url=read(
                "TANDEM_DATABASE_URL", env.database, f"sqlite:///{home}/tandem.sqlite3"
            ),
            secret_key=read("TANDEM_SECRET_KEY", env.secret, None),
            demo=read("TANDEM_DEMO", env.switch, default=False),
            mail_server=read("TANDEM_SMTP_URL", env.mail_server, None),
            mail_from=read("TANDEM_MAIL_FROM", env.address, "tandem@localhost"),
            cores=read("TANDEM_CORES", env.whole(1, 256), 2),
            solve_seconds=read("TANDEM_SOLVE_SECONDS", env.whole(1, DAY_SECONDS), 60),
            log_level=read("TANDEM_LOG_LEVEL", env.one_of(LOG_LEVELS), "info"),
            log_form=read("TANDEM_LOG_FORM", env.one_of(LOG_FORMS), "console"),
        )
        if given.faults:
            raise InvalidSettings(tuple(given.faults))
        return settings


def _local_address(host: str, port: int) -> str:
    name = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def prepare_home(settings: Settings) -> Path:
    """The data folder, made if need be and proven writable; raises `UnusableHome`."""
    home = settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=home, prefix=".writable-"):
            return home
    except OSError as error:
        raise UnusableHome(
            f"The data folder {home} cannot be written ({error.strerror}): give this user the"
            " right to write there, or set TANDEM_HOME to another folder."
        ) from None


def ensure_secret(settings: Settings) -> str:
    """The key that signs cookies: from the environment, else kept in the data folder.

    The first caller makes the file, readable by its owner only; processes that start together
    agree on one key. Raises `UnusableHome` if the file is damaged or open to others.
    """
    if settings.secret_key is not None:
        return settings.secret_key
    path = prepare_home(settings) / "secret-key"
    try:
        if not path.exists():
            _publish(path, secrets.token_urlsafe(48))
        if path.stat().st_mode & OTHERS:
            raise UnusableHome(f"Others can read {path}: run chmod 600 on it, or remove it.")
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise UnusableHome(f"The key file {path} cannot be used ({error}).") from None
    if len(key) < env.SECRET_LENGTH:
        raise UnusableHome(f"The key file {path} is damaged: remove it, and a new one is made.")
    return key


def _publish(path: Path, text: str) -> None:
    """Writes the whole file or nothing; where another process was quicker, its file stays."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".key-", encoding="ascii") as draft:
        draft.write(text)
        draft.flush()
        try:
            os.link(draft.name, path)
        except FileExistsError:
            return
