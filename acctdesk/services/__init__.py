"""What an officer can do and ask: commands and queries over a session."""
