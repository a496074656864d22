"""Qt's view of what the services answer: ids and cached rows, never the store itself."""
