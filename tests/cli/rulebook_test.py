#!/usr/bin/env python3
"""jicai rulebook check, show, list, diff."""

import re

from harness import BAD_INPUT, DONE, ROOT, CliTest, jicai, main

SHIPPED = sorted(path.stem for path in (ROOT / "catalogs" / "rulebooks").glob("*.toml"))


class Rulebook(CliTest):
    def test_list(self):
        document = self.json_of(self.ends(jicai("rulebook", "list", "--json"), DONE))
        self.assertEqual([row["id"] for row in document["rulebooks"]], SHIPPED)

    def test_every_shipped_rulebook_checks_and_shows(self):
        for name in SHIPPED:
            for language in ("zh", "en"):
                self.ends(jicai("rulebook", "check", name, "--lang", language), DONE)
                run = self.ends(jicai("rulebook", "show", name, "--lang", language), DONE)
                self.assertNotIn("{", run.out)
                self.assertIn("※ 假定" if language == "zh" else "* assumed", run.out)

    def test_chinese_clauses_are_chinese(self):
        for name in SHIPPED:
            clauses = re.findall("〔[^〕]*〕", jicai("rulebook", "show", name, "--lang", "zh").out)
            self.assertGreater(len(clauses), 30)
            self.assertEqual([clause for clause in clauses if re.search("[A-Za-z]{4}", clause)], [], name)
            self.assertEqual([clause for clause in clauses if "P1" in clause or ", " in clause], [], name)

    def test_chinese_phrases_of_clauses(self):
        page = "".join(jicai("rulebook", "show", name).out for name in SHIPPED)
        for clause in ("文件未规定（差比价规则第十六条）", "6.5（未印出数值）", "11.1，表2", "附件2", "采购量附件", "第一部分 一(二)3",
                       "11.1（按第二至第四批的公布结果）", "第一部分 开头", "附件1（品种27的最高有效申报价）"):
            self.assertIn(f"〔{clause}；", page)

    def test_page(self):
        for language in ("zh", "en"):
            self.golden(f"rulebook_show.{language}.txt", jicai("rulebook", "show", "gy-yd2019-2", "--lang", language).out)

    def test_page_flags_with_words(self):
        document = self.json_of(jicai("rulebook", "show", "gy-yd2019-2", "--json"))
        flags = {row["path"]: row["flag"] for row in document["parameters"]}
        page = jicai("rulebook", "show", "gy-yd2019-2", "--lang", "en").out
        flagged = [path for path, flag in flags.items() if flag]
        self.assertGreater(len(flagged), 0)
        for path in flagged:
            self.assertRegex(page, rf"(?m)^  {path}  \* \w+")

    def test_a_file_and_its_id_are_the_same(self):
        path = ROOT / "catalogs" / "rulebooks" / "gy-yd2019-2.toml"
        self.assertEqual(jicai("rulebook", "show", path).out, jicai("rulebook", "show", "gy-yd2019-2").out)

    def test_faults_with_line_and_caret(self):
        path = self.work / "draft.toml"
        text = (ROOT / "catalogs" / "rulebooks" / "gy-yd2019-2.toml").read_text(encoding="utf-8")
        path.write_text(text.replace('value = "1.8"', 'value = "1,8"'), encoding="utf-8")
        run = self.ends(jicai("rulebook", "check", path, "--lang", "en"), BAD_INPUT)
        line = text[: text.index('value = "1.8"')].count("\n") + 1
        self.assertIn(f"draft.toml:{line}:", run.err)
        self.assertRegex(run.err, r"(?m)^ *\^")
        fault = self.json_of(self.ends(jicai("rulebook", "check", path, "--json"), BAD_INPUT))["faults"][0]
        self.assertEqual(fault["row"], line)

    def test_a_ratio_rule_that_is_not_there(self):
        path = self.work / "draft.toml"
        text = (ROOT / "catalogs" / "rulebooks" / "gy-yd2019-2.toml").read_text(encoding="utf-8")
        path.write_text(text.replace('"drug-2012"', '"drug-1912"'), encoding="utf-8")
        run = self.ends(jicai("rulebook", "check", path, "--lang", "en"), BAD_INPUT)
        self.assertIn("drug-1912", run.err)

    def test_diff(self):
        document = self.json_of(self.ends(jicai("rulebook", "diff", "gy-yd2019-2", "gy-yd2020-1", "--json"), DONE))
        points = {row["path"]: row for row in document["differences"]}
        self.assertEqual((points["ceiling.compare"]["value_a"], points["ceiling.compare"]["value_b"]), ("<=", "<"))
        self.assertEqual(points["ceiling.compare"]["matters"], 1)
        self.assertEqual(points["supply_regions.regions"]["matters"], 0)
        run = jicai("rulebook", "diff", "gy-yd2019-2", "gy-yd2020-1")
        self.assertIn("单位申报价与最高有效申报价的关系（ceiling.compare）\n  A：小于或等于（6.4）\n  B：小于（6.4）", run.out)
        self.assertIn("附件2；B：采购量附件", run.out)
        run = self.ends(jicai("rulebook", "diff", "gy-yd2019-2", "gy-yd2019-2", "--lang", "en"), DONE)
        self.assertIn("agree in every point", run.out)


if __name__ == "__main__":
    main()
