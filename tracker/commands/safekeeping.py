"""Keeping the data safe: backup, restore, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.safekeeping.archive import Manifest

from . import base


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """把整套数据备份到 FILE；服务运行中也可以。"""
    from tracker.safekeeping.backup import backup as take

    written, manifest = take(base.application(), file)
    click.echo(f"已备份到 {written}（{_counted(manifest)}）。备份文件里有密钥，请妥善保管。")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """用备份 FILE 恢复；先核对再替换，原有数据留在一旁。"""
    from tracker.safekeeping.backup import restore as put_back

    done = put_back(base.application(), file)
    click.echo(f"已恢复（{_counted(done.manifest)}）。")
    if done.migrated:
        click.echo("备份来自旧版程序，已升级到本程序的版本。")
    if done.aside is not None:
        click.echo(f"原有数据保留在 {done.aside}，确认无误后可删除。")


def _counted(manifest: Manifest) -> str:
    rows = sum(manifest.rows.values())
    return f"{rows:,} 行，{len(manifest.files)} 个文件"


@click.command()
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="与另存的一份备份对照：修改记录不得少于当时。",
)
@base.json_option
def doctor(against: Path | None, as_json: bool) -> None:
    """检查数据库、修改记录、附件、磁盘和时钟；有问题时退出码为 1。"""
    from tracker.safekeeping.doctor import doctor as examine
    from tracker.safekeeping.doctor import is_well, report

    app = base.application()
    findings = examine(app, against=against)
    if as_json:
        base.print_json(report(app, findings))
    else:
        for found in findings:
            click.echo(f"[{found.state.label.zh}] {found.label.zh}：{found.message.zh}")
            if found.advice is not None:
                click.echo(f"    {found.advice.zh}")
    if not is_well(findings):
        click.get_current_context().exit(1)


ALL = (backup, restore, doctor)
