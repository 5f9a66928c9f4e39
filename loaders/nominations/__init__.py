"""Nomination forms: made for a plan, filled by people, read back as RDF that is never stored."""
