"""Where the dated frameworks lie, one TOML file each.

`config.reading` reads them. Whether their codes and parameters exist is for those to judge who
know the rules.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
