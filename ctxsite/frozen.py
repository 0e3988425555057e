"""`@dataclass(frozen=True, slots=True)`, made in a quarter of the time.

Everything here is made of such classes, and the standard library compiles up to eight methods for each at every start:
a third of all that importing takes. Only `__init__` needs a text of its own. The other methods are the same for all
classes but for the fields, which they ask for all at once. What is made otherwise is a data class like any other for
`fields`, `replace`, `match`, `copy` and `pickle`. Type checkers see the standard library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> Callable:
        """Return a decorator that makes a data class."""
        if not (frozen and slots) or order:
            return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq, order=order)
        return lambda cls: _made(dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls), eq=eq)


def _made(cls: type[Any], *, eq: bool) -> type[Any]:
    """Give a data class its methods, those aside that it defines itself."""
    fields = dataclasses.fields(cls)
    whole = _values(field.name for field in fields)
    setters = tuple(getattr(cls, field.name).__set__ for field in fields)
    shown = [field.name for field in fields if field.repr]

    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __getstate__(self: Any) -> tuple[Any, ...]:  # noqa: N807
        state: tuple[Any, ...] = whole(self)
        return state

    def __setstate__(self: Any, state: tuple[Any, ...]) -> None:  # noqa: N807
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    made = {
        "__init__": _init(cls, fields, setters), "__repr__": __repr__, "__setattr__": _refuse, "__delattr__": _refuse,
        "__getstate__": __getstate__, "__setstate__": __setstate__,
    }  # fmt: skip
    if eq:
        compared = _values(field.name for field in fields if field.compare)

        def __eq__(self: Any, other: object) -> bool:  # noqa: N807
            return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self: Any) -> int:  # noqa: N807
            return hash(compared(self))

        made |= {"__eq__": __eq__, "__hash__": __hash__}
    own = vars(cls)
    for name, method in made.items():
        if name not in own or (name == "__hash__" and own[name] is None):
            setattr(cls, name, method)
    return cls


def _values(names: Iterable[str]) -> Callable[[Any], Any]:
    """Return a function that returns these attributes as a tuple."""
    wanted = tuple(names)
    if len(wanted) > 1:
        return attrgetter(*wanted)
    return lambda self: tuple(getattr(self, name) for name in wanted)


def _refuse(self: Any, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r} of {self.__class__.__qualname__}")


def _init(
    cls: type[Any], fields: tuple[dataclasses.Field[Any], ...], setters: tuple[Callable[[Any, Any], None], ...]
) -> Callable[..., None]:
    """Return `__init__`: it takes the fields in their order, and puts each straight into its slot."""
    known: dict[str, Any] = {"_absent": dataclasses.MISSING}
    parameters, lines = ["self"], []
    for number, (field, put) in enumerate(zip(fields, setters, strict=True)):
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_new{number}"] = field.default_factory
            value = f"_new{number}() if {name} is _absent else {name}" if field.init else f"_new{number}()"
            default = "=_absent"
        elif field.default is not dataclasses.MISSING:
            known[f"_default{number}"] = field.default
            default = f"=_default{number}"
            value = name if field.init else f"_default{number}"
        elif not field.init:
            continue
        else:
            default = ""
        if field.init:
            parameters.append(name + default)
        known[f"_put{number}"] = put
        lines.append(f" _put{number}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    text = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or " pass")
    exec(text, known)  # noqa: S102  # made of field names, which are identifiers
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
