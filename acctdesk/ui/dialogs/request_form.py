"""A request to a department: whom, what, about which client, by when; and the department itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.case_rows import DepartmentRow, RequestRow
from acctdesk.services.requests import (
    USUAL,
    RequestFields,
    ask,
    change_request,
    departments,
    save_department,
)
from acctdesk.text import clean
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.widgets.basics import LineEdit, labelled
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class RequestForm(RecordForm):
    """Asks a department for something, or changes what it was asked."""

    topic = "cases"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        request: RequestRow | None = None,
        client: tuple[int, str] | None = None,
        dispute_id: int | None = None,
    ) -> None:
        title = msg("Cases", "New request to a department")
        super().__init__(
            context, parent, title if request is None else msg("Cases", "Request"), width=560
        )
        self._request = request
        self._dispute_id = request.dispute_id if request is not None else dispute_id
        self.department = QComboBox(self)
        self.department.setEditable(True)
        self.department.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.department.setMaxVisibleItems(12)
        self.what = LineEdit(self)
        self.what.setMaxLength(300)
        self.details = self.text_field(
            msg("Cases", "Details"), request.details if request else None, height=110
        )
        self.client = ClientPicker(context, self)
        asked, answer = msg("Cases", "Asked on"), msg("Cases", "Answer wanted by")
        day = request.asked_on if request else context.today()
        self.asked = self.day_field(asked, day, past=True)
        self.due = self.day_field(answer, request.due_on if request else None)
        whom = msg("Cases", "Department")
        self.content.addLayout(labelled(whom, self.department))
        field = self.department.lineEdit()
        assert field is not None
        say(field, name=whom)
        self.content.addLayout(labelled(msg("Cases", "What is asked for"), self.what))
        self.content.addLayout(labelled(msg("Cases", "Details"), self.details))
        self.under(msg("Cases", "Client (if any)"), self.client)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.addLayout(named(asked, self.asked), 0, 0)
        grid.addLayout(named(answer, self.due), 0, 1)
        self.content.addLayout(grid)
        self.finish()
        if request is not None:
            self.what.setText(request.what)
            if request.client_id is not None:
                client = (request.client_id, request.client_name or "")
        if client is not None:
            self.client.take(*client)
        context.runner.ask(departments, on_done=self._arrived, on_error=self.refused)
        self.department.setFocus()

    def _arrived(self, rows: list[DepartmentRow]) -> None:
        names = [row.name for row in rows]
        names += [name for name in (str(one) for one in USUAL) if name not in names]
        self.department.clear()
        self.department.addItems(names)
        wanted = self._request.department if self._request is not None else names[0]
        self.department.setEditText(wanted)

    def store(self) -> None:
        """Read and store the request."""
        if self.client.client_id is None and clean(self.client.field.text()):
            self.client.setFocus()
            raise UserError(msg("Tasks", "This client is not known. Choose one, or none."))
        fields: RequestFields = {
            "what": clean(self.what.text()),
            "details": self.details.toPlainText(),
            "client_id": self.client.client_id,
            "dispute_id": self._dispute_id,
            "asked_on": read_day(self.asked) or self.context.today(),
            "due_on": read_day(self.due),
        }
        department = clean(self.department.currentText())
        if self._request is None:
            self.send(msg("Step", "Request to a department"), ask, department=department, **fields)
        else:
            self.send(
                msg("Step", "Request changed"),
                change_request,
                request_id=self._request.id,
                department=department,
                expected_version=self._request.version,
                **fields,
            )


class DepartmentForm(RecordForm):
    """Who is asked at a department, and how they are reached."""

    topic = "cases"

    def __init__(self, context: Context, parent: QWidget | None, request: RequestRow) -> None:
        super().__init__(context, parent, msg("Cases", "Department"), width=460)
        self._id = request.department_id
        self.fields: dict[str, LineEdit] = {}
        for key, text, value in (
            ("name", msg("Cases", "Name"), request.department),
            ("person", msg("Cases", "Who is asked"), request.person),
            ("email", msg("Contact", "E-mail"), request.email),
            ("phone", msg("Contact", "Telephone"), request.phone),
        ):
            field = LineEdit(self)
            field.setText(value or "")
            self.fields[key] = field
            self.content.addLayout(labelled(text, field))
        say(self.fields["person"], placeholder=msg("Cases", "none in particular"))
        self.finish()
        self.fields["person"].setFocus()

    def store(self) -> None:
        """Store the department."""
        values = {key: clean(field.text()) for key, field in self.fields.items()}
        self.send(
            msg("Step", "Department changed"), save_department, department_id=self._id, **values
        )
