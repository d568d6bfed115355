"""The digests of the inputs of a round or a linkage campaign (docs/certificate-inputs.md): SHA-256 of what each file says, however it was saved."""

import csv
import datetime
import hashlib
import io
import re
import tomllib
from pathlib import Path


class NotReadable(Exception):
    """A file of the folder that `jicai` refuses, too."""


# "#": number, "?": flag; "*": key column. Keys sort in this order.
TABLES = {
    "lots.csv": "*lot name volume_class base_form quantity_step# term_class regions",
    "specs.csv": "*lot *spec content_mg# main_spec? ceiling# content_unit fill_ml#",
    "demand.csv": "*lot *spec *region quantity# *hospital *supplier",
    "bidders.csv": "*supplier name firm code origin",
    "bids.csv": """*lot *supplier spec content_mg# form pack_units# pack_price# participation evidence *product group
        own_lowest_price# fill_ml# regions""",
    "packs.csv": "*lot *supplier *product *form *spec *content_mg# *pack_units# *fill_ml# *material *daily_dose#",
    "events.csv": "*seq# lot event supplier value reason who at",
    "preferences.csv": "*lot *supplier *order# region",
    "history.csv": "*hospital *lot *spec *year# quantity# *supplier",
    "hospitals.csv": "*hospital name region level",
}
# Of a price linkage campaign (docs/linkage.md).
LINKAGE_TABLES = {
    "products.csv": "*product name form spec content_mg# pack_units# material maker code variety evaluated? originator? replaces",
    "observations.csv": """*observation product region source pack_price# pack_units# effective_from effective_to content_mg#
        document status evaluated? recorded entered_by""",
    "listings.csv": "*product price#",
    "winners.csv": "*product price# regions",
    "volumes.csv": "*product packs#",
    "purchases.csv": "*product *month packs# *hospital",
    "events.csv": "*seq# event product observation reason who at",
    "holidays.csv": "*day works?",
}
CAMPAIGN_KEYS = ("id", "title", "policy", "region", "as_of")
CAMPAIGN_KEYS_OPTIONAL = ("known_at", "scope")
ROUND_KEYS = ("id", "kind", "opening", "rulebook", "title")
GIVEN_KEYS = ("value", "who", "reason")


def of_folder(folder, encoding="utf-8", linkage=False):
    """File name -> (rows, "sha256:..."), of every file of the folder that a round (a linkage campaign) is read from."""
    folder = Path(folder)
    found = {}
    for name, columns in (LINKAGE_TABLES if linkage else TABLES).items():
        if (folder / name).exists():
            found[name] = of_lines(table_lines(folder / name, columns.split(), encoding), header=1)
    heading = ("campaign.toml", campaign_lines) if linkage else ("round.toml", round_lines)
    for name, lines in (heading, ("parameters.toml", given_lines)):
        if (folder / name).exists():
            found[name] = of_lines(sorted(lines(toml(folder / name, encoding)), key=lambda line: line.encode("utf-8")), header=0)
    return dict(sorted(found.items()))


def of_lines(lines, header):
    data = "".join(line + "\n" for line in lines).encode("utf-8")
    return len(lines) - header, "sha256:" + hashlib.sha256(data).hexdigest()


# ---------------------------------------------------------------- tables


def decoded(path, encoding):
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else encoding)
    except UnicodeDecodeError as why:
        raise NotReadable(f"{path.name}: {why}") from why


