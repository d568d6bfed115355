"""What the tests of round pages share, on top of harness.py.

    from rounds_service import RoundsTest, ROUND
"""

import csv
import io
import json
import os
import re
import subprocess
import time
import zipfile
from decimal import Context, Decimal
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from harness import BINARY, RouteTest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = ROOT / "tests" / "data" / "rounds"
ROUND, EARLIER = "GY-YD2019-2", "GY-YD2019-1"
AT_WORK = ["YS-2026-1", "YS-2026-2"]  # the demo's rounds in volume reporting and notice; participants see them
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(data):
    """The cells of a workbook's only sheet as text, numbers by the digits that are stored."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")):
                shared.append("".join(part.text or "" for part in item.iter(SHEET + "t")))
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        if sheet.find(f".//{SHEET}f") is not None:
            raise AssertionError("a cell is a formula")
        frozen = sheet.find(f".//{SHEET}pane")
        assert frozen is not None and frozen.get("ySplit") == "1", "the heading is not frozen"
        assert sheet.find(f"{SHEET}autoFilter") is not None, "no filter"
    rows = []
    for row in sheet.iter(SHEET + "row"):
        cells = {}
        for cell in row:
            letters = re.match(r"[A-Z]+", cell.get("r"))[0]
            index = 0
            for letter in letters:
                index = index * 26 + ord(letter) - 64
            value = cell.find(SHEET + "v")
            if value is None:
                continue
            cells[index - 1] = shared[int(value.text)] if cell.get("t") == "s" else Number(value.text)
        rows.append(cells)
    return rows


def plain_environment():
    kept = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS")
    return {name: os.environ[name] for name in kept if name in os.environ}


class Number(str):
    """A cell that is stored as a number."""


class RoundsTest(RouteTest):
    _awards = {}

    @property
    def service(self):
        return self.world.service

    def sql(self, statement):
        """Something the product itself never does to its database."""
        socket = next(path for path in self.service.data.rglob("s") if path.is_socket())
        done = subprocess.run(["mariadb", "--no-defaults", "--socket", os.path.relpath(socket), "-N", "-B", "jicai"],
                              input=statement.encode(), capture_output=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def award(self, round_id):
        """The folder `jicai award` writes for the same round."""
        if round_id not in self._awards:
            out = self.service.folder / f"award-{round_id}"
            subprocess.run([str(BINARY), "award", str(ROUNDS / round_id), "--out", str(out)], check=True, capture_output=True,
                           env=plain_environment(), timeout=120)
            self._awards[round_id] = out
        return self._awards[round_id]

    def get(self, path, role="public", expect=200, lang="zh", **query):
        answer = self.call("GET", path, role=role or "public", query={**query, "lang": lang})
        self.assertEqual(answer.status, expect, f"{path} {query} as {role}: {answer!r}")
        return answer

    def denied(self, path, key, status, role="public", **query):
        problem = self.get(path, role, status, **query)
        self.assertIn("application/problem+json", problem.headers["Content-Type"])
        self.assertEqual(problem.json["key"], key)
        self.assertTrue(problem.json["text"] and problem.json["next"])

    def whole(self, path, role=None, **query):
        """All rows of a list, page by page, and its first answer."""
        first = self.get(path, role, size=100, **query).json
        rows, page = list(first["rows"]), 1
        while len(rows) < first["total"]:
            page += 1
            rows += self.get(path, role, size=100, page=page, **query).json["rows"]
        self.assertEqual(len(rows), first["total"])
        return rows, first

    def exports_match(self, path, role=None, **query):
        """The three files hold exactly the columns, titles and rows of the filtered JSON list."""
        rows, first = self.whole(path, role, **query)
        names = [column["name"] for column in first["columns"]]
        titles = [column["title"] for column in first["columns"]]
        kinds = [column["kind"] for column in first["columns"]]
        wanted = [["" if row[name] is None else str(row[name]) for name in names] for row in rows]

        for form, encoding in (("csv", "utf-8-sig"), ("csv-gb18030", "gb18030")):
            answer = self.get(path, role, format=form, **query)
            if form == "csv":
                self.assertTrue(answer.body.startswith(b"\xef\xbb\xbf"))
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            text = answer.body.decode(encoding)
            table = list(csv.reader(io.StringIO(text, newline="")))
            self.assertEqual(table[0], titles)
            plain = [[cell[1:] if cell[:1] == "'" else cell for cell in row] for row in table[1:]]
            self.assertEqual(plain, wanted)

        answer = self.get(path, role, format="xlsx", **query)
        self.assertIn("spreadsheetml.sheet", answer.headers["Content-Type"])
        self.assertIn("filename*=UTF-8''", answer.headers["Content-Disposition"])
        sheet = sheet_rows(answer.body)
        self.assertEqual([sheet[0][i] for i in range(len(titles))], titles)
        self.assertEqual(len(sheet) - 1, len(wanted))
        for cells, row in zip(sheet[1:], wanted):
            for index, text in enumerate(row):
                cell = cells.get(index, "")
                if isinstance(cell, Number):
                    self.assertNotEqual(kinds[index], "text", f"{names[index]}: {text} became a number")
                    # The nearest binary number, of which a spreadsheet shows fifteen digits.
                    self.assertEqual(Context(prec=15).create_decimal(cell), Decimal(text), names[index])
                else:
                    self.assertEqual(cell, text, names[index])
                    self.assertTrue(kinds[index] == "text" or not re.fullmatch(r"-?[0-9.]{1,15}", text),
                                    f"{names[index]}: {text} is no number in the sheet")
        return rows

    def award_rows(self, name, round_id=ROUND):
        return list(csv.DictReader(io.StringIO((self.award(round_id) / name).read_text(encoding="utf-8"))))

    def certificate(self, round_id=ROUND):
        return json.loads((self.award(round_id) / "certificate.json").read_text(encoding="utf-8"))

    def at_stage(self, stage, round_id=ROUND):
        """Puts the round to a stage until the end of the test; the service sees it within a second or so."""
        before = self.sql(f"SELECT stage FROM rounds WHERE id = '{round_id}'").strip()
        numbers = ["draft", "notice", "volume_reporting", "volume_confirmation", "bidding", "opening", "region_picking",
                   "publicity", "award_final", "agreements", "execution", "closed", "cancelled"]

        def put(number):
            self.sql(f"UPDATE rounds SET stage = {number}, version = version + 1 WHERE id = '{round_id}'")
            self.forget()

        put(numbers.index(stage))
        self.addCleanup(put, before)

    def forget(self):
        """Waits until the service has asked the database again."""
        time.sleep(1.1)

    def file_name(self, answer):
        return unquote(re.search(r"filename\*=UTF-8''([^;]+)", answer.headers["Content-Disposition"])[1])
