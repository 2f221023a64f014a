"""How people say yes and no to a request for a letter, one file a language."""
