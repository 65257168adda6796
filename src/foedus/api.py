"""The functions of the public surface, with the names that users of Python see.

What one of them alone needs is imported by it, so that each starts as soon as it can.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from foedus.case.ladders import LEVELS
from foedus.case.load import load
from foedus.case.stage import LoadedCase
from foedus.check.rules import RULES
from foedus.check.run import Options
from foedus.check.run import run as _run
from foedus.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from foedus.assessment import Assessment
    from foedus.brief.document import Document
    from foedus.check.asking import AskResult
    from foedus.check.compare import Comparison
    from foedus.check.difference import Difference
    from foedus.findings import Report
    from foedus.talks.talks import Talks

__all__ = ["ask", "assess", "brief", "check", "compare", "diff", "load", "negotiate"]

CaseLike = LoadedCase | str | os.PathLike[str]


def check(
    case: CaseLike,
    *,
    rules: Iterable[str] = (),
    instruments: Iterable[str] = (),
    at_least: str | None = None,
    explain: bool = True,
) -> Report:
    """Run the rules over a case (a path, the id of a shipped instrument, or a loaded case).

    ``at_least`` names a level that replaces what the case asks for. ``explain=False`` leaves out what each verdict
    rests on, which takes most of the time. Raises ``BadInput``.
    """
    loaded = _loaded(case)
    options = Options(tuple(rules), level_named(at_least), tuple(instruments), explain)
    check_names(loaded, options)
    return _run(loaded, options)


def ask(
    case: CaseLike,
    *,
    instrument: str | None = None,
    reading: str | None = None,
    attacker: str | None = None,
    victim: str | None = None,
    kind: str | None = None,
    zone: str | None = None,
    object: str | None = None,
    provoked: bool = False,
    phase: str = "in_force",
    hour: int | None = None,
    refuses: Iterable[str] = (),
    silent: Iterable[str] = (),
    lasting: int | None = None,
) -> AskResult:
    """Ask one incident of one instrument; what is left out takes the case's first value. Raises ``BadInput``.

    ``hour`` is hours after the attack began, ``lasting`` the hours that it went on, left out all of them.
    """
    from foedus.check.asking import Asking
    from foedus.check.asking import ask as _ask

    return _ask(
        _loaded(case),
        Asking(
            instrument,
            reading,
            attacker,
            victim,
            kind,
            zone,
            object,
            provoked,
            phase,
            hour,
            tuple(refuses),
            tuple(silent),
            lasting,
        ),
    )


def assess(case: CaseLike, *, at_least: str | None = None, explain: bool = True) -> Assessment:
    """Do the main job: every stage that exists, over the whole case. Raises ``BadInput``."""
    from foedus.assess import assess as _assess

    return _assess(_loaded(case), Options(at_least=level_named(at_least), explain=explain))


def brief(
    case: CaseLike, *, audience: str = "brief", yardstick: str = "icd203", seed: int = 1, fixes: bool = False
) -> Document:
    """The document that is handed over, which ``foedus.brief.formats.registry.render`` puts into a format.

    ``audience`` is ``brief``, ``journalist`` or ``annex``, ``yardstick`` ``icd203`` or ``phia``. Raises ``BadInput``.
    """
    from foedus import __version__
    from foedus.assess import assess as _assess
    from foedus.brief.compose import composed
    from foedus.brief.likelihood import Yardstick
    from foedus.brief.material import Audience, BriefOptions, MadeOf, gathered
    from foedus.case.fingerprint import fingerprint

    problems = [
        Problem(None, f"`{name}` is no {what}", f"one of {', '.join(known)}")
        for what, name, known in (("audience", audience, Audience), ("yardstick", yardstick, Yardstick))
        if name not in list(known)
    ]
    if problems:
        raise BadInput(problems)
    loaded = _loaded(case)
    options = BriefOptions(Audience(audience), Yardstick(yardstick), fixes)
    made_of = MadeOf(fingerprint(loaded), __version__)
    return composed(gathered(_assess(loaded, Options(), seed=seed), options, made_of))


def compare(*texts: str | os.PathLike[str], case: str | os.PathLike[str] | None = None) -> Comparison:
    """Lay texts side by side: ids of shipped texts, files, or instruments of ``case`` (all of them if none is named).

    Of each two it says whether the first is stronger, weaker, equal or incomparable, over every incident and value of
    what is not known. Raises ``BadInput``, also where texts without a case protect no state in common.
    """
    from foedus.check.compare import compare as _compare
    from foedus.check.compare import stage_for

    return _compare(stage_for([os.fspath(text) for text in texts], None if case is None else os.fspath(case)))


def diff(
    old: str | os.PathLike[str], new: str | os.PathLike[str], *, case: str | os.PathLike[str] | None = None
) -> Difference:
    """Hold a new draft against an old one: clauses, faults, who can stop the help. Raises ``BadInput``."""
    from foedus.check.compare import stage_for
    from foedus.check.difference import difference as _difference

    texts = [os.fspath(old), os.fspath(new)]
    return _difference(stage_for(texts, None if case is None else os.fspath(case)))


def negotiate(case: CaseLike) -> Talks:
    """Return what is on the table of a case, and whether a deal is left. Raises ``BadInput``."""
    from foedus.negotiate.run import negotiate as _negotiate

    return _negotiate(_loaded(case))


def level_named(name: str | None) -> int | None:
    """The number of a level by its name. Raises ``BadInput`` for a name that is none."""
    if name is None:
        return None
    word = name.strip().lower().replace("-", "_")
    if word not in LEVELS:
        near = nearest(word, LEVELS)
        cure = f"did you mean `{near}`?" if near else f"one of {', '.join(LEVELS)}"
        raise BadInput([Problem(None, f"`{name}` is not a level", cure)])
    return LEVELS.index(word)


def check_names(case: LoadedCase, options: Options) -> None:
    """Raise ``BadInput`` for rules and instruments that do not exist, all at once."""
    rules = [word for rule in RULES for word in (rule.name, rule.code)]
    instruments = [staged.id for staged in case.instruments]
    problems = []
    for what, names, known in (("rule", options.rules, rules), ("instrument", options.instruments, instruments)):
        for name in names:
            if name not in known:
                near = nearest(name, known)
                cure = f"did you mean `{near}`?" if near else f"known: {', '.join(known)}"
                problems.append(Problem(None, f"`{name}` is no {what}{' of this case' * (what == 'instrument')}", cure))
    if problems:
        raise BadInput(problems)


def _loaded(case: CaseLike) -> LoadedCase:
    return case if isinstance(case, LoadedCase) else load(case)
