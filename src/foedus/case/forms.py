"""The forms of one instrument: readings and values that change one part leave all others as they were."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, Final, TypeVar

from foedus.case.form import Form
from foedus.case.resolve import Completion, Resolver, laid
from foedus.case.schema import clause as written
from foedus.case.schema.instrument import As, Instrument
from foedus.case.stage import StagedInstrument

Part = TypeVar("Part")
Record = TypeVar("Record", bound=Hashable)
IN_PARTS: Final = frozenset({"clauses", "bodies", "as"})
"""The keys of an instrument whose parts are typed one by one; where another key changed, all is typed again."""


class Forms:
    """Makes the forms of one instrument, as :func:`foedus.case.resolve.resolve` does.

    Equal clauses, bodies and forms are the same object, so that whoever reads many forms sees at a glance what they
    share. Raises ``ValueError`` for content that the language does not allow.
    """

    def __init__(self, staged: StagedInstrument) -> None:
        self._staged: Final = staged
        self._records: Final[dict[Hashable, Hashable]] = {}
        self._forms: Final[dict[Hashable, Form]] = {}
        self._typed: Final[dict[int, tuple[object, object]]] = {}
        self._resolved: Final[dict[tuple[int, Hashable], tuple[object, object]]] = {}
        self._whole: Instrument | None = None

    def form(
        self, reading: str | None = None, completion: Completion = (), data: Mapping[str, object] | None = None
    ) -> Form:
        """Return the form under a reading and a choice of unknown values; ``data`` stands in place of the text."""
        content = laid(self._staged, self._staged.data if data is None else data, reading, completion)
        cast = self._one(content["as"], As.model_validate)
        resolver = Resolver(self._model(content), cast, self._staged.members)
        return self._made(resolver, self._setting(resolver))

    def _model(self, content: dict[str, Any]) -> Instrument:
        base = self._base()
        written_first = self._staged.data
        changed = {
            key
            for key in (*content, *written_first)
            if content.get(key, self) is not written_first.get(key, self) and key not in IN_PARTS
        }
        clauses, bodies = content["clauses"], content.get("bodies", {})
        alike = isinstance(bodies, dict) and bodies.keys() == base.bodies.keys() and isinstance(clauses, list)
        if changed or not alike or len(clauses) != len(base.clauses):
            return self._validated(content)
        parts = {
            "clauses": tuple(self._one(clause, written.Clause.model_validate) for clause in clauses),
            "bodies": {id: self._one(body, written.Body.model_validate) for id, body in bodies.items()},
        }
        return base.model_copy(update=parts)

    def _base(self) -> Instrument:
        """The text itself, typed; its parts stand for their plain content from then on."""
        if self._whole is None:
            data: Any = self._staged.data
            self._whole = self._validated(data)
            for plain, typed in zip(data["clauses"], self._whole.clauses, strict=True):
                self._typed[id(plain)] = (plain, typed)
            for name, typed_body in self._whole.bodies.items():
                plain = data["bodies"][name]
                self._typed[id(plain)] = (plain, typed_body)
        return self._whole

    def _validated(self, content: Mapping[str, object]) -> Instrument:
        own = {key: value for key, value in content.items() if key != "as"}
        return type(self._staged.model).model_validate(own)

    def _one(self, plain: object, validate: Callable[[object], Part]) -> Part:
        """Return a part typed; the plain content is kept beside it, so that nothing else takes its id."""
        found = self._typed.get(id(plain))
        if found is None:
            found = self._typed[id(plain)] = (plain, validate(plain))
        return found[1]  # type: ignore[return-value]  # a part of the content has one type

    def _setting(self, resolver: Resolver) -> Hashable:
        """What the names in clauses and bodies turn on, beside themselves."""
        return self._same(
            (
                tuple(resolver.roles.items()),
                resolver.everybody,
                tuple(resolver.cast.zones.items()),
                resolver.control(),
            )
        )

    def _made(self, resolver: Resolver, setting: Hashable) -> Form:
        model = resolver.model
        clauses = tuple(self._part(clause, setting, partial(resolver.clause, clause)) for clause in model.clauses)
        bodies = tuple(
            self._part(body, (setting, name), partial(resolver.body, name, body)) for name, body in model.bodies.items()
        )
        control = resolver.control()
        legal, way_out = resolver.legal(), resolver.exit()
        key = (tuple(map(id, clauses)), tuple(map(id, bodies)), control, legal, way_out)
        if key not in self._forms:
            self._forms[key] = Form(model.id, self._staged.members, clauses, bodies, control, legal, way_out)
        return self._forms[key]

    def _part(self, typed: object, setting: Hashable, resolve: Callable[[], Record]) -> Record:
        key = (id(typed), setting)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = (typed, self._same(resolve()))
        return found[1]  # type: ignore[return-value]  # what was resolved from this part

    def _same(self, record: Record) -> Record:
        """Return the first record that equals this one."""
        return self._records.setdefault(record, record)  # type: ignore[return-value]  # equal, and so of its type
