"""What the tests of evidence share."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.evidence.models import EvidenceFile
from tracker.evidence.store import Store

#: A file's name and content.
Sent = tuple[str, bytes]


def add(
    visitor: Visitor,
    record_id: int,
    *files: Sent,
    record_type: str = "outreach_event",
    status: int = 200,
    **entries: str,
) -> Page:
    """Send files to a record by its form."""
    address = f"/evidence/{record_type}/{record_id}/new"
    form = visitor.get(address).form()
    data: dict[str, object] = {**form.values(), **{key: [each] for key, each in entries.items()}}
    data["files"] = [(BytesIO(content), name) for name, content in files]
    return visitor._follow(visitor.client.post(address, data=data), status)


def kept(world: World) -> Sequence[EvidenceFile]:
    """All rows, the oldest first."""
    with world.reading() as session:
        return session.scalars(select(EvidenceFile).order_by(EvidenceFile.id)).all()


def store_of(world: World) -> Store:
    return Store(Path(world.app.instance_path))


def content_of(world: World, file: EvidenceFile) -> bytes:
    return store_of(world).path(file.sha256, file.media_type).read_bytes()


def picture_of(world: World, file: EvidenceFile) -> Image.Image:
    picture = Image.open(BytesIO(content_of(world, file)))
    picture.load()
    return picture


def colour(picture: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    """The red, green and blue at a point."""
    found = picture.getpixel(at)
    assert isinstance(found, tuple)
    return found
