import io
import subprocess
import zipfile

from rounds_service import BINARY, EARLIER, ROUND, ROUNDS, RoundsTest, plain_environment


class RoundFolder(RoundsTest):
    def test_the_same_files_byte_for_byte(self):
        for round_id in (EARLIER, ROUND):
            answer = self.get(f"/api/rounds/{round_id}/folder")
            self.assertEqual(answer.headers["Content-Type"], "application/zip")
            with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
                self.assertIsNone(archive.testzip())
                held = {name: archive.read(name) for name in archive.namelist()}
            wanted = {f"{round_id}/{path.name}": path.read_bytes() for path in (ROUNDS / round_id).iterdir() if path.is_file()}
            self.assertEqual(held, wanted)

    def test_the_award_can_be_recomputed_from_it(self):
        work = self.service.folder / "unpacked"
        with zipfile.ZipFile(io.BytesIO(self.get(f"/api/rounds/{ROUND}/folder").body)) as archive:
            archive.extractall(work)
        certificate = self.service.folder / "certificate.json"
        certificate.write_bytes(self.get(f"/api/rounds/{ROUND}/certificate").body)
        done = subprocess.run([str(BINARY), "verify", str(certificate), "--round", str(work / ROUND)], capture_output=True,
                              env=plain_environment())
        self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_before_the_award(self):
        self.at_stage("bidding")
        self.denied(f"/api/rounds/{ROUND}/folder", "access.round_stage", 403, "procurement_officer")

    def test_demand_of_single_hospitals_is_for_the_office(self):
        name = f"WHERE round = '{ROUND}' AND path = 'demand.csv'"
        before = bytes.fromhex(self.sql(f"SELECT HEX(bytes) FROM round_files {name}").strip())
        lines = before.decode().splitlines()
        changed = "\n".join([lines[0] + ",hospital"] + [line + ",H1" for line in lines[1:]]) + "\n"

        def put(data):
            self.sql(f"UPDATE round_files SET bytes = 0x{data.hex()} {name}; "
                             f"UPDATE rounds SET version = version + 1 WHERE id = '{ROUND}'")
            self.forget()

        self.addCleanup(put, before)
        put(changed.encode())
        path = f"/api/rounds/{ROUND}/folder"
        self.denied(path, "access.round_stage", 403)
        self.denied(path, "access.round_stage", 403, "supplier")
        self.denied(path, "access.round_stage", 403, "hospital_reporter")
        self.get(path, "procurement_officer")
