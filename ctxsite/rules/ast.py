"""Conditions and decisions as values; spec: the documentation's page on rules.

Every node keeps the span it was written at, so that whatever is found out about it later can be shown there.
"""
