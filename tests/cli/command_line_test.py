#!/usr/bin/env python3
"""Help, languages, wrong command lines."""

import re

from harness import BAD_INPUT, DONE, SECOND, USAGE, CliTest, jicai, main

COMMANDS = [["award"], ["regions"], ["volumes"], ["explain"], ["compare"], ["verify"], ["rulebook"],
            ["rulebook", "check"], ["rulebook", "show"], ["rulebook", "list"], ["rulebook", "diff"], ["calendar"], ["sheet"],
            ["migrate"], ["backup"], ["restore"], ["audit"]]


class Help(CliTest):
    def test_every_command_has_complete_help_in_both_languages(self):
        for command in COMMANDS:
            for language, usage, codes, example in (("zh", "用法：", "退出码", "\n例\n"), ("en", "Usage: ", "Exit codes", "\nExamples\n")):
                with self.subTest(command=command, language=language):
                    run = self.ends(jicai(*command, "--help", "--lang", language), DONE)
                    self.assertIn(usage, run.out)
                    self.assertIn(codes, run.out)
                    self.assertIn("--json", run.out)
                    self.assertIn("--lang zh|en", run.out)
                    after = run.out.split(example)[1].split("\n\n")[0]
                    self.assertEqual(len(re.findall(r"^  jicai ", after, re.M)), 2, after)
                    self.assertTrue(all(line.startswith("  jicai " + " ".join(command)) for line in after.splitlines()), after)
                    self.assertEqual(run.err, "")

    def test_main_help_names_every_command(self):
        for language in ("zh", "en"):
            run = self.ends(jicai("--help", "--lang", language), DONE)
            for command in ("award", "regions", "volumes", "explain", "compare", "verify", "rulebook", "calendar", "sheet", "migrate", "backup",
                            "restore", "audit"):
                self.assertRegex(run.out, rf"(?m)^  {command} +\S")

    def test_help_may_stand_anywhere(self):
        wanted = jicai("award", "--help").out
        for line in (["help", "award"], ["--help", "award"], ["award", "DIR", "-h"], ["award", "--help", "--out"]):
            self.assertEqual(jicai(*line).out, wanted if line[-1] != "--out" else jicai(*line).out, line)
        self.assertEqual(jicai("help", "rulebook", "show").out, jicai("rulebook", "show", "--help").out)

    def test_examples_of_the_help_run(self):
        for line in re.findall(r"^  jicai (rulebook (?:list|show|check|diff) ?[^.\n]*)$", jicai("rulebook", "--help").out, re.M):
            self.ends(jicai(*line.split()), DONE)

    def test_version(self):
        self.assertRegex(self.ends(jicai("--version"), DONE).out, r"^jicai \d+\.\d+\.\d+\n$")


class Language(CliTest):
    def language(self, **environment):
        return "en" if "Usage" in jicai("--help", **environment).out else "zh"

    def test_by_locale(self):
        self.assertEqual(self.language(), "zh")
        self.assertEqual(self.language(LANG="en_US.UTF-8"), "en")
        self.assertEqual(self.language(LANG="C.UTF-8"), "zh")
        self.assertEqual(self.language(LANG="de_DE.UTF-8"), "zh")
        self.assertEqual(self.language(LANG="zh_CN.UTF-8", LC_MESSAGES="en_GB"), "en")
        self.assertEqual(self.language(LANG="en_US", LC_MESSAGES="en_GB", LC_ALL="zh_CN"), "zh")
        self.assertEqual(self.language(LC_ALL="", LANG="en"), "en")

    def test_option_wins(self):
        self.assertIn("用法", jicai("--lang", "zh", "award", "--help", LANG="en_US").out)
        self.assertIn("Usage", jicai("award", "--help", "--lang=en").out)


class Usage(CliTest):
    def refused(self, words, *line):
        run = self.ends(jicai("--lang", "en", *line), USAGE)
        self.assertEqual(run.out, "")
        self.assertIn(words, run.err)
        self.assertIn("--help", run.err)

    def test_wrong_command_lines(self):
        self.refused("No command given")
        self.refused('no command "adward"', "adward")
        self.refused("rulebook needs one of", "rulebook")
        self.refused('rulebook has no command "chek"', "rulebook", "chek")
        self.refused("Argument DIR is missing", "award", "--out", "x")
        self.refused("Option --out OUT is missing", "award", "DIR")
        self.refused("Option --out takes exactly one value", "award", "DIR", "--out")
        self.refused("Option --out takes exactly one value", "award", "DIR", "--out", "--json")
        self.refused("Option --out takes exactly one value", "award", "DIR", "--out", "a", "--out", "b")
        self.refused('Unexpected argument "EXTRA"', "award", "DIR", "EXTRA", "--out", "x")
        self.refused('no option "--frobnicate"', "award", "DIR", "--out", "x", "--frobnicate")
        self.refused('no option "--lot"', "award", "DIR", "--out", "x", "--lot", "1")
        self.refused("Option --rulebook may be given once", "award", "DIR", "--out", "x", "--rulebook", "a", "--rulebook", "b")
        self.refused("Option --lot L is missing", "explain", "DIR")
        self.refused("Option --round DIR is missing", "verify", "certificate.json")
        self.refused("Give --rulebook exactly twice", "compare", "DIR", "--rulebook", "a")
        self.refused("Give --rulebook exactly twice", "compare", "DIR", *["--rulebook", "a"] * 3)
        self.refused("Argument B is missing", "rulebook", "diff", "a")
        self.refused("--encoding is utf-8 or gb18030", "award", "DIR", "--out", "x", "--encoding", "latin1")
        for threads in ("0", "65", "two", "1.5", "-1", ""):
            if threads:
                self.refused("--threads is a whole number from 1 to 64", "award", "DIR", "--out", "x", f"--threads={threads}")

    def test_wrong_language(self):
        run = self.ends(jicai("rulebook", "list", "--lang", "fr"), USAGE)
        self.assertIn("--lang 只能是 zh 或 en", run.err)

    def test_a_folder_may_be_called_like_a_command(self):
        run = self.ends(jicai("award", "volumes", "--out", self.work / "out"), BAD_INPUT)
        self.assertFalse((self.work / "out").exists())
        self.assertIn("volumes", run.err)

    def test_options_may_stand_between_and_before(self):
        run = self.ends(jicai("--json", "volumes", "--threads", "1", SECOND, "--lang", "en"), DONE)
        self.assertEqual(self.json_of(run)["command"], "volumes")


if __name__ == "__main__":
    main()
