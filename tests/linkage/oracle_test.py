#!/usr/bin/env python3
"""jicai link against oracle.py on random folders under every shipped policy, and under variants that ship none of.

    oracle_test.py JICAI OBSERVATIONS [SEED]
"""

import csv
import datetime
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import oracle

ROOT = Path(__file__).resolve().parents[2]
POLICIES = ROOT / "catalogs" / "linkage"
REGIONS = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 新疆兵团".split()
SOURCES = ["province_listing"] * 6 + ["province_award", "province_award", "alliance_award", "national_award", "filed_purchase",
                                      "city_reference", "hospital_purchase", "firm_declared", "firm_declared", "negotiated", "emergency"]
STATUSES = ["", "in_force", "in_force", "in_force", "in_force", "suspended", "under_objection", "withdrawn"]
GIVEN = {
    "hunan-2018-drug": [("exclusions.regions", ["西藏", "云南"])],
    "shaanxi-2019-consumable": [("deadline.window_end", "2026-06-30")],
    "non-winning-gradient": [("winner_rules.cut_bands", ["(1..2] = 5", "(2..3] = 10.5", "(3..) = 30"]), ("winner_rules.floor_multiple", "1.2")],
    "jiangsu-2021-labels": [("reference.aggregator", "median"), ("reference.count_each", "region"), ("reference.median_of_even", "mean")],
}
COLUMNS = """product status old_price reference_unit reference enforced_price cut provisional counted excluded used ceiling ceilings label
    declare_by barred_until""".split()


def variants(work):
    """Shipped policies, and a few with what no shipped one has."""
    found = {path.stem: (path, GIVEN.get(path.stem, [])) for path in sorted(POLICIES.glob("*.toml"))}
    minimum = (POLICIES / "heilongjiang-minimum.toml").read_text(encoding="utf-8")
    stands = 'clause = "test", evidence = "assumed" }\n'

    def variant(name, *changes):
        changed = minimum.replace('id = "heilongjiang-minimum"', f'id = "{name}"')
        for old, new in changes:
            assert old in changed, old
            changed = changed.replace(old, new)
        path = work / f"{name}.toml"
        path.write_text(changed, encoding="utf-8")
        found[name] = (path, [])

    aggregator = re.search(r"aggregator = .*\n", minimum)[0]
    tolerance = f'tolerance = {{ value = "5.00", decimals = 2, unit = "percent", {stands}'
    variant("mean-of-observations", (aggregator, f'aggregator = {{ value = "mean_of_lowest", {stands}lowest = {{ value = 5, unit = "prices", {stands}'
            f'count_each = {{ value = "observation", {stands}too_few = {{ value = "insufficient", {stands}{tolerance}'))
    variant("minimum-with-tolerance", (aggregator, aggregator + tolerance))
    variant("median-of-observations", (aggregator, f'aggregator = {{ value = "median", {stands}count_each = {{ value = "observation", {stands}'
            f'median_of_even = {{ value = "lower", {stands}'))
    variant("named-regions", (aggregator, f'aggregator = {{ value = "minimum_of_regions", {stands}regions_needed = {{ value = 2, unit = "regions", {stands}'
            f'regions = {{ value = ["北京", "上海", "广东"], unit = "regions", {stands}too_few = {{ value = "lowest_provisional", {stands}'))
    by_ratio = [('"any_pack"', '"any_strength"'), ('rule = { value = "divide"', f'price_ratio_rule = {{ value = "drug-2012", unit = "text", {stands}rule = {{ value = "price_ratio"')]
    variant("ratio-of-strengths", *by_ratio)
    for each in ("observation", "region"):
        variant(f"mean-by-ratio-{each}", (aggregator, f'aggregator = {{ value = "mean_of_lowest", {stands}lowest = {{ value = 3, unit = "prices", {stands}'
                f'count_each = {{ value = "{each}", {stands}too_few = {{ value = "lowest_provisional", {stands}'), *by_ratio)
    variant("other-decimals", ('value = "half_up", decimals = 4', 'value = "half_up", decimals = 6'), ('value = "half_up", decimals = 2', 'value = "half_up", decimals = 1'))
    return found


def write(path, header, lines):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(lines)


AS_OF = datetime.date(2026, 6, 15)


