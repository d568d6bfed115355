"""All tests in routes/ against one service, and at the end: every route has a test file and was called.

    routes_test.py [file ...]      without `test_` and `.py`: healthz rounds
"""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import World  # noqa: E402


class Coverage(unittest.TestCase):
    """Runs last."""

    def test_every_route_has_its_test_file(self):
        missing = []
        for operation in World.get().described.operations.values():
            name = operation["operationId"]
            names = {name, name.removeprefix("get_")}
            if not any((HERE / "routes" / f"test_{each}.py").exists() for each in names):
                missing.append(name)
        self.assertEqual(missing, [], "routes without tests/web/routes/test_<name>.py")

    def test_every_route_was_called_with_success(self):
        world = World.get()
        done = {name for name, status in world.called if status < 300}
        self.assertEqual(sorted({operation["operationId"] for operation in world.described.operations.values()} - done), [])

    def test_service_did_not_fail(self):
        self.assertNotIn('"event":"failed"', World.get().service.log())


if __name__ == "__main__":
    loader = unittest.defaultTestLoader
    suite = unittest.TestSuite()
    wanted = sys.argv[1:]
    for path in sorted((HERE / "routes").glob("test_*.py")):
        if not wanted or path.stem.removeprefix("test_") in wanted:
            suite.addTests(loader.loadTestsFromName(path.stem))
    if not wanted:
        suite.addTests(loader.loadTestsFromTestCase(Coverage))
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())
