#!/usr/bin/env python3
"""jicai calendar: the real binary."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import BAD_INPUT, DONE, ROOT, USAGE, CliTest, jicai, main  # noqa: E402

OWN = (ROOT / "catalogs" / "calendar" / "2026.toml").read_text(encoding="utf-8")


class Calendar(CliTest):
    def test_show(self):
        document = self.json_of(self.ends(jicai("calendar", "show", "2026", "--json"), DONE))
        self.assertEqual((document["working"], document["make_up"], document["holiday"]), (248, 6, 33))
        self.assertEqual(document["notices"][0]["number"], "国办发明电〔2025〕7号")
        kinds = {row["day"]: row["day_kind"] for row in document["days"]}
        self.assertEqual((kinds["2026-02-14"], kinds["2026-02-15"]), ("make_up", "holiday"))
        self.assertNotIn("2026-03-01", kinds)
        text = self.ends(jicai("calendar", "show", "2026"), DONE).out
        for word in ("工作日 248 天", "国办发明电〔2025〕7号", "调休上班", "周六"):
            self.assertIn(word, text)

    def test_add_forth_and_back(self):
        day = lambda *words: self.json_of(self.ends(jicai("calendar", "add", *words, "--json"), DONE))["day"]
        self.assertEqual(day("2026-02-13", "2"), "2026-02-24")
        self.assertEqual(day("2026-02-24", "-2"), "2026-02-13")
        self.assertIn("2026-02-24（周二）", jicai("calendar", "add", "2026-02-13", "2").out)

    def test_day_and_between(self):
        self.assertIn("放假（国庆节）", jicai("calendar", "day", "2026-10-01").out)
        self.assertIn("周末", jicai("calendar", "day", "2026-03-01").out)
        self.assertEqual(self.json_of(jicai("calendar", "between", "2026-02-13", "2026-03-02", "--json"))["count"], 7)

    def test_unknown_years_are_named_and_can_be_told(self):
        run = self.ends(jicai("calendar", "add", "2026-12-31", "1", "--lang", "en"), BAD_INPUT)
        self.assertIn("2027", run.err)
        self.assertEqual(run.out, "")
        own = self.work / "2027.toml"
        own.write_text(OWN.replace("2026-", "2027-").replace("year = 2026", "year = 2027")
                       .replace('"2027-01-04"', "").replace('"2027-02-14", "2027-02-28"', '"2027-02-28"')
                       .replace('"2027-05-09"', "").replace('"2027-09-20", "2027-10-10"', ""), encoding="utf-8")
        self.assertIn("2027", self.ends(jicai("calendar", "check", own), DONE).out)
        self.assertIn("2027-01-04", self.ends(jicai("calendar", "add", "2026-12-31", "1", "--holidays", own), DONE).out)

    def test_bad_input(self):
        bad = self.work / "bad.toml"
        bad.write_text(OWN.replace("2026-02-14", "2026-02-13"), encoding="utf-8")
        run = self.ends(jicai("calendar", "check", bad), BAD_INPUT)
        self.assertRegex(run.err, r"bad\.toml:\d+:\d+: .*2026-02-13 不是星期六或星期日")
        for words in (["day", "2026-02-30"], ["show", "26"], ["add", "2026-01-05", "x"], ["add", "2026-01-05", "10001"],
                      ["check", self.work / "none.toml"]):
            self.ends(jicai("calendar", *words), BAD_INPUT)

    def test_command_line(self):
        for words in ([], ["shw"], ["show"], ["show", "2026", "2027"], ["add", "2026-01-05"], ["show", "2026", "--holidays"]):
            self.assertEqual(self.ends(jicai("calendar", *words), USAGE).out, "")


if __name__ == "__main__":
    main()
