"""Entities of a book, one noun a file; importing this package registers them all."""

from acctdesk.models.action_plan import ActionPlan, Checklist
from acctdesk.models.attachment import Attachment, Blob
from acctdesk.models.base import Base
from acctdesk.models.client import Client
from acctdesk.models.contact import Contact
from acctdesk.models.dispute import (
    Dispute,
    DisputedDocument,
    DisputeNotice,
    Disruption,
    DisruptionClient,
)
from acctdesk.models.interaction import Interaction, Promise
from acctdesk.models.key_date import KeyDate
from acctdesk.models.letter_template import LetterTemplate
from acctdesk.models.need import Need
from acctdesk.models.product import Product
from acctdesk.models.receipt import Allocation, Receipt
from acctdesk.models.request import CreditShare, Department, Request
from acctdesk.models.sale import Document, DocumentLine
from acctdesk.models.setting import Draft, FileShape, ImportRun, Setting
from acctdesk.models.target import Target
from acctdesk.models.task import Task
from acctdesk.models.task_series import DayOff, TaskSeries
from acctdesk.models.today_mark import TodayMark
from acctdesk.models.visit_report import VisitReport

__all__ = [
    "ActionPlan",
    "Allocation",
    "Attachment",
    "Base",
    "Blob",
    "Checklist",
    "Client",
    "Contact",
    "CreditShare",
    "DayOff",
    "Department",
    "Dispute",
    "DisputeNotice",
    "DisputedDocument",
    "Disruption",
    "DisruptionClient",
    "Document",
    "DocumentLine",
    "Draft",
    "FileShape",
    "ImportRun",
    "Interaction",
    "KeyDate",
    "LetterTemplate",
    "Need",
    "Product",
    "Promise",
    "Receipt",
    "Request",
    "Setting",
    "Target",
    "Task",
    "TaskSeries",
    "TodayMark",
    "VisitReport",
]
