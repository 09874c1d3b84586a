"""The description of the JSON addresses, for whoever reads them by script."""

from __future__ import annotations

from typing import Any

from tracker import __version__

_NUMBER = {"type": ["number", "null"]}
_TEXT = {"type": "string"}
_DAY = {"type": ["string", "null"], "format": "date"}

_READING: dict[str, Any] = {
    "type": "object",
    "required": ["key", "label", "unit", "value", "previous", "phrase", "records", "url"],
    "properties": {
        "key": _TEXT,
        "label": _TEXT,
        "label_en": _TEXT,
        "unit": _TEXT,
        "value": {**_NUMBER, "description": "Integer, decimal of at most four places, or null"},
        "previous": _NUMBER,
        "phrase": _TEXT,
        "basis": {"type": "string", "enum": ["during", "as_at"]},
        "definition": _TEXT,
        "definition_en": _TEXT,
        "records": {"type": "integer"},
        "url": _TEXT,
        "count_basis": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
#: Only where the year is frozen.
_FROZEN_SET: dict[str, Any] = {
    "type": "object",
    "properties": {
        "number": _TEXT,
        "year": {"type": "integer"},
        "sequence": {"type": "integer"},
        "as_at": {"type": "string", "format": "date"},
        "frozen_at": {"type": "string", "format": "date-time"},
        "frozen_by": _TEXT,
        "note": _TEXT,
        "open_findings": {"type": "integer"},
        "digest": _TEXT,
    },
}
_RECORD = {
    "type": "object",
    "properties": {"number": _TEXT, "date": _DAY, "title": _TEXT, "weight": _NUMBER, "url": _TEXT},
}
_OMITTED = {
    "type": "object",
    "properties": {
        "number": _TEXT,
        "date": _DAY,
        "title": _TEXT,
        "reason": _TEXT,
        "reason_en": _TEXT,
        "url": _TEXT,
    },
}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _reference(name)}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "200": {"description": "OK", "content": {"application/json": {"schema": schema}}},
        "401": {"description": "Nobody is signed in, or the token is wrong, ended or revoked"},
        "404": {"description": "No such year or figure"},
        "429": {"description": "Too many wrong tokens from this address; see Retry-After"},
    }


_YEAR = {
    "name": "year",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1991, "maximum": 2100},
}
_KEY = {"name": "key", "in": "path", "required": True, "schema": _TEXT}


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    year = {
        "type": "object",
        "properties": {
            "year": {"type": "integer"},
            "office": {"type": "object", "properties": {"code": _TEXT, "name": _TEXT}},
            "as_at": {"type": "string", "format": "date"},
            "frozen": {"type": "boolean"},
            "frozen_set": _FROZEN_SET,
            "figures": _list_of("Reading"),
        },
    }
    figure = {
        "type": "object",
        "properties": {
            "figure": _reference("Reading"),
            "records": _list_of("Record"),
            "left_out": _list_of("LeftOut"),
            "frozen_set": {"type": "string", "description": "Number of the set it comes from"},
            "change": {
                "type": "object",
                "description": "What the frozen figure reads now, and why",
            },
            "by": {"type": "object"},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rule-of-law tracker", "version": __version__},
        "paths": {
            "/api/figures/{year}": {
                "get": {
                    "summary": "All figures of a year",
                    "parameters": [_YEAR],
                    "responses": _answer(year),
                }
            },
            "/api/figures/{year}/{key}": {
                "get": {
                    "summary": "One figure with its records and those left out",
                    "parameters": [_YEAR, _KEY],
                    "responses": _answer(figure),
                }
            },
        },
        "components": {
            "schemas": {"Reading": _READING, "Record": _RECORD, "LeftOut": _OMITTED},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "tracker_sid"},
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An access token made on the account page; it only reads",
                },
            },
        },
        "security": [{"session": []}, {"token": []}],
    }
