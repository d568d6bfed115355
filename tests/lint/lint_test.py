#!/usr/bin/env python3
"""The lint must catch each violation it is there for, and let the right form pass."""

import tempfile
import unittest
from pathlib import Path

import documents
import house
import layers
import lint

CONTRACT = """
library money  engine/money : # exact numbers
library rules  engine/rules : money
library award  engine/award : rules
library cli    cli          : award
library tests  tests        : *
home boost/    : engine/money
home unistd.h sys/ : cli
pure engine : chrono thread
"""

TREE = {
    "engine/money/price.h": "#pragma once\n#include <boost/multiprecision/cpp_int.hpp>\n#include <vector>\n",
    "engine/rules/rulebook.h": "#pragma once\n#include <engine/money/price.h>\n",
    "engine/award/award.h": "#pragma once\n#include <engine/rules/rulebook.h>\n#include <engine/money/price.h>\n",
    "cli/main.cpp": "#include <engine/award/award.h>\n#include <unistd.h>\n",
    "tests/award_test.cpp": "#include <engine/award/award.h>\n#include <engine/money/price.h>\n",
}


class LayersTest(unittest.TestCase):
    def faults(self, changes=None, contract=CONTRACT):
        with tempfile.TemporaryDirectory() as directory:
            root = Path(directory)
            files = {**TREE, **(changes or {})}
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            return layers.check(root, sorted(files), layers.parse(contract))

    def one(self, part, changes=None, contract=CONTRACT):
        faults = self.faults(changes, contract)
        self.assertEqual(len(faults), 1, faults)
        self.assertIn(part, faults[0])

    def test_clean_tree(self):
        self.assertEqual(self.faults(), [])

    def test_edge_against_the_arrow(self):
        self.one("money may not include rules", {"engine/money/ratio.h": "#include <engine/rules/rulebook.h>\n"})

    def test_edge_that_is_absent(self):
        contract = CONTRACT + "library linkage engine/linkage : rules\n"
        self.one("linkage may not include award", {"engine/linkage/link.cpp":
                 "#include <engine/rules/rulebook.h>\n#include <engine/award/award.h>\n"}, contract)

    def test_edge_nobody_uses(self):
        self.one("nothing in engine/award/ includes money", {"engine/award/award.h": "#include <engine/rules/rulebook.h>\n"},
                 CONTRACT.replace("engine/award : rules", "engine/award : rules money"))

    def test_later_edge_may_be_unused_but_not_used(self):
        unused = {"engine/award/award.h": "#include <engine/rules/rulebook.h>\n"}
        contract = CONTRACT.replace("engine/award : rules", "engine/award : rules later:money")
        self.assertEqual(self.faults(unused, contract), [])
        self.one("drop the mark", None, contract)

    def test_third_party_away_from_home(self):
        self.one("at home in engine/money only", {"engine/rules/stage.h": "#include <boost/multiprecision/cpp_int.hpp>\n"})

    def test_third_party_without_home(self):
        self.one("<yaml-cpp/yaml.h> has no home", {"engine/rules/stage.h": "#include <yaml-cpp/yaml.h>\n"})

    def test_c_header_has_no_home(self):
        self.one("<math.h> has no home", {"cli/draw.cpp": "#include <math.h>\n"})

    def test_home_nobody_uses(self):
        self.one("nothing in engine/money includes boost/", {"engine/money/price.h": "#pragma once\n"})

    def test_unclean_standard_header(self):
        self.one("<chrono> has no place in engine/", {"engine/rules/clock.h": "#include <chrono>\n"})
        self.assertEqual(self.faults({"cli/clock.h": "#include <chrono>\n"}), [])

    def test_quoted_include(self):
        self.one('not "price.h"', {"engine/money/price.cpp": '#include "price.h"\n'})
        self.one('not "helper.h"', {"tests/a_test.cpp": '#include "helper.h"\n'})
        self.assertEqual(self.faults({"tests/a_test.cpp": '#include "helper.h"\n', "tests/helper.h": "#pragma once\n"}), [])

    def test_spelling_of_include(self):
        self.one("may not include rules", {"engine/money/ratio.h": "  #  include <engine/rules/rulebook.h> // why\n"})

    def test_missing_header(self):
        self.one("does not exist", {"engine/award/x.cpp": "#include <engine/rules/stage.h>\n"})
        made = {"cli/x.cpp": "#include <cli/version.h>\n", "cli/version.h.in": "#pragma once\n"}
        self.assertEqual(self.faults(made), [])

    def test_file_outside_every_library(self):
        self.one("belongs to no library", {"tools/x.cpp": "#include <vector>\n"})

    def test_contract_faults(self):
        for line, part in [
            ("library rules engine/other : money", "stands twice"),
            ("library x engine/x : nowhere", "unknown library nowhere"),
            ("edge x y", "no colon"),
            ("edge x : y", "not understood"),
            ("home boost/ :", "not understood"),
            ("library x engine/x : y\nlibrary y engine/y : x", "circle"),
        ]:
            with self.subTest(line):
                faults = self.faults(None, CONTRACT + line + "\n")
                self.assertTrue(any(part in fault for fault in faults), faults)


