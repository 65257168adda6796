"""Hostile files, with what is told of each, and a program that reads one; the tests hold the words and the memory,
bench/starts.py the time."""

# The memory is that of the whole process, Python and its packages included; the time is that of reading alone.
PROGRAM = """
import json, pathlib, resource, sys, time
from foedus.case.load import load
from foedus.errors import BadInput
started = time.process_time()
try:
    load(sys.argv[1])
    problems = []
except BadInput as error:
    problems = [problem.render() for problem in error.problems]
spent = time.process_time() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
status = pathlib.Path("/proc/self/status")
if status.exists():  # getrusage holds the peak of a large parent as well
    peak = int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:")).split()[1]) / 1024
print(json.dumps({"problems": problems, "seconds": spent, "megabytes": peak}))
"""

BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))
TEXT = "ordinary words, and more of them, again and again; "
SIZE = 1_990_000

HOSTILE = {
    "many-values": (b"a: [" + b"x," * (SIZE // 2) + b"]", "more than 20,000 values"),
    "many-numbers": (b"- 1\n" * (SIZE // 4), "more than 20,000 values"),
    "many-keys": (b"".join(b"k%d: 1\n" % i for i in range(SIZE // 11)), "more than 20,000 values"),
    "many-same-keys": (b"a: 1\n" * (SIZE // 5), "a second time"),
    "many-aliases": (b"a: &a x\nb: [" + b"*a," * (SIZE // 3) + b"]", "more than 20,000 values"),
    "many-anchors": (b"".join(b"- &a%d\n" % i for i in range(SIZE // 11)), "more than 20,000 values"),
    "most-values-allowed": (b"foedus: 1\nclauses: [" + b"{}," * 19_000 + b"]", "clauses"),
    "most-keys-allowed": (b"".join(b"k%d: 1\n" % i for i in range(9_500)), "k0"),
    "quoted-text": (b'a: "' + TEXT.encode() * (SIZE // 51) + b'"', "characters"),
    "quoted-escapes": (b'a: "' + b"\\x41" * (SIZE // 4) + b'"', "characters"),
    "quoted-lines": (b'a: "' + b"x\n\n " * (SIZE // 4) + b'"', "too long"),
    "quoted-apostrophes": (b"a: '" + b"''" * (SIZE // 2) + b"'", "characters"),
    "quoted-never-closed": (b'a: "' + TEXT.encode() * (SIZE // 51), "too long"),
    "plain-lines": (b"a: x\n" + b"  x y\n" * (SIZE // 6), "too long"),
    "block-text": (b"a: |\n" + b"  x\n" * (SIZE // 4), "too long"),
    "one-word": (b"a: " + b"x" * SIZE, "too long"),
    "digits": (b"a: " + b"9" * SIZE, "too long"),
    "comments": (b"# x\n" * (SIZE // 4), "empty"),
    "blank-lines": (b"\n" * SIZE, "empty"),
    "colons": (b":" * SIZE, "too long"),
    "spaces": (b"a:" + b" " * SIZE, "missing"),
    "questions": (b"? " * (SIZE // 2), "deeper than 64"),
    "deep-flow": (b"[" * 5000 + b"]" * 5000, "deeper than 64"),
    "deep-block": (b"".join(b" " * i + b"a:\n" for i in range(1900)), "deeper than 64"),
    "deep-dashes": (b"- " * 5000, "deeper than 64"),
    "deep-maps": (b"{a: " * 5000, "deeper than 64"),
    "alias-bomb": (BOMB.encode(), "200,000 values"),
    "hostile-tag": (b"foedus: !!python/object/apply:os.system ['true']\n", "tags are not read"),
    "many-tags": (b"- !x y\n" * (SIZE // 7), "tags are not read"),
    "controls": (b"a: " + b"\x01" * SIZE, "U+0001"),
    "not-text": (b"a: " + b"\xff" * SIZE, "0xFF"),
    "wide-utf-16": (("a: " + "é" * (SIZE // 2 - 10)).encode("utf-16"), "too long"),
    "fifty-megabytes": (b"a: 1\n" * 10_000_000, "50,000,000 bytes"),
}
