"""Alembic's way in. Everything happens in `tracker.kernel.migrating`, in the safe order."""

from alembic import context

from tracker.kernel.migrating import run_environment

run_environment(context)  # type: ignore[arg-type]  # the module stands in for the object
