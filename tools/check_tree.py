#!/usr/bin/env python3
"""Holds the structure: who may include whom, where third-party headers may stand, sizes of files and functions, g++ 12's
coroutine traps, and that the documents hang together.

The table below is the only truth (docs/design/layers.md quotes it). Exceptions are listed with a reason, and one that
no longer fires is an error itself, so that the list can only shrink. Runs in about a second; ctest calls it.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"

# module → modules whose headers it may include (its own always).
MAY_INCLUDE = {
    "base": set(),
    "core": {"base"},
    "formats": {"base", "core"},
    "store": {"base", "core"},
    "app": {"base", "core", "formats", "store"},
    "net": {"base"},
    "federation": {"app", "store", "core", "formats", "net", "base"},
    "notify": {"app", "store", "core", "formats", "net", "base"},
    "api/http": {"app", "core", "formats", "store", "net", "federation", "base"},
    "api/visavis": {"api/http", "app", "core", "formats", "store", "net", "federation", "base"},
    "api/calendar": {"api/http", "app", "core", "formats", "store", "net", "federation", "base"},
    "picture": {"base"},  # a program of its own; of base only the protocol, which is a header
    "jobs": {"app", "federation", "notify", "formats", "store", "net", "core", "base"},
    "cli": {"jobs", "app", "formats", "store", "core", "base"},
    "server": {"base", "core", "formats", "store", "app", "net", "federation", "notify", "api/http", "api/visavis",
               "api/calendar", "jobs", "cli"},
    "": {"server", "cli", "base"},  # main.cpp
}

# third-party header prefix → the modules that may include it.
THIRD_PARTY = {
    "soci": {"store"}, "sqlite3.h": {"store"}, "libpq-fe.h": {"store"},
    "boost/beast": {"net"}, "curl/": {"net"},
    "spdlog/": {"base"}, "unicode/": {"base"}, "date/": {"base"}, "argon2.h": {"base"}, "phonenumbers/": {"base"},
    "openssl/": {"base", "net"},
    "archive.h": {"formats"}, "archive_entry.h": {"formats"}, "csv.h": {"formats"}, "libical/": {"formats"},
    "cairo/": {"formats"}, "fontconfig/": {"formats"}, "pango/": {"formats"}, "libxml/": {"formats"}, "gmime/": {"formats"}, "kainjow/": {"formats"},
    "qrencode.h": {"api/visavis"}, "toml++/": {"server"}, "prometheus/": {"server"}, "CLI/": {"cli"},
    "vips/": {"picture"}, "seccomp.h": {"picture"},
}

PURE = {"core", "formats"}  # no clock, no I/O of their own, no coroutine
NO_COROUTINES = {"base", "core", "formats", "app"}
IMPURE = re.compile(r"system_clock::now|steady_clock::now|system_now\(|std::random_device|\bgetenv\(|\btime\(nullptr\)")
COROUTINE = re.compile(r"\bco_(?:await|return|yield)\b")
HEADER_LINES, SOURCE_LINES, FUNCTION_LINES = 250, 500, 40

# (file, rule) → reason. An entry that no longer fires fails the check.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("base/result.h", "coroutine"): "CO_TRY is defined there, for those who may use it",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.M)


def module_of(path: str, modules=tuple(sorted((m for m in MAY_INCLUDE if m), key=len, reverse=True))) -> str | None:
    return next((m for m in modules if path.startswith(m + "/")), None)


def strip_comments(text: str) -> str:
    """Blanks comments and literals, keeping line breaks, so that prose is not taken for code."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


def awaited_expressions(code: str):
    """Yields (line, text) of every expression after co_await or in CO_TRY(... co_await ...), up to its end."""
    for match in re.finditer(r"\bco_await\b", code):
        depth, end = 0, match.end()
        while end < len(code):
            c = code[end]
            if c in "([{":
                depth += 1
            elif c in ")]}":
                depth -= 1
                if depth < 0:
                    break
            elif c == ";" and depth == 0:
                break
            end += 1
        yield code.count("\n", 0, match.start()) + 1, code[match.end():end]


def coroutine_traps(code: str):
    """g++ 12 destroys braced temporaries and capturing lambdas twice inside a co_await expression (style, 4.4)."""
    for line, text in awaited_expressions(code):
        if re.search(r"\[[^\]\s][^\]]*\]\s*(?:\([^)]*\))?\s*(?:mutable\s*)?(?:->\s*[\w:<>]+\s*)?\{", text):
            yield line, "a capturing lambda inside a co_await expression: name it first"
        elif re.search(r"(?:[(,]\s*|\b[A-Z]\w*\s*)\{", text):
            yield line, "a braced temporary inside a co_await expression: name it first"


def lost_temporaries(code: str):
    """C++20 keeps only the last value of a range-for's head alive: parts of what value_or() gave are gone at once."""
    for match in re.finditer(r"\bfor \([^;{}]*?\s:\s*split\([^;{}]*?\bvalue_or\(", code):
        yield code.count("\n", 0, match.start()) + 1, "split() of a value_or() in a range-for: name the value first"


