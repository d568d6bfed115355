"""JSON as a certificate is written: exact reading, canonical writing (RFC 8785), and the form of docs/certificate.schema.json."""

import json
import re

WHOLE_MAX = 2**53 - 1


class NotReadable(Exception):
    """The bytes are not JSON at all."""


class NotCanonical(Exception):
    """JSON that has no canonical form among certificates."""


def read(data):
    """(document, what is not canonical about how it was written). Numbers that are not whole stay text and are refused later."""
    oddities = []
    if data.startswith(b"\xef\xbb\xbf"):
        oddities.append("byte order mark")
        data = data[3:]

    def members(pairs):
        found = {}
        for name, value in pairs:
            if name in found:
                oddities.append(f"member {name} twice")
            found[name] = value
        return found

    def inexact(text):
        oddities.append(f"number {text[:40]}")
        return text

    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=members, parse_float=inexact, parse_constant=inexact
        )
    except (ValueError, RecursionError) as why:
        raise NotReadable(str(why)) from why
    return document, oddities


def canonical(value):
    """The bytes of RFC 8785 for a document whose numbers are whole."""
    try:
        return written(value).encode("utf-8")
    except UnicodeEncodeError as why:
        raise NotCanonical("half a surrogate pair") from why


def written(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        if abs(value) > WHOLE_MAX:
            raise NotCanonical(f"number {value}")
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{quoted(name)}:{written(value[name])}" for name in names) + "}"


SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text):
    return '"' + re.sub(r'["\\\x00-\x1f]', lambda c: SHORT.get(c[0], f"\\u{ord(c[0]):04x}"), text) + '"'


# ---------------------------------------------------------------- the form

KEYWORDS = """type enum const pattern minLength minimum maximum required properties additionalProperties items anyOf $ref
dependentRequired $defs $schema title description""".split()
TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}


def same(left, right):
    """Equal as JSON: true is not 1."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def faults(schema, value, root=None, path=""):
    """(place, what is wrong) for each fault, by the part of JSON Schema 2020-12 that the certificate's schema uses. A keyword
    outside of it is a ValueError: a schema must not say more than is checked."""
    root = schema if root is None else root
    unknown = set(schema) - set(KEYWORDS)
    if unknown:
        raise ValueError(f"the schema uses {', '.join(sorted(unknown))}, which is not checked here")
    here = path or "/"
    if "$ref" in schema:
        yield from faults(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, root, path)
    if "type" in schema:
        wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(TYPES[name](value) for name in wanted):
            yield here, f"{shown(value)} is not {' or '.join(wanted)}"
            return
    if "const" in schema and not same(value, schema["const"]):
        yield here, f"{shown(value)} is not {shown(schema['const'])}"
    if "enum" in schema and not any(same(value, word) for word in schema["enum"]):
        yield here, f"{shown(value)} is none of {shown(schema['enum'])}"
    if "anyOf" in schema and all(any(faults(choice, value, root, path)) for choice in schema["anyOf"]):
        yield here, f"{shown(value)} has none of the forms allowed"
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"].replace("$", r"\Z"), value, re.ASCII):
            yield here, f"{shown(value)} does not match {schema['pattern']}"
        if len(value) < schema.get("minLength", 0):
            yield here, f"{shown(value)} is too short"
    if isinstance(value, int) and not isinstance(value, bool):
        if value < schema.get("minimum", value):
            yield here, f"{value} is below {schema['minimum']}"
        if value > schema.get("maximum", value):
            yield here, f"{value} is above {schema['maximum']}"
    if isinstance(value, list) and "items" in schema:
        for place, entry in enumerate(value):
            yield from faults(schema["items"], entry, root, f"{path}/{place}")
    if isinstance(value, dict):
        yield from faults_of_members(schema, value, root, path)


def faults_of_members(schema, value, root, path):
    here = path or "/"
    for name in schema.get("required", []):
        if name not in value:
            yield here, f"{name} is missing"
    for name, others in schema.get("dependentRequired", {}).items():
        for other in others:
            if name in value and other not in value:
                yield here, f"{name} stands without {other}"
    properties = schema.get("properties", {})
    more = schema.get("additionalProperties", True)
    for name, entry in value.items():
        if name in properties:
            yield from faults(properties[name], entry, root, f"{path}/{name}")
        elif more is False:
            yield here, f"{name} is no member"
        elif more is not True:
            yield from faults(more, entry, root, f"{path}/{name}")
