"""Entities of a book, one noun a file; importing this package registers them all."""

from acctdesk.models.base import Base
from acctdesk.models.client import Client
from acctdesk.models.contact import Contact
from acctdesk.models.interaction import Interaction, Promise
from acctdesk.models.product import Product
from acctdesk.models.receipt import Allocation, Receipt
from acctdesk.models.sale import Document, DocumentLine
from acctdesk.models.setting import Draft, FileShape, ImportRun, Setting
from acctdesk.models.target import Target
from acctdesk.models.task import Task

__all__ = [
    "Allocation",
    "Base",
    "Client",
    "Contact",
    "Document",
    "DocumentLine",
    "Draft",
    "FileShape",
    "ImportRun",
    "Interaction",
    "Product",
    "Promise",
    "Receipt",
    "Setting",
    "Target",
    "Task",
]
