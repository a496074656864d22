"""The Clients page: the list, the chosen client's timeline, and what stands beside it."""
