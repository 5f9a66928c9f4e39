"""The law register, and the verdict whether an instrument was in force."""
