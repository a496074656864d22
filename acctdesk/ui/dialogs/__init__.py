"""Windows over the window: palette, shortcuts, about, failures."""
