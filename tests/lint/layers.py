"""The contract of docs/layers.txt: reading it, and checking every #include of the tree against it."""

import re
from dataclasses import dataclass, field
from pathlib import Path

CPP_SUFFIXES = (".h", ".hpp", ".cpp", ".cc", ".inc")
INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]*)>|"([^"]*)"|(.*))')
LATER = "later:"


@dataclass
class Library:
    name: str
    directory: str
    edges: dict  # name -> marked later
    line: int
    everything: bool = False


@dataclass
class Home:
    prefixes: list
    places: dict  # place -> marked later
    line: int


@dataclass
class Layers:
    libraries: dict = field(default_factory=dict)
    homes: list = field(default_factory=list)
    pure: list = field(default_factory=list)  # (directory, set of headers)
    faults: list = field(default_factory=list)

    def owner(self, path: str):
        """The library with the longest directory that holds `path`."""
        best = None
        for library in self.libraries.values():
            inside = path.startswith(library.directory + "/")
            if inside and (best is None or len(library.directory) > len(best.directory)):
                best = library
        return best

    def closure(self, name: str) -> set:
        seen, todo = set(), [name]
        while todo:
            for edge in self.libraries[todo.pop()].edges:
                if edge not in seen:
                    seen.add(edge)
                    todo.append(edge)
        return seen


def _marked(words):
    return {word.removeprefix(LATER): word.startswith(LATER) for word in words}


def parse(text: str, name: str = "docs/layers.txt") -> Layers:
    layers = Layers()
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        head, colon, tail = line.partition(":")
        # `later:` holds a colon of its own, but only after the first one.
        words, values = head.split(), tail.split()
        where = f"{name}:{number}"
        if not colon:
            layers.faults.append(f"{where}: no colon")
        elif words[:1] == ["library"] and len(words) == 3:
            if words[1] in layers.libraries:
                layers.faults.append(f"{where}: library {words[1]} stands twice")
            everything = values == ["*"]
            edges = {} if everything else _marked(values)
            layers.libraries[words[1]] = Library(words[1], words[2], edges, number, everything)
        elif words[:1] == ["home"] and len(words) > 1 and values:
            layers.homes.append(Home(words[1:], _marked(values), number))
        elif words[:1] == ["pure"] and len(words) == 2 and values:
            layers.pure.append((words[1], set(values)))
        else:
            layers.faults.append(f"{where}: not understood: {line}")
    for library in layers.libraries.values():
        for edge in library.edges:
            if edge not in layers.libraries:
                layers.faults.append(f"{name}:{library.line}: {library.name} names an unknown library {edge}")
    if not layers.faults:
        for library in layers.libraries.values():
            if library.name in layers.closure(library.name):
                layers.faults.append(f"{name}:{library.line}: {library.name} includes itself in a circle")
    return layers


def check(root: Path, files: list, layers: Layers, name: str = "docs/layers.txt") -> list:
    """Faults of the include edges of `files` (paths relative to `root`), one text each."""
    if layers.faults:
        return list(layers.faults)
    faults = []
    own_tops = {library.directory.split("/")[0] for library in layers.libraries.values()}
    used_edges, used_homes = set(), set()

    for path in files:
        if not path.endswith(CPP_SUFFIXES):
            continue
        library = layers.owner(path)
        if library is None:
            faults.append(f"{path}:1: belongs to no library of {name}")
            continue
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            where = f"{path}:{number}"
            header = found[2]
            beside = found[3]
            if beside and library.everything and "/" not in beside and (root / path).with_name(beside).is_file():
                continue  # a helper of these tests alone
            if header is None:
                faults.append(f'{where}: write #include <directory/file.h> from the root of the tree, not {found[1]}')
                continue
            if header.split("/")[0] in own_tops and "/" in header:
                if not (root / header).is_file() and not (root / (header + ".in")).is_file():
                    faults.append(f"{where}: <{header}> does not exist")
                target = layers.owner(header)
                if target is None:
                    faults.append(f"{where}: <{header}> belongs to no library of {name}")
                elif target.name != library.name and not library.everything:
                    if target.name in library.edges:
                        used_edges.add((library.name, target.name))
                    elif target.name not in layers.closure(library.name):
                        faults.append(
                            f"{where}: {library.name} may not include {target.name} (<{header}>); "
                            f"allowed edges stand in {name}"
                        )
                continue
            if "/" not in header and "." not in header and not any(
                header.startswith(prefix) for home in layers.homes for prefix in home.prefixes
            ):
                for directory, forbidden in layers.pure:
                    if path.startswith(directory + "/") and header in forbidden:
                        faults.append(f"{where}: <{header}> has no place in {directory}/")
                continue
            allowed = [
                (index, place)
                for index, home in enumerate(layers.homes)
                if any(header.startswith(prefix) for prefix in home.prefixes)
                for place in home.places
            ]
            here = [(index, place) for index, place in allowed if path == place or path.startswith(place + "/")]
            if here:
                used_homes.update(here)
            elif allowed:
                places = ", ".join(place for _, place in allowed)
                faults.append(f"{where}: <{header}> is at home in {places} only")
            else:
                faults.append(f"{where}: <{header}> has no home in {name}")

    for library in layers.libraries.values():
        for edge, later in library.edges.items():
            used = (library.name, edge) in used_edges
            if used and later:
                faults.append(f"{name}:{library.line}: {library.name} uses {edge} now; drop the mark {LATER}")
            elif not used and not later:
                faults.append(f"{name}:{library.line}: nothing in {library.directory}/ includes {edge}; drop the edge")
    for index, home in enumerate(layers.homes):
        for place, later in home.places.items():
            used, what = (index, place) in used_homes, " ".join(home.prefixes)
            if used and later:
                faults.append(f"{name}:{home.line}: {place} uses {what} now; drop the mark {LATER}")
            elif not used and not later:
                faults.append(f"{name}:{home.line}: nothing in {place} includes {what}; drop the place")
    return faults