def make_head(folder, policy, given, seed):
    """campaign.toml and parameters.toml of one policy."""
    head = oracle.tomllib.loads(policy.read_text(encoding="utf-8"))["policy"]
    region = "广东" if head["region"] == "全国" else head["region"]
    lines = [f'id = "R{seed}"', 'title = "随机"', f'policy = "{head["id"]}"', f'region = "{region}"', f"as_of = {AS_OF}"]
    if seed % 2:
        lines.append(f'known_at = "{AS_OF - datetime.timedelta(3)}"')
    if seed % 3 == 0:
        lines.append('scope = "non_winning"')
    (folder / "campaign.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    toml = lambda value: json.dumps(value, ensure_ascii=False)
    (folder / "parameters.toml").write_text(
        "".join(f'[given."{name}"]\nvalue = {toml(value)}\nwho = "医保局"\nreason = "纪要"\n' for name, value in given), encoding="utf-8")


def make_tables(folder, observations, seed):
    pick = random.Random(seed)
    folder.mkdir(parents=True)
    near = lambda back, forth: (AS_OF + datetime.timedelta(pick.randint(-back, forth))).isoformat()
    products, listings, winners, prices = [], [], [], []
    for number in range(max(3, observations // 8)):
        name, units = f"P{number}", pick.choice([1, 7, 14, 14, 28, 30, 100])
        price = pick.randint(200, 20000) * units // 14 + 1
        products.append([name, f"品种{number // 6}", "普通片", pick.choice(["甲", "乙"]), pick.choice(["10", "10", "20"]), units, "", f"企业{number % 7}",
                         pick.choice("11100"), pick.choice("00001")])
        prices.append((price, units))
        listings.append([name, f"{price // 100}.{price % 100:02d}"])
        if pick.random() < 0.15:
            cents = max(1, price * pick.randint(20, 110) // 100)
            winners.append([name, f"{cents // 100}.{cents % 100:02d}", "|".join(pick.sample(REGIONS, 12))])
    seen = []
    for number in range(observations):
        of = pick.randrange(len(products))
        price, units = prices[of]
        packed = units if pick.random() < 0.8 else pick.choice([1, 7, 14, 28])
        cents = max(1, price * packed // units * pick.randint(60, 140) // 100)
        decimals = pick.choice([2, 2, 2, 4])
        money = f"{cents // 100}.{cents % 100:02d}" + (f"{pick.randrange(100):02d}" if decimals == 4 else "")
        begins = near(400, 8)
        ends = pick.choice(["", "", "", max(begins, near(8, 300))])
        seen.append([f"o{number}", products[of][0], pick.choice(REGIONS), pick.choice(SOURCES), money, packed, begins, ends, pick.choice(["", "", "", "10", "20"]), f"文件{number % 9}", pick.choice(STATUSES), pick.choice("1110"),
                     pick.choice(["", near(100, 0)])])
    pick.shuffle(seen)
    write(folder / "products.csv", "product,name,form,spec,content_mg,pack_units,material,maker,evaluated,originator", products)
    write(folder / "listings.csv", "product,price", listings)
    write(folder / "winners.csv", "product,price,regions", winners)
    write(folder / "observations.csv", "observation,product,region,source,pack_price,pack_units,effective_from,effective_to,content_mg,document,status,evaluated,recorded", seen)
    events = []
    for number in range(max(4, observations // 60)):
        kind = pick.choice(["exclude_observation", "exclude_observation", "restore_observation", "refuse", "silent", "suspend", "delist", "relist"])
        subject = ["", f"o{pick.randrange(observations)}"] if "observation" in kind else [f"P{pick.randrange(len(products))}", ""]
        events.append([number + 1, kind, *subject, "核对", "监测员", near(20, 5)])
    write(folder / "events.csv", "seq,event,product,observation,reason,who,at", events)
    year = [datetime.date(2025, 1, 1) + datetime.timedelta(i) for i in range(1000)]
    write(folder / "holidays.csv", "day,works", [[at.isoformat(), pick.choice("01")] for at in year if pick.random() < 0.1])


def compare(jicai, folder, policy, out):
    run = subprocess.run([jicai, "link", folder, "--out", out, "--policy", policy, "--lang", "en"], capture_output=True, text=True)
    if run.returncode not in (0, 3):
        return [f"exit {run.returncode}: {run.stderr[:2000]}"]
    expected = oracle.decide(folder, policy)
    with open(out / "decisions.csv", encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    certified = json.loads((out / "certificate.json").read_text(encoding="utf-8"))["skus"]
    differences = []
    if not len(expected) == len(found) == len(certified):
        return [f"{len(expected)} decisions expected, {len(found)} found, {len(certified)} certified"]
    waits = False
    for one, row, sku in zip(expected, found, certified):
        waits = waits or one["waits"]
        for name in COLUMNS:
            if one[name] != row[name] and not (one["status"] == "waiting" and name in ("ceilings", "label")):
                differences.append(f"{one['product']}.{name}: expected {one[name]!r}, found {row[name]!r}")
        reasons = {entry["observation"]: entry["reason"] for entry in sku["excluded"]}
        if reasons != one["reasons"]:
            differences.append(f"{one['product']}: reasons expected {one['reasons']}, found {reasons}")
    if run.returncode != (3 if waits else 0):
        differences.append(f"exit {run.returncode}, {'some' if waits else 'none'} wait")
    return differences


def main():
    jicai, observations = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    work = Path(tempfile.mkdtemp(prefix="jicai-linkage-oracle-"))
    failed = 0
    try:
        policies = variants(work)
        folder = work / "campaign"
        make_tables(folder, observations, seed)
        statuses = {}
        for number, (name, (policy, given)) in enumerate(policies.items()):
            make_head(folder, policy, given, seed + number)
            differences = compare(jicai, folder, policy, work / f"{name}-out")
            decisions = work / f"{name}-out" / "decisions.csv"
            for row in oracle.rows(decisions):
                statuses[row["status"]] = statuses.get(row["status"], 0) + 1
            print(f"{name}: {observations} observations, {len(differences)} differences")
            for line in differences[:10]:
                print("   ", line)
            failed += bool(differences)
            shutil.rmtree(work / f"{name}-out", ignore_errors=True)
        print(statuses)
        # A comparison in which nothing ever happens would prove nothing.
        for status in ("linked", "no_lower_price", "within_tolerance", "insufficient_observations", "suspended", "delisted"):
            if not statuses.get(status):
                print(f"no SKU is {status}")
                failed += 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
