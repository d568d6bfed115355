"""p50, p99 and requests/s of the most used routes with the real rounds loaded, against a bare Poco handler that returns
the same bytes in the same run. Needs wrk.

    measure.py JICAI BARE_POCO [--seconds N] [--connections N]
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "web"))


def wrk(url, arguments, headers):
    command = ["wrk", "-t2", f"-c{arguments.connections}", f"-d{arguments.seconds}s", "--latency", url]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise RuntimeError(f"{url}: {text}")
    latency = {name: millis(value) for name, value in re.findall(r"(50|99)%\s+(\S+)", text)}
    return float(re.search(r"Requests/sec:\s+(\S+)", text)[1]), latency["50"], latency["99"]


def millis(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def memory(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("jicai")
    parser.add_argument("bare")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=32)
    arguments = parser.parse_args()
    os.environ["JICAI"] = arguments.jicai
    from harness import Service, World

    begun = time.monotonic()
    service = Service("--requests-per-minute", "0", unlimited=False)
    service.send("GET", "/index.html")
    print(f"first start with an empty directory to first page: {time.monotonic() - begun:.2f} s")
    service.stop()
    begun = time.monotonic()
    service.start()
    service.send("GET", "/index.html")
    print(f"start to first page: {time.monotonic() - begun:.2f} s")
    world = World(service)
    officer = world.client("procurement_officer")
    cookie = {"Cookie": f"jicai_session={officer.cookie}"}
    round_id = "GY-YD2019-2"
    lot = officer.call("GET", f"/api/rounds/{round_id}/lots").json["rows"][0]["lot"]
    routes = ["/api/rounds", f"/api/rounds/{round_id}", f"/api/rounds/{round_id}/lots/{lot}", f"/api/rounds/{round_id}/volumes?size=100",
              "/api/session", "/index.html"]
    print(f"memory at rest: {memory(service.process.pid):.0f} MB, its database {memory(service.database_process()):.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, route in enumerate(routes):
            body = service.send("GET", route, cookie).body
            path = Path(folder) / str(number)
            path.write_bytes(body)
            files.append(str(path))
        bare = subprocess.Popen([arguments.bare, *files], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
        base = bare.stdout.readline().strip().rstrip("/")
        print(f"| route | bytes | requests/s | p50 ms | p99 ms | bare Poco requests/s | p50 ms | p99 ms | of bare |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        shares = []
        for number, route in enumerate(routes):
            size = Path(files[number]).stat().st_size
            ours = wrk(service.url + route, arguments, cookie)
            theirs = wrk(f"{base}/{number}", arguments, cookie)
            shares.append(ours[0] / theirs[0])
            print(f"| `{route}` | {size} | {ours[0]:,.0f} | {ours[1]:.2f} | {ours[2]:.2f} | {theirs[0]:,.0f} | {theirs[1]:.2f} | {theirs[2]:.2f} | {shares[-1]:.0%} |")
        bare.communicate("\n")
    print(f"memory under load: {memory(service.process.pid):.0f} MB; median share {statistics.median(shares):.0%}")
    service.close()


if __name__ == "__main__":
    main()
