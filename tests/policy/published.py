"""Makes small files in the layouts in which CMS publishes its quarterly tables; all values are made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

PAIRS_HEADING = (
    "CPT only copyright 2025 American Medical Association.  All rights reserved.\t\t\t\t\t\t\n"
    "Column1/Column2 Edits\t\t\t\t\t\t\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n"
    "\t\t\t\t*=no data\t1=allowed\t\n"
    "\t\t\t\t\t9=not applicable\t\n"
)
PAIRS = (
    ("0001A", "0591T", "", "20210101", "*", "1", "Misuse of column two code with column one code"),
    ("22551", "95940", "", "20130101", "*", "0", "Standards of medical/surgical practice"),
    ("95861", "95870", "", "20120101", "*", "0", "More extensive procedure"),
    ("95861", "95907", "", "20130101", "20251231", "0", "Standards of medical/surgical practice"),
    ("95938", "95925", "*", "19960101", "*", "0", "HCPCS/CPT procedure code definition"),
    ("95955", "G0453", "", "20130101", "20130101", "9", "Standards of medical/surgical practice"),
)
MUE_HEADING = (
    '"CPT codes, descriptions and material only are copyright 2025 AMA. All Rights Reserved.",,,\n'
    '"The MUE file, effective 01-01-2026",,,\n'
    '"HCPCS/\nCPT Code",{setting} MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
)
MUES = (
    ("0001A", "1", "2 Date of Service Edit: Policy", "Code Descriptor / CPT Instruction"),
    ("95940", "24", "3 Date of Service Edit: Clinical", "Clinical: Data"),
    ("G0453", "40", "3 Date of Service Edit: Clinical", "Clinical: CMS Workgroup"),
    ("95941", "0", "3 Date of Service Edit: Clinical", "CMS Policy"),
)
ADDONS = (
    (
        "AOC_Edit_Type",
        "Add-On_Code",
        "AOC_DelDT",
        "Primary_Code",
        "Primary_Code_DelDT",
        "AOC_Edit_EffDT",
        "AOC_Edit_DelDT",
        "Notes",
    ),
    ("1", "95940", "", "95938", "", "2013001", "", ""),
    ("1", "G0453", "", "92653", "", "2026001", "", ""),
    ("1", "G0453", "", "95925", "", "2013001", "2025365", ""),
    ("1", "95941", "", "95870", "2026090", "2013001", "", ""),
    ("2", "95962", "", "CCCCC", "", "2013001", "", "Contractor Defined Primary Codes"),
    ("1", "99292", "", "99291", "", "2013001", "", ""),
)
RVU_STACK = tuple(
    tuple(line.split(","))
    for line in (
        ",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,NON-FACILITY,FACILITY,MP",
        ",,,,FOR,,,NON-FAC,,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,PE USED FOR OPPS,PE USED FOR OPPS,USED FOR OPPS",
        ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,"
        "ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT",
        "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,"
        "SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT",
    )
)
RVU_TITLES = (
    "2026 National Physician Fee Schedule Relative Value File January Release",
    "CPT codes and descriptions only are copyright 2025 American Medical Association. The status code and PCTC apply.",
    "RELEASED 12/29/2025",
)


def fee(
    code: str, mod: str = "", status: str = "A", pctc: str = "1", supervision: str = "09", work: str = "1.00"
) -> tuple[str, ...]:
    """One row of the fee schedule file."""
    return (
        code,
        mod,
        "OUR WORDS",
        status,
        "",
        work,
        "9.99",
        "NA",
        "0.50",
        "",
        "0.05",
        "0.00",
        "1.55",
        pctc,
        "XXX",
        "0.00",
        "0.00",
        "0.00",
        "0",
        "2",
        "0",
        "0",
        "0",
        "",
        "33.4009",
        supervision,
        "0",
        "99",
        "0.00",
        "0.00",
        "0.00",
    )


FEES = (
    fee("00100"),
    fee("95938"),
    fee("95938", "26"),
    fee("95940", pctc="0", supervision="03", work="0.60"),
    fee("95941", status="I"),
)


def pairs_text(rows: Sequence[Sequence[str]] = PAIRS) -> str:
    return PAIRS_HEADING + "".join("\t".join(row) + "\n" for row in rows)


def mue_text(setting: str = "Practitioner Services", rows: Sequence[Sequence[str]] = MUES) -> str:
    return MUE_HEADING.format(setting=setting) + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def fee_text(rows: Sequence[Sequence[str]] = FEES) -> str:
    titles = [f',,"{title}"' + "," * 28 for title in RVU_TITLES]
    return "".join(line + "\n" for line in (*titles, *(",".join(row) for row in (*RVU_STACK, *rows))))


def addon_rows(rows: Sequence[Sequence[str]] = ADDONS) -> list[Sequence[str]]:
    return [("National Correct Coding Initiative Add-on Code Edits",), *rows]


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """An XLSX file with shared strings for text and plain values for whole numbers, as spreadsheet programs write it."""
    strings: dict[str, int] = {}
    lines = []
    for y, row in enumerate(rows, 1):
        cells = []
        for x, value in enumerate(row):
            at = f"{chr(ord('A') + x)}{y}"
            if value == "":
                continue
            if value.isdigit() and not value.startswith("0"):
                cells.append(f'<c r="{at}"><v>{value}</v></c>')
            else:
                cells.append(f'<c r="{at}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>')
        lines.append(f'<row r="{y}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{items}</sst>")
    return stream.getvalue()
