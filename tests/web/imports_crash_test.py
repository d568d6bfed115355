"""Uploads and acceptances that end badly: the process killed at random moments, the connection cut in the middle, bombs and
200 MB. Either everything of an import is there or nothing; memory stays bounded; nothing is left on the disk.

    imports_crash_test.py [ROUNDS]     (JICAI names the program, as in harness.py)
"""

import http.client
import io
import os
import random
import signal
import socket
import sys
import threading
import time
import unittest
import uuid
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import Service, World  # noqa: E402
from tables_service import HOSPITALS, TablesTest, csv  # noqa: E402

ROUNDS = int(os.environ.get("JICAI_CRASHES", "8"))
ROWS = 400


def peak_mib(pid):
    """Greatest resident memory of the process so far."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    raise RuntimeError("no VmHWM")


def reset_peak(pid):
    Path(f"/proc/{pid}/clear_refs").write_text("5")


class Crashes(TablesTest):
    def rows_of(self, region):
        return [self.hospital_row(f"H{region}{i:05d}", name=f"第{i}医院", region=region) for i in range(ROWS)]

    def restart(self):
        service = self.world.service
        service.process.wait(60)
        service.process.stdout.close()
        service.process.stderr.close()
        service.start()
        self.world.clients.clear()
        from harness import Client
        self.world.clients["public"] = Client(service)

    def stored(self, region):
        return self.ok("GET", "/api/hospitals", role="system_administrator", query={"region": region})["total"]

    def test_killed_at_random_moments(self):
        regions = ["430102", "430103", "430104", "430105", "430111", "430112", "430121", "430181", "430202", "430203", "430204", "430211"]
        outcomes = {"all": 0, "nothing": 0}
        accepted_before_kill = 0
        typical = 0.3
        for number in range(ROUNDS):
            region = regions[number % len(regions)]
            code = f"{region[:6]}"
            before = self.stored(region)
            data = csv(HOSPITALS, *[self.hospital_row(f"H{code}{number:02d}{i:03d}", name=f"第{i}医院", region=region) for i in range(ROWS)])
            made = self.uploaded("hospitals", data)
            self.assertEqual((made["state"], made["changes"]["added"]), ("ready", ROWS), made)
            moment = random.uniform(0, typical)
            pid = self.world.service.process.pid
            timer = threading.Timer(moment, lambda: os.kill(pid, signal.SIGKILL))
            begin = time.monotonic()
            timer.start()
            try:
                answer = self.accept(made["id"])
                typical = max(0.05, min(3.0, (time.monotonic() - begin) * 1.2))
                accepted_before_kill += answer.status == 200
            except (OSError, http.client.HTTPException):
                answer = None
            timer.join()
            self.restart()
            added = self.stored(region) - before
            self.assertIn(added, (0, ROWS), f"a part of the import is there: {added}")
            state = self.ok("GET", f"/api/imports/{made['id']}", role="system_administrator")["state"]
            self.assertEqual(state, "accepted" if added else "ready")
            if answer is not None and answer.status == 200:
                self.assertEqual(added, ROWS, "an answered acceptance is gone")
            outcomes["all" if added else "nothing"] += 1
            if not added:  # it can still be accepted
                self.assertEqual(self.accept(made["id"]).status, 200)
                self.assertEqual(self.stored(region) - before, ROWS)
        print(f"killed {ROUNDS} times: {outcomes}, answered before: {accepted_before_kill}", file=sys.stderr)

    def test_killed_while_a_file_is_read(self):
        data = csv(HOSPITALS, *[self.hospital_row(f"H1101{i:07d}", region="110101") for i in range(20000)])
        for _ in range(3):
            listed = self.ok("GET", "/api/imports", role="system_administrator")["total"]
            pid = self.world.service.process.pid
            timer = threading.Timer(random.uniform(0.02, 0.6), lambda: os.kill(pid, signal.SIGKILL))
            timer.start()
            try:
                self.upload("hospitals", data)
            except (OSError, http.client.HTTPException):
                pass
            timer.join()
            self.restart()
            after = self.ok("GET", "/api/imports", role="system_administrator")["rows"]
            self.assertIn(self.ok("GET", "/api/imports", role="system_administrator")["total"] - listed, (0, 1))
            if after:
                self.assertEqual(self.call("GET", f"/api/imports/{after[0]['id']}", role="system_administrator").status, 200)
            self.assertEqual(self.left_files(), [])

    def left_files(self):
        return [path.name for path in self.world.service.data.iterdir() if path.name.startswith("upload-")]

    def half_upload(self, length, sent):
        client = self.client("system_administrator")
        service = self.world.service
        connection = socket.create_connection((service.host, service.port), timeout=30)
        headers = {**client.headers("POST"), "Content-Type": "application/octet-stream", "Host": f"{service.host}:{service.port}",
                   "Content-Length": str(length)}
        head = "POST /api/tables/hospitals/imports?file_name=x.csv HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items())
        connection.sendall(head.encode() + b"\r\n" + sent)
        return connection

    def test_cut_in_the_middle_leaves_nothing(self):
        listed = self.ok("GET", "/api/imports", role="system_administrator")["total"]
        for sent in (0, 100, 300_000, 2_000_000):
            connection = self.half_upload(4_000_000, b"x" * sent)
            time.sleep(0.2)
            connection.close()
        time.sleep(0.5)
        self.assertEqual(self.ok("GET", "/api/imports", role="system_administrator")["total"], listed)
        self.assertEqual(self.left_files(), [])
        open_files = [os.readlink(entry) for entry in Path(f"/proc/{self.world.service.process.pid}/fd").iterdir() if entry.exists()]
        self.assertFalse([name for name in open_files if "(deleted)" in name and str(self.world.service.data) in name], open_files)

    def test_bombs_and_large_files_in_bounded_memory(self):
        pid = self.world.service.process.pid
        self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row()))
        reset_peak(pid)
        base = peak_mib(pid)
        # 1: 200 MB said by the head; 2: 200 MB in chunks that say nothing; 3: bombs; 4: 60 MB of one text.
        connection = self.half_upload(200 << 20, b"")
        self.assertIn(b" 413 ", connection.recv(4096).split(b"\r\n")[0])
        connection.close()
        client = self.client("system_administrator")
        service = self.world.service
        chunked = http.client.HTTPConnection(service.host, service.port, timeout=120)
        refused = None
        try:
            chunked.request("POST", "/api/tables/hospitals/imports?file_name=x.csv", (b"x" * (1 << 20) for _ in range(200)),
                            {**client.headers("POST"), "Content-Type": "application/octet-stream", "Transfer-Encoding": "chunked"},
                            encode_chunked=True)
            refused = chunked.getresponse().status
        except (BrokenPipeError, ConnectionResetError):
            refused = 413  # the service hung up before all was sent
        chunked.close()
        self.assertEqual(refused, 413)
        for part, size in (("xl/worksheets/sheet1.xml", 300 << 20), ("xl/sharedStrings.xml", 300 << 20), ("xl/workbook.xml", 120 << 20)):
            bomb = io.BytesIO()
            with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
                book.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                              '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                              'Target="xl/workbook.xml"/></Relationships>')
                with book.open(part, "w", force_zip64=True) as inner:
                    for _ in range(size >> 20):
                        inner.write(b" " * (1 << 20))
            made = self.uploaded("hospitals", bomb.getvalue(), name="x.xlsx")
            self.assertEqual(made["state"], "faulty")
        made = self.uploaded("hospitals", b"x" * (60 << 20), name="x.csv")
        self.assertEqual(made["state"], "faulty")
        peak = peak_mib(pid)
        print(f"peak memory of the service: {base} MiB before, {peak} MiB after bombs, 200 MB and 60 MB", file=sys.stderr)
        self.assertLess(peak, base + 400)
        self.assertEqual(self.left_files(), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
