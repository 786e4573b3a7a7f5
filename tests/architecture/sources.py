"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ("config", "patrols", "scheduler", "web")
MADE = ("__pycache__", "static/vendor")


def files(*folders: str, pattern: str) -> tuple[Path, ...]:
    """Paths below the root's folders, without what the tools make."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob(pattern)))
    return tuple(path for path in found if not any(part in path.as_posix() for part in MADE))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> tuple[tuple[str, int], ...]:
    """Each `something.verb(…)` of a file: the verb and its line."""
    return tuple(
        (node.func.attr, node.lineno)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )


@cache
def versioned() -> tuple[Path, ...]:
    """What git holds or would take: no ignored file, none that was deleted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(ROOT / line for line in listed.split("\0") if line and (ROOT / line).is_file())
