"""What is told of a text as it is written and never asked of the law: its paper, its clocks, its end."""

from foedus.case.dimensions import Value
from foedus.case.schema.clause import Deadline
from foedus.case.schema.instrument import Instrument


def paper(text: Instrument) -> Value:
    """What the file says under ``paper``; else what its status and binding allow, which leave open who approved it."""
    if text.paper is not None:
        return Value(text.paper.is_)
    closed = text.status in ("in-force", "expired", "denounced", "broken-down")
    closed = closed or (text.status == "signed" and text.in_force not in (None, "never", "unknown"))
    legal = ("treaty_ratified", "executive_agreement", "unsc_resolution") if closed else ("treaty_unratified",)
    by_binding = {
        "legal": legal,
        "political": ("political_declaration",),
        "unilateral": ("executive_order", "statute"),
        "disputed": ("political_declaration", *legal[:2]),
    }
    return Value(by_binding.get(text.binding, ()))


def clock(text: Instrument, duties: frozenset[str]) -> Value:
    """The clock that binds to most: to act before to decide before to meet; one with a number before "at once"."""
    clauses = [clause for clause in text.clauses if clause.id in duties]
    for to, value in (("act", "to_act"), ("decide", "to_decide"), ("meet", "to_meet")):
        numbered = [
            (clause.deadline.within, clause.id)
            for clause in clauses
            if isinstance(clause.deadline, Deadline)
            and clause.deadline.to == to
            and isinstance(clause.deadline.within, int)
        ]
        if numbered:
            hours, id = min(numbered)
            if hours == 0:
                return Value(("at_once",), (id,))
            return Value((value,), (id,), told_hours(hours))
    at_once = [c.id for c in clauses if isinstance(c.deadline, Deadline) and c.deadline.to == "act"]
    if at_once:
        return Value(("at_once",), tuple(at_once))
    if any(clause.deadline != "none" for clause in clauses):
        return Value()
    return Value(("no_clock",))


def told_hours(hours: int) -> str:
    """A length of time as people say it."""
    if hours % 8760 == 0:
        return "1 year" if hours == 8760 else f"{hours // 8760} years"
    if hours % 730 == 0:
        return "1 month" if hours == 730 else f"{hours // 730} months"
    return f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} h"


def end(text: Instrument) -> dict[str, Value]:
    """How long the text lasts and how one leaves it."""
    if text.exit is None:
        return {"duration": Value(), "exit": Value()}
    lasting, notice = text.exit.duration, text.exit.notice
    duration = Value(("indefinite",)) if lasting in ("indefinite", "none") else Value()
    if isinstance(lasting, int):
        duration = Value(("fixed_term",), (), told_hours(lasting))
    leaving = Value(("no_clause",)) if notice == "none" else Value()
    if isinstance(notice, int):
        leaving = Value(("by_notice",), (), f"{told_hours(notice)} of notice") if notice else Value(("at_will",))
    return {"duration": duration, "exit": leaving}
