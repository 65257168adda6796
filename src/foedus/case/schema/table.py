"""What is on the table: issues with their options, what does not go together, and in which order steps are read."""

from typing import Annotated, Literal

from pydantic import Field

from foedus.case.schema.base import Date, Name, Names, Part, SomeNames, SourceRefs, Text

PositionWord = Literal["accept", "negotiable", "reject", "unknown"]
"""Where a party stands on one option; ``reject`` is a red line and hard."""
Salience = Annotated[int, Field(ge=1, le=1000)]
"""How much an issue counts for a party, as the author writes it down; 1 where nothing is said."""


class BoardOption(Part):
    """One way to settle an issue; where it is a form of guarantee, the instrument of this case that it stands for.

    Of several it stands for one, and which is open.
    """

    is_: Text = Field(alias="is")
    instrument: Names = ()


class BoardIssue(Part):
    """An issue with the ways in which it can be settled, one of which a package takes."""

    asks: Text
    options: Annotated[dict[Name, BoardOption], Field(min_length=2)]


class Told(Part):
    """What somebody else says that a party's stand is; kept beside the party's own words and never mixed with them."""

    by: Text
    options: Annotated[dict[Name, PositionWord], Field(min_length=1)]
    source: SourceRefs
    note: Text | None = None


class Link(Part):
    """Options of several issues that do not go together: by the demand of one party, or for everybody.

    Where ``who`` is missing, it lies in the options themselves, and nobody can move on it.
    """

    id: Name
    who: Name | None = None
    not_together: Annotated[dict[Name, Name], Field(min_length=2)]
    why: Text
    salience: Salience = 1
    source: SourceRefs = ()
    date: Date | None = None


class OneOf(Part):
    """Steps of which one is enough."""

    one_of: SomeNames


class Order(Part):
    """A reading of the order of steps: what it adds to what must come first, what it leaves out, and who holds it."""

    held_by: Text
    says: Text
    adds: dict[Name, tuple[Name | OneOf, ...]] = {}
    drops: dict[Name, Names] = {}
    source: SourceRefs = ()
    note: Text | None = None
