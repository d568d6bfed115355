import threading

from rounds_service import EARLIER, ROUND, RoundsTest


class Verification(RoundsTest):
    def test_what_is_stored_is_what_is_recomputed(self):
        for round_id in (EARLIER, ROUND):
            answer = self.get(f"/api/rounds/{round_id}/verification").json
            self.assertEqual((answer["same"], answer["differences"]), (True, []))
            self.assertEqual(answer["digest"], answer["recomputed"])
            self.assertEqual(answer["digest"], self.certificate(round_id)["digest"])
            self.assertRegex(answer["now"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$")

    def test_a_changed_certificate_is_named_in_words(self):
        key = f"WHERE round = '{ROUND}'"
        before = self.sql(f"SELECT HEX(bytes) FROM round_certificates {key} AND piece = 0").strip()
        changed = bytes.fromhex(before).replace(b'"winners":3', b'"winners":4', 1)
        self.assertNotEqual(changed.hex(), before.lower())

        def put(data):
            self.sql(f"UPDATE round_certificates SET bytes = 0x{data.hex()} {key} AND piece = 0")

        self.addCleanup(put, bytes.fromhex(before))
        put(changed)
        answer = self.get(f"/api/rounds/{ROUND}/verification").json
        self.assertFalse(answer["same"])
        self.assertTrue(any("4" in text and "3" in text for text in answer["differences"]), answer["differences"])

    def test_a_changed_bid_is_noticed(self):
        key = f"WHERE round = '{ROUND}' AND path = 'bids.csv'"
        before = self.sql(f"SELECT HEX(bytes) FROM round_files {key}").strip()

        def put(data):
            self.sql(f"UPDATE round_files SET bytes = 0x{data.hex()} {key}")

        self.addCleanup(put, bytes.fromhex(before))
        put(bytes.fromhex(before).replace(b",120,2800,", b",120,2801,", 1))
        answer = self.get(f"/api/rounds/{ROUND}/verification").json
        self.assertFalse(answer["same"])
        self.assertNotEqual(answer["digest"], answer["recomputed"])
        self.assertTrue(answer["differences"])

    def test_many_at_once_are_answered_or_told_to_wait(self):
        statuses = []

        def ask():
            statuses.append(self.service.send("GET", f"/api/rounds/{ROUND}/verification").status)

        threads = [threading.Thread(target=ask) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(set(statuses) - {200, 503}, set())
        self.assertIn(200, statuses)
        self.get(f"/api/rounds/{ROUND}/verification")

    def test_before_the_award(self):
        self.at_stage("bidding")
        self.denied(f"/api/rounds/{ROUND}/verification", "access.round_stage", 403, "procurement_officer")
