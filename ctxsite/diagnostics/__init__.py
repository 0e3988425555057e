"""Diagnostics: values with a code and a place, rendered as text or JSON."""

from ctxsite.diagnostics.model import Code, Diagnostic, Related, Severity, did_you_mean, in_order, suggest

__all__ = ["Code", "Diagnostic", "Related", "Severity", "did_you_mean", "in_order", "suggest"]
