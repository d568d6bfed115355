"""C++ source with comments and literals blanked out, line and column kept."""

import re

_TOKEN = re.compile(
    r"""
    (?P<line>//[^\n]*)
    | (?P<block>/\*.*?\*/)
    | (?P<raw>\bR"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)")
    | (?P<include>^[ \t]*\#[ \t]*include[^\n]*)
    | (?P<string>"(?:\\.|[^"\\\n])*")
    | (?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def code_only(text: str, keep_literals: bool = False) -> str:
    """`text` with comments and, unless kept, literals replaced by blanks (the quotes stay)."""

    def replace(found: re.Match) -> str:
        whole = found[0]
        if found["line"] or found["block"]:
            return _blank(whole)
        if keep_literals or found["include"]:
            return whole
        if found["raw"]:
            return '"' + _blank(whole[1:-1]) + '"'
        return whole[0] + _blank(whole[1:-1]) + whole[-1]

    return _TOKEN.sub(replace, text)


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
