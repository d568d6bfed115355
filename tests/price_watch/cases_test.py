#!/usr/bin/env python3
"""The case files of the price watch, through `jicai link`; and the watch by a policy's own sections."""

import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import BAD_INPUT, DONE, WAITS, CliTest, jicai, main, rows

HERE = Path(__file__).resolve().parent
POLICIES = HERE.parents[1] / "catalogs" / "linkage"
TABLES = ("fairness_regions", "fairness_makers", "fairness_monitored", "price_risks", "substitution", "review")
HEAD = 'id = "W"\ntitle = "监测"\npolicy = "heilongjiang-minimum"\nregion = "黑龙江"\nas_of = 2026-06-15\n'
SUBSTITUTES = ["P1 甲药 10 10", "P2 乙药 10 10", "P3 丙药 10 10 乙片 甲片"]


def write(folder, case):
    """The folder of a case."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    substitution = "purchases" in case or "volumes" in case
    products = case.get("products", SUBSTITUTES if substitution else ["P1 甲药 10 10"])
    lines = ["product,name,form,spec,content_mg,pack_units,material,maker,replaces"]
    for product in products:
        name, maker, content, units, generic, replaces = (product.split() + ["甲片", ""])[:6] if len(product.split()) == 4 else product.split()
        lines.append(f"{name},{generic},普通片,规格,{content},{units},,{maker},{replaces}")
    listings = case.get("listings", ["P1 10.00"])
    observations = ["observation,product,region,source,pack_price,pack_units,effective_from,status,content_mg"]
    for number, price in enumerate(case.get("observations", ["北京 10.00"]), 1):
        words = price.split()
        product = words.pop(0) if words[0].startswith("P") else "P1"
        region, money, units, source, status, content = words + ["10", "province_listing", "", ""][len(words) - 2:]
        observations.append(f"o{number},{product},{region},{source},{money},{units},2026-01-01,{status},{content}")
    text = {
        "campaign.toml": HEAD,
        "products.csv": "\n".join(lines),
        "observations.csv": "\n".join(observations),
        "listings.csv": "\n".join(["product,price", *[",".join(one.split()) for one in listings]]),
    }
    winners = case.get("winners", ["P1 5.00 北京"] if substitution else [])
    if winners:
        text["winners.csv"] = "\n".join(["product,price,regions", *[",".join(one.split()) for one in winners]])
    if "volumes" in case:
        text["volumes.csv"] = "\n".join(["product,packs", *[",".join(one.split()) for one in case["volumes"]]])
    if "purchases" in case:
        text["purchases.csv"] = "\n".join(["product,month,packs,hospital", *[",".join((one.split() + [""])[:4]) for one in case["purchases"]]])
    for name, content in text.items():
        (folder / name).write_text(content + "\n", encoding="utf-8")
    return folder


class Watch(CliTest):
    def linked(self, folder, *options, code=DONE):
        run = self.ends(jicai("link", folder, "--out", self.work / "out", *options), code)
        return run, {name: rows(self.work / "out" / f"{name}.csv") for name in TABLES}

    def test_the_case_files(self):
        count = 0
        for path in sorted((HERE / "cases").glob("*.toml")):
            for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
                with self.subTest(file=path.name, case=case["name"]):
                    count += 1
                    _, tables = self.linked(write(self.work / "case", case))
                    found = tables[case["file"]]
                    self.assertEqual(len(found), len(case["expect"]), found)
                    for row, expected in zip(found, case["expect"]):
                        self.assertEqual({name: row[name] for name in expected}, expected)
        self.assertGreaterEqual(count, 45)

    def test_what_is_said(self):
        case = {"observations": ["北京 10.00", "上海 10.00", "天津 100.00", "北京 10.00"], "listings": ["P1 12.00"]}
        run, _ = self.linked(write(self.work / "case", case), "--lang", "zh")
        for word in ("风险产品 1 个", "红标 1", "存疑价格 2 条", "疑似重复 1 条", "price-watch"):
            self.assertIn(word, run.out)
        document = self.json_of(self.ends(jicai("link", self.work / "case", "--out", self.work / "out", "--json"), DONE))
        self.assertEqual([row["observation"] for row in document["review"]], ["o3", "o4"])
        self.assertEqual(document["price_risks"][0]["label"], "red_3")

    def test_a_policy_with_sections_of_its_own(self):
        watch = (POLICIES / "price-watch.toml").read_text(encoding="utf-8")
        own = self.work / "own.toml"
        own.write_text(watch.replace("price-watch", "own-watch").replace('held_from = { value = "5"', 'held_from = { value = "2"'), encoding="utf-8")
        folder = write(self.work / "case", {"observations": ["北京 10.00", "上海 10.00", "天津 20.00"]})
        self.assertEqual(self.linked(folder)[1]["review"], [])
        run, tables = self.linked(folder, "--policy", own, "--lang", "en")
        self.assertEqual([(row["observation"], row["ratio"]) for row in tables["review"]], [("o3", "2.0000")])
        self.assertIn("own-watch", run.out)

    def test_an_open_value_stops_the_watch_alone(self):
        watch = (POLICIES / "price-watch.toml").read_text(encoding="utf-8")
        own = self.work / "own.toml"
        own.write_text(watch.replace("price-watch", "own-watch").replace('regions_min = { value = 3, ', "regions_min = { ").replace(
            'clause = "医保办函〔2023〕104号, as reported", evidence = "secondary" }\nregion_bands', 'clause = "四同通知" }\nregion_bands'), encoding="utf-8")
        run, tables = self.linked(write(self.work / "case", {}), "--policy", own, "--lang", "en")
        self.assertIn("fairness.regions_min", run.out)
        self.assertEqual(tables["fairness_regions"], [])

    def test_bounds_that_make_no_sense_are_refused(self):
        watch = (POLICIES / "price-watch.toml").read_text(encoding="utf-8")
        own = self.work / "own.toml"
        for old, new, word in (('held_from = { value = "5"', 'held_from = { value = "1"', "plausibility.held_from"),
                               ('near = { value = "1.6"', 'near = { value = "0.9"', "plausibility.near"),
                               ('"[2..5) = red_1"', '"[1.9..5) = red_1"', "fairness.region_bands"),
                               ('"(1.5..) = red_1"', '"(1.5..1.5) = red_1"', "fairness.monitored_bands")):
            with self.subTest(word):
                self.assertIn(old, watch)
                own.write_text(watch.replace("price-watch", "own-watch").replace(old, new), encoding="utf-8")
                run = self.ends(jicai("link", write(self.work / "case", {}), "--out", self.work / "out", "--policy", own, "--lang", "en"), BAD_INPUT)
                self.assertIn(word, run.err)

    def test_months_are_months(self):
        folder = write(self.work / "case", {"purchases": ["P2 2026-13 5", "P2 202603 5", "P9 2026-03 5", "P2 2026-3-1 5"]})
        document = self.json_of(self.ends(jicai("link", folder, "--out", self.work / "out", "--json"), BAD_INPUT))
        self.assertEqual({(fault["row"], fault["column"], fault["key"]) for fault in document["faults"]}, {
            (2, "month", "fault.linkage.month"), (3, "month", "fault.linkage.month"), (4, "product", "fault.linkage.product_unknown"),
            (5, "month", "fault.linkage.month")})


if __name__ == "__main__":
    main()
