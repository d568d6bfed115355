#!/usr/bin/env python3
"""Excel reports of 10,000 lines, bombs and large files through the real program.

    python3 bench/sheet/run.py build/release/cli/jicai [RUNS]

Wall time and peak memory of whole processes; medians. Python 3 standard library only.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

TITLES = ["定点医药机构代码", "品种编号", "规格", "厂牌", "报量（最小单位）", "原因", "说明"]
WRONG = [(0, "1.23457E+13"), (0, "H2301"), (0, "'H23010000001"), (0, "Ｈ23010000001"), (2, "1月2日"), (4, "1200.0"),
         (4, "1,200"), (4, "-5"), (4, "约100"), (4, ""), (5, "随便"), (4, "12\u00a000")]
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def workbook(path, rows_xml, texts):
    related = lambda inner: ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                             + inner + "</Relationships>")
    one = lambda name, kind, target: f'<Relationship Id="{name}" Type="{RELATION}{kind}" Target="{target}"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", related(one("a", "officeDocument", "xl/workbook.xml")))
        book.writestr("xl/_rels/workbook.xml.rels", related(one("a", "worksheet", "worksheets/sheet1.xml")
                                                            + one("b", "sharedStrings", "sharedStrings.xml")))
        book.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="报量表" sheetId="1" r:id="a"/></sheets></workbook>')
        book.writestr("xl/sharedStrings.xml", "<sst>" + "".join(f"<si><t>{escape(text)}</t></si>" for text in texts) + "</sst>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for piece in rows_xml:
                sheet.write(piece.encode())
            sheet.write(b"</sheetData></worksheet>")


def report(path, lines, wrong_in):
    """Lines of hospitals; every `wrong_in`-th has one of twelve faults."""
    texts, index = [], {}

    def cell(column, row, text):
        if text == "":
            return ""
        if text not in index:
            index[text] = len(texts)
            texts.append(text)
        return f'<c r="{"ABCDEFG"[column]}{row}" t="s"><v>{index[text]}</v></c>'

    rows = ["<row r=\"1\">" + "".join(cell(i, 1, title) for i, title in enumerate(TITLES)) + "</row>"]
    for i in range(lines):
        cells = [f"H2301{i // 60:07d}", str(i % 60 + 1), "10mg", f"第{i % 7}厂", str(1000 + i), "患者减少", ""]
        if wrong_in and i % wrong_in == 0:
            column, text = WRONG[(i // wrong_in) % len(WRONG)]
            cells[column] = text
        rows.append(f'<row r="{i + 2}">' + "".join(cell(k, i + 2, text) for k, text in enumerate(cells)) + "</row>")
    workbook(path, rows, texts)
    return -(-lines // wrong_in) if wrong_in else 0


# A small process of its own in between: the kernel counts what the process that starts another held.
LAUNCHER = """
import os, subprocess, sys, time
begin = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
out = process.stdout.read()
_, status, usage = os.wait4(process.pid, 0)
sys.stdout.buffer.write(b"%f %d %d\\n" % (time.monotonic() - begin, usage.ru_maxrss // 1024, os.waitstatus_to_exitcode(status)))
sys.stdout.buffer.write(out)
"""


def measured(command):
    done = subprocess.run([sys.executable, "-c", LAUNCHER, *map(str, command)], capture_output=True, check=True)
    head, out = done.stdout.split(b"\n", 1)
    seconds, peak, code = head.split()
    return float(seconds), int(peak), int(code), out


def main():
    binary, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory(prefix="jicai-bench-") as folder:
        folder = Path(folder)
        cases = []
        for name, lines, wrong_in in (("10,000 lines, no fault", 10_000, 0), ("10,000 lines, 834 faults of 12 kinds", 10_000, 12),
                                      ("10,000 lines, a fault in each", 10_000, 1), ("100,000 lines, no fault", 100_000, 0)):
            path = folder / f"{lines}-{wrong_in}.xlsx"
            cases.append((name, path, report(path, lines, wrong_in), ["--errors", folder / "errors.xlsx"] if wrong_in else []))
        bomb = folder / "bomb.xlsx"
        workbook(bomb, (" " * (1 << 20) for _ in range(2000)), [])
        cases.append((f"bomb: 2 GB in {bomb.stat().st_size >> 20} MB", bomb, 1, []))
        texts = folder / "texts.xlsx"
        workbook(texts, [], (f"{i:0400d}" for i in range(500_000)))
        cases.append((f"bomb: 200 MB of shared texts in {texts.stat().st_size >> 20} MB", texts, 1, []))
        large = folder / "large.csv"
        with open(large, "wb") as file:
            file.write(b"\x00" * (200 << 20))
        cases.append(("200 MB file", large, None, []))
        print("| file | wall | peak memory | faults |\n| --- | --- | --- | --- |")
        for name, path, faults, options in cases:
            times, peaks = [], []
            for _ in range(runs):
                seconds, peak, code, out = measured([binary, "sheet", "check", path, "--table", "volume-report", "--json", *options])
                times.append(seconds)
                peaks.append(peak)
            found = len(json.loads(out)["faults"])
            assert code == (0 if faults == 0 else 2), (name, code, out[:300])
            assert faults is None or found == faults, (name, found, faults, out[:300])
            print(f"| {name} | {statistics.median(times):.3f} s (min {min(times):.3f}) | {max(peaks):.0f} MB | {found} |", flush=True)


if __name__ == "__main__":
    main()
