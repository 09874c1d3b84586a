#!/usr/bin/env python3
"""Set up, start and check the tracker with nothing but Python 3.11 and pip.

    python3 manage.py run         install and serve on http://127.0.0.1:8000
    python3 manage.py test        install the test tools, then every check and test
    python3 manage.py check       the checks without the tests
    python3 manage.py translate   refresh and compile the English catalogue

Standard library only: it runs before anything is installed. On Windows: py manage.py run
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # this is the place where others are told
    sys.exit(
        f"需要 Python 3.11 或更高版本，当前是 {sys.version.split()[0]}。请安装新版后再运行。\n"
        "Python 3.11 or newer is needed. Install it and run this again with it."
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed.json"
#: Packages for machines without a network, laid beside this file.
WHEELS = ROOT / "wheels"
CATALOGUES = ROOT / "tracker" / "translations"

#: What pytest ends with where there is no PostgreSQL: see tests/support/on_postgresql.py.
NO_POSTGRESQL = 69
#: The tests that run on PostgreSQL each time, in about two minutes on two cores.
ON_POSTGRESQL = (
    "tests/kernel/test_row_security.py",
    "tests/kernel/test_searching.py",
    "tests/kernel/test_transactions.py",
    "tests/kernel/test_database_checks.py",
    "tests/audit",
    "tests/outreach/test_which_events_count.py",
    "tests/worklog/test_figures.py",
    "tests/figures/freezing/test_published.py",
    "tests/test_cli_closing.py",
    "tests/test_migrations.py",
    "tests/safekeeping/test_on_postgresql.py",
    "tests/reliability/test_writers.py",
)

Command = list["str | os.PathLike[str]"]


def main() -> int:
    """Read the command and do it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    os.environ["PYTHONUTF8"] = "1"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="安装、升级数据库并启动")
    run.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1）")
    run.add_argument("--port", default="8000", help="监听的端口（默认 8000）")
    test = commands.add_parser("test", help="全部检查与测试；其余参数交给 pytest")
    test.add_argument(
        "--postgresql",
        action="store_true",
        help="在 PostgreSQL 上也跑全部测试，而不只是其中一部分",
    )
    commands.add_parser("check", help="只做检查，不跑测试")
    translated = commands.add_parser("translate", help="更新并编译英文词条")
    translated.add_argument("--check", action="store_true", help="只核对，不改写")
    chosen, rest = parser.parse_known_args()
    if rest and chosen.command != "test":
        parser.error(f"不认识的参数：{' '.join(rest)}")
    if chosen.command == "run":
        install(with_tests=False)
        return serve(chosen.host, chosen.port)
    install(with_tests=True)
    if chosen.command == "translate":
        return catalogue_is_fresh() if chosen.check else translate()
    if chosen.command == "check":
        return report(checks())
    return report(checks() | tests(rest, all_on_postgresql=chosen.postgresql))


# ------------------------------------------------------------------------------------ installing


def install(*, with_tests: bool) -> None:
    """Make ``.venv`` hold what pyproject.toml asks for; nothing is done where it does already."""
    version = venv_version()
    stamp = read_stamp()
    if version is None or (stamp and stamp["python"] != version):
        make_venv()
        version, stamp = venv_version(), {}
    key = install_key()
    has_all = stamp.get("key") == key and (stamp.get("tests") or not with_tests)
    if not has_all:
        STAMP.unlink(missing_ok=True)
        pip_install(".[test]" if with_tests else ".")
        STAMP.write_text(json.dumps({"key": key, "python": version, "tests": with_tests}))
    compile_catalogues()


