"""What a column of a file of products can mean."""

from __future__ import annotations

from acctdesk.exchange.fields.field import Field
from acctdesk.exchange.fields.field import FieldType as T
from acctdesk.i18n import msg

PRODUCTS = (
    Field(
        "code",
        T.CODE,
        msg("Field", "Product code"),
        (
            "Κωδικός είδους",
            "Κωδικός προϊόντος",
            "Κωδικός",
            "Κωδικός αποθήκης",
            "Product code",
            "Product ID",
            "Item code",
            "Item no",
            "SKU",
            "Code",
            "Article",
            "Article number",
            "Material",
            "Barcode",
        ),
    ),
    Field(
        "name",
        T.NAME,
        msg("Field", "Product"),
        (
            "Περιγραφή είδους",
            "Περιγραφή",
            "Είδος",
            "Προϊόν",
            "Περιγραφή προϊόντος",
            "Όνομα προϊόντος",
            "Product",
            "Product name",
            "Item",
            "Item name",
            "Description",
            "Name",
            "Item description",
            "Ονομασία",
        ),
        required=True,
    ),
    Field(
        "family",
        T.TEXT,
        msg("Field", "Product family"),
        (
            "Οικογένεια",
            "Οικογένεια προϊόντων",
            "Κατηγορία",
            "Ομάδα",
            "Ομάδα ειδών",
            "Family",
            "Category",
            "Product family",
            "Product category",
            "Group",
            "Series",
            "Category ID",
            "Product group",
        ),
    ),
    Field(
        "unit",
        T.TEXT,
        msg("Field", "Unit"),
        (
            "Μονάδα",
            "Μονάδα μέτρησης",
            "ΜΜ",
            "Μον. Μέτρ.",
            "Unit",
            "Unit of measure",
            "UOM",
            "Quantity per unit",
            "Συσκευασία",
        ),
    ),
    Field(
        "active",
        T.YES_NO,
        msg("Field", "Active"),
        ("Ενεργό", "Ενεργός", "Active", "Κατάσταση", "Status"),
    ),
)
