"""Every kind of mail the house sends: one file a kind, each a function from facts to a `Mail`."""
