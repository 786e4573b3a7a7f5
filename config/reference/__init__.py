"""Reference data of Belgium and the fictional demo week, loaded whole and checked whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.reading import InvalidFile, read
from config.reference.agreement import disagreements
from config.reference.coverage import CoverageFile, TasksFile
from config.reference.forces import ForcesFile, QualificationsFile
from config.reference.geometry import OutlinesFile, PlacesFile
from config.reference.holidays import HolidaysFile
from config.reference.places import AreasFile, CitiesFile, ZonesFile
from config.reference.shifts import ShiftsFile
from config.reference.travel import read_travel
from config.reference.whole import Reference

FOLDER = Path(__file__).parent

FILES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "cities": ("cities.toml", lambda path: read(path, CitiesFile)),
    "zones": ("zones.toml", lambda path: read(path, ZonesFile)),
    "areas": ("areas.toml", lambda path: read(path, AreasFile)),
    "outlines": ("areas.geojson", lambda path: read(path, OutlinesFile)),
    "places": ("places.geojson", lambda path: read(path, PlacesFile)),
    "travel": ("travel.csv", read_travel),
    "holidays": ("holidays.toml", lambda path: read(path, HolidaysFile)),
    "shifts": ("shifts.toml", lambda path: read(path, ShiftsFile)),
    "qualifications": ("qualifications.toml", lambda path: read(path, QualificationsFile)),
    "tasks": ("tasks.toml", lambda path: read(path, TasksFile)),
    "forces": ("forces.toml", lambda path: read(path, ForcesFile)),
    "coverage": ("coverage.toml", lambda path: read(path, CoverageFile)),
}

__all__ = ["FILES", "FOLDER", "InvalidFile", "Reference", "load_reference"]


def load_reference(folder: Path = FOLDER) -> Reference:
    """All files of `folder`; raises `InvalidFile` with the faults of all of them."""
    parts: dict[str, Any] = {}
    faults: list[str] = []
    for part, (file, reader) in FILES.items():
        try:
            parts[part] = reader(folder / file)
        except InvalidFile as invalid:
            faults += invalid.faults
    if faults:
        raise InvalidFile(faults)
    reference = Reference(**parts)
    if faults := list(disagreements(reference)):
        raise InvalidFile(faults)
    return reference
