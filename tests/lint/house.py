"""House rules of the sources: words with a replacement, header guards, switches, comments of public functions."""

import re
from dataclasses import dataclass

from source_text import code_only, line_of

CPP = (".h", ".cpp")
ENGINE = ("engine/",)
PRODUCT = ("engine/", "catalogs/", "reports/", "cli/")
SOURCES = PRODUCT + ("tests/", "bench/")
EVERYWHERE = ("",)
LINES_MAX = 500


@dataclass(frozen=True)
class Word:
    name: str
    pattern: str
    instead: str
    places: tuple  # first letters of the paths it holds for; "" is the whole tree
    allowed: tuple = ()  # first letters of the paths where it may stand
    comments_too: bool = False
    any_text: bool = False  # not only C++ but every text file of the tree


WORDS = (
    Word("binary fraction", r"\b(double|float)\b", "Ratio, Price or Amount", ENGINE, comments_too=True),
    Word("fractional literal", r"(?<![\w.])\d[\d']*\.(\d[\d']*)?([eE][+-]?\d+)?[fFlL]?(?![\w.])", "Ratio{17, 10}", ENGINE),
    Word("binary big float", r"\bcpp_(dec|bin)_float\w*", "the ratio function of engine/product", SOURCES, allowed=("bench/",)),
    Word("mathematics of the C library", r"\bstd::(log|log2|log10|pow|exp|sqrt|round|lround|llround|floor|ceil|trunc)\s*\(",
         "the ratio function of engine/product, money::divide_rounded", PRODUCT),
    Word("lenient number parser", r"\b(stoi|stol|stoll|stoul|stoull|atoi|atol|atoll|strtol|strtoll|strtoul|strtoull|sscanf)\s*\(",
         "money::parse_decimal or std::from_chars with the rest checked", PRODUCT),
    Word("binary parser", r"\b(stof|stod|stold|atof|strtof|strtod|strtold)\s*\(", "money::parse_decimal", SOURCES, allowed=("bench/",)),
    Word("function that asks the locale",
         r"(?<![\w.>])(isalnum|isalpha|isblank|iscntrl|isdigit|isgraph|islower|isprint|ispunct|isspace|isupper|isxdigit|tolower|toupper)\s*\(",
         "a comparison with the characters meant", SOURCES),
    Word("locale", r"\b(setlocale|std::locale)\b", "text without a locale", SOURCES, allowed=("cli/",)),
    Word("wall clock", r"\bsystem_clock\b|\b(gettimeofday|clock_gettime|localtime|localtime_r|gmtime|gmtime_r|mktime)\s*\(",
         "the time as an argument; clocks are read at the edge", SOURCES, allowed=("cli/", "web/", "bench/")),
    Word("time(", r"(?<![\w.>])time\s*\(", "the time as an argument; clocks are read at the edge", SOURCES,
         allowed=("cli/", "web/", "bench/")),
    Word("elapsed time", r"\b(steady_clock|high_resolution_clock)\b", "no clock in decisions", ("engine/", "catalogs/", "reports/")),
    Word("unseeded randomness", r"\b(random_device|srand|rand_r|drand48)\b|(?<![\w.>])rand\s*\(", "a seeded generator, in tests", SOURCES),
    Word("randomness", r"\b(mt19937(_64)?|minstd_rand|default_random_engine|shuffle)\b", "a seeded generator, in tests", PRODUCT),
    Word("catch (...)", r"\bcatch\s*\(\s*\.\.\.\s*\)", "let it rise to the edge", SOURCES, allowed=("cli/main.cpp", "web/server/")),
    Word("getDouble", r"\bgetDouble\b", "getString and the strict parser", SOURCES),
    Word("quiet exit", r"(?<![\w.>])(std::)?(exit|_exit|quick_exit|abort)\s*\(", "a return value, or JICAI_CHECK", PRODUCT,
         allowed=("cli/main.cpp",)),
    Word("commit that swallows errors", r"(->|\.)\s*(commit|rollback|setAutoCommit|setSavepoint)\s*\(",
         "execute(\"COMMIT\") or TransactionGuard", ("sql/connection.cpp",)),
    Word("driver's trap", r"\b(getDouble|setDouble|OPT_RECONNECT|OPT_SSL_MODE|setQueryTimeout)\b",
         "text and the options of sql/connection.cpp", ("sql/",)),
    Word("assert", r"(?<![\w.>])assert\s*\(", "JICAI_CHECK, which holds in the release build too", SOURCES),
    Word("leftover", r"\b(TODO|FIXME|XXX|HACK)\b", "finish it, or leave it to an issue", EVERYWHERE, comments_too=True, any_text=True),
    Word("path of one machine", r"(?<![\w}.)\]/:])/(work|root|home|Users|tmp)/\w", "a path from the root of the tree",
         EVERYWHERE, comments_too=True, any_text=True),
    Word("number of an issue", r"\b[Ii]ssues? #?\d+\b", "the reason itself", EVERYWHERE, comments_too=True, any_text=True),
)

_COMPILED = [(word, re.compile(word.pattern)) for word in WORDS]


