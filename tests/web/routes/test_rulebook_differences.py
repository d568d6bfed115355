import json
import subprocess

from rounds_service import BINARY, RoundsTest

PATH = "/api/rulebooks/gy-yd2019-2/differences/gy-yd2020-1"


class RulebookDifferences(RoundsTest):
    def test_every_point(self):
        done = subprocess.run([str(BINARY), "rulebook", "diff", "gy-yd2019-2", "gy-yd2020-1", "--json", "--lang", "zh"],
                              capture_output=True, check=True)
        wanted = json.loads(done.stdout)["differences"]
        rows, _ = self.whole(PATH)
        self.assertEqual([(row["parameter"], row["matters"]) for row in rows],
                         [(row["path"], row["matters"] == 1) for row in wanted])
        self.assertTrue(rows and all(row["path"] and row["matters_text"] for row in rows))

    def test_none_with_itself(self):
        self.assertEqual(self.get("/api/rulebooks/gy-yd2019-2/differences/gy-yd2019-2").json["total"], 0)

    def test_exports(self):
        self.exports_match(PATH)

    def test_unknown(self):
        self.denied("/api/rulebooks/gy-yd2019-2/differences/none", "rulebook.not_found", 404)
        self.denied("/api/rulebooks/none/differences/gy-yd2019-2", "rulebook.not_found", 404)
