import subprocess

from rounds_service import BINARY, EARLIER, ROOT, ROUND, ROUNDS, RoundsTest, plain_environment


class Certificate(RoundsTest):
    def test_golden_bytes_that_verify(self):
        for round_id in (EARLIER, ROUND):
            answer = self.get(f"/api/rounds/{round_id}/certificate")
            self.assertEqual(answer.body, (ROOT / "tests/data/certificates" / f"{round_id}.json").read_bytes())
            self.assertEqual(self.file_name(answer), f"{round_id}-certificate.json")
            path = self.service.folder / f"{round_id}.json"
            path.write_bytes(answer.body)
            done = subprocess.run([str(BINARY), "verify", str(path), "--round", str(ROUNDS / round_id)], capture_output=True,
                                  env=plain_environment())
            self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_before_the_award(self):
        self.at_stage("bidding")
        self.denied(f"/api/rounds/{ROUND}/certificate", "access.round_stage", 403, "supplier")

    def test_a_round_without_one(self):
        self.sql(f"UPDATE round_certificates SET round = '{EARLIER}', piece = piece + 1000 WHERE round = '{ROUND}'; "
                         f"UPDATE rounds SET version = version + 1 WHERE id = '{ROUND}'")

        def restore():
            self.sql(f"UPDATE round_certificates SET round = '{ROUND}', piece = piece - 1000 WHERE piece >= 1000; "
                             f"UPDATE rounds SET version = version + 1 WHERE id = '{ROUND}'")
            self.forget()

        self.addCleanup(restore)
        self.forget()
        self.denied(f"/api/rounds/{ROUND}/certificate", "round.no_certificate", 404)
        self.denied(f"/api/rounds/{ROUND}/verification", "round.no_certificate", 404)
