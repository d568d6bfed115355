#!/usr/bin/env python3
"""tools/verify/check_certificate.py on certificates that `jicai award` makes, as made and tampered with.

    check_certificate_test.py --jicai BINARY [unittest arguments]
"""

import contextlib
import copy
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "verify"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import check_certificate  # noqa: E402
import input_digests  # noqa: E402
import json_form  # noqa: E402
import make_worlds  # noqa: E402
import rule_digests  # noqa: E402

ROUNDS = ROOT / "tests" / "data" / "rounds"
FIRST_X, SECOND = ROUNDS / "GY-YD2019-1", ROUNDS / "GY-YD2019-2"
CATALOGS = ROOT / "catalogs"
JICAI = ""
WORK = None
MADE = {}


def made(folder, *options):
    """The certificate of a round folder, as bytes."""
    key = folder, options
    if key not in MADE:
        out = WORK / f"out-{len(MADE)}"
        run = subprocess.run([JICAI, "award", folder, "--out", out, "--lang", "en", *options], capture_output=True, text=True)
        if run.returncode not in (0, 3):
            raise AssertionError(f"jicai award {folder}: exit {run.returncode}\n{run.stderr}")
        MADE[key] = (out / "certificate.json").read_bytes()
    return MADE[key]


def world(rulebook, seed):
    folder = WORK / f"world-{rulebook}-{seed}"
    if not folder.exists():
        make_worlds.random_round(folder, rulebook, CATALOGS, seed)
    return folder


def sealed(certificate):
    """The bytes of a forged certificate: its digest is that of its new content."""
    content = {name: value for name, value in certificate.items() if name != "digest"}
    digest = hashlib.sha256(json_form.canonical(content)).hexdigest()
    return json_form.canonical({**content, "digest": f"sha256:{digest}"})


def check(data, folder, *options, lang="en"):
    """(exit code, check -> line)"""
    path = WORK / "checked.json"
    path.write_bytes(data)
    said, arguments = io.StringIO(), sys.argv
    sys.argv = ["check_certificate.py", str(path), "--round", str(folder), "--lang", lang, *map(str, options)]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = check_certificate.main()
    finally:
        sys.argv = arguments
    names = check_certificate.CHECKS if lang == "en" else check_certificate.CHECKS.values()
    mark = ":" if lang == "en" else "："
    lines = said.getvalue().splitlines()
    return code, {name: line for name in names for line in lines if f"  {name}{mark}" in line}


class Case(unittest.TestCase):
    def expect(self, data, folder, *options, differ=(), unchecked=(), words=()):
        code, lines = check(data, folder, *options)
        self.assertEqual(list(lines), list(check_certificate.CHECKS))
        for name, line in lines.items():
            wanted = "DIFFERS" if name in differ else "not checked" if name in unchecked else "holds"
            self.assertTrue(line.startswith(wanted), line)
        self.assertEqual(code, 4 if differ else 2 if unchecked else 0)
        for word in words:
            self.assertIn(word, " ".join(line for name, line in lines.items() if name in (*differ, *unchecked)))

    def copy_of(self, source):
        folder = Path(tempfile.mkdtemp(dir=WORK)) / source.name
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("published"))
        return folder

    def replace(self, path, old, new):
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


