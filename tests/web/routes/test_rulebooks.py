import json
import subprocess

from rounds_service import BINARY, RoundsTest

PATH = "/api/rulebooks"


class Rulebooks(RoundsTest):
    def test_what_the_program_carries(self):
        done = subprocess.run([str(BINARY), "rulebook", "list", "--json", "--lang", "zh"], capture_output=True, check=True)
        wanted = json.loads(done.stdout)["rulebooks"]
        rows, first = self.whole(PATH)
        self.assertEqual([column["name"] for column in first["columns"]],
                         ["id", "title", "kind_text", "source", "stages", "parameters", "flagged"])
        for row, book in zip(rows, wanted):
            for name in ("id", "title", "source", "parameters"):
                self.assertEqual(row[name], book[name])
            self.assertEqual(row["flagged"], book["flagged"] + book["open"])
        self.assertEqual(len(rows), len(wanted))

    def test_exports(self):
        self.exports_match(PATH)
        self.exports_match(PATH, lang="en")
