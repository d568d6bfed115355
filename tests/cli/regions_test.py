#!/usr/bin/env python3
"""jicai regions: recorded picks, preferences, open turns, broken turns."""

from harness import BAD_INPUT, DONE, SECOND, WAITS, CliTest, jicai, main, rows, small_round

REGIONS = ["北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
           "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆（含兵团）"]
HEAD = "seq,lot,event,supplier,value,reason,who,at\n"
# Clause 13.1: rank 1 takes one region, then A, B, A, B ... until none is left.
ORDER = ["A", *(["A", "B"] * 15)]


def picks(order=ORDER, regions=REGIONS, count=31):
    lines = [f"{i + 1},1,region_pick,{supplier},{region},,记录员,2020-01-17" for i, (supplier, region) in enumerate(zip(order, regions))]
    return HEAD + "\n".join(lines[:count]) + "\n"


class Regions(CliTest):
    def test_recorded_picks_are_replayed(self):
        folder, out = small_round(self.work / "round", events_csv=picks()), self.work / "out"
        run = self.ends(jicai("regions", folder, "--out", out, "--lang", "en"), DONE)
        self.assertIn("All regions of 2 lots are picked", run.out)
        self.assertEqual({path.name for path in out.iterdir()}, {"region_picks.csv", "allocations.csv"})
        turns = [row for row in rows(out / "region_picks.csv") if row["lot"] == "1"]
        self.assertEqual([row["supplier"] for row in turns], ORDER)
        self.assertEqual([row["region"] for row in turns], REGIONS)
        self.assertEqual({row["source"] for row in turns}, {"event"})
        allocated = {(row["lot"], row["region"]): row["supplier"] for row in rows(out / "allocations.csv")}
        self.assertEqual(allocated["1", "北京"], "A")
        self.assertEqual(allocated["1", "西藏"], ORDER[REGIONS.index("西藏")])

    def test_preferences_speak_where_nothing_is_recorded(self):
        lines = [f"1,{supplier},{i + 1},{region}" for supplier in "AB" for i, region in enumerate(REGIONS)]
        folder, out = small_round(self.work / "round", preferences_csv="lot,supplier,order,region\n" + "\n".join(lines) + "\n"), self.work / "out"
        self.ends(jicai("regions", folder, "--out", out), DONE)
        turns = [row for row in rows(out / "region_picks.csv") if row["lot"] == "1"]
        self.assertEqual([(row["supplier"], row["region"], row["source"]) for row in turns],
                         [(supplier, region, "preference") for supplier, region in zip(ORDER, REGIONS)])

    def test_an_open_turn_waits(self):
        folder = small_round(self.work / "round", events_csv=picks(count=5))
        run = self.ends(jicai("regions", folder, "--json"), WAITS)
        document = self.json_of(run)
        lot = document["lots"][0]
        self.assertEqual((lot["regions"], lot["regions_left"], lot["next_supplier"]), (31, 26, "甲制药"))
        self.assertEqual([turn["region"] for turn in document["turns"] if turn["lot"] == "1"][:5], REGIONS[:5])
        self.assertFalse(document["complete"])

    def test_nothing_recorded(self):
        run = self.ends(jicai("regions", small_round(self.work / "round"), "--lang", "en"), WAITS)
        self.assertIn("Record region_pick", run.out)

    def broken(self, words, events):
        folder, out = small_round(self.work / "round", events_csv=events), self.work / "out"
        for command in ("regions", "award"):
            run = self.ends(jicai(command, folder, "--out", out, "--lang", "en"), BAD_INPUT)
            for word in words:
                self.assertIn(word, run.err)
            self.assertFalse(out.exists())

    def test_broken_turns(self):
        self.broken(["turn 2 belongs to A, but B is recorded"], picks(order=["A", "B", "A"]))
        self.broken(["北京", "already held by A"], picks(order=["A", "A"], regions=["北京", "北京"]))
        self.broken(["one too many"], picks() + "32,1,region_pick,A,北京,,记录员,2020-01-17\n")

    def test_a_pass_gives_up_the_award_and_nobody_moves_up(self):
        events = HEAD + "1,1,region_pick,A,北京,,记录员,2020-01-17\n2,1,region_pick,A,天津,,记录员,2020-01-17\n" \
                        "3,1,region_pass,B,,产能不足,记录员,2020-01-17\n"
        folder, out = small_round(self.work / "round", events_csv=events), self.work / "out"
        self.ends(jicai("award", folder, "--out", out), DONE)
        outcomes = {row["supplier"]: (row["outcome"], row["regions"]) for row in rows(out / "awards.csv") if row["lot"] == "1"}
        self.assertEqual(outcomes, {"A": ("won", "31"), "B": ("lost", "0"), "C": ("lost", "0")})

    def test_real_round_shows_who_is_next(self):
        document = self.json_of(self.ends(jicai("regions", SECOND, "--json"), WAITS))
        self.assertEqual(document["lots"][0]["next_supplier"], "正大天晴药业集团股份有限公司")
        self.assertEqual(sum(1 for lot in document["lots"] if lot["regions_left"] == 0), 1)


if __name__ == "__main__":
    main()
