"""Rules for the program's code. Each message says how to mend it."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house_rules.source import called, imported, named, nodes, place, python_files
from tracker.kernel.paths import PACKAGE

LONGEST, LONG = 400, 300

#: Modules besides views and the command line that may open a write transaction, and why.
WRITERS = {
    "tracker/kernel/db.py": "defines it",
    "tracker/kernel/web.py": "what all views save with",
    "tracker/accounts/gate.py": "notes the last use of a session, for every view",
    "tracker/accounts/record_pages.py": "what all views void and restore with",
    "tracker/workbooks/importing/batches.py": "a trial, for views and command line: taken back",
    "tracker/onboarding/demo/__init__.py": "started by a view and by the command line",
}

#: Modules with SQL written as text, and why it cannot carry what somebody typed.
SQL_AS_TEXT = {
    "tracker/kernel/db.py": "pragmas and transactions; constants",
    "tracker/kernel/immutable.py": "triggers; table names from the models",
    "tracker/kernel/migrating.py": "pragmas; constants",
    "tracker/kernel/rows.py": "row-level security; table names from the models, values bound",
    "tracker/safekeeping/database.py": "pragmas and counts; table names from the database itself",
    "tracker/safekeeping/database_checks.py": "pragmas; constants",
}

#: Reaching out of the machine. Nothing here ever may: an office's data stays where it is.
NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
#: Loading these runs what is in them.
UNSAFE_FORMATS = {"dill", "marshal", "pickle", "shelve"}


def test_modules_stay_readable():
    """300 lines are the aim, 400 the end: split a module by what it is about."""
    lengths = {named(p): len(p.read_text("utf-8").splitlines()) for p in python_files()}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert not too_long, "split these"
    long = {name: lines for name, lines in lengths.items() if lines > LONG}
    assert len(long) <= len(lengths) // 10, f"too many long modules: {long}"


def test_records_are_selected_and_never_queried_the_old_way():
    """Write select(Model), so that every question carries its scope."""
    found = [
        place(path, node)
        for path in python_files()
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in ("query", "query_property")
    ]
    assert not found, "use select()"


def test_nothing_runs_what_it_was_given():
    """No code from text, no objects from files, no shell."""
    found = []
    for path in python_files():
        found += [f"{named(path)} imports {name}" for name in imported(path) & UNSAFE_FORMATS]
        for name, call in called(path):
            bare = isinstance(call.func, ast.Name)
            runs = bare and name in ("eval", "exec", "compile", "__import__")
            shell = name in ("system", "popen") or any(k.arg == "shell" for k in call.keywords)
            if runs or shell:
                found.append(place(path, call))
    assert not found


def test_nothing_reaches_out_of_the_machine():
    """The data of an office is not told to anybody; nothing is fetched from anywhere."""
    assert not {
        named(path): imported(path) & NETWORK for path in python_files() if imported(path) & NETWORK
    }


def test_text_becomes_markup_nowhere():
    """Everything a person typed is escaped; a template macro makes what has to be HTML."""
    found = []
    for path in python_files():
        names = imported(path)
        if "markupsafe" in names or any(name.endswith(".Markup") for name in names):
            found.append(named(path))
        found += [place(path, c) for name, c in called(path) if name == "render_template_string"]
    assert not found


def _is_view(path: Path) -> bool:
    within = path.relative_to(PACKAGE).parts
    return within[0] == "commands" or "views" in within or path.stem.endswith("views")


def test_only_views_and_the_command_line_open_write_transactions():
    """Operations flush. Who starts the work commits it, once, when all of it is done."""
    found = {
        named(path)
        for path in python_files()
        if not _is_view(path) and any(name in ("write_tx", "trial_tx") for name, _ in called(path))
    }
    assert found <= set(WRITERS), f"call operations from a view instead: {found - set(WRITERS)}"


def test_nobody_commits_but_the_write_transaction():
    found = {
        named(path)
        for path in python_files()
        for name, call in called(path)
        if name == "commit" and "session" in ast.unparse(call.func)
    }
    assert found == {"tracker/kernel/db.py"}


def _writes_sql(path: Path) -> bool:
    """Whether a module has SQL as text, the constant condition of a table's index apart."""
    as_text = {
        alias.asname or alias.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"
        for alias in node.names
        if alias.name in ("text", "literal_column", "DDL")
    }
    for name, call in called(path):
        if name in ("exec_driver_sql", "executescript"):
            return True
        by_name = isinstance(call.func, ast.Name) and name in as_text
        declared = path.stem == "models" and all(isinstance(a, ast.Constant) for a in call.args)
        if by_name and not declared:
            return True
        if (
            name == "execute"
            and call.args
            and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
        ):
            return True
    return False


def test_sql_as_text_stands_on_the_reviewed_list():
    """Statements are built with select(); what must be text is read by a second person."""
    found = {named(path) for path in python_files() if _writes_sql(path)}
    assert found - set(SQL_AS_TEXT) == set(), "build these statements with SQLAlchemy"
    assert set(SQL_AS_TEXT) - found == set(), "take these off the list"


def test_a_checkout_has_no_second_copy_of_shipped_folders():
    """A tracker/templates would hide the real one (`tracker.kernel.paths`)."""
    for name in ("templates", "migrations"):
        assert not (PACKAGE / name).exists(), f"remove tracker/{name}"
