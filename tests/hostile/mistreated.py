"""Every form of the application with an entry it takes, on an office that is put back each time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.hostile.conftest import MARK, Target
from tests.support.addresses import ASKED_WITH_MORE, routes
from tests.support.dom import parse
from tests.support.furnishing import document_of, plausible, workbook_of
from tests.support.page import Form, Page

#: What these fields need beyond what `plausible` makes up.
_NEEDED = {
    "phone": "0736-6651234",
    "imports.upload.year": "2024",
    # The first section is the opening.
    "reports.edit_section.heading": "",
    "imports.options.year": "2024",
    "advisers.new_visit.event_id": "",
    "advisers.new_visit.village_id": "",
    "advisers.hand_over.end_reason": "调离",
    "good_from": "",
    "advisers.new_literate_review.year": "2025",
    "signin.new_attendance.heads": "",
    "certification.new_certificate.valid_to": "2029-06-26",
    "certification.new_term.issued_on": "2025-01-10",
    "certification.new_term.valid_from": "2033-06-26",
    "certification.new_term.valid_to": "2036-06-25",
}

#: What a form answers that took its entry: on to the record, or, for a token, the token itself.
TAKEN = (201, 303)


#: What no page leads to once the years around were begun.
_OF_OTHER_YEARS = {"/reports/<int(max=9999):year>/start": ["/reports/2020/start"]}

#: Forms of the door: shown to those who are not signed in, or about the password of the moment.
#: The telephone's page answers itself; tests/outreach/signin gives it the same treatment.
DOOR = {
    "accounts.sign_in",
    "accounts.change_password",
    "onboarding.set_up",
    "phone_sign_in.sign_in",
}

#: Forms that write nothing and answer with what they found.
READS = {"report_check.check"}

#: Forms whose first sending only shows what would come of it: their own tests mistreat them.
SHOWS_FIRST = {"certification.renew_certificates"}

Entry = dict[str, list[Any]]


@dataclass(frozen=True)
class Case:
    """One form and an entry that it takes."""

    endpoint: str
    address: str
    form: Form
    entry: Entry

    @property
    def text_fields(self) -> list[str]:
        """The fields any text may stand in."""
        return [
            name
            for name in self.form.visible_names
            if is_text(self.form, name) and name not in ("phone", "password")
        ]


def is_text(form: Form, name: str) -> bool:
    """Whether a field takes text rather than a choice, a number or a day."""
    control = form.control(name)
    plain = control.tag == "textarea" or control.get("type", "text") == "text"
    numeric = control.get("inputmode") in ("numeric", "decimal")
    return plain and not numeric and "data-date" not in control.attrs


class Bench:
    """The furnished office, and what it was before, to go back to after each blow."""

    def __init__(self, target: Target, folder: Path) -> None:
        self.target = target
        self.client = target.admin.client
        self._file = folder / "tracker.sqlite3"
        self._before = folder.parent / "before.db"
        with closing(sqlite3.connect(self._file)) as live:
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self._file, self._before)
        # By its path, so that it is opened anew for every request.
        self._workbook = folder.parent / "workbook.xlsx"
        self._workbook.write_bytes(workbook_of(MARK)[0].getvalue())
        self._document = folder.parent / "document.docx"
        self._document.write_bytes(document_of(MARK)[0].getvalue())

    def put_back(self) -> None:
        """Make the database what it was when the bench was set up."""
        source, live = sqlite3.connect(self._before), sqlite3.connect(self._file)
        with closing(source), closing(live):
            source.backup(live)

    def dump(self) -> list[str]:
        """Every row of every table, as text."""
        with closing(sqlite3.connect(self._file)) as live:
            return list(live.iterdump())

    def all(self, statement: str) -> list[Any]:
        """The rows a statement finds."""
        with closing(sqlite3.connect(self._file)) as live:
            return live.execute(statement).fetchall()

    def written(self) -> int:
        """How many writes the change log holds."""
        found: int = self.all("SELECT count(*) FROM change_log")[0][0]
        return found

    def faults_of_the_file(self) -> list[str]:
        """What the database itself finds wrong."""
        with closing(sqlite3.connect(self._file)) as live:
            said = [row[0] for row in live.execute("PRAGMA integrity_check") if row[0] != "ok"]
            return said + [str(row) for row in live.execute("PRAGMA foreign_key_check")]

    @contextmanager
    def undoing(self) -> Iterator[None]:
        """Put the office back afterwards."""
        try:
            yield
        finally:
            self.put_back()

    def page(self, answer: Any) -> Page:
        """An answer as a page, without judging it."""
        return Page(answer, answer.request.path, parse(answer.text)[0])

    def post(self, address: str, entry: Any) -> Any:
        """Send a form, and send it again where it only asks whether the entry is meant."""
        answer = self.client.post(address, data=entry)
        if answer.status_code != 422:
            return answer
        page = self.page(answer)
        if page.errors or page.tree.first(id="doubts") is None:
            return answer
        seen = page.form().values()["seen"]
        return self.client.post(address, data={**entry, "seen": seen})

    def cases(self, only: str = "") -> list[Case]:
        """Every form of the URL map, or that one; each takes its entry, or this fails."""
        found, refused = [], []
        for route in routes(self.target.app):
            aside = DOOR | READS | SHOWS_FIRST | ASKED_WITH_MORE.keys()
            if not (route.gets and route.posts) or route.endpoint in aside:
                continue
            if only not in ("", route.endpoint):
                continue
            address = self._address_of(route.rule.rule)
            form = self.page(self.client.get(address)).form()
            entry: Entry = {**plausible(form, MARK)}
            for name in entry:
                needed = _NEEDED.get(f"{route.endpoint}.{name}", _NEEDED.get(name))
                if needed is not None:
                    entry[name] = [needed]
                if form.control(name).get("type") == "file":
                    entry[name] = [self._file_for(form.control(name).get("accept"))]
            with self.undoing():
                answer = self.client.post(form.action, data=entry)
                shown = self.page(answer)
                if answer.status_code == 422 and shown.tree.first(id="doubts") is not None:
                    entry["seen"] = shown.form().values()["seen"]  # asked once, and answered
                    answer = self.client.post(form.action, data=entry)
            if answer.status_code in TAKEN:
                found.append(Case(route.endpoint, address, form, entry))
            else:
                refused.append(f"{route.endpoint}: {self.page(answer).errors}")
        assert not refused, f"teach tests/hostile/mistreated.py: {refused}"
        return found

    def _file_for(self, accepted: str) -> tuple[str, str]:
        if accepted == ".docx":
            return str(self._document), f"{MARK}.docx"
        return str(self._workbook), f"{MARK}.xlsx"

    def _address_of(self, rule: str) -> str:
        """An address of the rule that shows a form; never that of one's own account."""
        own = f"/users/{self.target.own_id}"
        known = self.target.found.pages.get(rule, [])
        known = known or _OF_OTHER_YEARS.get(rule, [])
        address = next((a for a in known if not f"{a}/".startswith(f"{own}/")), None)
        assert address is not None, f"no page leads to {rule}"
        return address
