#!/usr/bin/env python3
"""Results are written all or not at all, and nothing of somebody else's is ever replaced."""

import os
import subprocess
import unittest

import harness
from harness import AWARD_FILES, BAD_INPUT, DONE, WORLD, CliTest, jicai, main, small_round


class OutputFolder(CliTest):
    def setUp(self):
        super().setUp()
        self.round = small_round(self.work / "round")
        self.out = self.work / "out"

    def award(self, out=None, code=DONE):
        return self.ends(jicai("award", self.round, "--out", out or self.out, "--lang", "en"), code)

    def nothing_left_beside(self):
        self.assertEqual([path.name for path in self.work.iterdir() if path.name.startswith(".")], [])

    def test_replaced_when_it_holds_only_our_files(self):
        self.award()
        (self.out / "awards.csv").write_text("old")
        (self.out / "volumes.csv").unlink()
        self.award()
        self.assertEqual({path.name for path in self.out.iterdir()}, AWARD_FILES)
        self.assertNotEqual((self.out / "awards.csv").read_text(), "old")
        self.nothing_left_beside()

    def test_empty_folder_and_missing_parents(self):
        self.out.mkdir()
        self.award()
        self.award(self.work / "deep" / "er" / "out")
        self.assertEqual({path.name for path in (self.work / "deep" / "er" / "out").iterdir()}, AWARD_FILES)

    def test_trailing_slash(self):
        self.award(f"{self.out}/")
        self.award(f"{self.out}//./")
        self.assertEqual({path.name for path in self.out.iterdir()}, AWARD_FILES)

    def test_other_files_refuse(self):
        self.award()
        (self.out / "notes.txt").write_text("mine")
        before = {path.name: path.read_bytes() for path in self.out.iterdir()}
        run = self.award(code=BAD_INPUT)
        self.assertIn("notes.txt", run.err)
        self.assertEqual({path.name: path.read_bytes() for path in self.out.iterdir()}, before)
        self.nothing_left_beside()

    def test_a_folder_called_like_our_file_refuses(self):
        (self.out / "awards.csv").mkdir(parents=True)
        self.award(code=BAD_INPUT)
        self.assertTrue((self.out / "awards.csv").is_dir())

    def test_the_round_folder_itself_refuses(self):
        before = {path.name: path.read_bytes() for path in self.round.iterdir()}
        self.award(self.round, BAD_INPUT)
        self.assertEqual({path.name: path.read_bytes() for path in self.round.iterdir()}, before)

    def test_files_and_links_refuse(self):
        self.out.write_text("a file")
        self.award(code=BAD_INPUT)
        self.assertEqual(self.out.read_text(), "a file")
        self.out.unlink()
        (self.work / "real").mkdir()
        self.out.symlink_to(self.work / "real")
        self.award(code=BAD_INPUT)
        self.assertEqual(list((self.work / "real").iterdir()), [])
        self.out.unlink()
        self.out.symlink_to(self.work / "missing")
        self.award(code=BAD_INPUT)

    def test_regions_do_not_replace_an_award(self):
        self.award()
        run = self.ends(jicai("regions", self.round, "--out", self.out), BAD_INPUT)
        self.assertEqual({path.name for path in self.out.iterdir()}, AWARD_FILES)
        self.assertIn(self.out.name, run.err)

    def test_bad_input_leaves_an_earlier_result(self):
        self.award()
        before = {path.name: path.read_bytes() for path in self.out.iterdir()}
        (self.round / "bids.csv").write_text("nonsense\n")
        self.award(code=BAD_INPUT)
        self.assertEqual({path.name: path.read_bytes() for path in self.out.iterdir()}, before)
        self.nothing_left_beside()

    def test_full_disk(self):
        self.award()
        before = {path.name: path.read_bytes() for path in self.out.iterdir()}
        limited = subprocess.run(
            ["sh", "-c", 'trap "" XFSZ; ulimit -f 1; exec "$@"', "sh", str(harness.BINARY), "award", str(self.round), "--out", str(self.out), "--lang", "en"],
            capture_output=True, timeout=300, env=dict(os.environ),
        )
        self.assertEqual(limited.returncode, WORLD, limited.stderr)
        self.assertIn(b"cannot be written", limited.stderr)
        self.assertEqual({path.name: path.read_bytes() for path in self.out.iterdir()}, before)
        self.nothing_left_beside()

    def test_standard_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([str(harness.BINARY), "rulebook", "list"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, WORLD)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_no_permission(self):
        closed = self.work / "closed"
        closed.mkdir(mode=0o500)
        run = self.award(closed / "out", WORLD)
        self.assertIn("cannot be written", run.err)


if __name__ == "__main__":
    main()
