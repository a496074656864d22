"""Files in: reading sheets, mapping, plan, apply."""
