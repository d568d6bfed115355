#!/usr/bin/env python3
"""tools/verify/check_certificate.py and `jicai verify` on linkage certificates, as made and tampered with.

    check_linkage_test.py --jicai BINARY [--observations N] [unittest arguments]
"""

import contextlib
import copy
import csv
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools" / "verify"), str(ROOT / "tests" / "linkage")]
import check_certificate  # noqa: E402
import json_form  # noqa: E402
import linkage_policy  # noqa: E402
import oracle_test  # noqa: E402
import recompute_linkage  # noqa: E402

CATALOGS = ROOT / "catalogs"
POLICIES = sorted((CATALOGS / "linkage").glob("*.toml"))
GOLDEN = ROOT / "tests" / "data" / "campaigns"
JICAI, WORK, OBSERVATIONS = "", None, 1500
HOLDS, DIFFERS = 0, 4


def link(folder, out, policy=None):
    named = ["--policy", policy] if policy else []
    run = subprocess.run([JICAI, "link", folder, "--out", out, "--lang", "en", *named], capture_output=True, text=True)
    if run.returncode not in (0, 3):
        raise AssertionError(f"jicai link {folder}: exit {run.returncode}\n{run.stderr}")
    return (out / "certificate.json").read_bytes()


def campaign(name, observations, seed, **more):
    """A seeded folder under the policy of that name, and its certificate."""
    folder = Path(tempfile.mkdtemp(dir=WORK)) / "campaign"
    oracle_test.make_tables(folder, observations, seed)
    policy, given = next((path, oracle_test.GIVEN.get(path.stem, [])) for path in POLICIES if path.stem == name)
    oracle_test.make_head(folder, policy, given if more.get("given", True) else [], seed)
    return folder, link(folder, folder.parent / "out")


FORMS = ["普通片", "硬胶囊", "分散片", "颗粒剂", "口服溶液", "小容量注射液", "冻干粉针", "大容量注射液", "软膏剂", "没有的剂型"]
CONTENTS = ["10", "10", "12.5", "20", "40", "79.99", "80", "100"]


def vary(folder, seed):
    """Other forms and contents than plain tablets of 10 and 20 mg, so that conversions of every kind, and none, occur."""
    pick = random.Random(seed)
    for name, column, values in (("products.csv", "form", FORMS), ("products.csv", "content_mg", CONTENTS), ("observations.csv", "content_mg", CONTENTS)):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row[column] or column == "form":
                row[column] = pick.choice(values)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def sealed(certificate):
    """The bytes of a forged certificate: its digest is that of its new content."""
    content = {name: value for name, value in certificate.items() if name != "digest"}
    digest = hashlib.sha256(json_form.canonical(content)).hexdigest()
    return json_form.canonical({**content, "digest": f"sha256:{digest}"})


def check(data, folder, *options):
    """(exit code, check -> line) of the independent verifier."""
    path = WORK / "checked.json"
    path.write_bytes(data)
    said, arguments = io.StringIO(), sys.argv
    sys.argv = ["check_certificate.py", str(path), "--round", str(folder), "--lang", "en", *map(str, options)]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = check_certificate.main()
    finally:
        sys.argv = arguments
    lines = said.getvalue().splitlines()
    return code, {name: line for name in check_certificate.CHECKS for line in lines if f"  {name}:" in line}


