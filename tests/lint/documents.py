"""Documents against the tree: links lead somewhere, the glossary's identifiers exist, the architecture names each library."""

import re
from pathlib import Path

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
GLOSSARY = "docs/GLOSSARY.md"
ARCHITECTURE = "docs/ARCHITECTURE.md"


def dead_links(root: Path, path: str, text: str) -> list:
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        for found in LINK.finditer(line):
            target = found[1]
            if not re.match(r"[a-z]+:", target) and not (root / path).parent.joinpath(target).exists():
                faults.append(f"{path}:{number}: the link {target} leads nowhere")
    return faults


def glossary_identifiers(text: str, words: set) -> list:
    """Identifiers of the third column that stand nowhere in `words`."""
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 6:
            continue
        for identifier in re.findall(r"`([^`]+)`", cells[3]):
            if "/" in identifier or "." in identifier and "…" not in identifier:
                continue  # a place or a file of a round folder
            for word in re.findall(r"[A-Za-z_]\w+", identifier):
                if word not in words and not any(known.endswith(word) for known in words if "…" in identifier):
                    faults.append(f"{GLOSSARY}:{number}: `{word}` stands nowhere in the sources")
    return faults


def libraries_named(text: str, directories: list) -> list:
    return [
        f"{ARCHITECTURE}: does not name the library {directory}"
        for directory in directories
        if f"`{directory}`" not in text and f"`{directory}/" not in text
    ]


def check(root: Path, texts: dict, directories: list) -> list:
    faults = []
    words = set()
    for path, text in texts.items():
        if path.endswith((".h", ".cpp", ".toml")):
            words.update(re.findall(r"[A-Za-z_]\w+", text))
        if path.endswith(".md"):
            faults += dead_links(root, path, text)
    if GLOSSARY in texts:
        faults += glossary_identifiers(texts[GLOSSARY], words)
    if ARCHITECTURE in texts:
        faults += libraries_named(texts[ARCHITECTURE], directories)
    return faults
