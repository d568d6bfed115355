"""Runs the program for the tests beside this file:  <area>_test.py PATH_TO_JICAI [--update]

--update rewrites the golden files of the area; the diff is the review.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = ROOT / "tests" / "data" / "rounds"
GOLDEN = Path(__file__).resolve().parent / "golden"
FIRST, SECOND = ROUNDS / "GY-YD2019-1", ROUNDS / "GY-YD2019-2"

DONE, WORLD, BAD_INPUT, WAITS, DIFFERS, USAGE, BROKEN = 0, 1, 2, 3, 4, 64, 70

AWARD_FILES = {"awards.csv", "lots_decided.csv", "region_counts.csv", "volumes.csv", "allocations.csv",
               "packs_priced.csv", "certificate.json"}

UPDATE = "--update" in sys.argv
BINARY = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None


class Run:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def jicai(*arguments, **environment):
    """A run in a bare environment: Chinese unless told otherwise."""
    env = {"PATH": os.environ.get("PATH", "")}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            env[name] = os.environ[name]
    env.update(environment)
    return Run(subprocess.run([str(BINARY), *map(str, arguments)], capture_output=True, env=env, timeout=300))


def rows(path):
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8"))))


def canonical(value):
    """RFC 8785 for documents without fractions."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class CliTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.work = Path(tempfile.mkdtemp(prefix="jicai-cli-"))
        self.addCleanup(shutil.rmtree, self.work, ignore_errors=True)

    def copy(self, folder):
        target = self.work / "round"
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns("published"))
        return target

    def ends(self, run, code):
        self.assertEqual(run.code, code, repr(run))
        return run

    def json_of(self, run):
        """The one canonical document on standard output."""
        self.assertTrue(run.out.endswith("\n"), repr(run))
        document = json.loads(run.out)
        self.assertEqual(run.out[:-1], canonical(document))
        return document

    def golden(self, name, text):
        path = GOLDEN / name
        if UPDATE:
            path.write_text(text, encoding="utf-8")
        self.assertEqual(text, path.read_text(encoding="utf-8"), f"golden/{name}; rewrite with --update")


SMALL = {
    "round.toml": 'id = "SMALL"\ntitle = "小轮次"\nkind = "drug"\nrulebook = "gy-yd2019-2"\nopening = 2020-01-17\n',
    "lots.csv": "lot,name,volume_class,base_form,quantity_step\n1,甲片,general,普通片,100\n2,乙片,general,普通片,100\n",
    "specs.csv": "lot,spec,content_mg,main_spec,ceiling\n1,10mg,10,1,2.0000\n1,20mg,20,0,3.4000\n2,5mg,5,1,1.0000\n",
    "demand.csv": "lot,spec,region,quantity\n1,10mg,北京,100000\n1,20mg,北京,20000\n1,10mg,西藏,300\n2,5mg,上海,50000\n",
    "bidders.csv": "supplier,name\nA,甲制药\nB,乙制药\nC,丙制药\nD,丁制药\n",
    "bids.csv": "lot,supplier,spec,content_mg,form,pack_units,pack_price,participation,evidence\n"
                "1,A,10mg,10,普通片,30,20.00,bid,test\n"
                "1,B,10mg,10,普通片,30,22.00,bid,test\n"
                "1,C,10mg,10,普通片,30,24.00,bid,test\n"
                "2,D,5mg,5,普通片,20,10.00,bid,test\n",
    "packs.csv": "lot,supplier,product,form,spec,content_mg,pack_units\n1,A,甲片,普通片,10mg,10,30\n1,A,甲片,普通片,20mg,20,30\n",
}


def small_round(folder, **changes):
    """A folder of two lots. changes: file name with _ for . -> text, or None to leave the file out."""
    files = dict(SMALL)
    for name, text in changes.items():
        files[name.replace("_csv", ".csv").replace("_toml", ".toml")] = text
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if text is None:
            continue
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        (folder / name).write_bytes(data)
    return folder


def main():
    unittest.main(argv=[sys.argv[0]], verbosity=2)
