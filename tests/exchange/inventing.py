"""Invents officer books: four files in some layout or other, and what a correct book must show.

The expected figures are worked out here from the invented records by the definitions in words,
without the program's own figures, so that both can be compared.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

AS_OF = dt.date(2026, 6, 30)
WORDS = (
    "ΑΙΓΑΙΟ", "ΠΙΝΔΟΣ", "ΔΩΔΩΝΗ", "ΗΛΙΟΣ", "ΡΟΔΟΣ", "ΝΙΚΟΛΑΪΔΗΣ", "ΠΑΠΑΔΟΠΟΥΛΟΣ", "ΜΥΚΗΝΑΙ",
    "ΒΟΛΟΣ", "ΕΥΒΟΙΑ", "ΘΡΑΚΗ", "ΧΙΟΣ",
)  # fmt: skip
TRADES = (
    "ΤΡΑΠΕΖΑ {} {} Α.Ε.",
    "ΥΙΟΙ {} & ΣΙΑ {} Ο.Ε.",
    "{} LOGISTICS {} Α.Ε.",
    "ΑΣΦΑΛΙΣΤΙΚΗ «{}» {} Μ.Α.Ε.",
    "Müller & {} {} GmbH",
    "{} ΤΕΧΝΙΚΗ {} Ε.Π.Ε.",
)
CITIES = ("Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Ηράκλειο", "Λάρισα")
AGES = (("not_due", 0), ("1_30", 30), ("31_60", 60), ("61_90", 90), ("over_90", 10**9))
_LATIN = str.maketrans(
    dict(zip("ΑΒΓΔΕΖΗΙΚΛΜΝΞΟΠΡΣΤΥΦΧΩ", "AVGDEZIIKLMNXOPRSTYFXO", strict=True)) | {"Θ": "TH"}
)
MONTHS_EL = ["Ιαν", "Φεβ", "Μαρ", "Απρ", "Μάι", "Ιουν", "Ιουλ", "Αυγ", "Σεπ", "Οκτ", "Νοε", "Δεκ"]

# heading synonyms: Greek of several programs, and English
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("Κωδ. Πελάτη", "Κωδικός", "Κωδικός Πελάτη", "Customer code", "Κωδ."),
    "name": ("Επωνυμία", "Επωνυμία Πελάτη", "Πελάτης", "Customer name"),
    "vat_id": ("ΑΦΜ", "Α.Φ.Μ.", "Αριθμός Φορολογικού Μητρώου", "VAT number"),
    "city": ("Πόλη", "City"),
    "office": ("ΔΟΥ", "Δ.Ο.Υ."),
    "phone": ("Τηλ.", "Τηλέφωνο", "Phone"),
    "credit": ("Πίστωση (ημέρες)", "Ημέρες πίστωσης", "Credit days"),
    "active": ("Ενεργός", "Active"),
    "notes": ("Παρατηρήσεις", "Σχόλια", "Notes"),
    "date": ("Ημερομηνία", "Ημ/νία", "Ημ. Έκδοσης", "Invoice date"),
    "type": ("Είδος Παραστατικού", "Τύπος", "Τύπος Παρ/κού", "Document type"),
    "number": ("Παραστατικό", "Αριθμός", "Αρ. Παραστατικού", "Invoice number"),
    "due": ("Ημ. Λήξης", "Πληρωτέο έως", "Λήξη", "Due date"),
    "net": ("Καθαρά", "Καθαρή αξία", "Net amount"),
    "vat": ("ΦΠΑ", "Φ.Π.Α.", "VAT"),
    "gross": ("Μικτή αξία", "Πληρωτέο", "Σύνολο", "Gross amount"),
    "related": ("Σχετικό παραστατικό", "Σχετ. Παρ/κό", "Related document"),
    "received": ("Ημ/νία", "Ημερομηνία", "Ημ. Είσπραξης", "Payment date"),
    "receipt": ("Αρ. Απόδειξης", "Αριθμός", "Απόδειξη", "Receipt number"),
    "pays": ("Έναντι παραστατικού", "Τιμολόγιο", "Έναντι τιμολογίου", "Invoice number"),
    "amount": ("Ποσό", "Ποσό είσπραξης", "Amount"),
    "method": ("Τρόπος", "Τρόπος πληρωμής", "Method"),
}


@dataclass
class Sale:
    """One invented document; amounts in cents, a credit note's negative."""

    number: str
    type: str
    day: dt.date
    due: dt.date | None
    code: str
    net: int
    vat: int
    related: str | None = None

    @property
    def gross(self) -> int:
        return self.net + self.vat


