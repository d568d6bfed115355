#!/usr/bin/env python3
"""jicai explain: golden sentences of real bids in both languages, and finding companies."""

from harness import BAD_INPUT, DONE, FIRST, SECOND, SMALL, WAITS, CliTest, jicai, main, small_round
from award_test import TIED_BIDS

CASES = {
    "winner": (SECOND, "1", "正大天晴药业集团股份有限公司"),
    "entry_loser": (SECOND, "1", "强生"),
    "gate_loser": (SECOND, "3", "北京福元"),
    "over_ceiling": (SECOND, "27", "科伦药业"),
    "set_aside": (SECOND, "31", "山东方明"),
    "extension_entry_loser": (FIRST, "1", "北京嘉林"),
}


class Explain(CliTest):
    def test_golden(self):
        for name, (folder, lot, supplier) in CASES.items():
            for language in ("zh", "en"):
                with self.subTest(name=name, language=language):
                    run = self.ends(jicai("explain", folder, "--lot", lot, "--supplier", supplier, "--lang", language), DONE)
                    self.assertEqual(run.err, "")
                    self.golden(f"explain_{name}.{language}.txt", run.out)

    def test_every_lot_of_both_rounds_can_be_explained(self):
        for folder in (FIRST, SECOND):
            lots = [line.split(",")[0] for line in (folder / "lots.csv").read_text().splitlines()[1:]]
            for lot in lots:
                language = "en" if int(lot) % 2 else "zh"
                run = self.ends(jicai("explain", folder, "--lot", lot, "--lang", language), DONE)
                self.assertNotIn("{", run.out)

    def test_a_lot_by_its_name(self):
        by_id = self.ends(jicai("explain", SECOND, "--lot", "1"), DONE).out
        name = (SECOND / "lots.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[1]
        self.assertEqual(self.ends(jicai("explain", SECOND, "--lot", name), DONE).out, by_id)
        self.assertEqual(self.ends(jicai("explain", SECOND, "--lot", name[:2]), DONE).out, by_id)
        run = self.ends(jicai("explain", SECOND, "--lot", "阿"), BAD_INPUT)
        self.assertIn(f"1 {name}", run.err)
        self.assertIn("请写序号", run.err)
        run = self.ends(jicai("explain", SECOND, "--lot", "没有的药"), BAD_INPUT)
        self.assertIn(f"1 {name}", run.err)

    def test_json(self):
        document = self.json_of(self.ends(jicai("explain", SECOND, "--lot", "3", "--supplier", "北京福元", "--json"), DONE))
        company, = document["companies"]
        self.assertEqual((company["supplier"], company["outcome"]), ("北京福元", "lost"))
        failed = [step for step in company["steps"] if step["key"] == "step.gate_factor_failed"]
        self.assertEqual(failed[0]["clause"], "12.1")
        self.assertEqual(failed[0]["arguments"]["missed_by"], "0.11862")
        self.assertEqual(company["closing"][0]["arguments"]["winning_price"], "11.06")

    def test_the_winning_price_wins_and_a_fen_more_does_not(self):
        folder = self.copy(SECOND)
        bids = folder / "bids.csv"
        original = bids.read_text(encoding="utf-8")
        line = next(line for line in original.splitlines() if line.startswith("3,北京福元,"))
        cells = line.split(",")
        for price, outcome in (("11.06", "won"), ("11.07", "lost")):
            cells[6] = price
            bids.write_text(original.replace(line, ",".join(cells)), encoding="utf-8")
            document = self.json_of(jicai("explain", folder, "--lot", "3", "--supplier", "北京福元", "--json"))
            self.assertEqual(document["companies"][0]["outcome"], outcome, price)

    def test_the_winning_price_does_not_mind_a_tie_of_others(self):
        # Three places for four: B and C tie, D misses by 0.05. Below 22.00 it takes a place whichever of the two loses the draw;
        # at 22.00 it would have to draw itself.
        bids = SMALL["bids.csv"].replace("30,24.00", "30,22.00") + "1,D,10mg,10,普通片,30,22.05,bid,test\n"
        folder = small_round(self.work / "round", bids_csv=bids)
        document = self.json_of(jicai("explain", folder, "--lot", "1", "--supplier", "D", "--json"))
        company, = document["companies"]
        self.assertEqual((company["outcome"], company["closing"][0]["key"]), ("lost", "explain.winning_price"))
        self.assertEqual(company["closing"][0]["arguments"]["winning_price"], "21.99")

    def test_sentences_pad_prices_and_keep_limits(self):
        run = jicai("explain", SECOND, "--lot", "31", "--supplier", "天津天士力")
        self.assertIn("每盒 2.51 元", run.out)
        self.assertIn("即 0.08838 元", run.out)
        self.assertIn("单位可比价 0.0947 元 ≤ 0.1 元", run.out)
        run = jicai("explain", SECOND, "--lot", "31", "--supplier", "烟台巨先")
        self.assertIn("每盒 1.30 元", run.out)

    def test_unique_beginning_is_enough(self):
        full = jicai("explain", SECOND, "--lot", "1", "--supplier", "江西山香药业有限公司").out
        self.assertEqual(jicai("explain", SECOND, "--lot", "1", "--supplier", "江").out, full)

    def test_candidates_are_listed(self):
        run = self.ends(jicai("explain", SECOND, "--lot", "31", "--supplier", "天"), DONE)
        self.assertIn("天津天士力", run.out)
        run = self.ends(jicai("explain", SECOND, "--lot", "1", "--supplier", "无名", "--lang", "en"), BAD_INPUT)
        self.assertIn("强生", run.err)
        run = self.ends(jicai("explain", SECOND, "--lot", "12", "--supplier", "江苏", "--lang", "en"), DONE)
        folder = small_round(self.work / "round", bidders_csv="supplier,name\nA,丙甲\nB,丙乙\nC,丙丙\nD,丁\n")
        run = self.ends(jicai("explain", folder, "--lot", "1", "--supplier", "丙", "--lang", "en"), BAD_INPUT)
        self.assertIn("More than one bidder", run.err)
        self.assertIn("丙甲, 丙乙, 丙丙", run.err)

    def test_unknown_lot(self):
        run = self.ends(jicai("explain", SECOND, "--lot", "24", "--lang", "en"), BAD_INPUT)
        self.assertIn('no lot "24"', run.err)

    def test_a_pending_lot_says_what_it_needs(self):
        folder = small_round(self.work / "round", bids_csv=TIED_BIDS)
        run = self.ends(jicai("explain", folder, "--lot", "1"), WAITS)
        self.assertIn("请组织抽签", run.out)


if __name__ == "__main__":
    main()
