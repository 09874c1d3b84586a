"""Error pages: calm, with a next step; JSON where JSON was asked for."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, current_app, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound, TooManyRequests

from .errors import RecordMissing

_PAGES: dict[int, tuple[Any, Any]] = {
    400: (_("请求有误"), _("浏览器送来的内容无法处理，请返回上一页重试。")),
    401: (_("请先登录"), _("登录后再访问这个地址。")),
    403: (_("没有权限"), _("您的账户不能进行这项操作，需要时请联系管理员。")),
    404: (_("没有找到"), _("这个页面不存在，或者不属于您的单位。")),
    405: (_("不支持这种操作"), _("请从页面上的按钮进入。")),
    413: (_("内容太大"), _("一次提交的内容超过了上限，没有保存。请减少内容，或分几次提交。")),
    429: (_("尝试过于频繁"), _("请过一会儿再试。")),
    500: (_("系统出错了"), _("刚才的操作没有完成，也没有改动任何数据。请稍后重试。")),
}
_EXPIRED = (_("页面已过期"), _("请返回上一页，刷新后再提交；填写的内容可先复制出来。"))


def install(app: Flask) -> None:
    """Answer every error in the product's own words."""
    app.register_error_handler(RecordMissing, lambda _error: _answer(NotFound()))
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Exception, _failed)


def _expired(error: CSRFError) -> Any:
    return _show(400, *_EXPIRED)


def _answer(error: HTTPException) -> Any:
    code = error.code or 500
    if error.response is not None and code < 400:
        return error
    title, text = _PAGES.get(code, _PAGES[400 if code < 500 else 500])
    answer = make_response(_show(code, title, text))
    if code == 401 and request.path.startswith("/api/"):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="tracker"'
    if isinstance(error, TooManyRequests) and error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _failed(error: Exception) -> Any:
    if current_app.testing and current_app.config.get("PROPAGATE_ERRORS", True):
        raise error
    reference = secrets.token_hex(4)
    current_app.logger.exception("failure %s at %s", reference, request.path)
    return _show(500, *_PAGES[500], reference=reference)


def _show(code: int, title: Any, text: Any, reference: str = "") -> Any:
    if request.path.startswith("/api/"):
        body = {"error": {"code": code, "title": str(title), "text": str(text)}}
        if reference:
            body["error"]["reference"] = reference
        return jsonify(body), code
    page = render_template(
        "errors/error.html",
        code=code,
        title=title,
        text=text,
        next_url="/",
        next_label=_("回到首页"),
        reference=reference,
    )
    return page, code
