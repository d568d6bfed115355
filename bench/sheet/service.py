#!/usr/bin/env python3
"""A table of 10,000 lines through the service: upload, check, compare, preview; acceptance; a thousand small uploads at once.

    JICAI=build/release/cli/jicai python3 bench/sheet/service.py [RUNS]

Peer, where Debian's python3-openpyxl is installed: reading the same workbook's cells, checking nothing.
"""

import statistics
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/web"), str(ROOT / "tests/web/routes")]

from harness import Client, World  # noqa: E402
from tables_service import HOSPITALS, csv, xlsx  # noqa: E402

LINES = 10_000
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 5


def row(number, run=0, **members):
    one = {"code": f"H2301{run:02d}{number:05d}", "name": f"第{number}卫生服务中心", "region": "230100", "kind": "公立医疗机构",
           "duty": "应当参加", "level": "一级"}
    one.update(members)
    return [one.get(name, "") for name in HOSPITALS]


def peak(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main():
    world = World()
    client = world.log_in("system_administrator")

    def upload(data, name="表.xlsx"):
        begin = time.monotonic()
        answer = client.call("POST", "/api/tables/hospitals/imports", data, query={"file_name": name},
                             headers={"Content-Type": "application/octet-stream"})
        assert answer.status == 201, answer
        return time.monotonic() - begin, answer.json

    sound = xlsx(HOSPITALS, *[row(i) for i in range(LINES)])
    faulty = xlsx(HOSPITALS, *[row(i, region="2301") if i % 10 == 0 else row(i) for i in range(LINES)])
    times = {"sound": [], "faulty": [], "openpyxl": []}
    for _ in range(RUNS):
        seconds, made = upload(sound)
        assert made["state"] == "ready" and made["changes"]["added"] == LINES, made["state"]
        times["sound"].append(seconds)
        seconds, wrong = upload(faulty)
        assert wrong["fault_count"] == LINES // 10
        times["faulty"].append(seconds)
        try:
            import io

            import openpyxl
            begin = time.monotonic()
            book = openpyxl.load_workbook(io.BytesIO(sound), read_only=True)
            cells = sum(1 for line in book.active.iter_rows(values_only=True) for _ in line)
            assert cells >= LINES * 6
            times["openpyxl"].append(time.monotonic() - begin)
        except ImportError:
            pass
    pid = world.service.process.pid
    begin = time.monotonic()
    answer = client.call("POST", f"/api/imports/{made['id']}/acceptance")
    assert answer.status == 200, answer
    accepted = time.monotonic() - begin
    for name, measured in times.items():
        if measured:
            print(f"{name}: median {statistics.median(measured):.3f} s, min {min(measured):.3f} s of {len(measured)}")
    print(f"acceptance of {LINES} new institutions: {accepted:.3f} s; peak memory of the service {peak(pid)} MiB")

    small = csv(HOSPITALS, *[row(i) for i in range(60)])
    waits = []

    def one():
        caller = Client(world.service)
        caller.cookie, caller.csrf = client.cookie, client.csrf
        begin = time.monotonic()
        got = caller.call("POST", "/api/tables/hospitals/imports", small, query={"file_name": "x.csv"},
                          headers={"Content-Type": "application/octet-stream"})
        waits.append((time.monotonic() - begin, got.status))

    threads = [threading.Thread(target=one) for _ in range(1000)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.monotonic() - begin
    statuses = {status: sum(1 for _, each in waits if each == status) for status in {each for _, each in waits}}
    slow = sorted(seconds for seconds, _ in waits)
    print(f"1,000 uploads of 60 lines at once: {whole:.1f} s, p50 {slow[len(slow) // 2]:.2f} s, p99 {slow[int(len(slow) * 0.99)]:.2f} s, "
          f"answers {statuses}, peak memory {peak(pid)} MiB")


if __name__ == "__main__":
    main()
