"""Reads a data file into a frozen dataclass; says all that is wrong with it, file and key."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

Confidence = Literal["V", "V-", "M", "A"]
"""Read in the source, read in part or second-hand, from memory, our own proposal."""

Shape = TypeVar("Shape")
Loc = tuple[int | str, ...]


class Strict:
    """Base of every shape: an unknown key is a fault, and nothing is converted silently."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class InvalidFile(ValueError):
    """Files that cannot be used; `faults` holds one sentence for each thing wrong in them."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def parse(path: Path) -> dict[str, Any]:
    """The file as plain data; a file that is no TOML or JSON is told with its line."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except FileNotFoundError:
        raise InvalidFile([f"{path.name}: the file is missing in {path.parent}"]) from None
    except (OSError, ValueError) as error:
        raise InvalidFile([f"{path.name}: cannot be read: {error}"]) from None
    if not isinstance(raw, dict):
        raise InvalidFile([f"{path.name}: must hold one table of keys and values"])
    return raw


def read(path: Path, shape: type[Shape]) -> Shape:
    """The file as a `shape`; raises `InvalidFile` with every fault in it."""
    return fit(path.name, parse(path), shape)


def fit(file: str, raw: dict[str, Any], shape: type[Shape]) -> Shape:
    """Plain data as a `shape`, by way of JSON: lists become tuples, text becomes times."""
    try:
        return _adapter(shape).validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        faults = [_sentence(file, raw, shape, fault) for fault in error.errors()]
        raise InvalidFile(faults) from None


def _adapter(shape: type[Shape]) -> TypeAdapter[Shape]:
    """Made once for each shape: it takes longer than reading a file."""
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _sentence(file: str, raw: Any, shape: Any, fault: Any) -> str:
    loc: Loc = tuple(step for step in fault["loc"] if step != "function-after")
    where = f"{file}: {_place(raw, loc)}"
    if fault["type"] in ("missing", "missing_argument"):
        return f"{where} is missing"
    if fault["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"{where} is not a known key; allowed: {', '.join(_keys(shape, loc[:-1]))}"
    said = str(fault["msg"]).removeprefix("Value error, ")
    given = "" if fault["type"] == "value_error" else f" (given: {_short(fault['input'])})"
    return f"{where}: {said[:1].lower()}{said[1:]}{given}"


def _place(raw: Any, loc: Loc) -> str:
    """`area "peterbos", priority` rather than `area.1.priority`."""
    names: list[str] = []
    for step in loc:
        raw = _inside(raw, step)
        if isinstance(step, int):
            label = _label(raw)
            names[-1:] = [f"{names[-1] if names else ''} {label or f'number {step + 1}'}".strip()]
        else:
            names.append(str(step))
    return ", ".join(names) or "the whole file"


def _inside(raw: Any, step: int | str) -> Any:
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return None


def _label(entry: Any) -> str | None:
    if not isinstance(entry, dict):
        return None
    return next((f'"{entry[k]}"' for k in ("id", "code", "number", "nis") if k in entry), None)


def _keys(shape: Any, loc: Loc) -> Iterator[str]:
    for step in loc:
        shape = _bare(shape)
        if is_dataclass(shape):
            shape = get_type_hints(shape)[str(step)]
        else:
            shape = get_args(shape)[0 if isinstance(step, int) else -1]
    shape = _bare(shape)
    if is_dataclass(shape):
        yield from (field.name for field in fields(shape))


def _bare(shape: Any) -> Any:
    """`X` where the type is `X | None`."""
    choices = get_args(shape)
    return choices[0] if choices and choices[-1] is type(None) else shape


def _short(given: Any) -> str:
    text = json.dumps(given, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"
