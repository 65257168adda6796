"""Findings in SARIF 2.1.0, the format in which editors and code review show results beside the line (OASIS, 2020)."""

from typing import Any

from foedus.brief.expected import expectation_words
from foedus.case.stage import LoadedCase
from foedus.check.rules import RULES
from foedus.errors import needed
from foedus.findings import Class, Compared, Finding, Report, Verdict
from foedus.wording import Speaker

LEVELS = {Class.DEFECT: "error", Class.CAUTION: "warning", Class.DESCRIPTION: "note"}


def report_sarif(case: LoadedCase, report: Report, version: str) -> dict[str, Any]:
    """Return the findings that fail, with the place of the clause behind each."""
    return {
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "foedus",
                        "version": version,
                        "rules": [
                            {
                                "id": rule.name,
                                "name": rule.code,
                                "shortDescription": {"text": rule.wanted},
                                "help": {"text": rule.why},
                            }
                            for rule in RULES
                        ],
                    }
                },
                "results": [_result(case, finding) for finding in report.findings if finding.is_bad]
                + [_unmet(case, one) for one in report.expectations if one.unmet],
            }
        ],
    }


def _unmet(case: LoadedCase, one: Compared) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": one.file}, "region": {"startLine": one.line}}
    return {
        "ruleId": one.rule,
        "level": "error",
        "message": {"text": expectation_words(one, Speaker(case))},
        "partialFingerprints": {"expectation": f"{one.rule}@{one.instrument}@{one.reading}"},
        "locations": [{"physicalLocation": place}],
    }


def _result(case: LoadedCase, finding: Finding) -> dict[str, Any]:
    staged = needed(case.instrument(finding.instrument))
    places = [f"clauses.{clause}" for clause in finding.outcome.clauses] or [""]
    positions = [staged.positions[place] for place in places if place in staged.positions] or [staged.positions[""]]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": LEVELS[finding.kind] if finding.verdict is not Verdict.UNDECIDED else "note",
        "message": {"text": finding.sentence},
        "partialFingerprints": {"finding": finding.id},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": position.file},
                    "region": {"startLine": position.line, "startColumn": position.column},
                }
            }
            for position in positions
        ],
    }
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted.why}]
    return result
