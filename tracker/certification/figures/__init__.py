"""The figures of certification, declared once."""

from __future__ import annotations

from tracker.kernel.figure import AnyFigure

from . import certificates, exams, trainings

ALL: tuple[AnyFigure, ...] = (*exams.ALL, *certificates.ALL, *trainings.ALL)
