#!/usr/bin/env python3
"""jicai verify: a true certificate verifies, and the first difference of a false one is named in words."""

import hashlib
import json

from harness import BAD_INPUT, DIFFERS, DONE, ROOT, SECOND, CliTest, canonical, jicai, main, small_round


class Verify(CliTest):
    def setUp(self):
        super().setUp()
        self.round = small_round(self.work / "round")
        self.ends(jicai("award", self.round, "--out", self.work / "out"), DONE)
        self.path = self.work / "out" / "certificate.json"
        self.certificate = json.loads(self.path.read_text(encoding="utf-8"))

    def write(self, document, signed_again):
        if signed_again:
            content = {name: value for name, value in document.items() if name != "digest"}
            document["digest"] = "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest()
        path = self.work / "false.json"
        path.write_text(canonical(document), encoding="utf-8")
        return path

    def differs(self, document, *words, signed_again=True):
        path = self.write(document, signed_again)
        run = self.ends(jicai("verify", path, "--round", self.round, "--lang", "en"), DIFFERS)
        for word in words:
            self.assertIn(word, run.out)
        self.assertEqual("digest holds" in run.out, signed_again)
        document = self.json_of(self.ends(jicai("verify", path, "--round", self.round, "--json"), DIFFERS))
        self.assertFalse(document["verified"])
        return run

    def test_golden_certificates_still_verify(self):
        """Never regenerate tests/data/certificates to make this pass: a certificate once given must verify for good."""
        for round_id in ("GY-YD2019-1", "GY-YD2019-2"):
            golden = ROOT / "tests/data/certificates" / f"{round_id}.json"
            self.ends(jicai("verify", golden, "--round", ROOT / "tests/data/rounds" / round_id), DONE)

    def test_true(self):
        run = self.ends(jicai("verify", self.path, "--round", self.round), DONE)
        self.assertIn("证书属实", run.out)
        self.assertTrue(self.json_of(jicai("verify", self.path, "--round", self.round, "--json"))["verified"])

    def test_own_digest(self):
        content = {name: value for name, value in self.certificate.items() if name != "digest"}
        self.assertEqual(self.certificate["digest"], "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest())

    def test_bytes_must_be_canonical(self):
        path = self.work / "pretty.json"
        for text in (json.dumps(self.certificate, indent=2, ensure_ascii=True), canonical(self.certificate) + "\n"):
            path.write_text(text, encoding="utf-8")
            run = self.ends(jicai("verify", path, "--round", self.round), DIFFERS)
            self.assertIn("字节不是", run.out)
            self.assertFalse(self.json_of(jicai("verify", path, "--round", self.round, "--json"))["canonical"])

    def test_lots_are_named_not_counted(self):
        lots = self.certificate["lots"]
        self.differs({**self.certificate, "lots": lots[1:]}, "lot 1 is missing from the certificate")
        self.differs({**self.certificate, "lots": lots + [{**lots[1], "lot": "3"}]}, "lot 3 of the certificate is one too many")
        self.differs({**self.certificate, "lots": lots[::-1]}, "lot 2 stands where lot 1 belongs")

    def test_rows_name_spec_and_region(self):
        self.certificate["lots"][0]["volumes"][0]["quantity"] = "1"
        cell = self.certificate["lots"][0]["volumes"][0]
        self.differs(self.certificate, f"lot 1, volumes, row 1 (spec {cell['spec']}, region {cell['region']}, supplier —): quantity", 'claimed: "1"')
        run = jicai("verify", self.work / "false.json", "--round", self.round)
        self.assertIn(f"品种 1 的约定采购量第 1 行（规格 {cell['spec']}，地区 {cell['region']}，企业 —）：数量", run.out)

    def test_a_price_in_a_bid(self):
        self.certificate["lots"][0]["bids"][1]["price"] = "21.5"
        self.differs(self.certificate, "lot 1, supplier B, price", 'claimed: "21.5"', 'recomputed: "22"')

    def test_altered_without_a_new_digest(self):
        self.certificate["lots"][0]["bids"][1]["price"] = "21.5"
        self.differs(self.certificate, "was altered", "lot 1, supplier B, price", signed_again=False)

    def test_a_number_in_a_step(self):
        steps = self.certificate["lots"][0]["bids"][0]["steps"]
        number = next(i for i, step in enumerate(steps) if step["code"] == "step.gate_factor_passed")
        steps[number]["values"]["limit"] = "9"
        self.differs(self.certificate, f"lot 1, supplier A, step {number + 1} (step.gate_factor_passed), value limit", 'claimed: "9"')

    def test_a_clause_in_a_step_of_the_lot(self):
        self.certificate["lots"][1]["steps"][0]["clause"] = "99"
        self.differs(self.certificate, "lot 2, step 1 (step.bidders), clause", 'claimed: "99"')

    def test_a_winner_left_out(self):
        del self.certificate["lots"][0]["bids"][2]
        self.differs(self.certificate, "lot 1, supplier C", "claimed: —")

    def test_a_result_of_the_lot(self):
        self.certificate["lots"][1]["percent"] = 80
        self.differs(self.certificate, "lot 2, percent", "claimed: 80", "recomputed: 50")

    def test_another_folder(self):
        (self.round / "bids.csv").write_text((self.round / "bids.csv").read_text().replace("24.00", "24.01"))
        run = self.ends(jicai("verify", self.path, "--round", self.round, "--lang", "en"), DIFFERS)
        self.assertIn("digest of the input file bids.csv", run.out)

    def test_another_rulebook(self):
        run = self.ends(jicai("verify", self.path, "--round", self.round, "--rulebook", "gy-yd2020-1", "--lang", "en"), DIFFERS)
        self.assertIn("with --rulebook gy-yd2019-2", run.out)
        self.assertNotIn("First difference", run.out)

    def test_unreadable(self):
        for data in (b"", b"[]", b"{", b'{"a":1,"a":2}', b'{"a":1.5}', b'{"a":"\xff"}', b"\xef\xbb\xbf{}"):
            path = self.work / "broken.json"
            path.write_bytes(data)
            run = self.ends(jicai("verify", path, "--round", self.round, "--lang", "en"), BAD_INPUT)
            self.assertIn("broken.json", run.err)
        run = self.ends(jicai("verify", self.work / "none.json", "--round", self.round, "--lang", "en"), BAD_INPUT)
        self.assertIn("no such file", run.err)
        self.ends(jicai("verify", self.path, "--round", self.work / "nowhere"), BAD_INPUT)

    def test_real_round(self):
        self.ends(jicai("award", SECOND, "--out", self.work / "real"), DONE)
        self.ends(jicai("verify", self.work / "real" / "certificate.json", "--round", SECOND), DONE)


if __name__ == "__main__":
    main()