class AsMade(Case):
    def test_the_first_round_holds(self):
        self.expect(made(FIRST_X), FIRST_X)

    def test_the_second_round_holds(self):
        self.expect(made(SECOND), SECOND)

    def test_random_rounds_hold(self):
        for rulebook, seed in (("gy-yd2021-1", 1), ("gy-yd2021-2", 2)):
            with self.subTest(rulebook=rulebook, seed=seed):
                folder = world(rulebook, seed)
                self.expect(made(folder), folder)

    def test_another_rulebook_must_be_named(self):
        data = made(SECOND, "--rulebook", "gy-yd2021-1")
        self.expect(data, SECOND, "--rulebook", CATALOGS / "rulebooks" / "gy-yd2021-1.toml")
        self.expect(data, SECOND, differ=("rules", "results"), words=("--rulebook",))

    def test_in_chinese(self):
        code, lines = check(made(SECOND), SECOND, lang="zh")
        self.assertEqual((code, len(lines)), (0, 6))
        self.assertIn("32 个品种、158 个申报重算相同，中选 100 家次", lines["结果"])

    def test_given_parameters(self):
        folder = self.copy_of(SECOND)
        (folder / "parameters.toml").write_text(
            '[given."substitution.in_publicity"]\nvalue = "other_winners"\nwho = "办公室"\nreason = "第\\"14\\"条\\t未写"\n'
            '[given."substitution.substitute_at_own_price"]\nvalue = true\nwho = "office"\nreason = "silent"\n',
            encoding="utf-8")
        data = made(folder)
        self.assertEqual(len(json.loads(data)["given"]), 2)
        self.expect(data, folder)
        self.replace(folder / "parameters.toml", "other_winners", "non_winners")
        self.expect(data, folder, differ=("inputs", "rules"))

    def test_how_a_folder_is_saved_does_not_matter(self):
        folder = self.copy_of(SECOND)
        for path in folder.glob("*.csv"):
            header, *rows = path.read_text(encoding="utf-8-sig").splitlines()
            path.write_bytes("\r\n".join([header, *reversed(rows), "," * header.count(",")]).encode("gb18030"))
        self.expect(made(SECOND), folder, "--encoding", "gb18030")
        self.expect(made(folder, "--encoding", "gb18030"), folder, "--encoding", "gb18030")
        self.expect(made(SECOND), folder, unchecked=("inputs", "results"), words=("cannot be read",))

    def test_a_bid_without_a_price_leaves_cells_empty(self):
        folder = self.copy_of(SECOND)
        lines = (folder / "bids.csv").read_text(encoding="utf-8-sig").splitlines()
        names = lines[0].split(",")
        for at, empty, participation in ((1, ("form", "pack_units", "pack_price"), "bid"),
                                         (2, ("spec", "content_mg", "form", "pack_units", "pack_price"), "absent")):
            cells = dict(zip(names, lines[at].split(",")), participation=participation) | dict.fromkeys(empty, "")
            lines[at] = ",".join(cells[name] for name in names)
        (folder / "bids.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        data = made(folder)
        self.assertNotEqual(data, made(SECOND))
        self.expect(data, folder)

    def test_a_pack_without_a_ratio_waits(self):
        folder = self.copy_of(SECOND)
        self.replace(folder / "packs.csv", "普通片", "滴眼剂")
        data = made(folder)
        self.assertTrue(any(lot["waits_for"] for lot in json.loads(data)["lots"]))
        self.expect(data, folder)

    def test_lots_the_office_took_out(self):
        folder = self.copy_of(SECOND)
        lots = [row.split(",")[0] for row in (folder / "lots.csv").read_text(encoding="utf-8-sig").splitlines()[1:4]]
        with (folder / "events.csv").open("a", encoding="utf-8") as file:
            file.write(f"90,{lots[0]},lot_cancelled,,,临床需求变化,联采办,2020-01-10\n91,{lots[1]},lot_failed,,,申报不足,联采办,2020-01-17\n"
                       f"92,{lots[0]},lot_retendered,,GY-YD2020-1,临床需求变化,联采办,2020-01-20\n")
        data = made(folder)
        status = {lot["lot"]: lot["status"] for lot in json.loads(data)["lots"]}
        self.assertEqual([status[lot] for lot in lots], ["cancelled", "failed", "decided"])
        self.expect(data, folder)

    def test_how_volumes_are_reported(self):
        """Given where the rulebook is silent, and from a table of its own; no award depends on either."""
        folder = self.copy_of(SECOND)
        with (folder / "parameters.toml").open("a", encoding="utf-8") as file:
            file.write('\n[given."reporting.floor_percent"]\nvalue = 95\nwho = "联采办"\nreason = "3.1"\n'
                       '\n[given."reporting.brand_rule"]\nvalue = "brand"\nwho = "联采办"\nreason = "3.1"\n')
        given = made(folder)
        listed = [row for row in json.loads(given)["not_official"] if row["parameter"].startswith("reporting.")]
        self.assertEqual([(row["parameter"], row["value"], row["clause"], row["evidence"]) for row in listed],
                         [("reporting.floor_percent", "95", "text silent", "given"),
                          ("reporting.brand_rule", "brand", "text silent", "given")])
        self.assertEqual(json.loads(given)["rulebook"], json.loads(made(SECOND))["rulebook"])
        self.assertEqual(json.loads(given)["lots"], json.loads(made(SECOND))["lots"])
        self.expect(given, folder)

        rulebook = folder.parent / "gy-yd2019-2.toml"
        text = (CATALOGS / "rulebooks" / "gy-yd2019-2.toml").read_text(encoding="utf-8")
        rulebook.write_text(text + '\n[reporting]\nfloor_percent = { value = 90, unit = "percent", clause = "3|1", evidence = "official" }\n'
                            'alarm_percent = { unit = "percent_of_use", clause = "3.2" }\n', encoding="utf-8")
        data = made(SECOND, "--rulebook", str(rulebook))
        self.assertNotEqual(json.loads(data)["rulebook"]["digest"], json.loads(made(SECOND))["rulebook"]["digest"])
        self.assertIn({"parameter": "reporting.alarm_percent", "value": None, "clause": "3.2", "evidence": "open"},
                      json.loads(data)["not_official"])
        self.expect(data, SECOND, "--rulebook", rulebook)

    def test_what_the_recomputation_does_not_read_is_said(self):
        folder = self.copy_of(SECOND)
        lot, supplier = (folder / "bids.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[:2]
        with (folder / "events.csv").open("a", encoding="utf-8") as file:
            file.write(f"90,{lot},objection_upheld,{supplier},,reason,office,2020-01-20\n")
        self.expect(made(folder), folder, unchecked=("results",), words=("objection_upheld",))


class Tampered(Case):
    def forged(self, change, source=SECOND):
        certificate = json.loads(made(source))
        before = copy.deepcopy(certificate)
        change(certificate)
        self.assertNotEqual(certificate, before)
        return certificate

    def bid(self, certificate, outcome="won"):
        return next((lot, bid) for lot in certificate["lots"] for bid in lot["bids"] if bid["outcome"] == outcome)

    def test_a_price_by_itself_breaks_the_digest_too(self):
        certificate = self.forged(lambda c: self.bid(c)[1].update(price="2799.99"))
        self.expect(json_form.canonical(certificate), SECOND, differ=("digest", "results"), words=("2799.99", "2800", "lot 1,"))

    def test_every_result_of_a_bid(self):
        changes = {
            "price": "2799.99", "unit_price": "27.7922", "unit_comparable_price": "27.792", "rank": 2, "outcome": "lost",
            "step": "entry", "regions": 12, "tied": True, "spec": "0.5g", "form": "硬胶囊", "pack_units": 60,
        }
        for member, value in changes.items():
            with self.subTest(member=member):
                certificate = self.forged(lambda c: self.bid(c)[1].update({member: value}))
                words = [check_certificate.BID_MEMBERS[member][1], certificate["lots"][0]["bids"][0]["supplier"]]
                self.expect(sealed(certificate), SECOND, differ=("results",), words=words)

    def test_ranks_exchanged(self):
        def exchange(certificate):
            first, second = certificate["lots"][0]["bids"][:2]
            first["rank"], second["rank"] = second["rank"], first["rank"]
            certificate["lots"][0]["bids"][:2] = [second, first]

        self.expect(sealed(self.forged(exchange)), SECOND, differ=("results",), words=("rank", "2 in the certificate, 1 recomputed"))

    def test_the_order_of_bids_alone(self):
        self.expect(sealed(self.forged(lambda c: c["lots"][0]["bids"].reverse())), SECOND, differ=("results",), words=("order",))

    def test_every_result_of_a_lot(self):
        changes = {
            "status": "failed", "bidders": 5, "entrants_max": 4, "winners": 2, "percent": 80, "term_years": 3,
            "regions_complete": True, "name": "别的品种",
        }
        for member, value in changes.items():
            with self.subTest(member=member):
                certificate = self.forged(lambda c: c["lots"][0].update({member: value}))
                self.expect(sealed(certificate), SECOND, differ=("results",), words=(member, "lot 1,"))

    def test_volumes_turns_allocations_and_packs(self):
        folder = world("gy-yd2021-1", 1)
        for name, member, value in (("volumes", "quantity", "1"), ("turns", "source", "open"), ("turns", "supplier", "药企99"),
                                    ("allocations", "supplier", "药企99"), ("packs", "price", "0.01")):
            with self.subTest(name=name, member=member):
                def change(certificate):
                    next(lot for lot in certificate["lots"] if lot[name])[name][0][member] = value

                self.expect(sealed(self.forged(change, folder)), folder, differ=("results",), words=(value,))

    def test_rows_left_out(self):
        for name in ("lots", "volumes", "packs", "bids"):
            with self.subTest(name=name):
                def drop(certificate):
                    (certificate if name == "lots" else certificate["lots"][3])[name].pop()

                self.expect(sealed(self.forged(drop)), SECOND, differ=("results",))

    def test_waiting_hidden(self):
        folder = world("gy-yd2021-1", 1)
        certificate = json.loads(made(folder))
        waiting = next(lot for lot in certificate["lots"] if lot["waits_for"])
        waiting["waits_for"] = []
        self.expect(sealed(certificate), folder, differ=("results",), words=("waits", f"lot {waiting['lot']},"))

    def test_several_lots_are_counted(self):
        def change(certificate):
            for lot in certificate["lots"][2:5]:
                lot["bidders"] += 1

        self.expect(sealed(self.forged(change)), SECOND, differ=("results",), words=("2 more lots differ",))

    def test_the_digest_of_an_input(self):
        certificate = self.forged(lambda c: c["inputs"][1].update(digest="sha256:" + "0" * 64))
        self.expect(sealed(certificate), SECOND, differ=("inputs",), words=("bids.csv",))
        self.expect(sealed(self.forged(lambda c: c["inputs"].pop(0))), SECOND, differ=("inputs",), words=("bidders.csv",))

    def test_the_digest_itself(self):
        data = made(SECOND)
        other = data.replace(b'{"digest":"sha256:', b'{"digest":"sha256:0', 1)
        digest_end = other.index(b'","format"')
        self.expect(other[: digest_end - 1] + other[digest_end:], SECOND, differ=("digest",), words=("digest",))

    def test_the_heading_of_the_round(self):
        self.expect(sealed(self.forged(lambda c: c["round"].update(opening="2020-01-18"))), SECOND, differ=("inputs",), words=("opening",))

    def test_an_input_file_changed(self):
        folder = self.copy_of(SECOND)
        with (folder / "bidders.csv").open("a", encoding="utf-8") as file:
            file.write("S999,Nobody\n")
        self.expect(made(SECOND), folder, differ=("inputs",), words=("bidders.csv",))
        folder = self.copy_of(SECOND)
        self.replace(folder / "bids.csv", ",2800,", ",2800.01,")
        self.expect(made(SECOND), folder, differ=("inputs", "results"), words=("bids.csv", "2800.01"))
        (folder / "events.csv").unlink()
        self.expect(made(SECOND), folder, differ=("inputs", "results"), words=("bids.csv",))

    def test_the_rules(self):
        for part, member, value in (("rulebook", "digest", "sha256:" + "0" * 64), ("rulebook", "source", "elsewhere"),
                                    ("price_ratio_rule", "digest", "sha256:" + "0" * 64), ("price_ratio_rule", "id", "other")):
            with self.subTest(part=part, member=member):
                self.expect(sealed(self.forged(lambda c: c[part].update({member: value}))), SECOND, differ=("rules",), words=(member,))

    def test_an_assumption_hidden(self):
        self.expect(sealed(self.forged(lambda c: c["not_official"].pop(0))), SECOND, differ=("rules",), words=("content_base",))

    def test_a_rulebook_changed(self):
        path = WORK / "changed.toml"
        text = (CATALOGS / "rulebooks" / "gy-yd2019-2.toml").read_text(encoding="utf-8")
        path.write_text("# A remark\n" + text.replace('value = "1.8"', 'value = "1.80"'), encoding="utf-8")
        self.expect(made(SECOND), SECOND, "--rulebook", path)
        path.write_text(text.replace('value = "1.8"', 'value = "1.81"'), encoding="utf-8")
        self.expect(made(SECOND), SECOND, "--rulebook", path, differ=("rules",), words=("digest",))
        path.write_text(text.replace('clause = "12.1"', 'clause = "12.2"'), encoding="utf-8")
        self.expect(made(SECOND), SECOND, "--rulebook", path, differ=("rules",), words=("digest",))

    def test_bytes_that_say_the_same(self):
        data = made(SECOND)
        document = json.loads(data)
        same = {
            "line end": data + b"\n",
            "blank": data.replace(b'"kind":"award"', b'"kind": "award"', 1),
            "escape": data.replace(b'"kind":"award"', b'"kind":"aw\\u0061rd"', 1),
            "minus zero": data.replace(b'"regions":0,', b'"regions":-0,', 1),
            "order": json.dumps({**{"kind": document.pop("kind")}, **document}, ensure_ascii=False, separators=(",", ":")).encode(),
            "byte order mark": b"\xef\xbb\xbf" + data,
            "member twice": data.replace(b'"kind":"award"', b'"kind":"award","kind":"award"', 1),
        }
        for name, changed in same.items():
            with self.subTest(name):
                self.assertNotEqual(changed, data)
                self.expect(changed, SECOND, differ=("bytes",))

    def test_a_number_that_is_not_whole(self):
        data = made(SECOND).replace(b'"regions":0,', b'"regions":0.0,', 1)
        self.expect(data, SECOND, differ=("bytes", "digest", "form"), unchecked=("inputs", "rules", "results"))

    def test_the_form(self):
        for change, place in ((lambda c: c.update(remark="x"), "remark"), (lambda c: c.pop("lots"), "lots"),
                              (lambda c: c["lots"][0].update(percent=101), "/lots/0/percent"),
                              (lambda c: c["lots"][0].update(bidders=True), "/lots/0/bidders"),
                              (lambda c: c["lots"][0]["bids"][0].update(price="1e3"), "/lots/0/bids/0/price"),
                              (lambda c: c["lots"][0]["steps"][0].pop("evidence"), "/lots/0/steps/0")):
            with self.subTest(place):
                self.expect(sealed(self.forged(change)), SECOND, differ=("form",), unchecked=("inputs", "rules", "results"), words=(place,))

    def test_unreadable(self):
        for data in (b"", b"{", b"[]", b"\xff", b"[" * 100000):
            code, lines = check(data, SECOND)
            self.assertEqual((code, lines), (2, {}))
        self.assertEqual(check(made(SECOND), WORK / "nowhere"), (2, {}))


class Parts(unittest.TestCase):
    def test_canonical_json(self):
        value = {"b": [1, True, None, "é\u2028\x1f\"\\\n"], "a": {}, "\U0001f600": 0, "\ufb33": 1}
        self.assertEqual(
            json_form.canonical(value).decode(),
            '{"a":{},"b":[1,true,null,"é\u2028\\u001f\\"\\\\\\n"],"\U0001f600":0,"\ufb33":1}')
        self.assertEqual(json_form.canonical(2**53 - 1), b"9007199254740991")
        for wrong in (2**53, "\ud800"):
            with self.assertRaises(json_form.NotCanonical):
                json_form.canonical(wrong)

    def test_the_schema_says_no_more_than_is_checked(self):
        with self.assertRaises(ValueError):
            list(json_form.faults({"uniqueItems": True}, []))

    def test_forms(self):
        for schema, good, bad in (
            ({"type": "integer", "minimum": 1, "maximum": 3}, (1, 3), (0, 4, True, "1")),
            ({"type": ["integer", "null"]}, (None, 5), (False, "")),
            ({"const": 1}, (1,), (True, 2)),
            ({"type": "string", "pattern": "^[0-9]+$"}, ("12",), ("12\n", "１２", "")),
            ({"type": "string", "minLength": 1}, ("a",), ("",)),
            ({"anyOf": [{"type": "null"}, {"enum": ["a"]}]}, (None, "a"), ("b", 0)),
            ({"type": "array", "items": {"type": "null"}}, ([], [None]), ([1], {})),
            ({"type": "object", "additionalProperties": {"type": "string"}}, ({}, {"a": "b"}), ({"a": 1},)),
            ({"dependentRequired": {"a": ["b"]}}, ({"b": 1}, {"a": 1, "b": 1}), ({"a": 1},)),
        ):
            for value in good:
                self.assertEqual(list(json_form.faults(schema, value)), [], (schema, value))
            for value in bad:
                self.assertTrue(list(json_form.faults(schema, value)), (schema, value))

    def test_the_example_of_the_inputs_page(self):
        path = Path(tempfile.mkdtemp(dir=WORK)) / "preferences.csv"
        path.write_text('order,region,lot,supplier\r\n2,北京,1,甲\r\n01,上海,1,甲\r\n,,,\r\n', encoding="gb18030")
        lines = input_digests.table_lines(path, input_digests.TABLES[path.name].split(), "gb18030")
        self.assertEqual(lines, ["lot,supplier,order,region", "1,甲,1,上海", "1,甲,2,北京"])

    def test_cells(self):
        for column, text, wanted in (("price#", "3.60", "3.6"), ("price#", "10086.00", "10086"), ("price#", "007", "7"),
                                     ("price#", "0.0", "0"), ("price#", "", ""), ("main?", "是", "1"), ("main?", "", "0"),
                                     ("name", " 甲 ", " 甲 ")):
            self.assertEqual(input_digests.canonical_cell("t.csv", column, text), wanted)
        for column, text in (("price#", "1e3"), ("price#", "1,000"), ("price#", "-1"), ("price#", "１"), ("main?", "yes")):
            with self.assertRaises(input_digests.NotReadable):
                input_digests.canonical_cell("t.csv", column, text)

    def test_toml_values(self):
        for value, wanted in (("a\"\\\t\x7f", '"a\\"\\\\\\u0009\\u007F"'), (12, "12"), (True, "true"), ([1, "b"], '[1, "b"]'),
                              ({}, "{}"), ({"9+": 6, "1": 1}, '{ "9+" = 6, 1 = 1 }')):
            self.assertEqual(input_digests.value_text(value), wanted)
        with self.assertRaises(input_digests.NotReadable):
            input_digests.value_text(1.5)

    def test_every_shipped_rulebook_has_a_digest_of_its_own(self):
        paths = sorted((CATALOGS / "rulebooks").glob("*.toml"))
        digests = {rule_digests.RulebookFile(path).digest for path in paths}
        self.assertGreaterEqual(len(paths), 5)
        self.assertEqual(len(digests), len(paths))

    def test_exact_numbers(self):
        for value, wanted in (("1.80", "1.8"), ("2/3", "2/3"), ("1/8", "0.125"), ("12", "12"), ("1/4096", "0.000244140625"),
                              ("1/8192", "1/8192")):
            self.assertEqual(rule_digests.exact(rule_digests.Fraction(value)), wanted)


if __name__ == "__main__":
    at = sys.argv.index("--jicai")
    JICAI = str(Path(sys.argv[at + 1]).resolve())
    del sys.argv[at : at + 2]
    with tempfile.TemporaryDirectory() as directory:
        WORK = Path(directory)
        unittest.main()
