"""What tests of the import share."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.workbooks.importing.every_field import (
    VILLAGES,
    EveryField,
)


@pytest.fixture
def form(app: Flask):
    with app.test_request_context():
        every = EveryField(meta={"csrf": False})
        every.village.offered = every.villages.offered = list(VILLAGES)
        yield every
