"""Our data classes are the standard library's in everything that somebody could notice, but the time to make them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from ctxsite import frozen
from ctxsite.rules.ast import Known, Not
from ctxsite.source import SourceText


def classes(dataclass: Callable[..., Any]) -> dict[str, Any]:
    """Make the same classes with one of the two decorators."""

    @dataclass(frozen=True, slots=True)
    class Empty:
        """None."""

    @dataclass(frozen=True, slots=True)
    class One:
        """One field."""

        a: int

    @dataclass(frozen=True, slots=True)
    class Many:
        """All kinds of fields."""

        a: int
        b: str = "b"
        c: list[int] = field(default_factory=list)
        d: object = field(default=None, compare=False, repr=False)
        e: int = field(init=False, default=5)
        f: dict[str, int] = field(init=False, default_factory=dict)
        g: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "g", self.a * 2)

        @property
        def double(self) -> int:
            return self.a * 2

    @dataclass(frozen=True, slots=True)
    class More(One):
        """A field more than its base."""

        b: tuple[int, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Own:
        """Methods of its own."""

        a: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    @dataclass(frozen=True, slots=True, eq=False)
    class Same:
        """Equal to nothing but itself."""

        a: int

    @dataclass(slots=True)
    class Changing:
        """May be changed."""

        a: int

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        """Has an order."""

        a: int

    return {kind.__name__: kind for kind in (Empty, One, Many, More, Own, Same, Changing, Ordered)}


OURS, THEIRS = classes(frozen.dataclass), classes(dataclasses.dataclass)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Empty", (), {}), ("One", (1,), {}), ("One", (), {"a": 2}), ("Many", (1,), {}), ("Many", (1, "x", [3]), {"d": 4}),
    ("Many", (), {"a": 1, "c": []}), ("More", (1,), {}), ("More", (1, (2,)), {}), ("Own", (1,), {}), ("Same", (1,), {}),
    ("Changing", (1,), {}), ("Ordered", (1,), {}),
]  # fmt: skip
BAD: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("One", (), {}), ("One", (1, 2), {}), ("One", (), {"b": 1}), ("Empty", (1,), {}), ("Many", (1,), {"e": 2}),
]  # fmt: skip


def state(value: object) -> dict[str, object]:
    return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "arguments", "named"), CALLS)
def test_instances(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = OURS[name](*arguments, **named), THEIRS[name](*arguments, **named)
    assert state(ours) == state(theirs)
    assert repr(ours) == repr(theirs)
    again = OURS[name](*arguments, **named)
    assert (ours == again) == (theirs == THEIRS[name](*arguments, **named))
    assert (ours != again) == (theirs != THEIRS[name](*arguments, **named))
    assert (ours == theirs) == (theirs == ours)
    for method in ("__hash__", "__lt__", "__match_args__", "__slots__", "__doc__"):
        assert hasattr(OURS[name], method) == hasattr(THEIRS[name], method)
    assert OURS[name].__match_args__ == THEIRS[name].__match_args__
    assert not hasattr(ours, "__dict__")
    assert state(copy.copy(ours)) == state(copy.deepcopy(ours)) == state(theirs)
    if name not in {"Many", "Changing", "Same"}:  # a list in it, may change, is itself
        assert hash(ours) == hash(again)
    if arguments or named:
        replaced = dataclasses.replace(ours, a=9)
        assert state(replaced) == state(dataclasses.replace(theirs, a=9))


@pytest.mark.parametrize(("name", "arguments", "named"), BAD)
def test_what_is_wrong_to_call_is_refused(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kinds in (OURS, THEIRS):
        with pytest.raises(TypeError):
            kinds[name](*arguments, **named)


@pytest.mark.parametrize("name", ["One", "Many", "More", "Own", "Same"])
def test_nothing_changes(name: str) -> None:
    value = OURS[name](1)
    for attribute in ("a", "zzz"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, attribute, 2)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(value, attribute)
    assert value.a == 1


def test_fields_of_fresh_values_are_their_own() -> None:
    one, other = OURS["Many"](1), OURS["Many"](1)
    one.c.append(1)
    one.f["x"] = 1
    assert (other.c, other.f, one.double) == ([], {}, 2)


def test_patterns_and_pickles() -> None:
    place = SourceText("a.md", "text").span(0, 4)
    condition = Not(Not(Known(("segment",), place), place), place)
    again = pickle.loads(pickle.dumps(condition))
    assert again == condition
    assert hash(again) == hash(condition)
    assert (again.span.source.text, again.span.end) == ("text", 4)
    match again:
        case Not(Not(Known(signals))):
            assert signals == ("segment",)
        case _:
            raise AssertionError
