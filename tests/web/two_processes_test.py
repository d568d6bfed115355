"""Two processes of the service on one database: what one saves the other shows, of two people at one report exactly one wins, a
deadline is stored once, live sums of both equal SQL after writes at random, and one killed while it takes a table over leaves all
of it or nothing, also for the other.

    two_processes_test.py [ROUNDS]     (JICAI names the program, as in harness.py)
"""

import getpass
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import Client, Service, World  # noqa: E402
from procedure_service import OFFICER, ProcedureTest  # noqa: E402
from tables_service import HOSPITALS, TablesTest, csv  # noqa: E402
from volumes_service import BASE, ROUND, VolumesTest  # noqa: E402

SEEN_SECONDS = 20


class Database:
    """A MariaDB of its own that listens on this machine, as an administrator would give one."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="jicai-d-"))
        user = getpass.getuser()
        subprocess.run(["/usr/bin/mariadb-install-db", "--no-defaults", f"--datadir={self.folder / 'data'}", f"--user={user}",
                        "--auth-root-authentication-method=normal", "--skip-test-db"], check=True, capture_output=True, timeout=120)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self.socket = self.folder / "s"
        self.process = subprocess.Popen(
            ["/usr/sbin/mariadbd", "--no-defaults", f"--datadir={self.folder / 'data'}", f"--user={user}", f"--socket={self.socket}",
             f"--pid-file={self.folder / 'pid'}", "--bind-address=127.0.0.1", f"--port={self.port}", "--skip-log-bin",
             "--performance-schema=OFF", "--innodb-buffer-pool-size=64M", "--innodb-use-native-aio=OFF", "--max-connections=200",
             "--innodb-flush-log-at-trx-commit=0", f"--log-error={self.folder / 'log'}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while subprocess.run(self.client(""), input=b"SELECT 1", capture_output=True).returncode != 0:
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.1)
        self.ask("CREATE DATABASE jicai CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE USER 'jicai'@'127.0.0.1' IDENTIFIED BY 'pw'; "
                 "CREATE USER 'jicai'@'localhost' IDENTIFIED BY 'pw'; GRANT ALL ON jicai.* TO 'jicai'@'127.0.0.1'; "
                 "GRANT ALL ON jicai.* TO 'jicai'@'localhost'", "")
        self.url = f"mysql://jicai:pw@127.0.0.1:{self.port}/jicai"

    def client(self, schema):
        return ["mariadb", "--no-defaults", f"--socket={self.socket}", "-uroot", "-N", "-B", *([schema] if schema else [])]

    def ask(self, statement, schema="jicai"):
        done = subprocess.run(self.client(schema), input=statement.encode(), capture_output=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        return done.stdout.decode()

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def through(client, service):
    """The same log-in at another process."""
    other = Client(service)
    other.cookie, other.csrf = client.cookie, client.csrf
    return other


class TwoProcesses(TablesTest, VolumesTest, ProcedureTest):
    own = None
    database = None
    second = None

    @property
    def world(self):
        return self.own

    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.addClassCleanup(cls.database.close)
        first = Service("--database", cls.database.url)
        cls.addClassCleanup(first.close)
        cls.own = World(first)
        folder = Path(tempfile.mkdtemp(prefix="jicai-w-"))
        cls.addClassCleanup(shutil.rmtree, folder, True)
        (folder / "data").mkdir()
        for file in first.data.iterdir():  # the key, and that it is a demo
            if file.is_file() and file.name != "lock":
                shutil.copy(file, folder / "data" / file.name)
        cls.second = Service("--database", cls.database.url, folder=folder)
        cls.addClassCleanup(cls.second.close)

    @classmethod
    def tearDownClass(cls):
        """The database goes with its rounds."""

    def sql(self, statement):
        return self.database.ask(statement)

    def there(self, client):
        """The same person at the second process."""
        return through(client if isinstance(client, Client) else self.client(client), self.second)

    def eventually(self, wanted, asked, seconds=SEEN_SECONDS):
        end = time.monotonic() + seconds
        got = asked()
        while got != wanted and time.monotonic() < end:
            time.sleep(0.1)
            got = asked()
        self.assertEqual(got, wanted)

    def units_of(self, report):
        return {(lot["lot"], row["spec"]): row["units"] for lot in report["lots"] for row in lot["rows"] if row["units"] != ""}

    # --- reports

    def test_saved_by_one_seen_by_the_other(self):
        hospital = self.new_hospital()
        there = self.there(hospital["reporter"])
        for units, here in ((70, hospital["reporter"]), (80, there), (90, hospital["reporter"])):
            self.save(hospital, [self.line(units)], client=here)
            for client in (hospital["reporter"], there):
                self.assertEqual(self.units_of(self.report(hospital, client)), {self.lots[0]: str(units)}, "at once")
        # The office's sums at both processes, and what a bureau is shown of it.
        for client in (self.client(OFFICER), self.there(OFFICER)):
            self.eventually(self.sum_by_sql(), lambda: self.sum_at(client))

    def test_of_two_at_one_report_one_is_told_and_nothing_is_lost(self):
        hospital = self.new_hospital()
        people = [hospital["reporter"], self.there(self.person(hospital["id"]))]
        self.save(hospital, [self.line(1)])
        kept = []
        for turn in range(8):
            version = self.report(hospital)["version"]
            answers = [None, None]

            def put(index):
                body = {"lines": [self.line(100 * turn + index), self.line(7 + turn, 1)], "version": version}
                answers[index] = people[index].call("PUT", hospital["path"], body)

            threads = [threading.Thread(target=put, args=(index,)) for index in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answer.status for answer in answers), [200, 409], answers)
            winner = 0 if answers[0].status == 200 else 1
            self.assertEqual(answers[1 - winner].json["key"], "volumes.changed")
            self.assertIn("测试人员", answers[1 - winner].json["text"])
            report = self.report(hospital, people[1 - winner])
            self.assertEqual(report["version"], version + 1)
            self.assertEqual(self.units_of(report), {self.lots[0]: str(100 * turn + winner), self.lots[1]: str(7 + turn)})
            kept.append(winner)
        saved = self.sql(f"SELECT COUNT(*) FROM audit_entries WHERE action = 'report.saved' AND object = "
                         f"'report:{ROUND}/{hospital['code']}' AND result = 'done'")
        self.assertEqual(int(saved), 9, "each save that was answered is in the log, and no other")

    # --- sums

    def sum_at(self, client):
        """{(lot, spec, brand, region): units} of provinces, all reports, as a process sums them."""
        rows, page = [], 1
        while True:
            answer = self.ok("GET", f"{BASE}/volume-sums", client=client,
                             query={"level": "province", "counted": "all", "size": 100, "page": page})
            rows += answer["rows"]
            if len(rows) >= answer["total"]:
                break
            page += 1
        return {(row["lot"], row["spec"], row["brand"], row["region"]): int(row["quantity"]) for row in rows}

    def sum_by_sql(self):
        rows = self.sql(f"SELECT l.lot, l.spec, l.brand, CONCAT(LEFT(r.region, 2), '0000'), SUM(l.units) FROM volume_lines l JOIN "
                        f"volume_reports r ON r.round = l.round AND r.hospital = l.hospital WHERE l.round = '{ROUND}' "
                        f"GROUP BY 1, 2, 3, 4")
        return {tuple(line.split("\t")[:4]): int(line.split("\t")[4]) for line in rows.splitlines()}

    def test_sums_of_both_equal_sql_after_writes_at_random(self):
        hospitals = [self.new_hospital(region=region) for region in ("230103", "230102", "230106", "230108")]
        seed = random.randrange(1 << 30)
        faults, wrote = [], [0]

        def write(number):
            chance = random.Random(seed + number)
            for _ in range(25):
                hospital = chance.choice(hospitals)
                client = hospital["reporter"] if chance.random() < 0.5 else self.there(hospital["reporter"])
                version = client.call("GET", hospital["path"]).json["version"]
                lines = [self.line(chance.randrange(10 ** 6), at) for at in sorted(chance.sample(range(len(self.lots)), chance.randrange(6)))]
                answer = client.call("PUT", hospital["path"], {"lines": lines, "version": version})
                wrote[0] += answer.status == 200
                if answer.status not in (200, 409):
                    faults.append(answer)

        for _ in range(3):
            threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seed += 1000
            self.assertEqual(faults, [], f"seed {seed}")
            expected = self.sum_by_sql()
            for name, client in (("first", self.client(OFFICER)), ("second", self.there(OFFICER))):
                with self.subTest(process=name, seed=seed):
                    self.eventually(expected, lambda: self.sum_at(client))
        self.assertGreater(wrote[0], 100)

    # --- deadlines

    def clock(self, service):
        return datetime.fromisoformat(Client(service).call("GET", "/api/service").json["clock"]["now"])

    def test_a_deadline_is_stored_once_with_one_notice(self):
        rounds = []
        until = (self.clock(self.own.service) + timedelta(hours=3)).replace(microsecond=0)
        for _ in range(4):
            round_id = self.to_stage(self.at_notice(), "volume_confirmation")
            self.assertEqual(self.date(round_id, "bidding", until.isoformat()[:19]).status, 200)
            self.assertEqual(self.pass_to(round_id, "bidding").status, 200)
            rounds.append(round_id)
        for client in (self.client(OFFICER), self.there(OFFICER)):  # each process runs its own demo clock
            self.ok("PUT", "/api/clock", {"now": (until - timedelta(seconds=3)).isoformat()}, client=client)
        named = ", ".join(f"'{round_id}'" for round_id in rounds)
        self.eventually("4\n", lambda: self.sql(f"SELECT COUNT(*) FROM rounds WHERE stage = 5 AND id IN ({named})"), 40)
        time.sleep(3)  # the other process looks, too
        passed = self.sql(f"SELECT round, COUNT(*) FROM stage_changes WHERE from_stage = 4 AND to_stage = 5 AND round IN ({named}) "
                          f"GROUP BY round").splitlines()
        self.assertEqual(sorted(passed), sorted(f"{round_id}\t1" for round_id in rounds))
        told = self.sql(f"SELECT round, COUNT(*) FROM notices WHERE kind = 'stage' AND round IN ({named}) GROUP BY round").splitlines()
        self.assertEqual(sorted(told), sorted(f"{round_id}\t5" for round_id in rounds), "one notice for each passage")
        for client in (self.client(OFFICER), self.there(OFFICER)):
            for round_id in rounds:
                self.assertEqual(self.ok("GET", f"/api/rounds/{round_id}/setup", client=client)["round"]["stage"], "opening")

    # --- one of them killed

    def test_one_killed_while_it_takes_a_table_over(self):
        outcomes = {"all": 0, "nothing": 0}
        rows, typical = 400, 0.4
        admin = self.client("system_administrator")
        for number in range(int(os.environ.get("JICAI_CRASHES", "5"))):
            region = ["430102", "430103", "430104", "430105", "430111"][number % 5]

            def stored():
                return self.ok("GET", "/api/hospitals", client=admin, query={"region": region})["total"]

            before = stored()
            data = csv(HOSPITALS, *[self.hospital_row(f"H{region}{number:02d}{i:03d}", name=f"第{i}医院", region=region)
                                    for i in range(rows)])
            made = self.uploaded("hospitals", data, client=self.there(admin))
            self.assertEqual(made["state"], "ready", made)
            killed = self.second.process
            timer = threading.Timer(random.uniform(0, typical), lambda: os.kill(killed.pid, signal.SIGKILL))
            begin = time.monotonic()
            timer.start()
            try:
                answer = self.accept(made["id"], client=self.there(admin))
                typical = max(0.05, min(3.0, (time.monotonic() - begin) * 1.2))
            except (OSError, http.client.HTTPException):
                answer = None
            timer.join()
            killed.wait(60)
            killed.stdout.close()
            killed.stderr.close()
            # The other process goes on; what the killed one left open ends with its connection.
            self.eventually(True, lambda: self.call("GET", f"/api/imports/{made['id']}", client=admin).status == 200)
            time.sleep(0.5)
            added = stored() - before
            self.assertIn(added, (0, rows), "a part of the import is there")
            self.assertEqual(self.ok("GET", f"/api/imports/{made['id']}", client=admin)["state"], "accepted" if added else "ready")
            if answer is not None and answer.status == 200:
                self.assertEqual(added, rows, "an answered acceptance is gone")
            outcomes["all" if added else "nothing"] += 1
            if not added:  # the first process takes it over
                self.assertEqual(self.accept(made["id"], client=admin).status, 200)
                self.assertEqual(stored() - before, rows)
            self.second.start()
            self.assertEqual(self.ok("GET", "/api/hospitals", client=self.there(admin), query={"region": region})["total"] - before, rows)
        print(f"killed {sum(outcomes.values())} times: {outcomes}", file=sys.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