def install_key() -> str:
    """Changes when another installation is due: other requirements, or a folder that was moved."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "hatch_build.py"):
        digest.update(b"\0" + (ROOT / name).read_bytes())
    return digest.hexdigest()


def read_stamp() -> dict[str, object]:
    """What the last installation wrote down; empty where there was none."""
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and "python" in found else {}


def venv_version() -> str | None:
    """The Python of ``.venv``; None where it does not run, is too old, or has no pip."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2]); import pip"
    try:
        answer = subprocess.run(
            [PYTHON, "-c", asked], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer if tuple(map(int, answer.split("."))) >= (3, 11) else None


def make_venv() -> None:
    """Make ``.venv`` anew with the Python that runs this."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        sys.exit(".venv 已不能用了，请用系统的 Python 重新运行：python3 manage.py …")
    print("正在准备运行环境 .venv …", flush=True)
    try:
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"没能建立 .venv：{error}\n"
            "如果提示缺少 ensurepip，请先安装它（Debian、Ubuntu：apt install python3-venv）；"
            "也请确认这个文件夹可以写入。"
        )


def pip_install(what: str) -> None:
    """Install this folder, editable, so that the program runs from here."""
    print("正在安装所需组件，第一次约需一两分钟 …", flush=True)
    options: Command = ["--quiet", "--disable-pip-version-check", "--no-input"]
    if WHEELS.is_dir():
        options += ["--no-index", "--find-links", WHEELS]
    unwanted = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONPATH", "PYTHONHOME")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", *options, "-e", what],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode == 0:
        return
    if WHEELS.is_dir():
        sys.exit(
            "安装没有成功（原因见上）。wheels 文件夹里缺少组件，或组件不适合这台电脑的系统和"
            " Python 版本：请重新准备，或删除 wheels 文件夹改用网络安装。"
        )
    sys.exit(
        "安装没有成功（原因见上）。请任选一种办法，再运行一次：\n"
        "1. 检查网络；单位有软件包镜像的，先设置环境变量 PIP_INDEX_URL。\n"
        "2. 没有网络的：在一台能上网、系统和 Python 版本相同的电脑上，于本文件夹运行\n"
        '     python3 -m pip download -d wheels ".[test]" hatchling babel editables\n'
        "   把得到的 wheels 文件夹拷到 manage.py 旁边。"
    )


def compile_catalogues() -> None:
    """Compile the translations that changed since they were compiled."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            pybabel("compile", "-i", source, "-o", compiled)


# --------------------------------------------------------------------------------------- serving


def serve(host: str, port: str) -> int:
    """Hand over to the server, which creates or upgrades the database first."""
    command = [str(PYTHON), "-m", "tracker", "serve", "--upgrade", "--host", host, "--port", port]
    sys.stdout.flush()
    if os.name != "nt":
        # The server takes this process's place, so that signals reach it.
        os.execv(PYTHON, command)  # noqa: S606  # no shell: the arguments stay as they are
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 0


# -------------------------------------------------------------------------------------- checking


def checks() -> dict[str, Command]:
    """Everything but the tests."""
    return {
        "ruff check": [PYTHON, "-m", "ruff", "check", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "mypy": [PYTHON, "-m", "mypy"],
        "djlint": [PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
        "import layers": [BIN / "lint-imports", "--no-cache"],
        "translations": [PYTHON, __file__, "translate", "--check"],
        "docs/figures.md": [PYTHON, "-m", "tracker", "docs", "--check"],
    }


def tests(pytest_arguments: list[str], *, all_on_postgresql: bool) -> dict[str, Command]:
    """The tests on SQLite, then on PostgreSQL: what depends on the database, or all of them.

    Where pytest is told what to run, PostgreSQL is left out unless asked for.
    """
    workers = str(max(2, min(os.cpu_count() or 2, 8)))
    # The browser's tests take a minute each: whoever is done takes from the other's share.
    pytest: Command = [PYTHON, "-m", "pytest", "-n", workers, "--dist=worksteal", *pytest_arguments]
    steps = {"pytest": pytest}
    if all_on_postgresql:
        steps["pytest, PostgreSQL"] = [*pytest, "--postgresql"]
    elif not pytest_arguments:
        steps["pytest, PostgreSQL"] = [*pytest, "--postgresql", *ON_POSTGRESQL]
    return steps


def report(steps: dict[str, Command]) -> int:
    """Run every step, and say at the end how each went. One that fails fails the whole."""
    results = []
    for name, command in steps.items():
        print(f"\n── {name} ──", flush=True)
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode
        results.append((name, code, time.monotonic() - started))
    print("\n── 结果 ──")
    for name, code, seconds in results:
        said = {0: "通过  ", NO_POSTGRESQL: "跳过  "}.get(code, "没通过")
        print(f"{said}  {name:<18} {seconds:6.1f} s")
    if any(code == NO_POSTGRESQL for _, code, _ in results):
        print("跳过的一步：这里没有 PostgreSQL（原因见上），见 docs/decisions/0013。")
    return 1 if any(code not in (0, NO_POSTGRESQL) for _, code, _ in results) else 0


# ----------------------------------------------------------------------------------- translating


def pybabel(*arguments: str | os.PathLike[str]) -> int:
    """Run one command of Babel."""
    command = [PYTHON, "-m", "babel.messages.frontend", "--quiet", *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode


def extract(template: Path) -> int:
    """Collect the phrases of code and templates; Chinese is the key, without places or lines."""
    return pybabel(
        "extract",
        *("--mapping-file", "babel.cfg", "--keyword", "lazy_gettext", "--project", "tracker"),
        *("--sort-by-file", "--no-location", "--width", "100", "--output-file", template, "."),
    )


def translate() -> int:
    """Bring the English catalogue up to the phrases there are; nothing is guessed."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "messages.pot")
        code = extract(template) or update(template, "--init-missing")
    compile_catalogues()
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        pybabel("--verbose", "compile", "--statistics", "-i", source, "-o", os.devnull)
    return code


def update(template: Path, *options: str) -> int:
    """Merge the phrases into the English catalogue."""
    return pybabel(
        "update",
        *("--input-file", template, "--output-dir", CATALOGUES, "--locale", "en"),
        *("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"),
        *("--width", "100", *options),
    )


def catalogue_is_fresh() -> int:
    """0 where the catalogue holds exactly the phrases of code and templates."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "messages.pot")
        code = extract(template) or update(template, "--check")
    if code:
        print("词条与代码不一致。请运行 python3 manage.py translate 并补全译文。")
    return code


if __name__ == "__main__":
    sys.exit(main())
