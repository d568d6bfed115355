#!/usr/bin/env python3
"""jicai link: folders in, decisions, summary and certificate out; every fault by row and column; verify."""

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import BAD_INPUT, DIFFERS, DONE, ROUNDS, USAGE, WAITS, CliTest, canonical, jicai, main, rows

FILES = {
    "campaign.toml": 'id = "HN-1"\ntitle = "湖南联动"\npolicy = "hunan-2018-drug"\nregion = "湖南"\nas_of = 2026-03-01\n',
    "products.csv": "product,name,form,spec,content_mg,pack_units,material,maker\n"
                    "P1,甲片,普通片,10mg,10,10,铝塑,甲药\nP2,乙片,普通片,10mg,10,10,铝塑,乙药\nP3,丙片,普通片,10mg,10,10,铝塑,丙药\n",
    "observations.csv": "observation,product,region,source,pack_price,pack_units,effective_from,document,evaluated\n"
                        "1,P1,山东,province_listing,98.00,10,2026-01-01,文件一,1\n2,P1,河北,province_listing,102.00,10,2026-01-31,文件二,1\n"
                        "3,P1,河南,province_listing,105.00,10,2026-01-01,文件三,1\n4,P1,湖北,province_listing,110.00,10,2026-01-01,,1\n"
                        "5,P1,江西,province_listing,124.00,10,2026-01-01,,1\n6,P1,江苏,province_award,24.00,10,2026-01-01,,1\n"
                        "7,P2,江苏,province_listing,24.00,10,2026-01-01,,1\n",
    "listings.csv": "product,price\nP1,108.00\nP2,26\nP3,5.00\n",
    "volumes.csv": "product,packs\nP1,1000\nP2,500\n",
    "parameters.toml": '[given."exclusions.regions"]\nvalue = ["none"]\nwho = "湖南医保局"\nreason = "会议纪要"\n',
}


