#!/usr/bin/env python3
"""jicai sheet: the real binary; templates, faults, an error workbook mended and sent again."""

import io
import re
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import BAD_INPUT, DONE, SECOND, USAGE, CliTest, jicai, main  # noqa: E402

TITLES = "定点医药机构代码,品种编号,规格,厂牌,报量（最小单位）,原因,说明\n"


class Sheet(CliTest):
    def report(self, *lines, encoding="utf-8"):
        path = self.work / "报量.csv"
        path.write_bytes((TITLES + "".join(line + "\n" for line in lines)).encode(encoding))
        return path

    def test_sound(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            path = self.report("H23010000001,1,10mg,甲厂,1200,患者减少,", encoding=encoding)
            run = self.ends(jicai("sheet", "check", path, "--table", "volume-report"), DONE)
            self.assertIn("1 行，没有错误", run.out)

    def test_says_when_lots_were_not_checked(self):
        path = self.report("H23010000001,99,10mg,甲厂,1200,患者减少,")
        check = ("sheet", "check", path, "--table", "volume-report")
        self.assertIn("未用 --round 指定轮次文件夹", self.ends(jicai(*check), DONE).out)
        self.assertIs(self.json_of(jicai(*check, "--json"))["lots_checked"], False)
        run = self.ends(jicai(*check, "--round", SECOND), BAD_INPUT)
        self.assertNotIn("--round", run.out)
        self.assertIs(self.json_of(jicai(*check, "--round", SECOND, "--json"))["lots_checked"], True)

    def test_faults_by_cell(self):
        path = self.report("H23010000001,1,10mg,,1200.0,,", "H2301,1,1月2日,,5,随便,")
        run = self.ends(jicai("sheet", "check", path, "--table", "volume-report", "--json"), BAD_INPUT)
        document = self.json_of(run)
        self.assertEqual([(fault["cell"], fault["key"]) for fault in document["faults"]],
                         [("E2", "fault.number_trailing_point"), ("A3", "fault.code_form"),
                          ("C3", "fault.cell_became_date"), ("F3", "fault.choice_unknown")])
        text = self.ends(jicai("sheet", "check", path, "--table", "volume-report"), BAD_INPUT).out
        for word in ("E2", "A3", "H2301", "临床路径"):
            self.assertIn(word, text)

    def test_error_workbook_is_mended_and_sent_again(self):
        path = self.report("H23010000001,1,10mg,,1200.0,,", "H23010000002,1,10mg,,5,,")
        out = self.work / "错误.xlsx"
        run = self.ends(jicai("sheet", "check", path, "--table", "volume-report", "--errors", out), BAD_INPUT)
        self.assertIn("错误.xlsx", run.out)
        self.assertEqual(self.ends(jicai("sheet", "check", out, "--table", "volume-report"), BAD_INPUT).out.count("E2"), 1)
        mended = self.work / "mended.xlsx"
        with zipfile.ZipFile(out) as old, zipfile.ZipFile(mended, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name == "xl/sharedStrings.xml":
                    self.assertIn(b">1200.0<", data)
                    data = data.replace(b">1200.0<", b">1200<")
                new.writestr(name, data)
        self.ends(jicai("sheet", "check", mended, "--table", "volume-report"), DONE)

    def test_error_workbook_marks_the_cell_and_offers_the_list(self):
        out = self.work / "e.xlsx"
        jicai("sheet", "check", self.report("H23010000001,1,10mg,,1,随便,"), "--table", "volume-report", "--errors", out)
        with zipfile.ZipFile(out) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            self.assertIn("下拉列表", sheet)
            styles = dict(re.findall(r'<c r="([A-Z]+2)" s="(\d+)"', sheet))
            self.assertNotEqual(styles["F2"], styles["A2"])
            self.assertIn("不在可选项中", book.read("xl/sharedStrings.xml").decode())

    def test_the_round_s_own_lots(self):
        sound = self.report("H23010000001,1,0.25g,,1200,,")
        self.ends(jicai("sheet", "check", sound, "--table", "volume-report", "--round", SECOND), DONE)
        wrong = self.report("H23010000001,99,0.25g,,1200,,", "H23010000001,1,0.26g,,1200,,")
        run = self.ends(jicai("sheet", "check", wrong, "--table", "volume-report", "--round", SECOND, "--json"), BAD_INPUT)
        self.assertEqual([(f["cell"], f["key"]) for f in self.json_of(run)["faults"]],
                         [("B2", "fault.value_not_allowed"), ("C3", "fault.value_not_allowed")])
        out = self.work / "t.xlsx"
        self.ends(jicai("sheet", "template", "volume-report", "--out", out, "--round", SECOND), DONE)
        with zipfile.ZipFile(out) as book:
            self.assertIn(">0.25g<", book.read("xl/sharedStrings.xml").decode())

    def test_templates(self):
        for table in ("organisations", "products", "hospitals", "history", "volume-report", "holidays"):
            out = self.work / f"{table}.xlsx"
            self.ends(jicai("sheet", "template", table, "--out", out), DONE)
            run = self.ends(jicai("sheet", "check", out, "--table", table, "--json"), BAD_INPUT)
            self.assertEqual([fault["key"] for fault in self.json_of(run)["faults"]], ["fault.rows_missing"])
        self.assertIn("报量表", self.ends(jicai("sheet", "tables"), DONE).out)

    def test_old_workbooks(self):
        old = self.work / "old.xls"
        old.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000))
        self.assertIn(".xlsx", self.ends(jicai("sheet", "check", old, "--table", "history"), BAD_INPUT).out)

    def test_nothing_is_overwritten_by_mistake(self):
        path = self.report("H2301,1,10mg,,1,,")
        before = path.read_bytes()
        run = self.ends(jicai("sheet", "check", path, "--table", "volume-report", "--errors", path), BAD_INPUT)
        self.assertIn("就是要检查的文件", run.err)
        self.assertEqual(path.read_bytes(), before)
        self.ends(jicai("sheet", "template", "history", "--out", self.work), BAD_INPUT)
        self.assertEqual([p.name for p in self.work.iterdir()], ["报量.csv"])

    def test_command_line(self):
        for words in ([], ["chek"], ["check"], ["check", "x"], ["template", "history"], ["check", "x", "--table"]):
            self.assertEqual(self.ends(jicai("sheet", *words), USAGE).out, "")
        self.ends(jicai("sheet", "check", self.work / "none", "--table", "history"), BAD_INPUT)
        self.ends(jicai("sheet", "check", self.report(), "--table", "nothing"), BAD_INPUT)


if __name__ == "__main__":
    main()
