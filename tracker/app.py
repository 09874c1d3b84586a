"""The application: configuration, extensions, blueprints, error pages; nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from tracker import collections
from tracker.accounts import gate
from tracker.audit import listener as _listener  # noqa: F401  # writes the change log
from tracker.audit.labels import FieldLabels
from tracker.evidence import panel as evidence
from tracker.kernel import config, db, errors_web, i18n, security, stylepage, templating, uploads
from tracker.kernel.paths import instance_folder, shipped
from tracker.onboarding import views as onboarding
from tracker.outreach.signin import public_views as phone_sign_in
from tracker.outreach.signin import views as signin
from tracker.safekeeping import swap

migrate = Migrate()
csrf = CSRFProtect()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The tracker. ``overrides`` is for tests; offices configure by file and environment."""
    folder = (overrides or {}).get("INSTANCE") or instance_folder()
    app = Flask(
        "tracker",
        template_folder=str(shipped("templates")),
        instance_path=str(folder),
        instance_relative_config=True,
    )
    swap.recover(Path(folder))
    config.load(app, overrides or {})
    app.jinja_env.undefined = StrictUndefined
    Babel(
        app, locale_selector=i18n.select_locale, default_translation_directories=config.TRANSLATIONS
    )
    db.install(app)
    migrate.init_app(
        app, db.db, directory=str(shipped("migrations")), render_as_batch=True, compare_type=True
    )
    uploads.install(app)
    csrf.init_app(app)
    csrf.exempt(phone_sign_in.bp)  # nobody is signed in there (docs/decisions/0018-sign-in.md)
    onboarding.install(app)
    gate.guard(app)
    signin.install(app)
    security.install(app)
    templating.install(app, collections.navigation)
    evidence.install(app)
    errors_web.install(app)
    app.extensions["registers"] = collections.REGISTERS
    app.extensions["intakes"] = collections.INTAKES
    app.extensions["list_writer"] = collections.LIST_WRITER
    app.extensions["sheet_writer"] = collections.SHEET_WRITER
    app.extensions["field_labels"] = FieldLabels(collections.REGISTERS, collections.coded_values())
    for blueprint in collections.BLUEPRINTS:
        app.register_blueprint(blueprint)
    if app.debug or app.testing:
        app.register_blueprint(stylepage.bp)
    return app
