"""Every address of the application, from its URL map, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tracker import collections
from tracker.figures.closing.terms import ClosingAct
from tracker.kernel.model import Model
from tracker.worklog.kinds import shipped_kinds

#: Pages of samples that exist in tests and debugging only.
_SAMPLES = ("static", "style.")


#: Numbers in addresses that name no record: the year, and which frozen set of it.
_NO_IDS = ("year", "sequence")


#: A form that shows only with what it is about behind its path: its endpoint and its rule.
ASKED_WITH_MORE = {"yearbook.accept": "/yearbook/<int(max=9999):year>/findings/accept"}


@dataclass(frozen=True)
class Route:
    """One rule of the URL map."""

    rule: Rule

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)

    @property
    def gets(self) -> bool:
        return "GET" in (self.rule.methods or ())

    @property
    def posts(self) -> bool:
        return "POST" in (self.rule.methods or ())

    @property
    def arguments(self) -> Mapping[str, str]:
        """The kind of each argument: ``int`` or ``string``."""
        return {name: _kind(self.rule, name) for name in sorted(self.rule.arguments)}

    @property
    def takes_an_id(self) -> bool:
        return any(kind == "int" and name not in _NO_IDS for name, kind in self.arguments.items())

    def addresses(self, ids: Sequence[int], texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """The route's addresses for these ids and the texts of its other arguments."""
        pools: list[tuple[str, Iterable[object]]] = []
        for name, kind in self.arguments.items():
            if name == "year":
                pools.append((name, [2024]))
            elif name == "sequence":
                pools.append((name, [1]))
            elif kind == "int":
                pools.append((name, ids))
            else:
                known = texts.get(f"{self.endpoint.partition('.')[0]}.{name}") or texts.get(name)
                if known is None:
                    raise LookupError(f"{self.rule} takes <{name}>: say in {__file__} what that is")
                pools.append((name, known))
        built: list[dict[str, object]] = [{}]
        for name, values in pools:
            built = [{**done, name: value} for done in built for value in values]
        for values_of in built:
            found = self.rule.build(values_of, append_unknown=False)
            assert found is not None, f"{self.rule} cannot be filled with {values_of}"
            yield found[1]


def _kind(rule: Rule, name: str) -> str:
    return {"IntegerConverter": "int", "UnicodeConverter": "string"}.get(
        type(rule._converters[name]).__name__, "other"
    )


def routes(app: Flask) -> list[Route]:
    """All routes but those of files and samples."""
    found = (Route(rule) for rule in app.url_map.iter_rules())
    return [route for route in found if not route.endpoint.startswith(_SAMPLES)]


def texts_for(app: Flask) -> dict[str, Sequence[str]]:
    """What the arguments that are texts can be, some of each."""
    del app
    return {
        "key": ["outreach.events", "outreach.village_coverage"],
        "rulepacks.key": ["visit_quota", "persons_per_village", "expiry_bands"],
        "outreach.key": ["constitution_week", "elder_day"],
        "workbooks.key": [register.key for register in collections.REGISTERS],
        "subject": [table.name for table in Model.metadata.sorted_tables],
        "kind": list(shipped_kinds())[:2],
        "act": ClosingAct.codes(),
        "code": ["2345ABCD6789EFGH"],
        "lacks": ["photo", "copy"],
        "record_type": ["outreach_event", "worklog_entry", "certificate", "user"],
    }
