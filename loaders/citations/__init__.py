"""Citations: numbers first, then the type, day, issuer and relation around them."""
