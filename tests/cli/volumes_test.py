#!/usr/bin/env python3
"""jicai volumes: national figures at every percentage."""

from harness import DONE, CliTest, jicai, main, small_round


class Volumes(CliTest):
    def test_sum_of_rounded_cells(self):
        document = self.json_of(self.ends(jicai("volumes", small_round(self.work / "round"), "--json"), DONE))
        figures = {(row["lot"], row["spec"], row["percent"]): row["quantity"] for row in document["volumes"]}
        # 10 mg: 100000 and 300; each region to whole hundreds, half up, then summed.
        self.assertEqual([figures["1", "10mg", percent] for percent in (50, 60, 70, 80)], ["50200", "60200", "70200", "80200"])
        self.assertEqual(len(figures), 3 * 4)

    def test_table(self):
        run = self.ends(jicai("volumes", small_round(self.work / "round"), "--lang", "en"), DONE)
        self.assertIn("In smallest units", run.out)
        lines = [line for line in run.out.splitlines() if "甲片" in line]
        self.assertEqual(len(lines), 8)


if __name__ == "__main__":
    main()