# (path, text that must be refused, part of the message); each has a right form beside it in ALLOWED.
REFUSED = [
    ("engine/money/a.cpp", "double x;", "binary fraction"),
    ("engine/money/a.cpp", "// never a float\n", "binary fraction"),
    ("engine/money/a.cpp", "auto x = 1.5;", "fractional literal"),
    ("engine/money/a.cpp", "auto x = 2.;", "fractional literal"),
    ("engine/product/a.cpp", "cpp_dec_float_50 x{};", "binary big float"),
    ("engine/product/a.cpp", "auto x = std::log2(y);", "mathematics"),
    ("catalogs/a.cpp", "int x = std::stoi(text);", "lenient number parser"),
    ("cli/a.cpp", "x = strtoll(text, &end, 10);", "lenient number parser"),
    ("catalogs/a.cpp", "x = strtod(text, &end);", "binary parser"),
    ("tests/a.cpp", "x = atof(text);", "binary parser"),
    ("catalogs/a.cpp", "if (std::isdigit(letter)) {}", "locale"),
    ("catalogs/a.cpp", "auto low = tolower(letter);", "locale"),
    ("reports/a.cpp", 'std::setlocale(LC_ALL, "");', "locale"),
    ("engine/award/a.cpp", "auto now = std::chrono::system_clock::now();", "wall clock"),
    ("reports/a.cpp", "localtime_r(&seconds, &parts);", "wall clock"),
    ("engine/award/a.cpp", "auto now = std::time(nullptr);", "time("),
    ("engine/award/a.cpp", "auto now = time (nullptr);", "time("),
    ("engine/award/a.cpp", "auto now = std::chrono::steady_clock::now();", "elapsed time"),
    ("tests/a.cpp", "std::random_device device;", "unseeded"),
    ("tests/a.cpp", "int x = std::rand();", "unseeded"),
    ("engine/award/a.cpp", "std::mt19937 generator(1);", "randomness"),
    ("engine/award/a.cpp", "try { f(); } catch (...) {}", "catch (...)"),
    ("cli/award.cpp", "try { f(); } catch( ... ) {}", "catch (...)"),
    ("catalogs/a.cpp", "row->getDouble(1);", "getDouble"),
    ("cli/award.cpp", "std::exit(1);", "quiet exit"),
    ("sql/connection.cpp", "link->commit();", "commit that swallows errors"),
    ("sql/connection.cpp", "link->setAutoCommit(false);", "commit that swallows errors"),
    ("sql/store.cpp", 'options["OPT_RECONNECT"] = true; bool OPT_RECONNECT;', "driver's trap"),
    ("engine/money/a.cpp", "assert(x > 0);", "assert"),
    ("cli/a.cpp", "// TODO later\n", "leftover"),
    ("docs/a.md", "FIXME", "leftover"),
    ("docs/a.md", "see /home/someone/x", "path of one machine"),
    ("tests/a.cpp", 'open("/tmp/x");', "path of one machine"),
    ("cli/a.cpp", "// see issue 12\n", "number of an issue"),
    ("engine/money/a.h", "#ifndef A_H\n#define A_H\n#endif\n", "#pragma once"),
    ("engine/money/a.h", "int x;\n", "#pragma once"),
    ("cli/a.h", "#pragma once\nusing namespace std;\n", "using namespace"),
    ("engine/award/a.cpp", "switch (x) { case Outcome::won: return 1; default: return 2; }", "over an enum"),
    ("engine/award/a.cpp", "switch (x) { default: { f(); } break; case Outcome::won: return 1; }", "over an enum"),
    ("engine/award/a.cpp", "switch (x) { case won: return 1;\n default:\n return 2; }", "over an enum"),
    ("engine/money/a.h", "#pragma once\nnamespace a {\n\nint f(int x);\n}\n", "f() has no comment"),
    ("engine/money/a.h", "#pragma once\nnamespace a {\n/// One.\nint f(int x);\n\n[[nodiscard]] Price g(\n    int x);\n}\n", "g() has no comment"),
    ("engine/money/a.h", "#pragma once\nnamespace a {\n\ntemplate <class T>\nT h(T x) { return x; }\n}\n", "h() has no comment"),
]

