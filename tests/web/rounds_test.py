"""Runs the tests of the round routes against one service:  rounds_test.py PATH_TO_JICAI [route ...]"""

import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUTES = ["rounds", "round", "lots", "lot", "lot_bids", "volumes", "volume_regions", "supply", "allocations", "award_table",
          "round_folder", "certificate", "verification", "rulebooks", "rulebook", "rulebook_differences", "home"]

if __name__ == "__main__":
    os.environ["JICAI"] = sys.argv[1]
    sys.path[:0] = [str(HERE), str(HERE / "routes")]
    suite = unittest.TestSuite()
    for route in sys.argv[2:] or ROUTES:
        suite.addTests(unittest.defaultTestLoader.loadTestsFromName(f"test_{route}"))
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())
