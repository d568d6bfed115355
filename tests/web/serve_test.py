"""`jicai serve` as a program: starting, stopping, its files, its refusals."""

import os
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from harness import BINARY, Client, Service


def serve(*options):
    return subprocess.run([str(BINARY), "serve", *options], capture_output=True, text=True, timeout=60)


class Serve(unittest.TestCase):
    def test_first_start_makes_three_administrators(self):
        service = Service(demo=False)
        try:
            path = service.data / "first-passwords.txt"
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            self.assertEqual(stat.S_IMODE((service.data / "service.key").stat().st_mode), 0o600)
            passwords = dict(line.split() for line in path.read_text().splitlines())
            self.assertEqual(set(passwords), {"admin", "security", "audit"})
            self.assertEqual(len(set(passwords.values())), 3)
            client = Client(service)
            answer = client.log_in("admin", passwords["admin"])
            self.assertEqual(answer.status, 200, answer)
            self.assertTrue(answer.json["must_change_password"])
            refused = client.call("GET", "/api/users")
            self.assertEqual((refused.status, refused.json["key"]), (403, "session.password_expired"))
            self.assertNotIn("demo_accounts", client.call("GET", "/api/service").json)
            self.assertEqual(service.stop(), 0)
            before = path.read_text()
            service.start()
            self.assertEqual(path.read_text(), before, "only once")
        finally:
            service.close()

    def test_reports_are_in_memory_before_anybody_asks(self):
        service = Service()
        try:
            service.stop()
            service.start()
            self.assertEqual(service.send("GET", "/readyz").status, 200)
            database = next(path for path in service.data.rglob("s") if path.is_socket())
            done = subprocess.run(["mariadb", "--no-defaults", "-N", "--socket", os.path.relpath(database), "jicai"], check=True,
                                  timeout=30, input=b"SELECT COUNT(*) FROM volume_reports", capture_output=True)
            stored = int(done.stdout)
            self.assertGreater(stored, 0, "the demo's round is in volume reporting")
            end = time.monotonic() + 20
            held = -1
            while held != stored and time.monotonic() < end:
                text = service.send("GET", "/metrics").body.decode()
                held = int(next(line.split()[1] for line in text.splitlines()
                                if line.startswith("jicai_volume_reports_in_memory ")).split(".")[0])
                time.sleep(0.05)
            self.assertEqual(held, stored)
        finally:
            service.close()

    def test_second_service_on_the_same_directory(self):
        service = Service(demo=False)
        try:
            second = serve("--data-dir", str(service.data), "--listen", "127.0.0.1:0")
            self.assertEqual(second.returncode, 1)
            self.assertEqual(second.stdout, "")
            self.assertIn(str(service.data), second.stderr)
            self.assertEqual(service.send("GET", "/readyz").status, 200, "the first one goes on")
        finally:
            service.close()

    def test_demo_and_real_data_do_not_mix(self):
        for first in (True, False):
            service = Service(demo=first)
            try:
                service.stop()
                options = [] if first else ["--demo"]
                second = serve("--data-dir", str(service.data), "--listen", "127.0.0.1:0", *options)
                self.assertEqual((second.returncode, second.stdout), (1, ""))
                self.assertIn("--demo", second.stderr)
            finally:
                service.close()

    def test_another_key_is_noticed(self):
        service = Service(demo=False)
        try:
            service.stop()
            key = service.data / "service.key"
            key.write_bytes(bytes(32))
            second = serve("--data-dir", str(service.data), "--listen", "127.0.0.1:0")
            self.assertEqual((second.returncode, second.stdout), (1, ""))
            self.assertIn("service.key", second.stderr)
        finally:
            service.close()

    def test_stops_when_told_and_ends_what_runs(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            service = Service(demo=False)
            try:
                database = service.database_process()
                answers = []
                idle = socket.create_connection((service.host, service.port))

                def ask():
                    try:
                        while True:
                            answers.append(service.send("GET", "/readyz").status)
                    except OSError:
                        pass
                threads = [threading.Thread(target=ask) for _ in range(4)]
                for thread in threads:
                    thread.start()
                time.sleep(0.3)
                start = time.monotonic()
                self.assertEqual(service.stop(number), 0)
                self.assertLess(time.monotonic() - start, 20)
                for thread in threads:
                    thread.join()
                idle.close()
                self.assertEqual(set(answers), {200}, "no request was broken off")
                self.assertFalse(Path(f"/proc/{database}").exists(), "its database has ended")
            finally:
                service.close()

    def test_port_that_is_taken(self):
        with socket.socket() as taken, tempfile.TemporaryDirectory(prefix="jicai-s-") as folder:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            second = serve("--data-dir", folder, "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
            self.assertEqual((second.returncode, second.stdout), (1, ""))
            self.assertTrue(second.stderr.strip())

    def test_wrong_options(self):
        for options, code in ((["--listen", "nonsense"], 2), (["--listen", "127.0.0.1:99999"], 2), (["--trusted-proxy", "10.0.0.300"], 2),
                              (["--metrics-from", "10.0.0.0/33"], 2), (["--connections", "3"], 2),
                              (["--tls-cert", "x"], 2), (["--unknown"], 64), (["word"], 64), (["--requests-per-minute", "-1"], 2)):
            with tempfile.TemporaryDirectory(prefix="jicai-s-") as folder:
                done = serve("--data-dir", folder, *options)
                self.assertEqual(done.returncode, code, (options, done.stderr))
                self.assertEqual(os.listdir(folder), [], "nothing was made")
        self.assertIn("first-passwords.txt", serve("--help").stdout)

    def test_warns_about_plain_http(self):
        with tempfile.TemporaryDirectory(prefix="jicai-s-") as folder:
            process = subprocess.Popen([str(BINARY), "serve", "--data-dir", folder, "--listen", "0.0.0.0:0", "--lang", "en", "--log", f"{folder}/log"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.assertTrue(process.stdout.readline().startswith("http://0.0.0.0:"))
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=30)
            self.assertIn("plain HTTP", said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
