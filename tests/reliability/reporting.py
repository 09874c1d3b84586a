"""Prints the reliability tests' figures at the end of a run, in however many processes it ran."""

from __future__ import annotations

import pytest

FIGURES = "reliability"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="the whole reliability run")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = [
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == FIGURES
    ]
    if lines:
        terminalreporter.section(FIGURES)
        for line in sorted(lines):
            terminalreporter.write_line(line)
