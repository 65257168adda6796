"""``foedus fix``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.commands.arguments import CaseArgument
from foedus.commands.printing import not_known, print_json
from foedus.errors import BadInput, Problem

if TYPE_CHECKING:
    from foedus.case.stage import LoadedCase
    from foedus.check.fix import Progress
    from foedus.findings import Finding


class FixFormat(StrEnum):
    """How the cures are printed."""

    text = "text"
    json = "json"


def fix(
    case: CaseArgument,
    finding: Annotated[
        str | None,
        typer.Argument(metavar="FINDING", help="a rule, rule@instrument, or an instrument (all its defects at once)"),
    ] = None,
    most: Annotated[int, typer.Option("--max", min=1, max=50, metavar="N", help="at most so many cures")] = 5,
    take: Annotated[
        int | None, typer.Option("--take", min=1, metavar="N", help="print cure N as a change of the file (a diff)")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="with --take: write the changed file here")
    ] = None,
    format: Annotated[FixFormat, typer.Option("--format", help="how to print it")] = FixFormat.text,
) -> None:
    """The smallest changes of the text that remove a finding without making another defect."""
    from foedus.brief.fixes import fix_text
    from foedus.case.load import load
    from foedus.check.fix import fix as run_fix
    from foedus.check.run import unknown_rules

    if output is not None and (take is None or output.exists()):
        raise BadInput([_no_output(output, take)])
    loaded = load(case)
    if problems := unknown_rules(loaded):
        raise BadInput(problems)
    findings = _chosen(loaded, finding)
    if not findings:
        print("Nothing to mend: no defect was found there. A caution is mended where it is named, as in RULE@TEXT.")
        return
    staged = next(staged for staged in loaded.instruments if staged.id == findings[0].instrument)
    result = run_fix(loaded, staged, findings, most=most, progress=_progress())
    if take is not None:
        if take > len(result.cures):
            raise BadInput([Problem(None, f"there is no cure {take}", f"cures found: {len(result.cures)}")])
        from foedus.case.shipped import instrument_text
        from foedus.case.text import read_text, text_as_stored
        from foedus.check.patch import patch_of

        cure = result.cures[take - 1]
        text = instrument_text(staged.id)[0] if staged.from_library else read_text(loaded.file)
        patch = patch_of(loaded, staged, text, cure.edits, cure.instrument)
        stored = None if staged.from_library else text_as_stored(loaded.file)
        if stored is not None:
            patch = patch.as_stored(stored)
        if output is None:
            print(patch.diff, end="")
            return
        output.write_text(patch.after, encoding="utf-8", newline="")
        print(f"{output} is made. Next: foedus check {output}")
    elif format == "json":
        print_json(result.to_dict())
    else:
        print(fix_text(loaded, result, [finding.sentence for finding in findings]))


def _chosen(case: "LoadedCase", wanted: str | None) -> "list[Finding]":
    """The findings that are to be mended: the one that is named, or all defects of one instrument."""
    from foedus.check.rules import RULES
    from foedus.check.run import Options, run
    from foedus.findings import Class

    ids = [staged.id for staged in case.instruments]
    rule, _, instrument = (wanted or "").partition("@")
    if rule in ids:
        rule, instrument = "", rule
    names = [rule.name for rule in RULES]
    by_code = {rule.code: rule.name for rule in RULES}
    rule = by_code.get(rule, rule)
    if rule and rule not in names:
        not_known("rule or instrument of this case", rule, [*names, *ids])
    if instrument and instrument not in ids:
        not_known("instrument of this case", instrument, ids)
    if not instrument and len(ids) > 1:
        cure = f"say which text, as in `{rule or names[0]}@{ids[0]}`; in this case: {', '.join(ids)}"
        raise BadInput([Problem(None, "this case has several texts, and one is mended at a time", cure)])
    options = Options((rule,) if rule else (), None, (instrument or ids[0],), explain=False)
    bad = [finding for finding in run(case, options).findings if finding.is_bad]
    return bad if rule else [finding for finding in bad if finding.kind is Class.DEFECT]


def _no_output(output: Path, take: int | None) -> Problem:
    if take is None:
        return Problem(None, "`-o` without `--take`: which cure is to be written?", "add `--take 1`")
    return Problem(None, f"`{output}` exists already", "give another name; nothing is overwritten")


def _progress() -> "Progress | None":
    if not sys.stderr.isatty():
        return None

    def show(size: int, done: int, count: int) -> None:
        bar = "#" * (24 * done // count)
        end = "\n" if done == count else ""
        print(f"\r[{bar:<24}] {size} at a time: {done}/{count}", end=end, file=sys.stderr, flush=True)

    return show
