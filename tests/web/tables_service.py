"""What the tests of uploaded tables and catalogues share, on top of people_service.py."""

import io
import random
import re
import zipfile
from xml.sax.saxutils import escape

from people_service import PeopleTest

HOSPITALS = ["code", "name", "region", "kind", "duty", "level", "group_lead", "expires", "buys_through"]
PRODUCTS = ["code", "national_code", "name", "spec", "form", "pack_units", "supplier", "price", "kind"]


def csv(titles, *rows):
    return ("\n".join(",".join(row) for row in [titles, *rows]) + "\n").encode()


def letters(column):
    return chr(65 + column)


def xlsx(titles, *rows):
    """A workbook as small as it can be; a cell that begins with '<' is XML, {} in it the reference."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    def cell(column, row, text):
        if text == "":
            return ""
        if text.startswith("<"):
            return text.format(f"{letters(column)}{row}")
        return f'<c r="{letters(column)}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    lines = "".join(f'<row r="{number}">' + "".join(cell(i, number, text) for i, text in enumerate(row)) + "</row>"
                    for number, row in enumerate([titles, *rows], 1))
    related = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
               'Type="' + relation + '{}" Target="{}"/></Relationships>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", related.format("officeDocument", "xl/workbook.xml"))
        book.writestr("xl/_rels/workbook.xml.rels", related.format("worksheet", "worksheets/sheet1.xml"))
        book.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="t" sheetId="1" r:id="a"/></sheets></workbook>')
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{lines}</sheetData></worksheet>")
    return out.getvalue()


def cells_of(workbook):
    """The first sheet of a workbook we made, as rows of text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        texts = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = book.read("xl/sharedStrings.xml").decode()
            texts = ["".join(re.findall(r"<t[^>]*>([^<]*)</t>", one)) for one in re.findall(r"<si>(.*?)</si>", shared, re.S)]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    rows = []
    for row in re.findall(r"<row [^>]*?(?:/>|>(.*?)</row>)", sheet, re.S):
        found = {}
        for place, kind, inner in re.findall(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', row, re.S):
            value = re.search(r"<v>(.*?)</v>", inner)
            text = value.group(1) if value else "".join(re.findall(r"<t[^>]*>([^<]*)</t>", inner))
            found[ord(place[-1]) - 65] = texts[int(text)] if 't="s"' in kind else text
        rows.append([found.get(i, "") for i in range(max(found, default=-1) + 1)])
    return rows


class TablesTest(PeopleTest):
    def new_code(self, letter="H", region="230100"):
        return f"{letter}{region}{random.randrange(10 ** 5):05d}"

    def hospital_row(self, code=None, **members):
        row = {"code": code or self.new_code(), "name": "测试医院", "region": "230100", "kind": "public", "duty": "must"}
        row.update(members)
        return [row.get(name, "") for name in HOSPITALS]

    def product_code(self, firm="05816"):
        return f"XA06ADF{random.randrange(1000):03d}P001{random.randrange(10 ** 4):04d}{firm}"

    def upload(self, table, data, role="system_administrator", name="表.csv", client=None, **query):
        return self.call("POST", f"/api/tables/{table}/imports", data, role=role, client=client,
                         query={"file_name": name, **query}, headers={"Content-Type": "application/octet-stream"})

    def uploaded(self, table, data, **named):
        answer = self.upload(table, data, **named)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def accept(self, import_id, role="system_administrator", **named):
        return self.call("POST", f"/api/imports/{import_id}/acceptance", role=role, **named)

    def taken_over(self, table, data, **named):
        made = self.uploaded(table, data, **named)
        self.assertEqual(made["state"], "ready", made)
        answer = self.accept(made["id"])
        self.assertEqual(answer.status, 200, answer)
        return answer.json
