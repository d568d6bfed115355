"""1,000 hospitals save their reports at once against the running service: throughput, latency, and that nothing is lost.
Beside it, in the same run, the same clients read the same reports back.

    many_reports.py JICAI [--hospitals 1000] [--lines 60] [--threads 32]
"""

import argparse
import csv
import json
import os
import statistics
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "tests" / "web"), str(Path(__file__).resolve().parent)]

from many_hospitals import make_hospitals  # noqa: E402


def percentile(values, part):
    return sorted(values)[int(part * (len(values) - 1))]


def run(jobs, threads, work):
    """All jobs by so many threads; latencies in ms and the time of it all."""
    latencies, faults, lock, queue = [], [], threading.Lock(), list(enumerate(jobs))
    gate = threading.Barrier(threads + 1)

    def serve():
        gate.wait()
        connection = None
        while True:
            with lock:
                if not queue:
                    return
                index, job = queue.pop()
            begun = time.monotonic()
            connection, status = work(connection, index, job)
            with lock:
                latencies.append((time.monotonic() - begun) * 1000)
                if status != 200:
                    faults.append(status)

    workers = [threading.Thread(target=serve) for _ in range(threads)]
    for worker in workers:
        worker.start()
    gate.wait()
    begun = time.monotonic()
    for worker in workers:
        worker.join()
    return latencies, time.monotonic() - begun, faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("jicai")
    parser.add_argument("--hospitals", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=60)
    parser.add_argument("--threads", type=int, default=32)
    arguments = parser.parse_args()
    os.environ["JICAI"] = arguments.jicai
    from harness import Service, World
    from rounds_service import ROUND, ROUNDS
    from volumes_service import VolumesTest

    world = World(Service())
    World.instance = world
    test = VolumesTest()
    test.sql(f"UPDATE rounds SET stage = 2, version = version + 1 WHERE id = '{ROUND}'")
    with open(ROUNDS / ROUND / "specs.csv", encoding="utf-8-sig", newline="") as file:
        specs = [(row["lot"], row["spec"]) for row in csv.DictReader(file)]
    keys = make_hospitals(test, arguments.hospitals)

    def lines_of(index):
        lines = []
        for number in range(arguments.lines):
            lot, spec = specs[number % len(specs)]
            lines.append({"lot": lot, "spec": spec, "brand": f"厂牌{number // len(specs)}", "units": str(index * 1000 + number)})
        return lines

    def send(connection, method, path, key, body):
        connection = connection or world.service.connect()
        data = json.dumps(body).encode()
        connection.request(method, path, data, {"Cookie": f"jicai_session={key}", "X-CSRF-Token": "csrf",
                                                "Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            print(answer.status, text[:300], file=sys.stderr)
        return connection, answer.status

    def save(connection, index, job):
        code, key = job
        return send(connection, "PUT", f"/api/rounds/{ROUND}/reports/{code}", key, {"version": 0, "lines": lines_of(index)})

    def ask(connection, index, job):
        code, key = job
        connection = connection or world.service.connect()
        connection.request("GET", f"/api/rounds/{ROUND}/reports/{code}", headers={"Cookie": f"jicai_session={key}"})
        answer = connection.getresponse()
        answer.read()
        return connection, answer.status

    latencies, seconds, faults = run(keys, arguments.threads, save)
    print(f"{len(keys)} reports of {arguments.lines} lines by {arguments.threads} connections: {len(keys) / seconds:.0f}/s, "
          f"p50 {percentile(latencies, 0.5):.0f} ms, p99 {percentile(latencies, 0.99):.0f} ms, {len(faults)} refused")
    peer, peer_seconds, peer_faults = run(keys, arguments.threads, ask)
    print(f"the same reports read back: {len(keys) / peer_seconds:.0f}/s, p50 {percentile(peer, 0.5):.0f} ms, "
          f"p99 {percentile(peer, 0.99):.0f} ms, {len(peer_faults)} refused; saving is "
          f"{statistics.median(latencies) / statistics.median(peer):.1f} times reading")
    wanted = sum(index * 1000 + number for index in range(len(keys)) for number in range(arguments.lines))
    stored = int(test.sql(f"SELECT COALESCE(SUM(units), 0) FROM volume_lines WHERE round = '{ROUND}'"))
    world.client("procurement_officer")
    begun = time.monotonic()
    rows, _ = test.whole(f"/api/rounds/{ROUND}/volume-sums", "procurement_officer", level="country", counted="all")
    shown = sum(int(row["quantity"]) for row in rows)
    print(f"units sent {wanted}, stored {stored}, summed {shown} in {(time.monotonic() - begun) * 1000:.0f} ms: "
          f"{'nothing lost' if wanted == stored == shown else 'LOST'}")
    world.service.close()
    sys.exit(not wanted == stored == shown or bool(faults))


if __name__ == "__main__":
    main()
