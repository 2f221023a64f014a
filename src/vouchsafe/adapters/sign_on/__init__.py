"""Identity providers: beginning a sign-in there, and believing what comes back only after it was checked."""
