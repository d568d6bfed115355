#!/usr/bin/env python3
"""jicai link against plain SQL on MariaDB: the same reference price, counted and used observations of every SKU, on random folders
under every shipped policy that makes a reference.

    sql_oracle_test.py JICAI OBSERVATIONS [SEED]

Prices are counted in ten-thousandths of a yuan, so that SQL's integers are exact.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import oracle_test as worlds
from oracle import Policy, day, rows

TABLES = """
CREATE TABLE products (product VARCHAR(20) PRIMARY KEY, content DECIMAL(10,2), units BIGINT);
CREATE TABLE observations (observation VARCHAR(20) PRIMARY KEY, product VARCHAR(20), region VARCHAR(20), source VARCHAR(30), price BIGINT,
  units BIGINT, begins DATE, ends DATE, content DECIMAL(10,2), status VARCHAR(20), evaluated INT, recorded DATE, KEY (product));
CREATE TABLE events (seq INT PRIMARY KEY, event VARCHAR(30), observation VARCHAR(20), at DATE);
"""
AWARDS = ["province_award", "alliance_award"]


class Database:
    """A private MariaDB; gone at the end."""

    def __init__(self, folder):
        self.folder = folder
        data = folder / "db"
        subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--user=root", "--skip-test-db",
                        "--auth-root-authentication-method=normal"], check=True, capture_output=True, timeout=120)
        self.socket = folder / "s"
        self.process = subprocess.Popen(
            ["mariadbd", "--no-defaults", "--user=root", f"--datadir={data}", f"--socket={self.socket}", "--skip-networking",
             "--skip-grant-tables", "--innodb-use-native-aio=0", "--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin"],
            stdout=subprocess.DEVNULL, stderr=open(folder / "db.log", "w"))
        until = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < until:
            if subprocess.run([*self.client(), "-e", "SELECT 1"], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        else:
            self.close()
            raise RuntimeError((folder / "db.log").read_text()[-2000:])
        self.ask("CREATE DATABASE oracle", "")

    def client(self, database=""):
        return ["mariadb", "--no-defaults", f"--socket={self.socket}", "--default-character-set=utf8mb4", "-N", "-B", *([database] if database else [])]

    def ask(self, statements, database="oracle"):
        done = subprocess.run(self.client(database), input=statements.encode(), capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode() + statements[:2000])
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


def quoted(value):
    return "NULL" if value in ("", None) else "'" + str(value).replace("'", "''") + "'"


def words(values):
    return "(" + ", ".join(quoted(value) for value in values) + ")" if values else "('')"


def price(text):
    whole, _, places = text.partition(".")
    assert len(places) <= 4, text
    return int(whole) * 10_000 + int(places.ljust(4, "0"))


def load(database, folder):
    def insert(table, lines):
        return "".join(f"INSERT INTO {table} VALUES {', '.join(lines[i:i + 1000])};\n" for i in range(0, len(lines), 1000))

    products = [f"({quoted(row['product'])}, {row['content_mg']}, {row['pack_units']})" for row in rows(folder / "products.csv")]
    seen = [f"({quoted(row['observation'])}, {quoted(row['product'])}, {quoted(row['region'])}, {quoted(row['source'])}, {price(row['pack_price'])}, "
            f"{row['pack_units']}, {quoted(row['effective_from'])}, {quoted(row['effective_to'])}, {quoted(row['content_mg'])}, "
            f"{quoted(row['status'] or 'in_force')}, {row['evaluated'] or 0}, {quoted(row['recorded'])})" for row in rows(folder / "observations.csv")]
    events = [f"({row['seq']}, {quoted(row['event'])}, {quoted(row['observation'])}, {quoted(row['at'])})"
              for row in rows(folder / "events.csv") if row["observation"]]
    database.ask(TABLES + insert("products", products) + insert("observations", seen) + insert("events", events))


def conditions(policy, region):
    """What an observation must be to count, as SQL."""
    get = policy.get
    own = f"o.region = {quoted(region)}"
    yield f"o.source IN {words(get('comparison', 'sources'))}"
    if get("exclusions", "awards_elsewhere"):
        yield f"({own} OR o.source NOT IN {words(AWARDS)})"
    if get("exclusions", "own_region"):
        yield f"NOT ({own})"
    if get("exclusions", "regions"):
        yield f"o.region NOT IN {words(get('exclusions', 'regions'))}"
    if get("reference", "aggregator") == "minimum_of_regions" and get("reference", "regions"):
        yield f"o.region IN {words(get('reference', 'regions'))}"
    if get("reference", "aggregator") == "lower_of_two_families":
        yield f"({family(policy, 'first_family', own)} OR {family(policy, 'second_family', own)})"
    yield "o.status <> 'withdrawn'"
    for status in ("suspended", "under_objection"):
        if get("exclusions", status):
            yield f"o.status <> '{status}'"
    if get("exclusions", "not_evaluated"):
        yield "o.evaluated = 1"
    key = get("comparison", "key")
    if key != "any_strength":
        yield "(o.content IS NULL OR o.content = p.content)"
    if key == "same_pack":
        yield "o.units = p.units"


def family(policy, name, own):
    named = policy.get("reference", name)
    return f"(o.source IN {words(named)}" + (f" OR {own})" if "own_region" in named else ")")


def question(policy, head):
    """One row for each product with a counted observation: counted, reference per unit, per pack, used, provisional."""
    get = policy.get
    assert get("conversion", "rule") == "divide" and policy.decimals("unit_rounding") == 4 and policy.decimals("pack_rounding") == 2
    how, region = get("reference", "aggregator"), head["region"]
    own = f"o.region = {quoted(region)}"
    as_of, known = f"'{head['as_of']}'", f"'{head.get('known_at', '9999-01-01')}'"
    first = family(policy, "first_family", own) if how == "lower_of_two_families" else "0"
    second = family(policy, "second_family", own) if how == "lower_of_two_families" else "0"
    common = f"""
