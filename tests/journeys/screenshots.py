"""Screenshots of all pages: ``python tests/journeys/screenshots.py OUTDIR [--ugly]``.

One picture of every page of the example township that links lead to, in both languages at three
widths: OUTDIR/zh/390/outreach-events.png. ``--ugly`` adds records that are hard to show.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright

from tests.support import application
from tests.support.browser import WIDTHS, launch, serving, window
from tests.support.example import example_office, pages_of
from tracker.onboarding import demo


def name_of(path: str) -> str:
    """A file name for an address."""
    return re.sub(r"[^0-9a-zA-Z_.-]+", "-", path).strip("-") or "home"


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--ugly", action="store_true", help="with records that are hard to show")
    parser.add_argument("--demo", action="store_true", help="the example township (the default)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        bare, _ = application.make_templates(Path(place) / "templates")
        with example_office(bare, Path(place) / "example", ugly=given.ugly) as app:
            pages = pages_of(app)
            with serving(app) as base, sync_playwright() as playwright:
                browser = launch(playwright)
                for language in ("zh", "en"):
                    with window(browser, base, language=language) as opened:
                        opened.sign_in(demo.SIGN_IN.name, demo.SIGN_IN.password)
                        for path in pages:
                            opened.go(path)
                            for width in WIDTHS:
                                opened.resize(width)
                                target = given.folder / language / str(width) / name_of(path)
                                target.parent.mkdir(parents=True, exist_ok=True)
                                opened.page.screenshot(
                                    path=target.with_name(target.name + ".png"), full_page=True
                                )
                browser.close()
    sys.stdout.write(f"{len(pages)} pages, {len(pages) * 2 * len(WIDTHS)} pictures\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
