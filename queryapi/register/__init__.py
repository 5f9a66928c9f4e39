"""The law register as its user works with it: shown, added to, checked."""
