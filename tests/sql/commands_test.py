#!/usr/bin/env python3
"""The commands around the database, with the real program:  commands_test.py PATH_TO_JICAI"""

import gzip
import signal
import subprocess
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
from harness import BAD_INPUT, BINARY, DIFFERS, DONE, USAGE, CliTest, jicai, main  # noqa: E402

NO_SEAL = "0" * 64


class Commands(CliTest):
    def setUp(self):
        super().setUp()
        self.data = self.work / "data"

    def migrate(self):
        self.ends(jicai("migrate", "--data-dir", self.data), DONE)

    def test_migrate_says_what_is_due_and_does_it_once(self):
        missing = self.ends(jicai("migrate", "--data-dir", self.data, "--dry-run"), BAD_INPUT)
        self.assertIn(str(self.data), missing.err)
        self.assertFalse(self.data.exists())
        first = self.json_of(self.ends(jicai("migrate", "--data-dir", self.data, "--json"), DONE))
        self.assertEqual([m["number"] for m in first["migrations"]], list(range(1, first["schema_version"] + 1)))
        again = self.json_of(self.ends(jicai("migrate", "--data-dir", self.data, "--json"), DONE))
        self.assertEqual(again["migrations"], [])
        self.assertEqual(again["schema_version"], first["schema_version"])

    def test_backup_restore_verify(self):
        self.migrate()
        file, restored = self.work / "b.gz", self.work / "restored"
        saved = self.json_of(self.ends(jicai("backup", "--data-dir", self.data, "--out", file, "--json"), DONE))
        self.assertRegex(saved["seconds"], r"^\d+\.\d$")
        self.assertEqual(saved["bytes"], file.stat().st_size)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        text = gzip.decompress(file.read_bytes())
        self.assertTrue(text.startswith(b"jicai backup 1\n"))
        for table in saved["tables"]:
            self.assertIn(f"end {table['name']} {table['rows']} {table['digest']}\n".encode(), text)
        back = self.json_of(self.ends(jicai("restore", "--in", file, "--data-dir", restored, "--json"), DONE))
        self.assertEqual(back["rows"], saved["rows"])
        self.assertTrue(back["audit_whole"])
        twice = self.work / "twice.gz"
        again = self.json_of(self.ends(jicai("backup", "--data-dir", restored, "--out", twice, "--json"), DONE))
        self.assertEqual(again["tables"], saved["tables"])

        self.assertIn(str(file), self.ends(jicai("backup", "--data-dir", self.data, "--out", file), BAD_INPUT).err)
        self.ends(jicai("restore", "--in", file, "--data-dir", restored), BAD_INPUT)
        file.write_bytes(file.read_bytes()[:-30])
        before = sorted(p.name for p in self.work.iterdir())
        self.ends(jicai("restore", "--in", file, "--data-dir", self.work / "other"), BAD_INPUT)
        self.assertEqual(sorted(p.name for p in self.work.iterdir()), before)

    def test_audit_verify(self):
        self.ends(jicai("audit", "verify", "--data-dir", self.data), BAD_INPUT)
        self.migrate()
        whole = self.json_of(self.ends(jicai("audit", "verify", "--data-dir", self.data, "--json"), DONE))
        self.assertEqual((whole["whole"], whole["seals"], whole["head"]), (True, 0, NO_SEAL))
        lost = self.ends(jicai("audit", "verify", "--data-dir", self.data, "--head", "1" * 64, "--lang", "en"), DIFFERS)
        self.assertIn("not in it", lost.out)

    def test_wrong_command_lines(self):
        for line in (["migrate"], ["backup", "--data-dir", "x"], ["restore", "--in", "x"], ["audit", "--data-dir", "x"],
                     ["audit", "verify", "--data-dir", "x", "--database", "mysql://u@h/s"], ["audit", "sign"]):
            self.ends(jicai(*line), USAGE)
        wrong = self.ends(jicai("migrate", "--database", "mysql://u:secret@/s", "--lang", "en"), BAD_INPUT)
        self.assertNotIn("secret", wrong.err)


class BesideTheService(CliTest):
    """The service is running and writing (its own start writes people, rounds and audit entries)."""

    def setUp(self):
        super().setUp()
        self.data = self.work / "data"
        self.service = self.start()

    def start(self):
        process = subprocess.Popen(
            [str(BINARY), "serve", "--data-dir", str(self.data), "--listen", "127.0.0.1:0", "--demo"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        line = process.stdout.readline()
        if not line.startswith("http"):
            process.kill()
            raise RuntimeError(f"no service: {line} {process.stderr.read()}")
        for pipe in (process.stdout, process.stderr):  # so that the service never waits for a reader
            reader = threading.Thread(target=self.drain, args=(pipe,), daemon=True)
            reader.start()
            self.addCleanup(reader.join, 60)
        self.addCleanup(self.stop)  # runs before the readers are joined
        return process

    @staticmethod
    def drain(pipe):
        with pipe:
            pipe.read()

    def stop(self, number=signal.SIGTERM):
        if self.service.poll() is None:
            self.service.send_signal(number)
            self.service.wait(60)

    def test_tools_join_and_a_second_service_is_refused(self):
        file = self.work / "b.gz"
        saved = self.json_of(self.ends(jicai("backup", "--data-dir", self.data, "--out", file, "--json"), DONE))
        self.assertGreater(saved["rows"], 20)
        whole = self.json_of(self.ends(jicai("audit", "verify", "--data-dir", self.data, "--json"), DONE))
        self.assertTrue(whole["whole"])
        self.ends(jicai("audit", "verify", "--data-dir", self.data, "--head", saved["audit_head"]),
                  DONE if saved["audit_head"] != NO_SEAL else DIFFERS)
        second = subprocess.run(
            [str(BINARY), "serve", "--data-dir", str(self.data), "--listen", "127.0.0.1:0", "--lang", "en"],
            capture_output=True, text=True, timeout=60)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("in use by another jicai process", second.stderr)
        self.assertIn(str(self.service.pid), second.stderr)
        self.ends(jicai("migrate", "--data-dir", self.data), BAD_INPUT)
        back = self.json_of(self.ends(
            jicai("restore", "--in", file, "--data-dir", self.work / "restored", "--json"), DONE))
        self.assertEqual(back["rows"], saved["rows"])
        self.assertEqual(back["audit_head"], saved["audit_head"])

    def test_killed_service_starts_again(self):
        self.stop(signal.SIGKILL)
        self.service = self.start()
        whole = self.json_of(self.ends(jicai("audit", "verify", "--data-dir", self.data, "--json"), DONE))
        self.assertTrue(whole["whole"])


if __name__ == "__main__":
    main()
