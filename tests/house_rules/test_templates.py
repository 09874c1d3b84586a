"""Rules for the templates: they print, and the Content-Security-Policy lets what they print run."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from tests.house_rules.source import ROOT, named, template_files
from tracker.kernel.paths import PACKAGE

VENDOR = PACKAGE / "static" / "vendor"

#: What the policy would block, or what would let typed text become markup: pattern and remedy.
FORBIDDEN = {
    r"\|\s*safe\b": "everything is escaped; make markup in a macro",
    r"autoescape\s+false": "everything is escaped",
    r"<style\b": "styles belong into app.css",
    r"[\s\"']style\s*=": "styles belong into app.css",
    r"<script(?![^>]*\bsrc=)": "scripts belong into app.js",
    r"<[^>]*\son[a-z]+\s*=": "scripts belong into app.js",
    r"javascript:": "scripts belong into app.js",
    r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//": "no page asks another host",
    r"\.query\b": "templates print what the view handed them",
}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_templates_hold_nothing_that_the_policy_blocks(pattern: str):
    found = {}
    for path in template_files():
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        if match := re.search(pattern, text, re.IGNORECASE):
            found[named(path)] = match[0]
    assert not found, FORBIDDEN[pattern]


def test_every_template_is_used():
    """A page that nothing shows is read, translated and never seen."""
    texts = [path.read_text("utf-8") for path in template_files()]
    texts += [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    together = "\n".join(texts)
    names = [path.relative_to(ROOT / "templates").as_posix() for path in template_files()]
    assert [name for name in names if f'"{name}"' not in together] == []


def test_vendored_files_are_those_of_the_manifest():
    """Checksums say whether what is shipped is still what was taken over."""
    entries = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
    expected = {"manifest.json"}
    for entry in entries:
        expected |= {entry["file"], entry["licence_file"]}
        content = (VENDOR / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
        assert entry["name"]
        assert entry["version"]
        assert entry["licence"]
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there == expected


def test_static_files_ask_no_other_host():
    for path in (PACKAGE / "static").rglob("*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text("utf-8")
            assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", text), named(path)
            assert not re.search(r"@import|sourceMappingURL", text), named(path)
