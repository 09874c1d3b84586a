"""LibreOffice prints a document, with stand-ins for the fonts an office has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.workbooks.test_office import SOFFICE

READY = SOFFICE is not None and shutil.which("pdftotext") is not None

#: What is there of each, in the order of preference; every one of them is as wide as it is high.
_STAND_INS = {
    "仿宋_GB2312": ("AR PL SungtiL GB", "Noto Serif CJK SC"),
    "宋体": ("AR PL SungtiL GB", "Noto Serif CJK SC"),
    "楷体_GB2312": ("AR PL KaitiM GB", "Noto Serif CJK SC"),
    "黑体": ("Noto Sans CJK SC",),
    "方正小标宋简体": ("Noto Serif CJK SC", "Noto Sans CJK SC"),
}


def _fonts(folder: Path) -> Path:
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer>'
        + "".join(f"<family>{each}</family>" for each in found)
        + "</prefer></alias>"
        for name, found in _STAND_INS.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><cachedir>{folder / 'cache'}</cachedir>{aliases}</fontconfig>",
        "utf-8",
    )
    return path


def pages_of(data: bytes, folder: Path) -> list[list[str]]:
    """The lines of each page as LibreOffice prints it."""
    source, home = folder / "report.docx", folder / "home"
    home.mkdir(exist_ok=True)
    source.write_bytes(data)
    subprocess.run(
        [
            SOFFICE or "",
            f"-env:UserInstallation={home.as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "FONTCONFIG_FILE": str(_fonts(folder)),
        },
    )
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "report.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode()
    return [
        [line.strip() for line in page.split("\n") if line.strip()] for page in text.split("\f")
    ]
