#!/usr/bin/env python3
"""jicai rulebook check, show, list, diff."""

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
        run = self.ends(jicai("rulebook", "diff", "gy-yd2019-2", "gy-yd2019-2", "--lang", "en"), DONE)
        self.assertIn("agree in every point", run.out)


if __name__ == "__main__":
    main()
