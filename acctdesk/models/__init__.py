"""Entities of a book, one noun a file; importing this package registers them all."""

from acctdesk.models.action_plan import ActionPlan, Checklist
from acctdesk.models.attachment import Attachment, Blob
from acctdesk.models.base import Base
from acctdesk.models.client import Client
from acctdesk.models.collecting import (
    ClientAccount,
    Instalment,
    PaymentPromise,
    PromisedDocument,
    RemindedDocument,
    Reminder,
)
from acctdesk.models.contact import Contact
from acctdesk.models.credit import (
    FinancialStatement,
    MarketNote,
    Order,
    RiskRating,
    Security,
)
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
from acctdesk.models.pay_plan import PayPlan, WhatIf
from acctdesk.models.product import Product
from acctdesk.models.receipt import Allocation, Receipt
from acctdesk.models.request import CreditShare, Department, Request
from acctdesk.models.sale import Document, DocumentLine
from acctdesk.models.satisfaction import Satisfaction
from acctdesk.models.setting import Draft, FileShape, ImportRun, Setting
from acctdesk.models.target import Target, TargetPlan
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
    "ClientAccount",
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
    "FinancialStatement",
    "ImportRun",
    "Instalment",
    "Interaction",
    "KeyDate",
    "LetterTemplate",
    "MarketNote",
    "Need",
    "Order",
    "PayPlan",
    "PaymentPromise",
    "Product",
    "Promise",
    "PromisedDocument",
    "Receipt",
    "RemindedDocument",
    "Reminder",
    "Request",
    "RiskRating",
    "Satisfaction",
    "Security",
    "Setting",
    "Target",
    "TargetPlan",
    "Task",
    "TaskSeries",
    "TodayMark",
    "VisitReport",
    "WhatIf",
]
