"""What each command does: one call, then printing. Everything heavy is imported inside the command that needs it."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from foedus.errors import BadInput, Problem, nearest

CLASSES = ("defect", "caution", "description")


def check(
    case: str,
    rules: tuple[str, ...],
    instruments: tuple[str, ...],
    at_least: str | None,
    *,
    everything: bool,
    fail_on: str,
    format: str,
) -> int:
    """Run the rules, print, and return the exit code."""
    from foedus.api import check_names, level_named
    from foedus.case.load import load
    from foedus.check.run import Options, asked_for, run

    loaded = load(case)
    on_screen = format == "text" and not everything
    alone = len(instruments or loaded.instruments) == 1
    options = Options(rules, level_named(at_least), instruments, explain=alone or not on_screen, lead_only=on_screen)
    check_names(loaded, options)
    report = run(loaded, options, _watched(len(instruments or loaded.instruments)))
    loaded = asked_for(loaded, options)
    if format == "json":
        _print_json(report.to_dict())
    elif format == "sarif":
        from foedus import __version__
        from foedus.brief.sarif import report_sarif

        _print_json(report_sarif(loaded, report, __version__))
    elif format == "markdown" or everything:
        from foedus.brief.markdown import report_markdown

        print(report_markdown(loaded, report), end="")
    else:
        from foedus.brief.screen import first_screen

        print(first_screen(loaded, report))
    return _exit_code(report.findings, fail_on)


def assess(case: str, output: Path, at_least: str | None, fail_on: str, *, as_json: bool) -> int:
    """Do the main job, write the page, print the first screen, and return the exit code."""
    from foedus.api import level_named
    from foedus.assess import assess as run_assess
    from foedus.brief.html import render_page
    from foedus.brief.screen import first_screen
    from foedus.case.load import load
    from foedus.check.run import Options

    loaded = load(case)
    options = Options(at_least=level_named(at_least))
    _folder(output)
    result = run_assess(loaded, options, _watched(len(loaded.instruments)))
    page = output / f"{loaded.id}.html"
    page.write_text(render_page(result), encoding="utf-8", newline="\n")
    if as_json:
        _print_json(result.to_dict())
    else:
        print(first_screen(result.case, result.report, most_lines=23))
        print(f"The whole page: {page}")
    return _exit_code(result.report.findings, fail_on)


def ask(case: str, *, at: str | None, refuses: str, silent: str, as_json: bool, **asked: Any) -> None:
    """Ask one incident and print the answer."""
    from foedus.brief.answer import answer_text
    from foedus.case.load import load
    from foedus.check.asking import Asking
    from foedus.check.asking import ask as run_ask

    loaded = load(case)
    asking = Asking(**asked, hour=_hours(at), refuses=_names(refuses), silent=_names(silent))
    result = run_ask(loaded, asking)
    if as_json:
        _print_json(result.to_dict())
    else:
        print(answer_text(loaded, result))


def questions(case: str, *, as_json: bool) -> None:
    """Print the questions of a case with what this version can answer."""
    from foedus.brief.lists import questions_text
    from foedus.case.load import load
    from foedus.check.questions import answered
    from foedus.check.run import Options, run
    from foedus.findings import plain

    loaded = load(case)
    report = run(loaded, Options(explain=False), _watched(len(loaded.instruments)))
    found = answered(loaded, report)
    if as_json:
        _print_json([plain(question) for question in found])
    else:
        print(questions_text(loaded, found))


def rules(name: str | None, *, as_json: bool) -> None:
    """Print the rules, or one of them in full."""
    from foedus.brief.lists import rule_data, rule_text, rules_text
    from foedus.check.rules import RULES

    if name is not None:
        rule = next((rule for rule in RULES if name in (rule.name, rule.code)), None)
        if rule is None:
            _not_known("rule", name, [rule.name for rule in RULES])
        _print_json(rule_data(rule)) if as_json else print(rule_text(rule))
    elif as_json:
        _print_json([rule_data(rule) for rule in RULES])
    else:
        print(rules_text(RULES))


def library(id: str | None, *, as_json: bool) -> None:
    """Print the shipped instruments, or one of them clause by clause."""
    from foedus.brief.lists import instrument_text, library_text
    from foedus.case.load import load
    from foedus.case.shipped import instrument_ids

    if id is not None:
        if id not in instrument_ids():
            _not_known("shipped instrument", id, instrument_ids())
        case = load(id)
        if as_json:
            _print_json(case.instruments[0].model.model_dump(mode="json", by_alias=True))
        else:
            print(instrument_text(case))
        return
    cases = [load(name) for name in instrument_ids()]
    if as_json:
        keys = {"id", "title", "short", "status", "binding", "signed", "in_force", "called", "coded_by", "checked_by"}
        _print_json([case.instruments[0].model.model_dump(mode="json", include=keys) for case in cases])
    else:
        print(library_text(cases))


def words(term: str | None, *, as_json: bool) -> None:
    """Print the terms, or what one means."""
    from foedus.brief.lists import word_text, words_text
    from foedus.case.shipped import glossary

    known = glossary()
    if term is None:
        _print_json(known) if as_json else print(words_text(known))
        return
    found = next((word for word in known if word.casefold() == term.casefold()), None)
    if found is None:
        found = next((word for word in known if term.casefold().replace("_", " ") == word.casefold()), None)
    if found is None:
        _not_known("term", term, list(known))
    _print_json({found: known[found]}) if as_json else print(word_text(found, known[found]))


def schema(of: str) -> None:
    """Print the JSON Schema of case or instrument files."""
    from foedus.case.published import published_schema

    if of not in ("case", "instrument"):
        _not_known("kind of file", of, ["case", "instrument"])
    _print_json(published_schema(of))


def migrate(file: Path) -> None:
    """Say whether a file is in the newest format; there has been only one so far."""
    from foedus.case.load import load

    load(file)
    print(f"{file}: already in format 1, the only one so far; nothing to do")


def new(file: Path, *, like: str | None, ask_questions: bool) -> None:
    """Make a new file and say what to do next."""
    from foedus.brief.starting import copied, from_answers, skeleton

    if file.exists():
        raise BadInput([Problem(None, f"`{file}` exists already", "give another name; nothing is overwritten")])
    if like is not None and ask_questions:
        raise BadInput([Problem(None, "`--like` and `--ask` were both given", "use one of them")])
    if like is not None:
        text = copied(like)
    elif ask_questions:
        text = from_answers(file.stem, input, print)
    else:
        text = skeleton(file.stem)
    _folder(file.parent)
    file.write_text(text, encoding="utf-8", newline="\n")
    print(f"{file} is made. Next: foedus check {file}")


def demo(folder: Path, *, open_page: bool) -> None:
    """Copy the Ukraine case, do the main job on it, open the page."""
    from foedus.case.shipped import case_text

    _folder(folder)
    case = folder / "ukraine-2025.yaml"
    if not case.exists():
        case.write_text(case_text("ukraine-2025"), encoding="utf-8", newline="\n")
    assess(str(case), folder, None, "defect", as_json=False)
    if open_page:
        import webbrowser

        webbrowser.open((folder / "ukraine-2025.html").resolve().as_uri())


def watch(case: str, run: Callable[[], int]) -> NoReturn:
    """Check again whenever the file changes, until interrupted."""
    path, seen = Path(case), -1.0
    while True:
        changed = path.stat().st_mtime if path.exists() else 0.0
        if changed != seen:
            seen = changed
            try:
                run()
            except BadInput as bad:
                print(bad, file=sys.stderr)
            print(f"watching {case}; stop with Ctrl+C", file=sys.stderr)
        time.sleep(0.3)


def _exit_code(findings: Any, fail_on: str) -> int:
    from foedus.check.run import failing
    from foedus.findings import Class

    if fail_on == "nothing":
        return 0
    return int(failing(findings, [Class(name) for name in CLASSES[: CLASSES.index(fail_on) + 1]]))


def _watched(count: int) -> Callable[[str], None]:
    """Progress on the error stream, only where somebody watches and there is more than a moment of work."""
    if count < 2 or not sys.stderr.isatty():
        return lambda _: None
    done = iter(range(1, count + 1))

    def show(name: str) -> None:
        number = next(done, count)
        bar = "#" * (24 * number // count)
        print(
            f"\r[{bar:<24}] {number}/{count} {name:<40.40}",
            end="\n" if number == count else "",
            file=sys.stderr,
            flush=True,
        )

    return show


def _hours(at: str | None) -> int | None:
    if at is None:
        return None
    from foedus.case.schema.base import parse_hours

    try:
        hours = parse_hours(at)
    except ValueError as error:
        raise BadInput([Problem(None, f"`--at`: {error}")]) from None
    return hours if isinstance(hours, int) else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput([Problem(None, f"`{folder}` is a file, expected a folder")])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput([Problem(None, f"the folder `{folder}` cannot be made: {error.strerror}")]) from None


def _not_known(what: str, name: str, known: Any) -> NoReturn:
    near = nearest(name, known)
    cure = f"did you mean `{near}`?" if near else f"known: {', '.join(list(known)[:30])}"
    raise BadInput([Problem(None, f"`{name}` is not a known {what}", cure)])


def _print_json(data: Any) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False))