@dataclass
class Paid:
    """One invented receipt, in cents."""

    number: str
    day: dt.date
    code: str
    amount: int
    pays: str | None


@dataclass
class OfficerBook:
    """The invented records, the four files, and the problems that must be told."""

    seed: int
    names: dict[str, str] = field(default_factory=dict)
    vats: dict[str, str | None] = field(default_factory=dict)
    sales: list[Sale] = field(default_factory=list)
    receipts: list[Paid] = field(default_factory=list)
    targets: dict[dt.date, int] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)


def vat_number(rng: random.Random, *, zero: bool = False) -> str:
    """Return an invented ΑΦΜ whose check digit is right."""
    digits = [0 if zero else rng.randint(1, 9), *(rng.randint(1, 9) for _ in range(7))]
    check = sum(digit << (8 - place) for place, digit in enumerate(digits)) % 11 % 10
    return "".join(map(str, [*digits, check]))


def invent(seed: int, folder: Path, *, clients: int = 25, documents: int = 160) -> OfficerBook:
    """Return an invented book; its files are written to ``folder``."""
    rng = random.Random(seed)
    book = OfficerBook(seed)
    book.problems = {
        key: [] for key in ("vat_id_lost_leading_zero", "vat_id_invalid", "duplicate_row")
    }
    shape = rng.choice(("30.{:02d}.{:04d}", "{1:05d}", "C-{1:04d}", "ΠΕΛ{1:03d}"))
    for index in range(clients):
        code = shape.format(rng.randint(0, 3), index + 1)
        words = rng.sample(WORDS, 2)
        name = rng.choice(TRADES).format(*words)
        while name in book.names.values():
            name = rng.choice(TRADES).format(*rng.sample(WORDS, 2))
        book.names[code] = name
    _documents(rng, book, documents)
    _targets(rng, book)
    folder.mkdir(parents=True, exist_ok=True)
    tongue = rng.choice(("greek", "greek", "english", "latin"))

    def pick(key: str) -> str:
        if tongue == "english":
            return HEADINGS[key][-1]
        heading = rng.choice([one for one in HEADINGS[key] if not one.isascii()])
        return heading if tongue == "greek" else _in_latin(heading)

    book.files = {
        "clients": _clients_file(rng, book, folder, pick),
        "sales": _sales_file(rng, book, folder, pick),
        "receipts": _receipts_file(rng, book, folder, pick),
        "targets": _targets_file(rng, book, folder),
    }
    return book


