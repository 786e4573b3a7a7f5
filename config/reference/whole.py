"""All reference data together."""

from dataclasses import dataclass

from config.reference.coverage import CoverageFile, TasksFile
from config.reference.forces import ForcesFile, QualificationsFile
from config.reference.geometry import OutlinesFile, PlacesFile
from config.reference.holidays import HolidaysFile
from config.reference.places import Area, AreasFile, CitiesFile, ZonesFile
from config.reference.shifts import ShiftsFile
from config.reference.travel import TravelFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Everything that the data files say; each part bears its source and confidence."""

    cities: CitiesFile
    zones: ZonesFile
    areas: AreasFile
    outlines: OutlinesFile
    places: PlacesFile
    travel: TravelFile
    holidays: HolidaysFile
    shifts: ShiftsFile
    qualifications: QualificationsFile
    tasks: TasksFile
    forces: ForcesFile
    coverage: CoverageFile

    def drawn_areas(self) -> tuple[Area, ...]:
        """Each patrol area with its ring and its protected places."""
        rings = {outline.id: outline.ring for outline in self.outlines.features}
        places = [place.protected() for place in self.places.features]
        return tuple(
            Area.drawn(
                entry,
                rings[entry.id],
                tuple(place for place in places if place.area == entry.id),
            )
            for entry in self.areas.area
        )
