"""The door for programs: a versioned HTTP API has its place here. There is none yet (docs/known-limits.md)."""
