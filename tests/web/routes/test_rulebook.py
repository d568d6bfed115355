import subprocess

from rounds_service import BINARY, ROOT, RoundsTest

PATH = "/api/rulebooks/gy-yd2019-2"


class Rulebook(RoundsTest):
    def test_the_page_and_the_file(self):
        page = self.get(PATH).json
        self.assertEqual(page["toml"], (ROOT / "catalogs/rulebooks/gy-yd2019-2.toml").read_text(encoding="utf-8"))
        done = subprocess.run([str(BINARY), "rulebook", "show", "gy-yd2019-2", "--lang", "zh", "--no-color"],
                              capture_output=True, check=True)
        self.assertEqual(page["text"], done.stdout.decode())
        row = next(book for book in self.whole("/api/rulebooks")[0] if book["id"] == "gy-yd2019-2")
        parameters = [parameter for stage in page["stages"] for parameter in stage["parameters"]]
        self.assertEqual(page["stages"][-1]["kind"], "reporting", "behind the stages stands what hospitals are asked")
        self.assertEqual((len(page["stages"]) - 1, len(parameters), len(page["flagged"])),
                         (row["stages"], row["parameters"], row["flagged"]))
        self.assertEqual(page["flagged"], [parameter for parameter in parameters if parameter["flagged"]])

    def test_a_value_with_its_clause(self):
        page = self.get(PATH).json
        gate = next(stage for stage in page["stages"] if stage["kind"] == "gate")
        factor = next(parameter for parameter in gate["parameters"] if parameter["path"].endswith("factor"))
        self.assertEqual((factor["value"], factor["clause"], factor["evidence_text"]), ("1.8", "12.1", "官方文件"))

    def test_english(self):
        page = self.get(PATH, lang="en").json
        self.assertIn("second", page["title"].lower())

    def test_unknown(self):
        self.denied("/api/rulebooks/gy-yd1999-1", "rulebook.not_found", 404)
