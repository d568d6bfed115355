#!/usr/bin/env python3
"""Bad input: every fault named with file, row, value; exit 2; nothing written."""

from harness import BAD_INPUT, SMALL, CliTest, jicai, main, small_round


def bids(old, new):
    assert old in SMALL["bids.csv"]
    return SMALL["bids.csv"].replace(old, new)


class BadInput(CliTest):
    def refused(self, words, **changes):
        folder = small_round(self.work / "round", **changes)
        out = self.work / "out"
        run = self.ends(jicai("award", folder, "--out", out, "--lang", "en"), BAD_INPUT)
        self.assertEqual(run.out, "")
        self.assertFalse(out.exists())
        self.assertEqual([path.name for path in self.work.iterdir()], ["round"])
        for word in words:
            self.assertIn(word, run.err)
        for path in folder.iterdir():
            path.unlink()
        return run

    def test_files(self):
        run = self.ends(jicai("award", self.work / "nowhere", "--out", self.work / "out", "--lang", "en"), BAD_INPUT)
        self.assertIn("nowhere", run.err)
        self.assertFalse((self.work / "out").exists())
        self.refused(["bids.csv"], bids_csv=None)
        self.refused(["round.toml"], round_toml=None)
        self.refused(["bids.csv", "pack_price"], bids_csv=bids("pack_price", "price"))
        self.refused(["bids.csv"], bids_csv=b"\xff" * 20_000_000)

    def test_values(self):
        self.refused(["bids.csv:2", "20,00"], bids_csv=bids("30,20.00", '30,"20,00"'))
        self.refused(["bids.csv:2", "¥20.00"], bids_csv=bids("30,20.00", "30,¥20.00"))
        self.refused(["bids.csv:2", "20.001"], bids_csv=bids("30,20.00", "30,20.001"))
        self.refused(["bids.csv:3", "-22.00"], bids_csv=bids("30,22.00", "30,-22.00"))
        self.refused(["bids.csv:3", "2.2E+19"], bids_csv=bids("30,22.00", "30,2.2E+19"))
        self.refused(["bids.csv", "99"], bids_csv=bids("2,D,5mg", "99,D,5mg"))
        self.refused(["bids.csv", "7mg"], bids_csv=bids("2,D,5mg", "2,D,7mg"))
        self.refused(["bids.csv", "X"], bids_csv=bids("2,D,5mg", "2,X,5mg"))
        self.refused(["specs.csv"], specs_csv=SMALL["specs.csv"] + "1,10mg,10,1,2.0000\n")

    def test_what_the_rulebook_knows(self):
        tied = SMALL["bids.csv"].replace("evidence\n", "evidence,evaluation_date,own_api\n").replace("test\n", "test,2018-07-24,1\n")
        self.refused(["bids.csv:2", "2019-02-30", "evaluation_date"], bids_csv=tied.replace("2018-07-24", "2019-02-30", 1))
        self.refused(["bids.csv:2", "own_api", '"Y"'], bids_csv=tied.replace("07-24,1", "07-24,Y", 1))
        self.refused(["bids.csv:1", '"evaluation_date"', "evaluation_dat"], bids_csv=tied.replace("evaluation_date", "evaluation_dat"))
        run = self.refused(
            ["lots.csv:3", "generl", "general", "bids.csv:2", "bids.csv:3", "3 fault(s)"],
            lots_csv=SMALL["lots.csv"].replace("乙片,general", "乙片,generl"),
            bids_csv=tied.replace("2018-07-24,1", "20180724,1", 2),
        )
        self.assertEqual(len([line for line in run.err.splitlines() if ".csv:" in line]), 3, run.err)

    def test_bytes(self):
        self.refused(["bidders.csv", "gb18030"], bidders_csv=SMALL["bidders.csv"].encode("gb18030"))
        self.refused(["bids.csv", "NUL"], bids_csv=SMALL["bids.csv"].encode().replace(b"test", b"te\0t", 1))

    def test_all_faults_in_one_pass_and_counted(self):
        run = self.refused(
            ["bids.csv:2", "bids.csv:3", "demand.csv:2", "3 fault(s)"],
            bids_csv=bids("30,20.00", "30,¥20.00").replace("30,22.00", "30,-1"),
            demand_csv=SMALL["demand.csv"].replace("100000", "lots"),
        )
        lines = [line for line in run.err.splitlines() if ".csv:" in line]
        self.assertEqual(len(lines), 3, run.err)

    def test_the_count_is_true(self):
        header = "lot,spec,region,quantity\n"
        run = self.refused(["1200 fault(s)"], demand_csv=header + "1,10mg,北京,x\n" * 1200)
        self.assertNotIn("≥", run.err)
        self.refused(["≥ 100000 fault(s)"], demand_csv=header + "1,10mg,北京,x\n" * 100_100)
        self.refused(["bids.csv", "no row"], bids_csv=SMALL["bids.csv"].split("\n")[0] + "\n")

    def test_faults_as_json(self):
        folder = small_round(self.work / "round", bids_csv=bids("30,20.00", "30,¥20.00"))
        run = self.ends(jicai("award", folder, "--out", self.work / "out", "--json"), BAD_INPUT)
        fault, = self.json_of(run)["faults"]
        self.assertEqual((fault["file"], fault["row"], fault["column"], fault["value"]), ("bids.csv", 2, "pack_price", "¥20.00"))
        self.assertTrue(fault["key"].startswith("fault."))
        self.assertIn("¥20.00", fault["text"])

    def test_rulebooks(self):
        self.refused(["gy-yd1999-9", "gy-yd2019-2"], round_toml=SMALL["round.toml"].replace("gy-yd2019-2", "gy-yd1999-9"))
        folder = small_round(self.work / "round")
        out = self.work / "out"
        run = self.ends(jicai("award", folder, "--out", out, "--rulebook", "nosuch", "--lang", "en"), BAD_INPUT)
        self.assertIn('no rulebook "nosuch"', run.err)
        run = self.ends(jicai("award", folder, "--out", out, "--rulebook", self.work / "no.toml", "--lang", "en"), BAD_INPUT)
        self.assertIn("no such file", run.err)
        run = self.ends(jicai("award", folder, "--out", out, "--rulebook", f"{self.work}/", "--lang", "en"), BAD_INPUT)
        self.assertFalse(out.exists())

    def test_events_the_rulebook_does_not_know(self):
        events = "seq,lot,event,supplier,value,reason,who,at\n1,1,negotiated_price,A,19.00,谈判,联采办,2020-01-17\n"
        run = self.refused(["Event 1 of events.csv (lot 1)", "negotiated_price"], events_csv=events)
        self.assertNotIn("{", run.err)


if __name__ == "__main__":
    main()