class Link(CliTest):
    def folder(self, **changes):
        folder = self.work / "campaign"
        folder.mkdir(exist_ok=True)
        for name, text in FILES.items():
            text = changes.get(name.replace(".", "_"), text)
            if text is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        for name, text in changes.items():
            name = name.replace("_csv", ".csv").replace("_toml", ".toml")
            if name not in FILES and text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        return folder

    def link(self, folder, code=DONE):
        self.ends(jicai("link", folder, "--out", self.work / "out"), code)
        return rows(self.work / "out" / "decisions.csv")

    def test_decisions_and_summary(self):
        found = self.link(self.folder())
        self.assertEqual([(row["product"], row["status"], row["enforced_price"], row["cut"], row["provisional"]) for row in found],
                         [("P1", "linked", "101.67", "5.86", "0"), ("P2", "linked", "24.00", "7.69", "1"),
                          ("P3", "insufficient_observations", "5.00", "0.00", "0")])
        summary = {row["measure"]: row["value"] for row in rows(self.work / "out" / "summary.csv")}
        # (6.33 x 1000 + 2 x 500) of (108 x 1000 + 26 x 500)
        self.assertEqual((summary["average_cut_simple"], summary["average_cut_weighted"], summary["saving"]), ("6.78", "6.06", "7330.00"))
        self.assertEqual({path.name for path in (self.work / "out").iterdir()}, {"decisions.csv", "summary.csv", "certificate.json", "fairness_regions.csv", "fairness_makers.csv",
                          "fairness_monitored.csv", "price_risks.csv", "substitution.csv", "review.csv"})

    def test_the_order_of_rows_line_ends_and_encoding_do_not_matter(self):
        self.link(self.folder())
        first = (self.work / "out" / "certificate.json").read_bytes()
        lines = FILES["observations.csv"].splitlines()
        shuffled = "\r\n".join([lines[0], *reversed(lines[1:])]).encode("gb18030")
        others = {name.replace(".", "_"): text.encode("gb18030") for name, text in FILES.items() if name.endswith(".csv")}
        others["observations_csv"] = shuffled
        self.ends(jicai("link", self.folder(**others), "--out", self.work / "out", "--encoding", "gb18030"), DONE)
        self.assertEqual((self.work / "out" / "certificate.json").read_bytes(), first)

    def test_verify(self):
        folder = self.folder()
        self.link(folder)
        path = self.work / "out" / "certificate.json"
        self.ends(jicai("verify", path, "--round", folder), DONE)
        certificate = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(path.read_text(encoding="utf-8"), canonical(certificate))
        self.assertEqual(certificate["kind"], "linkage")
        certificate["skus"][0]["enforced_price"] = "99"
        content = {name: value for name, value in certificate.items() if name != "digest"}
        certificate["digest"] = "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest()
        false = self.work / "false.json"
        false.write_text(canonical(certificate), encoding="utf-8")
        run = self.ends(jicai("verify", false, "--round", folder, "--lang", "en"), DIFFERS)
        for word in ("P1", "enforced_price", "99", "101.67"):
            self.assertIn(word, run.out)
        # Another observation, another certificate.
        self.folder(observations_csv=FILES["observations.csv"].replace("98.00", "97.00"))
        self.ends(jicai("verify", path, "--round", folder), DIFFERS)

    def test_explain_names_every_observation(self):
        run = self.ends(jicai("link", self.folder(), "--explain", "P1"), DONE)
        for word in ("文件一", "河北", "10.1667", "101.67", "5.86", "不计入：江苏", "联动参考价"):
            self.assertIn(word, run.out)
        self.assertFalse((self.work / "out").exists())
        document = self.json_of(self.ends(jicai("link", self.folder(), "--explain", "P1", "--json"), DONE))
        self.assertEqual(document["steps"][0]["key"], "step.link_old_price")
        self.ends(jicai("link", self.folder(), "--explain", "P9"), BAD_INPUT)

    def test_open_values_wait_and_are_named(self):
        run = self.ends(jicai("link", self.folder(parameters_toml=None), "--out", self.work / "out", "--lang", "en"), WAITS)
        self.assertIn("exclusions.regions", run.out)
        self.assertEqual({row["status"] for row in rows(self.work / "out" / "decisions.csv")}, {"waiting"})

    def test_closed_values_may_not_be_given(self):
        given = FILES["parameters.toml"] + '[given."reference.lowest"]\nvalue = 5\nwho = "a"\nreason = "b"\n'
        run = self.ends(jicai("link", self.folder(parameters_toml=given), "--out", self.work / "out", "--lang", "en"), BAD_INPUT)
        self.assertIn("reference.lowest", run.err)

    def test_every_fault_by_row_and_column_in_one_pass(self):
        folder = self.folder(
            products_csv=FILES["products.csv"] + "P4,丁片,普通片,10mg,,0,铝塑,丁药\n",
            observations_csv="observation,product,region,source,pack_price,pack_units,effective_from,effective_to,content_mg,status\n"
                             "1,P1,山东,listing,98.00,10,2026-01-01,,,\n"
                             "2,P9,河北,province_listing,1.2E+3,10,2026-02-30,,,\n"
                             "3,P4,河南,province_listing,105.00,10,2026-01-02,2026-01-01,5,gone\n"
                             "3,P1,河南,province_listing,105.00001,10,2026-01-02,,,\n",
            listings_csv="product,price\nP1,0\nP7,3\n",
            events_csv="seq,event,product,observation,reason,who,at\n1,refuse,,1,理由,某人,2026-01-01\n2,vanish,P1,,理由,某人,2026-01-01\n",
            campaign_toml=FILES["campaign.toml"] + 'scope = "some"\ncolour = "red"\n')
        document = self.json_of(self.ends(jicai("link", folder, "--out", self.work / "out", "--json"), BAD_INPUT))
        found = {(fault["file"], fault["row"], fault["column"], fault["key"].replace("fault.", "")) for fault in document["faults"]}
        self.assertEqual(found, {
            ("campaign.toml", 6, "scope", "linkage.word"),
            ("campaign.toml", 7, "colour", "round_toml_key_unknown"),
            ("products.csv", 5, "pack_units", "number_zero"),
            ("observations.csv", 2, "source", "linkage.word"),
            ("observations.csv", 3, "product", "linkage.product_unknown"),
            ("observations.csv", 3, "pack_price", "number_exponent"),
            ("observations.csv", 3, "effective_from", "date_malformed"),
            ("observations.csv", 4, "effective_to", "linkage.days_reversed"),
            ("observations.csv", 4, "content_mg", "linkage.content_of_product_missing"),
            ("observations.csv", 4, "status", "linkage.word"),
            ("observations.csv", 5, "observation", "key_duplicated"),
            ("observations.csv", 5, "pack_price", "number_decimals"),
            ("listings.csv", 2, "price", "number_zero"),
            ("listings.csv", 3, "product", "linkage.product_unknown"),
            ("events.csv", 2, "product", "cell_empty"),
            ("events.csv", 2, "observation", "linkage.event_other_subject"),
            ("events.csv", 3, "event", "linkage.word"),
        })
        for language in ("zh", "en"):
            self.ends(jicai("link", folder, "--out", self.work / "out", "--lang", language), BAD_INPUT)
        self.assertFalse((self.work / "out").exists())

    def test_bounds_of_a_folder(self):
        many = FILES["observations.csv"] + "".join(f"x{i},P1,地区{i},province_listing,98.00,10,2026-01-01,,1\n" for i in range(260))
        run = self.ends(jicai("link", self.folder(observations_csv=many), "--out", self.work / "out", "--json"), BAD_INPUT)
        self.assertIn("fault.linkage.regions_too_many", run.out)
        strengths = FILES["observations.csv"].replace("evaluated\n", "evaluated,content_mg\n").replace(",1\n", ",1,\n") + "".join(
            f"x{i},P1,山东,province_listing,98.00,10,2026-01-01,,1,{i + 11}\n" for i in range(4096))
        run = self.ends(jicai("link", self.folder(observations_csv=strengths), "--out", self.work / "out", "--json"), BAD_INPUT)
        self.assertIn("fault.linkage.strengths_too_many", run.out)
        run = self.ends(jicai("link", self.folder(events_csv="seq,event,product,observation,reason,who,at\n1,exclude_observation,,99,理由,某人,2026-01-01\n"),
                              "--out", self.work / "out", "--json"), BAD_INPUT)
        self.assertIn("fault.linkage.observation_unknown", run.out)

    def test_a_folder_of_the_other_command_is_told(self):
        folder = self.folder()
        for command in (("award",), ("regions",), ("explain", "--lot", "1")):
            out = ("--out", self.work / "o") if command[0] in ("award",) else ()
            run = self.ends(jicai(command[0], folder, *command[1:], *out), BAD_INPUT)
            self.assertIn(f"jicai link {folder}", run.err, command)
            self.assertNotIn("缺少此文件", run.err)
        run = self.ends(jicai("link", ROUNDS / "GY-YD2019-2", "--out", self.work / "o"), BAD_INPUT)
        self.assertIn(f"jicai award {ROUNDS / 'GY-YD2019-2'}", run.err)

    def test_missing_and_misnamed_files(self):
        folder = self.folder(listings_csv=None)
        run = self.ends(jicai("link", folder, "--out", self.work / "out", "--json"), BAD_INPUT)
        self.assertIn("fault.file_missing", run.out)
        (folder / "Listings.csv").write_text(FILES["listings.csv"], encoding="utf-8")
        run = self.ends(jicai("link", folder, "--out", self.work / "out", "--json"), BAD_INPUT)
        self.assertIn("fault.file_misnamed", run.out)
        self.ends(jicai("link", self.work / "nowhere", "--out", self.work / "out"), BAD_INPUT)

    def test_policy_and_campaign_must_agree(self):
        other = FILES["campaign.toml"].replace("湖南\"\nas", "广东\"\nas").replace("2026-03-01", "2018-09-30")
        run = self.ends(jicai("link", self.folder(campaign_toml=other), "--out", self.work / "out", "--json"), BAD_INPUT)
        self.assertIn("fault.linkage.region_of_policy", run.out)
        self.assertIn("fault.linkage.policy_not_in_force", run.out)
        unknown = FILES["campaign.toml"].replace("hunan-2018-drug", "hunan-2099")
        run = self.ends(jicai("link", self.folder(campaign_toml=unknown), "--out", self.work / "out", "--lang", "en"), BAD_INPUT)
        self.assertIn("heilongjiang-minimum", run.err)

    def test_another_policy(self):
        policy = self.work / "other.toml"
        text = (Path(__file__).resolve().parents[2] / "catalogs/linkage/shaanxi-drug.toml").read_text(encoding="utf-8")
        policy.write_text(text.replace('region = "陕西"', 'region = "湖南"'), encoding="utf-8")
        folder = self.folder(parameters_toml=None)
        self.ends(jicai("link", folder, "--out", self.work / "out", "--policy", policy), DONE)
        self.assertEqual(rows(self.work / "out" / "decisions.csv")[0]["enforced_price"], "24.00")
        certificate = self.work / "out" / "certificate.json"
        self.ends(jicai("verify", certificate, "--round", folder, "--policy", policy), DONE)
        self.ends(jicai("verify", certificate, "--round", folder), DIFFERS)

    def test_corrections_as_known_on_a_day(self):
        events = "seq,event,product,observation,reason,who,at\n1,exclude_observation,,1,录入错误,监测员,2026-02-10\n2,restore_observation,,1,核实无误,监测员,2026-02-20\n"
        prices = {}
        for known_at in ("2026-02-09", "2026-02-10", "2026-02-19", "2026-02-20", None):
            head = FILES["campaign.toml"] + (f"known_at = {known_at}\n" if known_at else "")
            prices[known_at] = self.link(self.folder(campaign_toml=head, events_csv=events))[0]["enforced_price"]
        # Without observation 1: 10.20, 10.50, 11.00.
        self.assertEqual(list(prices.values()), ["101.67", "105.67", "105.67", "101.67", "101.67"])

    def test_command_line(self):
        folder = self.folder()
        self.ends(jicai("link", folder), USAGE)
        self.ends(jicai("link", folder, "--out", "a", "--explain", "P1"), USAGE)
        self.ends(jicai("link", folder, "--out"), USAGE)
        for language in ("zh", "en"):
            self.assertIn("--explain", self.ends(jicai("link", "--help", "--lang", language), DONE).out)
        document = self.json_of(self.ends(jicai("link", folder, "--out", self.work / "out", "--json"), DONE))
        self.assertEqual(document["decisions"][0]["enforced_price"], "101.67")


if __name__ == "__main__":
    main()
