#!/usr/bin/env python3
"""Excel reports through the service: one of 10,000 lines (looked at, with faults, accepted), 1,000 hospitals uploading theirs at
once, and what refusing bombs and 200 MB costs in memory.

    python3 bench/sheet/service.py JICAI [--lines 10000] [--hospitals 1000] [--runs 5]

Peer, where Debian's python3-openpyxl is installed: reading the same workbook's cells in the same run, checking nothing.
"""

import argparse
import csv as csv_module
import http.client
import io
import os
import statistics
import sys
import threading
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/web"), str(ROOT / "tests/web/routes"), str(ROOT / "bench/volumes")]

COLUMNS = ["hospital", "lot", "spec", "brand", "quantity", "cause", "remark"]
BINARY = {"Content-Type": "application/octet-stream"}


def memory(pid, name="VmHWM"):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(name))


def median(name, measured):
    if measured:
        print(f"{name}: median {statistics.median(measured):.3f} s, min {min(measured):.3f} s, max {max(measured):.3f} s of {len(measured)}",
              flush=True)


def read_by_openpyxl(data):
    try:
        import openpyxl
    except ImportError:
        return None
    begin = time.monotonic()
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    assert sum(1 for line in book.active.iter_rows(values_only=True) for _ in line) > 0
    return time.monotonic() - begin