def banned_words(path: str, text: str) -> list:
    faults = []
    is_cpp = path.endswith(CPP)
    code = code_only(text) if is_cpp else text
    for word, pattern in _COMPILED:
        if not (is_cpp or word.any_text):
            continue
        if not path.startswith(word.places) or (word.allowed and path.startswith(word.allowed)):
            continue
        for found in pattern.finditer(text if word.comments_too else code):
            line = line_of(text, found.start())
            faults.append(f"{path}:{line}: {word.name} `{found[0].strip()}`; write {word.instead}")
    return faults


def headers(path: str, text: str) -> list:
    if not path.endswith(".h"):
        return []
    faults = []
    first = next((line.strip() for line in code_only(text).splitlines() if line.strip()), "")
    if first != "#pragma once":
        faults.append(f"{path}:1: a header begins with #pragma once")
    for found in re.finditer(r"\busing\s+namespace\b", code_only(text)):
        faults.append(f"{path}:{line_of(text, found.start())}: no `using namespace` in a header; name what is used")
    return faults


def _block_around(code: str, offset: int) -> int:
    """Offset of the brace that opens the innermost block around `offset`, or -1."""
    depth = 0
    for index in range(offset - 1, -1, -1):
        if code[index] == "}":
            depth += 1
        elif code[index] == "{":
            if depth == 0:
                return index
            depth -= 1
    return -1


_FOREIGN = re.compile(r"case\s+(::)?(toml|nlohmann|std|CLI)::")
_OUR_LABEL = re.compile(r"case\s+(\w+::)*[A-Za-z_]\w*\s*:(?!:)")


def default_over_enums(path: str, text: str) -> list:
    """`default:` in a switch whose labels are names: a new enumerator would slip through it."""
    if not path.endswith(CPP) or not path.startswith(SOURCES):
        return []
    faults = []
    code = code_only(text)
    for found in re.finditer(r"\bdefault\s*:(?!:)", code):
        opening = _block_around(code, found.start())
        block = code[opening:found.start()]
        after = code[found.end():]
        depth, end = 0, len(after)
        for index, letter in enumerate(after):
            if letter == "{":
                depth += 1
            elif letter == "}":
                if depth == 0:
                    end = index
                    break
                depth -= 1
        labels = block + after[:end]
        if _OUR_LABEL.search(labels) and not _FOREIGN.search(labels):
            faults.append(f"{path}:{line_of(text, found.start())}: `default:` over an enum; list the cases")
    return faults


_NOT_A_FUNCTION = re.compile(
    r"^(using|typedef|static_assert|friend|template\s*<>|namespace|extern|enum|return|public|private|protected|#|JICAI_)|\boperator\b|=\s*(delete|default)\b"
)
_DECLARATION = re.compile(r"^(template\s*<[^;{]*>\s*)?(requires[^;{]*\s)?(\[\[\w+\]\]\s*)?[\w:<>,&*\s~\[\]]*?(\w+)\s*\(")


def uncommented_functions(path: str, text: str) -> list:
    """Functions at namespace scope of engine headers without a comment above or beside them. One comment may stand over
    several declarations that follow each other without a blank line."""
    if not path.endswith(".h") or not path.startswith(ENGINE):
        return []
    faults = []
    code = code_only(text)
    raw_lines = text.splitlines()
    statement, start, depth_other = "", None, 0
    commented = False  # a comment above, no blank line since
    documented = set()  # a definition further down needs no second comment
    for number, (line, raw) in enumerate(zip(code.splitlines(), raw_lines), 1):
        if not raw.strip():
            if not statement.strip():
                commented = False
            continue
        if "///" in raw or "/**" in raw:
            commented = True
        if line.lstrip().startswith("#"):
            continue
        for letter in line + " ":
            if depth_other:
                depth_other += (letter == "{") - (letter == "}")
                continue
            if letter == "{":
                words = statement.strip()
                if re.match(r"^(inline\s+)?namespace\b", words) or words.startswith("extern"):
                    statement, start, commented = "", None, False
                    continue
                depth_other = 1
                _judge(path, words, start, commented, documented, faults)
                statement, start = "", None
            elif letter == ";":
                _judge(path, statement.strip(), start, commented, documented, faults)
                statement, start = "", None
            elif letter == "}":
                statement, start = "", None
            else:
                if start is None and not letter.isspace():
                    start = number
                statement += letter
    return faults


def _judge(path, words, start, commented, documented, faults):
    words = " ".join(words.split())
    found = _DECLARATION.match(words)
    if found and commented:
        documented.add(found[4])
    if not words or commented or _NOT_A_FUNCTION.search(words) or re.match(r"^(inline )?constexpr [^(]*=", words):
        return
    if re.match(r"^(template\s*<.*>\s*)?(class|struct|union)\b", words):
        return
    if "=" in words.split("(")[0]:
        return
    if found and found[4] not in documented:
        faults.append(f"{path}:{start}: {found[4]}() has no comment; the header is the contract")


def check(path: str, text: str) -> list:
    return banned_words(path, text) + headers(path, text) + default_over_enums(path, text) + uncommented_functions(path, text)


def warnings(path: str, text: str) -> list:
    lines = text.count("\n")
    if path.endswith(CPP + (".py",)) and lines > LINES_MAX:
        return [f"{path}: {lines} lines; a file past {LINES_MAX} usually holds two ideas"]
    return []
