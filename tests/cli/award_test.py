#!/usr/bin/env python3
"""jicai award: files, summary, determinism, waiting lots."""

import json

from harness import AWARD_FILES, BAD_INPUT, DONE, SECOND, SMALL, WAITS, CliTest, canonical, jicai, main, rows, small_round

HEADINGS = {
    "awards.csv": "lot,supplier,product,spec,rank,outcome,step,price,unit_price,unit_comparable_price,supplier_name,tied,regions,clause",
    "lots_decided.csv": "lot,status,bidders,entrants_max,winners,percent,term,name",
    "region_counts.csv": "lot,supplier,regions",
    "volumes.csv": "lot,spec,region,percent,quantity",
    "allocations.csv": "lot,spec,region,supplier,role,quantity",
    "packs_priced.csv": "lot,supplier,product,form,spec,content_mg,pack_units,pack_price",
}
TIED_BIDS = SMALL["bids.csv"].replace("30,22.00", "30,24.00")


class Award(CliTest):
    def test_files_and_their_columns(self):
        out = self.work / "out"
        self.ends(jicai("award", small_round(self.work / "round"), "--out", out), DONE)
        self.assertEqual({path.name for path in out.iterdir()}, AWARD_FILES)
        for name, heading in HEADINGS.items():
            data = (out / name).read_bytes()
            self.assertEqual(data.split(b"\n")[0].decode(), heading)
            self.assertTrue(data.endswith(b"\n"))
            self.assertNotIn(b"\r", data)

    def test_values_by_hand(self):
        # 30 -> 1 tablets: 20.00 x 1.95^log2(1/30) = 0.7548; n = 3 lets two enter; A and B within 1.8 x lowest.
        out = self.work / "out"
        self.ends(jicai("award", small_round(self.work / "round"), "--out", out), DONE)
        awards = {(row["lot"], row["supplier"]): row for row in rows(out / "awards.csv")}
        a, c, d = awards["1", "A"], awards["1", "C"], awards["2", "D"]
        self.assertEqual((a["rank"], a["outcome"], a["price"], a["unit_price"], a["regions"]), ("1", "won", "20.00", "0.7549", "16"))
        self.assertEqual((c["rank"], c["outcome"], c["step"], c["clause"]), ("3", "lost", "entry", "11.1, table 2"))
        self.assertEqual((d["outcome"], d["regions"]), ("won", "31"))
        lots = {row["lot"]: row for row in rows(out / "lots_decided.csv")}
        self.assertEqual((lots["1"]["bidders"], lots["1"]["entrants_max"], lots["1"]["winners"], lots["1"]["percent"], lots["1"]["term"]),
                         ("3", "2", "2", "60", "2"))
        volumes = {(row["lot"], row["spec"], row["region"]): row["quantity"] for row in rows(out / "volumes.csv")}
        self.assertEqual(volumes["1", "10mg", "北京"], "60000")
        self.assertEqual(volumes["1", "10mg", "西藏"], "200")  # 300 x 60 % = 180 -> whole hundreds
        allocated = {(row["lot"], row["region"]): (row["supplier"], row["role"]) for row in rows(out / "allocations.csv")}
        self.assertEqual(allocated["2", "上海"], ("D", "main"))
        self.assertEqual(allocated["1", "北京"], ("", "pending"))
        packs = [row["pack_price"] for row in rows(out / "packs_priced.csv")]
        self.assertEqual(packs, ["20.00", "34.00"])  # 20 mg: x 1.7

    def test_twice_the_same_bytes(self):
        first, second = self.work / "a", self.work / "b"
        for out, threads in ((first, 1), (second, 4)):
            self.ends(jicai("award", SECOND, "--out", out, "--threads", threads, LANG="en_US" if threads == 4 else ""), DONE)
        for name in AWARD_FILES:
            self.assertEqual((first / name).read_bytes(), (second / name).read_bytes(), name)

    def test_order_of_rows_line_ends_and_encoding_do_not_matter(self):
        wanted = self.work / "a"
        self.ends(jicai("award", small_round(self.work / "plain"), "--out", wanted), DONE)
        changed = {}
        for name, text in SMALL.items():
            if not name.endswith(".csv"):
                continue
            head, *lines = text.splitlines()
            changed[name.replace(".", "_")] = ("\r\n".join([head, *reversed(lines)]) + "\r\n").encode("gb18030")
        folder = small_round(self.work / "changed", **changed)
        out = self.work / "b"
        self.ends(jicai("award", folder, "--out", out, "--encoding", "GB18030"), DONE)
        for name in AWARD_FILES:
            self.assertEqual((wanted / name).read_bytes(), (out / name).read_bytes(), name)

    def test_byte_order_mark_on_request(self):
        out = self.work / "out"
        self.ends(jicai("award", small_round(self.work / "round"), "--out", out, "--bom"), DONE)
        for name in AWARD_FILES:
            self.assertEqual((out / name).read_bytes().startswith(b"\xef\xbb\xbf"), name.endswith(".csv"), name)

    def test_certificate_is_canonical(self):
        out = self.work / "out"
        self.ends(jicai("award", SECOND, "--out", out), DONE)
        text = (out / "certificate.json").read_text(encoding="utf-8")
        self.assertEqual(text, canonical(json.loads(text)))

    def test_json_summary(self):
        out = self.work / "out"
        document = self.json_of(self.ends(jicai("award", SECOND, "--out", out, "--json"), DONE))
        self.assertEqual((document["lots_decided"], document["lots_failed"], document["lots_pending"]), (32, 0, 0))
        self.assertEqual(len(document["lots"]), 32)
        self.assertEqual(document["digest"], json.loads((out / "certificate.json").read_text())["digest"])
        flags = {row["path"]: row["flag"] for row in document["weak_values"]}
        self.assertEqual(flags["bidders.set_aside_counts"], "assumed")
        self.assertEqual(flags["substitution.in_publicity"], "open")

    def test_summary_names_assumed_and_given_values(self):
        given = '[given."substitution.in_publicity"]\nvalue = "other_winners"\nwho = "联采办"\nreason = "会议纪要"\n'
        folder = small_round(self.work / "round", parameters_toml=given)
        run = self.ends(jicai("award", folder, "--out", self.work / "out", "--lang", "en"), DONE)
        self.assertIn("bids set aside count (bidders.set_aside_counts) = no (assumed)", run.out)
        self.assertIn("(substitution.in_publicity) = other winners (given for this round)", run.out)
        self.assertNotIn("stops and asks): substitution.in_publicity", run.out)

    def test_a_value_that_is_not_open_may_not_be_given(self):
        given = '[given."entry.max_entrants"]\nvalue = "1=9"\nwho = "x"\nreason = "y"\n'
        folder = small_round(self.work / "round", parameters_toml=given)
        run = self.ends(jicai("award", folder, "--out", self.work / "out", "--lang", "en"), BAD_INPUT)
        self.assertIn("parameters.toml", run.err)
        self.assertFalse((self.work / "out").exists())

    def test_a_tie_that_matters_waits_for_a_draw(self):
        folder = small_round(self.work / "round", bids_csv=TIED_BIDS)
        out = self.work / "out"
        run = self.ends(jicai("award", folder, "--out", out), WAITS)
        self.assertEqual({path.name for path in out.iterdir()}, AWARD_FILES)
        self.assertIn("等待人工事件的品种", run.out)
        self.assertIn("draw_of_lots", run.out)
        self.assertEqual({row["lot"]: row["status"] for row in rows(out / "lots_decided.csv")}, {"1": "pending", "2": "decided"})
        document = self.json_of(self.ends(jicai("award", folder, "--out", out, "--json"), WAITS))
        self.assertEqual([row["key"] for row in document["waiting"]], ["wait.tie"])

    def test_a_recorded_draw_settles_it(self):
        events = "seq,lot,event,supplier,value,reason,who,at\n1,1,draw_of_lots,,C|B,价格相同,联采办,2020-01-17\n"
        folder = small_round(self.work / "round", bids_csv=TIED_BIDS, events_csv=events)
        out = self.work / "out"
        self.ends(jicai("award", folder, "--out", out), DONE)
        ranks = {row["supplier"]: (row["rank"], row["outcome"]) for row in rows(out / "awards.csv") if row["lot"] == "1"}
        self.assertEqual(ranks, {"A": ("1", "won"), "C": ("2", "won"), "B": ("3", "lost")})

    def test_an_unknown_form_stops_only_its_lot(self):
        folder = small_round(self.work / "round", bids_csv=SMALL["bids.csv"].replace("1,C,10mg,10,普通片", "1,C,10mg,10,魔法片"))
        out = self.work / "out"
        run = self.ends(jicai("award", folder, "--out", out), WAITS)
        self.assertIn("魔法片", run.out)
        self.assertEqual({row["lot"]: row["status"] for row in rows(out / "lots_decided.csv")}, {"1": "pending", "2": "decided"})


if __name__ == "__main__":
    main()
