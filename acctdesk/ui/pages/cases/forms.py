"""Which form a deed of a case opens; imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.services.case_rows import DisputeCard, DisruptionCard, RequestRow

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.dialogs.record_form import RecordForm

Card = DisputeCard | DisruptionCard | RequestRow


def new_form(kind: str, context: Context, parent: QWidget) -> RecordForm:
    """Return the form of a new case of a kind."""
    if kind == "dispute":
        from acctdesk.ui.dialogs.dispute_form import DisputeForm

        return DisputeForm(context, parent)
    if kind == "disruption":
        from acctdesk.ui.dialogs.disruption_form import DisruptionForm

        return DisruptionForm(context, parent)
    from acctdesk.ui.dialogs.request_form import RequestForm

    return RequestForm(context, parent)


def form_of(deed: str, card: Card, context: Context, parent: QWidget) -> RecordForm | None:
    """Return the form that a deed opens, None where it opens none."""
    if isinstance(card, DisputeCard):
        return _of_dispute(deed, card, context, parent)
    if isinstance(card, DisruptionCard):
        return _of_disruption(deed, card, context, parent)
    return _of_request(deed, card, context, parent)


def _of_dispute(
    deed: str, card: DisputeCard, context: Context, parent: QWidget
) -> RecordForm | None:
    from acctdesk.ui.dialogs.case_end import CloseDispute
    from acctdesk.ui.dialogs.dispute_form import DisputeForm
    from acctdesk.ui.dialogs.request_form import RequestForm
    from acctdesk.ui.dialogs.tell_form import TellForm

    one = card.row
    if deed == "tell":
        return TellForm(context, parent, one)
    if deed == "close":
        return CloseDispute(context, parent, one)
    if deed == "edit":
        return DisputeForm(context, parent, card=card)
    if deed == "ask":
        client = (one.client_id, one.client_name)
        return RequestForm(context, parent, client=client, dispute_id=one.id)
    return None


def _of_disruption(
    deed: str, card: DisruptionCard, context: Context, parent: QWidget
) -> RecordForm | None:
    from acctdesk.ui.dialogs.case_end import EndDisruption
    from acctdesk.ui.dialogs.disruption_form import DisruptionForm

    if deed == "close":
        return EndDisruption(context, parent, card.row)
    return DisruptionForm(context, parent, card=card) if deed == "edit" else None


def _of_request(
    deed: str, request: RequestRow, context: Context, parent: QWidget
) -> RecordForm | None:
    from acctdesk.ui.dialogs.case_end import AnswerRequest
    from acctdesk.ui.dialogs.request_form import DepartmentForm, RequestForm

    if deed == "close":
        return AnswerRequest(context, parent, request)
    if deed == "department":
        return DepartmentForm(context, parent, request)
    return RequestForm(context, parent, request=request) if deed == "edit" else None