ALLOWED = [
    ("reports/a.cpp", "double x = 1.5;"),  # not a decision; the engine alone is free of binary fractions
    ("engine/money/a.cpp", "auto x = Ratio{3, 2}; auto y = 1'000; auto z = a.b;"),
    ("engine/money/a.cpp", 'auto x = "1.5"; // 1.5 in words\n'),
    ("engine/money/a.cpp", "auto c = '\"'; auto d = '1'; // \"\n"),
    ("catalogs/a.cpp", "std::from_chars(first, last, value);"),
    ("catalogs/a.cpp", "bool is_digit(char letter); auto x = is_digit(c);"),
    ("catalogs/a.cpp", "// stoi( would accept blanks\nauto s = \"stoi(\";"),
    ("cli/a.cpp", "auto now = std::chrono::system_clock::now();"),
    ("engine/award/a.cpp", "int lead_time(int x); int y = object.time(1); int z = term_time(2);"),
    ("tests/a.cpp", "std::mt19937 generator(1);"),
    ("cli/main.cpp", "try { f(); } catch (...) { return 1; }"),
    ("sql/store.cpp", "guard.commit();"),
    ("cli/award.cpp", "try { f(); } catch (const std::exception& e) {}"),
    ("engine/money/a.cpp", "static_assert(sizeof(int) == 4);"),
    ("docs/a.md", "the issue of 12 lots; path tests/data/rounds; https://example.org/home/x"),
    ("engine/money/a.h", "// what it is\n\n#pragma once\nint x;\n"),
    ("engine/award/a.cpp", "switch (letter) { case 'a': return 1; default: return 2; }"),
    ("engine/award/a.cpp", "switch (n) { case 1: return 1; default: return 2; }"),
    ("catalogs/a.cpp", "switch (t) { case toml::node_type::integer: return 1; default: return 2; }"),
    ("engine/award/a.cpp", "struct A { A() = default; }; auto x = R\"(default: case X::a:)\";"),
    ("engine/money/a.h", "#pragma once\nnamespace a {\n\n/// Both.\nint f(int x);\nint g(int x);\n\nint k = 3;\nenum class E { a };\nstruct S {\n    int f();\n};\nusing F = int (*)(int);\n}\n"),
    ("engine/money/a.h", "#pragma once\nnamespace a {\nint f(int x);  ///< One.\n}\n"),
    ("engine/money/a.h", "#pragma once\nnamespace a {\n/// One.\ntemplate <class T>\nT f(T x);\n\ntemplate <class T>\nT f(T x) {\n    return x;\n}\n}\n"),
]