WITH last_event AS (
  SELECT observation, event, ROW_NUMBER() OVER (PARTITION BY observation ORDER BY at DESC, seq DESC) AS n FROM events WHERE at <= {known}),
counted AS (
  SELECT o.observation, o.product, o.region, p.units AS listed, (2 * o.price + o.units) DIV (2 * o.units) AS unit, {first} AS f1, {second} AS f2
  FROM observations o JOIN products p ON p.product = o.product
  WHERE o.begins <= {as_of} AND (o.ends IS NULL OR o.ends >= {as_of}) AND (o.recorded IS NULL OR o.recorded <= {known})
    AND o.observation NOT IN (SELECT observation FROM last_event WHERE n = 1 AND event = 'exclude_observation')
    AND {" AND ".join(conditions(policy, region))}),
facts AS (SELECT product, COUNT(*) AS counted, COUNT(DISTINCT region) AS regions, MIN(listed) AS listed FROM counted GROUP BY product),"""
    each = how in ("mean_of_lowest", "median") and get("reference", "count_each") == "region"
    common += f"""
kept AS (SELECT * FROM (SELECT c.*, ROW_NUMBER() OVER (PARTITION BY product{", region" if each else ""} ORDER BY unit, observation) AS m FROM counted c) x
         {"WHERE m = 1" if each else ""}),
placed AS (SELECT k.*, ROW_NUMBER() OVER (PARTITION BY product ORDER BY unit, observation) AS n, COUNT(*) OVER (PARTITION BY product) AS size,
             ROW_NUMBER() OVER (PARTITION BY product, f1 ORDER BY unit, observation) AS r1,
             ROW_NUMBER() OVER (PARTITION BY product, f2 ORDER BY unit, observation) AS r2 FROM kept k),"""
    order = "unit, observation"
    figure, enough = "(2 * SUM(unit) + COUNT(*)) DIV (2 * COUNT(*))", "1"
    if how == "mean_of_lowest":
        used = f"n <= {get('reference', 'lowest')}"
        enough = f"x.taken = {get('reference', 'lowest')}"
    elif how == "median" and get("reference", "median_of_even") == "mean":
        used = "n IN ((size + 1) DIV 2, size DIV 2 + 1)"
    elif how == "median":
        used = "n = (size + 1) DIV 2"
    elif how == "lower_of_two_families":
        # Between equal prices that of the first family stands first.
        used, order = "(f1 AND r1 = 1) OR (f2 AND r2 = 1)", "unit, (f1 AND r1 = 1) DESC"
        figure = "MIN(unit)"
    else:
        used = "n = 1"
        if how == "minimum_of_regions":
            enough = f"f.regions >= {get('reference', 'regions_needed')}"
    return common + f"""
