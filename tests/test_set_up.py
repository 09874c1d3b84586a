"""Setting up: manage.py needs nothing but Python, and the wheel holds all the program needs."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house_rules.source import ROOT
from tracker.kernel import migrating
from tracker.kernel.paths import PACKAGE


def module(name: str) -> ModuleType:
    """A file beside the package, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def manage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """manage.py in a folder of its own, where it has made ``.venv`` but installed nothing yet."""
    found = module("manage")
    folder = tmp_path / "台账 100% 新"
    folder.mkdir()
    for name in ("pyproject.toml", "hatch_build.py"):
        shutil.copy(ROOT / name, folder)
    (folder / ".venv").mkdir()
    monkeypatch.setattr(found, "ROOT", folder)
    monkeypatch.setattr(found, "VENV", folder / ".venv")
    monkeypatch.setattr(found, "STAMP", folder / ".venv" / "installed.json")
    monkeypatch.setattr(found, "WHEELS", folder / "wheels")
    monkeypatch.setattr(found, "CATALOGUES", folder / "translations")
    monkeypatch.setattr(found, "PYTHON", Path(sys.executable))
    return found


@pytest.fixture
def installed(manage: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of pip."""
    asked: list[str] = []
    monkeypatch.setattr(manage, "pip_install", asked.append)
    return asked


def test_manage_py_needs_nothing_installed():
    found = ast.walk(ast.parse((ROOT / "manage.py").read_text("utf-8")))
    names: set[str] = set()
    for node in found:
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    assert names
    assert names <= sys.stdlib_module_names


def test_an_old_python_is_told_plainly():
    script = (
        "import sys, runpy; sys.version_info = (3, 10, 4, 'final', 0); sys.version = '3.10.4 x'\n"
        f"runpy.run_path({str(ROOT / 'manage.py')!r})"
    )
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, encoding="utf-8"
    )
    assert ended.returncode == 1
    assert "需要 Python 3.11" in ended.stderr
    assert "3.10.4" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_is_installed_is_not_installed_again(manage: Any, installed: list[str]):
    manage.install(with_tests=False)
    manage.install(with_tests=False)
    assert installed == ["."]


def test_the_test_tools_come_on_top_and_stay(manage: Any, installed: list[str]):
    manage.install(with_tests=False)
    manage.install(with_tests=True)
    manage.install(with_tests=True)
    manage.install(with_tests=False)
    assert installed == [".", ".[test]"]


@pytest.mark.parametrize("name", ["pyproject.toml", "hatch_build.py"])
def test_other_requirements_are_installed(manage: Any, installed: list[str], name: str):
    manage.install(with_tests=False)
    with (manage.ROOT / name).open("a") as file:
        file.write("# changed\n")
    manage.install(with_tests=False)
    assert installed == [".", "."]


def test_a_folder_that_was_moved_is_installed_anew(
    manage: Any, installed: list[str], monkeypatch: pytest.MonkeyPatch
):
    """The scripts of .venv hold the folder's name."""
    manage.install(with_tests=False)
    moved = manage.ROOT.with_name("别处")
    manage.ROOT.rename(moved)
    monkeypatch.setattr(manage, "ROOT", moved)
    monkeypatch.setattr(manage, "STAMP", moved / ".venv" / "installed.json")
    manage.install(with_tests=False)
    assert installed == [".", "."]


def test_an_installation_that_was_cut_off_is_made_again(
    manage: Any, monkeypatch: pytest.MonkeyPatch
):
    def fail(_what: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(manage, "pip_install", fail)
        with pytest.raises(KeyboardInterrupt):
            manage.install(with_tests=False)
    asked: list[str] = []
    monkeypatch.setattr(manage, "pip_install", asked.append)
    manage.install(with_tests=False)
    assert asked == ["."]


def test_a_venv_whose_python_is_gone_is_made_anew(
    manage: Any, installed: list[str], monkeypatch: pytest.MonkeyPatch
):
    made = []
    monkeypatch.setattr(manage, "PYTHON", manage.VENV / "bin" / "python")

    def make() -> None:
        made.append(1)
        monkeypatch.setattr(manage, "PYTHON", Path(sys.executable))

    monkeypatch.setattr(manage, "make_venv", make)
    manage.install(with_tests=False)
    assert made == [1]
    assert installed == ["."]


def pip_ends_with(manage: Any, monkeypatch: pytest.MonkeyPatch, code: int) -> list[Any]:
    """Pretend that pip ended so; returns what it was started with."""
    started: list[Any] = []

    def run(command: list[Any], **options: Any) -> subprocess.CompletedProcess[str]:
        started.append(([str(word) for word in command], options))
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(manage.subprocess, "run", run)
    return started


def test_without_a_network_the_person_is_told_what_to_do(
    manage: Any, monkeypatch: pytest.MonkeyPatch
):
    pip_ends_with(manage, monkeypatch, 1)
    with pytest.raises(SystemExit) as ended:
        manage.pip_install(".")
    assert "wheels" in str(ended.value)
    assert "pip download" in str(ended.value)


def test_a_folder_of_wheels_is_used_instead_of_the_network(
    manage: Any, monkeypatch: pytest.MonkeyPatch
):
    manage.WHEELS.mkdir()
    monkeypatch.setenv("PIP_USER", "1")
    started = pip_ends_with(manage, monkeypatch, 0)
    manage.pip_install(".")
    command, options = started[0]
    assert "--no-index" in command
    assert command[command.index("--find-links") + 1] == str(manage.WHEELS)
    assert "PIP_USER" not in options["env"]
    assert options["cwd"] == manage.ROOT


def test_a_failed_check_fails_the_whole_and_the_rest_still_runs(
    manage: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    started = []

    def run(command: list[Any], **_: Any) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        started.append(words)
        return subprocess.CompletedProcess(words, 1 if "mypy" in words else 0)

    monkeypatch.setattr(manage.subprocess, "run", run)
    steps = {**manage.checks(), **manage.tests([], all_on_postgresql=False)}
    assert manage.report(steps) == 1
    assert "pytest" in started[-1]
    printed = capsys.readouterr().out
    summary = [line.split()[:2] for line in printed.splitlines()]
    assert ["没通过", "mypy"] in summary
    assert ["通过", "pytest"] in summary


@pytest.mark.skipif(os.name == "nt", reason="a bash script")
def test_the_continuous_integration_runs_the_readme_command():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script]).returncode == 0
    assert "python3 manage.py test" in script.read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 manage.py run" in readme
    assert "python3 manage.py test" in readme


# -------------------------------------------------------------------------------------- the wheel


def test_catalogues_are_compiled_when_building(tmp_path: Path):
    source = tmp_path / "messages.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "村（社区）"\nmsgstr "Villages"\n',
        "utf-8",
    )
    module("hatch_build").compile_catalogue(source)
    with (tmp_path / "messages.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("村（社区）") == "Villages"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's contents, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    unpacked = folder / "site"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(unpacked)
    return unpacked


def relative(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def test_the_wheel_holds_what_lies_beside_the_package(wheel: Path):
    assert {path.name for path in wheel.iterdir() if path.suffix != ".dist-info"} == {"tracker"}
    inside = wheel / "tracker"
    assert relative(inside / "templates", "*.html") == relative(ROOT / "templates", "*.html")
    migrations = relative(ROOT / "migrations", "*.py")
    assert relative(inside / "migrations", "*.py") == migrations
    assert relative(inside / "static", "*.css") == relative(PACKAGE / "static", "*.css")
    catalogues = relative(PACKAGE / "translations", "*.po")
    assert {name.replace(".po", ".mo") for name in catalogues} == relative(
        inside / "translations", "*.mo"
    )


@pytest.fixture
def from_wheel(wheel: Path, tmp_path: Path) -> Callable[[str], str]:
    """Runs a script with the unpacked wheel instead of the checkout."""

    def run(script: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(wheel),
                "TRACKER_INSTANCE": str(tmp_path / "instance"),
                "PYTHONUTF8": "1",
            },
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    return run


def test_the_wheel_runs_away_from_the_checkout(wheel: Path, from_wheel: Callable[[str], str]):
    printed = from_wheel(
        "from tracker.app import create_app\n"
        "from tracker.kernel import migrating, paths\n"
        "app = create_app()\n"
        "print(migrating.migrate_to_head(app).done)\n"
        "print(paths.PACKAGE)\n"
        "print(app.test_client().get('/set-up').text)\n"
    )
    head = str(migrating.scripts().get_current_head())
    assert head in printed
    assert str(wheel) in printed
    assert "<h1" in printed


def test_an_installed_wheel_keeps_data_out_of_the_program(from_wheel: Callable[[str], str]):
    printed = from_wheel(
        "import os; del os.environ['TRACKER_INSTANCE']\n"
        "from tracker.kernel.paths import PACKAGE, instance_folder\n"
        "print(PACKAGE in instance_folder().parents, instance_folder().name)"
    )
    assert printed.split() == ["False", "tracker"]