class HouseTest(unittest.TestCase):
    def test_refused(self):
        for path, text, part in REFUSED:
            with self.subTest(f"{path}: {text}"):
                faults = house.check(path, text)
                self.assertTrue(any(part in fault for fault in faults), faults or "nothing found")

    def test_allowed(self):
        for path, text in ALLOWED:
            with self.subTest(f"{path}: {text}"):
                self.assertEqual(house.check(path, text), [])

    def test_every_word_has_a_refused_sample(self):
        found = {fault.split(": ", 1)[1].split(" `")[0] for path, text, _ in REFUSED for fault in house.banned_words(path, text)}
        self.assertEqual({word.name for word in house.WORDS} - found, set())

    def test_line_numbers(self):
        text = "/* one\ntwo */\nauto s = \"\\\"\";\nint x = std::stoi(s);\n"
        self.assertEqual(house.check("catalogs/a.cpp", text)[0].split(" ")[0], "catalogs/a.cpp:4:")

    def test_long_file_warns(self):
        self.assertEqual(house.warnings("cli/a.cpp", "\n" * 500), [])
        self.assertEqual(len(house.warnings("cli/a.cpp", "\n" * 501)), 1)


class DocumentsTest(unittest.TestCase):
    def test_links(self):
        with tempfile.TemporaryDirectory() as directory:
            root = Path(directory)
            (root / "docs").mkdir()
            (root / "docs/a.md").write_text("x", encoding="utf-8")
            good = "[a](docs/a.md) [b](docs/a.md#part) [c](https://example.org/x) [d](#here)"
            self.assertEqual(documents.dead_links(root, "README.md", good), [])
            self.assertEqual(len(documents.dead_links(root, "README.md", "one\n[a](docs/b.md)")), 1)
            self.assertEqual(len(documents.dead_links(root, "docs/a.md", "[a](docs/a.md)")), 1)

    def test_identifiers(self):
        row = "| 品种 | lot | `round::Lot`, event `objection_upheld` | what is awarded |"
        known = {"round", "Lot", "objection_upheld"}
        self.assertEqual(documents.glossary_identifiers(row, known), [])
        self.assertEqual(len(documents.glossary_identifiers(row, known - {"Lot"})), 1)
        cut = "| 锚点价 | anchor | test `…_factor_of_anchor` | price |"
        self.assertEqual(documents.glossary_identifiers(cut, {"at_most_factor_of_anchor"}), [])
        self.assertEqual(len(documents.glossary_identifiers(cut, {"factor_of_lowest"})), 1)

    def test_libraries(self):
        self.assertEqual(documents.libraries_named("| `engine/money` | x |", ["engine/money"]), [])
        self.assertEqual(len(documents.libraries_named("| `engine/money` | x |", ["engine/round"])), 1)


class TreeTest(unittest.TestCase):
    def test_an_empty_tree_is_a_fault(self):
        with tempfile.TemporaryDirectory() as directory:
            faults, _, files, _ = lint.run(Path(directory))
            self.assertEqual(files, 0)
            self.assertTrue(any("no sources found" in fault for fault in faults))
            self.assertTrue(any("docs/layers.txt: missing" in fault for fault in faults))

    def test_faults_of_a_tree_are_found_and_build_is_skipped(self):
        with tempfile.TemporaryDirectory() as directory:
            root = Path(directory)
            for path, text in {
                "docs/layers.txt": "library money engine/money :\nlibrary csv catalogs/csv : money\n",
                "engine/money/a.cpp": "double x;\n",
                "catalogs/csv/b.cpp": "#include <engine/money/a.cpp>\n",
                "build/engine/c.cpp": "double x;\n",
            }.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            (root / "engine/money/latin.h").write_bytes(b"\xff\xfe")
            self.assertTrue(any("latin.h: not UTF-8" in fault for fault in lint.run(root)[0]))
            (root / "engine/money/latin.h").unlink()
            faults, _, files, cpp = lint.run(root)
            self.assertEqual((files, cpp), (3, 2))
            self.assertEqual(len(faults), 1, faults)
            self.assertIn("engine/money/a.cpp:1: binary fraction", faults[0])


if __name__ == "__main__":
    unittest.main()