found AS (SELECT product, {figure} AS unit, COUNT(*) AS taken, MIN(unit) AS lowest, GROUP_CONCAT(observation ORDER BY {order} SEPARATOR '|') AS used
          FROM placed WHERE {used} GROUP BY product)
SELECT f.product, f.counted, f.listed, x.unit, {enough}, x.lowest, x.used, SUBSTRING_INDEX(x.used, '|', 1) FROM facts f JOIN found x ON x.product = f.product;"""


def expected(policy, answer):
    """{product: (counted, reference per unit, per pack, used)} as decisions.csv prints them."""
    found = {}
    for product, counted, listed, unit, enough, lowest, used, one in answer:
        unit, listed = int(unit), int(listed)
        if enough != "1":
            if policy.get("reference", "too_few") == "insufficient":
                found[product] = (counted, "", "", used)
                continue
            unit, used = int(lowest), one
        cents = (2 * unit * listed + 100) // 200
        found[product] = (counted, f"{unit // 10000}.{unit % 10000:04d}", f"{cents // 100}.{cents % 100:02d}", used)
    return found


def main():
    jicai, observations = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    work = Path(tempfile.mkdtemp(prefix="jicai-sql-", dir=os.environ.get("SQL_ORACLE_DIR")))
    failed, database = 0, None
    try:
        folder = work / "campaign"
        worlds.make_tables(folder, observations, seed)
        database = Database(work)
        load(database, folder)
        shipped = {path.stem: path for path in sorted(worlds.POLICIES.glob("*.toml"))}
        assert len(shipped) >= 14
        with_reference = 0
        for number, (name, path) in enumerate(shipped.items()):
            given = worlds.GIVEN.get(name, [])
            worlds.make_head(folder, path, given, seed + number)
            head = worlds.oracle.tomllib.loads((folder / "campaign.toml").read_text(encoding="utf-8"))
            policy = Policy(path, {key: {"value": value} for key, value in given})
            out = work / f"{name}-out"
            run = subprocess.run([jicai, "link", folder, "--out", out, "--policy", path, "--lang", "en"], capture_output=True, text=True)
            if run.returncode not in (0, 3):
                print(f"{name}: exit {run.returncode}: {run.stderr[:2000]}")
                failed += 1
                continue
            with open(out / "decisions.csv", encoding="utf-8", newline="") as file:
                decided = list(csv.DictReader(file))
            by_sql = {}
            if policy.has("reference"):
                with_reference += 1
                by_sql = expected(policy, database.ask(question(policy, head)))
            differences, figures = [], 0
            for row in decided:
                want = by_sql.get(row["product"], ("0", "", "", ""))
                got = (row["counted"], row["reference_unit"], row["reference"], row["used"])
                figures += want[1] != ""
                if want != got:
                    differences.append(f"{row['product']}: by SQL {want}, found {got}")
            print(f"{name}: {len(decided)} SKUs, {figures} references, {len(differences)} differences", flush=True)
            for line in differences[:5]:
                print("   ", line)
            # A comparison in which nothing ever happens would prove nothing.
            failed += bool(differences) or not decided or (policy.has("reference") and figures < len(decided) // 10)
            shutil.rmtree(out, ignore_errors=True)
        print(f"{observations} observations, {with_reference} policies with a reference of {len(shipped)}")
        failed += with_reference < 12
    finally:
        if database:
            database.close()
        shutil.rmtree(work, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