def bomb(part, size):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                      'Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                      'Target="xl/workbook.xml"/></Relationships>')
        with book.open(part, "w", force_zip64=True) as inner:
            for _ in range(size >> 20):
                inner.write(b" " * (1 << 20))
    return data.getvalue()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("jicai")
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--hospitals", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    os.environ["JICAI"] = arguments.jicai
    from harness import Client, Service, World
    from many_hospitals import make_hospitals
    from rounds_service import ROUND, ROUNDS
    from tables_service import csv, xlsx
    from volumes_service import VolumesTest

    world = World(Service("--connections", "2048"))
    World.instance = world
    test = VolumesTest()
    test.sql(f"UPDATE rounds SET stage = 2, version = version + 1 WHERE id = '{ROUND}'")
    with open(ROUNDS / ROUND / "specs.csv", encoding="utf-8-sig", newline="") as file:
        specs = [(row["lot"], row["spec"]) for row in csv_module.DictReader(file)]
    hospitals = make_hospitals(test, arguments.hospitals + 1)
    pid = world.service.process.pid

    def row(code, number, quantity):
        lot, spec = specs[number % len(specs)]
        return [code, lot, spec, f"第{number // len(specs)}厂", str(quantity), "", ""]

    def client_of(cookie):
        client = Client(world.service)
        client.cookie, client.csrf = cookie, "csrf"
        return client

    def upload(client, data, name):
        begin = time.monotonic()
        answer = client.call("POST", "/api/tables/volume_report/imports", data, query={"file_name": name, "round": ROUND}, headers=BINARY)
        return time.monotonic() - begin, answer

    # --- one report of many lines
    code, cookie = hospitals[-1]
    large = client_of(cookie)
    sound = xlsx(COLUMNS, *[row(code, number, number + 1) for number in range(arguments.lines)])
    faulty = xlsx(COLUMNS, *[row(code, number, "1.5" if number % 10 == 0 else number + 1) for number in range(arguments.lines)])
    times = {"sound": [], "a tenth of the lines with a fault": [], "error workbook of these": [], "peer: cells read by openpyxl": []}
    for _ in range(arguments.runs):
        seconds, answer = upload(large, sound, "x.xlsx")
        assert answer.status == 201 and answer.json["state"] == "ready", answer
        assert answer.json["changes"]["added"] == arguments.lines
        made = answer.json["id"]
        times["sound"].append(seconds)
        seconds, answer = upload(large, faulty, "x.xlsx")
        assert answer.json["fault_count"] == (arguments.lines + 9) // 10, answer
        times["a tenth of the lines with a fault"].append(seconds)
        begin = time.monotonic()
        assert large.call("GET", f"/api/imports/{answer.json['id']}/errors").status == 200
        times["error workbook of these"].append(time.monotonic() - begin)
        seconds = read_by_openpyxl(sound)
        if seconds is not None:
            times["peer: cells read by openpyxl"].append(seconds)
    print(f"a report of {arguments.lines} lines, {len(sound) // 1024} KiB")
    for name, measured in times.items():
        median(f"  {name}", measured)
    begin = time.monotonic()
    answer = large.call("POST", f"/api/imports/{made}/acceptance")
    assert answer.status == 200, answer
    print(f"  accepted in {time.monotonic() - begin:.3f} s; peak memory of the service {memory(pid)} MiB", flush=True)

    # --- all at once
    waits, statuses, again, lock = [], {}, [0], threading.Lock()
    files = [csv(COLUMNS, *[row(code, number, number + 1) for number in range(60)]) for code, _ in hospitals[:-1]]
    gate = threading.Barrier(arguments.hospitals + 1)

    def one(index):
        client = client_of(hospitals[index][1])
        gate.wait()
        begin = time.monotonic()
        for _ in range(100):
            try:
                _, answer = upload(client, files[index], "x.csv")
                status = answer.status
            except OSError:
                answer, status = None, 0
            if status not in (0, 503):
                break
            with lock:
                again[0] += 1
            time.sleep(min(2.0, float((answer and answer.headers.get("Retry-After")) or 1)))
        if status == 201:
            status = client.call("POST", f"/api/imports/{answer.json['id']}/acceptance").status
        with lock:
            waits.append(time.monotonic() - begin)
            statuses[status] = statuses.get(status, 0) + 1

    threads = [threading.Thread(target=one, args=(index,)) for index in range(arguments.hospitals)]
    for thread in threads:
        thread.start()
    gate.wait()
    begin = time.monotonic()
    for thread in threads:
        thread.join()
    whole = time.monotonic() - begin
    slow = sorted(waits)
    stored = int(test.sql(f"SELECT COUNT(*) FROM volume_lines WHERE round = '{ROUND}'"))
    print(f"{arguments.hospitals} hospitals upload and accept 60 lines at once: {whole:.1f} s, p50 {slow[len(slow) // 2]:.2f} s, "
          f"p99 {slow[int(len(slow) * 0.99)]:.2f} s, answers {statuses}, sent again {again[0]}, peak memory {memory(pid)} MiB; "
          f"lines stored {stored} of {arguments.hospitals * 60 + arguments.lines}", flush=True)

    # --- what is refused
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    base = memory(pid)
    took = []
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        seconds, answer = upload(large, bomb(part, 512 << 20), "x.xlsx")
        took.append(seconds)
        assert answer.status in (201, 422) and (answer.status == 422 or answer.json["state"] == "faulty"), answer
    said = world.service.connect()
    said.putrequest("POST", f"/api/tables/volume_report/imports?file_name=x.xlsx&round={ROUND}")
    for name, value in {**large.headers("POST"), **BINARY, "Content-Length": str(200 << 20)}.items():
        said.putheader(name, value)
    said.endheaders()
    refused = [said.getresponse().status]
    said.close()
    chunked = world.service.connect()
    try:
        chunked.request("POST", f"/api/tables/volume_report/imports?file_name=x.xlsx&round={ROUND}", (bytes(1 << 20) for _ in range(200)),
                        {**large.headers("POST"), **BINARY, "Transfer-Encoding": "chunked"}, encode_chunked=True)
        refused.append(chunked.getresponse().status)
    except (BrokenPipeError, ConnectionResetError, http.client.HTTPException):
        refused.append(413)  # hung up before all was sent
    chunked.close()
    print(f"three bombs of 512 MiB refused in at most {max(took):.2f} s, 200 MB twice ({refused}); "
          f"memory {base} MiB before, peak {memory(pid)} MiB")
    world.service.close()
    lost = stored != arguments.hospitals * 60 + arguments.lines or set(statuses) != {200} or refused != [413, 413]
    sys.exit(lost)


if __name__ == "__main__":
    main()
