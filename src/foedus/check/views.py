"""The views of one instrument, each made once, and what each rule said of them."""

from typing import Final

from foedus.case.form import Form
from foedus.case.forms import Forms
from foedus.case.resolve import Completion, Completions, completions
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.check.asked import UndecidedError
from foedus.check.rule import Rule
from foedus.check.shared import Shared
from foedus.check.view import View
from foedus.errors import BadInput, Problem
from foedus.findings import Outcome, Verdict

TEXT: Final = "text"
"""The name under which the text alone is told, with no reading laid over it."""


class Views:
    """The views of one instrument: one for every reading and choice of unknown values."""

    def __init__(self, case: LoadedCase, staged: StagedInstrument) -> None:
        self.case: Final = case
        self.staged: Final = staged
        self.forms: Final = Forms(staged)
        self._views: dict[str, list[tuple[Completion, View]]] = {}
        self._by_form: dict[int, View] = {}  # by the form's place: equal forms are the same object
        self._trials: dict[int, View] = {}
        self._outcomes: dict[tuple[str, int], Outcome] = {}
        self._shared: Final = Shared()

    def of(self, reading: str) -> list[tuple[Completion, View]]:
        """The views of one reading (``text``: none laid over), one for each combination of values that is tried."""
        if reading not in self._views:
            name = None if reading == TEXT else reading
            tried = self.completions(reading).tried
            self._views[reading] = [(c, self.view(self.forms.form(name, c))) for c in tried]
        return self._views[reading]

    def completions(self, reading: str) -> Completions:
        """The combinations of unknown values under a reading."""
        return completions(self.staged, None if reading == TEXT else reading)

    def view(self, form: Form) -> View:
        """The view of a form: a reading may settle what was unknown, so that several choices end in the same one."""
        if id(form) not in self._by_form:
            try:
                self._by_form[id(form)] = View(self.case, self.staged, form, self._shared)
            except ValueError:  # loading looks at what each value brings about, not at every combination of very many
                raise BadInput([_two_silences(self.staged)]) from None
        return self._by_form[id(form)]

    def trial(self, form: Form) -> View:
        """The view of a form that is only tried: of what a rule says of it, nothing but the verdict counts."""
        if id(form) in self._by_form:
            return self._by_form[id(form)]
        if id(form) not in self._trials:
            self._trials[id(form)] = View(self.case, self.staged, form, self._shared, tried=True)
        return self._trials[id(form)]

    def outcome(self, rule: Rule, view: View) -> Outcome:
        """What a rule says of one view; UNDECIDED with the reason where the law could not answer."""
        key = (rule.name, id(view))
        if key not in self._outcomes:
            self._outcomes[key] = run_rule(rule, view)
        return self._outcomes[key]


def _two_silences(staged: StagedInstrument) -> Problem:
    return Problem(
        staged.positions[""],
        f"under some of its values and readings `{staged.id}` gives one choice two silences",
        "give each judge, asker and approver the same `silence` in all clauses",
    )


def run_rule(rule: Rule, view: View) -> Outcome:
    """Return what a rule says of one view; UNDECIDED with the reason where the law could not answer."""
    try:
        return rule.run(view)
    except UndecidedError as undecided:
        return Outcome(Verdict.UNDECIDED, reason=str(undecided))
