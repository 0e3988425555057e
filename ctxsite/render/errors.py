"""What goes wrong inside a template, raised there and explained by `failures`."""

from __future__ import annotations

from jinja2.exceptions import TemplateRuntimeError, UndefinedError

from ctxsite.diagnostics import Code
from ctxsite.diagnostics.codes_templates import TEMPLATE_FAILURE


class TemplateUseError(TemplateRuntimeError):
    """What the template API raises for a wrong use: a sentence, the word at fault, a suggestion, its code."""

    def __init__(
        self, message: str, word: str = "", *, advice: str | None = None, code: Code = TEMPLATE_FAILURE
    ) -> None:
        super().__init__(message)
        self.word = word
        self.advice = advice
        self.code = code


class UnknownNameError(UndefinedError):
    """The use of something undefined. `owner` is the object asked for an attribute, or None for a variable."""

    def __init__(self, message: str, name: str, owner: object | None) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner
