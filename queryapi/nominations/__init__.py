"""Nominations checked against their plan, and the report that stands up."""
