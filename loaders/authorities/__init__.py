"""Administrative units, the bodies that act for them, and how a text names both."""
