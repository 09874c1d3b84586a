"""Types of the parts of Flask-Babel that the tracker uses; the package ships none."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from babel import Locale
from flask import Flask

class LazyString:
    def __init__(self, func: Callable[..., str], *args: object, **kwargs: object) -> None: ...

class Babel:
    def __init__(
        self,
        app: Flask | None = ...,
        *,
        locale_selector: Callable[[], str] | None = ...,
        default_translation_directories: str = ...,
    ) -> None: ...

def gettext(string: str, **variables: object) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: object) -> str: ...
def lazy_gettext(string: str, **variables: object) -> Any: ...
def get_locale() -> Locale | None: ...
def force_locale(locale: str) -> AbstractContextManager[None]: ...
def refresh() -> None: ...
