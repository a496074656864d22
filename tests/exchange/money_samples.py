"""Invented files of banks and e-invoices, as small as they can be and still be whole."""

from __future__ import annotations

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Id>ST-1</Id><Acct><Id><IBAN>GR1601101250000000012300695</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">2210.50</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-03</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">1240.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><DtTm>2026-03-03T00:00:00</DtTm></ValDt>
<AcctSvcrRef>REF-1</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs><Amt Ccy="EUR">1000.50</Amt>
<CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Nm>Ελαιώνες Νότου ΑΕ</Nm></Dbtr>
<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct><Cdtr><Nm>Εμείς</Nm></Cdtr>
</RltdPties><RmtInf><Ustrd>εξόφληση ΤΙΜ-7</Ustrd></RmtInf></TxDtls>
<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">240.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><UltmtDbtr><Nm>Άλλος</Nm></UltmtDbtr></RltdPties><RmtInf><Strd><CdtrRefInf>
<Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-03-03</Dt></BookgDt><AddtlNtryInf>Έξοδα</AddtlNtryInf></Ntry>
<Ntry><Amt Ccy="EUR">99.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>
<BookgDt><Dt>2026-03-03</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""

MT940 = """{1:F01AAAAGRAAXXXX0000000000}{2:O940AAAAGRAAXXXXN}{4:
:20:STMT1
:25:GR1601101250000000012300695
:28C:3/1
:60F:C260302EUR1000,00
:61:2603020303C250,00NTRFNONREF//B1
:86:166?00CREDIT?20EREF+E2E-9?21SVWZ+invoice TIM-9?31DE89370400440532013000?32NOTOS
:61:260303RC40,00NRTI//B2
:86:returned
:62F:C260303EUR1210,00
-}
"""

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:ID>094014201|03/03/2026|0|5.1|ΠΙΣ|12</b:ID><b:IssueDate>2026-03-03</b:IssueDate>
<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
<a:BillingReference><a:InvoiceDocumentReference><b:ID>ΤΙΜ-7</b:ID></a:InvoiceDocumentReference>
</a:BillingReference>
<a:AccountingSupplierParty><a:Party><a:PartyTaxScheme><b:CompanyID>EL094014201</b:CompanyID>
<a:TaxScheme><b:ID>VAT</b:ID></a:TaxScheme></a:PartyTaxScheme></a:Party></a:AccountingSupplierParty>
<a:AccountingCustomerParty><a:Party><a:PartyTaxScheme><b:CompanyID>EL090000045</b:CompanyID>
<a:TaxScheme><b:ID>VAT</b:ID></a:TaxScheme></a:PartyTaxScheme><a:PartyLegalEntity>
<b:RegistrationName>Ελαιώνες Νότου ΑΕ</b:RegistrationName></a:PartyLegalEntity></a:Party>
</a:AccountingCustomerParty>
<a:TaxTotal><b:TaxAmount currencyID="EUR">24.00</b:TaxAmount></a:TaxTotal>
<a:LegalMonetaryTotal><b:TaxExclusiveAmount currencyID="EUR">100.00</b:TaxExclusiveAmount>
<b:TaxInclusiveAmount currencyID="EUR">124.00</b:TaxInclusiveAmount>
<b:PayableAmount currencyID="EUR">124.00</b:PayableAmount></a:LegalMonetaryTotal>
<a:CreditNoteLine><b:CreditedQuantity>2</b:CreditedQuantity>
<b:LineExtensionAmount currencyID="EUR">100.00</b:LineExtensionAmount>
<a:Item><b:Name>Λάδι</b:Name></a:Item></a:CreditNoteLine>
</CreditNote>
"""


def mydata(*invoices: str) -> str:
    """Return a file of AADE with these invoices in it."""
    inside = "".join(f"<invoice>{one}</invoice>" for one in invoices)
    return f'<InvoicesDoc xmlns="http://www.aade.gr/myDATA/invoice/v1.0">{inside}</InvoicesDoc>'


def mydata_invoice(
    *,
    mark: str = "400001",
    aa: str = "7",
    kind: str = "1.1",
    buyer: str = "090000045",
    net: str = "100.00",
    names: str = "",
) -> str:
    """Return one invoice of AADE, VAT at 24 %."""
    vat = f"{float(net) * 0.24:.2f}"
    gross = f"{float(net) * 1.24:.2f}"
    return (
        f"<uid>U{mark}</uid><mark>{mark}</mark>"
        "<issuer><vatNumber>094014201</vatNumber><country>GR</country></issuer>"
        f"<counterpart><vatNumber>{buyer}</vatNumber><country>GR</country>"
        "<name>Ελαιώνες Νότου ΑΕ</name></counterpart>"
        f"<invoiceHeader><series>ΤΙΜ</series><aa>{aa}</aa><issueDate>2026-03-02</issueDate>"
        f"<invoiceType>{kind}</invoiceType><currency>EUR</currency>{names}</invoiceHeader>"
        f"<invoiceDetails><lineNumber>1</lineNumber><netValue>{net}</netValue></invoiceDetails>"
        f"<invoiceSummary><totalNetValue>{net}</totalNetValue>"
        f"<totalVatAmount>{vat}</totalVatAmount><totalGrossValue>{gross}</totalGrossValue>"
        "</invoiceSummary>"
    )
