"""Data come in from CSV files: everything that is wrong is told, or everything is loaded."""

from patrols.procedures.imports.absences import import_absences
from patrols.procedures.imports.coverage import import_coverage
from patrols.procedures.imports.forces import import_forces
from patrols.procedures.imports.history import import_history
from patrols.procedures.imports.table import Imported

__all__ = ["Imported", "import_absences", "import_coverage", "import_forces", "import_history"]