def table_lines(path, columns, encoding):
    name = path.name
    rows = [row for row in csv.reader(io.StringIO(decoded(path, encoding), newline=""), strict=True) if any(row)]
    if not rows:
        raise NotReadable(f"{name}: no header")
    header = rows.pop(0)
    if len(set(header)) != len(header) or "" in header:
        raise NotReadable(f"{name}: a column without a name, or one that stands twice")
    for row in rows:
        if len(row) != len(header):
            raise NotReadable(f"{name}: a row of {len(row)} fields under {len(header)} columns: {','.join(row)[:60]}")

    known = [column.strip("*#?") for column in columns]
    others = sorted(set(header) - set(known), key=lambda column: column.encode("utf-8"))
    place = {column: header.index(column) for column in header}
    key = [at for at, column in enumerate(columns) if column.startswith("*")]

    def cell(row, column):
        text = row[place[column.strip("*#?")]] if column.strip("*#?") in place else ""
        return canonical_cell(name, column, text)

    canonical = [[cell(row, column) for column in [*columns, *others]] for row in rows]
    canonical.sort(key=lambda row: [row[at].encode("utf-8") for at in key])
    for one, other in zip(canonical, canonical[1:]):
        if [one[at] for at in key] == [other[at] for at in key]:
            raise NotReadable(f"{name}: two rows of one key: {', '.join(one[at] for at in key)}")
    return [",".join(map(field, row)) for row in [[*known, *others], *canonical]]


def canonical_cell(name, column, text):
    if column.endswith("#") and text:
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text, re.ASCII):
            raise NotReadable(f"{name}, {column.strip('*#')}: {text[:40]} is no number")
        whole, _, decimals = text.partition(".")
        decimals = decimals.rstrip("0")
        return (whole.lstrip("0") or "0") + ("." + decimals if decimals else "")
    if column.endswith("?"):
        for flag, words in (("1", ("1", "是", "true", "TRUE")), ("0", ("0", "否", "false", "FALSE", ""))):
            if text in words:
                return flag
        raise NotReadable(f"{name}, {column.strip('*?')}: {text[:40]} is neither yes nor no")
    return text


def field(text):
    return '"' + text.replace('"', '""') + '"' if re.search('[,"\r\n]', text) else text


# ---------------------------------------------------------------- TOML


def toml(path, encoding="utf-8"):
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = decoded(path, encoding)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        raise NotReadable(f"{path.name}: {why}") from why


def round_lines(table):
    if set(table) != set(ROUND_KEYS):
        raise NotReadable(f"round.toml: keys {', '.join(sorted(table))} instead of {', '.join(ROUND_KEYS)}")
    return [f"{key}={basic_string(str(table[key]))}" for key in ROUND_KEYS]


def campaign_lines(table):
    missing, unknown = set(CAMPAIGN_KEYS) - set(table), set(table) - {*CAMPAIGN_KEYS, *CAMPAIGN_KEYS_OPTIONAL}
    if missing or unknown:
        raise NotReadable(f"campaign.toml: keys {', '.join(sorted(missing | unknown))} missing or unknown")
    return [f"{key}={basic_string(str(value))}" for key, value in table.items()]


def given_lines(table):
    lines = []
    for path, entry in table.get("given", {}).items():
        if set(table) != {"given"} or not isinstance(entry, dict) or set(entry) != set(GIVEN_KEYS):
            raise NotReadable("parameters.toml: not of the form given.\"path\" = { value, who, reason }")
        lines += [f"given.{key_text(path)}.{key}={value_text(entry[key])}" for key in GIVEN_KEYS]
    return lines


def given(folder, encoding="utf-8"):
    """The member `given` of the certificate."""
    path = Path(folder) / "parameters.toml"
    if not path.exists():
        return []
    entries = toml(path, encoding).get("given", {})
    return [
        {"parameter": name, "value": value_text(entries[name]["value"]), "who": entries[name]["who"],
         "reason": entries[name]["reason"]}
        for name in sorted(entries, key=lambda name: name.encode("utf-8"))
    ]


def basic_string(text):
    text = re.sub(r'["\\]', lambda c: "\\" + c[0], text)
    return '"' + re.sub("[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04X}", text) + '"'


def key_text(key):
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key, re.ASCII) else basic_string(key)


def value_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return basic_string(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(value_text, value)) + "]"
    if isinstance(value, dict):
        entries = sorted((key_text(key), value_text(entry)) for key, entry in value.items())
        return "{" + ",".join(f" {key} = {entry}" for key, entry in entries) + (" }" if entries else "}")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat().replace("+00:00", "Z")
    raise NotReadable(f"parameters.toml: {value} is not exact")
