import csv
import io
import subprocess
import sys

from procedure_service import LATER, OFFICER, ProcedureTest, folder_files, packed, unpacked
from rounds_service import BINARY, ROOT, plain_environment


class ChangeLotState(ProcedureTest):
    def change(self, round_id, lot, to, role=OFFICER, **more):
        return self.call("POST", f"/api/rounds/{round_id}/lots/{lot}/state", {"to": to, "reason": "临床需求变化", **more}, role=role)

    def test_cancelled_and_put_out_again(self):
        round_id = self.at_notice()
        self.assertEqual(self.change(round_id, "1", "retendered").json["key"], "procedure.lot_state")
        self.assertEqual(self.change(round_id, "1", "failed").json["key"], "procedure.lot_state")
        done = self.change(round_id, "1", "cancelled")
        self.assertEqual(next(lot["state_text"] for lot in done.json["lots"] if lot["lot"] == "1"), "已取消")
        again = self.imported()
        self.assertEqual(self.change(round_id, "1", "retendered", into="none").json["key"], "round.not_found")
        self.assertEqual(self.change(round_id, "1", "retendered", into=again).status, 200)
        self.assertEqual(self.change(round_id, "no", "cancelled").json["key"], "round.lot_not_found")
        self.assertEqual(self.change(again, "1", "cancelled").json["key"], "procedure.not_at_this_stage")
        self.assertEqual(self.change(round_id, "2", "cancelled", "supplier").json["key"], "access.denied")
        self.assertIn("→ " + again, self.whole(f"/api/rounds/{round_id}/events", OFFICER)[0][0]["text"])

    def test_not_into_a_round_of_another_office(self):
        round_id, theirs = self.at_notice(), self.imported()
        self.sql(f"UPDATE rounds SET owner = (SELECT MAX(id) FROM organisations), version = version + 1 WHERE id = '{theirs}'")
        self.forget()
        self.assertEqual(self.change(round_id, "1", "cancelled").status, 200)
        draft = self.change(round_id, "1", "retendered", into=theirs)
        self.assertEqual((draft.status, draft.json["key"]), (404, "round.not_found"), "nobody else knows of a draft")
        self.sql(f"UPDATE rounds SET stage = 1, version = version + 1 WHERE id = '{theirs}'")
        self.forget()
        open_round = self.change(round_id, "1", "retendered", into=theirs)
        self.assertEqual((open_round.status, open_round.json["key"]), (409, "round.into_other_office"))
        self.assertIn(theirs, open_round.json["text"])
        self.assertEqual(self.change(round_id, "1", "retendered").status, 200, "the round may be named later")

    def rows(self, files):
        return [(row["lot"], row["event"], row["value"]) for row in csv.DictReader(io.StringIO(files["events.csv"].decode("utf-8-sig")))
                if row["event"].startswith("lot_")]

    def exported(self, round_id):
        return unpacked(self.get(f"/api/rounds/{round_id}/folder", OFFICER).body)

    def test_left_out_of_the_award_on_the_page_in_the_folder_and_by_the_verifiers(self):
        round_id = self.at_notice(without=LATER[:2] + LATER[3:])
        self.assertEqual(self.change(round_id, "3", "cancelled").status, 200)
        self.assertEqual(self.rows(self.exported(round_id)), [("3", "lot_cancelled", "")])
        self.to_stage(round_id, "bidding")
        bids = folder_files(round_id)  # as a company of experts hands it in, without a word of the lot
        answer = self.send_folder(packed(bids), round=round_id, version=self.version(round_id))
        self.assertEqual(answer.status, 200, answer)
        self.sql(f"UPDATE rounds SET stage = 5, version = version + 1 WHERE id = '{round_id}'")
        self.forget()
        self.assertEqual(self.change(round_id, "4", "failed").status, 200)
        self.assertEqual(self.change(round_id, "3", "retendered").status, 200)
        files = self.exported(round_id)
        self.assertEqual(self.rows(files), [("3", "lot_cancelled", ""), ("4", "lot_failed", ""), ("3", "lot_retendered", "")])
        self.assertEqual({**files, "events.csv": b""}, {**bids, "events.csv": b""})

        page = self.ok("GET", f"/api/rounds/{round_id}/lots/3", role=OFFICER)
        self.assertEqual((page["status"], page["status_text"]), ("cancelled", "已取消"))
        self.assertTrue(page["bids"])
        self.assertEqual({bid["outcome"] for bid in page["bids"]}, {"set_aside"})
        lots = {lot["lot"]: lot["status"] for lot in self.whole(f"/api/rounds/{round_id}/lots", OFFICER)[0]}
        self.assertEqual((lots["3"], lots["4"], lots["1"]), ("cancelled", "failed", "decided"))
        self.assertEqual(self.whole(f"/api/rounds/{round_id}/lots", OFFICER, status="cancelled")[0][0]["lot"], "3")
        statuses = {row["status"]: row["count"] for row in self.ok("GET", f"/api/rounds/{round_id}", role=OFFICER)["statuses"]}
        self.assertEqual(statuses["cancelled"], 1)

        folder = self.service.folder / f"left-{round_id}" / round_id
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        out = folder.parent / "award"
        done = self.run_program("award", folder, "--out", out)
        self.assertIn("1 个品种已取消", done.stdout.decode())
        for table in ("awards", "lots_decided", "region_counts", "volumes", "allocations", "packs_priced"):
            self.assertEqual(self.get(f"/api/rounds/{round_id}/tables/{table}", OFFICER).body, (out / f"{table}.csv").read_bytes(), table)
        certificate = out / "certificate.json"
        self.assertEqual(self.get(f"/api/rounds/{round_id}/certificate", OFFICER).body, certificate.read_bytes())
        self.assertIn("step.lot_cancelled", certificate.read_text(encoding="utf-8"))
        self.run_program("verify", certificate, "--round", folder)
        checked = subprocess.run([sys.executable, str(ROOT / "tools/verify/check_certificate.py"), str(certificate), "--round", str(folder)],
                                 capture_output=True, timeout=120)
        self.assertEqual(checked.returncode, 0, checked.stdout.decode() + checked.stderr.decode())

    def run_program(self, *arguments):
        done = subprocess.run([str(BINARY), *map(str, arguments)], capture_output=True, env=plain_environment(), timeout=120)
        self.assertIn(done.returncode, (0, 3), done.stdout.decode() + done.stderr.decode())
        return done
