"""What building needs beyond copying: compiled translations, and the folders beside the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TRANSLATIONS = "tracker/translations"
#: They lie beside the package in a checkout and inside it in a wheel (`tracker.kernel.paths`).
BESIDE = ("templates", "migrations")


class Prepare(BuildHookInterface[Any]):
    """Runs before every wheel, editable ones included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; put the folders into a wheel.

        An editable install finds the folders in the checkout. Copies of them in site-packages
        would only grow old.
        """
        for source in Path(self.root, TRANSLATIONS).glob("*/LC_MESSAGES/*.po"):
            compile_catalogue(source)
        # Git does not know the compiled files; the wheel must hold them all the same.
        build_data["artifacts"].append(f"/{TRANSLATIONS}/**/*.mo")
        if version != "editable":
            for name in BESIDE:
                build_data["force_include"][str(Path(self.root, name))] = f"tracker/{name}"


def compile_catalogue(source: Path) -> None:
    """Write the .mo file of a .po file."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