SCOPE = re.compile(r"(?:inline\s+)?(?:namespace|class|struct|union|extern)\b")
TEMPLATE = re.compile(r"(?:public|private|protected):\s*|template\s*<[^{;]*?>\s*(?=\w|\[)")


def functions(code: str):
    """Yields (line, lines) of every function body that stands in no other function."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code, flags=re.M)
    blocks, head = [], 0  # of the open blocks: what each is, and where its head begins
    for at, c in enumerate(code):
        is_outside = not blocks or blocks[-1][0] == "scope"
        if c == ";" and is_outside:
            head = at + 1
        elif c == "{":
            text = code[head:at].lstrip()
            kind = "other"  # a function's own blocks; a member's initialiser, which no blank parts from its name
            if is_outside and code[at - 1].isspace():
                kind = "scope" if SCOPE.match(TEMPLATE.sub("", text)) else "function" if "(" in text else "other"
            blocks.append((kind, at - len(text)))
            head = at + 1 if kind == "scope" else head
        elif c == "}" and blocks:
            kind, begin = blocks.pop()
            if kind == "function":
                yield code.count("\n", 0, begin) + 1, code.count("\n", begin, at) + 1
            if kind != "other" and (not blocks or blocks[-1][0] == "scope"):
                head = at + 1


def check_file(path: pathlib.Path):
    name = path.relative_to(SRC).as_posix()
    module = module_of(name) or ""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    limit = HEADER_LINES if path.suffix == ".h" else SOURCE_LINES
    if lines > limit:
        yield "size", 1, f"{lines} lines; the limit is {limit}: split it by what it does"
    if path.suffix == ".h" and not text.startswith(f"// {name} — "):
        yield "header", 1, f"the first line must read '// {name} — a sentence.'"
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        own, system = match.group(1), match.group(2)
        if own and ".." in own:
            yield "include", line, f"'{own}': include by module path, without '..'"
        target = module_of(own) if own else None
        if target and target != module and target not in MAY_INCLUDE[module]:
            yield "include", line, f"{module or 'main'} may not include {target} ('{own}')"
        if target == "store" and module.startswith("api/") and own != "store/database.h":
            yield "include", line, f"handlers may include store/database.h only ('{own}')"
        if target and target != module and "/internal/" in own:
            yield "include", line, f"'{own}' is private to {target}"
        for prefix, allowed in THIRD_PARTY.items():
            if (system or own).startswith(prefix) and module not in allowed:
                yield "third-party", line, f"<{system or own}> belongs to {', '.join(sorted(allowed))}"
    code = strip_comments(text)
    if module in PURE:
        for match in IMPURE.finditer(code):
            yield "pure", code.count("\n", 0, match.start()) + 1, f"{module} is pure: '{match.group(0)}' is an argument"
    if module in NO_COROUTINES:
        for match in COROUTINE.finditer(code):
            yield "coroutine", code.count("\n", 0, match.start()) + 1, f"no coroutines in {module}"
    for line, message in lost_temporaries(code):
        yield "lifetime", line, message
    for line, message in coroutine_traps(code):
        yield "trap", line, message
    for line, size in functions(code):
        if size > FUNCTION_LINES:
            yield "function", line, f"a function of {size} lines; the limit is {FUNCTION_LINES}: split it by what it does"


LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
WRITTEN_ON_DEMAND = {ROOT / "docs/benchmarks.md"}  # make bench


def links_of(document: pathlib.Path):
    """Yields (target, file) of every link in a document that leads into the tree."""
    for match in LINK.finditer(document.read_text(encoding="utf-8")):
        if ":" not in match.group(1):
            yield match.group(1), (document.parent / match.group(1)).resolve()


def check_documents():
    """Every link leads somewhere, and every page can be reached from the README; decisions/ is linked as a whole."""
    reached, todo = set(), [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    while todo:
        document = todo.pop()
        if document in reached:
            continue
        reached.add(document)
        for target, file in links_of(document):
            if not file.exists() and file not in WRITTEN_ON_DEMAND:
                yield f"{document.relative_to(ROOT)}: the link {target} leads nowhere"
            todo += [file] if file.suffix == ".md" and file.exists() else sorted(file.glob("*.md"))
    for page in sorted((ROOT / "docs").rglob("*.md")):
        if page not in reached:
            yield f"{page.relative_to(ROOT)}: no document links here; docs/README.md is the map"


def main() -> int:
    used, failures = set(), list(check_documents())
    for path in sorted([*SRC.rglob("*.h"), *SRC.rglob("*.cpp")]):
        name = path.relative_to(SRC).as_posix()
        for rule, line, message in check_file(path):
            if (name, rule) in EXCEPTIONS:
                used.add((name, rule))
            else:
                failures.append(f"src/{name}:{line}: {message}")
    failures += [f"tools/check_tree.py: the exception {key} is no longer needed; remove it"
                 for key in EXCEPTIONS if key not in used]
    print("\n".join(failures) if failures else "the tree is in order")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
