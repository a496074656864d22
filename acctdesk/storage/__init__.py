"""The book on disk: keys, engine, the road of a change, journal, migrations, backups, search."""