def _documents(rng: random.Random, book: OfficerBook, count: int) -> None:
    codes = list(book.names)
    days = sorted(
        dt.date(2024, 1, 5) + dt.timedelta(days=rng.randint(0, 907)) for _ in range(count)
    )
    for index, day in enumerate(days, start=1):
        code = rng.choice(codes)
        net = rng.randint(5_000, 2_500_000)
        vat = int((Decimal(net) * Decimal("0.24")).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        due = day + dt.timedelta(days=rng.choice((0, 30, 60, 90)))
        invoice = Sale(f"ΤΙΜ-{index:05d}", "invoice", day, due, code, net, vat)
        book.sales.append(invoice)
        if rng.random() < 0.08 and day < AS_OF - dt.timedelta(days=20):
            part = rng.randint(5, 60)
            book.sales.append(
                Sale(
                    f"ΠΙΣ-{index:05d}",
                    "credit_note",
                    day + dt.timedelta(days=rng.randint(1, 20)),
                    None,
                    code,
                    -net * part // 100,
                    -vat * part // 100,
                    invoice.number,
                )
            )
        _payments(rng, book, invoice)


def _payments(rng: random.Random, book: OfficerBook, invoice: Sale) -> None:
    fate = rng.random()
    day = invoice.day + dt.timedelta(days=rng.randint(5, 120))
    if fate < 0.25 or day > AS_OF:
        return
    parts = [invoice.gross] if fate < 0.75 else [invoice.gross // 2]
    if fate > 0.9:
        parts.append(invoice.gross - invoice.gross // 2 + rng.choice((0, 5_000)))  # overpaid
    for part in parts:
        number = f"ΕΙΣ-{len(book.receipts) + 1:05d}"
        book.receipts.append(Paid(number, day, invoice.code, part, invoice.number))
    if rng.random() < 0.05:
        number = f"ΕΙΣ-{len(book.receipts) + 1:05d}"
        book.receipts.append(Paid(number, day, invoice.code, rng.randint(1_000, 90_000), None))


def _targets(rng: random.Random, book: OfficerBook) -> None:
    for year in (2024, 2025, 2026):
        for month in range(1, 13):
            book.targets[dt.date(year, month, 1)] = rng.randint(40, 300) * 100_000


# ---- written down, with the dirt of real exports -------------------------------------------------


def _greek(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", ".") + f",{rest:02d}"
    return f"-{text}" if cents < 0 else text


def _in_latin(heading: str) -> str:
    # as in programs that know no Greek letters
    plain = "".join(sign for sign in normalize("NFD", heading.upper()) if not combining(sign))
    return plain.translate(_LATIN)


def _money(rng: random.Random, cents: int) -> Any:
    form = rng.random()
    if form < 0.85:
        return cents / 100
    if form < 0.93 or cents >= 0:
        return _greek(cents)
    return f"({_greek(-cents)})"


def _day(rng: random.Random, day: dt.date | None, *, serial: bool) -> Any:
    if day is None:
        return None
    if serial:
        return (day - dt.date(1899, 12, 30)).days
    form = rng.random()
    if form < 0.85:
        return dt.datetime.combine(day, dt.time())
    return f"{day:%d/%m/%Y}" if form < 0.95 else f"{day.day}/{day.month}/{day:%y}"


def _plain(text: str) -> str:
    return text.translate(str.maketrans("ΆΈΉΊΌΎΏ", "ΑΕΗΙΟΥΩ")).title()


def _save(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
    workbook.save(path)
    return path


def _clients_file(
    rng: random.Random, book: OfficerBook, folder: Path, pick: Callable[[str], str]
) -> Path:
    others = ["city", "office", "phone", "credit", "active", "notes"]
    rng.shuffle(others)
    keys = ["code", "name", "vat_id", *others]
    rows: list[list[Any]] = []
    if rng.random() < 0.5:
        title: list[list[Any]] = [["ΠΕΛΑΤΟΛΟΓΙΟ – εξαγωγή 30/06/2026"], [None], [None]]
        rows += title[: rng.randint(1, 3)]
    rows.append([pick(key) for key in keys])
    count = 0
    for code, name in book.names.items():
        vat, twice = vat_number(rng, zero=rng.random() < 0.25), rng.random() < 0.1
        written: Any = vat
        book.vats[code] = vat
        fate = rng.random()
        if vat.startswith("0") and fate < 0.7:
            written = int(vat)
            book.problems["vat_id_lost_leading_zero"].append(code)
        elif fate > 0.9:
            written = vat[:-1] + str((int(vat[-1]) + 1) % 10)
            book.problems["vat_id_invalid"].append(code)
            book.vats[code] = vat if twice else None
        elif fate > 0.8:
            written = f"EL {vat[:3]} {vat[3:6]} {vat[6:]}"
        values = {
            "code": code,
            "name": f"  {name.replace(' ', '  ', 1)}" if rng.random() < 0.1 else name,
            "vat_id": written,
            "city": rng.choice(CITIES),
            "office": rng.choice(CITIES).upper(),
            "phone": f"210{rng.randint(1000000, 9999999)}",
            "credit": rng.choice((0, 30, 60, 90)),
            "active": rng.choice(("ΝΑΙ", "Ναι", "Ν", "1")),
            "notes": rng.choice((None, None, "VIP", "=ΠΡΟΣΟΧΗ", "τηλ. μόνο πρωί")),
        }
        rows.append([values[key] for key in keys])
        count += 1
        if twice:
            again = {"code": code, "name": _plain(name), "vat_id": vat, "notes": "ΔΙΠΛΗ ΕΓΓΡΑΦΗ"}
            rows.append([again.get(key) for key in keys])
            book.problems["duplicate_row"].append(code)
            count += 1
    rows += [[None] * len(keys), [f"Σύνολο εγγραφών: {count}"]]
    return _save(folder / "pelates.xlsx", {"Πελατολόγιο": rows})


def _sales_file(
    rng: random.Random, book: OfficerBook, folder: Path, pick: Callable[[str], str]
) -> Path:
    keys = ["date", "type", "number", "code", "name", "due", "net", "vat", "gross", "related"]
    heads = [pick(key) for key in keys]
    if heads[4] == heads[3]:
        heads[4] = "Επωνυμία"
    words = {"invoice": "Τιμολόγιο", "credit_note": "Πιστωτικό"}
    serial, by_rate = rng.random() < 0.15, rng.random() < 0.25
    if by_rate:
        heads[keys.index("vat")] = rng.choice(("ΦΠΑ %", "Συντ. ΦΠΑ", "VAT rate"))
    sheets: dict[str, list[list[Any]]] = {}
    by_year = rng.random() < 0.5
    ordered = sorted(book.sales, key=lambda sale: (sale.day, sale.number))
    plain, places = rng.random() < 0.4, list(range(len(keys)))
    if plain:
        rng.shuffle(places)
    for year in (2024, 2025, 2026) if by_year else (None,):
        chosen = [sale for sale in ordered if year is None or sale.day.year == year]
        if not chosen:
            continue
        rows: list[list[Any]] = [
            [f"ΚΑΤΑΣΤΑΣΗ ΠΩΛΗΣΕΩΝ {year or ''}"],
            ["Ποσά σε €"],
            [None],
            ["ΠΑΡΑΣΤΑΤΙΚΟ", None, None, "ΠΕΛΑΤΗΣ", None, None, "ΑΞΙΕΣ", None, None, None],
            heads,
        ]
        if plain:
            rows = [[heads[place] for place in places]]
        month: tuple[int, int] | None = None
        total = 0
        for sale in chosen:
            here = (sale.day.year, sale.day.month)
            if month is not None and here != month:
                rows.append(_total(f"Σύνολο {month[1]:02d}/{month[0]}", total, places))
                rows.append([None])
                total = 0
            month, total = here, total + sale.net
            by_name = rng.random() < 0.05
            cells = [
                _day(rng, sale.day, serial=serial),
                words[sale.type],
                sale.number,
                None if by_name else sale.code,
                book.names[sale.code],
                _day(rng, sale.due, serial=serial),
                _money(rng, sale.net),
                24 if by_rate else _money(rng, sale.vat),
                _money(rng, sale.gross),
                sale.related,
            ]
            rows.append([cells[place] for place in places])
        whole = sum(sale.net for sale in chosen)
        rows.append(_total("ΓΕΝΙΚΟ ΣΥΝΟΛΟ", whole, places))
        sheets[f"Πωλήσεις {year}" if year else "Κινήσεις"] = rows
    return _save(folder / "poliseis.xlsx", sheets)


def _total(label: str, amount: int, places: list[int]) -> list[Any]:
    # the words stand in the first column, the sum under the net amounts
    row: list[Any] = [amount / 100 if place == 6 else None for place in places]
    row[0] = label
    return row


def _receipts_file(
    rng: random.Random, book: OfficerBook, folder: Path, pick: Callable[[str], str]
) -> Path:
    keys = ["received", "receipt", "code", "name", "pays", "amount", "method"]
    heads = [pick(key) for key in keys]
    if heads[3] == heads[2]:
        heads[3] = "Επωνυμία"
    encoding = rng.choice(("utf-8-sig", "cp1253", "utf-16", "iso8859-7", "cp737"))
    separator = "\t" if encoding == "utf-16" else rng.choice((";", ";", "\t"))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    places = list(range(len(keys)))
    if rng.random() < 0.4:
        rng.shuffle(places)
    writer.writerow([heads[place] for place in places])
    for paid in sorted(book.receipts, key=lambda one: (one.day, one.number)):
        name = book.names[paid.code].encode(encoding, "replace").decode(encoding)
        cells = [
            f"{paid.day:%d/%m/%Y}",
            paid.number,
            paid.code,
            name,
            paid.pays or "",
            _greek(paid.amount),
            rng.choice(("Τράπεζα", "Μετρητά", "Επιταγή")),
        ]
        writer.writerow([cells[place] for place in places])
    path = folder / "eispraxeis.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def _targets_file(rng: random.Random, book: OfficerBook, folder: Path) -> Path:
    years = sorted({month.year for month in book.targets})
    form = rng.choice(
        (
            "wide-thousands",
            "wide-euro",
            "long-euro",
            "long-thousands",
            "years-across",
            "a-sheet-a-year",
            "one-row",
        )
    )
    if form.startswith("wide"):
        scale = 100_000 if form == "wide-thousands" else 100
        unit = "χιλ. €" if form == "wide-thousands" else "€"
        rows: list[list[Any]] = [
            [f"ΣΤΟΧΟΙ ΠΩΛΗΣΕΩΝ ({unit}, καθαρή αξία)"],
            [None],
            ["Έτος", *MONTHS_EL, "Σύνολο"],
        ]
        for year in years:
            cells = [book.targets[dt.date(year, month, 1)] // scale for month in range(1, 13)]
            rows.append([year, *cells, sum(cells)])
    elif form.startswith("long"):
        scale = 100_000 if form == "long-thousands" else 100
        rows = [["Περίοδος", "Στόχος (χιλ. €)" if form == "long-thousands" else "Στόχος (€)"]]
        written = rng.choice(("{0:%m/%Y}", "{0:%Y-%m}", "{1} {0:%Y}"))
        rows += [
            [written.format(month, MONTHS_EL[month.month - 1]), cents // scale]
            for month, cents in book.targets.items()
        ]
    elif form == "one-row":
        rows = [["Περιγραφή", *(f"{month:%m/%Y}" for month in book.targets)]]
        rows.append(["Στόχος πωλήσεων", *(cents // 100 for cents in book.targets.values())])
    elif form == "a-sheet-a-year":
        heads: list[list[Any]] = [["ΣΤΟΧΟΙ"], ["Μήνας", "Στόχος (€)"]]
        sheets = {str(year): list(heads) for year in years}
        for first, cents in book.targets.items():
            sheets[str(first.year)].append([MONTHS_EL[first.month - 1], cents // 100])
        return _save(folder / "stoxoi.xlsx", sheets)
    else:
        rows = [["ΣΤΟΧΟΙ ΠΩΛΗΣΕΩΝ (€)"], ["Μήνας", *years]]
        for month in range(1, 13):
            cells = [book.targets[dt.date(year, month, 1)] // 100 for year in years]
            rows.append([MONTHS_EL[month - 1], *cells])
    return _save(folder / "stoxoi.xlsx", {"Στόχοι": rows})


# ---- what a correct book must show ---------------------------------------------------------------


def expected(book: OfficerBook) -> dict[str, Any]:
    """Return the figures by their definitions in words, in the form of ``expected.json``."""
    by_number = {sale.number: sale for sale in book.sales}
    rest = {sale.number: sale.gross for sale in book.sales if sale.type == "invoice"}
    for sale in book.sales:
        if sale.related:
            rest[sale.related] += sale.gross
    for paid in book.receipts:
        if paid.pays:
            rest[paid.pays] -= paid.amount
    still_open = {number: amount for number, amount in rest.items() if amount > 0}
    total = sum(still_open.values())
    balance = sum(sale.gross for sale in book.sales) - sum(paid.amount for paid in book.receipts)
    ages = dict.fromkeys(("not_due", "1_30", "31_60", "61_90", "over_90"), 0)
    overdue: dict[str, int] = {}
    for number, amount in still_open.items():
        sale = by_number[number]
        assert sale.due is not None
        late = (AS_OF - sale.due).days
        bucket = next(key for key, most in AGES if late <= most)
        ages[bucket] += amount
        if late > 0:
            overdue[sale.code] = overdue.get(sale.code, 0) + amount
    recent = sum(sale.gross for sale in book.sales if 0 <= (AS_OF - sale.day).days < 90)
    days = Decimal(90 * total) / Decimal(recent)
    return {
        "counts": {
            "clients": len(book.names),
            "invoices": sum(sale.type == "invoice" for sale in book.sales),
            "credit_notes": sum(sale.type == "credit_note" for sale in book.sales),
            "receipts": len(book.receipts),
        },
        "sales": {
            "net": cents(sum(sale.net for sale in book.sales)),
            "by_month": _by_month(book),
        },
        "receivables": {
            "open_invoices": len(still_open),
            "open": cents(total),
            "unapplied": cents(total - balance),
            "balance": cents(balance),
            "ageing": {key: cents(value) for key, value in ages.items()},
            "dso_simple_90": str(days.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)),
        },
        "by_client": sorted(
            (_by_client(book, code, overdue.get(code, 0)) for code in book.names),
            key=lambda one: one["code"],
        ),
    }


def _by_month(book: OfficerBook) -> list[dict[str, Any]]:
    net: dict[dt.date, int] = {}
    for sale in book.sales:
        month = sale.day.replace(day=1)
        net[month] = net.get(month, 0) + sale.net
    month = min([*net, *book.targets])
    found = []
    while month <= AS_OF:
        target = book.targets.get(month)
        ratio = Decimal(net.get(month, 0)) / target if target else None
        found.append(
            {
                "month": f"{month:%Y-%m}",
                "net": cents(net.get(month, 0)),
                "target": None if target is None else cents(target),
                "attainment": None
                if ratio is None
                else str(ratio.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)),
            }
        )
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return found


def _by_client(book: OfficerBook, code: str, overdue: int) -> dict[str, Any]:
    sales = [sale for sale in book.sales if sale.code == code]
    invoices = [sale.day for sale in sales if sale.type == "invoice"]
    ages = [((AS_OF - sale.day).days, sale.net) for sale in sales]
    paid = sum(one.amount for one in book.receipts if one.code == code)
    return {
        "code": code,
        "name": book.names[code],
        "vat_id": book.vats[code],
        "net": cents(sum(sale.net for sale in sales)),
        "last_365": cents(sum(net for age, net in ages if age < 365)),
        "previous_365": cents(sum(net for age, net in ages if 365 <= age < 730)),
        "last_invoice": max(invoices).isoformat() if invoices else None,
        "balance": cents(sum(sale.gross for sale in sales) - paid),
        "overdue": cents(overdue),
    }


def cents(amount: int) -> str:
    """Return an amount as the command line prints it."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def shown(figures: Any) -> dict[str, Any]:
    """Return the program's figures in the form of ``expected.json``."""

    def ratio(value: Any, places: str = "0.0001") -> str | None:
        if value is None:
            return None
        return str(Decimal(value).quantize(Decimal(places), rounding=ROUND_HALF_UP))

    owed = figures.receivables
    return {
        "as_of": figures.as_of.isoformat(),
        "currency": figures.currency,
        "counts": {
            key: getattr(figures, key)
            for key in ("clients", "invoices", "credit_notes", "receipts", "unapplied_receipts")
        },
        "sales": {
            "net": cents(figures.net_minor),
            "by_month": [
                {
                    "month": f"{one.month:%Y-%m}",
                    "net": cents(one.net_minor),
                    "target": None if one.target_minor is None else cents(one.target_minor),
                    "attainment": None
                    if not one.target_minor
                    else ratio(Decimal(one.net_minor) / one.target_minor),
                }
                for one in figures.by_month
            ],
        },
        "receivables": {
            "open_invoices": owed.open_invoices,
            "open": cents(owed.open_minor),
            "unapplied": cents(owed.unapplied_minor),
            "balance": cents(owed.balance_minor),
            "ageing": {bucket.value: cents(amount) for bucket, amount in owed.ageing.items()},
            "dso_simple_90": ratio(owed.dso_simple_90, "0.01"),
        },
        "by_client": sorted(
            (
                {
                    "code": one.code,
                    "name": one.name,
                    "vat_id": one.vat_id,
                    "net": cents(one.net_minor),
                    "last_365": cents(one.last_365_minor),
                    "previous_365": cents(one.previous_365_minor),
                    "last_invoice": one.last_invoice_on.isoformat()
                    if one.last_invoice_on
                    else None,
                    "balance": cents(one.balance_minor),
                    "overdue": cents(one.overdue_minor),
                }
                for one in figures.by_client
            ),
            key=lambda one: str(one["code"]),
        ),
    }


def _key(item: dict[str, Any]) -> str:
    return str(item.get("month", item.get("code")))


def differences(wanted: Any, found: Any, where: str = "") -> list[str]:
    """Return where ``found`` lacks or contradicts a key of ``wanted``."""
    if isinstance(wanted, dict):
        return [
            line
            for key in wanted
            for line in (
                differences(wanted[key], found[key], f"{where}.{key}")
                if key in found
                else [f"{where}.{key} is missing"]
            )
        ]
    if isinstance(wanted, list):
        # lists are compared by month or code
        wanted, found = (sorted(one, key=_key) for one in (wanted, found))
        if len(wanted) != len(found):
            return [f"{where}: {len(wanted)} expected, {len(found)} found"]
        return [
            line
            for index, (one, other) in enumerate(zip(wanted, found, strict=True))
            for line in differences(one, other, f"{where}[{index}]")
        ]
    return [] if wanted == found else [f"{where}: {wanted!r} expected, {found!r} found"]
