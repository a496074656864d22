"""What a file says, typed: the records that the plan matches with the book."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from acctdesk.exchange.problems import Problem
from acctdesk.kinds import RecordKind


@dataclass(slots=True)
class Rec:
    """One record of a file: where it stood and its typed values.

    ``values`` holds only the fields that the file has a column for; ``None`` means the cell was
    empty or unreadable. Keys and types by kind (money in minor units, dates as ``date``):

    - clients: those of ``services.clients.ClientFields``, with ``parent_code parent_name`` in the
      place of ``parent_id``, and ``iban`` (a tuple of valid ones, compact). A valid VAT number
      stands in ``vat_id``; an invalid one in ``vat_id_raw`` with ``vat_id`` None.
    - contacts: ``client_code client_name client_vat_id name role department phone mobile email
      decides(bool) notes``.
    - products: ``code name family unit active``.
    - sales: ``number type(DocumentType) issued_on due_on client_code client_name client_vat_id
      related_ref currency net_minor vat_minor gross_minor notes``, signed by the type.
      With ``ParsedFile.is_lines`` a record is a line: the ``*_minor`` keys are absent and
      ``product_code product_name product_family quantity unit_price discount(share) amount
      vat_amount gross_amount description`` stand instead, exact unrounded Decimals, signed by the
      type (``vat_amount`` and ``gross_amount`` are None where unknown).
    - receipts: ``number received_on client_code client_name client_vat_id document_ref currency
      amount_minor method reason``; money given back is negative.
    - targets: ``month(first day) amount_minor currency client_code client_name``; one record is
      one cell of the table.
    - opportunities: ``code title client_code client_name stage amount_minor currency probability
      opened_on closes_on product_name notes``.
    - interactions: ``client_code client_name client_vat_id contact_name kind(InteractionKind)
      happened_on happened_time(time|None) subject body outcome minutes(int) place``.
    - tasks: ``client_code client_name title notes due_on due_time state(TaskState) done_on``.
    """

    sheet: str
    row: int
    values: dict[str, Any]
    lossy: frozenset[str] = field(default_factory=frozenset)  # fields whose text lost letters

    @property
    def record(self) -> str | None:
        """What a problem of this record is filed under: client code, document number or month."""
        values = self.values
        if "month" in values:
            month = values["month"]
            return f"{month:%Y-%m}" if month else None
        for key in ("number", "code", "client_code", "name", "client_name", "title"):
            if values.get(key):
                return str(values[key])
        return None


@dataclass(slots=True)
class ParsedFile:
    """All records of a file, in its order.

    ``refused`` counts the records that could not be read at all; each has a problem with the
    outcome REFUSED and no ``Rec``. ``is_lines``: several records with the same number (and type)
    are the lines of one document, whose net is the half-up rounded sum of their ``amount``.
    ``same`` are the numbers of the receipts that the officer takes as payments which the bank told
    of before; None: those of which that is sure.
    """

    kind: RecordKind
    records: list[Rec]
    problems: list[Problem]
    refused: int = 0
    is_lines: bool = False
    same: frozenset[str] | None = None

    @property
    def rows_read(self) -> int:
        """Count of records in the file, readable or not; blanks and totals are none."""
        return len(self.records) + self.refused