def jicai_verify(data, folder, *options):
    path = WORK / "checked.json"
    path.write_bytes(data)
    run = subprocess.run([JICAI, "verify", path, "--round", folder, "--lang", "en", *options], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


class Case(unittest.TestCase):
    def holds(self, data, folder, *options):
        code, lines = check(data, folder, *options)
        self.assertEqual(code, HOLDS, lines)
        self.assertEqual(list(lines), list(check_certificate.CHECKS))

    def differs(self, data, folder, *words, only=None):
        code, lines = check(data, folder)
        self.assertEqual(code, DIFFERS, lines)
        wrong = [name for name, line in lines.items() if line.startswith("DIFFERS")]
        if only:
            self.assertEqual(wrong, [only], lines)
        for word in words:
            self.assertIn(word, " ".join(lines[name] for name in wrong))


class AsMade(Case):
    def test_engine_and_verifier_agree_on_seeded_folders_under_every_policy(self):
        for seed in (11, 12):
            work = Path(tempfile.mkdtemp(dir=WORK))
            folder, statuses, codes = work / "campaign", set(), set()
            oracle_test.make_tables(folder, OBSERVATIONS, seed)
            if seed == 12:
                vary(folder, seed)
            for number, (name, (policy, given)) in enumerate(oracle_test.variants(work).items()):
                with self.subTest(policy=name, seed=seed):
                    oracle_test.make_head(folder, policy, given, seed + number)
                    data = link(folder, work / "out", policy)
                    self.holds(data, folder, "--policy", policy)
                    for sku in json.loads(data)["skus"]:
                        statuses.add(sku["status"])
                        codes |= {step["code"] for step in sku["steps"]}
            # An agreement in which nothing ever happens would prove nothing.
            self.assertLessEqual({"linked", "no_lower_price", "within_tolerance", "insufficient_observations", "suspended", "delisted"}, statuses)
            self.assertGreaterEqual(len(codes), 22, sorted(codes))

    def test_open_values_wait_alike(self):
        for policy in POLICIES:
            with self.subTest(policy=policy.stem):
                folder, data = campaign(policy.stem, 200, 3, given=False)
                self.holds(data, folder)
                self.assertEqual(jicai_verify(data, folder)[0], HOLDS)
                opened = any(row.open for row in linkage_policy.PolicyFile(policy).rows if not row.path.startswith("deadline."))
                waits = any(sku["waits_for"] for sku in json.loads(data)["skus"])
                self.assertTrue(waits or not opened or policy.stem == "jiangsu-2021-labels", policy.stem)

    def test_the_recomputation_by_itself(self):
        folder, data = campaign("shaanxi-drug", 300, 5)
        said, arguments = io.StringIO(), sys.argv
        sys.argv = ["recompute_linkage.py", str(folder)]
        try:
            with contextlib.redirect_stdout(said):
                self.assertEqual(recompute_linkage.main(), 0)
        finally:
            sys.argv = arguments
        self.assertEqual([line.split()[0] for line in said.getvalue().splitlines()], [sku["product"] for sku in json.loads(data)["skus"]])

    def test_how_a_folder_is_saved_does_not_matter(self):
        folder, data = campaign("fujian-drug", 300, 6)
        for path in folder.glob("*.csv"):
            header, *rows = path.read_text(encoding="utf-8").splitlines()
            path.write_bytes("\r\n".join([header, *reversed(rows), "," * header.count(",")]).encode("gb18030"))
        self.holds(data, folder, "--encoding", "gb18030")

    def test_another_policy_must_be_named(self):
        folder, data = campaign("fujian-drug", 100, 7)
        code, lines = check(data, folder, "--policy", CATALOGS / "linkage" / "shaanxi-drug.toml")
        self.assertEqual(code, DIFFERS)
        self.assertIn("--policy", lines["rules"])

    def test_policy_of_another_region(self):
        folder, data = campaign("fujian-drug", 100, 7)
        head = folder / "campaign.toml"
        head.write_text(head.read_text(encoding="utf-8").replace('region = "福建"', 'region = "湖南"'), encoding="utf-8")
        code, lines = check(data, folder)
        self.assertEqual(code, DIFFERS)
        self.assertTrue(lines["results"].startswith("not checked"), lines)


class Calendar(Case):
    """Working days where the folder tells no holidays: those of the carried calendar, named in the certificate."""

    def made(self, **files):
        folder, _ = campaign("hunan-2018-drug", 200, 9)
        (folder / "holidays.csv").unlink()
        for name, content in files.items():
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
        return folder, link(folder, folder.parent / "out")

    def deadlines(self, data):
        steps = [step for sku in json.loads(data)["skus"] for step in sku["steps"]]
        return ([step["values"] for step in steps if step["code"] == "step.link_deadline"],
                [step for step in steps if step["code"] == "step.link_deadline_unknown"])

    def test_the_carried_years_are_counted_by_and_named(self):
        folder, data = self.made()
        years = [entry["year"] for entry in json.loads(data)["calendar"]]
        self.assertEqual(years, sorted(int(path.stem) for path in (CATALOGS / "calendar").glob("*.toml")))
        known, unknown = self.deadlines(data)
        self.assertTrue(known)
        self.assertFalse(unknown)
        self.holds(data, folder)
        self.assertEqual(jicai_verify(data, folder)[0], HOLDS)

    def test_a_year_of_the_folder_comes_first(self):
        folder, data = self.made(holidays="day,works\n2026-01-01,0\n")
        self.assertNotIn(2026, [entry["year"] for entry in json.loads(data)["calendar"]])
        self.holds(data, folder)

    def test_a_certificate_keeps_the_years_it_was_made_with(self):
        folder, data = self.made()
        certificate = json.loads(data)
        # As made by a program that carried no 2026: every deadline that reaches it was unknown then.
        years = [entry["year"] for entry in certificate["calendar"] if entry["year"] != 2026]
        certificate["calendar"] = [entry for entry in certificate["calendar"] if entry["year"] in years]
        certificate["skus"] = recompute_linkage.Campaign(folder, carried=years).decide()
        older = sealed(certificate)
        self.assertNotEqual(older, data)
        self.assertTrue(self.deadlines(older)[1])
        self.holds(older, folder)
        self.assertEqual(jicai_verify(older, folder)[0], HOLDS)

    def test_forged_calendars(self):
        folder, data = self.made()
        for change in (lambda c: c["calendar"].pop(), lambda c: c["calendar"].pop(2), lambda c: c["calendar"].reverse(), lambda c: c["calendar"][0].update(year=2099),
                       lambda c: c["calendar"][-1].update(digest="sha256:" + "0" * 64)):
            certificate = json.loads(data)
            change(certificate)
            forged = sealed(certificate)
            self.assertNotEqual(check(forged, folder)[0], HOLDS)
            self.assertNotEqual(jicai_verify(forged, folder)[0], HOLDS)


# ---------------------------------------------------------------- tampering


def shape(path):
    """A place without its numbers: one entry of a list is as good as another."""
    return "/".join("*" if isinstance(part, int) else part for part in path)


def leaves(value, path=()):
    """Every place of a document; a step is named by its code."""
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from leaves(entry, (*path, name))
    elif isinstance(value, list):
        yield path, value
        for number, entry in enumerate(value):
            yield from leaves(entry, (*path, number))
    else:
        yield path, value


def other(value, path):
    """Something else of the same form."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return value[:-1]
    if value is None:
        return "2026-01-01" if path[-1] in ("known_at", "declare_by", "barred_until") else "1.5" if path[-1] != "price_ratio_rule" else {
            "id": "drug-2012", "digest": "sha256:" + "0" * 64}
    if re.fullmatch(r"sha256:[0-9a-f]{64}", value):
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value[:-2] + ("11" if value[-2:] != "11" else "12")
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
        return value[:-1] + ("7" if value[-1] != "7" else "8")
    for words in WORDS:
        if value in words:
            return words[(words.index(value) + 1) % len(words)]
    return value + "x"


SCHEMA = json.loads((ROOT / "docs" / "linkage-certificate.schema.json").read_text(encoding="utf-8"))
SKU = SCHEMA["$defs"]["sku"]["properties"]
WORDS = [
    SKU["status"]["enum"], SKU["label"]["enum"], SCHEMA["$defs"]["source"]["enum"], SCHEMA["$defs"]["evidence"]["enum"],
    SKU["excluded"]["items"]["properties"]["reason"]["enum"], SKU["ceilings"]["items"]["properties"]["kind"]["enum"],
    SCHEMA["properties"]["campaign"]["properties"]["scope"]["enum"],
]


def at(document, path):
    for part in path:
        document = document[part]
    return document


class Tampered(Case):
    def places(self, certificate):
        """One place of each shape, steps by their codes, waiting messages by theirs."""
        found = {}
        for path, value in leaves(certificate):
            if path == ("digest",) or (isinstance(value, list) and not value):
                continue
            if path == ("calendar",):
                continue  # without its last year it is that of an earlier program; Calendar tampers with it
            name = shape(path)
            for number in range(len(path)):
                entry = at(certificate, path[: number + 1])
                if isinstance(entry, dict) and "code" in entry:
                    name = f"{name} {entry['code']}"
            found.setdefault(name, (path, value))
        return found

    def test_every_member_of_a_certificate(self):
        """Whatever is changed, and sealed again: both verifiers see it, and the independent one names the SKU."""
        seen = set()
        for policy, seed in (("hunan-2018-drug", 21), ("non-winning-national", 22), ("guangdong-2026-consumable", 23),
                             ("jiangsu-2021-labels", 24), ("non-winning-gradient", 25), ("qinghai-2019-drug", 26)):
            folder, data = campaign(policy, 160, seed)
            self.holds(data, folder)
            self.assertEqual(jicai_verify(data, folder)[0], HOLDS)
            certificate = json.loads(data)
            for name, (path, value) in self.places(certificate).items():
                if name in seen:
                    continue
                seen.add(name)
                with self.subTest(policy=policy, place=name):
                    forged = copy.deepcopy(certificate)
                    at(forged, path[:-1])[path[-1]] = other(value, path)
                    self.assertNotEqual(forged, certificate)
                    code, lines = check(sealed(forged), folder)
                    self.assertNotEqual(code, HOLDS, lines)
                    if path[0] == "skus" and lines and lines["form"].startswith("holds"):
                        self.assertEqual(code, DIFFERS, lines)
                        if len(path) > 1 and path[2:] != ("product",):
                            self.assertIn(certificate["skus"][path[1]]["product"], lines["results"])
                    self.assertEqual(jicai_verify(sealed(forged), folder)[0] in (2, DIFFERS), True)
        self.assertGreater(len(seen), 120)

    def test_lists(self):
        folder, data = campaign("shaanxi-drug", 200, 31)
        certificate = json.loads(data)
        for name in ("skus", "inputs", "not_official"):
            for change in (lambda rows: rows.pop(0), lambda rows: rows.reverse(), lambda rows: rows.append(copy.deepcopy(rows[0]))):
                forged = copy.deepcopy(certificate)
                change(forged[name])
                with self.subTest(name=name):
                    self.differs(sealed(forged), folder, only={"skus": "results", "inputs": "inputs", "not_official": "rules"}[name])
        for name in ("used", "excluded", "steps", "ceilings"):
            sku = next(sku for sku in certificate["skus"] if sku[name])
            for change in (lambda rows: rows.pop(), lambda rows: rows.append(copy.deepcopy(rows[0]))):
                forged = copy.deepcopy(certificate)
                change(next(one for one in forged["skus"] if one["product"] == sku["product"])[name])
                with self.subTest(name=name):
                    self.differs(sealed(forged), folder, f"SKU {sku['product']}, number of {name}", only="results")

    def test_several_skus_are_counted(self):
        folder, data = campaign("shaanxi-drug", 200, 31)
        forged = json.loads(data)
        for sku in forged["skus"][2:5]:
            sku["counted"] += 1
        self.differs(sealed(forged), folder, "2 more SKUs differ", only="results")

    def test_a_change_that_is_not_sealed(self):
        folder, data = campaign("shaanxi-drug", 200, 31)
        forged = json.loads(data)
        forged["skus"][0]["old_price"] = "0.01"
        code, lines = check(json_form.canonical(forged), folder)
        self.assertEqual(code, DIFFERS)
        self.assertTrue(lines["digest"].startswith("DIFFERS") and lines["results"].startswith("DIFFERS"), lines)

    def test_the_words_of_a_difference(self):
        folder, data = campaign("shaanxi-drug", 200, 31)
        forged = json.loads(data)
        sku = next(sku for sku in forged["skus"] if sku["status"] == "linked")
        right, sku["enforced_price"] = sku["enforced_price"], "0.02"
        self.differs(sealed(forged), folder, f"SKU {sku['product']}, enforced_price: 0.02 in the certificate, {right} recomputed", only="results")
        step = next(number for number, step in enumerate(sku["steps"], 1) if step["code"] == "step.link_reference_pack")
        sku["enforced_price"], sku["steps"][step - 1]["values"]["price"] = right, "0.03"
        self.differs(sealed(forged), folder, f"SKU {sku['product']}, steps, number {step}", "0.03", only="results")

    def test_what_went_in(self):
        """Another folder than the certificate was made from, file by file."""
        for name in ("observations.csv", "products.csv", "listings.csv", "winners.csv", "events.csv", "holidays.csv", "parameters.toml", "campaign.toml"):
            folder, data = campaign("hunan-2018-drug", 200, 41)
            path = folder / name
            if name.endswith(".toml"):
                word = "纪要" if name == "parameters.toml" else "随机"
                path.write_text(path.read_text(encoding="utf-8").replace(word, "别的", 1), encoding="utf-8")
            else:
                rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
                with path.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows(rows[:-1])
            with self.subTest(name):
                code, lines = check(data, folder)
                self.assertEqual(code, DIFFERS, lines)
                self.assertTrue(lines["inputs"].startswith("DIFFERS"), lines)
                self.assertIn(name, lines["inputs"])
        folder, data = campaign("hunan-2018-drug", 200, 41)
        path = folder / "observations.csv"
        used = json.loads(data)["skus"]
        sku = next(sku for sku in used if sku["status"] == "linked")
        lowest = sku["used"][0]
        text = re.sub(rf"(?m)^({lowest['observation']},(?:[^,]*,){{3}})[^,]*", r"\g<1>0.05", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        code, lines = check(data, folder)
        self.assertTrue(lines["inputs"].startswith("DIFFERS") and lines["results"].startswith("DIFFERS"), lines)
        self.assertIn(f"SKU {sku['product']}", lines["results"])

    def test_the_form(self):
        folder, data = campaign("shaanxi-drug", 100, 51)
        for change, place in ((lambda c: c.update(remark="x"), "remark"), (lambda c: c.pop("calendar"), "calendar"),
                              (lambda c: c["skus"][0].update(counted=True), "/skus/0/counted"),
                              (lambda c: c["skus"][0].update(status="free"), "/skus/0/status"),
                              (lambda c: c["skus"][0]["steps"][0].update(clause="x"), "/skus/0/steps/0")):
            forged = json.loads(data)
            change(forged)
            with self.subTest(place):
                code, lines = check(sealed(forged), folder)
                self.assertEqual(code, DIFFERS)
                self.assertIn(place, lines["form"])
                self.assertTrue(lines["results"].startswith("not checked"), lines)


class Golden(Case):
    """Certificates of every shipped policy, made once. They must verify in every later version."""

    def test_every_shipped_policy_has_one(self):
        self.assertEqual(sorted(path.stem for path in GOLDEN.glob("*.json")), [path.stem for path in POLICIES])

    def test_they_hold(self):
        for path in sorted(GOLDEN.glob("*.json")):
            with self.subTest(path.stem):
                folder = Path(tempfile.mkdtemp(dir=WORK)) / path.stem
                shutil.copytree(GOLDEN / "tables", folder)
                shutil.copytree(GOLDEN / path.stem, folder, dirs_exist_ok=True)
                data = path.read_bytes()
                self.holds(data, folder)
                code, said = jicai_verify(data, folder)
                self.assertEqual(code, HOLDS, said)
                self.assertEqual(link(folder, folder.parent / f"{path.stem}-out"), data)


if __name__ == "__main__":
    for option in ("--jicai", "--observations"):
        if option in sys.argv:
            at_ = sys.argv.index(option)
            value = sys.argv[at_ + 1]
            del sys.argv[at_ : at_ + 2]
            if option == "--jicai":
                JICAI = str(Path(value).resolve())
            else:
                OBSERVATIONS = int(value)
    with tempfile.TemporaryDirectory() as directory:
        WORK = Path(directory)
        unittest.main()
